"""RSS 0.90 to 2.0, and RSS 1.0 as RDF, with the modules in which they give what RSS itself has no element for.

Sources: the RSS Advisory Board's RSS 2.0.11, RSS 1.0 and its modules (Dublin Core, content, syndication), and Netscape's 0.90 and 0.91.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo

from bot.feeds.feed import Entry, Feed, Hints
from bot.feeds.feed_dates import moment
from bot.feeds.markup import Document, XmlElement, html_in, text_of
from bot.feeds.namespaces import RDF, XML
from bot.feeds.wording import MAX_GUID, absolute, line, line_of_html, markup, names, sections
from bot.feeds.xml_base import base_of
from bot.reading.page_metadata import language_tag

_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CONTENT = ("content:encoded", "atom:content", "xhtml:body", "xhtml:div")
_SUMMARIES = ("description", "atom:summary", "itunes:summary", "media:description", "dc:description")
_PUBLISHED = ("pubdate", "dc:date", "dcterms:issued", "dcterms:created", "atom:published", "published", "date")
_UPDATED = ("atom:updated", "dcterms:modified", "updated")


def read_rss(document: Document, *, address: str, zone: tzinfo) -> Feed:
    """The feed in an RSS or RDF document."""
    channel = document.first("channel")
    channel = document.root if channel is None else channel
    fields = document.fields(channel)
    home = absolute(text_of(fields, "link"), base_of(channel, address))
    entries = (_entry(document, item, home or address, zone) for item in document.entries)
    return Feed(
        format=document.format,
        title=line_of_html(text_of(fields, "title", "dc:title")),
        home=home,
        language=language_tag(text_of(fields, "language", "dc:language") or document.root.get(f"{XML}lang")),
        entries=tuple(entry for entry in entries if entry is not None),
        hints=_hints(document, fields),
    )


def _entry(document: Document, item: XmlElement, base: str, zone: tzinfo) -> Entry | None:
    fields = document.fields(item)
    guid = text_of(fields, "guid", "dc:identifier", "atom:id") or item.get(f"{RDF}about")
    entry = Entry(
        guid=line(guid, longest=MAX_GUID),
        url=next((url for link in _links(fields, item) if (url := absolute(link, base_of(item, base)))), None),
        headline=line_of_html(text_of(fields, "title", "dc:title", "media:title")),
        author=_author(document, fields),
        published=_first_moment(fields, _PUBLISHED, zone),
        updated=_first_moment(fields, _UPDATED, zone),
        sections=sections(_categories(fields)),
        content=_first_html(fields, _CONTENT),
        summary=_first_html(fields, _SUMMARIES),
        language=language_tag(text_of(fields, "dc:language") or item.get(f"{XML}lang")),
    )
    return entry if entry.guid or entry.url or entry.headline or entry.content or entry.summary else None


def _links(fields: dict[str, list[XmlElement]], item: XmlElement) -> Iterator[str | None]:
    """Where an item's article may be, best first. A guid is an address unless it says that it is none; only a whole one is believed."""
    yield text_of(fields, "feedburner:origlink")
    for link in fields.get("link", ()):
        yield (link.text or "").strip() or link.get("href")
    for link in fields.get("atom:link", ()):
        if (link.get("rel") or "alternate") == "alternate":
            yield link.get("href")
    for guid in fields.get("guid", ()):
        permanent = next((value for name, value in guid.attrib.items() if name.lower() == "ispermalink"), "true")
        address = (guid.text or "").strip()
        if permanent.strip().lower() != "false" and address.lower().startswith(("http://", "https://")):
            yield address
    yield item.get(f"{RDF}about")


def _author(document: Document, fields: dict[str, list[XmlElement]]) -> str | None:
    """The names of the first of the elements for authors that holds any."""
    for name in ("dc:creator", "author", "itunes:author", "atom:author"):
        given = []
        for element in fields.get(name, ()):
            inner = document.fields(element)
            given.append(text_of(inner, "atom:name", "name") if len(element) else element.text)
        if found := names(given):
            return found
    return None


def _categories(fields: dict[str, list[XmlElement]]) -> Iterator[str | None]:
    for name in ("category", "dc:subject", "atom:category", "itunes:category", "media:category"):
        for element in fields.get(name, ()):
            yield element.text or element.get("label") or element.get("term") or element.get("text")


def _first_moment(fields: dict[str, list[XmlElement]], of: tuple[str, ...], zone: tzinfo) -> datetime | None:
    return next((read for name in of if (read := moment(text_of(fields, name), zone=zone))), None)


def _first_html(fields: dict[str, list[XmlElement]], of: tuple[str, ...]) -> str | None:
    return next((html for name in of for element in fields.get(name, ()) if (html := markup(html_in(element)))), None)


def _hints(document: Document, fields: dict[str, list[XmlElement]]) -> Hints:
    minutes = _number(text_of(fields, "ttl"))
    hours = (_number(text) for text in _listed(document, fields, "skiphours", "hour"))
    days = (text.lower() for text in _listed(document, fields, "skipdays", "day"))
    return Hints(
        ttl=timedelta(minutes=minutes) if minutes else None,
        skip_hours=frozenset(hour % 24 for hour in hours if hour is not None and hour <= 24),
        skip_days=frozenset(_DAYS.index(day) for day in days if day in _DAYS),
        update_every=_update_every(fields),
    )


def _listed(document: Document, fields: dict[str, list[XmlElement]], listing: str, name: str) -> Iterator[str]:
    for element in fields.get(listing, ()):
        for child in document.fields(element).get(name, ()):
            yield (child.text or "").strip()


def _update_every(fields: dict[str, list[XmlElement]]) -> timedelta | None:
    """The syndication module's period divided by its frequency; daily and once where one of them is not given."""
    period = text_of(fields, "sy:updateperiod")
    frequency = _number(text_of(fields, "sy:updatefrequency"))
    if period is None and frequency is None:
        return None
    length = _PERIODS.get((period or "daily").lower())
    return length / (frequency or 1) if length else None


def _number(text: str | None) -> int | None:
    """A whole number of at most six digits."""
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 6 else None

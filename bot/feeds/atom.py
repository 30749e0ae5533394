"""Atom 1.0 (RFC 4287) and Atom 0.3, which has other names for dates and says how its text is written by mode and media type."""

import base64
import binascii
import re
from datetime import tzinfo

from bot.feeds.feed import Entry, Feed
from bot.feeds.feed_dates import moment
from bot.feeds.markup import Document, XmlElement, html_in, text_of
from bot.feeds.namespaces import XML
from bot.feeds.wording import MAX_GUID, absolute, line, line_of_html, markup, names, paragraphs, sections
from bot.feeds.xml_base import base_of
from bot.reading.page_metadata import language_tag

_IANA = "http://www.iana.org/assignments/relation/"
# Text that names no type should be plain, but is often HTML.
_TAGS = re.compile(r"</(?:p|div|a|b|i|em|strong|ul|ol|li|blockquote|h[1-6]|span)\s*>|<(?:p|br)\s*/?>", re.IGNORECASE)
_PAGES = ("text/html", "application/xhtml+xml")


def read_atom(document: Document, *, address: str, zone: tzinfo) -> Feed:
    """The feed in an Atom document."""
    fields = document.fields(document.root)
    home = _link(fields, address)
    authors = _authors(document, fields)
    entries = (_entry(document, entry, home or address, authors, zone) for entry in document.entries)
    return Feed(
        format=document.format,
        title=_line(fields, "title"),
        home=home,
        language=_language(document.root),
        entries=tuple(entry for entry in entries if entry is not None),
    )


def _entry(document: Document, element: XmlElement, base: str, authors: str | None, zone: tzinfo) -> Entry | None:
    fields = document.fields(element)
    source = next((document.fields(source) for source in fields.get("source", ())), {})
    entry = Entry(
        guid=line(text_of(fields, "id"), longest=MAX_GUID),
        url=absolute(text_of(fields, "feedburner:origlink"), base) or _link(fields, base),
        headline=_line(fields, "title"),
        author=_authors(document, fields) or _authors(document, source) or authors,
        published=next(
            (read for name in ("published", "issued", "created", "dc:date") if (read := moment(text_of(fields, name), zone=zone))), None
        ),
        updated=next((read for name in ("updated", "modified") if (read := moment(text_of(fields, name), zone=zone))), None),
        sections=sections(
            [category.get("label") or category.get("term") or category.text for category in fields.get("category", ())]
            + [subject.text for subject in fields.get("dc:subject", ())]
        ),
        content=_html(fields, "content"),
        summary=_html(fields, "summary"),
        language=_language(element) or next((tag for content in fields.get("content", ()) if (tag := _language(content))), None),
    )
    return entry if entry.guid or entry.url or entry.headline or entry.content or entry.summary else None


def _link(fields: dict[str, list[XmlElement]], base: str) -> str | None:
    """The page that a feed or an entry stands for (rel "alternate", or none): an HTML one before others."""
    found = []
    for link in fields.get("link", ()):
        relation = (link.get("rel") or "alternate").strip().lower().removeprefix(_IANA)
        if relation == "alternate" and (url := absolute(link.get("href") or link.text, base_of(link, base))):
            found.append(((link.get("type") or _PAGES[0]).partition(";")[0].strip().lower() not in _PAGES, url))
    return min(found, key=lambda other_and_url: other_and_url[0])[1] if found else None


def _authors(document: Document, fields: dict[str, list[XmlElement]]) -> str | None:
    people = (text_of(document.fields(author), "name") if len(author) else author.text for author in fields.get("author", ()))
    return names(people) or names(creator.text for creator in fields.get("dc:creator", ()))


def _language(element: XmlElement) -> str | None:
    return language_tag(element.get(f"{XML}lang"))


def _line(fields: dict[str, list[XmlElement]], name: str) -> str | None:
    """A text construct as plain text on one line."""
    for element in fields.get(name, ()):
        if len(element):
            found = line("".join(element.itertext()))
        else:
            found = line(_unarmoured(element)) if _kind(element) == "text" else line_of_html(_unarmoured(element))
        if found:
            return found
    return None


def _html(fields: dict[str, list[XmlElement]], name: str) -> str | None:
    """A text construct as HTML. Content of another kind than text, such as an image, is none."""
    for element in fields.get(name, ()):
        kind = _kind(element)
        if kind == "other":
            continue
        written = html_in(element) if len(element) else _unarmoured(element)
        is_text = kind == "text" and not len(element) and not (element.get("type") is None and _TAGS.search(written))
        if html := markup(paragraphs(written) if is_text else written):
            return html
    return None


def _kind(element: XmlElement) -> str:
    """Whether an element without children holds "text", "html", or "other" things (RFC 4287, 3.1.1 and 4.1.3)."""
    given = (element.get("type") or "text").partition(";")[0].strip().lower()
    if given in ("html", "xhtml", *_PAGES):
        return "html"
    return "text" if given in ("text", "text/plain") else "other"


def _unarmoured(element: XmlElement) -> str:
    """An element's text; that of Atom 0.3's mode "base64" is decoded."""
    if (element.get("mode") or "").lower() != "base64":
        return element.text or ""
    try:
        return base64.b64decode(element.text or "").decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""

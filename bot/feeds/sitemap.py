"""News sitemaps, and plain ones: sitemaps.org's protocol 0.9 with Google's news extension 0.9."""

from datetime import tzinfo

from bot.errors import NotAFeed
from bot.feeds.feed import Entry, Feed, FeedFormat
from bot.feeds.feed_dates import moment
from bot.feeds.markup import Document, XmlElement, text_of
from bot.feeds.wording import MAX_GUID, absolute, line_of_html, sections
from bot.reading.page_metadata import language_tag

_NAMED_AT_MOST = 3


def read_sitemap(document: Document, *, address: str, zone: tzinfo) -> Feed:
    """The pages that a sitemap names, with what it says of those that are news. Raises NotAFeed for an index of sitemaps."""
    if document.root_name == "sitemapindex":
        raise _is_an_index(document, address)
    read = [_entry(document, page, address, zone) for page in document.entries]
    publications = {publication for _, publication in read if publication}
    languages = {entry.language for entry, _ in read if entry.language}
    return Feed(
        format=FeedFormat.SITEMAP,
        title=publications.pop() if len(publications) == 1 else None,
        home=None,
        language=languages.pop() if len(languages) == 1 else None,
        entries=tuple(entry for entry, _ in read if entry.url),
    )


def sitemaps_in(document: Document, address: str) -> tuple[str, ...]:
    """The addresses of the sitemaps in an index, those that call themselves news first."""
    found = [absolute(text_of(document.fields(entry), "loc"), address) for entry in document.entries]
    urls = dict.fromkeys(url for url in found if url)
    return tuple(sorted(urls, key=lambda url: "news" not in url.lower()))


def _entry(document: Document, page: XmlElement, address: str, zone: tzinfo) -> tuple[Entry, str | None]:
    """A page, and the name of its publication."""
    fields = document.fields(page)
    news = next((document.fields(news) for news in fields.get("news:news", ())), {})
    publication = next((document.fields(given) for given in news.get("news:publication", ())), {})
    keywords = text_of(news, "news:keywords") or ""
    entry = Entry(
        guid=None,
        url=absolute((text_of(fields, "loc") or "")[:MAX_GUID], address),
        headline=line_of_html(text_of(news, "news:title")),
        published=moment(text_of(news, "news:publication_date"), zone=zone),
        updated=moment(text_of(fields, "lastmod"), zone=zone),
        sections=sections(keywords.split(",")),
        language=language_tag(text_of(publication, "news:language")),
    )
    return entry, line_of_html(text_of(publication, "news:name"))


def _is_an_index(document: Document, address: str) -> NotAFeed:
    named = sitemaps_in(document, address)[:_NAMED_AT_MOST]
    remedy = f"Add one of those that it names, such as {' or '.join(named)}." if named else "Add a news sitemap or a feed."
    return NotAFeed("It is an index of sitemaps, not a sitemap.", remedy)

"""Which feeds a web page offers, and where a site that names none may keep one. Pure."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree  # type: ignore[import-untyped] # it ships no types

from bot.errors import NotAFeed
from bot.feeds.feed import FeedFormat
from bot.feeds.feed_text import characters
from bot.feeds.markup import XmlElement, document
from bot.feeds.sitemap import sitemaps_in
from bot.feeds.wording import absolute, line
from bot.reading.identity import canonical_url, url_identity

MAX_OFFERS = 50
_FORMATS = {
    "application/rss+xml": FeedFormat.RSS,
    "application/x-rss+xml": FeedFormat.RSS,
    "text/rss+xml": FeedFormat.RSS,
    "text/rss": FeedFormat.RSS,
    "application/rdf+xml": FeedFormat.RDF,
    "application/atom+xml": FeedFormat.ATOM,
    "application/x-atom+xml": FeedFormat.ATOM,
    "application/feed+json": FeedFormat.JSON,
    "application/xml": None,
    "text/xml": None,
}
_JSON = "application/json"
_COMMENTS = re.compile(r"\bcomments\b", re.IGNORECASE)
_PLACES = ("/feed", "/rss", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/feed.json")


@dataclass(frozen=True, slots=True)
class Offer:
    """A feed that a page names. `format` is what the page says of it, None where that is only "XML"; nobody has looked."""

    url: str
    title: str | None
    format: FeedFormat | None


def feeds_of(page: bytes, *, media_type: str | None, address: str) -> tuple[Offer, ...]:
    """The feeds that a page links to as its alternates, in its order, those of comments last; of an index of sitemaps, its sitemaps.

    None of anything that is no page.
    """
    try:
        text = characters(page, media_type=media_type)
    except NotAFeed:
        return ()
    offers = _linked(text, address) or _indexed(text, address)
    once: dict[str, Offer] = {}
    for offer in offers:
        once.setdefault(url_identity(canonical_url(offer.url, keep_tracking=True) or offer.url), offer)
    return tuple(sorted(once.values(), key=is_of_comments)[:MAX_OFFERS])


def guesses(address: str) -> tuple[str, ...]:
    """Where sites commonly keep their feed, likeliest first; nothing for what is no http(s) address."""
    if absolute(address, None) is None:
        return ()
    site = urlsplit(address)
    return tuple(f"{site.scheme.lower()}://{site.netloc.rpartition('@')[2]}{place}" for place in _PLACES)


def _linked(text: str, address: str) -> list[Offer]:
    """The feeds in a page's links, with its `base` obeyed."""
    root = _page(text)
    if root is None:
        return []
    base = address
    if given := next((href for holder in root.iter("base") if (href := holder.get("href"))), None):
        base = absolute(given, address) or address
    offers = []
    for link in root.iter("link"):
        url = absolute(link.get("href"), base)
        media_type = (link.get("type") or "").partition(";")[0].strip().lower()
        if url and _is_feed(link, media_type, url):
            offers.append(Offer(url, line(link.get("title")), FeedFormat.JSON if media_type == _JSON else _FORMATS[media_type]))
    return offers


def _is_feed(link: XmlElement, media_type: str, url: str) -> bool:
    """Whether a link names a feed. JSON is mostly a site's interface for programs: only that with "feed" in its name is one."""
    relations = (link.get("rel") or "").lower().split()
    if "stylesheet" in relations or not {"alternate", "feed"} & set(relations):
        return False
    return media_type in _FORMATS or (media_type == _JSON and "feed" in urlsplit(url).path.lower())


def _page(text: str) -> XmlElement | None:
    parser = etree.HTMLParser(encoding="utf-8", recover=True, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root: XmlElement | None = etree.fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    return root


def _indexed(text: str, address: str) -> list[Offer]:
    try:
        parsed = document(text)
    except NotAFeed:
        return []
    if parsed.root_name != "sitemapindex":
        return []
    return [Offer(url, None, FeedFormat.SITEMAP) for url in sitemaps_in(parsed, address)]


def is_of_comments(offer: Offer) -> bool:
    """Whether a feed is of what readers write, as its title or its address says in English."""
    return bool(_COMMENTS.search(f"{offer.title or ''} {urlsplit(offer.url).path}"))

"""What stands before a feed's root element: what kind of document it is, and what in it is refused or left out. Pure."""

import re

from bot.errors import NotAFeed
from bot.feeds.feed import FeedFormat

ROOTS = {
    "rss": FeedFormat.RSS,
    "channel": FeedFormat.RSS,
    "rdf": FeedFormat.RDF,
    "feed": FeedFormat.ATOM,
    "urlset": FeedFormat.SITEMAP,
    "sitemapindex": FeedFormat.SITEMAP,
}
ELSEWHERE = "Give the address of a feed, or of a page that names one."
_WEB_PAGES = frozenset({"html", "head", "body"})
_OPENING = re.compile(r"<(?:!--|!doctype\b|\?|(?P<name>[a-z_][\w.:-]*)(?=[\s/>]))", re.IGNORECASE | re.ASCII)
_OPENINGS_AT_MOST = 1_000
_DOCTYPE_OF_HTML = re.compile(r"\s+html\b", re.IGNORECASE)
_IN_DOCTYPE = re.compile(r"""["'>\[]""")
_IN_SUBSET = re.compile(r"""<!--|<\?|<!entity|["'\]]""", re.IGNORECASE)


def root_of(text: str) -> tuple[str, int]:
    """The name of a feed's root element, in lower case and without its prefix, and where its start tag begins.

    Junk, comments, instructions and a document type before it are skipped, so that no parser ever sees a document type.
    Raises NotAFeed where there is no such element, and where the document type declares entities.
    """
    at = 0
    for _ in range(_OPENINGS_AT_MOST):
        found = _OPENING.search(text, at)
        if found is None:
            break
        at = found.end()
        opening = found[0].lower()
        if opening == "<!--":
            at = _after(text, "-->", at)
        elif opening == "<?":
            at = _after(text, "?>", at)
        elif opening == "<!doctype":
            at = _after_doctype(text, at)
        else:
            name = found["name"].rpartition(":")[2].lower()
            if name in ROOTS:
                return name, found.start()
            _refuse(name)
    raise NotAFeed("It is no feed." if text.strip() else "It is empty.", ELSEWHERE)


def _refuse(name: str) -> None:
    if name in _WEB_PAGES:
        raise NotAFeed("It is a web page, not a feed.", ELSEWHERE)
    if name == "opml":
        raise NotAFeed("It is a list of feeds (OPML), not a feed.", "Import it as a list.")


def _after(text: str, end: str, at: int) -> int:
    found = text.find(end, at)
    return len(text) if found < 0 else found + len(end)


def _after_doctype(text: str, at: int) -> int:
    """Where a document type ends. Raises NotAFeed for a web page's, for entities, and for one that does not end."""
    if _DOCTYPE_OF_HTML.match(text, at):
        raise NotAFeed("It is a web page, not a feed.", ELSEWHERE)
    while found := _IN_DOCTYPE.search(text, at):
        if found[0] == ">":
            return found.end()
        at = _after_subset(text, found.end()) if found[0] == "[" else _after(text, found[0], found.end())
    return len(text)


def _after_subset(text: str, at: int) -> int:
    """Where a document type's own declarations end. Raises NotAFeed where one of them is of an entity."""
    while found := _IN_SUBSET.search(text, at):
        opening = found[0].lower()
        if opening == "]":
            return found.end()
        if opening == "<!entity":
            raise NotAFeed(
                "It declares entities of its own, which no feed needs and attacks are made of.",
                "Ask its publisher for a feed without a document type.",
            )
        at = _after(text, {"<!--": "-->", "<?": "?>"}.get(opening, opening), found.end())
    return len(text)

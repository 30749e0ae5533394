"""Lists of feeds as readers exchange them: OPML 1.0 and 2.0 (opml.org/spec2.opml) to outlines and back. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring
from xml.parsers.expat import ExpatError, ParserCreate

from bot.errors import NotAFeed, ReadingError
from bot.feeds.feed_text import characters
from bot.feeds.mending import mended
from bot.feeds.wording import MAX_NAME, line
from bot.reading.identity import canonical_url, url_identity

MAX_FEEDS = 10_000
MAX_DEPTH = 50
_EXPORT_AGAIN = "Export your feeds as OPML from your feed reader, and give that file."
_DOCTYPE = re.compile("<!(?:doctype|entity)", re.IGNORECASE)
_FEEDS = frozenset({"rss", "feed", "rdf:rdf", "channel"})
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML 1.0, 2.2


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed in a list: its address, what it is called, its site's address, and the folders that it lies in, from the outside in.

    `url` is in its canonical form where it is a web address, else as it was given.
    """

    url: str
    title: str | None = None
    home: str | None = None
    folders: tuple[str, ...] = ()


def read(data: bytes) -> tuple[Outline, ...]:
    """The feeds of an OPML file in their order, each once, however often it stands there.

    A feed is called by its text, which is what people see and change, else by its title. Raises ReadingError where it is no OPML, is
    broken, declares a document type or entities, or holds no feed or too many of them.
    """
    try:
        text = characters(data, media_type=None)
    except NotAFeed as refusal:
        raise ReadingError(refusal.what, _EXPORT_AGAIN) from refusal
    if _DOCTYPE.search(text):
        raise ReadingError("It has a document type, which no list of feeds needs and attacks are made of.", _EXPORT_AGAIN)
    reader = _Reader()
    parser = ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    try:
        parser.Parse(mended(text), True)
    except ExpatError as error:
        if not reader.is_opml:
            raise ReadingError("It is no list of feeds (OPML).", _EXPORT_AGAIN) from error
        raise ReadingError(f"The list of feeds is broken in line {error.lineno}.", _EXPORT_AGAIN) from error
    if not reader.feeds:
        raise ReadingError("There is no feed in that list.", _EXPORT_AGAIN)
    return tuple(reader.feeds.values())


def written(outlines: Iterable[Outline], title: str, at: datetime) -> bytes:
    """Feeds as an OPML 2.0 file in UTF-8, called `title` and made `at` that moment (aware of its zone), in the folders that they lie in."""
    opml = Element("opml", version="2.0")
    head = SubElement(opml, "head")
    SubElement(head, "title").text = _legal(title)
    SubElement(head, "dateCreated").text = format_datetime(at.astimezone(UTC), usegmt=True)
    folders: dict[tuple[str, ...], Element] = {(): SubElement(opml, "body")}
    for one in outlines:
        for depth, name in enumerate(one.folders, 1):
            if one.folders[:depth] not in folders:
                folders[one.folders[:depth]] = SubElement(folders[one.folders[: depth - 1]], "outline", text=_legal(name))
        called = _legal(one.title or one.url)
        given = {"type": "rss", "text": called, "title": called, "xmlUrl": _legal(one.url), "htmlUrl": _legal(one.home or "")}
        SubElement(folders[one.folders], "outline", {name: value for name, value in given.items() if value})
    indent(opml)
    document: bytes = tostring(opml, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


class _Reader:
    """Takes the feeds out of the elements as they begin and end. `feeds` are by their addresses, the same for http and https."""

    def __init__(self) -> None:
        self.is_opml = False
        self.feeds: dict[str, Outline] = {}
        self._around: list[str | None] = []
        """The folders that are open; None for an element that is none."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self.is_opml:
            _see_that_it_is_opml(tag)
            self.is_opml = True
        if len(self._around) == MAX_DEPTH:
            raise ReadingError(f"Its folders lie more than {MAX_DEPTH} deep in each other.", _EXPORT_AGAIN)
        given = {name.lower(): value.strip() for name, value in attributes.items()}
        url = _address(given.get("xmlurl", "")) if tag.lower() == "outline" else ""
        named = (name for name in (given.get("text"), given.get("title")) if name != given.get("xmlurl"))
        title = next((name for text in named if (name := line(text, longest=MAX_NAME))), None)
        if url:
            self._take(Outline(url, title, canonical_url(given.get("htmlurl", ""), keep_tracking=True), tuple(filter(None, self._around))))
        self._around.append(title if tag.lower() == "outline" and not url else None)

    def end(self, _: str) -> None:
        self._around.pop()

    def _take(self, outline: Outline) -> None:
        canonical = canonical_url(outline.url, keep_tracking=True)
        self.feeds.setdefault(url_identity(canonical) if canonical else outline.url, outline)
        if len(self.feeds) > MAX_FEEDS:
            raise ReadingError(f"There are more than {MAX_FEEDS:,} feeds in that list.", "Give it in parts.")


def _see_that_it_is_opml(tag: str) -> None:
    if tag.lower() in _FEEDS:
        raise ReadingError("It is a feed, not a list of feeds (OPML).", "Add it by its address.")
    if tag.lower() != "opml":
        raise ReadingError("It is no list of feeds (OPML).", _EXPORT_AGAIN)


def _address(written_as: str) -> str:
    """The address of a feed; "feed://example.org" and "feed:https://example.org" are what browsers once made of one."""
    scheme, colon, rest = written_as.partition(":")
    plain = (f"http:{rest}" if rest.startswith("//") else rest) if colon and scheme.lower() == "feed" else written_as
    return canonical_url(plain, keep_tracking=True) or plain


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)

"""The XML of a feed as elements with plain names, well-formed or not. Nothing is expanded or fetched, and depth is bounded by libxml2."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from html import escape
from typing import Protocol

from lxml import etree  # type: ignore[import-untyped] # it ships no types

from bot.errors import NotAFeed
from bot.feeds.feed import FeedFormat
from bot.feeds.mending import mended, with_attributes_apart, with_markup_as_text
from bot.feeds.namespaces import DECLARED, local_name, own_namespace, plain_name
from bot.feeds.prolog import ELSEWHERE, ROOTS, root_of

MAX_ENTRIES = 2_000
MAX_TAGS = 1_000_000
_ENTRY_NAMES = {"rss": "item", "channel": "item", "rdf": "item", "feed": "entry", "urlset": "url", "sitemapindex": "sitemap"}
# It is parsed again for each entry of a broken feed.
_START_TAG_AT_MOST = 10_000
_UNREADABLE = "It is no feed that can be read."
_START_TAG = re.compile(r"""<(?P<name>[^\s/>]+)(?:[^"'>]|"[^"]*+"|'[^']*+')*+>""")


class XmlElement(Protocol):
    """The part of lxml's elements that feeds are read with."""

    tag: str
    text: str | None
    attrib: dict[str, str]

    def __iter__(self) -> Iterator["XmlElement"]: ...

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> "XmlElement": ...

    def get(self, key: str, /) -> str | None:
        """An attribute's value."""
        ...

    def iter(self, tag: str, /) -> Iterator["XmlElement"]:
        """This element and all below it; `*` for all tags."""
        ...

    def iterancestors(self) -> Iterator["XmlElement"]:
        """The elements around it, from the inside out."""
        ...

    def itertext(self) -> Iterator[str]:
        """All text in the element."""
        ...


@dataclass(frozen=True, slots=True)
class Document:
    """A feed's elements. `own` is the namespace of its format, whose names stand without a prefix."""

    root_name: str
    root: XmlElement
    entries: tuple[XmlElement, ...]
    own: str

    @property
    def format(self) -> FeedFormat:
        """What its root element says that it is."""
        return ROOTS[self.root_name]

    def first(self, name: str) -> XmlElement | None:
        """The first element of this plain name."""
        return next((element for element in self.root.iter("*") if plain_name(element.tag, self.own) == name), None)

    def fields(self, element: XmlElement) -> dict[str, list[XmlElement]]:
        """The children of an element by their plain names ("title", "dc:creator"); those of unknown namespaces are left out."""
        found: dict[str, list[XmlElement]] = {}
        for child in element:
            if (name := plain_name(child.tag, self.own)) is not None:
                found.setdefault(name, []).append(child)
        return found


def document(text: str) -> Document:
    """Parse the text of an XML feed. A broken one gives the entries that are whole, each for itself. Raises NotAFeed."""
    root_name, start = root_of(text)
    body = _with_prefixes_declared(mended(text[start:]))
    if body.count("<") > MAX_TAGS:
        raise NotAFeed(f"It has more than {MAX_TAGS:,} tags.", "Ask its publisher for a shorter feed, or add a feed of one section.")
    root = _parsed(body, recover=False)
    if root is not None:
        own = own_namespace(root.tag)
        return Document(root_name, root, tuple(_entries(root, _ENTRY_NAMES[root_name], own)), own)
    outer, pieces = _pieces(body, _ENTRY_NAMES[root_name])
    outer = with_attributes_apart(outer)
    opening = _START_TAG.match(outer)
    root = _parsed(outer, recover=True)
    if root is None or opening is None or opening.end() > _START_TAG_AT_MOST:
        raise NotAFeed(_UNREADABLE, ELSEWHERE)
    own = own_namespace(root.tag)
    entries = tuple(_one_by_one(opening, pieces, _ENTRY_NAMES[root_name], own))
    if pieces and not entries:
        raise NotAFeed(_UNREADABLE, ELSEWHERE)
    return Document(root_name, root, entries, own)


def text_of(fields: dict[str, list[XmlElement]], *names: str) -> str | None:
    """The text of the first of these fields that has any."""
    for name in names:
        for element in fields.get(name, ()):
            if text := "".join(element.itertext()).strip():
                return text
    return None


def html_in(element: XmlElement) -> str:
    """What an element holds, as HTML: its text where it is HTML already, else its elements, written out without namespaces."""
    if not len(element):
        return element.text or ""
    plain = deepcopy(element)
    for inner in plain.iter("*"):
        try:
            inner.tag = local_name(inner.tag)
        except ValueError:  # "x:", which libxml2 lets pass as a name
            inner.tag = "span"
    etree.cleanup_namespaces(plain)
    holder = plain[0] if len(plain) == 1 and plain[0].tag == "div" and not (plain.text or "").strip() else plain
    children = "".join(etree.tostring(child, encoding="unicode", method="html") for child in holder)
    return escape(holder.text or "", quote=False) + children


def _parsed(text: str, *, recover: bool) -> XmlElement | None:
    """The root of an XML text. Strictly, None where it is not well-formed; else None where nothing of it can be read."""
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: XmlElement | None = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        return None
    return root


def _with_prefixes_declared(body: str) -> str:
    found = _START_TAG.match(body)
    if found is None:
        return body
    missing = [
        f' xmlns:{prefix}="{namespace}"'
        for prefix, namespace in DECLARED.items()
        if f"xmlns:{prefix}=" not in found[0] and f"<{prefix}:" in body
    ]
    at = found.end("name")
    return body[:at] + "".join(missing) + body[at:]


def _pieces(body: str, name: str) -> tuple[str, list[str]]:
    """The text around the entries, and that of each entry.

    An entry ends at its end tag, or where the next begins. The last, where it has no end, is left out: it is cut.
    """
    tags = re.compile(rf"<(?P<end>/?)(?P<tag>(?:[A-Za-z_][\w.-]*:)?{name})(?=[\s/>])", re.IGNORECASE)
    outer: list[str] = []
    pieces: list[str] = []
    at = 0
    begun: re.Match[str] | None = None
    for tag in tags.finditer(body):
        if begun is None and not tag["end"]:
            outer.append(body[at : tag.start()])
            begun = tag
        elif begun is not None and not tag["end"]:
            pieces.append(f"{body[begun.start() : tag.start()]}</{begun['tag']}>")
            begun = tag
        elif begun is not None:
            at = body.find(">", tag.end()) + 1 or len(body)
            pieces.append(f"{body[begun.start() : tag.end()]}>")
            begun = None
        if len(pieces) == MAX_ENTRIES:
            break
    if begun is None:
        outer.append(body[at:])
    return "".join(outer), pieces


def _one_by_one(opening: re.Match[str], pieces: list[str], name: str, own: str) -> Iterator[XmlElement]:
    """The elements of entries that are parsed each for itself, so that a broken one cannot swallow those after it."""
    before = opening[0].removesuffix(">").removesuffix("/") + ">"
    after = f"</{opening['name']}>"
    for piece in pieces:
        root = _parsed(before + piece + after, recover=False)
        if root is None:
            root = _parsed(before + with_attributes_apart(with_markup_as_text(piece)) + after, recover=True)
        if root is not None:
            yield from list(_entries(root, name, own))[:1]


def _entries(root: XmlElement, name: str, own: str) -> Iterator[XmlElement]:
    found = 0
    for element in root.iter("*"):
        if plain_name(element.tag, own) == name:
            yield element
            found += 1
            if found == MAX_ENTRIES:
                return

"""What a web page says about its article: JSON-LD first, then meta tags and the page's own elements. Pure.

Nothing is guessed: the date is one that the page names as the date of publication.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.reading.dates import published as moment_of
from bot.reading.elements import Element
from bot.reading.head_lines import Head, read_head_line
from bot.reading.identity import canonical_url
from bot.reading.references import written_out
from bot.reading.whitespace import tidied

_ARTICLE_TYPE = re.compile(r"(?:\w*Article|\w*Report|BlogPosting|LiveBlogPosting|\w*NewsArticle)")
_DATE_METAS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "date",
)
_BYLINE_CLASS = re.compile(r"(?<![a-z])(?:by-?line|author|meta)(?![a-z])", re.IGNORECASE)
_MAX_DEPTH = 8
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page says about its article; None where it says nothing."""

    headline: str | None = None
    byline: str | None = None
    published: datetime | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None


def read_page_metadata(tree: Element) -> PageMetadata:
    """Read the metadata of a parsed page."""
    linked = _linked_article(tree)
    metas = _metas(tree)
    written = _byline_element(tree)
    return PageMetadata(
        headline=_text(linked.get("headline")) or _only_h1(tree) or _text(metas.get("og:title")) or _title(tree),
        byline=_names(linked.get("author"))
        or _name_only(metas.get("author") or metas.get("article:author") or metas.get("parsely-author"))
        or written.byline,
        published=moment_of(linked.get("datePublished")) or _meta_date(metas) or _time_element(tree) or written.published,
        outlet=_names(linked.get("publisher")) or _text(metas.get("og:site_name")) or _text(metas.get("application-name")),
        url=_own_address(tree, metas),
        language=language_tag(_text(linked.get("inLanguage")) or _text(tree.get("lang")) or _text(metas.get("og:locale"))),
    )


def language_tag(value: str | None) -> str | None:
    """A language as a BCP 47 tag ("en-GB"); None where it is none."""
    tag = (value or "").strip()
    return tag.replace("_", "-") if _LANGUAGE.fullmatch(tag) else None


def _linked_article(tree: Element) -> dict[str, object]:
    """The JSON-LD object of the page's article; the first if there are several."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text_content().strip(), strict=False)
        except (ValueError, RecursionError):
            continue
        for found in _objects(data, 0):
            types = found.get("@type")
            for kind in types if isinstance(types, list) else [types]:
                if isinstance(kind, str) and _ARTICLE_TYPE.fullmatch(kind.rpartition("/")[2]):
                    return found
    return {}


def _objects(data: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(data.get(key), depth + 1)
    elif isinstance(data, list):
        for entry in data:
            yield from _objects(entry, depth + 1)


def _metas(tree: Element) -> dict[str, str]:
    """The page's meta tags by name or property, in lower case; the first of each."""
    metas: dict[str, str] = {}
    for meta in tree.iterfind(".//meta[@content]"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if name and (meta.get("content") or "").strip():
            metas.setdefault(name, meta.get("content", ""))
    return metas


def _meta_date(metas: dict[str, str]) -> datetime | None:
    return next((moment for name in _DATE_METAS if (moment := moment_of(metas.get(name)))), None)


def _time_element(tree: Element) -> datetime | None:
    """The moment of an element marked as the date of publication, or of the page's only `<time>`."""
    marked = [*tree.iterfind(".//*[@itemprop='datePublished']"), *tree.iterfind(".//time[@pubdate]")]
    times = list(tree.iterfind(".//time[@datetime]"))
    for element in marked or (times if len(times) == 1 else []):
        if moment := moment_of(element.get("datetime") or element.get("content") or element.text_content()):
            return moment
    return None


def _byline_element(tree: Element) -> Head:
    """What the element says that the page calls its byline; the extractor leaves such elements out of the text.

    A page with several of them lists other articles, too, and nobody knows whose the first is.
    """
    marked = [element for element in tree.iterfind(".//*[@class]") if _BYLINE_CLASS.search(element.get("class", ""))]
    said = [head for element in marked if (head := read_head_line(element.text_content())).byline]
    if len({head.byline for head in said}) != 1:
        return Head(())
    dates = {head.published for head in said if head.published}
    return Head((), said[0].byline, dates.pop() if len(dates) == 1 else None)


def _own_address(tree: Element, metas: dict[str, str]) -> str | None:
    """The canonical address that the page gives itself; the front page of a site is no article's address."""
    links = [link.get("href", "") for link in tree.iterfind(".//link[@rel='canonical']")]
    for address in [*links, metas.get("og:url", "")]:
        canonical = canonical_url(address)
        if canonical and not re.fullmatch(r"https?://[^/]+/", canonical):
            return canonical
    return None


def _only_h1(tree: Element) -> str | None:
    headings = [text for heading in tree.iterfind(".//h1") if (text := _text(heading.text_content()))]
    return headings[0] if len(headings) == 1 else None


def _title(tree: Element) -> str | None:
    """The page's title without the outlet's name after it."""
    title = _text(tree.findtext(".//title"))
    return re.split(r"\s+[|–—]\s+", title)[0] if title else None


def _names(value: object) -> str | None:
    """The names of people or organisations in JSON-LD: a string, an object with a name, or a list of them."""
    if isinstance(value, str):
        return _name_only(value)
    if isinstance(value, dict):
        return _names(value.get("name"))
    if isinstance(value, list):
        names = [name for entry in value[:20] if not isinstance(entry, list) and (name := _names(entry))]
        return ", ".join(dict.fromkeys(names)) or None
    return None


def _name_only(value: str | None) -> str | None:
    """A name, without "By" before it; an address is no name."""
    text = _text(value)
    if not text or "://" in text or len(text) > 200:
        return None
    return re.sub(r"^by:?\s+", "", text, flags=re.IGNORECASE) or None


def _text(value: object) -> str | None:
    return tidied(written_out(value)) or None if isinstance(value, str) else None

"""Bytes to articles: picks the format, reads the text and what the document says of itself, cleans it. Pure, CPU only.

Call `parse` off the event loop: a long web page takes seconds.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.errors import NotAnArticle
from bot.reading import json_records
from bot.reading.cleaning import clean, has_prose
from bot.reading.dates import published as moment_of
from bot.reading.encodings import WRONG, decode, nearly_utf8
from bot.reading.first_publishers import first_outlet
from bot.reading.formats import Format, declared_charset, is_markup, named_format, page_of, recognise, refuse_binary
from bot.reading.head_lines import read_head
from bot.reading.identity import canonical_url, is_of_site, site_of, text_identity, url_identity
from bot.reading.language import language_of
from bot.reading.markdown import read_markdown
from bot.reading.page_metadata import language_tag
from bot.reading.plain_text import read_plain_text, split_paragraphs
from bot.reading.references import written_out
from bot.reading.web_page import declared_encoding, read_web_page
from bot.reading.whitespace import tidied
from storage.records import NewArticle

MAX_ARTICLE_BYTES = 20_000_000
_BELIEVABLE_FUTURE = timedelta(days=2)
_METADATA_LIMIT = 500
_CUT_OFF = re.compile(r"\[\+\d+ chars\]\s*$")
"""How services of news end a text of which they give a part: its last quote might end in the middle."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What the person who gives an article says about it; it wins over what the document says, but its text says its `language`."""

    outlet: str | None = None
    url: str | None = None
    published: datetime | None = None
    headline: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class _Draft:
    """An article as its document gives it, before cleaning."""

    paragraphs: Sequence[str]
    headline: str | None = None
    byline: str | None = None
    published: datetime | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None


_NO_HINTS = Hints()


def parse(
    data: bytes,
    *,
    name: str,
    media_type: str | None = None,
    hints: Hints = _NO_HINTS,
    address: str | None = None,
    now: datetime | None = None,
) -> list[NewArticle]:
    """The articles that `data` holds: one, or those of a JSON array or of JSON Lines.

    `name` is the file's name or the URL, for its ending. `address` is where the bytes were found, a `file:`
    URI or the URL they came from; it is the identity of an article that stands there alone and names no URL of
    its own. With `now`, a date of publication over two days ahead of it is not believed. Raises NotAnArticle with the reason.
    """
    if not data.strip():
        raise _empty()
    if len(data) > MAX_ARTICLE_BYTES:
        raise too_large(len(data))
    refuse_binary(data)
    looks_html = named_format(name, media_type) in (Format.HTML, None)
    charset = declared_charset(media_type) or (declared_encoding(data) if looks_html else None)
    wrong = None
    try:
        text = decode(data, declared=charset)
    except NotAnArticle as error:
        patched = nearly_utf8(data) if looks_html else None
        if patched is None or recognise(patched, name=name, media_type=media_type) is not Format.HTML:
            raise
        text, wrong = patched, error
    if not text.strip():
        raise _empty()
    drafts = _drafts(text, name, media_type, address)
    articles = [_article(draft, hints, address, now, alone=len(drafts) == 1) for draft in drafts]
    if wrong is not None and any(WRONG in f"{article.headline} {article.text}" for article in articles):
        raise wrong  # browsers show such pages, and so it is read where the wrong bytes are beside its article
    return articles


def unchanged(data: bytes) -> NewArticle:
    """All of a text file as one article, not a character changed. Raises NotAnArticle for what is no text, or too much of it.

    A byte order mark of UTF-8 stays, as it does for whoever opens the file as UTF-8: offsets fit what they read.
    """
    if len(data) > MAX_ARTICLE_BYTES:
        raise too_large(len(data))
    refuse_binary(data)
    text = decode(data)
    if data.startswith(BOM_UTF8):
        text = f"\ufeff{text}"
    return NewArticle(text_identity(text), text)


def too_large(size: int) -> NotAnArticle:
    """The refusal of a document of `size` bytes."""
    return NotAnArticle(
        f"It is too large for one article: {size / 1e6:,.0f} MB, where {MAX_ARTICLE_BYTES / 1e6:,.0f} MB is the limit.",
        "Give one article a file, or many articles as JSON Lines.",
    )


def _empty() -> NotAnArticle:
    return NotAnArticle("It is empty.", "Give a file with an article in it.")


def _drafts(text: str, name: str, media_type: str | None, address: str | None) -> list[_Draft]:
    form = recognise(text, name=name, media_type=media_type)
    if form is Format.HTML:
        return [_of_page(text, address)]
    if form is Format.MARKDOWN:
        return [_of_markdown(text)]
    if form is Format.PLAIN_TEXT:
        return [_of_plain_text(text)]
    return [_of_record(entry) for entry in _records(text, form)]


def _records(text: str, form: Format) -> list[json_records.NumberedRecord]:
    """The records of JSON or of JSON Lines. What is one value as a whole is JSON, whatever it is called."""
    try:
        return json_records.records(text)
    except NotAnArticle:
        entries = list(json_records.lines(text))
        if form is Format.JSON and not json_records.is_object(entries[0].json):
            raise
        return entries


def _of_plain_text(text: str) -> _Draft:
    plain = read_plain_text(text)
    return _Draft(plain.paragraphs, plain.headline, plain.byline, plain.published, plain.outlet, plain.url, plain.language)


def _of_page(page: str, address: str | None) -> _Draft:
    found_at = canonical_url(address or "")
    paragraphs, said = read_web_page(page, address=found_at)
    return _Draft(paragraphs, said.headline, said.byline, said.published, said.outlet, said.url, said.language)


def _of_markdown(text: str) -> _Draft:
    blocks, heading, fields = read_markdown(text)
    paragraphs = [line for block in blocks for line in block.split("\n")]
    headline = json_records.text_field(fields, "headline")
    if heading and headline and heading != headline:
        paragraphs.insert(0, heading)
    return _Draft(
        paragraphs,
        headline or heading,
        json_records.text_field(fields, "byline"),
        moment_of(json_records.field(fields, "published")),
        json_records.text_field(fields, "outlet"),
        json_records.text_field(fields, "url"),
        json_records.text_field(fields, "language"),
    )


def _of_record(entry: json_records.NumberedRecord) -> _Draft:
    try:
        data = json_records.record(entry.json)
        draft = _of_record_body(data)
    except NotAnArticle as error:
        raise _placed(error, entry.place) from error
    return replace(
        draft,
        headline=json_records.words_field(data, "headline") or draft.headline,
        byline=json_records.words_field(data, "byline") or draft.byline,
        published=moment_of(json_records.field(data, "published")) or draft.published,
        outlet=json_records.words_field(data, "outlet") or draft.outlet,
        url=json_records.text_field(data, "url") or draft.url,
        language=json_records.text_field(data, "language") or draft.language,
    )


def _of_record_body(data: json_records.Record) -> _Draft:
    if text := json_records.paragraphs_field(data):
        if _CUT_OFF.search(text):
            raise NotAnArticle("Its text is cut off: at its end stands how much more there is.", "Give the whole article, or its address.")
        if is_markup(text):
            return _of_page(page_of(text), json_records.text_field(data, "url"))
        text = written_out(text)
        return _Draft(split_paragraphs(text)) if json_records.field(data, "headline") else _of_plain_text(text)
    return _of_page(page_of(str(json_records.field(data, "html"))), json_records.text_field(data, "url"))


def _placed(error: NotAnArticle, place: str) -> NotAnArticle:
    """The error with the place of its record before it: "Line 3: it is not valid JSON …"."""
    if not place:
        return error
    return NotAnArticle(f"{place[0].upper()}{place[1:]}: {error.what[0].lower()}{error.what[1:]}", error.remedy)


def _article(draft: _Draft, hints: Hints, address: str | None, now: datetime | None, *, alone: bool) -> NewArticle:
    head = read_head(_without_headline(draft))
    text = clean(head.paragraphs)
    if not has_prose(text):
        raise NotAnArticle("It holds no prose.", "Give a text with at least one sentence.")
    url = canonical_url(hints.url or "") or _own_url(draft, address, alone=alone)
    outlet = _line(hints.outlet) or _line(draft.outlet) or _host(url)
    published = hints.published or draft.published or head.published
    if published and now and not hints.published and published > now + _BELIEVABLE_FUTURE:
        published = None
    return NewArticle(
        identity=url_identity(url) if url else (address if alone else None) or text_identity(text),
        text=text,
        url=url,
        outlet=outlet,
        headline=_line(hints.headline) or _line(draft.headline),
        byline=_line(draft.byline) or _line(head.byline),
        published=published,
        language=language_of(text, language_tag(hints.language or draft.language)),
        first_outlet=first_outlet(draft.paragraphs, own=outlet),
    )


def _own_url(draft: _Draft, address: str | None, *, alone: bool) -> str | None:
    """The URL that a document names as its own, else where it was found, if it stands there `alone`.

    What was found on the web may only name a URL of its own site: with any other it would claim another's article.
    """
    said, found_at = canonical_url(draft.url or ""), canonical_url(address or "")
    if said and (found_at is None or is_of_site(said, found_at)):
        return said
    return found_at if alone else None


def _without_headline(draft: _Draft) -> Sequence[str]:
    """The paragraphs, without the headline where a document has it there as well."""
    repeated = draft.headline and draft.paragraphs and tidied(draft.paragraphs[0]).casefold() == tidied(draft.headline).casefold()
    return draft.paragraphs[1:] if repeated else draft.paragraphs


def _line(value: str | None) -> str | None:
    return tidied(value or "")[:_METADATA_LIMIT] or None


def _host(url: str | None) -> str | None:
    return site_of(url) or None if url else None

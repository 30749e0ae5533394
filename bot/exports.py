"""An answer as a file: a table for a spreadsheet (CSV), a JSON document, or a line of JSON for each quote. UTF-8. Pure."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bot.cards import counted, counted_cards, listed
from bot.replies import Cited, Export, ExportFormat, Place, QuoteCard, QuoteKind, Reply, Section

COLUMNS = (
    "quote", "speaker", "words", "cue", "kind", "reports", "confidence", "sureness", "corrected",
    "outlet", "headline", "published", "link", "article",
)  # fmt: skip
NO_COMMENT = "no comment"
"""The kind of a sentence that says of somebody who gave no comment."""
_BETWEEN_PIECES = " … "
_LONGEST_NAME = 60
# https://owasp.org/www-community/attacks/CSV_Injection
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def export_of(reply: Reply, kind: ExportFormat, asked_at: datetime) -> Export:
    """The quotes of a reply to what was asked at that time, as a file of that kind."""
    match kind:
        case ExportFormat.CSV:
            content = _table(reply)
        case ExportFormat.JSON:
            content = _document(reply, asked_at)
        case ExportFormat.JSONL:
            content = _lines(reply)
    name = re.sub(r"[^\w]+", "-", reply.understood.casefold()).strip("-")[:_LONGEST_NAME].strip("-") or "quotes"
    return Export(f"{name}.{kind}", content, reply.understood, _held(reply))


def _held(reply: Reply) -> str:
    """How much a reply shows, in words; "" for nothing."""
    cards = [card for section in reply.sections for card in section.quotes]
    cited = sum(len(section.cited) for section in reply.sections)
    parts = [*([counted_cards(cards)] if cards else []), *([counted(cited, "sentence")] if cited else [])]
    return listed(parts)


# --- CSV ---------------------------------------------------------------------------------------


def _table(reply: Reply) -> bytes:
    """The quotes as CSV with a byte order mark. Copies of a quote in other articles follow it with the same number.

    A cell that a spreadsheet would take for a formula begins with an apostrophe, which spreadsheets read as "this is text".
    """
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(COLUMNS)
    for section in reply.sections:
        for card in section.quotes:
            table.writerows([_harmless(cell) for cell in row] for row in _rows(card))
        for cited in section.cited:
            table.writerows([_harmless(cell) for cell in row] for row in _cited_rows(section, cited))
    return written.getvalue().encode("utf-8-sig", errors="replace")


def _rows(card: QuoteCard) -> Iterator[tuple[str, ...]]:
    what = (
        str(card.quote_id),
        card.speaker or "",
        _quoted(card),
        card.cue,
        card.kind.value,
        card.reports.value,
        f"{card.confidence:.2f}",
        card.sureness.value,
        "yes" if card.corrected else "",
    )
    for place in (card.place, *card.also):
        yield what + _where(place)


def _cited_rows(section: Section, cited: Cited) -> Iterator[tuple[str, ...]]:
    """A sentence that is no quote: without number, quotation marks, and whatever else only quotes have."""
    for place in (cited.place, *cited.also):
        yield ("", section.title, cited.words, "", NO_COMMENT, "", "", "", "", *_where(place))


def _quoted(card: QuoteCard) -> str:
    """The pieces as answers show them: those of a direct quote in quotation marks, which tell it from words that are only reported."""
    return _BETWEEN_PIECES.join(f"“{piece}”" if card.kind is QuoteKind.DIRECT else piece for piece in card.words)


def _where(place: Place) -> tuple[str, ...]:
    return place.outlet or "", place.headline or "", _date(place) or "", place.link or "", str(place.article_id)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell


# --- JSON --------------------------------------------------------------------------------------


def _document(reply: Reply, asked_at: datetime) -> bytes:
    """`{"understood", "asked_at", "notes", "quotes"}`, a line for each quote."""
    head = {"understood": reply.understood, "asked_at": asked_at.astimezone(UTC).isoformat(), "notes": list(reply.notes)}
    quotes = b",\n".join(map(_encoded, _entries(reply)))
    return _encoded(head)[:-1] + b', "quotes": [\n' + quotes + b"\n]}\n"


def _lines(reply: Reply) -> bytes:
    return b"".join(_encoded(entry) + b"\n" for entry in _entries(reply))


def _entries(reply: Reply) -> Iterator[dict[str, Any]]:
    for section in reply.sections:
        yield from map(_quote, section.quotes)
        yield from (_citation(section, cited) for cited in section.cited)


def _quote(card: QuoteCard) -> dict[str, Any]:
    """A quote with its `words` as they stand in the first of its `places`; `content` are the [start, end) offsets there, in characters."""
    return {
        "quote": card.quote_id,
        "speaker": card.speaker,
        "words": list(card.words),
        "cue": card.cue,
        "kind": card.kind.value,
        "reports": card.reports.value,
        "confidence": round(card.confidence, 2),
        "sureness": card.sureness.value,
        "corrected": card.corrected,
        "places": [_place(place) for place in (card.place, *card.also)],
    }


def _citation(section: Section, cited: Cited) -> dict[str, Any]:
    """A sentence that is no quote, with the fields of one: those that only quotes have are null."""
    only_of_quotes = dict.fromkeys(("cue", "reports", "confidence", "sureness", "corrected"))
    what = {"quote": None, "speaker": section.title, "words": [cited.words], "kind": NO_COMMENT, **only_of_quotes}
    return {**what, "places": [_place(place) for place in (cited.place, *cited.also)]}


def _place(place: Place) -> dict[str, Any]:
    return {
        "article": place.article_id,
        "outlet": place.outlet,
        "headline": place.headline,
        "published": _date(place),
        "link": place.link,
        "content": [list(span) for span in place.content],
    }


def _encoded(value: object) -> bytes:
    """JSON on one line; half a surrogate pair, which UTF-8 has no bytes for, as an escape."""
    return json.dumps(value, ensure_ascii=False).encode(errors="backslashreplace")


def _date(place: Place) -> str | None:
    return place.published.isoformat() if place.published else None

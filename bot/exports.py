"""An answer as a table for a spreadsheet: CSV in UTF-8 with a byte order mark, one line for each quote in each place that has it. Pure."""

import csv
import io
import re
from collections.abc import Iterator

from bot.replies import Export, Place, QuoteCard, QuoteKind, Reply

COLUMNS = (
    "quote", "speaker", "words", "cue", "kind", "reports", "confidence", "sureness", "corrected",
    "outlet", "headline", "published", "link", "article",
)  # fmt: skip
_BETWEEN_PIECES = " … "
_LONGEST_NAME = 60
# https://owasp.org/www-community/attacks/CSV_Injection
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_of(reply: Reply) -> Export:
    """The quotes of a reply. Copies of a quote in other articles follow it with the same number.

    A cell that a spreadsheet would take for a formula begins with an apostrophe, which spreadsheets read as "this is text".
    """
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(COLUMNS)
    rows = 0
    for section in reply.sections:
        for card in section.quotes:
            for row in _rows(card):
                table.writerow([_harmless(cell) for cell in row])
                rows += 1
    name = re.sub(r"[^\w]+", "-", reply.understood.casefold()).strip("-")[:_LONGEST_NAME].strip("-") or "quotes"
    return Export(f"{name}.csv", written.getvalue().encode("utf-8-sig", errors="replace"), reply.understood)


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


def _quoted(card: QuoteCard) -> str:
    """The pieces as answers show them: those of a direct quote in quotation marks, which tell it from words that are only reported."""
    return _BETWEEN_PIECES.join(f"“{piece}”" if card.kind is QuoteKind.DIRECT else piece for piece in card.words)


def _where(place: Place) -> tuple[str, ...]:
    published = place.published.isoformat() if place.published else ""
    return place.outlet or "", place.headline or "", published, place.link or "", str(place.article_id)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell

"""A quote as blocks, and the passage around one: the exact words, who said them and where they stand, with a link to them."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import RichTextElement

from adapters.cutting import beginning, cut, ending
from adapters.pages import Page
from adapters.plain import chat_link, safe_line, safe_text
from adapters.slack import actions, blocks
from adapters.slack.actions import QuoteChoice
from adapters.slack.blocks import Block
from adapters.slack.escaping import size
from adapters.slack.listing import LONGEST_HEADING, LONGEST_NAME
from adapters.wording import (
    BETWEEN,
    BETWEEN_PIECES,
    UNKNOWN_SPEAKER,
    cited_words,
    copies_in_words,
    doubt_in_words,
    place_facts,
    quotation_marks,
    sort_in_words,
    source_facts,
)
from bot.replies import Cited, Passage, Place, QuoteCard, QuoteKind

LONGEST_QUOTE = 2400
LONGEST_PASSAGE = 4000
_CUT = " …"
_LONGEST_COPIES = 500
_BEFORE_THE_QUOTE = 1000
_ROOM_FOR_COPIES = 1500


def quote_blocks(card: QuoteCard, *, number: int, zone: ZoneInfo, page: Page | None) -> list[Block]:
    """A quote with its menu. `number` tells it from the others of the message, `page` is where it stands in a kept answer."""
    said = blocks.rich(
        blocks.line(*speaker(card)),
        blocks.quotation(*words(card)),
        blocks.line(*_source(card.place, zone)),
    )
    return [said, _menu(card, number, page), *_doubt_and_copies(card, zone)]


def cited_blocks(cited: Cited, *, zone: ZoneInfo) -> list[Block]:
    """A sentence of an article that is no quote: as it stands there, with its source, and nothing to press."""
    said = blocks.text(cut(cited_words(cited), LONGEST_QUOTE, size) or BETWEEN_PIECES)
    shown = [blocks.rich(blocks.line(said), blocks.line(*_source(cited.place, zone)))]
    if cited.also:
        shown.append(blocks.context(cut(copies_in_words(cited.also, zone), _LONGEST_COPIES, size)))
    return shown


def words_block(card: QuoteCard) -> Block:
    """Who is said to have said what, with nothing to press."""
    return blocks.rich(blocks.line(*speaker(card)), blocks.quotation(*words(card)))


def speaker(card: QuoteCard) -> Iterator[RichTextElement]:
    """Who is said to have said it, with the article's own cue where the words are reported."""
    yield blocks.text(cut(safe_line(card.speaker or "").strip() or UNKNOWN_SPEAKER, LONGEST_NAME, size), bold=True)
    if card.cue and card.kind is not QuoteKind.DIRECT:
        yield blocks.text(f"{BETWEEN}{cut(safe_line(card.cue), LONGEST_NAME, size)}")


def words(card: QuoteCard, longest: int = LONGEST_QUOTE, *, more: str = ": Show context") -> Iterator[RichTextElement]:
    """The words, and how many of their characters are left out for length; `more` says where they are."""
    shown, left_out = words_shown(card, longest)
    yield blocks.text(shown or BETWEEN_PIECES)
    if left_out:
        yield blocks.text(f" ({left_out:,} more characters{more})", italic=True)


def words_shown(card: QuoteCard, longest: int = LONGEST_QUOTE) -> tuple[str, int]:
    """The words of a quote between their marks, a cut shown within them, and how many characters of them are left out for length."""
    opening, closing = quotation_marks(card.kind)
    shown: list[str] = []
    room, left_out = longest, 0
    for piece in card.words:
        safe = safe_text(piece)
        kept = beginning(safe, room, size) if not left_out else ""
        left_out += len(safe) - len(kept)
        room -= size(f"{kept}{opening}{closing}{BETWEEN_PIECES}")
        if kept:
            shown.append(kept)
    if left_out and shown:
        shown[-1] += _CUT
    return BETWEEN_PIECES.join(f"{opening}{kept}{closing}" for kept in shown), left_out


def passage(found: Passage, *, zone: ZoneInfo) -> list[Block]:
    """The passage around a quote, its words bold, with the source and every other place that carries the words.

    Each place has the number of its article, by which it can be asked for and corrected.
    """
    card = found.card
    lines = [blocks.line(*speaker(card)), blocks.quotation(*_around(found)), blocks.line(*_numbered(card.place, zone))]
    shown = [blocks.rich(*lines)]
    if card.also:
        shown.append(blocks.rich(*_copies(card.also, zone)))
    if doubt := doubt_in_words(card.sureness, corrected=card.corrected):
        shown.append(blocks.context(doubt))
    return shown


def _source(place: Place, zone: ZoneInfo) -> Iterator[RichTextElement]:
    """Outlet, day and headline; the last of them that names the article leads to the words."""
    facts = [cut(fact, LONGEST_NAME, size) for fact in source_facts(place, zone)]
    headline = cut(safe_line(place.headline or "").strip(), LONGEST_HEADING, size)
    address = chat_link(place.link)
    if headline:
        yield blocks.text(f"{BETWEEN.join(facts)}{BETWEEN}")
        yield blocks.link(address, headline)
        return
    outlet, *day = facts
    yield blocks.link(address, outlet)
    if day:
        yield blocks.text(f"{BETWEEN}{BETWEEN.join(day)}")


def _numbered(place: Place, zone: ZoneInfo) -> Iterator[RichTextElement]:
    """The source with its article's number, which stands for the outlet where that is not known."""
    yield from _source(place, zone)
    if place.outlet:
        yield blocks.text(f"{BETWEEN}article {place.article_id}")


def _menu(card: QuoteCard, number: int, page: Page | None) -> Block:
    facts = BETWEEN.join([*sort_in_words(card.kind, card.reports), f"#{card.quote_id}"])
    options = [
        blocks.option("Show context", QuoteChoice(actions.CONTEXT, card.quote_id, page).value),
        blocks.option("Wrong speaker?", QuoteChoice(actions.SPEAKER, card.quote_id, page).value),
    ]
    if name := safe_line(card.speaker or "").strip():
        options.append(blocks.option(f"About {name}", QuoteChoice(actions.WHO, card.quote_id, page).value))
    return blocks.section(facts, blocks.menu(actions.numbered(actions.QUOTE, number), options))


def _doubt_and_copies(card: QuoteCard, zone: ZoneInfo) -> Iterator[Block]:
    doubt = doubt_in_words(card.sureness, corrected=card.corrected)
    copies = cut(copies_in_words(card.also, zone), _LONGEST_COPIES, size) if card.also else ""
    if lines := [line for line in (doubt, copies) if line]:
        yield blocks.context(*lines)


def _copies(places: tuple[Place, ...], zone: ZoneInfo) -> Iterator[RichTextElement]:
    yield blocks.line(blocks.text("Also in"))
    room = _ROOM_FOR_COPIES
    for number, place in enumerate(places):
        room -= sum(map(size, place_facts(place, zone))) + size(chat_link(place.link) or "")
        if room < 0:
            yield blocks.line(blocks.text(f"and {len(places) - number:,} more"))
            return
        yield blocks.line(*_numbered(place, zone))


def _around(found: Passage) -> Iterator[RichTextElement]:
    """The text in runs, those of the quote bold, as much around the quote as there is room for."""
    text = safe_text(found.text)
    spans = sorted((max(start, 0), min(end, len(text))) for start, end in found.content)
    first = spans[0][0] if spans else 0
    begin, end = 0, len(text)
    if size(text) > LONGEST_PASSAGE:
        begin = first - len(ending(text[:first], _BEFORE_THE_QUOTE, size))
        end = begin + len(beginning(text[begin:], LONGEST_PASSAGE, size))
    if begin or not found.begins:
        yield blocks.text("… ")
    at = begin
    for start, stop in spans:
        start, stop = max(start, at), min(stop, end)
        if start >= stop:
            continue
        if at < start:
            yield blocks.text(text[at:start])
        yield blocks.text(text[start:stop], bold=True)
        at = stop
    if at < end:
        yield blocks.text(text[at:end])
    if end < len(text) or not found.ends:
        yield blocks.text(" …")
    if left_out := sum(stop - max(start, end) for start, stop in spans if stop > end):
        yield blocks.text(f" ({left_out:,} more characters of the quote stand in the article)", italic=True)

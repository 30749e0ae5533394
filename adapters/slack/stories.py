"""The quotes of a story, one below the other: what is posted by itself is read from above, and has no menu at each quote."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import RichTextElement

from adapters.cutting import cut
from adapters.plain import chat_link
from adapters.slack import blocks
from adapters.slack.escaping import size
from adapters.slack.listing import LONGEST_NAME, heading_line
from adapters.slack.packing import Part
from adapters.slack.quotes import speaker, words
from adapters.wording import BETWEEN, copies_in_words, doubts, sort_in_words, source_facts
from bot.replies import QuoteCard, Section

LONGEST_WORDS = 600
_MOST_IN_A_BLOCK = 5
_LONGEST_COPIES = 200


def story_parts(section: Section, *, zone: ZoneInfo, ruled: bool) -> Iterator[Part]:
    """The story in as few blocks as hold it; `ruled`: under a rule, which parts it from the one above."""
    lines = [heading_line(section.title, section.subtitle)]
    for start in range(0, len(section.quotes), _MOST_IN_A_BLOCK):
        for card in section.quotes[start : start + _MOST_IN_A_BLOCK]:
            lines += _lines(card, zone)
        yield Part([blocks.rich(*lines)], ruled=ruled)
        lines, ruled = [], False


def _lines(card: QuoteCard, zone: ZoneInfo) -> Iterator[RichTextElement]:
    """A quote: who and where, and the words beside a bar."""
    yield blocks.line(*speaker(card), blocks.text(BETWEEN), *_source(card, zone))
    yield blocks.quotation(*words(card, LONGEST_WORDS, more=""))


def _source(card: QuoteCard, zone: ZoneInfo) -> Iterator[RichTextElement]:
    """Outlet, which leads to the words, and day, with what a reader must know of them. Headlines come by showing all."""
    outlet, *day = source_facts(card.place, zone)
    known = [*sort_in_words(card.kind, card.reports), *doubts(card.sureness, corrected=card.corrected), f"#{card.quote_id}"]
    copies = [cut(copies_in_words(card.also, zone), _LONGEST_COPIES, size)] if card.also else []
    yield blocks.link(chat_link(card.place.link), cut(outlet, LONGEST_NAME, size))
    yield blocks.text("".join(f"{BETWEEN}{fact}" for fact in (*day, *known, *copies)))

"""The quotes of a story, one below the other: a digest is read from above, and a message holds few embeds."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

import discord

from adapters.cutting import cut, size
from adapters.discord.embeds import colour_of, outlet_line, source_line, speaker_line, words_shown
from adapters.discord.listing import LONGEST_HEADING, section_heading
from adapters.discord.markdown import bold, escaped, escaped_size, quoted
from adapters.discord.packing import Part
from adapters.wording import BETWEEN, BETWEEN_PIECES, copies_in_words, doubt_in_words, sort_in_words
from bot.replies import QuoteCard, Section

LONGEST_WORDS = 600
_LONGEST_EMBED = 2900  # two of these fit into a message
_LONGEST_COPIES = 200
_UNDER_THE_HEADING, _BETWEEN_QUOTES = "\n", "\n\n"


def story_parts(section: Section, *, zone: ZoneInfo) -> Iterator[Part]:
    """The story in as few embeds as hold it."""
    lines, cards = section_heading(section.title, section.subtitle), list[QuoteCard]()
    for card in section.quotes:
        longer = f"{lines}{_BETWEEN_QUOTES if cards else _UNDER_THE_HEADING}{_lines(card, zone)}"
        if cards and size(longer) > _LONGEST_EMBED:
            yield _part(lines, cards)
            longer, cards = _lines(card, zone), []
        lines = longer
        cards.append(card)
    yield _part(lines, cards)


def _part(markdown: str, cards: Sequence[QuoteCard]) -> Part:
    return Part(embeds=(discord.Embed(description=markdown, colour=colour_of(outlet_line(cards[0].place))),), cards=tuple(cards))


def _lines(card: QuoteCard, zone: ZoneInfo) -> str:
    """A quote: who and where, the words beside a bar, and what leads to them."""
    words, left_out = words_shown(card, LONGEST_WORDS)
    outlet = escaped(cut(outlet_line(card.place), LONGEST_HEADING, escaped_size))
    facts = filter(None, [source_line(card.place, zone), *sort_in_words(card.kind, card.reports), f"#{card.quote_id}"])
    return "\n".join(
        filter(
            None,
            [
                f"{bold(speaker_line(card))}{BETWEEN}{outlet}",
                quoted(escaped(words or BETWEEN_PIECES)),
                f"({left_out:,} more characters: Show context)" if left_out else "",
                BETWEEN.join(facts),
                doubt_in_words(card.sureness, corrected=card.corrected),
                escaped(cut(copies_in_words(card.also, zone), _LONGEST_COPIES, escaped_size)) if card.also else "",
            ],
        )
    )

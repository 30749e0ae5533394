"""As many of the quotes of a page as fit: what is left of it, with its place in the kept answer moved."""

from dataclasses import replace

from bot.cards import counted
from bot.replies import Kept, QuoteCard, Reply


def quotes_of(reply: Reply) -> list[QuoteCard]:
    """All the quotes of a reply, in order."""
    return [quote for section in reply.sections for quote in section.quotes]


def first_quotes(reply: Reply, kept: Kept, shown: int) -> Reply:
    """The first quotes of a page; the next page then begins behind them, and a note says so."""
    quotes = quotes_of(reply)
    hidden = len(quotes) - shown
    if hidden <= 0:
        return reply
    sections, left = [], shown
    for section in reply.sections:
        if left <= 0:
            break
        some = section.quotes[:left]
        left -= len(some)
        sections.append(replace(section, quotes=some, lines=section.lines if len(some) == len(section.quotes) else ()))
    note = f"{counted(hidden, 'quote')} that did not fit here {'comes' if hidden == 1 else 'come'} with the next page."
    moved = replace(kept, last=quotes[shown - 1].quote_id, after=kept.after + hidden)
    return replace(reply, sections=tuple(sections), notes=(*reply.notes, note), kept=moved)

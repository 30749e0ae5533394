"""As many of the quotes of a page as fit: what is left of it, with its place in the kept answer moved."""

from dataclasses import replace

from bot.cards import counted
from bot.paging import number_of, shown_in
from bot.replies import Kept, QuoteCard, Reply, Section


def quotes_of(reply: Reply) -> list[QuoteCard]:
    """All the quotes of a reply, in order."""
    return [quote for section in reply.sections for quote in section.quotes]


def size_of(reply: Reply) -> int:
    """How many quotes a reply shows, or sentences that are none."""
    return sum(len(shown_in(section)) for section in reply.sections)


def thing_of(reply: Reply) -> str:
    """What it shows: quotes, or in an answer to who gave no comment sentences."""
    return "sentence" if any(section.cited for section in reply.sections) else "quote"


def first_quotes(reply: Reply, kept: Kept, shown: int) -> Reply:
    """The first quotes of a page in the order of its answer; the next page then begins behind them, and a note says so."""
    hidden = set(kept.order[shown:])
    if not hidden:
        return reply
    sections = [_without(section, hidden) for section in reply.sections]
    left = tuple(after for before, after in zip(reply.sections, sections, strict=True) if shown_in(after) or not shown_in(before))
    note = f"{counted(len(hidden), thing_of(reply))} that did not fit here {'comes' if len(hidden) == 1 else 'come'} with the next page."
    moved = replace(kept, last=kept.order[shown - 1], after=kept.after + len(hidden), order=kept.order[:shown])
    return replace(reply, sections=left, notes=(*reply.notes, note), kept=moved)


def _without(section: Section, hidden: set[int]) -> Section:
    """The section without what is hidden; what it says of its quotes only where it has all of them."""
    quotes = tuple(one for one in section.quotes if number_of(one) not in hidden)
    cited = tuple(one for one in section.cited if number_of(one) not in hidden)
    is_whole = len(quotes) + len(cited) == len(shown_in(section))
    return replace(section, quotes=quotes, cited=cited, lines=section.lines if is_whole else ())

"""Pages of an answer: which of its quotes are shown at once, and where the next page begins. Pure."""

from dataclasses import replace

from bot.replies import Kept, QuoteKind, Reply, Section


def page_of(reply: Reply, answer_id: int, *, since: int | None, size: int) -> Reply:
    """At most `size` quotes of a whole answer, those behind the quote `since` (None: the first ones).

    A place is given by a quote, not by a count: a quote that somebody corrected away in between shifts nothing. If the
    quote `since` is itself gone from the answer, the first page is given. Sections keep their headings; what a section
    says of its quotes stands with the last of them, notes on the first page.
    """
    places = [(section, card) for section in reply.sections for card in section.quotes]
    numbers = [card.quote_id for _, card in places]
    begin = numbers.index(since) + 1 if since in numbers else 0
    shown = places[begin : begin + size]
    kinds = {card.kind for _, card in places}
    kept = Kept(
        answer_id=answer_id,
        before=begin,
        after=len(places) - begin - len(shown),
        last=shown[-1][1].quote_id if shown else 0,
        can_narrow=QuoteKind.DIRECT in kinds and len(kinds) > 1,
        since=numbers[begin - 1] if begin else None,
    )
    wanted = {card.quote_id for _, card in shown}
    sections = tuple(part for section in reply.sections if (part := _part(section, wanted)))
    return replace(reply, sections=sections, notes=() if begin else reply.notes, kept=kept)


def _part(section: Section, wanted: set[int]) -> Section | None:
    quotes = tuple(card for card in section.quotes if card.quote_id in wanted)
    if not quotes:
        return None
    return replace(section, quotes=quotes, lines=section.lines if _ends(section, quotes[-1].quote_id) else ())


def _ends(section: Section, last: int) -> bool:
    return section.quotes[-1].quote_id == last

"""Pages of an answer: which of its quotes are shown at once, and where the next page begins. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise, zip_longest

from bot.replies import Kept, QuoteCard, QuoteKind, Reply, Section
from storage.records import KeptAnswer

_NUMBER = re.compile(r"#([0-9]+)")
Placed = tuple[Section, QuoteCard]


@dataclass(frozen=True, slots=True)
class Batch:
    """The quotes of an answer that were found together, in order. `before` and `after` count those that other batches show.

    `more` says that there are others behind the last batch, of unknown number.
    """

    order: tuple[int, ...]
    before: int = 0
    after: int = 0
    more: bool = False


def batches_of(kept: KeptAnswer) -> list[Batch]:
    """The batches of a kept answer, the first one first."""
    begins = [*(begin for begin, _ in kept.batches or ((0, 0),)), len(kept.found)]
    shown = [many for _, many in kept.batches]
    return [
        Batch(kept.found[begin:end], sum(shown[:place]), sum(shown[place + 1 :]), kept.more and kept.up_to > 0)
        for place, (begin, end) in enumerate(pairwise(begins))
    ]


def place_of(batches: Sequence[Batch], since: int | None) -> int:
    """The place of the batch in which a quote stands; the first for one that stands in none."""
    return next((place for place, batch in enumerate(batches) if since in batch.order), 0)


def order_of(reply: Reply, found: Iterable[int]) -> tuple[int, ...]:
    """The quotes of a whole answer in the order in which it shows them, then those `found` that it shows as copies of others."""
    columns = [[card.quote_id for card in section.quotes] for section in reply.sections]
    shown = chain.from_iterable(zip_longest(*columns) if reply.beside else columns)
    return tuple(dict.fromkeys([*(number for number in shown if number is not None), *found]))


def page_of(reply: Reply, answer_id: int, batch: Batch, *, since: int | None, size: int) -> Reply:
    """At most `size` quotes of a batch of an answer: those behind the quote `since`, in the order of the first time.

    The page is that at the beginning of the batch where `since` is None, or stands in no batch or an earlier one. A page begins
    behind a quote, not at a count, and the order is the one that was kept: a quote that somebody corrected or took away in
    between shifts no other, and one that was read in between is not of this answer. Sections keep their headings, and what
    they say of the quotes that are shown; notes stand on the first page.
    """
    placed = {card.quote_id: (section, card) for section, card in _placed(reply)}
    numbers = [number for number in batch.order if number in placed]
    passed = set(batch.order[: batch.order.index(since) + 1]) if since in batch.order else set()
    coming = [number for number in numbers if number not in passed]
    shown = [placed[number] for number in coming[:size]]
    before = batch.before + len(numbers) - len(coming)
    kinds = {placed[number][1].kind for number in numbers}
    kept = Kept(
        answer_id=answer_id,
        before=before,
        after=len(coming) - len(shown) + batch.after,
        last=shown[-1][1].quote_id if shown else 0,
        can_narrow=QuoteKind.DIRECT in kinds and len(kinds) > 1,
        since=since if passed or batch.before else None,
        more=batch.more,
    )
    sections = tuple(_beside(reply, shown, first=not before) if reply.beside else _sections(shown))
    return replace(reply, sections=sections, notes=() if before else reply.notes, kept=kept)


def _placed(reply: Reply) -> Iterable[Placed]:
    return ((section, card) for section in reply.sections for card in section.quotes)


def _sections(shown: Sequence[Placed]) -> Iterable[Section]:
    for _, together in groupby(shown, key=lambda placed: id(placed[0])):
        placed = list(together)
        section, cards = placed[0][0], tuple(card for _, card in placed)
        wanted = {card.quote_id for card in cards}
        yield replace(section, quotes=cards, lines=tuple(line for line in section.lines if _is_about(line, wanted)))


def _beside(reply: Reply, shown: Sequence[Placed], *, first: bool) -> Iterable[Section]:
    """The sections with what is shown of each, in their order; those of nobody's quotes stand on the first page."""
    for section in reply.sections:
        of_it = [placed for placed in shown if placed[0] is section]
        if of_it:
            yield from _sections(of_it)
        elif first and not section.quotes:
            yield section


def _is_about(line: str, wanted: set[int]) -> bool:
    """Whether a line on quotes, such as "#3 and #9 are one statement", names one of those that are shown."""
    return any(int(number) in wanted for number in _NUMBER.findall(line))

"""Pages of an answer: which of its quotes are shown at once, and where the next page begins. Pure.

What is shown are quotes, or in an answer to who gave no comment sentences that are none; each has its number.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise, zip_longest

from bot.replies import Cited, Kept, QuoteCard, QuoteKind, Reply, Section
from storage.records import KeptAnswer

_NUMBER = re.compile(r"#([0-9]+)")
_NEAR = 200
"""Copies of a quote stand within so many of it: what was given before is looked at no further back."""
Shown = QuoteCard | Cited
Placed = tuple[Section, Shown]


@dataclass(frozen=True, slots=True)
class Batch:
    """The quotes of an answer that were found together, in order. `before` and `after` count those that other batches show.

    `earlier` are the last of those that were found before, in order: a quote is shown as a copy of one of them where it is one. `more`
    says that there are others behind the last batch, of unknown number.
    """

    order: tuple[int, ...]
    before: int = 0
    after: int = 0
    more: bool = False
    earlier: tuple[int, ...] = ()

    @property
    def is_all(self) -> bool:
        """Whether nothing else answers."""
        return not (self.earlier or self.after or self.more)


def batches_of(kept: KeptAnswer) -> list[Batch]:
    """The batches of a kept answer, the first one first."""
    begins = [*(begin for begin, _ in kept.batches or ((0, 0),)), len(kept.found)]
    shown = [many for _, many in kept.batches]
    return [
        Batch(
            kept.found[begin:end],
            sum(shown[:place]),
            sum(shown[place + 1 :]),
            kept.more and kept.up_to > 0,
            earlier(kept.found[:begin]),
        )
        for place, (begin, end) in enumerate(pairwise(begins))
    ]


def earlier(given: tuple[int, ...]) -> tuple[int, ...]:
    """Those of what was given that are looked at for copies."""
    return given[-_NEAR:]


def place_of(batches: Sequence[Batch], since: int | None) -> int:
    """The place of the batch in which a quote stands; the first for one that stands in none."""
    return next((place for place, batch in enumerate(batches) if since in batch.order), 0)


def shown_in(section: Section) -> list[Shown]:
    """What a section shows, in order."""
    return [*section.quotes, *section.cited]


def number_of(shown: Shown) -> int:
    """The number of a quote, or of a sentence that is none."""
    return shown.quote_id if isinstance(shown, QuoteCard) else shown.number


def order_of(reply: Reply, found: Iterable[int]) -> tuple[int, ...]:
    """The quotes of a whole answer in the order in which it shows them, then those `found` that it shows as copies of others."""
    columns = [[number_of(one) for one in shown_in(section)] for section in reply.sections]
    shown = chain.from_iterable(zip_longest(*columns) if reply.beside else columns)
    return tuple(dict.fromkeys([*(number for number in shown if number is not None), *found]))


def page_of(reply: Reply, answer_id: int, batch: Batch, *, since: int | None, size: int) -> Reply:
    """At most `size` quotes of a batch of an answer: those behind the quote `since`, in the order of the first time.

    The page is that at the beginning of the batch where `since` is None, or stands in no batch or an earlier one. A page begins
    behind a quote, not at a count, and the order is the one that was kept: a quote that somebody corrected or took away in
    between shifts no other, and one that was read in between is not of this answer. Sections keep their headings, and what
    they say of the quotes that are shown; notes stand on the first page.
    """
    placed = {number_of(one): (section, one) for section, one in _placed(reply)}
    numbers = [number for number in batch.order if number in placed]
    passed = set(batch.order[: batch.order.index(since) + 1]) if since in batch.order else set()
    coming = [number for number in numbers if number not in passed]
    shown = [placed[number] for number in coming[:size]]
    before = batch.before + len(numbers) - len(coming)
    kinds = {one.kind for number in numbers if isinstance(one := placed[number][1], QuoteCard)}
    kept = Kept(
        answer_id=answer_id,
        before=before,
        after=len(coming) - len(shown) + batch.after,
        last=coming[:size][-1] if shown else 0,
        can_narrow=QuoteKind.DIRECT in kinds and len(kinds) > 1,
        since=since if passed or batch.before else None,
        more=batch.more,
        order=tuple(coming[:size]),
    )
    sections = tuple(_beside(reply, shown, first=not before) if reply.beside else _sections(shown))
    if not batch.is_all and (reply.beside or len(reply.sections) == 1):
        sections = tuple(replace(section, subtitle="") for section in sections)  # it counts what was found so far
    return replace(reply, sections=sections, notes=() if before else reply.notes, kept=kept)


def _placed(reply: Reply) -> Iterable[Placed]:
    return ((section, one) for section in reply.sections for one in shown_in(section))


def _sections(shown: Sequence[Placed]) -> Iterable[Section]:
    for _, together in groupby(shown, key=lambda placed: id(placed[0])):
        placed = list(together)
        section = placed[0][0]
        wanted = {number_of(one) for _, one in placed}
        yield replace(
            section,
            quotes=tuple(one for _, one in placed if isinstance(one, QuoteCard)),
            cited=tuple(one for _, one in placed if isinstance(one, Cited)),
            lines=tuple(line for line in section.lines if _is_about(line, wanted)),
        )


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

"""Pages of which not all fits into a message."""

from dataclasses import replace

import pytest

from adapters.fitting import first_quotes, size_of, thing_of
from bot.cards import card
from bot.paging import Batch, number_of, order_of, page_of, shown_in
from bot.replies import Cited, Kept, Reply, Section
from tests.stored_quotes import stored_quote

PLACE = card(stored_quote()).place
BELL, COOK = (
    Section(name, quotes=tuple(card(stored_quote(id=number)) for number in numbers), lines=(f"#{numbers[0]} and #{numbers[1]} are one.",))
    for name, numbers in (("Ann Bell", (1, 2, 3)), ("Tom Cook", (11, 12)))
)
NOBODY = Section("Ida Moor", lines=("No quote was found.",))
BESIDE = Reply("Quotes.", (BELL, NOBODY, COOK), beside=True)
REFUSED = Reply("No comment.", (Section("Ann Bell", cited=tuple(Cited("No.", True, True, PLACE, number=number) for number in (5, 6, 7))),))


def kept(reply: Reply) -> Kept:
    assert reply.kept is not None
    return reply.kept


def numbers_of(reply: Reply) -> list[int]:
    return [number_of(one) for section in reply.sections for one in shown_in(section)]


@pytest.mark.parametrize("whole", [BESIDE, REFUSED, replace(BESIDE, beside=False)])
@pytest.mark.parametrize("shown", [1, 2, 3])
def test_whatever_of_a_page_is_left_for_the_next_one_comes_there(whole: Reply, shown: int) -> None:
    order = order_of(whole, ())
    since: int | None = None
    seen: list[int] = []
    while len(seen) < len(order):
        page = page_of(whole, 1, Batch(order), since=since, size=4)
        cut = first_quotes(page, kept(page), shown)
        assert size_of(cut) <= shown
        assert kept(cut).before + size_of(cut) + kept(cut).after == len(order)
        seen += sorted(numbers_of(cut), key=order.index)
        since = kept(cut).last
    assert tuple(seen) == order


def test_it_is_said_how_much_is_left_and_what_is_told_of_quotes_only_where_all_are_there() -> None:
    page = page_of(BESIDE, 1, Batch(order_of(BESIDE, ())), since=None, size=5)
    cut = first_quotes(page, kept(page), 4)
    assert [(section.title, len(section.quotes), section.lines) for section in cut.sections] == [
        ("Ann Bell", 2, ()),
        ("Ida Moor", 0, NOBODY.lines),
        ("Tom Cook", 2, COOK.lines),
    ]
    assert cut.notes == ("1 quote that did not fit here comes with the next page.",)
    page = page_of(REFUSED, 1, Batch(order_of(REFUSED, ())), since=None, size=5)
    cut = first_quotes(page, kept(page), 1)
    assert (thing_of(cut), cut.notes) == ("sentence", ("2 sentences that did not fit here come with the next page.",))
    assert first_quotes(page, kept(page), 3) == page

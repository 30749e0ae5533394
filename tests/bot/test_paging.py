from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.cards import card
from bot.paging import Batch, batches_of, order_of, page_of, place_of
from bot.replies import Kept, QuoteKind, Reply, Section
from storage.records import KeptAnswer
from tests.newsrooms import cards_of
from tests.stored_quotes import stored_quote

ANN = Section("Ann Bell", "3 quotes", tuple(card(stored_quote(id=number)) for number in (1, 2, 3)), ("#1 and #3 are one statement.",))
TOM = Section("Tom Cook", "2 quotes", tuple(card(stored_quote(id=number)) for number in (4, 5)))
ANSWER = Reply("Quotes about ferries.", (ANN, TOM), notes=("2 speakers go by Bell.",))
ORDER = (1, 2, 3, 4, 5)


def numbers_of(reply: Reply) -> list[int]:
    return [one.quote_id for one in cards_of(reply)]


def answer(*sections: Sequence[int]) -> Reply:
    """An answer with the quotes of these numbers, section by section."""
    parts = (Section(f"Speaker {place}", quotes=tuple(card(stored_quote(id=one)) for one in part)) for place, part in enumerate(sections))
    return Reply("Quotes.", tuple(part for part in parts if part.quotes))


def test_the_first_page_begins_the_answer_and_counts_what_follows() -> None:
    page = page_of(ANSWER, 7, Batch(ORDER), since=None, size=2)
    assert numbers_of(page) == [1, 2]
    assert page.kept is not None
    assert (page.kept.answer_id, page.kept.before, page.kept.after, page.kept.last, page.kept.since) == (7, 0, 3, 2, None)


def test_the_next_page_stands_behind_a_quote_and_the_last_one_has_nothing_behind_it() -> None:
    page = page_of(ANSWER, 7, Batch(ORDER), since=2, size=2)
    assert numbers_of(page) == [3, 4]
    assert page.kept is not None
    assert (page.kept.before, page.kept.after, page.kept.last, page.kept.since) == (2, 1, 4, 2)
    last = page_of(ANSWER, 7, Batch(ORDER), since=4, size=2)
    assert numbers_of(last) == [5]
    assert last.kept is not None
    assert (last.kept.before, last.kept.after, last.kept.last, last.kept.since) == (4, 0, 5, 4)


def test_a_page_over_two_speakers_keeps_both_headings() -> None:
    page = page_of(ANSWER, 7, Batch(ORDER), since=2, size=2)
    assert [(part.title, part.subtitle) for part in page.sections] == [("Ann Bell", "3 quotes"), ("Tom Cook", "2 quotes")]


def test_notes_stand_on_the_first_page_and_what_is_said_of_quotes_beside_them() -> None:
    first, next_one, last = (page_of(ANSWER, 7, Batch(ORDER), since=since, size=2) for since in (None, 2, 4))
    assert (first.notes, next_one.notes, last.notes) == (("2 speakers go by Bell.",), (), ())
    assert [part.lines for part in first.sections] == [ANN.lines]
    assert [part.lines for part in next_one.sections] == [ANN.lines, ()], "quote 3 is one of those that the line names"
    assert [part.lines for part in last.sections] == [()]


def test_a_page_behind_a_quote_that_was_never_in_the_answer_is_the_first() -> None:
    page = page_of(ANSWER, 7, Batch(ORDER), since=99, size=2)
    assert numbers_of(page) == [1, 2]
    assert page.kept is not None
    assert page.kept.since is None


def test_an_answer_can_be_narrowed_where_it_has_direct_quotes_and_others() -> None:
    indirect = Section("Tom Cook", quotes=(card(stored_quote(id=9, kind=QuoteKind.INDIRECT)),))
    for parts, can_narrow in (((ANN,), False), ((indirect,), False), ((ANN, indirect), True)):
        whole = Reply("Quotes.", parts)
        page = page_of(whole, 7, Batch(order_of(whole, ())), since=None, size=1)
        assert page.kept is not None
        assert page.kept.can_narrow is can_narrow


def test_a_page_of_a_later_batch_is_behind_those_of_the_earlier_ones() -> None:
    batch = Batch(ORDER, before=40, after=7, more=True)
    first, second = (page_of(ANSWER, 7, batch, since=since, size=3) for since in (90, 3))
    assert (numbers_of(first), numbers_of(second)) == ([1, 2, 3], [4, 5])
    assert (first.kept, second.kept) == (
        Kept(7, 40, 9, 3, False, 90, more=True, order=(1, 2, 3)),
        Kept(7, 43, 7, 5, False, 3, more=True, order=(4, 5)),
    )
    assert first.notes == ()


def test_a_kept_answer_comes_in_the_batches_in_which_it_was_found() -> None:
    kept = KeptAnswer(7, "ferries", datetime(2026, 11, 5, tzinfo=UTC), "UTC", False, (1, 2, 3, 4, 5, 6), ((0, 2), (3, 1), (4, 2)), True, 9)
    batches = batches_of(kept)
    assert batches == [Batch((1, 2, 3), 0, 3, True), Batch((4,), 2, 2, True, (1, 2, 3)), Batch((5, 6), 3, 0, True, (1, 2, 3, 4))]
    assert [place_of(batches, since) for since in (None, 99, 3, 4, 6)] == [0, 0, 0, 1, 2]


def test_an_answer_of_which_nothing_says_how_it_was_found_is_one_batch_that_ends() -> None:
    kept = KeptAnswer(7, "ferries", datetime(2026, 11, 5, tzinfo=UTC), "UTC", False, (1, 2, 3))
    assert batches_of(kept) == [Batch((1, 2, 3))]


def test_copies_have_their_place_in_the_order_behind_all_that_is_shown() -> None:
    assert order_of(ANSWER, [5, 8, 1, 9]) == (1, 2, 3, 4, 5, 8, 9)


sections = st.lists(st.integers(1, 30), unique=True, max_size=20).flatmap(
    lambda numbers: st.lists(st.integers(0, len(numbers)), max_size=3).map(
        lambda cuts: [numbers[begin:end] for begin, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(numbers)], strict=True)]
    )
)


@given(sections, st.integers(1, 8))
def test_pages_of_any_size_joined_are_the_whole_answer(parts: list[list[int]], size: int) -> None:
    whole = answer(*parts)
    order = order_of(whole, ())
    seen: list[int] = []
    since, after = None, len(order)
    while after:
        page = page_of(whole, 7, Batch(order), since=since, size=size)
        assert page.kept is not None
        assert page.kept.before == len(seen)
        assert page.kept.since == since
        seen += numbers_of(page)
        since, after = page.kept.last, page.kept.after
        assert len(seen) + after == len(order)
    assert seen == list(order)


@given(sections, st.integers(1, 8), st.data())
def test_whatever_is_corrected_and_read_between_pages_no_quote_is_lost_or_comes_twice(
    parts: list[list[int]], size: int, data: st.DataObject
) -> None:
    order = order_of(answer(*parts), ())
    standing = set(order)
    read: list[int] = []
    seen: list[int] = []
    since, after = None, len(order)
    while after:
        page = page_of(answer(*parts), 7, Batch(order), since=since, size=size)
        assert page.kept is not None
        seen += numbers_of(page)
        since, after = page.kept.last, page.kept.after
        gone = data.draw(st.sets(st.sampled_from(sorted(standing)))) if standing else set()
        standing -= gone
        # Somebody else's now: the quotes stand in other sections, and so in another order. Other wordings were read in the meantime.
        moved = data.draw(st.permutations(sorted(standing)))
        cut = data.draw(st.integers(0, len(moved)))
        read += range(100 + len(read), 100 + min(len(read) + data.draw(st.integers(0, 3)), 9))
        parts = [[*moved[:cut], *read], moved[cut:]]
    assert len(seen) == len(set(seen))
    assert standing <= set(seen) <= set(order)

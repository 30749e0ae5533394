"""Windows: which pieces the network reads at once."""

from bisect import bisect_right

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.embedding.network import WINDOW, windows


def test_a_window_takes_as_many_whole_paragraphs_as_fit() -> None:
    assert list(windows(300, [100, 180, 300])) == [(0, 180), (180, 300)]


def test_a_paragraph_longer_than_a_window_is_read_in_parts() -> None:
    assert list(windows(500, [500])) == [(0, WINDOW), (WINDOW, 2 * WINDOW), (2 * WINDOW, 500)]


def test_there_is_no_window_where_there_are_no_pieces() -> None:
    assert list(windows(0, [0])) == []


@settings(max_examples=30)
@given(lengths=st.lists(st.integers(0, 2 * WINDOW), max_size=12))
def test_every_piece_is_read_once_and_no_paragraph_that_fits_is_torn(lengths: list[int]) -> None:
    borders = [sum(lengths[: place + 1]) for place in range(len(lengths))]
    count = borders[-1] if borders else 0
    found = list(windows(count, [*borders, count]))
    assert [place for first, last in found for place in range(first, last)] == list(range(count))
    assert all(last - first <= WINDOW for first, last in found)
    for first, last in found:
        begun = borders[bisect_right(borders, last) - 1] if bisect_right(borders, last) else 0
        ends = next((border for border in borders if border > last), count)
        assert last in {*borders, count} or begun <= first or ends - begun > WINDOW

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.embedding.paragraphs import MOST, paragraphs_of

LINES = st.lists(st.sampled_from(("a", " a b ", "", " ", "\t", "🙂", "\u00a0", "\x0b", "\x85")), max_size=12)
BREAKS = st.sampled_from(("\n", "\r\n", "\r", "\n\n", "\u2028", "\u2029"))


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\r\nTwo.\rThree.", ["One.", "Two.", "Three."]),
        ("\n \n One. \n\t\n", [" One. "]),
        ("One.\u2029Two.", ["One.", "Two."]),
        ("", [""]),
        (" \n ", [" \n "]),
    ],
)
def test_each_line_that_holds_something_is_one(text: str, paragraphs: list[str]) -> None:
    assert [text[start:end] for start, end in paragraphs_of(text)] == paragraphs


def test_what_stands_behind_the_last_that_is_told_apart_counts_for_it() -> None:
    text = "\n".join(f"line {number}" for number in range(MOST + 50))
    found = paragraphs_of(text)
    assert len(found) == MOST
    assert text[slice(*found[-1])].splitlines() == [f"line {number}" for number in range(MOST - 1, MOST + 50)]


@settings(max_examples=30)
@given(lines=LINES, between=BREAKS)
def test_they_are_in_order_do_not_overlap_and_leave_out_nothing_but_blanks(lines: list[str], between: str) -> None:
    text = between.join(lines)
    found = paragraphs_of(text)
    assert found
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(found))
    kept = "\n".join(text[start:end] for start, end in found)
    assert kept.split() == text.split()


def test_a_text_of_blanks_takes_no_longer_than_its_length() -> None:
    started = time.process_time()
    paragraphs_of(" " * 40_000 + "\n" + "\t " * 20_000)
    assert time.process_time() - started < 1, "begun from each blank anew, it takes the square of it"

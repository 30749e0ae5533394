import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from adapters.cutting import Measure, beginning, cut, ending, size, wrapped
from adapters.discord import markdown
from adapters.slack import escaping
from tests.adapters.hostile import TEXTS

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
TOWER = "e" + "\u0301" * 1000
MEASURES = st.sampled_from([size, escaping.size, markdown.escaped_size, markdown.quoted_size])
# Long texts of one page, and short ones in which every character counts.
WORDS = TEXTS | st.text(st.sampled_from("a \n*:&<e\u00e9\u0301\u200d\U0001f600\U0001f468"), max_size=60)


def test_a_text_is_as_long_as_its_utf16() -> None:
    assert [size(text) for text in ("", "é", "\U0001f600", FAMILY)] == [0, 1, 2, 8]


@pytest.mark.parametrize(
    ("text", "limit", "kept"), [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("ab cd", 4, "ab…"), ("a" * 151, 150, "a" * 149 + "…")]
)
def test_a_text_at_its_limit_is_whole_and_one_over_ends_in_an_ellipsis(text: str, limit: int, kept: str) -> None:
    assert cut(text, limit, size) == kept


def test_a_text_is_cut_as_long_as_whoever_shows_it_finds_it() -> None:
    assert cut("***", 6, markdown.escaped_size) == "***"
    assert cut("****", 6, markdown.escaped_size) == "**…"
    assert cut("ab&cd", 8, escaping.size) == "ab&…"
    assert cut("ab&cd", 7, escaping.size) == "ab…"


def test_a_grapheme_is_never_cut() -> None:
    assert beginning(f"a{FAMILY}b", 8, size) == "a"
    assert beginning(f"a{FAMILY}b", 9, size) == f"a{FAMILY}"
    assert ending(f"a{FAMILY}b", 8, size) == "b"
    assert ending(f"a{FAMILY}b", 9, size) == f"{FAMILY}b"
    assert beginning("e\u0301e\u0301", 3, size) == "e\u0301"


def test_a_grapheme_that_is_too_long_by_itself_is_cut_between_characters() -> None:
    assert beginning(TOWER, 100, size) == TOWER[:100]
    assert wrapped(TOWER, 100, size)[0] == TOWER[:100]


def test_a_text_is_wrapped_behind_spaces_where_there_are_any() -> None:
    assert wrapped("one two three four", 8, size) == ["one two ", "three ", "four"]
    assert wrapped("a" * 20, 8, size) == ["a" * 8, "a" * 8, "a" * 4]
    assert wrapped("", 8, size) == []


@given(text=WORDS, limit=st.integers(1, 200), measure=MEASURES)
def test_what_is_kept_fits_and_only_a_text_that_fits_is_whole(text: str, limit: int, measure: Measure) -> None:
    first, last = beginning(text, limit, measure), ending(text, limit, measure)
    assert text.startswith(first)
    assert text.endswith(last)
    assert max(measure(first), measure(last), measure(cut(text, limit + 1, measure)) - 1) <= limit
    assert (first == text) == (last == text) == (measure(text) <= limit)


@given(text=WORDS, limit=st.integers(40, 200), measure=MEASURES)
def test_a_beginning_and_an_ending_are_whole_graphemes(text: str, limit: int, measure: Measure) -> None:
    graphemes = regex.findall(r"\X", text)
    if all(measure(grapheme) <= limit for grapheme in graphemes):
        assert beginning(text, limit, measure) in {"".join(graphemes[:n]) for n in range(limit + 1)}
        assert ending(text, limit, measure) in {"".join(graphemes[max(0, len(graphemes) - n) :]) for n in range(limit + 1)}


@given(text=WORDS, limit=st.integers(10, 200), measure=MEASURES)
def test_wrapped_pieces_fit_and_join_to_the_text(text: str, limit: int, measure: Measure) -> None:
    pieces = wrapped(text, limit, measure)
    assert "".join(pieces) == text
    assert all(0 < measure(piece) <= limit for piece in pieces)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.cutting import Measure, beginning, cut, ending, size, wrapped
from adapters.discord.markdown import escaped, escaped_size

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
TEXTS = st.text(st.sampled_from("a \n*:e\u00e9\u0301\u200d\U0001f600\U0001f468"), max_size=60)


def test_a_text_is_as_long_as_its_utf16() -> None:
    assert [size(text) for text in ("", "é", "\U0001f600", FAMILY)] == [0, 1, 2, 8]


@pytest.mark.parametrize(("text", "limit", "kept"), [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("ab cd", 4, "ab…"), ("*" * 3, 6, "***")])
def test_a_text_at_its_limit_is_whole_and_one_over_is_cut(text: str, limit: int, kept: str) -> None:
    assert cut(text, limit) == kept


def test_what_is_escaped_counts_as_it_will_be_written() -> None:
    assert cut("***", 6, escaped_size) == "***"
    assert cut("****", 6, escaped_size) == "**…"
    assert len(escaped("**…")) == 5


def test_a_grapheme_is_never_cut() -> None:
    assert beginning(f"a{FAMILY}b", 8) == "a"
    assert beginning(f"a{FAMILY}b", 9) == f"a{FAMILY}"
    assert ending(f"a{FAMILY}b", 8) == "b"
    assert ending(f"a{FAMILY}b", 9) == f"{FAMILY}b"
    assert beginning("e\u0301e\u0301", 3) == "e\u0301"


def test_a_letter_under_a_thousand_accents_is_cut_all_the_same() -> None:
    assert beginning("e" + "\u0301" * 1000, 100) == "e" + "\u0301" * 99
    assert wrapped("e" + "\u0301" * 1000, 100)[0] == "e" + "\u0301" * 99


@given(TEXTS, st.integers(1, 40), st.sampled_from([size, escaped_size]))
def test_what_is_kept_fits_and_nothing_longer_would(text: str, limit: int, measure: Measure) -> None:
    kept, last = beginning(text, limit, measure), ending(text, limit, measure)
    assert text.startswith(kept)
    assert text.endswith(last)
    assert max(measure(kept), measure(last), measure(cut(text, limit + 1, measure)) - 1) <= limit
    assert (kept == text) == (last == text) == (measure(text) <= limit)


@given(TEXTS, st.integers(4, 40))
def test_the_pieces_of_a_wrapped_text_fit_and_are_the_text(text: str, limit: int) -> None:
    pieces = wrapped(text, limit, escaped_size)
    assert "".join(pieces) == text
    assert all(0 < escaped_size(piece) <= limit for piece in pieces)

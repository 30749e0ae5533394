import html

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.cutting import beginning, cut, ending, escaped, size, wrapped
from tests.adapters.slack.hostile import TEXTS

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"


def test_a_text_is_as_long_as_its_utf16_units_with_entities_for_the_signs_of_markup() -> None:
    assert size("abc") == 3
    assert size("\U0001f600") == 2
    assert size("a & b < c > d") == len("a &amp; b &lt; c &gt; d")


def test_a_text_at_the_limit_is_whole_and_one_over_ends_in_an_ellipsis() -> None:
    assert cut("a" * 150, 150) == "a" * 150
    assert cut("a" * 151, 150) == "a" * 149 + "…"


def test_a_cut_leaves_no_half_of_an_entity() -> None:
    assert escaped(cut("ab&cd", 8)) == "ab&amp;…"
    assert escaped(cut("ab&cd", 7)) == "ab…"


def test_a_cut_goes_between_graphemes() -> None:
    assert cut(f"ab{FAMILY}{FAMILY}", 2 + size(FAMILY) + 1) == f"ab{FAMILY}…"
    assert cut(f"ab{FAMILY}{FAMILY}", 2 + size(FAMILY)) == "ab…"
    assert cut("Ze\u0301ro", 3) == "Z…"
    assert ending(f"{FAMILY}ab", 5) == "ab"


def test_a_grapheme_that_is_too_long_by_itself_is_cut_between_characters() -> None:
    tower = "e" + "\u0301" * 1000
    assert beginning(tower, 100) == tower[:100]


def test_a_text_is_wrapped_behind_spaces_where_there_are_any() -> None:
    assert wrapped("one two three four", 8) == ["one two ", "three ", "four"]
    assert wrapped("a" * 20, 8) == ["a" * 8, "a" * 8, "a" * 4]
    assert wrapped("", 8) == []


@given(text=TEXTS, limit=st.integers(10, 200))
def test_what_is_cut_fits_and_begins_as_the_text_does(text: str, limit: int) -> None:
    result = cut(text, limit)
    assert size(result) <= limit
    assert len(escaped(result).encode("utf-16-le", "surrogatepass")) <= 2 * limit
    assert html.unescape(escaped(result)) == html.unescape(escaped(text)) or text.startswith(result.removesuffix("…"))


@given(text=TEXTS, limit=st.integers(10, 200))
def test_wrapped_pieces_fit_and_join_to_the_text(text: str, limit: int) -> None:
    pieces = wrapped(text, limit)
    assert "".join(pieces) == text
    assert all(0 < size(piece) <= limit for piece in pieces)


@given(text=TEXTS, limit=st.integers(40, 200))
def test_a_beginning_and_an_ending_are_whole_graphemes(text: str, limit: int) -> None:
    graphemes = regex.findall(r"\X", text)
    first, last = beginning(text, limit), ending(text, limit)
    assert size(first) <= limit
    assert size(last) <= limit
    if all(size(grapheme) <= limit for grapheme in graphemes):
        assert first in {"".join(graphemes[:n]) for n in range(limit + 1)}
        assert last in {"".join(graphemes[max(0, len(graphemes) - n) :]) for n in range(limit + 1)}


@pytest.mark.parametrize("mention", ["<!channel>", "<@U1>", "<https://evil.example.org|text>", "&lt;!here&gt;"])
def test_escaped_text_mentions_nobody_and_links_nowhere(mention: str) -> None:
    assert not set(escaped(mention)) & {"<", ">"}
    assert html.unescape(escaped(mention)) == mention

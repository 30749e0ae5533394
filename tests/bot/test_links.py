from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.links import link_to_words

PAGE = "https://harbour-post.example.org/2026/10/27/letter"


def test_a_short_quote_is_linked_by_all_its_words() -> None:
    assert link_to_words(PAGE, ["I never would,"]) == f"{PAGE}#:~:text=I%20never%20would%2C"


def test_dashes_commas_and_ampersands_cannot_be_read_as_part_of_the_directive() -> None:
    link = link_to_words(PAGE, ["half-finished, R&D – “so-called”"])
    assert link == f"{PAGE}#:~:text=half%2Dfinished%2C%20R%26D%20%E2%80%93%20%E2%80%9Cso%2Dcalled%E2%80%9D"


def test_a_long_quote_is_linked_from_its_first_words_to_its_last() -> None:
    words = " ".join(f"word{number}" for number in range(1, 31))
    link = link_to_words(PAGE, [words])
    assert link == f"{PAGE}#:~:text=word1%20word2%20word3%20word4%20word5,word26%20word27%20word28%20word29%20word30"


def test_a_quote_over_several_paragraphs_is_linked_as_a_range() -> None:
    assert link_to_words(PAGE, ["Then it rang.\n\n“I was moved."]) == f"{PAGE}#:~:text=Then%20it%20rang.,%E2%80%9CI%20was%20moved."


def test_a_quote_split_by_its_cue_is_linked_by_its_first_piece() -> None:
    assert link_to_words(PAGE, ["The matter is not urgent,", "but it will not improve."]) == (
        f"{PAGE}#:~:text=The%20matter%20is%20not%20urgent%2C"
    )


def test_a_fragment_of_the_page_is_kept() -> None:
    assert link_to_words(f"{PAGE}#live", ["Yes."]) == f"{PAGE}#live:~:text=Yes."
    assert link_to_words(f"{PAGE}#:~:text=old", ["Yes."]) == f"{PAGE}#:~:text=Yes."


@pytest.mark.parametrize("url", [None, "file:///tmp/a.txt", "javascript:alert(1)", ""])
def test_what_is_no_web_address_is_no_link(url: str | None) -> None:
    assert link_to_words(url, ["Yes."]) is None


def test_no_words_leave_the_address_alone() -> None:
    assert link_to_words(PAGE, []) == PAGE
    assert link_to_words(PAGE, [" \n "]) == PAGE


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_words_come_back_out_of_the_link(words: str) -> None:
    link = link_to_words(PAGE, [words])
    assert link is not None
    if not words.split():
        assert link == PAGE
        return
    start, *end = link.removeprefix(f"{PAGE}#:~:text=").split(",")
    assert not set(start + "".join(end)) & set('-&|<>() \n#"')
    assert " ".join(words.split()).startswith(unquote(start))
    assert " ".join(words.split()).endswith(unquote(end[0] if end else start))

import textwrap
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.plain_text import read_plain_text, split_paragraphs, unwrapped

FIRST = (
    "The harbour council voted on Monday to close the ferry line between Port Ansel and Marrow Island, a no-deal "
    "outcome that few had expected when the talks began in the spring of last year."
)
SECOND = '"We cannot wait another winter for a boat that does not come," said Ada Quill, the mayor, who has led the council since 2019.'
THIRD = "Sam Fell, the captain, said: “I have nothing to add – not today, and not tomorrow either, whatever they may offer me.”"
ARTICLE = [FIRST, SECOND, THIRD]


def test_each_line_is_a_paragraph_where_lines_are_long() -> None:
    assert split_paragraphs("\n".join(ARTICLE)) == ARTICLE


def test_blank_lines_between_paragraphs_make_no_difference() -> None:
    assert split_paragraphs("\r\n\r\n \r\n".join(ARTICLE)) == ARTICLE


@pytest.mark.parametrize("width", [60, 72, 80, 100])
@pytest.mark.parametrize("break_on_hyphens", [True, False])
def test_wrapped_lines_are_joined_to_the_paragraphs_they_were(width: int, break_on_hyphens: bool) -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, width, break_on_hyphens=break_on_hyphens) for paragraph in ARTICLE)

    assert split_paragraphs(wrapped) == ARTICLE


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_a_wrapped_text_may_be_unwrapped_without_becoming_longer_or_shorter(line_break: str) -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, 72, break_on_hyphens=False) for paragraph in ARTICLE).replace("\n", line_break)
    assert len(unwrapped(wrapped)) == len(wrapped)
    assert [" ".join(paragraph.split()) for paragraph in unwrapped(wrapped).split(line_break * 2)] == ARTICLE


@given(st.text(st.sampled_from("ab .\n\r\t\u2028"), max_size=200) | st.text(max_size=200))
def test_unwrapping_changes_nothing_but_line_breaks(text: str) -> None:
    assert len(unwrapped(text)) == len(text)
    assert all(one == other or (one in "\r\n \t" and other == " ") for one, other in zip(text, unwrapped(text), strict=True))


def test_wrapped_paragraphs_may_be_set_apart_by_an_indent_alone() -> None:
    wrapped = "\n".join(textwrap.fill(paragraph, 72, initial_indent="    ") for paragraph in ARTICLE)

    assert split_paragraphs(wrapped) == ARTICLE


def test_a_line_broken_in_mid_sentence_is_joined_where_the_rest_is_not_wrapped() -> None:
    broken = SECOND.replace("said Ada", "\nsaid Ada").replace('," \n', ',"\n')

    assert split_paragraphs(f"{FIRST}\n\n{broken}\n\n{THIRD}") == ARTICLE


def test_short_sentences_on_lines_of_their_own_are_not_joined() -> None:
    lines = ["The boat was late again on Monday.", "Nobody came to the harbour that day.", "“It is over,” said Quill.", "Fell left."]

    assert split_paragraphs("\n".join(lines)) == lines


def test_a_headline_is_recognised_and_is_no_paragraph() -> None:
    read = read_plain_text("Islanders ‘betrayed’ as ferry line closes\n\n" + "\n\n".join(ARTICLE))

    assert read.headline == "Islanders ‘betrayed’ as ferry line closes"
    assert read.paragraphs == tuple(ARTICLE)


@pytest.mark.parametrize("first", [FIRST, "The ferry is gone.", '"It is over"', "Sam Fell said:", "By Jo Tarn"])
def test_a_first_paragraph_that_is_a_sentence_or_a_quotation_is_no_headline(first: str) -> None:
    assert read_plain_text("\n\n".join([first, *ARTICLE])).headline is None


def test_a_lone_line_is_no_headline() -> None:
    assert read_plain_text("Islanders betrayed as ferry line closes").paragraphs == ("Islanders betrayed as ferry line closes",)


def test_the_byline_and_the_date_below_the_headline_are_read_and_are_no_paragraphs() -> None:
    text = "\n\n".join(["Ferry line closes", "By Jo Tarn and Sam van Dael", "Published 10:15 BST, 22 October 2024", *ARTICLE])

    read = read_plain_text(text)

    assert (read.headline, read.byline) == ("Ferry line closes", "Jo Tarn and Sam van Dael")
    assert read.published == datetime(2024, 10, 22, 9, 15, tzinfo=UTC)
    assert read.paragraphs == tuple(ARTICLE)


@pytest.mark.parametrize(
    "line", ["By the time it was over nobody was left", "By Monday the harbour was empty of boats, she said.", "By then."]
)
def test_a_sentence_that_begins_with_by_is_no_byline(line: str) -> None:
    read = read_plain_text("\n\n".join([FIRST, line, SECOND]))

    assert read.byline is None
    assert line in read.paragraphs


def test_header_lines_name_what_they_hold() -> None:
    header = ["Headline: Ferry line closes", "By: Jo Tarn", "Published: 2024-10-22", "Source: The Lantern"]
    header += ["URL: https://lantern.example.org/a", "Language: en-GB"]

    read = read_plain_text("\n".join(header) + "\n\n" + "\n\n".join(ARTICLE))

    assert (read.headline, read.byline, read.outlet) == ("Ferry line closes", "Jo Tarn", "The Lantern")
    assert (read.url, read.language) == ("https://lantern.example.org/a", "en-GB")
    assert read.published == datetime(2024, 10, 22, tzinfo=UTC)
    assert read.paragraphs == tuple(ARTICLE)


def test_one_line_with_a_colon_is_no_header() -> None:
    first = "Source: the harbour master, who asked not to be named, said so."

    assert read_plain_text("\n\n".join([first, *ARTICLE])).paragraphs[0] == first


@given(st.text())
def test_no_word_is_lost_or_made_up(text: str) -> None:
    read = read_plain_text(text)
    said = [read.headline, read.byline, read.outlet, read.url, read.language, *read.paragraphs]

    assert all(paragraph.strip() for paragraph in read.paragraphs)
    assert not set("".join(part or "" for part in said).replace(" ", "")) - set(text) - {"\ufffd"}

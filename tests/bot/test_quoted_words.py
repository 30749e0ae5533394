import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.question import LONGEST_QUESTION
from bot.asking.words import WORD
from bot.quoted_words import FEWEST_WORDS, MOST_PHRASES, MOST_WORDS, quoted_words

SAID = "we will not sell the ferry"


@pytest.mark.parametrize(
    "message",
    [
        f'Marsh said: "{SAID}."',
        f"Marsh said: “{SAID},” and left.",
        f"„{SAID}“ sagte sie",
        f"„{SAID}” she said",
        f"« {SAID} »",
        f"She said: ‘{SAID}’.",
        f"She said: '{SAID}'.",
        f'"{SAID}',
        f"“{SAID}",
        SAID,
        f"  {SAID}.\n",
        f"> {SAID}",
        "> we will not\n> sell the ferry",
        f">> {SAID}",
        f"Is this right?\n> {SAID}\nI doubt it.",
        f'Is this right?\n> Marsh said: "{SAID}"\nI doubt it.',
        f'The "so-called" plan, he said: "{SAID}"',
        f'"Yes," he said, "{SAID}"',
        '"we will not\nsell the ferry"',
    ],
)
def test_what_stands_in_quotation_marks_is_looked_up(message: str) -> None:
    assert quoted_words(message) == (SAID,)


@pytest.mark.parametrize(
    ("message", "phrase"),
    [
        ("She said: ‘it’s the ferry’s last run’", "it’s the ferry’s last run"),
        ("She said: 'it's the ferry's last run'", "it's the ferry's last run"),
        ('"we don\'t sell ferries"', "we don't sell ferries"),
        ("“she said ‘never again’ to me”", "she said ‘never again’ to me"),
        ("It's Marsh's ferry and the dogs' home", "It's Marsh's ferry and the dogs' home"),
        ("the ’90s were better", "the ’90s were better"),
    ],
)
def test_apostrophes_are_not_taken_for_quotation_marks(message: str, phrase: str) -> None:
    assert quoted_words(message) == (phrase,)


def test_several_phrases_are_looked_up_in_their_order_each_once_and_at_most_three() -> None:
    phrases = ("one ferry is late", "two ferries are late", "three ferries are late", "four ferries are late")
    assert quoted_words(f'"{phrases[0]}" and “{phrases[1]}” and "{phrases[0]}" again') == phrases[:2]
    assert quoted_words(" ".join(f'"{phrase}"' for phrase in phrases)) == phrases[:MOST_PHRASES]


@pytest.mark.parametrize(
    "message",
    [
        "",
        " ",
        "> ",
        '""',
        "🦆🦆",
        "?!",
        'the "so-called" plan',
        "his “great deal” was none",
        "word " * (MOST_WORDS + 1),
        '"' + "word " * (MOST_WORDS + 1) + '"',
        "a" * 10_000,
        "a " * 5_000,
        '"' * 10_000,
        "“" * 10_000,
        "> " * 5_000,
    ],
)
def test_a_message_without_quoted_words_has_nothing_to_look_up(message: str) -> None:
    assert quoted_words(message) == ()


def test_a_phrase_as_long_as_can_be_asked_is_looked_up_and_one_word_more_is_not() -> None:
    longest = " ".join(["word"] * MOST_WORDS)
    assert quoted_words(f'"{longest}"') == (longest,)
    assert quoted_words(f'"{longest} word"') == ()


def test_a_phrase_that_is_too_long_does_not_hide_the_next_one() -> None:
    assert quoted_words(f'"{"word " * 200}" and "{SAID}"') == (SAID,)


messages = st.text() | st.text("\"'“”„«»‘’>ab \n", max_size=300)


@given(messages)
def test_whatever_a_message_holds_its_phrases_can_be_asked_and_hold_no_marks(message: str) -> None:
    phrases = quoted_words(message)
    assert len(phrases) == len(set(phrases)) <= MOST_PHRASES
    for phrase in phrases:
        assert 0 < len(WORD.findall(phrase)) <= MOST_WORDS
        assert not re.search(r"[“”„«»\"\n]", phrase)
        assert len(f"who said “{phrase}”") <= LONGEST_QUESTION


@given(
    st.lists(st.sampled_from(["‘a ", "'a ", "’ ", "' ", "“", '"', "«", "„", "a’b", "a'b", " > "]), min_size=1, max_size=4),
    st.integers(1, 3),
)
def test_marks_that_never_close_are_read_once(pieces: list[str], times: int) -> None:
    """In a time that grows with the message: of what grows with its square, 40,000 characters would take minutes."""
    assert len(quoted_words("".join(pieces) * (times * 4_000))) <= MOST_PHRASES


def test_the_fewest_words_of_a_quote_are_three() -> None:
    assert FEWEST_WORDS == 3
    assert quoted_words('"not the ferry"') == ("not the ferry",)

import pytest

from bot.digests.differences import difference, statements
from tests.stored_quotes import stored_quote


def told_differently(one: str, other: str) -> bool:
    """Whether the wordings of two outlets count as different, whichever comes first."""
    quotes = [stored_quote(one, statement_id=3, outlet="A"), stored_quote(other, statement_id=3, outlet="B")]
    found = bool(statements(quotes, {}))
    assert bool(statements(reversed(quotes), {})) == found
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We will not accept any interference in this", "We will never accept any interference in this"),
        ("We will not accept any interference in this", "We will accept any interference in this"),
        ("We will find out, and those who try it will be found", "We will find out, and those who try will be found"),
        ("It cost us 12 million to mend the quay", "It cost us 21 million to mend the quay"),
        ("We met Bell in the harbour on Sunday", "We met Dale in the harbour on Sunday"),
        ("We will accept it, and soon", "Soon we will accept it"),
        ("He is the heart of the party", "He is the heart of the part"),
    ],
)
def test_words_that_differ_inside_are_told_as_different(one: str, other: str) -> None:
    assert told_differently(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We will not accept any interference in this", "We will not accept any interference"),
        ("We will not accept any interference in this", "not accept any interference in this"),
        ("We will not accept any interference in this", "accept any interference"),
        ("We will not accept it", "“WE  will not – accept it!”"),
        ("We don’t co-operate with them", "We don't cooperate with them"),
        ("We will not accept any inter-island ferry", "accept any inter island ferry"),
    ],
)
def test_less_of_it_and_other_marks_are_not_told_as_different(one: str, other: str) -> None:
    assert not told_differently(one, other)


def test_all_outlets_with_the_same_two_wordings_do_not_differ() -> None:
    wordings = ("We will accept the findings", "We will not accept the findings")
    quotes = [stored_quote(words, statement_id=3, outlet=outlet) for words in wordings for outlet in ("A", "B")]
    assert statements(quotes, {}) == []


def test_two_parts_of_what_a_third_outlet_has_do_not_differ() -> None:
    said = ("We will not accept it.", "We have the oars.")
    wordings = {"A": said[0], "B": said[1], "C": " ".join(said)}
    assert statements([stored_quote(words, statement_id=3, outlet=outlet) for outlet, words in wordings.items()], {}) == []


def test_the_wordings_that_differ_are_shown_before_those_that_are_parts_of_them() -> None:
    words = ("We will accept", "We will accept the findings", "We will not accept the findings")
    quotes = [stored_quote(one, statement_id=3, outlet=outlet) for outlet, one in zip("ABC", words, strict=True)]
    shown = difference(quotes, most=2)
    assert [card.words[0] for card in shown.quotes] == [words[1], words[2]]
    assert shown.subtitle == "A, B, C"

import pytest

from bot.role_words import is_role


@pytest.mark.parametrize(
    "text",
    [
        *("minister for ferries", "the harbour master", "former governor", "First Lady", "next president", "Republican President"),
        *("close friend of Governor Reed", "Ann Bell's wife", "mother of two", "chair of the Friends of the Oar", "Ohio Gov", "boss"),
        *("head teacher whose pupils were late", "one-time rower", "spokesman for the campaign", "professor at the University of Ghent"),
    ],
)
def test_what_somebody_is_is_a_role(text: str) -> None:
    assert is_role(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Democratic presidential candidates", "Senators", "the ferry workers", "leaders of the council"),
        *("friend", "her close friend", "longtime rival", "his eldest son", "wife", "Ms", "the first"),
        *("Enter President", "At center stage was the mayor's daughter", "along with Judge Richard A", "Yesterday the mayor"),
        *("close friend of Gov", "professor of law and author of", "chairman of the", "", "?!", "the"),
    ],
)
def test_plurals_kin_and_pieces_of_sentences_are_no_roles(text: str) -> None:
    assert not is_role(text)

from hypothesis import given
from hypothesis import strategies as st

from storage.terms import LONGEST_TERM, digest, fold, storable, terms


def test_words_lose_case_accents_and_punctuation() -> None:
    assert terms("Señor Núñez: “ÇA VA?” – 42%") == ["senor", "nunez", "ca", "va", "42"]


def test_an_apostrophe_inside_a_word_is_no_border_whatever_its_shape() -> None:
    assert terms("don't don’t dont DON`T") == ["dont"] * 4


def test_a_possessive_is_its_owner() -> None:
    assert terms("Reeves's Lund’s Smiths' O'Brien's") == ["reeves", "lund", "smiths", "obrien"]


def test_a_hyphenated_word_is_several() -> None:
    assert terms("no-deal no–deal no_deal") == ["no", "deal"] * 3


def test_invisible_characters_do_not_hide_a_word() -> None:
    assert terms("inter\u00adference inter\u200bference") == ["interference"] * 2


def test_what_holds_no_word_has_no_terms() -> None:
    assert terms("") == terms("🙂 !? … — _") == []


def test_a_long_word_is_cut() -> None:
    assert terms("x" * 10_000) == ["x" * LONGEST_TERM]


def test_letters_in_fancy_dress_are_letters() -> None:
    assert terms("𝐅𝐞𝐫𝐫𝐲 Ⓕⓔⓡⓡⓨ ＦＥＲＲＹ ﬁne") == ["ferry", "ferry", "ferry", "fine"]


def test_ascii_and_other_text_are_folded_alike() -> None:
    assert fold("STRASSE") == fold("Straße") == "strasse"


@given(st.text())
def test_terms_are_letters_and_digits_of_any_text(text: str) -> None:
    for term in terms(text):
        assert term.isalnum()
        assert len(term) <= LONGEST_TERM
        assert terms(term) == [term]


@given(st.text(alphabet=st.characters()))
def test_any_text_has_a_digest_and_is_storable_or_not(text: str) -> None:
    assert len(digest(text)) == 64
    assert storable(text) == ("\x00" not in text and not any("\ud800" <= c <= "\udfff" for c in text))

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking import widening
from bot.asking.widening import _table, is_name, related, standing_in
from storage.inflections import forms
from storage.terms import fold


def test_a_word_has_words_related_to_it_however_it_is_written() -> None:
    assert related("taxes")
    assert related("tax") == related("taxes") == related("taxés")


@pytest.mark.parametrize(
    ("known", "asked"), [("taxes", "tax"), ("tax", "taxes"), ("gun", "guns"), ("guns", "gun"), ("ferry", "ferries"), ("ferries", "ferry")]
)
def test_a_noun_is_looked_up_in_either_number(monkeypatch: pytest.MonkeyPatch, known: str, asked: str) -> None:
    monkeypatch.setattr(widening, "_table", lambda: {known: ["other"]})
    assert related(asked) == related(known) == ("other",)


@pytest.mark.parametrize(("known", "asked"), [("dayes", "day"), ("daies", "day"), ("gunes", "gun"), ("pi", "pies")])
def test_no_other_word_is_taken_for_the_other_number(monkeypatch: pytest.MonkeyPatch, known: str, asked: str) -> None:
    monkeypatch.setattr(widening, "_table", lambda: {known: ["other"]})
    assert related(asked) == ()


@pytest.mark.parametrize("word", ["TAX", "Tax", "Taxes", "IT", "", "!?", "qzxv", "12", "a-b"])
def test_names_and_what_is_no_known_word_have_none(word: str) -> None:
    assert related(word) == ()


def test_no_word_is_related_to_itself_or_twice_and_all_are_as_they_are_looked_for() -> None:
    for word, others in _table().items():
        assert word == fold(word)
        assert len(set(others)) == len(others) > 0, word
        assert not set(others) & set(forms(word)), word
        assert all(other == fold(other) and " " not in other for other in others), word


def test_those_that_stand_in_the_texts_are_named_as_whole_words() -> None:
    one, *_ = related("taxes")
    assert standing_in([f"The {one.upper()}, they said."], ["taxes"]) == (one,)
    assert standing_in([f"un{one}ed"], ["taxes"]) == ()
    assert standing_in([], ["taxes"]) == ()


def test_what_was_asked_for_is_not_named_again_in_whatever_form() -> None:
    for word in ("taxes", "ferries", "flooding"):
        everything = " ".join(related(word))
        named = standing_in([everything], [word, *related(word)[:1]])
        assert not {*named} & {*related(word)[:1], word}


@settings(max_examples=30)
@given(
    st.lists(st.one_of(st.sampled_from(sorted(_table())), st.text(max_size=8)), max_size=8),
    st.lists(st.one_of(st.sampled_from(sorted(_table())), st.text(max_size=20)), max_size=20),
)
def test_whatever_is_asked_a_few_words_are_named_that_are_there(asked: list[str], texts: list[str]) -> None:
    named = standing_in(texts, asked)
    assert len(set(named)) == len(named) <= 6
    assert all(any(name in fold(text) for text in texts) for name in named)


@pytest.mark.parametrize(("word", "expected"), [("Bell", True), ("NATO", True), ("ferry", False), ("Senator", False), ("", False)])
def test_a_word_with_a_capital_is_a_name_unless_it_is_a_title(word: str, expected: bool) -> None:
    assert is_name(word) is expected

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking.topics import telling_words, topics

SAID = (
    "The harbour is full, and the harbour wall was never mended.",
    "It was marked again without good reason.",
    "We found cracks in the bridge after the ferries left.",
    "He never came back to the bridge, which explains it.",
    "I told Helena Marsh of the toll at the bridge.",
)
HEADLINES = ("Bridge closed after cracks found", "Marsh never back: ferry marked down", "Bridge toll explained", "Harbour Wall To Stay")


def test_topics_are_the_nouns_of_headlines_and_quotes_and_first_those_in_most_headlines() -> None:
    found = topics(HEADLINES, SAID, ["Helena Marsh"])
    assert found[0] == "bridge"
    assert set(found) == {"bridge", "toll", "harbour", "wall", "reason"}


@pytest.mark.parametrize("word", ["marked", "without", "never", "after", "found", "down", "back", "explains", "good"])
def test_a_verb_or_an_adverb_is_no_topic(word: str) -> None:
    assert word not in topics(HEADLINES, SAID)


def test_a_word_before_another_noun_is_one_where_its_plural_is() -> None:
    said = ("Who signed the ferry contract then?", "Read an interim report now.", "The ferries are late.")
    assert topics(["Ferry contract signed", "Interim report read"], said) == ["ferry", "ferries"]


def test_a_name_has_its_capitals_and_no_other_word_has_any() -> None:
    said = ("Ferries of NATO are late.", "A storm in Aldermoor, and the Storm of the century.", "Ships left the EU, and EU ships left.")
    assert topics(["Ferries Of Nato Late In Aldermoor Storm"], said) == ["NATO", "Aldermoor", "storm", "century", "EU"]


def test_what_is_only_a_persons_name_is_no_topic_unless_it_is_a_word_too() -> None:
    said = ("I spoke of Marsh and of Field, in a field.", "We believe in Labour.")
    assert topics([], said, ["Helena Marsh", "Ann Field", "Labour"]) == ["field", "Labour"]


def test_all_that_may_tell_what_texts_are_about_is_known_for_typing_errors() -> None:
    assert telling_words(["Ferry marked down again", "the ferry to Aldermoor"]) == ["ferry", "marked", "Aldermoor"]


def test_texts_without_words_are_about_nothing() -> None:
    assert topics([], []) == topics(["", "?!"], ["…", "12 34"]) == telling_words(["", "🙂"]) == []


@settings(max_examples=30)
@given(st.lists(st.text(max_size=40), max_size=3), st.lists(st.text(max_size=40), max_size=3))
def test_any_texts_give_each_topic_once(headlines: list[str], said: list[str]) -> None:
    found = topics(headlines, said)
    assert len(found) == len(set(found))

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking.question import Question, parse
from bot.errors import NotUnderstood
from bot.subscriptions.restrictions import asked_of, of_what, restriction, see_that_it_is_short, stored_as, what
from tests.fakes.clock import FakeClock
from tests.newsrooms import LONDON
from tests.storage.test_subscriptions import FERRIES

words = st.text("abcßü-’", min_size=1, max_size=6)
phrases = st.text("ab “”,.'", max_size=12).map(str.strip)
ALL = Question(("ferry", "fares"), "not for sale", "Ann Bell", "The Mill")


@given(st.lists(words, max_size=3).map(tuple), phrases, st.just("") | words, st.just("") | words)
@settings(max_examples=60)
def test_what_is_stored_is_the_same_question_again(topic: tuple[str, ...], phrase: str, speaker: str, outlet: str) -> None:
    asked = Question(topic=topic, phrase=phrase, speaker=speaker, outlet=outlet)
    assert asked_of(replace(FERRIES, **stored_as(asked))) == asked


@pytest.mark.parametrize("speaker", ["", "Ann Bell"])
@pytest.mark.parametrize("outlet", ["", "The Mill"])
@pytest.mark.parametrize(("topic", "phrase"), [((), ""), (("ferry", "fares"), ""), ((), "not for sale"), (("ferry",), "not for sale")])
def test_what_is_told_is_read_back_as_the_same_question(topic: tuple[str, ...], phrase: str, speaker: str, outlet: str) -> None:
    asked = Question(topic=topic, phrase=phrase, speaker=speaker, outlet=outlet)
    read = parse(f"quotes {restriction(asked)}", now=FakeClock().now, zone=LONDON, outlets=["The Mill"])
    assert replace(read, otherwise=None) == asked


def test_what_is_asked_for_is_told_as_a_phrase() -> None:
    assert what(Question()) == "everything"
    assert what(ALL) == "about ferry fares “not for sale” by Ann Bell in The Mill"
    assert [of_what(one) for one in (Question(), ALL, Question(speaker="Ann Bell"), Question(outlet="The Mill"))] == [
        "of everything",
        what(ALL),
        "of quotes by Ann Bell",
        "of quotes in The Mill",
    ]


def test_who_gave_no_comment_is_nothing_to_subscribe_to() -> None:
    with pytest.raises(NotUnderstood, match="digests tell who gave no comment as well"):
        see_that_it_is_short(Question(declined=True))

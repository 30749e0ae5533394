import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotUnderstood
from bot.grammar.commands import parse
from bot.grammar.digest_wordings import in_keywords
from bot.requests import Ask, Command
from tests.fakes.clock import FakeClock
from tests.newsrooms import LONDON


def typed(text: str) -> Command:
    return parse(text, now=FakeClock().now, zone=LONDON)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("daily digest at 8 about interference", "digest daily at 8 about interference"),
        ("a daily digest about ferries at 8:30", "digest daily about ferries at 8:30"),
        ("weekly digest on Monday at 9", "digest weekly on Monday at 9"),
        ("Daily digest", "digest daily"),
        ("subscribe daily at 8", "digest daily at 8"),
        ("Subscribe me daily at 8 about ferries", "digest daily at 8 about ferries"),
        ("subscribe every Monday at 9", "digest every Monday at 9"),
        ("subscribe to interference daily at 8", "digest daily at 8 about interference"),
        ("subscribe to quotes by Ann Bell daily at 8", "digest daily at 8 by Ann Bell"),
        ("subscribe to the daily digest at 8", "digest daily at 8"),
        ("subscribe to a weekly digest about ferries", "digest weekly about ferries"),
        ("subscribe", "help digest"),
        ("stop 1", "unsubscribe 1"),
        ("stop digest 1", "unsubscribe 1"),
        ("end the digest #3", "unsubscribe 3"),
        ("cancel 3!", "unsubscribe 3"),
        ("delete digest 3", "unsubscribe 3"),
        ("remove subscription 3", "unsubscribe 3"),
        ("list subscriptions", "subscriptions"),
        ("list digests", "subscriptions"),
        ("digests", "subscriptions"),
        ("my digests?", "subscriptions"),
        ("show me my digests", "subscriptions"),
        ("show digests", "subscriptions"),
    ],
)
def test_a_digest_can_be_asked_for_in_other_words(text: str, line: str) -> None:
    assert typed(text) == typed(line)
    assert not isinstance(typed(text), Ask)


def test_what_may_be_an_article_or_a_digest_is_not_guessed() -> None:
    with pytest.raises(NotUnderstood, match=r"remove 3.*unsubscribe 3") as refused:
        typed("delete 3")
    assert refused.value.suggestions == ()


def test_a_subscription_without_a_time_is_offered_with_one() -> None:
    with pytest.raises(NotUnderstood, match="A digest needs a time") as refused:
        typed("subscribe to ferries")
    meant, question = refused.value.suggestions
    assert typed(meant) == typed("digest daily at 8 about ferries")
    assert isinstance(typed(question), Ask)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "stop the ferries",
            "stop 5G masts",
            "end of the line",
            "end 2 child limit",
            "cancel culture",
            "delete the app",
            "delete 3 posts",
        ),
        *("daily digest of the news", "weekly digest sales figures", "daily digest at the museum", "digests of the inquiry"),
        *("subscribe for the newsletter", "subscribe to the idea of a bridge between the islands", "subscriptions of the paper"),
        *("who said daily digest at 8", "what did Ann Bell say about daily ferries at 8", "list of ferries", "my ferries"),
    ],
)
def test_questions_stay_questions(text: str) -> None:
    assert isinstance(typed(text), Ask)


QUESTION = st.sampled_from(["who said what about {}", "what did Ann Bell say about {}", "quotes about {}", "anything on {}"])
TOPIC = st.sampled_from(["stop 3", "digests", "subscribe daily at 8", "daily digest at 8", "help", "thanks", "cancel 3", "hello"])


@given(QUESTION, TOPIC)
def test_whatever_a_question_is_about_it_is_asked(question: str, topic: str) -> None:
    assert in_keywords(question.format(topic)) == question.format(topic)
    assert isinstance(typed(question.format(topic)), Ask)

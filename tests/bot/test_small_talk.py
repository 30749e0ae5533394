import pytest

from bot.grammar.small_talk import small_talk
from bot.requests import Help, Thanks


@pytest.mark.parametrize(
    "text",
    [
        *("hi", "Hello", "hey there", "good morning", "Good evening!", "Hi Verbatim", "?", "??", "..."),
        *("who are you", "Who are you?", "what can you do", "what is this", "What’s this?", "how do i use this", "how does this work?"),
        *("help me", "HELP ME", "Can you help me?", "what can I ask?"),
    ],
)
def test_a_greeting_or_a_call_for_help_is_answered_with_help(text: str) -> None:
    assert small_talk(text) == Help()


@pytest.mark.parametrize("text", ["thanks", "Thank you!", "thank you very much", "ok, thanks", "Many thanks."])
def test_thanks_are_no_question(text: str) -> None:
    assert small_talk(text) == Thanks()


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("help digest", "digest"),
        ("help with digests", "digest"),
        ("help alerts", "watch"),
        ("Help me with the digest", "digest"),
        ("help status", "status"),
        ("help on corrections", "corrections"),
        ("how do i use merge?", "merge"),
    ],
)
def test_help_can_be_had_for_one_keyword(text: str, keyword: str) -> None:
    assert small_talk(text) == Help(keyword)


@pytest.mark.parametrize(
    "text",
    [
        *("help for farmers", "help with heating bills", "who said thanks to the crew", "thanks to the crew", "hello from the islands"),
        *("stop the boats", "who are you voting for", "what is this inquiry about", "how does this affect ferries", "good morning Britain"),
        *("helpers", "", "🙂", "what can you do about ferries", "hi-fi"),
    ],
)
def test_more_than_that_is_not_small_talk(text: str) -> None:
    assert small_talk(text) is None

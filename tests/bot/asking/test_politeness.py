from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.asking.politeness import without_politeness
from bot.asking.question import parse
from bot.grammar.commands import parse as read
from bot.requests import Ask, Help, Show, Status, Thanks

LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)
PLAIN = parse("who said what about the bridge", now=TUESDAY, zone=LONDON)


@pytest.mark.parametrize(
    "text",
    [
        "please tell me who said what about the bridge, thanks",
        "can you help me find quotes about the bridge?",
        "hey, who said what about the bridge",
        "Hey who said what about the bridge? Thanks!",
        "Hi there! Could you please show me quotes about the bridge? Thank you very much.",
        "Good morning all, I would like to know who said what about the bridge please",
        "Thanks. Do you know who said what about the bridge, thanks in advance",
        "ok, I'd like to find out who said what about the bridge - cheers",
        "help me to find quotes about the bridge many thanks",
        "tell me, who said what about the bridge, please, thanks a lot",
    ],
)
def test_politeness_around_a_question_is_not_asked_about(text: str) -> None:
    assert parse(text, now=TUESDAY, zone=LONDON) == PLAIN
    assert read(text, now=TUESDAY, zone=LONDON) == Ask(PLAIN)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("who said what about giving thanks", ("giving", "thanks")),
        ("who said what about Hello Kitty", ("Hello", "Kitty")),
        ("who said what about help for farmers", ("help", "farmers")),
    ],
)
def test_what_is_asked_about_may_be_words_of_politeness(text: str, topic: tuple[str, ...]) -> None:
    assert parse(text, now=TUESDAY, zone=LONDON).topic == topic


def test_the_exact_words_asked_for_stay_as_they_are() -> None:
    assert parse('who said "no, thank you"', now=TUESDAY, zone=LONDON).phrase == "no, thank you"


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("hey, please show 12, thanks", Show("12")),
        ("could you show 12?", Show("12")),
        ("hello, status please", Status()),
        ("can you help me with digests", Help("digest")),
        ("can you help me", Help()),
        ("hi there!", Help()),
        ("please", Ask(parse("please", now=TUESDAY, zone=LONDON))),
        ("thanks, Verbatim!", Thanks()),
        ("ok, thanks", Thanks()),
    ],
)
def test_commands_are_polite_too_and_nothing_but_politeness_is_small_talk(text: str, command: object) -> None:
    assert read(text, now=TUESDAY, zone=LONDON) == command


@pytest.mark.parametrize("text", ["", "please", "hello", "Hello, please, thanks", "thanks a lot", "can you please", "  ", "🙂, thanks"])
def test_nothing_but_politeness_is_left(text: str) -> None:
    assert without_politeness(text).strip() or not text.strip()

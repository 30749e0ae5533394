"""What is posted in a channel, asked for and stopped in people's own words."""

from datetime import UTC, datetime

import pytest

from bot.errors import NotUnderstood
from bot.grammar.commands import parse
from bot.requests import Ask, Command, Deliveries, Digest, Help, Mute, SendNow, Show, Subscribe, Subscriptions, Who
from tests.newsrooms import LONDON


def typed(text: str) -> Command:
    return parse(text, now=datetime(2026, 11, 17, 14, 30, tzinfo=UTC), zone=LONDON)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("what is posted here", Subscriptions()),
        ("what do you post here?", Subscriptions()),
        ("what do I get here", Subscriptions()),
        ("when is the next digest?", Subscriptions()),
        ("list", Subscriptions()),
        ("what was posted", Deliveries()),
        ("why was there no digest this morning?", Deliveries()),
        ("show log", Deliveries()),
        ("post 2 now", SendNow(2)),
        ("snooze 1", Mute(1)),
        ("snooze alert 1 for a day", Mute(1)),
        ("help alerts", Help("watch")),
    ],
)
def test_people_ask_for_what_is_posted_in_their_own_words(text: str, command: Command) -> None:
    assert typed(text) == command


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("post a digest here every morning at 8 about ferries", "digest daily at 8 about ferries"),
        ("remind me every day at 8 about ferries", "digest daily at 8 about ferries"),
        ("send us a short digest weekdays at 9", "digest weekdays at 9, short"),
        ("digest weekdays 9-17 every hour", "digest hourly 9-17 on weekdays"),
        ("digest weekdays from 9 to 17, every 2 hours", "digest every 2 hours 9-17 on weekdays"),
    ],
)
def test_a_digest_is_set_up_in_other_words(text: str, same: str) -> None:
    command = typed(text)
    assert isinstance(command, Subscribe)
    assert command == typed(same)


def test_a_digest_that_is_asked_for_without_a_schedule_is_one_now() -> None:
    assert isinstance(typed("send me a digest about ferries"), Digest)


@pytest.mark.parametrize(
    ("text", "suggestions"),
    [
        ("stop", ("subscriptions",)),
        ("stop all", ("subscriptions",)),
        ("mute all", ("subscriptions",)),
        ("pause all digests", ("subscriptions",)),
        ("mute 1, 2", ("mute 1", "mute 2")),
        ("stop 1 and 2", ("unsubscribe 1", "unsubscribe 2")),
    ],
)
def test_one_goes_after_the_other_by_its_number(text: str, suggestions: tuple[str, ...]) -> None:
    with pytest.raises(NotUnderstood, match=r"^Digests and alerts go by their numbers, one at a time\.") as refused:
        typed(text)
    assert refused.value.suggestions == suggestions


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("digest first Monday of the month at 9", "Digests come by the hour.* Schedules look like: "),
        ("digest every last Friday of the month at 9", "Digests come by the hour.* Schedules look like: "),
        ("digest tomorrow at 8", r"again and again\. Did you mean: digest daily at 8\?"),
        ("digest of the week", "Schedules look like: .* To look for quotes: who said what about digest of the week"),
        ("digest whenever it rains", "Schedules look like: "),
    ],
)
def test_what_begins_with_digest_and_is_none_says_what_a_schedule_looks_like(text: str, why: str) -> None:
    with pytest.raises(NotUnderstood, match=why):
        typed(text)


@pytest.mark.parametrize(
    "text",
    [
        *("what do you know about ferries", "what do you post about ferries", "what was posted by Ann Bell", "what did you say"),
        *("list of demands", "list ferries", "stop the boats", "cancel culture", "end all wars", "mute all swans", "snooze buttons"),
        *("post office closures", "why was there no ferry this morning", "when is the next ferry", "why is the digest short"),
        "remind me what Ann Bell said about ferries",
    ],
)
def test_questions_stay_questions(text: str) -> None:
    read = typed(text)
    assert isinstance(read, Ask) or (isinstance(read, Who) and read.otherwise is not None)  # who that is, if it is somebody's name


def test_who_wants_to_be_reminded_of_what_somebody_said_asks_about_that_person() -> None:
    assert typed("remind me what Ann Bell said about ferries") == typed("what has Ann Bell said about ferries")
    assert isinstance(typed("show logs of ferries"), Show)

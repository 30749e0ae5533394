"""Digests on a schedule in the grammar of the chat."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.asking.question import Question
from bot.digests.schedule_words import take_schedule
from bot.errors import NotUnderstood
from bot.grammar.commands import parse
from bot.requests import Ask, Change, Command, Subscribe

LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)


def typed(text: str) -> Command:
    return parse(text, now=TUESDAY, zone=LONDON, outlets=["The Northern Ledger"])


def asked(restriction: str) -> Question:
    command = typed(restriction)
    assert isinstance(command, Ask)
    return command.question


@pytest.mark.parametrize(
    ("text", "schedule", "zone", "restriction"),
    [
        ("digest daily at 8", "daily at 08:00", None, ""),
        ("Digest daily at 8!", "daily at 08:00", None, ""),
        ("digest at 8", "daily at 08:00", None, ""),
        ("digest hourly", "hourly", None, ""),
        ("digest weekdays at 7:30 London", "weekdays at 07:30", "Europe/London", ""),
        ("digest daily at 8 about ferries", "daily at 08:00", None, "quotes about ferries"),
        ("digest daily at 8, about ferries", "daily at 08:00", None, "quotes about ferries"),
        ("digest about ferries daily at 8", "daily at 08:00", None, "quotes about ferries"),
        ("digest every Monday at 9 by Ann Bell", "every Monday at 09:00", None, "quotes by Ann Bell"),
        ("digest daily at 8 in the Ledger", "daily at 08:00", None, "quotes in the Ledger"),
        ("digest daily at 8 about “not for sale”", "daily at 08:00", None, "quotes about “not for sale”"),
        ("digest daily at 8 about everything", "daily at 08:00", None, ""),
        ("digest daily at 8 everything", "daily at 08:00", None, ""),
    ],
)
def test_a_digest_with_a_schedule_is_a_subscription(text: str, schedule: str, zone: str | None, restriction: str) -> None:
    command = typed(text)
    assert isinstance(command, Subscribe)
    assert (str(command.schedule), command.zone and command.zone.key) == (schedule, zone)
    assert command.asked == (asked(restriction) if restriction else Question())


@pytest.mark.parametrize(
    ("text", "schedule", "zone", "restriction"),
    [
        ("change 3 to weekdays at 9", "weekdays at 9", None, None),
        ("change 3 weekdays at 9", "weekdays at 9", None, None),
        ("change digest #3: weekdays at 9", "weekdays at 9", None, None),
        ("change 3 into weekdays at 9 London", "weekdays at 9", LONDON, None),
        ("change 3 to about ferries", None, None, "quotes about ferries"),
        ("change 3 to by Ann Bell", None, None, "quotes by Ann Bell"),
        ("change 3 to everything", None, None, ""),
        ("change 3 to weekdays at 9 about ferries", "weekdays at 9", None, "quotes about ferries"),
        ("change 3 to weekdays at 9 about everything", "weekdays at 9", None, ""),
    ],
)
def test_a_change_holds_what_was_given_and_nothing_else(
    text: str, schedule: str | None, zone: ZoneInfo | None, restriction: str | None
) -> None:
    taken = take_schedule(schedule) if schedule else None
    question = None if restriction is None else asked(restriction) if restriction else Question()
    assert typed(text) == Change(3, taken.schedule if taken else None, zone, question)


@pytest.mark.parametrize("keyword", ["digest", "change 3 to"])
def test_a_typing_error_in_a_schedule_is_answered_with_the_whole_request_that_was_meant(keyword: str) -> None:
    meant = f"{keyword} daily at 8 about ferries"
    with pytest.raises(NotUnderstood, match=f"Did you mean: {meant}") as refused:
        typed(meant.replace("daily", "dialy"))
    assert refused.value.suggestions == (meant,)


@pytest.mark.parametrize("keyword", ["digest", "change 3 to"])
@pytest.mark.parametrize(
    ("restriction", "why"),
    [
        ("about ferries since Monday", "covers the time since the one before it"),
        ("since Monday", "covers the time since the one before it"),
        ("yesterday", "covers the time since the one before it"),
        ("about ferries direct quotes only", "holds all that was said"),
        ("about ferries with attitudes", "holds all that was said"),
    ],
)
def test_a_digest_on_a_schedule_is_not_restricted_to_what_it_cannot_keep(keyword: str, restriction: str, why: str) -> None:
    with pytest.raises(NotUnderstood, match=f"A digest on a schedule {why}"):
        typed(f"{keyword} daily at 8 {restriction}")

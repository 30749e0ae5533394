"""Alerts, and what is done with digests and alerts by number, in the grammar of the chat."""

from datetime import UTC, datetime, time

import pytest

from bot.errors import NotUnderstood
from bot.grammar.commands import parse
from bot.requests import (
    Ask,
    Change,
    Command,
    Deliveries,
    Digest,
    Mute,
    Preview,
    SendNow,
    Subscribe,
    Subscriptions,
    Unmute,
    Unsubscribe,
    Watch,
    Wishes,
    only_asks,
)
from bot.subscriptions.restrictions import what
from storage.records import Density, WhenEmpty
from tests.newsrooms import LONDON

TUESDAY = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)
NIGHT = (time(22), time(7))


def typed(text: str) -> Command:
    return parse(text, now=TUESDAY, zone=LONDON, outlets=["The Mill"])


def watched(text: str) -> Watch:
    command = typed(text)
    assert isinstance(command, Watch)
    return command


@pytest.mark.parametrize(
    "text", ["watch Keir Starmer", "watch interference", "watch repair shops", "watch for floods", "watch Ann on fares"]
)
def test_a_few_words_to_watch_may_be_a_name_or_a_topic_which_the_store_decides(text: str) -> None:
    assert watched(text).asked.otherwise is not None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("watch by Keir Starmer", "by Keir Starmer"),
        ("watch about ferries", "about ferries"),
        ("watch quotes by Ann Bell about ferries in The Mill", "about ferries by Ann Bell in The Mill"),
        ("watch what Ann Bell says about ferries", "about ferries by Ann Bell"),
        ("watch “not for sale”", "about “not for sale”"),
        ("watch The Mill", "in The Mill"),
        ("watch everything in The Mill", "in The Mill"),
        ("watch everything", "everything"),
        ("subscribe to alerts about ferries", "about ferries"),
        ("set up an alert about ferries", "about ferries"),
        ("alert me about ferries", "about ferries"),
        ("alert us about quotes by Ann Bell", "by Ann Bell"),
        ("notify me of new quotes by Ann Bell", "by Ann Bell"),
        ("alert me when Ann Bell speaks", "by Ann Bell"),
        ("please tell me when Ann Bell speaks", "by Ann Bell"),
        ("tell me whenever Ann Bell says something about ferries", "about ferries by Ann Bell"),
        ("let me know when somebody talks about ferries", "about ferries"),
        ("let us know if there is something new about ferries", "about ferries"),
        ("tell me as soon as the ferry is mentioned", "about ferry"),
    ],
)
def test_an_alert_says_whom_or_what_it_watches(text: str, meant: str) -> None:
    command = watched(text)
    assert (what(command.asked), command.asked.otherwise) == (meant, None)


def test_the_wishes_and_the_zone_of_an_alert_stand_behind_commas() -> None:
    command = watched("watch ferries, at most every 20 minutes, at most 5 a day, quiet 22-7, Tokyo time")
    assert command.wishes == Wishes(gap_minutes=20, daily_cap=5, quiet=NIGHT)
    assert command.zone is not None
    assert command.zone.key == "Asia/Tokyo"
    assert watched("watch ferries at most every 20 minutes").wishes == Wishes(gap_minutes=20)
    zoned = watched("watch ferries, Europe/Berlin")
    assert zoned.zone is not None
    assert zoned.zone.key == "Europe/Berlin"


@pytest.mark.parametrize(
    "text",
    [
        "watch out",
        "watch it",
        "watch the ferries that sail over the sea at night",
        "mute swans",
        "send help to farmers",
        "log cabins",
        "preview of the budget",
        "digest log jams",
        "review of the ferry plans",
        "review",
        "blog",
        "tell me when Ann Bell spoke",
        "tell me what Ann Bell says",
        "alert levels in The Mill",
        "every 5 minutes a ferry sinks",
        "daily life at sea",
    ],
)
def test_questions_that_begin_with_these_words_stay_questions(text: str) -> None:
    assert isinstance(typed(text), Ask)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("mute 3", Mute(3)),
        ("mute alert 3 for a day", Mute(3)),
        ("mute 3 until tomorrow", Mute(3)),
        ("unmute 3", Unmute(3)),
        ("send 3", SendNow(3)),
        ("send digest 3", SendNow(3)),
        ("digest send 3", SendNow(3)),
        ("send alert 3 now", SendNow(3)),
        ("log", Deliveries()),
        ("log 3", Deliveries(3)),
        ("digest log", Deliveries()),
        ("digest log for 3", Deliveries(3)),
        ("preview", Preview()),
        ("digest preview", Preview()),
        ("preview 3", Preview(3)),
        ("digest preview 3", Preview(3)),
        ("preview digest 3", Preview(3)),
        ("alerts", Subscriptions()),
        ("stop watching 3", Unsubscribe(3)),
        ("stop alert 3", Unsubscribe(3)),
        ("change 3 to short, quiet 22-7", Change(3, None, None, None, Wishes(density=Density.SHORT, quiet=NIGHT))),
        ("change 3 to no quiet hours", Change(3, None, None, None, Wishes(quiet=()))),
        ("change 3 to silent if nothing is new", Change(3, None, None, None, Wishes(when_empty=WhenEmpty.SILENCE))),
        ("make 3 short", Change(3, None, None, None, Wishes(density=Density.SHORT))),
        ("change alert 3 to at most 5 a day", Change(3, None, None, None, Wishes(daily_cap=5))),
    ],
)
def test_what_is_done_by_number(text: str, command: Command) -> None:
    assert typed(text) == command


@pytest.mark.parametrize("text", ["preview daily at 8 about ferries, short", "digest preview daily at 8 about ferries, short"])
def test_a_digest_is_previewed_before_it_is_set_up(text: str) -> None:
    command = typed(text)
    assert isinstance(command, Preview)
    assert command.wanted == typed("digest daily at 8 about ferries, short")


def test_the_preview_of_a_restriction_is_the_digest_of_it() -> None:
    assert typed("digest preview about ferries") == typed("digest about ferries")
    assert isinstance(typed("digest preview about ferries"), Digest)


@pytest.mark.parametrize(
    "text",
    [
        "digest daily at 8 about ferries, short, silent if nothing is new, quiet 22-7",
        "digest daily at 8, short, about ferries, silent if nothing is new, quiet from 22:00 to 07:00",
        "digest about ferries daily at 8, short, quiet 22-7 and silent if nothing is new",
        "short daily digest at 8 about ferries, quiet 22-7, silent if nothing is new",
    ],
)
def test_the_wishes_of_a_digest_stand_behind_commas(text: str) -> None:
    command = typed(text)
    assert isinstance(command, Subscribe)
    assert (str(command.schedule), what(command.asked)) == ("daily at 08:00", "about ferries")
    assert command.wishes == Wishes(density=Density.SHORT, when_empty=WhenEmpty.SILENCE, quiet=NIGHT)


def test_a_change_of_the_schedule_and_of_the_wishes_leaves_what_it_is_about() -> None:
    for text in ("change 3 to daily at 9, short", "change 3 to daily at 9 short"):
        command = typed(text)
        assert isinstance(command, Change)
        assert (str(command.schedule), command.asked, command.wishes) == ("daily at 09:00", None, Wishes(density=Density.SHORT))


@pytest.mark.parametrize(
    ("text", "what", "meant"),
    [
        ("wacth Keir Starmer", "wacth is not a keyword", "watch Keir Starmer"),
        ("every Mnday at 9", "a typing error", "digest every Monday at 9"),
        ("every Monday at 9", "no question", "digest every Monday at 9"),
        ("weekdays at 8 about ferries", "no question", "digest weekdays at 8 about ferries"),
        ("watch ferries every Monday at 9", "a digest on a schedule", "digest every Monday at 09:00 about ferries"),
        ("digest about ferries, short", "on a schedule", "digest daily at 8 about ferries, short"),
        ("stop watching ferries", "by its number", "subscriptions"),
    ],
)
def test_what_was_meant_is_suggested(text: str, what: str, meant: str) -> None:
    with pytest.raises(NotUnderstood, match=what) as refused:
        typed(text)
    assert refused.value.suggestions[0] == meant
    assert not isinstance(typed(meant), Ask)


@pytest.mark.parametrize(
    "text",
    [
        *("watch", "mute", "unmute", "send", "mute 3 for a week", "watch ferries since Monday", "watch attitudes by Ann Bell"),
        *("watch direct quotes by Ann Bell", "watch ferries, quiet at night", "change 3 to quiet 22", "watch ferries, at most 5 weeks"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_type(text: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        typed(text)
    assert refused.value.remedy


def test_looking_changes_nothing_and_the_rest_does() -> None:
    assert all(only_asks(typed(text)) for text in ("preview 3", "digest preview daily at 8", "log", "alerts"))
    assert not any(only_asks(typed(text)) for text in ("watch ferries", "mute 3", "unmute 3", "send 3", "change 3 to short"))

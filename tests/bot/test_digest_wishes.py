from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NotUnderstood
from bot.grammar.commands import parse
from bot.grammar.digest_wishes import USUAL, in_words, otherwise_usual, read_wishes, said, see_that_they_fit, take_wishes, wished
from bot.requests import Subscribe, Wishes
from storage.records import Density, SubscriptionKind, WhenEmpty
from tests.newsrooms import LONDON
from tests.storage.test_subscriptions import FERRIES

SHORT, SILENT = Wishes(density=Density.SHORT), Wishes(when_empty=WhenEmpty.SILENCE)
NOW = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)
NIGHT = Wishes(quiet=(time(22), time(7)))

walls = st.builds(time, st.integers(0, 23), st.integers(0, 59))
any_wishes = st.builds(
    Wishes,
    st.none() | st.sampled_from(Density),
    st.none() | st.sampled_from(WhenEmpty),
    st.none() | st.just(()) | st.tuples(walls, walls).filter(lambda quiet: quiet[0] != quiet[1]),
    st.none() | st.integers(1, 24 * 60),
    st.none() | st.integers(1, 100),
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("short", SHORT),
        ("keep it short", SHORT),
        ("full", Wishes(density=Density.FULL)),
        ("in full", Wishes(density=Density.FULL)),
        ("silent if nothing is new", SILENT),
        ("Silent when there's nothing new", SILENT),
        ("nothing if nothing is new", SILENT),
        ("skip it if empty", SILENT),
        ("only if there is something new", SILENT),
        ("a line if nothing is new", Wishes(when_empty=WhenEmpty.LINE)),
        ("say so if nothing is new", Wishes(when_empty=WhenEmpty.LINE)),
        ("quiet 22-7", NIGHT),
        ("quiet from 22:00 to 07:00", NIGHT),
        ("quiet hours 22-7", NIGHT),
        ("quiet hours: 10pm to 7am", NIGHT),
        ("nothing between 22 and 7", NIGHT),
        ("no quiet hours", Wishes(quiet=())),
        ("without quiet hours", Wishes(quiet=())),
        ("at most every 20 minutes", Wishes(gap_minutes=20)),
        ("at most once an hour", Wishes(gap_minutes=60)),
        ("no more than one message every 2 hours", Wishes(gap_minutes=120)),
        ("at most hourly", Wishes(gap_minutes=60)),
        ("at most 5 a day", Wishes(daily_cap=5)),
        ("at most five alerts per day", Wishes(daily_cap=5)),
        ("max twice a day", Wishes(daily_cap=2)),
        ("at most daily", Wishes(daily_cap=1)),
        ("short, silent if nothing is new, quiet 22-7", replace(NIGHT, density=Density.SHORT, when_empty=WhenEmpty.SILENCE)),
        ("short and quiet 22-7", replace(NIGHT, density=Density.SHORT)),
        ("short, short", SHORT),
        ("", Wishes()),
    ],
)
def test_wishes_are_read_as_people_say_them(text: str, meant: Wishes) -> None:
    assert read_wishes(text) == meant


@given(any_wishes)
@settings(max_examples=60)
def test_wishes_in_words_are_read_back(wishes: Wishes) -> None:
    assert read_wishes(said(wishes)) == wishes


@pytest.mark.parametrize(
    ("text", "meant", "rest"),
    [
        ("daily at 8 about ferries, short, quiet 22-7", replace(NIGHT, density=Density.SHORT), "daily at 8 about ferries"),
        ("daily at 8, short, about ferries", SHORT, "daily at 8, about ferries"),
        ("about ferries silent if nothing is new quiet 22-7", replace(NIGHT, when_empty=WhenEmpty.SILENCE), "about ferries"),
        ("ferries at most every 20 minutes", Wishes(gap_minutes=20), "ferries"),
        ("ferries; short", SHORT, "ferries"),
        ("about ferries, boats and short stories", Wishes(), "about ferries, boats and short stories"),
        ("about “boats, short”, full", Wishes(density=Density.FULL), "about “boats, short”"),
        ("about quiet seas", Wishes(), "about quiet seas"),
        ("about quiet hours", Wishes(), "about quiet hours"),
        ("about ferries, quiet seas", Wishes(), "about ferries, quiet seas"),
        ("short", Wishes(), "short"),
    ],
)
def test_wishes_are_taken_from_behind_commas_or_where_they_can_be_nothing_else(text: str, meant: Wishes, rest: str) -> None:
    assert take_wishes(text) == (meant, rest)


@pytest.mark.parametrize(
    "text",
    [
        *("quiet", "quiet at night", "quiet 22", "quiet 25-7", "quiet 22-22", "quiet hours", "no quiet"),
        *("at most 0 a day", "at most 500 a day", "at most every 0 minutes", "at most every 9000 minutes", "at most 5 weeks"),
        *("short, full", "quiet 22-7, no quiet hours", "blue", "about ferries"),
    ],
)
def test_what_is_no_wish_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_wishes(text)
    assert refused.value.remedy


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["quiet", "22", "-", "7", "at", "most", "every", "day", ",", "short", "and", "no", "hours", "if"])).map(
        " ".join
    )
)
@settings(max_examples=80)
def test_whatever_is_typed_is_read_or_refused_in_a_sentence(text: str) -> None:
    with suppress(NotUnderstood):
        take_wishes(text, alone=True)


def test_what_means_nothing_for_a_digest_or_an_alert_is_refused() -> None:
    for wishes, kind in ((SHORT, SubscriptionKind.DIGEST), (NIGHT, SubscriptionKind.ALERT), (Wishes(daily_cap=3), SubscriptionKind.ALERT)):
        see_that_they_fit(wishes, kind)
    for wishes, kind in ((Wishes(gap_minutes=3), SubscriptionKind.DIGEST), (SILENT, SubscriptionKind.ALERT)):
        with pytest.raises(NotUnderstood):
            see_that_they_fit(wishes, kind)


def test_what_is_wished_changes_and_the_rest_stays() -> None:
    night = wished(FERRIES, NIGHT)
    assert (night.quiet_from, night.quiet_until, night.density) == ("22:00", "07:00", Density.FULL)
    assert wished(night, SHORT) == replace(night, density=Density.SHORT)
    assert wished(night, Wishes(quiet=())) == FERRIES


def test_only_what_is_not_as_usual_is_told_of_a_subscription() -> None:
    assert in_words(FERRIES) == ""
    assert in_words(wished(FERRIES, read_wishes("short, silent if nothing is new, quiet 22-7"))) == (
        "short, silent if nothing is new, quiet from 22:00 to 07:00"
    )
    alert = replace(FERRIES, kind=SubscriptionKind.ALERT, schedule="")
    assert in_words(wished(alert, read_wishes("at most once an hour, at most 5 a day"))) == "at most every 60 minutes, at most 5 a day"


def test_what_is_not_wished_of_all_is_as_usual() -> None:
    assert otherwise_usual(SHORT, SubscriptionKind.DIGEST) == replace(USUAL[SubscriptionKind.DIGEST], density=Density.SHORT)
    assert otherwise_usual(Wishes(), SubscriptionKind.ALERT) == USUAL[SubscriptionKind.ALERT]
    assert wished(FERRIES, USUAL[SubscriptionKind.DIGEST]) == FERRIES


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("digest daily at 8 about ferries, shrt", "digest daily at 8 about ferries, short"),
        ("digest daily at 8 about ferries, quet 22-7", "digest daily at 8 about ferries, quiet 22-7"),
        (
            "digest daily at 8, short, silnt if nothing is new, quiet 22-7",
            "digest daily at 8, short, silent if nothing is new, quiet 22-7",
        ),
        ("preview daily at 8, shrot", "preview daily at 8, short"),
        ("change 3 to shrt", "change 3 to short"),
        ("watch ferries, at most evry 20 mintues", "watch ferries, at most every 20 minutes"),
    ],
)
def test_a_misspelt_wish_is_asked_about_and_is_no_topic(line: str, meant: str) -> None:
    with pytest.raises(NotUnderstood, match="is no wish") as refused:
        parse(line, now=NOW, zone=LONDON)
    assert refused.value.suggestions == (meant,)
    parse(meant, now=NOW, zone=LONDON)


@pytest.mark.parametrize("topic", ["ferries, bridges and ports", "trains, short trips", "shops, long queues", "fares, lines"])
def test_a_topic_may_have_commas(topic: str) -> None:
    command = parse(f"digest daily at 8 about {topic}", now=NOW, zone=LONDON)
    assert isinstance(command, Subscribe)
    assert (len(command.asked.topic), command.wishes) == (len(topic.replace(" and", "").split()), Wishes())


def test_a_topic_may_stand_behind_the_wishes() -> None:
    before, behind = (
        parse(f"digest daily at 8{line}", now=NOW, zone=LONDON)
        for line in (" about ferries, silent if nothing is new", ", silent if nothing is new about ferries")
    )
    assert before == behind


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("digest daily at 8 abuot ferries", "digest daily at 8 about ferries"),
        ("digest ferry daily at 10", "digest daily at 10 about ferry"),
        ("digest daily at 8 ferries, short", "digest daily at 8 about ferries, short"),
        ("watch Ann Bell every 5 minutes", "watch Ann Bell, at most every 5 minutes"),
    ],
)
def test_a_request_that_is_nearly_right_is_offered_as_it_is_meant(line: str, meant: str) -> None:
    with pytest.raises(NotUnderstood, match=f"Did you mean: {meant}") as refused:
        parse(line, now=NOW, zone=LONDON)
    assert refused.value.suggestions[0] == meant
    parse(meant, now=NOW, zone=LONDON)

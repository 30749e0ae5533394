from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.errors import NotUnderstood
from bot.grammar.commands import parse
from bot.grammar.usage import TIME_ZONE
from bot.requests import Ask, Command, Help, TimeZone

LONDON, BERLIN, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


def typed(text: str) -> Command:
    return parse(text, now=datetime(2026, 11, 17, 14, 30, tzinfo=UTC), zone=LONDON)


@pytest.mark.parametrize(
    "text",
    [
        *("time zone", "Time zone?", "timezone", "TIMEZONE", "time-zone", "the time zone", "our timezone", "set the time zone"),
        *(
            "what time zone is it",
            "What’s the time zone?",
            "what is our timezone here",
            "which time zone is used here?",
            "which time zone holds",
        ),
    ],
)
def test_the_time_zone_can_be_asked_for(text: str) -> None:
    assert typed(text) == TimeZone()


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("time zone Europe/London", LONDON),
        ("time zone: Europe/London", LONDON),
        ("timezone london", LONDON),
        ("Timezone is London.", LONDON),
        ("time zone Manchester", LONDON),
        ("time zone “Europe/Berlin”", BERLIN),
        ("time zone to Berlin", BERLIN),
        ("set the time zone to Europe/Berlin", BERLIN),
        ("please set this server's time zone to Berlin", BERLIN),
        ("Set timezone New York", NEW_YORK),
        ("change our time zone to new_york", NEW_YORK),
        ("my time zone is New York!", NEW_YORK),
        ("use the time-zone America/New_York", NEW_YORK),
        ("time zone Dar es Salaam", ZoneInfo("Africa/Dar_es_Salaam")),
        ("time zone UTC", ZoneInfo("UTC")),
        ("time zone Tokyo", ZoneInfo("Asia/Tokyo")),
    ],
)
def test_the_time_zone_can_be_set_by_its_name_or_a_city(text: str, zone: ZoneInfo) -> None:
    assert typed(text) == TimeZone(zone)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("time zone Europe/Londn", "Europe/London"),
        ("set the timezone to Berlim", "Europe/Berlin"),
        ("tiem zone London", "time zone London"),
    ],
)
def test_a_time_zone_with_a_typing_error_gets_the_nearest(text: str, nearest: str) -> None:
    with pytest.raises(NotUnderstood, match=nearest) as refused:
        typed(text)
    assert isinstance(typed(refused.value.suggestions[0]), TimeZone)


@pytest.mark.parametrize("text", ["time zone row", "time zone Atlantis", "timezone " + "x" * 50])
def test_what_is_no_zone_is_refused_with_how_to_look_for_quotes(text: str) -> None:
    with pytest.raises(NotUnderstood, match="is no time zone") as refused:
        typed(text)
    assert isinstance(typed(refused.value.suggestions[-1]), Ask)


@pytest.mark.parametrize("text", ["time zone EST", "set the time zone to UTC+2"])
def test_what_is_an_hour_of_several_places_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        typed(text)
    assert refused.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        *(
            "time zones",
            "time zone changes in Samoa",
            "who said what about the time zone",
            "the time zone of Samoa",
            "time",
            "timezones are odd",
        ),
        *(
            "set the time",
            "zone",
            "time zone debate is back again today",
            "what did Ann Bell say about time zone rules",
            "timezone " + "x" * 90,
        ),
    ],
)
def test_questions_about_time_zones_stay_questions(text: str) -> None:
    assert isinstance(typed(text), Ask)


@pytest.mark.parametrize("text", ["help time zone", "help with the time zone", "Help me with time zones"])
def test_help_can_be_had_for_it(text: str) -> None:
    assert typed(text) == Help(TIME_ZONE)

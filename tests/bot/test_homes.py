from collections.abc import Awaitable, Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.callers import Caller, Channel, Home, Right, everything_allowed
from bot.errors import NotAllowed, NotUnderstood
from bot.newsroom import Newsroom
from tests.databases import sqlite_alone
from tests.newsrooms import ED, Room, article, lines_of

engine = sqlite_alone

SERVER, OTHER_SERVER, OWN = Home("discord", "G1"), Home("discord", "G2"), Home("discord", "@me", "U1")


def caller(home: Home | None, *, may: Callable[[Right], Awaitable[bool]] = everything_allowed, zone: str | None = None) -> Caller:
    place = Channel("discord", home.workspace, "C1") if home else None
    return Caller(ED, person="U1", channel=place, home=home, may=may, zone=ZoneInfo(zone) if zone else None)


async def nothing_allowed(_: Right) -> bool:
    return False


async def told(newsroom: Newsroom, home: Home | None) -> str:
    return (await newsroom.handle("time zone", caller(home))).understood


async def test_the_time_zone_of_a_server_is_set_and_told(room: Room) -> None:
    assert await room.newsroom.zone_of(SERVER) is None
    assert "time zone is Europe/London" in await told(room.newsroom, SERVER)
    reply = await room.newsroom.handle("set the time zone to Tokyo", caller(SERVER))
    assert reply.understood == "Set. This server's time zone is Asia/Tokyo."
    assert await room.newsroom.zone_of(SERVER) == ZoneInfo("Asia/Tokyo")
    assert await told(room.newsroom, SERVER) == "This server's time zone is Asia/Tokyo."
    await room.newsroom.handle("time zone Europe/Berlin", caller(SERVER))
    assert await told(room.newsroom, SERVER) == "This server's time zone is Europe/Berlin."


async def test_a_time_zone_holds_only_where_it_was_set(room: Room) -> None:
    await room.newsroom.handle("time zone Tokyo", caller(SERVER))
    await room.newsroom.handle("time zone Rome", caller(OWN))
    assert await room.newsroom.zone_of(OTHER_SERVER) is await room.newsroom.zone_of(replace(OWN, person="U2")) is None
    assert await told(room.newsroom, OWN) == "Your time zone is Europe/Rome."


@pytest.mark.parametrize(
    ("home", "zone", "typed", "zoneless"),
    [
        (SERVER, None, "digest daily at 8", SERVER),
        (OWN, None, "digest daily at 8", OWN),
        (SERVER, None, "digest daily at 8 Tokyo", None),
        (SERVER, "Europe/Rome", "digest daily at 8", None),
    ],
)
async def test_a_digest_that_would_have_taken_a_time_zone_says_where_none_is_set(
    room: Room, home: Home, zone: str | None, typed: str, zoneless: Home | None
) -> None:
    made = await room.newsroom.handle(typed, caller(home, zone=zone))
    assert made.understood.startswith("Set up: a digest")
    assert made.zoneless == zoneless


async def test_whoever_may_not_change_the_settings_of_a_server_changes_none(room: Room) -> None:
    asked: list[Right] = []

    async def may(right: Right) -> bool:
        asked.append(right)
        return False

    with pytest.raises(NotAllowed, match="You may not change the settings of this server"):
        await room.newsroom.handle("time zone Tokyo", caller(SERVER, may=may))
    assert asked == [Right.CONFIGURE]
    assert await room.newsroom.zone_of(SERVER) is None
    assert "Europe/London" in (await room.newsroom.handle("time zone", caller(SERVER, may=nothing_allowed))).understood


async def test_ones_own_time_zone_is_always_ones_own_to_set(room: Room) -> None:
    await room.newsroom.handle("time zone Tokyo", caller(OWN, may=nothing_allowed))
    assert await room.newsroom.zone_of(OWN) == ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        (None, "The time zone is Europe/London, as whoever runs Verbatim has set it."),
        ("Asia/Tokyo", "Your time zone is Asia/Tokyo, as your profile says."),
    ],
)
async def test_where_nothing_is_kept_it_is_said_which_time_zone_holds_and_who_says_so(room: Room, zone: str | None, said: str) -> None:
    assert (await room.newsroom.handle("time zone", caller(None, zone=zone))).understood == said
    with pytest.raises(NotAllowed) as refused:
        await room.newsroom.handle("time zone Rome", caller(None, zone=zone))
    assert said in refused.value.what
    assert refused.value.remedy


async def test_a_time_zone_that_is_none_changes_nothing(room: Room) -> None:
    await room.newsroom.handle("time zone Tokyo", caller(SERVER))
    with pytest.raises(NotUnderstood, match="Europe/London"):
        await room.newsroom.handle("time zone Europe/Lodnon", caller(SERVER))
    assert await room.newsroom.zone_of(SERVER) == ZoneInfo("Asia/Tokyo")


async def test_the_status_tells_the_time_zone_that_was_set_and_the_time_in_it(room: Room) -> None:
    await room.read(article('Ann Bell said: "The ferry is late."'))
    before = lines_of(await room.newsroom.handle("status", caller(SERVER)))
    await room.newsroom.handle("time zone Tokyo", caller(SERVER))
    after = lines_of(await room.newsroom.handle("status", caller(SERVER)))
    assert before[2] == "Last read: Headline 1, 6 November 2026, 12:00"
    assert after[2:4] == ["Last read: Headline 1, 6 November 2026, 21:00", "Time zone here: Asia/Tokyo"]
    assert lines_of(await room.newsroom.handle("status", caller(OTHER_SERVER))) == before


async def test_a_digest_set_up_later_takes_the_time_zone_and_those_there_keep_theirs(room: Room) -> None:
    await room.newsroom.handle("digest daily at 8", caller(SERVER))
    await room.newsroom.handle("time zone Tokyo", caller(SERVER))
    there = caller(SERVER, zone="Asia/Tokyo")  # as an adapter has it from `zone_of`
    await room.newsroom.handle("digest daily at 9", there)
    assert [one.time_zone for one in (await room.newsroom.scheduled.subscriptions(there)).subscriptions] == ["Europe/London", "Asia/Tokyo"]


async def test_the_status_counts_what_is_posted_in_the_askers_workspace_alone(room: Room) -> None:
    asking = Caller(ED, person="U1", channel=Channel("slack", "T1", "C1"))
    await room.newsroom.handle("watch ferries", asking)
    await room.newsroom.handle("watch ferries", replace(asking, channel=Channel("slack", "T2", "C1")))
    for place in (asking, replace(asking, channel=None, home=Home("slack", "T1"))):
        assert "1 run, 0 are paused" in " ".join(lines_of(await room.newsroom.handle("status", place)))
    for outside in (await room.newsroom.handle("status", Caller(ED)), await room.newsroom.status(to_operator=True)):
        assert "2 run, 0 are paused" in lines_of(outside)

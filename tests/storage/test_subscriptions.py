from dataclasses import replace
from typing import Any

import pytest

from storage import subscriptions
from storage.database import Database
from storage.errors import StorageError
from storage.records import Density, NewSubscription, StoredSubscription, SubscriptionKind, WhenEmpty
from tests.storage.sample import DAY, HOUR, NOON

FERRIES = NewSubscription(
    platform="slack",
    workspace="T1",
    channel="C1",
    kind=SubscriptionKind.DIGEST,
    topic="ferries",
    speaker=None,
    outlet=None,
    schedule="daily at 8",
    time_zone="Europe/London",
    owner="U1",
)
WISHED: dict[str, Any] = {
    "topic": None,
    "speaker": "Ada Quill",
    "outlet": "The Ferry",
    "schedule": "hourly",
    "time_zone": "UTC",
    "density": Density.SHORT,
    "when_empty": WhenEmpty.SILENCE,
    "quiet_from": "22:00",
    "quiet_until": "07:00",
    "gap_minutes": 20,
    "daily_cap": 5,
    "next_due": NOON + HOUR,
}
STRANGE_NUMBERS = [-1, 0, 99, 2**31, 10**30]


async def added(database: Database, *wanted: NewSubscription) -> list[int]:
    async with database.writing() as session:
        return [await subscriptions.add(session, one, NOON) for one in wanted]


async def stored(database: Database, number: int) -> StoredSubscription | None:
    async with database.reading() as session:
        return await subscriptions.get(session, number)


async def running(database: Database, *numbers: int) -> list[int]:
    found = [await stored(database, number) for number in numbers]
    return [one.id for one in found if one is not None and one.paused_at is None]


async def test_a_subscription_is_stored_as_it_was_wished_for_and_runs(database: Database) -> None:
    wished = replace(FERRIES, speaker="Ada Quill", outlet="The Ferry")
    (number,) = await added(database, wished)
    found = await stored(database, number)
    assert found is not None
    assert {name: getattr(found, name) for name in NewSubscription.__slots__} == {
        name: getattr(wished, name) for name in NewSubscription.__slots__
    }
    assert (found.id, found.created_at, found.paused_at, found.paused_reason) == (number, NOON, None, None)


async def test_a_channel_and_an_owner_have_their_own_subscriptions_oldest_first(database: Database) -> None:
    first, elsewhere, of_another, *_ = await added(
        database,
        FERRIES,
        replace(FERRIES, channel="C2"),
        replace(FERRIES, owner="U2"),
        replace(FERRIES, workspace="T2"),
        replace(FERRIES, platform="discord"),
    )
    async with database.reading() as session:
        assert [one.id for one in await subscriptions.in_channel(session, "slack", "T1", "C1")] == [first, of_another]
        assert [one.id for one in await subscriptions.of_owner(session, "slack", "T1", "U1")] == [first, elsewhere]
        assert await subscriptions.in_channel(session, "slack", "T1", "C3") == []


async def test_the_places_of_a_platform_are_those_in_which_something_runs(database: Database) -> None:
    *_, paused, _ = await added(
        database,
        FERRIES,
        FERRIES,
        replace(FERRIES, workspace="T0", channel="C2"),
        replace(FERRIES, channel="C3"),
        replace(FERRIES, platform="discord", channel="C4"),
    )
    async with database.writing() as session:
        await subscriptions.pause(session, paused, NOON, "on leave")
    async with database.reading() as session:
        assert await subscriptions.places(session, "slack") == [("T0", "C2"), ("T1", "C1")]
        assert await subscriptions.places(session, "discord") == [("T1", "C4")]
        assert await subscriptions.places(session, "matrix") == []


async def test_a_change_leaves_the_place_and_the_owner_as_they_are(database: Database) -> None:
    number, other = await added(database, FERRIES, FERRIES)
    before = await stored(database, number)
    assert before is not None
    wished = replace(FERRIES, **WISHED)
    async with database.writing() as session:
        assert await subscriptions.change(session, number, replace(wished, platform="discord", channel="C9", owner="U9", seen_quote=9))
    assert await stored(database, number) == replace(before, **WISHED)
    assert await stored(database, other) == replace(before, id=other)


async def test_a_subscription_is_paused_once_with_its_reason_and_resumed_once(database: Database) -> None:
    number, other = await added(database, FERRIES, FERRIES)
    before = await stored(database, number)
    assert before is not None
    async with database.writing() as session:
        assert not await subscriptions.resume(session, number)
        assert await subscriptions.pause(session, number, NOON, "the channel is archived")
        assert not await subscriptions.pause(session, number, NOON + HOUR, "another reason")
    assert await stored(database, number) == replace(before, paused_at=NOON, paused_reason="the channel is archived")
    assert await running(database, number, other) == [other]
    async with database.writing() as session:
        assert await subscriptions.resume(session, number, next_due=NOON + HOUR)
    assert await stored(database, number) == replace(before, next_due=NOON + HOUR)


async def test_a_subscription_is_muted_for_a_time_and_heard_again(database: Database) -> None:
    number, other = await added(database, FERRIES, FERRIES)
    before = await stored(database, number)
    assert before is not None
    async with database.writing() as session:
        assert await subscriptions.mute(session, number, NOON + DAY, next_due=NOON + DAY + HOUR)
    assert await stored(database, number) == replace(before, muted_until=NOON + DAY, next_due=NOON + DAY + HOUR)
    async with database.writing() as session:
        assert await subscriptions.mute(session, number, None)
    assert await stored(database, number) == before
    assert await stored(database, other) == replace(before, id=other)


async def test_a_deleted_subscription_is_gone_and_its_number_is_not_used_again(database: Database) -> None:
    number, other = await added(database, FERRIES, FERRIES)
    async with database.writing() as session:
        assert await subscriptions.delete(session, other)
        assert not await subscriptions.delete(session, other)
    assert await stored(database, other) is None
    (third,) = await added(database, FERRIES)
    assert third > other
    assert await running(database, number, other, third) == [number, third]


async def test_a_channel_or_a_workspace_that_is_left_is_paused_as_a_whole(database: Database) -> None:
    paused, here, there, elsewhere = await added(
        database, FERRIES, FERRIES, replace(FERRIES, channel="C2"), replace(FERRIES, workspace="T2")
    )
    async with database.writing() as session:
        await subscriptions.pause(session, paused, NOON, "on leave")
        assert len(await subscriptions.pause_all(session, "slack", "T1", channel="C1", at=NOON, reason="archived")) == 1
    assert await running(database, paused, here, there, elsewhere) == [there, elsewhere]
    async with database.writing() as session:
        assert len(await subscriptions.pause_all(session, "slack", "T1", channel=None, at=NOON, reason="removed")) == 1
        assert await subscriptions.pause_all(session, "slack", "T1", channel=None, at=NOON, reason="removed") == []
    assert await running(database, paused, here, there, elsewhere) == [elsewhere]
    found = [await stored(database, number) for number in (paused, here, there)]
    assert [one and one.paused_reason for one in found] == ["on leave", "archived", "removed"]


async def test_all_subscriptions_of_all_platforms_are_listed_oldest_first(database: Database) -> None:
    numbers = await added(database, FERRIES, replace(FERRIES, platform="discord", workspace="G1"), replace(FERRIES, channel="C2"))
    async with database.reading() as session:
        assert [one.id for one in await subscriptions.every(session)] == numbers


@pytest.mark.parametrize("number", STRANGE_NUMBERS)
async def test_a_number_that_no_subscription_has_is_none_and_changes_nothing(database: Database, number: int) -> None:
    (first,) = await added(database, FERRIES)
    before = await stored(database, first)
    async with database.writing() as session:
        assert await subscriptions.get(session, number) is None
        assert not await subscriptions.pause(session, number, NOON, "on leave")
        assert not await subscriptions.resume(session, number)
        assert not await subscriptions.mute(session, number, NOON)
        assert not await subscriptions.delete(session, number)
        assert not await subscriptions.change(session, number, replace(FERRIES, topic="x"))
    assert await stored(database, first) == before


async def test_a_wish_that_no_database_can_hold_is_refused_in_a_sentence(database: Database) -> None:
    (number,) = await added(database, FERRIES)
    with pytest.raises(StorageError, match="What the subscription is about has characters that no database can store"):
        await added(database, replace(FERRIES, topic="tides\x00"))
    with pytest.raises(StorageError, match="What the subscription is about"):
        async with database.writing() as session:
            await subscriptions.change(session, number, replace(FERRIES, speaker="\ud83d"))

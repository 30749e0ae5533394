"""What is due is opened once, claimed by one process at a time, and recorded by whoever has it, or has sent it."""

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage import deliveries, subscriptions
from storage.database import Database
from storage.records import Claim, DeliveryState, NewDelivery, Outcome, StoredDelivery, SubscriptionKind
from tests.storage.sample import DAY, HOUR, NOON, store
from tests.storage.test_subscriptions import FERRIES, STRANGE_NUMBERS

DUE, CLAIMED, SENT, SKIPPED = DeliveryState.DUE, DeliveryState.CLAIMED, DeliveryState.SENT, DeliveryState.SKIPPED


def due(subscription: int = 1, at: datetime = NOON, *, until_quote: int = 9) -> NewDelivery:
    return NewDelivery(subscription, SubscriptionKind.DIGEST, at, 0, until_quote, at - DAY, at)


async def opened(database: Database, *new: NewDelivery, now: datetime = NOON) -> int:
    async with database.writing() as session:
        return await deliveries.open_all(session, new, now)


async def subscribed(database: Database, *channels: str, **given: Any) -> None:  # noqa: ANN401 - whatever a subscription has
    async with database.writing() as session:
        for channel in channels:
            await subscriptions.add(session, replace(FERRIES, **{"channel": channel, **given}), NOON)


async def claimed(database: Database, process: str = "one", now: datetime = NOON, limit: int = 9) -> list[Claim]:
    async with database.writing() as session:
        return await deliveries.claim(session, [FERRIES.platform], process, now=now, lease_until=now + HOUR, limit=limit)


async def recorded(database: Database, *outcomes: Outcome) -> set[int]:
    async with database.writing() as session:
        return await deliveries.record(session, outcomes)


async def log(database: Database) -> list[StoredDelivery]:
    async with database.reading() as session:
        return [one for one, _ in reversed(await deliveries.newest(session, subscription_id=None, channel=None, limit=99))]


def sent(one: StoredDelivery) -> Outcome:
    return Outcome(replace(one, state=SENT, lease_until=None, sent_at=NOON, message_ref="17", closed_at=NOON), covered=True)


async def test_what_was_due_at_one_moment_is_one_delivery_however_often_it_is_opened(database: Database) -> None:
    await subscribed(database, "C1", "C2")
    assert await opened(database, due(1), due(2)) == 2
    assert await opened(database, due(1), due(1), due(2, NOON + HOUR)) == 1
    assert await opened(database) == 0
    assert [(one.subscription_id, one.state) for one in await log(database)] == [(1, DUE), (2, SKIPPED), (2, DUE)]
    with pytest.raises(IntegrityError):
        async with database.writing() as session:
            await session.execute(text("UPDATE deliveries SET due_at = (SELECT min(due_at) FROM deliveries) WHERE subscription_id = 2"))


async def test_only_what_is_certain_not_to_have_been_sent_is_joined_into_the_next(database: Database) -> None:
    await subscribed(database, "C1", "C2", "C3")
    await opened(database, due(1), due(2), due(3))
    first, second, _ = await claimed(database)
    begun = replace(first.delivery, state=DUE, lease_until=None, begun_at=NOON)
    await recorded(database, Outcome(begun), Outcome(replace(second.delivery, state=DUE, lease_until=None)))
    await opened(database, *(due(number, NOON + HOUR) for number in (1, 2, 3)), now=NOON + HOUR)
    assert [one.state for one in await log(database)][:3] == [DUE, SKIPPED, CLAIMED]
    joined = (await log(database))[1]
    assert (joined.reason, joined.closed_at) == (deliveries.JOINED, NOON + HOUR)


async def test_digests_are_due_that_run_on_the_platform_and_of_which_nothing_is_being_sent(database: Database) -> None:
    await subscribed(database, "C1", "C2", "paused", next_due=NOON)
    await subscribed(database, "later", next_due=NOON + HOUR)
    await subscribed(database, "never", next_due=None)
    await subscribed(database, "elsewhere", platform="discord", next_due=NOON)
    await subscribed(database, "alert", kind=SubscriptionKind.ALERT, next_due=NOON)
    await opened(database, due(1), due(2))
    await claimed(database, limit=1)
    async with database.writing() as session:
        await subscriptions.pause(session, 3, NOON, "by Ed")
        found = await deliveries.due(session, [FERRIES.platform], NOON, 9)
        assert {one.channel for one in found} == {"C2", "never"}
        assert len(await deliveries.due(session, [FERRIES.platform], NOON, 1)) == 1
        assert [await deliveries.is_busy(session, number) for number in (1, 2)] == [True, False]
        await deliveries.put_forward(session, {2: NOON + DAY, 5: NOON + HOUR})
        assert await deliveries.due(session, [FERRIES.platform], NOON, 9) == []


async def test_processes_that_claim_at_once_never_claim_the_same(database: Database) -> None:
    await subscribed(database, *(f"C{number}" for number in range(20)))
    await opened(database, *(due(number + 1) for number in range(20)))
    found = await asyncio.gather(*(claimed(database, f"process {number}", limit=4) for number in range(6)))
    numbers = [one.delivery.id for claims in found for one in claims]
    assert sorted(numbers) == list(range(1, 21))


async def test_a_claim_is_taken_over_only_once_its_lease_has_ended(database: Database) -> None:
    await subscribed(database, "C1")
    await opened(database, due())
    (first,) = await claimed(database)
    assert (first.delivery.claimed_by, first.delivery.tries, first.subscription.channel) == ("one", 1, "C1")
    assert await claimed(database, "two", NOON + HOUR - HOUR / 60) == []
    (second,) = await claimed(database, "two", NOON + HOUR)
    assert (second.delivery.claimed_by, second.delivery.tries) == ("two", 2)
    assert [second.delivery] == await log(database)


async def test_what_is_put_off_is_claimed_when_its_time_has_come_the_oldest_first(database: Database) -> None:
    await subscribed(database, "C1", "C2")
    await opened(database, due(2, NOON - HOUR), due(1), now=NOON)
    first, second = await claimed(database)
    assert (first.subscription.channel, second.subscription.channel) == ("C2", "C1")
    await recorded(database, Outcome(replace(first.delivery, state=DUE, lease_until=None, try_at=NOON + HOUR / 2)))
    assert await claimed(database, now=NOON) == []
    assert [one.delivery.id for one in await claimed(database, now=NOON + HOUR / 2)] == [first.delivery.id]


async def test_what_a_process_gives_back_is_claimed_by_the_next_one_at_once(database: Database) -> None:
    await subscribed(database, "C1", "C2", "C3")
    await opened(database, due(1), due(2), due(3))
    kept, *_ = await claimed(database, limit=2)
    await claimed(database, "two")
    async with database.writing() as session:
        await deliveries.release(session, "one", NOON, but=[kept.delivery.id])
    assert [(one.delivery.id, one.delivery.tries) for one in await claimed(database, "three")] == [(2, 2)]


async def test_what_waits_for_a_channel_is_held_and_nothing_else(database: Database) -> None:
    await subscribed(database, "C1", "C1", "C2")
    await opened(database, due(1), due(2), due(3))
    async with database.writing() as session:
        await deliveries.hold(session, (FERRIES.platform, FERRIES.workspace, "C1"), NOON + HOUR)
        await deliveries.hold(session, (FERRIES.platform, FERRIES.workspace, "C1"), NOON + HOUR / 2)
    assert [one.try_at for one in await log(database)] == [NOON + HOUR, NOON + HOUR, NOON]


async def test_whoever_has_lost_a_claim_says_nothing_of_it_any_more_but_that_it_was_sent(database: Database) -> None:
    await subscribed(database, "C1")
    await opened(database, due())
    (lost,) = await claimed(database)
    (kept,) = await claimed(database, "two", NOON + HOUR)
    assert await recorded(database, Outcome(replace(lost.delivery, state=SKIPPED, reason="muted"))) == set()
    async with database.reading() as session:
        assert list(await deliveries.still_claimed(session, [lost.delivery, kept.delivery])) == [1]
    assert [kept.delivery] == await log(database)
    assert await recorded(database, sent(lost.delivery)) == {1}
    assert await recorded(database, sent(kept.delivery)) == set()
    async with database.reading() as session:
        assert await deliveries.still_claimed(session, [kept.delivery]) == {}


async def test_what_is_recorded_of_an_ended_subscription_is_nothing(database: Database) -> None:
    await subscribed(database, "C1")
    await opened(database, due())
    (claim,) = await claimed(database)
    async with database.writing() as session:
        await subscriptions.delete(session, 1)
    assert await recorded(database, sent(claim.delivery)) == set()
    assert await log(database) == []


async def test_what_is_covered_never_goes_back(database: Database) -> None:
    await subscribed(database, "C1", seen_quote=5)
    await opened(database, due(until_quote=9))
    (claim,) = await claimed(database)
    await recorded(database, sent(claim.delivery))
    await opened(database, due(at=NOON + DAY, until_quote=3))
    (claim,) = await claimed(database, now=NOON + DAY)
    await recorded(database, sent(claim.delivery))
    async with database.reading() as session:
        wish = await subscriptions.get(session, 1)
    assert wish is not None
    assert (wish.seen_quote, wish.seen_at) == (9, NOON)


async def test_what_is_begun_says_so_for_as_long_as_it_is_not_known_what_became_of_it(database: Database) -> None:
    await subscribed(database, "C1")
    await opened(database, due())
    (claim,) = await claimed(database)
    async with database.writing() as session:
        await deliveries.begin(session, [claim.delivery.id], now=NOON, lease_until=NOON + DAY)
    (one,) = await log(database)
    assert (one.begun_at, one.lease_until, one.state) == (NOON, NOON + DAY, CLAIMED)


async def test_what_has_ended_is_forgotten_after_its_time_and_what_waits_is_not(database: Database) -> None:
    await subscribed(database, "C1", "C2")
    await opened(database, due(1), due(2))
    await recorded(database, sent((await claimed(database))[0].delivery))
    async with database.writing() as session:
        await deliveries.forget(session, NOON)
        assert len(await deliveries.newest(session, subscription_id=None, channel=None, limit=9)) == 2
        await deliveries.forget(session, NOON + HOUR)
    assert [one.id for one in await log(database)] == [2]


async def test_deliveries_are_found_by_number_by_subscription_and_by_channel(database: Database) -> None:
    await subscribed(database, "C1", "C2")
    await opened(database, due(1), due(2))
    async with database.reading() as session:
        found = await deliveries.get(session, 2)
        assert found is not None
        assert (found[0].id, found[1].channel) == (2, "C2")
        assert [await deliveries.get(session, number) for number in STRANGE_NUMBERS] == [None] * len(STRANGE_NUMBERS)
        for number in STRANGE_NUMBERS:
            assert await deliveries.newest(session, subscription_id=number, channel=None, limit=9) == []
        there = (FERRIES.platform, FERRIES.workspace, "C2")
        assert await deliveries.newest(session, subscription_id=2, channel=there, limit=9) == [found]
        assert await deliveries.newest(session, subscription_id=1, channel=there, limit=9) == []
        assert len(await deliveries.newest(session, subscription_id=None, channel=None, limit=1)) == 1


async def test_the_newest_quote_is_the_one_with_the_greatest_number(database: Database) -> None:
    async with database.writing() as session:
        assert await deliveries.newest_quote(session) == 0
        stored = await store(session, "We row on. All of us.", "We row on", "All of us")
        assert await deliveries.newest_quote(session) == max(stored.quotes)

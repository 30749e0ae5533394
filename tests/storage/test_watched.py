from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import insert

from storage import speakers, subscriptions, watched
from storage.database import Database
from storage.records import DeliveryState, SubscriptionKind
from storage.schema import Delivery
from tests.storage.sample import DAY, HOUR, NOON, person, store
from tests.storage.test_subscriptions import FERRIES

ALERT = replace(FERRIES, kind=SubscriptionKind.ALERT, schedule="")


async def watch(database: Database, **wishes: Any) -> int:  # noqa: ANN401 - any field of the record
    async with database.writing() as session:
        return await subscriptions.add(session, replace(ALERT, **wishes), NOON)


async def waiting(database: Database, up_to: int = 10) -> list[int]:
    async with database.reading() as session:
        return [one.id for one in await watched.waiting(session, ["slack"], NOON, up_to)]


async def deliver(database: Database, number: int, state: DeliveryState, at: datetime = NOON, **given: Any) -> None:  # noqa: ANN401
    times = dict.fromkeys(("due_at", "since_at", "until_at", "try_at", "lease_until", "sent_at"), at)
    row = {"subscription_id": number, "kind": ALERT.kind, "state": state, "since_quote": 0, "until_quote": 1, "claimed_by": "one"}
    async with database.writing() as session:
        await session.execute(insert(Delivery).values(row | times | given))


@pytest.mark.parametrize(
    "wishes",
    [{}, {"next_due": NOON}, {"seen_quote": 9}],
    ids=["never looked at", "rested long enough", "one behind"],
)
async def test_an_alert_waits_for_what_is_newer_than_it_has_seen(database: Database, wishes: dict[str, Any]) -> None:
    number = await watch(database, **wishes)
    assert await waiting(database) == [number]


@pytest.mark.parametrize(
    "wishes",
    [{"seen_quote": 10}, {"next_due": NOON + HOUR}, {"platform": "discord"}, {"kind": SubscriptionKind.DIGEST}],
    ids=["has seen it", "rests", "another platform", "a digest"],
)
async def test_others_do_not_wait(database: Database, wishes: dict[str, Any]) -> None:
    await watch(database, **wishes)
    assert await waiting(database) == []


async def test_an_alert_that_is_paused_or_muted_does_not_wait(database: Database) -> None:
    paused, muted, heard_again = [await watch(database) for _ in range(3)]
    async with database.writing() as session:
        await subscriptions.pause(session, paused, NOON, "on leave")
        await subscriptions.mute(session, muted, NOON + HOUR, next_due=None)
        await subscriptions.mute(session, heard_again, NOON, next_due=None)
    assert await waiting(database) == [heard_again]


@pytest.mark.parametrize("state", DeliveryState)
async def test_an_alert_does_not_wait_while_its_last_one_is_about_to_be_posted(database: Database, state: DeliveryState) -> None:
    number = await watch(database)
    await deliver(database, number, state)
    assert await waiting(database) == ([] if state in {DeliveryState.DUE, DeliveryState.CLAIMED} else [number])


async def test_the_alerts_of_a_day_are_those_that_were_or_will_be_posted(database: Database) -> None:
    number, other = await watch(database), await watch(database)
    for hours, state in enumerate(DeliveryState):
        await deliver(database, number, state, NOON + HOUR * hours)
    await deliver(database, number, DeliveryState.SENT, NOON - DAY)
    await deliver(database, number, DeliveryState.SENT, NOON + DAY, kind=SubscriptionKind.DIGEST)
    told = [DeliveryState.DUE, DeliveryState.CLAIMED, DeliveryState.SENT, DeliveryState.UNCERTAIN]
    async with database.reading() as session:
        opened = await watched.alerts_opened(session, [number, other], NOON)
    assert opened == {number: [NOON + HOUR * hours for hours, state in enumerate(DeliveryState) if state in told]}


async def test_what_has_nothing_new_is_passed_over_together(database: Database) -> None:
    numbers = [await watch(database) for _ in range(3)]
    async with database.writing() as session:
        await watched.pass_over(session, numbers[:2], 7, NOON + HOUR)
    async with database.reading() as session:
        found = [await subscriptions.get(session, number) for number in numbers]
    assert [(one.seen_quote, one.seen_at) for one in found if one] == [(7, NOON + HOUR), (7, NOON + HOUR), (0, None)]


async def test_those_heard_are_given_by_all_that_they_are_called(database: Database) -> None:
    async with database.writing() as session:
        before = await store(session, "We row.", "We row", speaker=person("Ann Bell"))
        annie = await store(session, "We swim.", "We swim", speaker=person("Annie Bell", "the captain"))
        await speakers.set_merged(session, {before.speakers[0]: annie.speakers[0]})
        last = await store(session, "We fly.", "We fly", speaker=person("Bo Lund"))
        await store(session, "It rains.", "It rains")
    async with database.reading() as session:
        heard = await watched.speakers_heard(session, before.quotes[0], last.quotes[0] + 1)
        none = await watched.speakers_heard(session, last.quotes[0], last.quotes[0] + 1)
    assert sorted(map(sorted, heard)) == [["ann", "annie", "bell", "captain", "the"], ["bo", "lund"]]
    assert none == []

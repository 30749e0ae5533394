"""What happens to deliveries when people change things meanwhile, when we make mistakes, when the store fails, and when a process ends."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.delivery.handover import Handover
from bot.digests.outcomes import Pace
from bot.errors import NotFound, NotNow, NotUnderstood, Uncertain
from storage import deliveries, subscriptions
from storage.database import Database
from storage.errors import DiskFull
from storage.records import Claim, DeliveryState, NewDelivery, NewSubscription, SubscriptionKind, WhenEmpty
from tests.bot.desks import FERRIES, Desk
from tests.databases import sqlite_alone
from tests.fakes.held import Held
from tests.fakes.poster import Trouble

engine = sqlite_alone

DUE, SENT, SKIPPED, FAILED = DeliveryState.DUE, DeliveryState.SENT, DeliveryState.SKIPPED, DeliveryState.FAILED
HASTY = Pace(send=timedelta(milliseconds=20), again=timedelta(milliseconds=1), ending=timedelta(milliseconds=50))
TIDES = replace(FERRIES, topic="tides")


@pytest.fixture
def desk(database: Database) -> Desk:
    """A desk over an empty store, on each engine."""
    return Desk(database)


def paused(desk: Desk) -> Awaitable[None]:
    return desk.write(subscriptions.pause, 1, desk.clock.now, "by Ed")


def muted(desk: Desk) -> Awaitable[None]:
    return desk.write(subscriptions.mute, 1, desk.clock.now + timedelta(days=1))


def ended(desk: Desk) -> Awaitable[None]:
    return desk.write(subscriptions.delete, 1)


def changed(desk: Desk) -> Awaitable[None]:
    return desk.write(subscriptions.change, 1, replace(TIDES, next_due=desk.clock.now + timedelta(hours=1)))


Change = Callable[[Desk], Awaitable[None]]


# --- changed meanwhile ----------------------------------------------------------------------------


@pytest.mark.parametrize(("change", "reason"), [(paused, "paused: by Ed"), (muted, "muted")])
async def test_what_is_paused_or_muted_between_claim_and_send_is_not_posted(desk: Desk, change: Change, reason: str) -> None:
    await desk.subscribed()
    await desk.has_read("We row on")
    desk.digests.meanwhile = lambda: change(desk)
    assert (await desk.deliver()).skipped == 1
    assert desk.poster.tried == []
    (one,) = await desk.log()
    assert (one.state, one.reason, one.begun_at) == (SKIPPED, reason, None)
    assert (await desk.subscription()).seen_quote == 0


async def test_what_is_ended_between_claim_and_send_is_not_posted(desk: Desk) -> None:
    await desk.subscribed()
    desk.digests.meanwhile = lambda: ended(desk)
    assert (await desk.deliver()).put_back == 0
    assert desk.poster.tried == []
    assert await desk.log() == []


async def test_what_is_changed_between_claim_and_send_is_posted_as_it_is_wanted_now(desk: Desk) -> None:
    await desk.subscribed()
    await desk.has_read("We row on")
    desk.digests.meanwhile = lambda: changed(desk)
    assert (await desk.deliver()).sent == 1
    assert desk.said == [("C1", "1 new about tides.")]


@pytest.mark.parametrize("change", [paused, muted, changed, ended])
async def test_what_is_changed_while_it_is_being_sent_is_recorded_as_sent_unless_it_ended(desk: Desk, change: Change) -> None:
    await desk.subscribed()
    await desk.has_read("We row on")
    desk.poster.fail("C1", Trouble(meanwhile=lambda: change(desk)))
    tally = await desk.deliver()
    assert len(desk.poster.posted) == 1
    assert (tally.sent, await desk.states()) == ((0, []) if change is ended else (1, [SENT]))


async def test_a_lost_post_of_what_is_paused_meanwhile_is_looked_for_and_not_sent_again(desk: Desk) -> None:
    await desk.subscribed()
    desk.poster.fail("C1", Trouble(before=Uncertain("The connection broke off.")))
    await desk.deliver()
    await paused(desk)
    assert (await desk.deliver(seconds=10)).skipped == 1
    assert len(desk.poster.looked) == len(desk.poster.tried) == 1


# --- nothing new ----------------------------------------------------------------------------------


async def test_of_nothing_new_a_line_is_posted_or_silence_is_kept_as_the_channel_wants_it(desk: Desk) -> None:
    await desk.subscribed("C1")
    await desk.subscribed("C2", when_empty=WhenEmpty.SILENCE)
    tally = await desk.deliver()
    assert (tally.sent, tally.skipped) == (1, 1)
    assert desk.said == [("C1", "0 new about ferries.")]
    silent = (await desk.log())[1]
    assert (silent.reason, silent.closed_at) == ("nothing new", desk.clock.now)
    assert (await desk.subscription(2)).seen_at == desk.clock.now


async def test_the_rest_of_a_day_that_had_all_its_alerts_says_what_it_is(desk: Desk) -> None:
    await desk.subscribed(kind=SubscriptionKind.ALERT, schedule="", next_due=None, seen_at=desk.clock.now)
    await desk.has_read("We row on")
    wish, morning = await desk.subscription(), desk.clock.now + timedelta(hours=20)
    rest = NewDelivery(1, SubscriptionKind.DIGEST, morning, 0, 1, wish.seen_at or desk.clock.now, morning)
    await desk.write(deliveries.open_all, [rest], desk.clock.now)
    await desk.deliver(hours=20)
    line = "What came after the last alert of Friday: 1 new about ferries."
    assert desk.said == [("C1", line)]
    assert (await desk.delivering.whole(1)).understood == line


# --- mistakes of ours -----------------------------------------------------------------------------


async def test_a_mistake_in_one_digest_marks_that_one_and_leaves_the_others_alone(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    for channel in ("C1", "C2", "C3"):
        await desk.subscribed(channel)
    await desk.has_read("We row on")
    desk.digests.mishaps["C2"] = ZeroDivisionError("of ours")
    tally = await desk.deliver()
    assert (tally.sent, tally.failed) == (2, 1)
    failed = (await desk.log())[1]
    assert failed.mark
    assert failed.mark in (failed.reason or "")
    assert failed.mark in caplog.text
    assert (await desk.subscription(2)).seen_quote == 0


async def test_what_cannot_be_understood_any_more_fails_with_the_reason(desk: Desk) -> None:
    await desk.subscribed()
    desk.digests.mishaps["C1"] = NotUnderstood("There is no such outlet.", "Choose another.")
    assert (await desk.deliver()).failed == 1
    assert (await desk.log())[0].reason == "There is no such outlet. Choose another."


@pytest.mark.parametrize("when", ["before", "after"])
async def test_after_a_mistake_while_posting_the_channel_is_looked_at_and_nothing_is_sent_again(desk: Desk, when: str) -> None:
    await desk.subscribed()
    desk.poster.fail("C1", Trouble(**{when: KeyError("of ours")}))  # type: ignore[arg-type]
    await desk.deliver()
    await desk.deliver(seconds=10)
    assert len(desk.poster.tried) == 1
    assert await desk.states() == [FAILED if when == "before" else SENT]


async def test_a_mistake_while_looking_is_tried_again(desk: Desk) -> None:
    await desk.subscribed()
    desk.poster.fail("C1", Trouble(before=Uncertain("The connection broke off.")))
    desk.poster.blind = KeyError("of ours")
    await desk.deliver()
    await desk.deliver(seconds=10)
    desk.poster.blind = None
    assert (await desk.deliver(seconds=10)).sent == 1


async def test_words_that_no_store_holds_do_not_keep_a_delivery_from_being_recorded(desk: Desk) -> None:
    await desk.subscribed()
    desk.poster.fail("C1", Trouble(before=NotNow("Away\x00 \udc80now.", seconds=1)))
    await desk.deliver()
    assert (await desk.log())[0].reason == "Away now."


# --- the store fails ------------------------------------------------------------------------------


async def test_a_store_that_is_busy_before_anything_is_claimed_loses_nothing(
    desk: Desk, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    await desk.subscribed()
    hasty = Database(database_url, busy_seconds=0.02)
    async with desk.database.writing():
        assert (await desk.process(hasty).deliver({"slack": desk.poster}, "hasty")).sent == 0
    await hasty.close()
    assert "What is due waits: The database" in caplog.text
    assert (await desk.deliver()).sent == 1


async def test_a_store_that_is_busy_after_a_post_is_asked_again_until_it_is_recorded(
    database: Database, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    desk, warned = Desk(database, pace=HASTY), asyncio.Event()

    def warn(record: logging.LogRecord) -> bool:
        warned.set()
        return bool(record)

    caplog.handler.addFilter(warn)
    await desk.subscribed()
    hasty = Database(database_url, busy_seconds=0.02)
    async with AsyncExitStack() as other:
        desk.poster.fail("C1", Trouble(meanwhile=lambda: other.enter_async_context(database.writing())))
        running = asyncio.create_task(desk.process(hasty).deliver({"slack": desk.poster}, "hasty"))
        await warned.wait()
        await other.aclose()
        assert (await running).sent == 1
    await hasty.close()
    assert "was sent, which cannot be recorded yet: The database" in caplog.text
    assert await desk.states() == [SENT]


async def test_a_post_that_can_never_be_recorded_is_found_in_the_channel_when_its_lease_has_ended(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> set[int]:
        desk.clock.forward(minutes=1)
        raise DiskFull("There is no room left.")

    await desk.subscribed()
    desk.pace = HASTY
    with monkeypatch.context() as patched:
        patched.setattr(deliveries, "record", full)
        tally = await desk.process().deliver({"slack": desk.poster}, "full")
    assert tally.sent == 0
    assert (await desk.deliver(minutes=2)).sent == 1
    assert len(desk.poster.posted) == 1


async def test_what_was_taken_over_meanwhile_is_still_recorded_as_sent_by_whoever_sent_it(desk: Desk) -> None:
    async def another_takes_over() -> None:
        now = desk.clock.now + desk.pace.lease
        await desk.write(deliveries.claim, ["slack"], "other", now=now, lease_until=now + desk.pace.lease, limit=9)

    await desk.subscribed()
    desk.poster.fail("C1", Trouble(meanwhile=another_takes_over))
    assert (await desk.deliver()).sent == 1
    assert await desk.states() == [SENT]


async def test_what_was_taken_over_before_it_began_is_left_to_whoever_has_it_now(desk: Desk) -> None:
    async def another_takes_over() -> None:
        now = desk.clock.now + desk.pace.lease
        await desk.write(deliveries.claim, ["slack"], "other", now=now, lease_until=now + desk.pace.lease, limit=9)

    await desk.subscribed()
    desk.digests.meanwhile = another_takes_over
    assert (await desk.deliver()).put_back == 0
    assert desk.poster.tried == []
    assert [one.claimed_by for one in await desk.log()] == ["other"]


async def test_what_took_so_long_to_begin_that_its_lease_might_end_is_begun_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begin = deliveries.begin

    async def begun_slowly(*given: Any, **named: Any) -> None:  # noqa: ANN401 - passed on
        await begin(*given, **named)
        desk.clock.forward(seconds=80)
        monkeypatch.undo()

    await desk.subscribed()
    monkeypatch.setattr(deliveries, "begin", begun_slowly)
    tally = await desk.deliver()
    assert (tally.put_back, tally.sent, len(desk.poster.tried)) == (1, 1, 1)
    assert desk.poster.looked == []


# --- the process ends -----------------------------------------------------------------------------


async def test_a_process_that_is_told_to_end_finishes_what_it_sends_and_gives_the_rest_back(desk: Desk) -> None:
    held = Held()
    for topic in ("ferries", "tides", "boats"):
        await desk.subscribed(topic=topic)
    desk.poster.fail("C1", Trouble(held=held))
    running = asyncio.create_task(desk.deliver())
    await held.arrived.wait()
    running.cancel()
    await asyncio.sleep(0)
    held.release()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert await desk.states() == [SENT, DUE, DUE]
    assert len(desk.poster.tried) == 1
    assert (await desk.process().deliver({"slack": desk.poster}, "next")).sent == 2


async def test_what_was_claimed_just_when_the_process_was_told_to_end_is_given_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = deliveries.claim

    async def claimed_and_cancelled(*given: Any, **named: Any) -> list[Claim]:  # noqa: ANN401 - passed on
        found = await claim(*given, **named)
        await given[0].commit()
        running.cancel()
        return found

    await desk.subscribed()
    monkeypatch.setattr(deliveries, "claim", claimed_and_cancelled)
    running = asyncio.create_task(desk.deliver())
    with pytest.raises(asyncio.CancelledError):
        await running
    assert await desk.states() == [DUE]


async def test_what_is_put_together_when_the_process_is_told_to_end_is_not_posted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told, end_of_round = asyncio.Event(), Handover.end

    def ended(handover: Handover) -> None:
        end_of_round(handover)
        told.set()

    async def end() -> None:
        running.cancel()
        await told.wait()

    await desk.subscribed()
    monkeypatch.setattr(Handover, "end", ended)
    desk.digests.meanwhile = end
    running = asyncio.create_task(desk.deliver())
    with pytest.raises(asyncio.CancelledError):
        await running
    assert desk.poster.tried == []
    (one,) = await desk.log()
    assert (one.state, one.begun_at) == (DUE, None)


async def test_what_hangs_when_the_process_is_told_to_end_is_given_back_to_be_looked_for(database: Database) -> None:
    desk, held = Desk(database, pace=replace(HASTY, send=timedelta(seconds=45))), Held()
    await desk.subscribed()
    desk.poster.fail("C1", Trouble(held=held))
    running = asyncio.create_task(desk.deliver())
    await held.arrived.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    (one,) = await desk.log()
    assert (one.state, one.begun_at, one.try_at) == (DUE, desk.clock.now, desk.clock.now + desk.pace.settling)
    assert (await desk.deliver(seconds=10)).sent == 1
    assert len(desk.poster.looked) == 1


# --- asked for, and looked at ---------------------------------------------------------------------


async def test_what_is_asked_for_now_comes_beside_the_schedule(desk: Desk) -> None:
    later = desk.clock.now + timedelta(hours=1)
    await desk.subscribed(next_due=later)
    await desk.has_read("We row on")
    async with desk.database.writing() as session:
        assert await desk.delivering.open_now(session, await desk.subscription(), desk.clock.now)
    assert (await desk.deliver()).sent == 1
    wish = await desk.subscription()
    assert (wish.next_due, wish.seen_quote) == (later, 1)


async def test_what_is_being_sent_is_not_sent_now_as_well(desk: Desk) -> None:
    opened: list[bool] = []

    async def ask_for_it() -> None:
        async with desk.database.writing() as session:
            opened.append(await desk.delivering.open_now(session, await desk.subscription(), desk.clock.now + timedelta(seconds=1)))

    await desk.subscribed()
    desk.poster.fail("C1", Trouble(meanwhile=ask_for_it))
    await desk.deliver()
    assert opened == [False]
    assert len(await desk.log()) == 1


async def test_the_log_has_what_was_posted_and_why_something_was_not_newest_first(desk: Desk) -> None:
    await desk.subscribed("C1")
    await desk.subscribed("C2", when_empty=WhenEmpty.SILENCE, topic="tides")
    await desk.deliver()
    newest, oldest = await desk.delivering.listed()
    assert (newest.what, newest.state, newest.reason) == ("about tides", SKIPPED, "nothing new")
    assert (oldest.what, oldest.state, oldest.reason, oldest.sent_at) == ("about ferries", SENT, "", desk.clock.now)
    assert await desk.delivering.listed(2) == await desk.delivering.listed(place=newest.channel) == (newest,)
    assert await desk.delivering.listed(2, oldest.channel) == await desk.delivering.listed(10**30) == ()


async def test_all_of_what_was_posted_can_be_had_until_it_is_forgotten(desk: Desk) -> None:
    await desk.subscribed()
    await desk.has_read("We row on")
    await desk.deliver()
    assert (await desk.delivering.whole(1)).understood == "1 new about ferries."
    desk.clock.forward(days=91)
    await desk.delivering.tick("one")
    for number in (1, 10**30):
        with pytest.raises(NotFound, match="posted too long ago"):
            await desk.delivering.whole(number)


async def test_the_figures_count_the_last_day_and_what_waits_by_workspace(desk: Desk) -> None:
    await desk.subscribed("C1")
    await desk.subscribed("C2", when_empty=WhenEmpty.SILENCE)
    await desk.subscribed("C3", workspace="T2")
    desk.digests.mishaps["C3"] = ZeroDivisionError()
    await desk.write(subscriptions.pause, await desk.subscribed("C4"), desk.clock.now, "by Ed")
    await desk.deliver()
    desk.poster.fail("C1", Trouble(before=NotNow("Away.", seconds=90)))
    await desk.deliver(hours=23)
    await desk.delivering.tick("one")
    figures, here = await desk.delivering.figures(), await desk.delivering.figures(("slack", "T1"))
    assert (figures.sent, figures.skipped, figures.failed, figures.uncertain) == (1, 1, 1, 0)
    assert (figures.running, figures.paused, figures.due) == (3, 1, 0)
    assert (here.sent, here.skipped, here.failed, here.running, here.paused) == (1, 1, 0, 2, 1)
    assert figures.last_tick == here.last_tick == desk.clock.now
    await desk.deliver(hours=1)
    later = await desk.delivering.figures()
    assert (later.sent, later.due) == (0, 1)


async def test_a_tick_is_written_once_in_some_seconds_and_also_when_the_clock_went_back(desk: Desk) -> None:
    first = desk.clock.now
    await desk.delivering.tick("one")
    desk.clock.forward(seconds=4)
    await desk.delivering.tick("one")
    assert (await desk.delivering.figures()).last_tick == first
    desk.clock.forward(hours=-1)
    await desk.delivering.tick("one")
    assert (await desk.delivering.figures()).last_tick == desk.clock.now


async def test_processes_that_are_long_gone_are_forgotten(desk: Desk) -> None:
    await desk.process().tick("gone")
    desk.clock.forward(days=8)
    await desk.delivering.tick("one")
    async with desk.database.reading() as session:
        assert [row.process for row in await session.execute(text("SELECT process FROM ticks"))] == ["one"]


async def test_hundreds_that_are_due_at_once_share_their_transactions(desk: Desk) -> None:
    wanted: list[NewSubscription] = [replace(FERRIES, channel=f"C{number}", next_due=desk.clock.now) for number in range(60)]
    async with desk.database.writing() as session:
        for one in wanted:
            await subscriptions.add(session, one, desk.clock.now)
    writing, transactions = desk.database.writing, []
    desk.database.writing = lambda: transactions.append(1) or writing()  # type: ignore[method-assign,func-returns-value]
    assert (await desk.deliver()).sent == 60
    assert len(transactions) < 60

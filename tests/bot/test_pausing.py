"""What cannot go on for ever: failures, lost posts, limits and slow channels each have an end, and whom it concerns is told."""

from collections.abc import Hashable
from datetime import timedelta
from typing import Any

import pytest

from bot.digests.compiled import Compiled
from bot.digests.outcomes import Pace
from bot.errors import CannotPost, NotNow, Uncertain
from bot.watching import Watching
from storage import subscriptions
from storage.database import Database
from storage.errors import DatabaseBusy
from storage.records import DeliveryState, WhenEmpty
from tests.bot.desks import CountingDigests, Desk
from tests.databases import sqlite_alone
from tests.fakes.held import Held
from tests.fakes.poster import FakePoster, Trouble

engine = sqlite_alone

DUE, SENT, SKIPPED, FAILED = DeliveryState.DUE, DeliveryState.SENT, DeliveryState.SKIPPED, DeliveryState.FAILED
LOST = Trouble(before=Uncertain("The connection broke off."))
ARCHIVED = CannotPost("The channel is archived.", "Bring it back.")


@pytest.fixture
def desk(database: Database) -> Desk:
    """A desk over an empty store, on each engine."""
    return Desk(database)


# --- failing again and again ----------------------------------------------------------------------


async def test_what_fails_three_times_in_a_row_is_paused_and_its_owner_is_told_once(desk: Desk) -> None:
    await desk.subscribed("C1")
    await desk.subscribed("C2")
    desk.digests.mishaps["C1"] = ZeroDivisionError("of ours")
    for _ in range(5):
        await desk.deliver(days=1)
    assert [one.state for one in await desk.log() if one.subscription_id == 1] == [FAILED] * 3
    ((owner, reply),) = desk.poster.told
    last = (await desk.log())[4]
    assert (owner, str(last.mark) in reply.understood) == ("U1", True)
    assert reply.understood.startswith("Digest 1 is paused: It failed 3 times in a row. There was a mistake in Verbatim itself")
    assert (await desk.subscription(1)).seen_quote == 0
    assert (await desk.subscription(2)).paused_at is None


async def test_what_works_in_between_has_not_failed_in_a_row(desk: Desk) -> None:
    await desk.subscribed()
    for fails in (True, True, False, True, True):
        desk.digests.mishaps = {"C1": ZeroDivisionError("of ours")} if fails else {}
        await desk.deliver(days=1)
    assert (await desk.subscription()).paused_at is None
    assert desk.poster.told == []


async def test_what_is_lost_again_and_again_is_given_up_after_an_hour_and_is_in_the_next_one(desk: Desk) -> None:
    await desk.subscribed()
    await desk.has_read("We row on")
    desk.poster.fail("C1", *[LOST] * 100)
    for _ in range(60):
        await desk.deliver(minutes=5)
    (one,) = await desk.log()
    assert (one.state, one.reason) == (FAILED, f"It was tried {one.tries} times. The connection broke off.")
    assert len(desk.poster.tried) < 20
    desk.poster.fail("C1")
    desk.poster._coming.clear()
    await desk.deliver(days=1)
    assert desk.said == [("C1", "1 new about ferries.")]


async def test_the_owner_of_a_digest_whose_schedule_cannot_be_followed_is_told(desk: Desk) -> None:
    await desk.subscribed(time_zone="Mars/Olympus")
    await desk.deliver()
    await desk.deliver(days=1)
    ((_, reply),) = desk.poster.told
    assert reply.understood.startswith("Digest 1 is paused: Its schedule cannot be followed; the log has it under ")


async def test_a_store_that_is_busy_at_a_pause_leaves_nothing_half_done(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def busy(*_: object, **__: object) -> None:
        raise DatabaseBusy("The database is busy.")

    await desk.subscribed()
    desk.poster.fail("C1", Trouble(before=ARCHIVED), Trouble(before=ARCHIVED))
    with monkeypatch.context() as patched:
        patched.setattr(subscriptions, "pause_all", busy)
        await desk.deliver()
    assert (await desk.states(), desk.poster.told) == ([DeliveryState.CLAIMED], [])
    await desk.deliver(minutes=2)
    assert (await desk.states(), len(desk.poster.told)) == ([FAILED], 1)
    assert (await desk.subscription()).paused_reason == "The channel is archived."


async def test_a_channel_that_is_gone_when_it_is_looked_at_is_one_message_to_the_owner(desk: Desk) -> None:
    await desk.subscribed()
    desk.poster.fail("C1", LOST)
    await desk.deliver()
    desk.poster.blind = ARCHIVED
    await desk.deliver(seconds=10)
    assert await desk.states() == [DeliveryState.UNCERTAIN]
    assert [reply.understood for _, reply in desk.poster.told] == ["Digest 1 is paused: The channel is archived."]


async def test_an_owner_whom_no_message_reaches_holds_up_nothing(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    await desk.subscribed()
    desk.poster.lets_tell = False
    desk.poster.fail("C1", Trouble(before=ARCHIVED))
    await desk.deliver()
    assert "Somebody could not be told: Digest 1 is paused: The channel is archived." in caplog.text


# --- limits, and channels that are slow -----------------------------------------------------------


@pytest.mark.parametrize(("seconds", "waits"), [(0, 1), (-5, 1), (float("inf"), 3600), (float("nan"), 3600), (1e12, 3600)])
async def test_a_limit_that_makes_no_sense_is_kept_to_as_far_as_it_does(desk: Desk, seconds: float, waits: int) -> None:
    await desk.subscribed()
    desk.poster.fail("C1", Trouble(before=NotNow("Too many requests.", seconds=seconds)))
    await desk.deliver()
    assert (await desk.log())[0].try_at == desk.clock.now + timedelta(seconds=waits)


async def test_a_limit_holds_for_all_that_waits_for_the_channel_also_what_was_not_claimed_yet(desk: Desk) -> None:
    for number in range(9):
        await desk.subscribed("C1", topic=f"topic {number}")
    desk.poster.fail("C1", Trouble(before=NotNow("Too many requests.", seconds=30)))
    await desk.deliver()
    assert len(desk.poster.tried) == 1
    assert {one.try_at for one in await desk.log()} == {desk.clock.now + timedelta(seconds=30)}


async def test_a_channel_in_which_a_post_takes_too_long_rests(database: Database) -> None:
    desk = Desk(database, pace=Pace(send=timedelta(milliseconds=20)))
    for topic in ("ferries", "tides", "boats"):
        await desk.subscribed(topic=topic)
    desk.poster.fail("C1", Trouble(held=Held()))
    assert (await desk.deliver()).put_back == 3
    assert len(desk.poster.tried) == 1
    assert (await desk.deliver(seconds=10)).sent == 3


async def test_a_channel_with_a_great_many_that_hangs_does_not_hold_up_the_others(database: Database) -> None:
    desk, held = Desk(database), Held()

    async def let_the_other_go() -> None:
        await held.arrived.wait()
        held.release()

    for number in range(100):
        await desk.subscribed("C1", topic=f"topic {number}")
    await desk.subscribed("C2")
    desk.poster.fail("C1", Trouble(held=held))
    desk.poster.fail("C2", Trouble(meanwhile=let_the_other_go))
    assert (await desk.deliver()).sent == 101
    assert [post.channel.channel for post in desk.poster.posted[:2]] == ["C2", "C1"]


async def test_whoever_watches_a_round_sees_it_get_on_also_where_nothing_is_posted(desk: Desk) -> None:
    for channel in ("C1", "C2"):
        await desk.subscribed(channel, when_empty=WhenEmpty.SILENCE)
    got_on: list[bool] = []
    await desk.delivering.deliver({"slack": desk.poster}, "one", lambda: got_on.append(True))
    assert (len(got_on), desk.poster.tried) == (2, [])


# --- what nobody sees -----------------------------------------------------------------------------


async def test_a_mistake_in_looking_for_what_is_new_costs_no_digest(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def mistaken(*_: object) -> None:
        raise KeyError("of ours")

    await desk.subscribed()
    monkeypatch.setattr(Watching, "look", mistaken)
    tally = await desk.deliver()
    assert (tally.sent, tally.mistakes) == (1, 1)


async def test_what_no_process_could_post_for_a_week_is_closed_and_is_in_the_next_one(desk: Desk) -> None:
    await desk.subscribed()
    await desk.has_read("We row on")
    desk.poster.fail("C1", Trouble(before=NotNow("Away.", seconds=60)))
    await desk.deliver()
    await desk.delivering.tick("one")
    desk.poster.is_ready = False
    await desk.deliver(days=8)
    await desk.delivering.tick("one")
    (one,) = await desk.log()
    assert (one.state, one.reason) == (SKIPPED, "Nothing could be posted there for a week.")
    desk.poster.is_ready = True
    await desk.deliver()
    assert desk.said == [("C1", "1 new about ferries.")]


async def test_clocks_that_differ_are_warned_of(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    await desk.delivering.tick("one")
    desk.clock.forward(seconds=-30)
    await desk.process().tick("two")
    assert "clocks" not in caplog.text
    desk.clock.forward(seconds=-1)
    await desk.process().tick("three")
    assert "What is due was looked for 31 seconds later than it is now: the clocks of two machines differ" in caplog.text


async def test_what_was_put_together_is_kept_for_others_for_a_minute_at_most(database: Database) -> None:
    class Keeping(CountingDigests):
        async def of_delivery(self, delivery: Any, subscription: Any, kept: dict[Hashable, Compiled] | None = None) -> Compiled:  # noqa: ANN401
            compiled = await super().of_delivery(delivery, subscription)
            assert kept is not None
            before.append(len(kept))
            kept[delivery.id] = compiled
            desk.clock.forward(seconds=30)
            return compiled

    before: list[int] = []
    desk = Desk(database)
    desk.digests = Keeping()
    for number in range(4):
        await desk.subscribed(topic=f"topic {number}")
    await desk.process().deliver({"slack": FakePoster()}, "one")
    assert before == [0, 1, 0, 1]

"""What is due is posted once: whoever looks, however late, and whatever fails between the claim and the record."""

import asyncio
from datetime import timedelta

import pytest

from bot.callers import Channel
from bot.delivery.posting import Post
from bot.digests.outcomes import Pace
from bot.errors import CannotPost, NotNow, Uncertain
from bot.replies import Reply
from storage import deliveries, subscriptions
from storage.database import Database
from storage.records import DeliveryState
from tests.bot.desks import Desk
from tests.fakes.held import Held
from tests.fakes.poster import FakePoster, Trouble
from tests.newsrooms import LONDON

DUE, SENT, SKIPPED = DeliveryState.DUE, DeliveryState.SENT, DeliveryState.SKIPPED
FAILED, UNCERTAIN = DeliveryState.FAILED, DeliveryState.UNCERTAIN
DEAF = Uncertain("The connection broke off.")
ARCHIVED = CannotPost("The channel is archived.", "Bring it back.")


@pytest.fixture
def desk(database: Database) -> Desk:
    """A desk over an empty store, on each engine."""
    return Desk(database)


async def test_a_digest_that_is_due_is_posted_once_and_recorded(desk: Desk) -> None:
    await desk.subscribed()
    await desk.has_read("We row on", "All of us")
    assert (await desk.deliver()).sent == 1
    assert (await desk.deliver()).sent == 0
    assert desk.said == [("C1", "2 new about ferries.")]
    (one,) = await desk.log()
    assert (one.state, one.message_ref, one.sent_at, one.tries) == (SENT, "0", desk.clock.now, 1)
    wish = await desk.subscription()
    assert (wish.seen_quote, wish.seen_at, wish.next_due) == (2, desk.clock.now, desk.clock.now + timedelta(days=1))


async def test_the_next_digest_begins_where_the_last_one_ended(desk: Desk) -> None:
    await desk.subscribed()
    await desk.has_read("We row on")
    await desk.deliver()
    await desk.has_read("All of us", "And on")
    await desk.deliver(days=1)
    assert desk.said == [("C1", "1 new about ferries."), ("C1", "2 new about ferries.")]
    first, second = await desk.log()
    assert second.since_at == first.until_at


async def test_quotes_that_were_removed_meanwhile_are_none_that_are_new(desk: Desk) -> None:
    await desk.subscribed(seen_quote=5)
    await desk.has_read("We row on")
    await desk.deliver()
    assert desk.said == [("C1", "0 new about ferries.")]


async def test_a_digest_that_was_due_while_the_process_was_down_is_posted_late_and_three_days_make_one(desk: Desk) -> None:
    await desk.subscribed()
    await desk.has_read("We row on")
    await desk.deliver(days=3, hours=1)
    assert desk.said == [("C1", "1 new about ferries.")]
    (one,) = await desk.log()
    assert one.due_at == desk.clock.now - timedelta(hours=1)
    assert (await desk.subscription()).next_due == desk.clock.now + timedelta(hours=23)


async def test_four_processes_that_run_the_same_schedule_post_each_digest_once(desk: Desk) -> None:
    for number in range(12):
        await desk.subscribed(f"C{number % 5}", topic=f"topic {number}")
    await desk.has_read("We row on")
    tallies = await asyncio.gather(*(desk.process().deliver({"slack": desk.poster}, f"process {name}") for name in range(4)))
    assert sum(tally.sent for tally in tallies) == 12
    assert len(desk.poster.tried) == len({post.key for post in desk.poster.tried}) == 12


async def test_a_post_that_was_accepted_though_the_reply_timed_out_is_not_posted_again(desk: Desk) -> None:
    await desk.subscribed()
    desk.poster.fail("C1", Trouble(after=DEAF))
    assert (await desk.deliver()).put_back == 1
    assert (await desk.deliver(seconds=10)).sent == 1
    assert len(desk.poster.tried) == 1
    (one,) = await desk.log()
    assert (one.state, one.message_ref, one.sent_at) == (SENT, "0", desk.clock.now - timedelta(seconds=10))


async def test_a_post_that_was_lost_is_sent_again_but_not_before_it_is_certain(desk: Desk) -> None:
    await desk.subscribed()
    desk.poster.fail("C1", Trouble(before=DEAF))
    await desk.deliver()
    assert (await desk.deliver(seconds=9)).sent == 0
    assert desk.poster.looked == []
    assert (await desk.deliver(seconds=1)).sent == 1
    assert len(desk.poster.looked) == 1
    assert [post.key for post in desk.poster.tried] == ["verbatim-1", "verbatim-1"]


async def test_a_post_that_hangs_is_given_up_and_looked_for(database: Database) -> None:
    desk, held = Desk(database, pace=Pace(send=timedelta(milliseconds=20))), Held()
    await desk.subscribed()
    desk.poster.fail("C1", Trouble(held=held))
    assert (await desk.deliver()).put_back == 1
    assert (await desk.deliver(seconds=10)).sent == 1
    assert len(desk.poster.posted) == 1


async def test_a_channel_that_cannot_be_looked_at_makes_it_uncertain_and_the_owner_is_told_once(desk: Desk) -> None:
    await desk.subscribed()
    await desk.has_read("We row on")
    desk.poster.fail("C1", Trouble(after=DEAF))
    desk.poster.blind = Uncertain("The history cannot be read.")
    await desk.deliver()
    waits: list[timedelta] = []
    while (await desk.states()) == [DUE]:
        waits.append((await desk.log())[0].try_at - desk.clock.now)
        await desk.deliver(seconds=waits[-1].total_seconds())
    assert waits == sorted(waits)
    assert len(desk.poster.looked) == len(waits)
    assert timedelta(minutes=10) <= sum(waits[1:], timedelta()) < timedelta(minutes=20)
    assert len(desk.poster.tried) == 1
    ((owner, reply),) = desk.poster.told
    assert owner == "U1"
    assert "may or may not have been posted" in reply.understood
    assert "The history cannot be read." in reply.understood
    assert await desk.states() == [UNCERTAIN]
    assert (await desk.subscription()).seen_quote == 1


async def test_a_channel_that_can_be_looked_at_again_in_time_settles_it(desk: Desk) -> None:
    await desk.subscribed()
    desk.poster.fail("C1", Trouble(before=DEAF))
    desk.poster.blind = NotNow("Too many requests.", seconds=60)
    await desk.deliver()
    await desk.deliver(seconds=10)
    await desk.deliver(seconds=59)
    assert len(desk.poster.looked) == 1
    desk.poster.blind = None
    assert (await desk.deliver(seconds=1)).sent == 1
    assert desk.poster.told == []


@pytest.mark.parametrize("died", ["before it began", "before it posted", "before it recorded"])
async def test_a_process_that_is_killed_is_taken_over_when_its_lease_ends_and_posts_nothing_twice(desk: Desk, died: str) -> None:
    number = await desk.subscribed(next_due=desk.clock.now + timedelta(hours=1))
    now, lease = desk.clock.now, desk.clock.now + desk.pace.lease
    async with desk.database.writing() as session:
        await desk.delivering.open_now(session, await desk.subscription(number), now)
        (claim,) = await deliveries.claim(session, ["slack"], "dead", now=now, lease_until=lease, limit=9)
        if died != "before it began":
            await deliveries.begin(session, [claim.delivery.id], now=now, lease_until=lease)
    if died == "before it recorded":
        await desk.poster.post(Post(1, "verbatim-1", Channel("slack", "T1", "C1"), (Reply("Posted."),), now, LONDON))
    assert (await desk.deliver(seconds=119)).sent == 0
    assert (await desk.deliver(seconds=1)).sent == 1
    assert len(desk.poster.posted) == 1
    assert len(desk.poster.looked) == (died != "before it began")


async def test_what_was_taken_over_at_once_is_not_looked_for_before_it_can_have_come(desk: Desk) -> None:
    number, now = await desk.subscribed(next_due=desk.clock.now + timedelta(hours=1)), desk.clock.now
    async with desk.database.writing() as session:
        await desk.delivering.open_now(session, await desk.subscription(number), now)
        (claim,) = await deliveries.claim(session, ["slack"], "dead", now=now, lease_until=now, limit=9)
        await deliveries.begin(session, [claim.delivery.id], now=now, lease_until=now)
    await desk.deliver(seconds=9)
    assert desk.poster.looked == desk.poster.tried == []
    assert (await desk.deliver(seconds=1)).sent == 1
    assert len(desk.poster.looked) == 1


async def test_a_channel_that_is_gone_pauses_what_comes_there_and_tells_each_owner_once(desk: Desk) -> None:
    await desk.subscribed()
    await desk.subscribed(topic="tides", owner="U2", next_due=desk.clock.now + timedelta(days=9))
    await desk.subscribed("C2")
    desk.poster.fail("C1", Trouble(before=ARCHIVED))
    for _ in range(3):
        await desk.deliver(days=1)
    assert [person for person, _ in desk.poster.told] == ["U1", "U2"]
    assert "Digest 1 is paused: The channel is archived." in desk.poster.told[0][1].understood
    assert [post.channel.channel for post in desk.poster.tried].count("C1") == 1
    assert [(await desk.subscription(number)).paused_reason for number in (1, 2, 3)] == ["The channel is archived."] * 2 + [None]
    assert (await desk.log())[0].reason == "The channel is archived. Bring it back."


async def test_a_limit_in_one_channel_does_not_hold_up_the_others_and_is_kept_to(desk: Desk) -> None:
    for topic in ("ferries", "tides"):
        await desk.subscribed("C1", topic=topic)
    await desk.subscribed("C2")
    desk.poster.fail("C1", Trouble(before=NotNow("Too many requests.", seconds=30)))
    tally = await desk.deliver()
    assert (tally.sent, tally.put_back) == (1, 2)
    assert [post.channel.channel for post in desk.poster.tried].count("C1") == 1
    assert (await desk.deliver(seconds=29)).sent == 0
    assert (await desk.deliver(seconds=1)).sent == 2
    assert desk.poster.looked == []


async def test_a_digest_that_could_not_be_posted_before_the_next_is_due_is_joined_into_it(desk: Desk) -> None:
    await desk.subscribed()
    await desk.has_read("We row on")
    desk.poster.fail("C1", *[Trouble(before=NotNow("Slack is away.", seconds=86_400))])
    await desk.deliver()
    await desk.has_read("All of us")
    await desk.deliver(days=1)
    assert desk.said == [("C1", "2 new about ferries.")]
    first, second = await desk.log()
    assert (first.state, first.reason, second.state) == (SKIPPED, "joined into the next one", SENT)


async def test_a_digest_that_may_have_been_posted_is_not_joined_into_the_next(desk: Desk) -> None:
    await desk.subscribed()
    await desk.has_read("We row on")
    desk.poster.fail("C1", Trouble(after=DEAF))
    await desk.deliver()
    await desk.has_read("All of us")
    await desk.deliver(days=1)
    await desk.deliver()
    assert desk.said == [("C1", "1 new about ferries."), ("C1", "1 new about ferries.")]
    assert await desk.states() == [SENT, SENT]


async def test_deliveries_of_a_channel_go_one_after_the_other_and_channels_side_by_side(desk: Desk) -> None:
    for channel in ("C1", "C2", "C3"):
        for topic in ("ferries", "tides"):
            await desk.subscribed(channel, topic=topic)
    await desk.deliver()
    in_a_channel, in_all = desk.poster.most_at_once
    assert in_a_channel == 1
    assert in_all > 1


async def test_a_channel_that_hangs_does_not_hold_up_the_others(desk: Desk) -> None:
    held = Held()

    async def let_the_other_go() -> None:
        await held.arrived.wait()
        held.release()

    for channel in ("C1", "C2"):
        await desk.subscribed(channel)
    desk.poster.fail("C1", Trouble(held=held))
    desk.poster.fail("C2", Trouble(meanwhile=let_the_other_go))
    assert (await desk.deliver()).sent == 2
    assert [post.channel.channel for post in desk.poster.posted] == ["C2", "C1"]


async def test_a_platform_that_is_not_connected_is_left_alone_until_it_is(desk: Desk) -> None:
    await desk.subscribed()
    await desk.subscribed(platform="discord")
    discord = FakePoster(is_ready=False)
    tally = await desk.delivering.deliver({"slack": desk.poster, "discord": discord}, "one")
    assert tally.sent == 1
    assert len(await desk.log()) == 1
    discord.is_ready = True
    tally = await desk.delivering.deliver({"slack": desk.poster, "discord": discord}, "one")
    assert (tally.sent, len(discord.posted)) == (1, 1)


async def test_a_clock_that_goes_back_posts_nothing_again(desk: Desk) -> None:
    await desk.subscribed()
    await desk.deliver(days=1)
    assert (await desk.deliver(hours=-5)).sent == 0
    assert (await desk.deliver(hours=5)).sent == 0
    await desk.write(deliveries.put_forward, {1: desk.clock.now})
    assert (await desk.deliver()).sent == 0
    assert len(desk.poster.posted) == 1


async def test_what_no_schedule_can_be_made_of_is_paused_and_the_others_are_posted(desk: Desk) -> None:
    await desk.subscribed("C1", time_zone="Mars/Olympus")
    await desk.subscribed("C2", quiet_from="00:00", quiet_until="23:59")
    await desk.subscribed("C3")
    assert (await desk.deliver()).sent == 1
    assert "the log has it under" in ((await desk.subscription(1)).paused_reason or "")
    assert "in quiet hours" in ((await desk.subscription(2)).paused_reason or "")


async def test_a_digest_that_was_never_given_a_time_gets_one_and_posts_nothing_yet(desk: Desk) -> None:
    await desk.subscribed(next_due=None)
    assert (await desk.deliver(hours=1)).sent == 0
    assert (await desk.subscription()).next_due == desk.clock.now + timedelta(hours=23)


async def test_a_muted_digest_says_nothing_and_what_came_meanwhile_is_in_the_next_one(desk: Desk) -> None:
    await desk.subscribed(next_due=desk.clock.now + timedelta(hours=1), schedule="daily at 13")
    await desk.has_read("We row on")
    await desk.write(subscriptions.mute, 1, desk.clock.now + timedelta(days=1))
    assert (await desk.deliver(hours=2)).sent == 0
    assert (await desk.deliver(hours=22)).sent == 0
    assert (await desk.deliver(hours=1)).sent == 1
    assert desk.said == [("C1", "1 new about ferries.")]


async def test_what_is_late_is_held_back_in_quiet_hours_unless_it_was_asked_for_in_them(desk: Desk) -> None:
    quiet = {"quiet_from": "22:00", "quiet_until": "07:00"}
    await desk.subscribed("C1", **quiet)
    await desk.subscribed("C2", **quiet, next_due=desk.clock.now + timedelta(days=9))
    desk.clock.forward(hours=11)
    async with desk.database.writing() as session:
        await desk.delivering.open_now(session, await desk.subscription(2), desk.clock.now)
    assert (await desk.deliver(minutes=11)).put_back == 1
    assert [post.channel.channel for post in desk.poster.posted] == ["C2"]
    assert [one.reason for one in await desk.log() if one.state is DUE] == ["late, and held back in quiet hours"]
    assert (await desk.deliver(hours=7, minutes=48)).sent == 0
    assert (await desk.deliver(minutes=1)).sent == 1


async def test_what_is_due_just_before_quiet_hours_begin_is_not_held_back(desk: Desk) -> None:
    await desk.subscribed(quiet_from="12:01", quiet_until="13:00")
    assert (await desk.deliver(minutes=2)).sent == 1

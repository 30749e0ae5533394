"""Fifty processes, one after the other, are killed (SIGKILL) at random moments while digests fall due again and again."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from storage.deliveries import JOINED
from storage.records import DeliveryState, StoredDelivery
from tests.delivery.desk import LEASE, Desk
from tests.delivery.processes import killed, lived, started

KILLS = 50
_CHANNELS = ("C1", "C2", "C3", "C4")
_PACE = timedelta(minutes=20)
_MOST_REQUESTS = 8
_MOST_SECONDS = 0.004
_HOUR = timedelta(hours=1)


async def test_after_fifty_kills_every_hour_was_posted_once_in_each_channel_or_joined_into_the_next_one(desk: Desk) -> None:
    await desk.subscribe(*_CHANNELS)
    first = desk.clock.now
    assert await _kill_at_random(desk) == KILLS
    await lived(desk.orders("the last one", rounds=3))

    everything = await desk.deliveries()
    posted = desk.server.keys()
    for number in range(1, len(_CHANNELS) + 1):
        deliveries = [one for one in everything if one.subscription_id == number]
        sent = [one for one in deliveries if one.state is DeliveryState.SENT]
        assert [posted.pop(f"verbatim-{one.id}", 0) for one in deliveries] == [int(one in sent) for one in deliveries]
        assert {one.reason for one in deliveries if one not in sent} <= {JOINED}
        _see_that_each_hour_is_there_once([one.due_at for one in deliveries], first, desk.clock.now)
        _see_that_nothing_is_left_out(sent)
    assert not posted, "nothing else was posted"
    assert any(one.tries > 1 for one in everything), "some were taken over"


async def _kill_at_random(desk: Desk) -> int:
    """Have one process after the other begin and be killed; returns how many were."""
    random = Random(KILLS)  # noqa: S311
    desk.server.pace = _PACE
    kills = 0
    for number in range(KILLS):
        await desk.read(f"We row past buoy {number}")
        with started(desk.orders(f"process {number}", rounds=1_000)) as process:
            await desk.server.requests(random.randint(1, _MOST_REQUESTS))
            await asyncio.sleep(random.uniform(0, _MOST_SECONDS))
            await killed(process)
        kills += 1
        await desk.server.settled()
        desk.clock.now += LEASE
    return kills


def _see_that_each_hour_is_there_once(due: Sequence[datetime], first: datetime, last: datetime) -> None:
    """But for the hours in which no process lived long enough to find that something is due: the next one holds them, too."""
    hours = [first + number * _HOUR for number in range((last - first) // _HOUR + 1)]
    assert list(due) == [hour for hour in hours if hour in due]
    assert len(due) > len(hours) // 2
    assert due[-1] == hours[-1]


def _see_that_nothing_is_left_out(sent: Sequence[StoredDelivery]) -> None:
    """Each digest that was posted begins where the one before it ended, though something new was read all the while."""
    assert all((one.until_at, one.until_quote) == (following.since_at, following.since_quote) for one, following in pairwise(sent))
    assert sent[0].since_quote == 0
    assert len({one.until_quote for one in sent}) > KILLS // 4
    assert sent[-1].until_quote == 1 + KILLS

"""Processes come and go and look for what is due every half hour: a daily digest is posted once a day."""

from datetime import datetime, timedelta

from tests.delivery.desk import Desk
from tests.delivery.processes import lived

_EVENING = datetime.fromisoformat("2026-10-24T20:00:00Z")
_HALF_PAST_ONE = datetime.fromisoformat("2026-10-25T00:30:00Z")
"""In London, where that hour comes twice in this night."""


async def test_a_daily_digest_comes_once_a_day_and_not_every_hour_also_when_its_hour_comes_twice(desk: Desk) -> None:
    desk.clock.now = _EVENING
    await desk.subscribe("C1", schedule="daily at 01:30", due=_HALF_PAST_ONE)
    desk.server.pace = timedelta(minutes=30)
    for name in ("the evening's", "the night's", "the morning's", "the next night's"):
        await lived(desk.orders(name, rounds=16))
    assert [one.due_at for one in await desk.deliveries()] == [_HALF_PAST_ONE, _HALF_PAST_ONE + timedelta(days=1, hours=1)]
    assert await desk.states() == ["sent", "sent"]
    assert list(desk.server.keys().values()) == [1, 1]

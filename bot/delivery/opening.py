"""What has become due gets its delivery, once, however many processes look."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from bot.delivery import pausing
from bot.delivery.pausing import Paused
from bot.digests.due import caught_up, first_due, timing_of
from bot.errors import NotUnderstood
from bot.mistakes import noted
from bot.watching import Watching
from storage import deliveries
from storage.database import Database, Session
from storage.records import NewDelivery, StoredSubscription

_AT_ONCE = 1000
"""So many are opened in one transaction, as others wait meanwhile who want to write."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Opens deliveries for what is due by now."""

    database: Database
    clock: Callable[[], datetime]
    watching: Watching

    async def open_digests(self, platforms: Collection[str]) -> list[Paused]:
        """Open the digests that are due on these platforms; returns what had to be paused instead. Raises StorageError."""
        now, paused = self.clock(), list[Paused]()
        while True:
            async with self.database.writing() as session:
                due = await deliveries.due(session, platforms, now, _AT_ONCE)
                paused += await self._open(session, due, now)
            if len(due) < _AT_ONCE:
                return paused

    async def open_alerts(self, platforms: Collection[str]) -> list[Paused]:
        """Open the alerts of these platforms for which something is new; returns what had to be paused instead. Raises StorageError."""
        now = self.clock()
        found = await self.watching.look(platforms, now)
        if not found:
            return []
        async with self.database.writing() as session:
            new, paused = await self.watching.open(session, found, now)
            await deliveries.open_all(session, new, now)
        return paused

    async def open_now(self, session: Session, subscription: StoredSubscription, now: datetime) -> bool:
        """Open a delivery whatever the schedule says; False where one is being posted, or may have been."""
        if await deliveries.is_busy(session, subscription.id):
            return False
        newest = await deliveries.newest_quote(session)
        return await deliveries.open_all(session, [_new(subscription, now, newest, now)], now) > 0

    async def _open(self, session: Session, due: Collection[StoredSubscription], now: datetime) -> list[Paused]:
        newest = await deliveries.newest_quote(session) if due else 0
        new: list[NewDelivery] = []
        following: dict[int, datetime] = {}
        paused: list[Paused] = []
        for one in due:
            try:
                moment, following[one.id] = _moments(one, now)
            except NotUnderstood as error:
                paused.append(await pausing.pause(session, one, now, error.what, error.remedy))
            except Exception as error:  # noqa: BLE001 - what is wrong with one digest must not cost the others
                mark = noted(error, f"looking when digest {one.id} is due")
                paused.append(await pausing.pause(session, one, now, f"Its schedule cannot be followed; the log has it under {mark}."))
            else:
                new += [_new(one, moment, newest, now)] if moment else []
        await deliveries.put_forward(session, following)
        await deliveries.open_all(session, new, now)
        return paused


def _moments(one: StoredSubscription, now: datetime) -> tuple[datetime | None, datetime]:
    """When a digest was due last, None where it is to say nothing of that, and when it is due next."""
    timing = timing_of(one)
    if one.next_due is None or (one.muted_until is not None and one.muted_until > now):
        return None, first_due(*timing, now)
    return caught_up(*timing, one.next_due, now)


def _new(one: StoredSubscription, due_at: datetime, newest: int, now: datetime) -> NewDelivery:
    until = max(newest, one.seen_quote)  # the newest quotes may have been removed
    return NewDelivery(one.id, one.kind, due_at, one.seen_quote, until, one.seen_at or one.created_at, now)

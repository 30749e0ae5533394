"""Digests and alerts that rest, go on or end."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.callers import Caller, Channel
from bot.delivery import pausing
from bot.delivery.posting import Poster
from bot.replies import Reply
from bot.subscriptions.guarding import allow_to_change, reached, tell_others
from bot.subscriptions.subscribing import next_due
from bot.subscriptions.words import named, told, view_of
from storage import subscriptions
from storage.database import Database
from storage.records import StoredSubscription

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Resting:
    """Lets subscriptions rest. What a person asks for raises NotFound and NotAllowed."""

    database: Database
    clock: Callable[[], datetime]

    async def pause(self, number: int, caller: Caller) -> Reply:
        """Let one rest until somebody says otherwise."""
        await self._allow(number, caller, "pause")
        async with self.database.writing() as session:
            paused = await subscriptions.pause(session, number, self.clock(), f"by {caller.called}")
            one = await reached(session, number, caller)
        if paused:
            await tell_others(caller, one, f"paused {one.kind} {number}")
        return self._told(one, "is paused" if paused else f"is paused already ({one.paused_reason})")

    async def resume(self, number: int, caller: Caller) -> Reply:
        """Let one that rests go on; what is new since it last came is in the next one."""
        before = await self._allow(number, caller, "resume")
        async with self.database.writing() as session:
            resumed = await subscriptions.resume(session, number, next_due=next_due(before, self.clock()))
            one = await reached(session, number, caller)
        if resumed:
            await tell_others(caller, one, f"resumed {one.kind} {number}")
        return self._told(one, "goes on" if resumed else "is not paused")

    async def mute(self, number: int, caller: Caller) -> Reply:
        """Have nothing come of one for a day; what is new meanwhile is in the next one."""
        one = await self._allow(number, caller, "mute")
        if one.paused_at is not None:
            return self._told(one, f"is paused, so nothing comes of it ({one.paused_reason})")
        await self._mute(one, self.clock() + _DAY)
        await tell_others(caller, one, f"muted {one.kind} {number} for a day")
        return self._told(await self._again(number, caller), "is muted for a day")

    async def unmute(self, number: int, caller: Caller) -> Reply:
        """Let one that is muted go on at once."""
        one = await self._allow(number, caller, "unmute")
        if one.muted_until is None or one.muted_until <= self.clock():
            return self._told(one, "is not muted")
        await self._mute(one, None)
        await tell_others(caller, one, f"unmuted {one.kind} {number}")
        return self._told(await self._again(number, caller), "goes on")

    async def unsubscribe(self, number: int, caller: Caller) -> Reply:
        """End one."""
        one = await self._allow(number, caller, "end")
        async with self.database.writing() as session:
            await subscriptions.delete(session, number)
        await tell_others(caller, one, f"ended {one.kind} {number}, {told(one)}")
        return Reply(f"Ended: the {one.kind} {told(one)}.")

    async def channels_of(self, platform: str) -> tuple[Channel, ...]:
        """The channels of a platform in which something runs."""
        async with self.database.reading() as session:
            return tuple(Channel(platform, *place) for place in await subscriptions.places(session, platform))

    async def left(self, platform: str, workspace: str, *, channel: str | None, reason: str, poster: Poster | None = None) -> int:
        """Pause what runs in a channel, or in a whole workspace, that cannot be posted in any more; returns how many ran.

        Each owner is told by the poster, if there is one.
        """
        now = self.clock()
        async with self.database.writing() as session:
            paused = await pausing.pause_place(session, platform, workspace, channel=channel, at=now, reason=reason)
        await pausing.tell_owners(paused, poster, now)
        return len(paused.those)

    async def _allow(self, number: int, caller: Caller, doing: str) -> StoredSubscription:
        one = await self._again(number, caller)
        await allow_to_change(caller, one, doing)
        return one

    async def _again(self, number: int, caller: Caller) -> StoredSubscription:
        async with self.database.reading() as session:
            return await reached(session, number, caller)

    async def _mute(self, one: StoredSubscription, until: datetime | None) -> None:
        due = next_due(replace(one, muted_until=until), self.clock())
        async with self.database.writing() as session:
            await subscriptions.mute(session, one.id, until, next_due=due)

    def _told(self, one: StoredSubscription, how: str) -> Reply:
        return Reply(f"{named(one)} {how}.", subscriptions=(view_of(one, self.clock()),))

"""What channels got by themselves: looked up by those who reach it, and had come at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.callers import Caller
from bot.delivery.delivering import MOST_LISTED, Delivering
from bot.errors import NotAllowed
from bot.replies import Reply, SubscriptionView
from bot.subscriptions.guarding import allow_to_change, here, may_change, reached
from bot.subscriptions.previewing import Previewing
from bot.subscriptions.words import named, view_of
from storage.database import Database
from storage.records import SubscriptionKind, WhenEmpty


@dataclass(frozen=True, slots=True)
class Posted:
    """Shows deliveries, by the same guard as their subscriptions. The operator (no caller) reaches all."""

    database: Database
    clock: Callable[[], datetime]
    delivering: Delivering
    previewing: Previewing

    async def send_now(self, number: int, caller: Caller | None) -> Reply:
        """Have the post of a subscription come within seconds, unless it would be silent; its schedule goes on.

        Raises NotFound and NotAllowed.
        """
        async with self.database.reading() as session:
            one = await reached(session, number, caller)
        if caller is not None:
            await allow_to_change(caller, one, "send")
        now = self.clock()
        if one.paused_at is not None:
            raise NotAllowed(
                f"{named(one)} is paused ({one.paused_reason}).", f"To let it go on: resume {number}.", suggestions=(f"resume {number}",)
            )
        if one.muted_until is not None and one.muted_until > now:
            raise NotAllowed(f"{named(one)} is muted.", f"To let it go on: unmute {number}.", suggestions=(f"unmute {number}",))
        may_be_silent = one.kind == SubscriptionKind.ALERT or one.when_empty == WhenEmpty.SILENCE
        if may_be_silent and not await self.previewing.has_news(one):
            return Reply(f"Nothing is new for {one.kind} {number}, so nothing is posted.", subscriptions=(view_of(one, now),))
        async with self.database.writing() as session:
            opened = await self.delivering.open_now(session, await reached(session, number, caller), now)
        return Reply(f"{named(one)} is on its way{'' if opened else ' already'}.", subscriptions=(view_of(one, now),))

    async def listed(self, number: int | None, caller: Caller | None) -> Reply:
        """What was posted and what was not, and why, newest first: of a subscription, or of the caller's channel, or of all.

        Raises NotFound and NotAllowed.
        """
        whose = "by all digests and alerts" if caller is None else "here"
        if number is not None:
            async with self.database.reading() as session:
                whose = f"by {(await reached(session, number, caller)).kind} {number}"
        place = here(caller) if caller is not None and number is None else None
        found = await self.delivering.listed(number, place)
        note = f"These are the newest {len(found)}." if len(found) >= MOST_LISTED else "" if found else "Nothing yet."
        return Reply(f"What was posted {whose}.", notes=(note,) if note else (), deliveries=found)

    async def whole(self, delivery: int, caller: Caller) -> Reply:
        """All of what a delivery holds. Raises NotFound and NotAllowed."""
        await self.managed(delivery, caller)
        return await self.delivering.whole(delivery)

    async def managed(self, delivery: int, caller: Caller) -> SubscriptionView:
        """The subscription of a delivery. Raises NotFound and NotAllowed."""
        _, one = await self.delivering.held(delivery)
        async with self.database.reading() as session:
            found = await reached(session, one.id, caller)
        return view_of(found, self.clock(), changeable=await may_change(caller, found))

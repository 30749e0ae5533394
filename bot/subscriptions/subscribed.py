"""What is subscribed to, looked at by those who reach it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.callers import Caller
from bot.replies import Reply, SubscriptionView
from bot.subscriptions.guarding import allow_to_change, in_channel, may_change, own, reached
from bot.subscriptions.words import view_of
from storage import subscriptions
from storage.database import Database
from storage.records import StoredSubscription


@dataclass(frozen=True, slots=True)
class Subscribed:
    """Shows subscriptions. Those of other channels are seen by nobody but their owner, where nobody else reads along."""

    database: Database
    clock: Callable[[], datetime]

    async def of_channel(self, caller: Caller) -> Reply:
        """Those of the channel where it was asked; in direct messages the caller's own. Raises NotAllowed where there is none."""
        if caller.away:
            return await self.of_person(caller)
        async with self.database.reading() as session:
            found = await in_channel(session, caller)
        return await self._listed("Digests and alerts here.", found, "None is set up here.", caller)

    async def of_person(self, caller: Caller) -> Reply:
        """Those that somebody set up, in whatever channel is in sight. Raises NotAllowed."""
        async with self.database.reading() as session:
            found = await own(session, caller)
        return await self._listed("Digests and alerts that you set up.", found, "You have set up none.", caller)

    async def all(self) -> Reply:
        """All there are: for the operator."""
        async with self.database.reading() as session:
            found = await subscriptions.every(session)
        return await self._listed("All digests and alerts.", found, "None is set up.")

    async def one(self, number: int, caller: Caller) -> SubscriptionView:
        """One of this channel or of this person. Raises NotFound and NotAllowed."""
        async with self.database.reading() as session:
            found = await reached(session, number, caller)
        return view_of(found, self.clock(), changeable=await may_change(caller, found))

    async def changeable(self, number: int, caller: Caller) -> SubscriptionView:
        """One that the caller may change. Raises NotFound and NotAllowed."""
        async with self.database.reading() as session:
            found = await reached(session, number, caller)
        await allow_to_change(caller, found, "change")
        return view_of(found, self.clock())

    async def _listed(self, line: str, found: Iterable[StoredSubscription], none: str, caller: Caller | None = None) -> Reply:
        now = self.clock()
        views = [view_of(one, now, changeable=await may_change(caller, one)) for one in found]
        if views:
            return Reply(line, subscriptions=tuple(views))
        return Reply(line, notes=(none, "Set one up where it shall be posted: digest daily at 8 about ferries, or: watch ferries."))

"""Alerts: which have something new to tell, and what they say of it."""

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from datetime import datetime

from bot.digesting import Digesting
from bot.digests.compiled import Compiled
from bot.replies import Reply
from storage.database import Database, Session
from storage.records import NewDelivery, NewSubscription, StoredDelivery, StoredSubscription


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at the alerts found: those with something new, each with its delivery, and those that have nothing."""

    new: tuple[tuple[StoredSubscription, NewDelivery], ...] = ()


@dataclass(frozen=True, slots=True)
class Watching:
    """Looks for what is new for alerts.

    A tick has two steps, as matching takes long and a writing transaction is to be short: `look` reads, and `open` writes what
    it found, unless it changed meanwhile.
    """

    database: Database
    clock: Callable[[], datetime]
    digesting: Digesting

    async def look(self, platforms: Collection[str], now: datetime) -> Found:
        """Which alerts of these platforms have something new that may be told now."""
        return Found()

    async def open(self, session: Session, found: Found, now: datetime) -> list[NewDelivery]:
        """The deliveries to be stored in this writing transaction, whose alerts rest for their gap from now on.

        What was paused, muted, changed or opened elsewhere since the look is left out; whatever had nothing new has that covered.
        """
        return []

    async def of_delivery(
        self, delivery: StoredDelivery, subscription: StoredSubscription, kept: dict[Hashable, Compiled] | None = None
    ) -> Compiled:
        """What a delivery of an alert says; what is the same for several is compiled once where they are given one `kept`."""
        return Compiled((), 0)

    async def whole(self, delivery: StoredDelivery, subscription: StoredSubscription) -> Reply:
        """All that a delivery of an alert holds, however much that is."""
        return Reply("")

    async def preview(self, subscription: NewSubscription) -> Reply:
        """What an alert would say now: of what was stored after the quote numbered `seen_quote`."""
        return Reply("")

"""A store with subscriptions, a platform on which they are posted, and processes that do so."""

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field, replace
from typing import Any

from bot.delivery.delivering import Delivering, Tally
from bot.digests.compiled import Compiled
from bot.digests.outcomes import Pace
from bot.replies import Reply
from bot.watching import Watching
from storage import deliveries, subscriptions
from storage.database import Database
from storage.records import (
    DeliveryState,
    StoredDelivery,
    StoredSubscription,
)
from tests.fakes.clock import FakeClock
from tests.fakes.poster import FakePoster
from tests.storage.sample import store
from tests.storage.test_subscriptions import FERRIES as WISHED

FERRIES = replace(WISHED, schedule="daily at 12", time_zone="UTC")


@dataclass
class CountingDigests:
    """Says how many quotes are new. `meanwhile` is done, once, while a delivery is put together; `mishaps` are raised, by channel."""

    meanwhile: Callable[[], Awaitable[object]] | None = None
    mishaps: dict[str, BaseException] = field(default_factory=dict)

    async def of_delivery(
        self,
        delivery: StoredDelivery,
        subscription: StoredSubscription,
        kept: dict[Hashable, Compiled] | None = None,  # noqa: ARG002 - the real one's
    ) -> Compiled:
        """A digest that says how many quotes are new, and about what."""
        meanwhile = self.meanwhile
        self.meanwhile = None
        if meanwhile is not None:
            await meanwhile()
        if subscription.channel in self.mishaps:
            raise self.mishaps[subscription.channel]
        new = delivery.until_quote - delivery.since_quote
        return Compiled((Reply(f"{new} new about {subscription.topic}."),), new)

    async def whole(self, delivery: StoredDelivery, subscription: StoredSubscription) -> Reply:
        """The same."""
        return (await self.of_delivery(delivery, subscription)).lengths[0]


@dataclass
class Desk:
    """Processes over one store and one platform."""

    database: Database
    clock: FakeClock = field(default_factory=FakeClock)
    poster: FakePoster = field(default_factory=FakePoster)
    pace: Pace = field(default_factory=Pace)

    def __post_init__(self) -> None:
        self.digests = CountingDigests()
        self.poster.clock = self.clock
        self.delivering = self.process()

    def process(self, database: Database | None = None) -> Delivering:
        """Another process over the same store."""
        database = database or self.database
        return Delivering(database, self.clock, self.digests, Watching(database), self.pace)

    async def deliver(self, process: str = "one", **by: float) -> Tally:
        """Have one process post what is due, so much later."""
        self.clock.forward(**by)
        return await self.delivering.deliver({"slack": self.poster}, process)

    async def subscribed(self, channel: str = "C1", **given: Any) -> int:  # noqa: ANN401 - whatever a subscription has
        """A subscription that is due now, by number."""
        wanted = replace(FERRIES, **{"channel": channel, "next_due": self.clock.now, **given})
        async with self.database.writing() as session:
            return await subscriptions.add(session, wanted, self.clock.now)

    async def has_read(self, *words: str) -> None:
        """Quotes of these words are stored."""
        async with self.database.writing() as session:
            await store(session, f"{'. '.join(words)}.", *words)

    async def write(self, change: Callable[..., Awaitable[object]], *given: Any, **named: Any) -> None:  # noqa: ANN401 - any of storage's
        """Change the store, as another process would."""
        async with self.database.writing() as session:
            await change(session, *given, **named)

    async def subscription(self, number: int = 1) -> StoredSubscription:
        """A subscription as it is now."""
        async with self.database.reading() as session:
            found = await subscriptions.get(session, number)
        assert found is not None
        return found

    async def log(self) -> list[StoredDelivery]:
        """All deliveries, oldest first."""
        async with self.database.reading() as session:
            return [one for one, _ in reversed(await deliveries.newest(session, subscription_id=None, channel=None, limit=1000))]

    async def states(self) -> list[DeliveryState]:
        """How all deliveries stand, oldest first."""
        return [one.state for one in await self.log()]

    @property
    def said(self) -> list[tuple[str, str]]:
        """What stands in which channel."""
        return [(one.channel.channel, one.lengths[0].understood) for one in self.poster.posted]

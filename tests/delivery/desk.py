"""A store whose digests are due, the channels into which they are posted, and what became of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from storage import subscriptions
from storage.database import Database
from storage.records import DeliveryState, NewSubscription, StoredDelivery, SubscriptionKind
from storage.schema import Delivery
from tests.delivery.child import PLATFORM, Orders, Step
from tests.fakes.clock import FakeClock
from tests.fakes.posting_server import PostingServer, posting_server
from tests.newsrooms import Room, article
from tests.storage.sample import store

LEASE = timedelta(minutes=3)
"""Longer than any claim holds."""


@dataclass(frozen=True)
class Desk:
    """A store and the channels that are posted into, which share a clock with every process."""

    url: str
    database: Database
    server: PostingServer
    clock: FakeClock

    def orders(self, name: str, *, rounds: int = 1, dies_when: Step | None = None) -> Orders:
        """What a process is to do."""
        return Orders(self.url, self.server.address, name, rounds, dies_when)

    async def subscribe(self, *channels: str, schedule: str = "hourly", due: datetime | None = None) -> None:
        """Have a digest in each channel, which is due now unless it is said when."""
        async with self.database.writing() as session:
            for channel in channels:
                wished = NewSubscription(
                    platform=PLATFORM,
                    workspace="W1",
                    channel=channel,
                    kind=SubscriptionKind.DIGEST,
                    topic=None,
                    speaker=None,
                    outlet=None,
                    schedule=schedule,
                    time_zone="Europe/London",
                    owner="U1",
                    next_due=due or self.clock.now,
                    seen_at=self.clock.now - timedelta(days=1),
                )
                await subscriptions.add(session, wished, self.clock.now - timedelta(days=1))

    async def read(self, words: str) -> None:
        """Store an article in which somebody says these words."""
        async with self.database.writing() as session:
            await store(session, f"{words}.", words)

    async def deliveries(self) -> list[StoredDelivery]:
        """All deliveries, by the moment for which they were due."""
        async with self.database.reading() as session:
            rows = await session.execute(select(*Delivery.__table__.columns).order_by(Delivery.due_at, Delivery.id))
            return [StoredDelivery(**row) for row in rows.mappings()]

    async def states(self) -> list[DeliveryState]:
        """The states of all deliveries."""
        return [one.state for one in await self.deliveries()]


@asynccontextmanager
async def desk_over(database: Database, url: str) -> AsyncIterator[Desk]:
    """A desk over an empty store, which has read one article."""
    room = Room.over(database)
    room.clock.now = datetime.fromisoformat("2026-11-06T12:00:00Z")
    await room.has_read(article('Ada Quill said: "We row on."'))
    async with posting_server(room.clock) as server:
        yield Desk(url, database, server, room.clock)

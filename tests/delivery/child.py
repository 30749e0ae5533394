"""A process that posts what is due, and may be killed at any of its steps."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum

from aiohttp import ClientSession
from sqlalchemy import text

from bot.delivery.posting import Post
from bot.newsroom import Newsroom
from storage.database import Database, Session
from tests.databases import BUSY_SECONDS
from tests.fakes.clock import FakeClock
from tests.fakes.engine import FakeEngine
from tests.fakes.fetcher import FakeFetcher
from tests.fakes.posting_server import ServedPoster
from tests.fakes.workers import HereWorkers
from tests.newsrooms import LONDON

PLATFORM = "post"


class Step(StrEnum):
    """How far a delivery has come when its process is killed."""

    DUE = "it is due"
    OPENED = "it was opened and nobody claims it"
    CLAIMED = "it was claimed"
    BEGUN = "it is about to be sent"
    SENT = "it was sent and that is not recorded"
    RECORDED = "it was recorded as sent"


@dataclass(frozen=True, slots=True)
class Orders:
    """What a process is to do: so many rounds over the store at `url`, posting to `server`, and to die at a step."""

    url: str
    server: str
    name: str
    rounds: int = 1
    dies_when: Step | None = None


def live(orders: Orders) -> None:
    """What the process does from its beginning to its end."""
    asyncio.run(_live(orders))


async def _live(orders: Orders) -> None:
    database = _Watched(orders.url, orders.dies_when)
    clock = FakeClock()
    newsroom = Newsroom(database, engine=FakeEngine(), fetcher=FakeFetcher(), workers=HereWorkers(), zone=LONDON, clock=clock)
    async with ClientSession() as session:
        poster = _Watching(orders.server, session, database)
        for _ in range(orders.rounds):
            clock.now = await poster.now()
            await database.at_a_step()
            await newsroom.scheduled.tick(orders.name)
            await newsroom.scheduled.deliver({PLATFORM: poster}, orders.name)
    await database.close()


class _Watched(Database):
    """A database that looks at the delivery after each of its transactions that may have changed it."""

    def __init__(self, url: str, dies_when: Step | None) -> None:
        super().__init__(url, busy_seconds=BUSY_SECONDS)
        self._dies_when = dies_when
        self.has_sent = False

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Session]:
        async with super().writing() as session:
            yield session
        await self.at_a_step()

    async def at_a_step(self) -> None:
        """Die, as a process does that is killed, where that is this step."""
        if self._dies_when is not None and await self._step() is self._dies_when:
            os.kill(os.getpid(), signal.SIGKILL)

    async def _step(self) -> Step:
        async with self.reading() as session:
            row = (await session.execute(text("SELECT state, begun_at FROM deliveries"))).one_or_none()
        match row:
            case None:
                return Step.DUE
            case ("due", _):
                return Step.OPENED
            case ("claimed", None):
                return Step.CLAIMED
            case ("claimed", _):
                return Step.SENT if self.has_sent else Step.BEGUN
            case _:
                return Step.RECORDED


class _Watching(ServedPoster):
    def __init__(self, address: str, session: ClientSession, database: _Watched) -> None:
        super().__init__(address, session)
        self._database = database

    async def post(self, post: Post) -> str:
        reference = await super().post(post)
        self._database.has_sent = True
        await self._database.at_a_step()
        return reference

"""A process that reads an archive, and may be killed at any moment."""

import asyncio

from bot.newsroom import Newsroom
from bot.reading.documents import Hints
from storage.database import Database
from tests.databases import BUSY_SECONDS
from tests.fakes.clock import FakeClock
from tests.fakes.engine import FakeEngine
from tests.fakes.fetcher import FakeFetcher
from tests.fakes.workers import HereWorkers
from tests.newsrooms import LONDON


def ingest(url: str, archive: str) -> None:
    """Read an archive from where another process was killed, or from its beginning, to its end."""
    asyncio.run(_ingest(url, archive))


async def _ingest(url: str, archive: str) -> None:
    database = Database(url, busy_seconds=BUSY_SECONDS)
    newsroom = Newsroom(database, engine=FakeEngine(), fetcher=FakeFetcher(), workers=HereWorkers(), zone=LONDON, clock=FakeClock())
    async for _ in newsroom.ingest([archive], hints=Hints()):
        pass
    await database.close()

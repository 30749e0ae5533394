"""The composition root: builds everything once, from the settings. The only place on the top floor that knows the store."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from bot.newsroom import Newsroom
from bot.quoting.engine import QuotingEngine
from bot.reading.fetching import WebFetcher
from bot.settings import Settings
from storage.database import Database


@asynccontextmanager
async def open_newsroom(settings: Settings, *, stored: bool = True) -> AsyncIterator[Newsroom]:
    """The newsroom over the database of the settings, which is made if it is empty.

    Without `stored` the database is left alone, for what needs none. Raises the storage errors.
    """
    async with _database(settings) as database, _fetcher(settings) as fetcher:
        if stored:
            await database.open()
        yield Newsroom(database, engine=QuotingEngine(), fetcher=fetcher, zone=settings.zone, clock=_now)


async def schema(settings: Settings) -> tuple[str | None, str]:
    """The schema's revision in the database (None: it is empty) and the one that this version needs."""
    async with _database(settings) as database:
        return await database.revision()


async def upgrade_schema(settings: Settings) -> None:
    """Bring the database's schema to the one that this version needs."""
    async with _database(settings) as database:
        await database.upgrade()


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings.database_url.get_secret_value())
    try:
        yield database
    finally:
        await database.close()


def _fetcher(settings: Settings) -> WebFetcher:
    return WebFetcher(allow_hosts=settings.allow_hosts, max_bytes=settings.fetch_max_bytes, timeout_seconds=settings.fetch_timeout)


def _now() -> datetime:
    return datetime.now(UTC)

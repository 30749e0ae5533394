"""The composition root: builds everything once, from the settings. The only place on the top floor that knows the store."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime

from adapters.settings import Settings
from bot.newsroom import Newsroom
from bot.quoting.engine import QuotingEngine
from bot.reading.pages import Fetcher, Page
from storage.database import Database


@asynccontextmanager
async def open_newsroom(settings: Settings, *, stored: bool = True) -> AsyncIterator[Newsroom]:
    """The newsroom over the database of the settings, which is made if it is empty.

    Without `stored` the database is left alone, for what needs none. Raises the storage errors.
    """
    async with _database(settings) as database, AsyncExitStack() as opened:
        if stored:
            await database.open()
        fetcher = _FetcherWhenNeeded(settings, opened)
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


class _FetcherWhenNeeded:
    """Opens the fetcher for the first page: its HTTP client takes long to load, and most commands fetch nothing."""

    def __init__(self, settings: Settings, opened: AsyncExitStack) -> None:
        self._settings = settings
        self._opened = opened
        self._fetcher: Fetcher | None = None

    async def fetch(self, url: str) -> Page:
        """The page at `url`."""
        if self._fetcher is None:
            from bot.reading.fetching import WebFetcher

            web = WebFetcher(
                allow_hosts=self._settings.allow_hosts,
                max_bytes=self._settings.fetch_max_bytes,
                timeout_seconds=self._settings.fetch_timeout,
            )
            self._fetcher = await self._opened.enter_async_context(web)
        return await self._fetcher.fetch(url)


def _now() -> datetime:
    return datetime.now(UTC)

"""The composition root: builds everything once, from the settings. The only place on the top floor that knows the store."""

import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from pydantic import SecretStr

from adapters.serving import Service, Services
from adapters.settings import Settings
from bot.delivery.posting import Poster
from bot.embedding.shipped import Shipped
from bot.errors import SettingsError
from bot.newsroom import Newsroom
from bot.quoting.engine import QuotingEngine
from bot.reading.pages import Fetcher, Page
from storage.database import Database

if TYPE_CHECKING:
    from adapters.slack.connection import Connection
    from adapters.slack.installing import Installations

# Bolt takes what these say over what it is given, and they may be another program's.
_READ_BY_BOLT = (
    "SLACK_BOT_TOKEN",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "SLACK_SIGNING_SECRET",
    "SLACK_VERIFICATION_TOKEN",
)

_BEGIN = {"Slack": "verbatim slack manifest", "Discord": "verbatim discord invite"}


class Platform(Service, Protocol):
    """A chat that is served, in which something can be posted without being asked for."""

    @property
    def poster(self) -> Poster:
        """What posts there."""
        ...


@asynccontextmanager
async def open_newsroom(settings: Settings, *, stored: bool = True) -> AsyncIterator[Newsroom]:
    """The newsroom over the database of the settings, which is made if it is empty.

    Without `stored` the database is left alone, for what needs none. Raises the storage errors.
    """
    async with _database(settings) as database, _newsroom(database, settings) as newsroom:
        if stored:
            await database.open()
        yield newsroom


@asynccontextmanager
async def open_services(settings: Settings, *others: Callable[[Newsroom], Service]) -> AsyncIterator[Services]:
    """What `verbatim serve` runs: each platform that is set up, and what `others` make, behind all of which is one newsroom.

    Beside them are what posts digests and alerts, what looks through what an earlier Verbatim stored, and what tells how all that
    goes. Raises SettingsError if nobody is to be served, and the storage errors.
    """
    from adapters.slack.connection import connection

    slack, discord = connection(settings), settings.discord_token
    if not (slack or discord or others):
        raise SettingsError(
            "No chat is set up, so there is nothing to serve.",
            f"Begin with '{_BEGIN['Slack']}' or '{_BEGIN['Discord']}': each tells what to do first, and the README how to go on.",
        )
    async with _database(settings) as database, _newsroom(database, settings) as newsroom:
        await database.open()
        platforms: dict[str, Platform] = {}
        if slack:
            platforms["slack"] = _slack(settings, slack, database, newsroom)
        if discord:
            platforms["discord"] = _discord(settings, discord, newsroom)
        posters = {platform: service.poster for platform, service in platforms.items()}
        yield Services((*platforms.values(), *(make(newsroom) for make in others)), _beside(settings, newsroom, posters))


def not_set_up(settings: Settings) -> tuple[str, ...]:
    """A line for each platform that is left out, with how to begin. Raises SettingsError if what is set does not fit together."""
    from adapters.slack.connection import connection

    ways_in = {"Slack": connection(settings), "Discord": settings.discord_token}
    return tuple(f"{name}: not set up; begin with '{_BEGIN[name]}'." for name, way_in in ways_in.items() if way_in is None)


@asynccontextmanager
async def open_installations(settings: Settings, client_id: str) -> "AsyncIterator[Installations]":
    """The workspaces of Slack that installed the app by OAuth. Raises the storage errors."""
    async with _database(settings) as database:
        await database.open()
        yield _installations(database, client_id)


async def schema(settings: Settings) -> tuple[str | None, str]:
    """The schema's revision in the database (None: it is empty) and the one that this version needs."""
    async with _database(settings) as database:
        return await database.revision()


async def upgrade_schema(settings: Settings) -> None:
    """Bring the database's schema to the one that this version needs."""
    async with _database(settings) as database:
        await database.upgrade()


def _beside(settings: Settings, newsroom: Newsroom, posters: Mapping[str, Poster]) -> tuple[Service, ...]:
    from adapters.catching_up import CatchingUp
    from adapters.ticking import Ticking, this_process

    ticking, catching_up = Ticking(newsroom, posters, this_process()), CatchingUp(newsroom)
    if not settings.monitoring_port:
        return ticking, catching_up
    from adapters.web.monitoring import Monitoring

    return ticking, catching_up, Monitoring(newsroom, ticking, settings)


def _slack(settings: Settings, connection: "Connection", database: Database, newsroom: Newsroom) -> Platform:
    from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore

    from adapters.slack.app import build
    from adapters.slack.client import web_client
    from adapters.slack.connection import Several
    from adapters.slack.delivering import SlackPoster
    from adapters.slack.installing import STATE_SECONDS, oauth_settings
    from adapters.slack.serving import SlackService

    for variable in _READ_BY_BOLT:
        os.environ.pop(variable, None)
    if isinstance(connection, Several):
        client = web_client(settings)
        states = AsyncSQLAlchemyOAuthStateStore(STATE_SECONDS, database.engine)
        installations = _installations(database, connection.client_id)
        oauth = oauth_settings(settings, connection, client, installations=installations, states=states)
        app = build(newsroom, settings=settings, client=client, oauth=oauth)
    else:
        app = build(newsroom, settings=settings, client=web_client(settings, connection.bot_token))
    return SlackService(app, connection, settings, SlackPoster(app, settings, newsroom.scheduled.picture))


def _discord(settings: Settings, token: SecretStr, newsroom: Newsroom) -> Platform:
    from adapters.discord.serving import DiscordService

    return DiscordService(newsroom, settings, token)


def _installations(database: Database, client_id: str) -> "Installations":
    from adapters.slack.installing import Installations

    return Installations(client_id, database.engine)


@asynccontextmanager
async def _newsroom(database: Database, settings: Settings) -> AsyncIterator[Newsroom]:
    async with AsyncExitStack() as opened:
        fetcher = _FetcherWhenNeeded(settings, opened)
        yield Newsroom(database, engine=QuotingEngine(), fetcher=fetcher, zone=settings.zone, clock=_now, embedder=Shipped())


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
                contact=self._settings.contact,
            )
            self._fetcher = await self._opened.enter_async_context(web)
        return await self._fetcher.fetch(url)


def _now() -> datetime:
    return datetime.now(UTC)

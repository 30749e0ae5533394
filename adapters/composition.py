"""The composition root: builds everything once, from the settings. The only place on the top floor that knows the store."""

import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from pydantic import SecretStr

from adapters.serving import Service, Services
from adapters.settings import Settings
from bot.bounded import Workers, processors
from bot.delivery.posting import Poster
from bot.embedding.shipped import Shipped
from bot.errors import SettingsError
from bot.newsroom import Newsroom
from bot.parsed import ready_to_parse
from bot.quoting.engine import QuotingEngine
from bot.reading.pages import Answer, Page, Redirected, Refused, Unchanged, Validators, Web
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

_MOST_READERS = 4  # beside what answers
_READING_SECONDS = 30
_READING_MEGABYTES = 700  # of which the worst feed takes nine tenths
_ANYTHING = Validators()
_BEGIN = {"Slack": "verbatim slack manifest", "Discord": "verbatim discord invite"}


class Platform(Service, Protocol):
    """A chat that is served, in which something can be posted without being asked for."""

    @property
    def poster(self) -> Poster:
        """What posts there."""
        ...


@asynccontextmanager
async def open_newsroom(settings: Settings, *, stored: bool = True, processes: int | None = None) -> AsyncIterator[Newsroom]:
    """The newsroom over the database of the settings, which is made if it is empty.

    It reads in at most so many `processes`, by default one for each processor. Without `stored` the database is left alone, for
    what needs none. Raises the storage errors.
    """
    async with _database(settings) as database, _newsroom(database, settings, processes or processors()) as newsroom:
        if stored:
            await database.open()
        yield newsroom


@asynccontextmanager
async def open_services(settings: Settings, *others: Callable[[Newsroom], Service]) -> AsyncIterator[Services]:
    """What `verbatim serve` runs: each platform that is set up, and what `others` make, behind all of which is one newsroom.

    Beside them are what reads feeds, which goes on alone where nobody is to be served, what posts digests and alerts, what looks
    through what an earlier Verbatim stored, and what tells how all that goes. Raises SettingsError if there is neither anybody to be
    served nor a feed to be read, and the storage errors.
    """
    from adapters.feeding import Feeds
    from adapters.slack.connection import connection

    slack, discord = connection(settings), settings.discord_token
    async with _database(settings) as database, _newsroom(database, settings, min(processors(), _MOST_READERS)) as newsroom:
        await database.open()
        platforms: dict[str, Platform] = {}
        if slack:
            platforms["slack"] = _slack(settings, slack, database, newsroom)
        if discord:
            platforms["discord"] = _discord(settings, discord, newsroom)
        posters = {platform: service.poster for platform, service in platforms.items()}
        serving = (*platforms.values(), *(make(newsroom) for make in others))
        feeds, beside = Feeds(newsroom, posters), _beside(settings, newsroom, posters)
        if not serving and not (await newsroom.feeds.figures()).feeds:
            raise SettingsError(
                "No chat is set up and no feed is read, so there is nothing to serve.",
                f"Begin with '{_BEGIN['Slack']}' or '{_BEGIN['Discord']}': each tells what to do first, and the README how to go on; "
                "or with 'verbatim feeds add'.",
            )
        yield Services(serving, (feeds, *beside)) if serving else Services((feeds,), beside)


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

    ticking = Ticking(newsroom, posters, this_process())
    beside: tuple[Service, ...] = ticking, CatchingUp(newsroom)
    if not settings.monitoring_port:
        return beside
    from adapters.web.monitoring import Monitoring

    return *beside, Monitoring(newsroom, ticking, settings)


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
async def _newsroom(database: Database, settings: Settings, processes: int) -> AsyncIterator[Newsroom]:
    async with AsyncExitStack() as opened:
        web = _WebWhenNeeded(settings, opened)
        workers = await opened.enter_async_context(_workers(processes))
        yield Newsroom(
            database,
            engine=QuotingEngine(),
            fetcher=web,
            workers=workers,
            zone=settings.zone,
            clock=_now,
            embedder=Shipped(),
            first_entries=settings.feed_first_entries,
        )


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings.database_url.get_secret_value())
    try:
        yield database
    finally:
        await database.close()


class _WebWhenNeeded:
    """Opens the web for the first page: its HTTP client takes long to load, and most commands fetch nothing."""

    def __init__(self, settings: Settings, opened: AsyncExitStack) -> None:
        self._settings = settings
        self._opened = opened
        self._web: Web | None = None

    async def fetch(self, url: str) -> Page:
        """The page at `url`."""
        return await (await self._opened_web()).fetch(url)

    async def fetch_feed(self, url: str, *, validators: Validators = _ANYTHING) -> Answer | Unchanged | Redirected | Refused:
        """The feed at `url`."""
        return await (await self._opened_web()).fetch_feed(url, validators=validators)

    async def fetch_page(self, url: str) -> Answer | Redirected | Refused:
        """The page at `url`, to be read for a feed."""
        return await (await self._opened_web()).fetch_page(url)

    async def fetch_robots(self, url: str) -> Answer | Redirected | Refused:
        """The robots.txt at `url`."""
        return await (await self._opened_web()).fetch_robots(url)

    async def _opened_web(self) -> Web:
        if self._web is None:
            from bot.reading.fetching import WebFetcher

            web = WebFetcher(
                allow_hosts=self._settings.allow_hosts,
                max_bytes=self._settings.fetch_max_bytes,
                timeout_seconds=self._settings.fetch_timeout,
                contact=self._settings.contact,
            )
            self._web = await self._opened.enter_async_context(web)
        return self._web


def _workers(processes: int) -> Workers:
    """What reads the bytes that come from outside; no process of it is started before there is something to read."""
    return Workers(processes, seconds=_READING_SECONDS, megabytes=_READING_MEGABYTES, warm_up=ready_to_parse)


def _now() -> datetime:
    return datetime.now(UTC)

"""The database: one engine for SQLite or PostgreSQL, and the two kinds of transaction that everything goes through."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, contextmanager, suppress
from pathlib import Path
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Connection, Engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from storage import migrating, sqlite_driver
from storage.errors import DatabaseUnavailable
from storage.failures import meaning

Session = AsyncSession  # what a transaction is called on the floors above, which know no SQL
BUSY_SECONDS = 30.0
OLDEST_SQLITE = (3, 37)
_WRITER_LOCK = int.from_bytes(b"verbatim", "big")
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
# Alembic keeps what it is doing in globals of the process, so two databases must not be migrated in turns.
_ONE_MIGRATION: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()
_FORMS = "Give sqlite:///path/to/file.db or postgresql://user:password@host/name."


class Database:
    """A store behind one URL: `sqlite:///path` or `postgresql://user:password@host/name`.

    Reading transactions see one state and cannot write. Writing transactions are one at a time, on both engines, over
    all processes: whoever waits longer than `busy_seconds` gets `DatabaseBusy`. A password in the URL is never shown.
    Raises `DatabaseUnavailable` for a URL of another form; nothing is opened yet.
    """

    def __init__(self, url: str, *, busy_seconds: float = BUSY_SECONDS) -> None:
        self._url = _understood(url)
        self._busy_seconds = busy_seconds
        self._turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()
        self._under_way: set[asyncio.Future[None]] = set()
        self._is_closed = False
        self.name, self._file = _named(self._url)
        self._engine = _sqlite(self._url, busy_seconds) if self._file else _postgresql(self._url)
        self._reading = self._engine.execution_options(verbatim_begin="BEGIN")
        self._writing = self._engine.execution_options(verbatim_begin="BEGIN IMMEDIATE")

    def __repr__(self) -> str:
        return f"Database({self.name!r})"

    @property
    def engine(self) -> AsyncEngine:
        """For libraries that keep tables of their own here: its `begin()` is `writing()`, and its `connect()` is for reading.

        So a library that only looks something up does not wait for a writer. What fails while it reads is the driver's error.
        """
        return _Lent(self._reading.sync_engine, self._seen, self.writing)

    async def open(self) -> None:
        """See that the schema is the one that this code knows; make it if the database is empty.

        Raises `SchemaMismatch` for an older, newer or foreign schema, and the other storage errors.
        """
        current, head = await self.revision()
        if current is None:
            await self.upgrade()
        elif current != head:
            raise migrating.older(self.name) if migrating.known(current) else migrating.newer(self.name)

    async def upgrade(self) -> None:
        """Bring the schema to the newest one. Does nothing if it is; two processes may do it at once."""
        if self._file:
            await asyncio.to_thread(self._try_the_file)
            await self._keep_a_write_ahead_log()
        async with _ONE_MIGRATION.setdefault(asyncio.get_running_loop(), asyncio.Lock()), self.writing() as session:
            connection = await session.connection()
            await connection.run_sync(migrating.upgrade, self.name)

    async def revision(self) -> tuple[str | None, str]:
        """The schema's revision in the database (None: it has none yet) and the one that this code knows."""
        if self._file:
            await asyncio.to_thread(self._try_the_file)
        async with self.reading() as session:
            connection = await session.connection()
            return await connection.run_sync(migrating.current), migrating.head()

    async def close(self) -> None:
        """Close all connections, once the transactions under way have ended. They have `busy_seconds` for it; none begins later."""
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._busy_seconds):
                    while self._under_way:
                        await asyncio.wait(self._under_way)
        finally:
            self._is_closed = True
            await self._engine.dispose()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A transaction that sees one state of the store and cannot change it.

        Raises the storage errors for what the driver could not do.
        """
        with self._understanding():
            async with self._seen(), AsyncSession(self._reading, expire_on_commit=False) as session, session.begin():
                await session.connection()
                if not self._file:
                    # Not the dialect's options: they are undone by an explicit READ WRITE, which overrules a read-only server.
                    await session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
                yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A transaction that may change the store, and begins as one (a read that turns into a write fails at once
        under load). Commits at the end, or rolls back if the block raises. Raises the storage errors.
        """  # noqa: D205
        with self._understanding():
            async with self._seen(), self._turn(), AsyncSession(self._writing, expire_on_commit=False) as session, session.begin():
                await session.connection()
                if not self._file:
                    await self._wait_for_other_writers(session)
                yield session

    @asynccontextmanager
    async def _seen(self) -> AsyncIterator[None]:
        """A transaction that `close` waits for: a connection that comes back to a closed engine would stay open."""
        self._see_that_it_is_open()
        ended = asyncio.get_running_loop().create_future()
        self._under_way.add(ended)
        try:
            yield
        finally:
            self._under_way.discard(ended)
            ended.set_result(None)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """One writes at a time: those of this process come in the order in which they asked, and hold no connection until then."""
        turn = self._turns.setdefault(asyncio.get_running_loop(), asyncio.Lock())
        try:
            async with asyncio.timeout(self._busy_seconds):
                await turn.acquire()
        except TimeoutError:
            raise PoolTimeout from None
        try:
            self._see_that_it_is_open()
            yield
        finally:
            turn.release()

    def _see_that_it_is_open(self) -> None:
        if self._is_closed:
            raise DatabaseUnavailable(f"The database {self.name} was closed.", "Start Verbatim again.")

    def _try_the_file(self) -> None:
        """Open SQLite's file once by itself: an asynchronous connection that fails leaves a thread behind that may outlive the loop."""
        if sqlite3.sqlite_version_info < OLDEST_SQLITE:
            needed = ".".join(map(str, OLDEST_SQLITE))
            raise DatabaseUnavailable(f"This Python has SQLite {sqlite3.sqlite_version}.", f"Use one with SQLite {needed} or newer.")
        with self._understanding():
            (place, *_), options = self._engine.dialect.create_connect_args(self._url)
            with closing(sqlite3.connect(place, timeout=self._busy_seconds, uri=bool(options.get("uri")))) as connection:
                connection.execute("PRAGMA schema_version")

    async def _wait_for_other_writers(self, session: AsyncSession) -> None:
        milliseconds = max(1, round(self._busy_seconds * 1000))
        await session.execute(text("SELECT set_config('lock_timeout', :limit, true)"), {"limit": f"{milliseconds}ms"})
        await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITER_LOCK})

    async def _keep_a_write_ahead_log(self) -> None:
        """Switch SQLite's file to WAL. Readers of the old mode make the switch fail without waiting, so we wait."""
        deadline = asyncio.get_running_loop().time() + self._busy_seconds
        with self._understanding():
            async with self._engine.connect() as connection:
                await connection.run_sync(_set_query_only, "OFF")
                while True:
                    try:
                        await connection.execute(text("PRAGMA journal_mode = WAL"))
                    except OperationalError as error:
                        busy = getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
                        if not busy or asyncio.get_running_loop().time() > deadline:
                            raise
                        await asyncio.sleep(0.01)
                    else:
                        return

    @contextmanager
    def _understanding(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, PoolTimeout, sqlite3.Error, ConnectionError) as error:
            ours = meaning(error, self.name, self._file)
            if ours is None:
                raise
            raise ours from error


class _Lent(AsyncEngine):
    def __init__(
        self,
        reading: Engine,
        seen: Callable[[], AbstractAsyncContextManager[None]],
        writing: Callable[[], AbstractAsyncContextManager[AsyncSession]],
    ) -> None:
        super().__init__(reading)
        self._seen = seen
        self._writing = writing

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:  # type: ignore[override]  # it is only entered
        async with self._seen(), super().connect() as connection:
            yield connection

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        async with self._writing() as session:
            yield await session.connection()


def _understood(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseUnavailable("The database URL cannot be understood.", _FORMS) from None
    driver = _DRIVERS.get(parsed.drivername)
    if driver is None:
        raise DatabaseUnavailable(f"Verbatim keeps no database of the kind {parsed.drivername!r}.", _FORMS)
    if driver == "sqlite+aiosqlite" and parsed.database in (None, "", ":memory:"):
        raise DatabaseUnavailable("Verbatim keeps its SQLite database in a file.", _FORMS)
    return parsed.set(drivername=driver)


def _named(url: URL) -> tuple[str, Path | None]:
    """What to call the database in messages, and SQLite's file."""
    if url.drivername == "sqlite+aiosqlite":
        path = (url.database or "").removeprefix("file:").partition("?")[0]
        return path, Path(path)
    return f"{url.database or url.username or ''} on {url.host or 'this machine'}", None


def _sqlite(url: URL, busy_seconds: float) -> AsyncEngine:
    arguments = {"timeout": busy_seconds, "isolation_level": None, "async_creator_fn": sqlite_driver.connected}
    engine = create_async_engine(url, connect_args=arguments, pool_timeout=busy_seconds)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: DBAPIConnection, _record: object) -> None:
        try:
            cursor = connection.cursor()
            cursor.execute("PRAGMA foreign_keys = ON")
            cursor.execute("PRAGMA synchronous = NORMAL")
            cursor.close()
        except sqlite3.Error:  # the pool forgets a connection that was not made ready
            connection.close()
            raise

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        statement = connection.get_execution_options().get("verbatim_begin")
        if statement is not None:
            _set_query_only(connection, "OFF" if statement == "BEGIN IMMEDIATE" else "ON")
            connection.exec_driver_sql(statement)

    return engine


def _set_query_only(connection: Connection, wanted: str) -> None:
    """Let a connection of SQLite change nothing, or all; nothing is sent where it is so already."""
    if connection.info.get("query_only") != wanted:
        connection.exec_driver_sql(f"PRAGMA query_only = {wanted}")
        connection.info["query_only"] = wanted


def _postgresql(url: URL) -> AsyncEngine:
    # Nothing is prepared: a prepared statement gets one plan for rare words and common ones, which takes seconds for one of them.
    arguments = {"connect_timeout": 10, "prepare_threshold": None}
    return create_async_engine(url, pool_pre_ping=True, use_native_hstore=False, connect_args=arguments)

import asyncio
import sqlite3
import traceback
from pathlib import Path

import pytest
from sqlalchemy import QueuePool, insert, select, text
from sqlalchemy.util import greenlet_spawn

from storage import articles
from storage.database import Database
from storage.errors import DatabaseBusy, DatabaseReadOnly, DatabaseUnavailable
from storage.records import NewArticle
from storage.schema import Outlet
from tests.storage.sample import NOON


async def outlets(database: Database) -> list[str]:
    async with database.reading() as session:
        return await articles.outlets(session)


async def add_outlet(database: Database, name: str) -> None:
    async with database.writing() as session:
        await session.execute(insert(Outlet).values(name=name, folded=name))


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:///verbatim.db", "verbatim.db"),
        ("sqlite+aiosqlite:////var/lib/verbatim.db", "/var/lib/verbatim.db"),
        ("sqlite:///file:verbatim.db?mode=ro&uri=true", "verbatim.db"),
        ("postgres://ada:s3cret@db.example.org/news", "news on db.example.org"),
        ("postgresql://ada:s3cret@db.example.org:5433/news", "news on db.example.org"),
        ("postgresql+psycopg://ada:s3cret@/news", "news on this machine"),
    ],
)
def test_a_database_is_called_by_its_name_and_never_by_its_password(url: str, name: str) -> None:
    database = Database(url)
    assert database.name == name
    assert repr(database) == f"Database({name!r})"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "verbatim.db",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite+pysqlite:///verbatim.db",
        "mysql://ada:s3cret@db/news",
        "postgresql+asyncpg://ada:s3cret@db/news",
        "postgresql://ada:s3cret@db:port/news",
        "://ada:s3cret@",
    ],
)
def test_a_url_of_another_kind_is_refused_without_showing_its_password(url: str) -> None:
    with pytest.raises(DatabaseUnavailable, match=r"sqlite:///path/to/file\.db or postgresql://") as refused:
        Database(url)
    assert "s3cret" not in "".join(traceback.format_exception(refused.value))


async def test_a_server_that_is_not_there_is_named_without_the_password() -> None:
    database = Database("postgresql://ada:s3cret@127.0.0.1:1/news")
    with pytest.raises(DatabaseUnavailable, match=r"The database news on 127\.0\.0\.1 cannot be reached") as refused:
        await database.open()
    assert "VERBATIM_DATABASE_URL" in refused.value.remedy
    assert "s3cret" not in "".join(traceback.format_exception(refused.value))
    await database.close()


async def test_what_is_written_is_there_for_another_connection(database: Database, database_url: str) -> None:
    await add_outlet(database, "The Ferry")
    other = Database(database_url)
    await other.open()
    assert await outlets(other) == ["The Ferry"]
    await other.close()


async def test_a_block_that_raises_leaves_nothing_behind(database: Database) -> None:
    async def fail() -> None:
        async with database.writing() as session:
            await session.execute(insert(Outlet).values(name="The Ferry", folded="the ferry"))
            raise KeyError

    with pytest.raises(KeyError):
        await fail()
    assert await outlets(database) == []


async def test_a_task_cancelled_while_it_writes_leaves_nothing_behind_and_holds_nothing(database: Database) -> None:
    begun = asyncio.Event()

    async def write() -> None:
        async with database.writing() as session:
            await session.execute(insert(Outlet).values(name="The Ferry", folded="the ferry"))
            begun.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(write())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await add_outlet(database, "The Mill")
    assert await outlets(database) == ["The Mill"]


async def test_whoever_closes_the_store_waits_for_what_reads_and_writes_and_leaves_no_connection_open(database_url: str) -> None:
    """A connection that comes back to an engine after it was closed would stay open until it is found to be garbage."""
    database, held = Database(database_url), asyncio.Event()

    async def read() -> None:
        async with database.reading() as session:
            await held.wait()
            await session.execute(select(Outlet.id))

    async def write() -> None:
        await held.wait()
        await add_outlet(database, "The Ferry")

    working = [asyncio.create_task(work()) for work in (read, read, write)]
    closing = asyncio.create_task(database.close())
    await asyncio.sleep(0)
    held.set()
    pool = database.engine.pool
    assert isinstance(pool, QueuePool)
    await asyncio.wait_for(asyncio.gather(closing, *working), timeout=10)
    assert (pool.checkedout(), pool.checkedin()) == (0, 0)
    with pytest.raises(DatabaseUnavailable, match=r"was closed\. Start Verbatim again\."):
        await outlets(database)
    again = Database(database_url)
    assert await outlets(again) == ["The Ferry"]
    await again.close()


async def test_what_takes_longer_than_a_writer_is_waited_for_does_not_keep_the_store_open(database_url: str) -> None:
    hasty = Database(database_url, busy_seconds=0.05)
    pool = hasty.engine.pool
    async with hasty.reading():
        await asyncio.wait_for(hasty.close(), timeout=10)
    await greenlet_spawn(pool.dispose)  # what came back too late


async def test_a_store_whose_closing_is_given_up_is_closed_all_the_same(database_url: str) -> None:
    database, held, begun = Database(database_url), asyncio.Event(), asyncio.Event()

    async def read() -> None:
        async with database.reading():
            begun.set()
            await held.wait()

    reading = asyncio.create_task(read())
    await begun.wait()
    pool = database.engine.pool
    closing = asyncio.create_task(database.close())
    await asyncio.sleep(0)
    closing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await closing
    held.set()
    await reading
    await greenlet_spawn(pool.dispose)  # what came back too late
    with pytest.raises(DatabaseUnavailable, match="was closed"):
        await outlets(database)


async def test_who_waits_for_a_turn_to_write_does_not_begin_once_the_store_is_closed(database_url: str) -> None:
    hasty = Database(database_url, busy_seconds=0.5)
    pool = hasty.engine.pool
    async with hasty.writing():
        closing = asyncio.create_task(hasty.close())
        await asyncio.sleep(0.4)
        waiting = asyncio.create_task(add_outlet(hasty, "The Ferry"))
        await closing
    with pytest.raises(DatabaseUnavailable, match="was closed"):
        await waiting
    await greenlet_spawn(pool.dispose)


async def test_no_statement_keeps_its_plan_for_other_words(database: Database, engine: str) -> None:
    if engine == "postgresql":
        async with database.reading() as session:
            for _ in range(20):
                await articles.outlets(session)
            assert await session.scalar(text("SELECT count(*) FROM pg_prepared_statements")) == 0


async def test_a_reading_transaction_cannot_write(database: Database) -> None:
    with pytest.raises(DatabaseReadOnly):
        async with database.reading() as session:
            await session.execute(insert(Outlet).values(name="The Ferry", folded="the ferry"))
    await add_outlet(database, "The Mill")
    assert await outlets(database) == ["The Mill"]


async def test_a_reading_transaction_sees_one_state_however_long_it_lasts(database: Database) -> None:
    async with database.reading() as session:
        assert await articles.outlets(session) == []
        await add_outlet(database, "The Ferry")
        assert await articles.outlets(session) == []
    assert await outlets(database) == ["The Ferry"]


async def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    async with database.writing() as session:
        await session.execute(insert(Outlet).values(name="The Ferry", folded="the ferry"))
        assert await outlets(database) == []
    assert await outlets(database) == ["The Ferry"]


async def test_a_write_that_begins_by_reading_does_not_fail_while_others_write(database: Database) -> None:
    async def count_up() -> None:
        async with database.writing() as session:
            known = len(list(await session.scalars(select(Outlet.id))))
            await asyncio.sleep(0)
            await session.execute(insert(Outlet).values(name=f"Outlet {known}", folded=f"outlet {known}"))

    await asyncio.gather(*(count_up() for _ in range(12)))
    assert len(await outlets(database)) == 12


async def test_a_writer_waits_for_another_and_then_says_that_the_database_is_busy(database: Database, database_url: str) -> None:
    hasty = Database(database_url, busy_seconds=0.05)
    async with database.writing():
        with pytest.raises(DatabaseBusy, match=r"is busy\. Another process is writing to it"):
            await add_outlet(hasty, "The Ferry")
        assert await outlets(hasty) == []
    await add_outlet(hasty, "The Ferry")
    assert await outlets(hasty) == ["The Ferry"]
    await hasty.close()


async def test_an_article_names_what_must_exist(database: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        async with database.writing() as session:
            await session.execute(text("INSERT INTO headline_words (word, article_id) VALUES ('ferry', 99)"))


async def test_sqlite_keeps_a_write_ahead_log_and_checks_references(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'verbatim.db'}")
    await database.open()
    async with database.reading() as session:
        assert await session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert await session.scalar(text("PRAGMA foreign_keys")) == 1
        assert await session.scalar(text("PRAGMA synchronous")) == 1
    await database.close()
    with sqlite3.connect(tmp_path / "verbatim.db") as plain:
        assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    plain.close()


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="needs a time zone"):
        async with database.writing() as session:
            await articles.save(session, NewArticle("file:x", "Text."), at=NOON.replace(tzinfo=None))

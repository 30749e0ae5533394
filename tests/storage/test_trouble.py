"""A disk that is full, a file that may not be written or is none, a server that goes away: a sentence, and nothing lost."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import event, text

from storage import articles, migrating, search
from storage.database import Database
from storage.errors import DatabaseReadOnly, DatabaseUnavailable, DiskFull
from storage.records import NewArticle, QuoteFilter, SaveOutcome
from tests.postgresql import PostgreSQL
from tests.storage.sample import NOON, store

ARTICLE = NewArticle("file:x", "Nothing was said.")
NOBODY = 65_534


@contextmanager
def without_rights() -> Iterator[None]:
    """Be a user to whom file permissions apply, also where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users may enter, which the usual ones are not."""
    folder = Path(tempfile.mkdtemp(prefix="verbatim-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest_asyncio.fixture
async def file(sqlite_template: Path, open_folder: Path) -> Path:
    """A database with one quote."""
    path = open_folder / "news.db"
    shutil.copy(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    async with database.writing() as session:
        await store(session, "We row on.", "We row on")
    await database.close()
    return path


def set_rights(file: Path, *, of_file: int, of_folder: int = 0o755) -> None:
    file.chmod(of_file)
    file.parent.chmod(of_folder)


def blank_all_but_the_first_page(file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\x00" * (len(whole) - 4096))


async def save(database: Database) -> articles.Saved:
    async with database.writing() as session:
        return await articles.save(session, ARTICLE, at=NOON)


async def quotes_found(database: Database) -> int:
    async with database.reading() as session:
        return len(await search.quotes(session, QuoteFilter(words=("row",))))


async def test_a_file_opened_only_for_reading_answers_and_says_that_it_cannot_be_written(file: Path) -> None:
    database = Database(f"sqlite:///file:{file}?mode=ro&uri=true")
    await database.open()
    assert await quotes_found(database) == 1
    with pytest.raises(DatabaseReadOnly, match=r"The database .*news\.db is read-only\. Make it writable, or set VERBATIM_DATABASE_URL"):
        await save(database)
    assert await quotes_found(database) == 1
    await database.close()


async def test_a_file_without_the_right_to_write_it_says_that_it_is_read_only(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Whoever lacks rights here may not even read the checkout, where the migrations lie.
    known = migrating.head()
    monkeypatch.setattr(migrating, "head", lambda: known)
    set_rights(file, of_file=0o444, of_folder=0o777)
    database = Database(f"sqlite:///{file}")
    with without_rights():
        await database.open()
        assert await quotes_found(database) == 1
        with pytest.raises(DatabaseReadOnly, match=r"news\.db is read-only"):
            await save(database)
        await database.close()
    set_rights(file, of_file=0o644)
    again = Database(f"sqlite:///{file}")
    assert await quotes_found(again) == 1
    await again.close()


async def test_a_file_in_a_folder_without_the_right_to_write_says_that_it_is_read_only(file: Path) -> None:
    set_rights(file, of_file=0o444, of_folder=0o555)
    database = Database(f"sqlite:///{file}")
    with without_rights(), pytest.raises(DatabaseReadOnly, match=r"news\.db is read-only"):
        await save(database)
    await database.close()


async def test_a_new_file_in_a_folder_without_rights_cannot_be_opened(file: Path) -> None:
    set_rights(file, of_file=0o644, of_folder=0o555)
    database = Database(f"sqlite:///{file.with_name('other.db')}")
    with without_rights(), pytest.raises(DatabaseUnavailable, match=r"other\.db cannot be opened\. See that its folder exists"):
        await database.open()
    await database.close()


async def test_a_folder_that_does_not_exist_or_is_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "missing" / "news.db", tmp_path):
        database = Database(f"sqlite:///{path}")
        with pytest.raises(DatabaseUnavailable, match="cannot be opened"):
            await database.open()
        await database.close()


@pytest.mark.parametrize("content", [b"\xff\xd8\xff\xe0" * 2_000, b"Dear diary, " * 500])
async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "news.db"
    path.write_bytes(content)
    database = Database(f"sqlite:///{path}")
    with pytest.raises(DatabaseUnavailable, match=r"news\.db is damaged or is no database"):
        await database.open()
    await database.close()
    assert path.read_bytes() == content


async def test_a_damaged_database_is_told(file: Path) -> None:
    blank_all_but_the_first_page(file)
    database = Database(f"sqlite:///{file}")
    with pytest.raises(DatabaseUnavailable, match="damaged"):
        await quotes_found(database)
    await database.close()


async def test_a_python_whose_sqlite_is_too_old_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    database = Database(f"sqlite:///{tmp_path / 'news.db'}")
    with pytest.raises(DatabaseUnavailable, match=r"Use one with SQLite 3\.37 or newer"):
        await database.open()
    await database.close()


async def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    path.touch()
    database = Database(f"sqlite:///{path}")
    await database.open()
    assert (await save(database)).outcome is SaveOutcome.ADDED
    await database.close()


async def test_a_full_disk_is_told_and_what_was_stored_before_is_there(file: Path) -> None:
    database = Database(f"sqlite:///{file}")

    @event.listens_for(database._engine.sync_engine, "connect")
    def fill(connection: sqlite3.Connection, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 4}")
        cursor.close()

    async def save_much() -> None:
        async with database.writing() as session:
            await store(session, "We row on and on. " * 5_000, "We row on and on", identity="file:much")

    with pytest.raises(DiskFull, match=r"no room left for the database .*news\.db\. Free some space"):
        await save_much()
    assert await quotes_found(database) == 1
    async with database.reading() as session:
        assert len(await articles.all_ids(session)) == 1
        assert await session.scalar(text("PRAGMA integrity_check")) == "ok"
    await database.close()
    after = Database(f"sqlite:///{file}")
    assert (await save(after)).outcome is SaveOutcome.ADDED
    await after.close()


async def test_a_server_that_takes_no_writes_answers_and_says_so(postgresql_server: PostgreSQL, postgresql_template: str) -> None:
    name = postgresql_server.create(postgresql_template)
    postgresql_server.order(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    database = Database(postgresql_server.url(name))
    await database.open()
    assert await quotes_found(database) == 0
    with pytest.raises(DatabaseReadOnly, match=f"The database {name} on 127.0.0.1 is read-only"):
        await save(database)
    await database.close()
    postgresql_server.drop(name)


async def test_a_connection_that_the_server_cuts_is_told_and_the_next_works(
    postgresql_server: PostgreSQL, postgresql_template: str
) -> None:
    name = postgresql_server.create(postgresql_template)
    database = Database(postgresql_server.url(name))

    def cut() -> None:
        postgresql_server.order(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608

    async def cut_while_writing() -> None:
        async with database.writing() as session:
            await articles.save(session, ARTICLE, at=NOON)
            cut()
            await articles.all_ids(session)

    with pytest.raises(DatabaseUnavailable, match="cannot be reached"):
        await cut_while_writing()
    assert (await save(database)).outcome is SaveOutcome.ADDED
    cut()
    async with database.reading() as session:
        assert len(await articles.all_ids(session)) == 1
    await database.close()
    postgresql_server.drop(name)


async def test_a_database_that_the_server_does_not_have_is_told(postgresql_server: PostgreSQL) -> None:
    database = Database(postgresql_server.url("nowhere"))
    with pytest.raises(DatabaseUnavailable, match=r"The database nowhere on 127\.0\.0\.1 cannot be reached"):
        await database.open()
    await database.close()

"""Databases to measure on, and the same engines without Verbatim: the bare baselines."""

import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psycopg

from storage.database import Database
from tests.postgresql import PostgreSQL, running, server_programs

MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class Databases:
    """New databases of one engine: SQLite files in `folder`, or databases of `server`."""

    engine: str
    folder: Path
    server: PostgreSQL | None = None

    def new(self, name: str) -> str:
        """The URL of a database with nothing in it; `name` is its file's name where it is a file."""
        if self.server is None:
            return f"sqlite:///{self.folder / name}.db"
        return self.server.url(self.server.create())


@contextmanager
def all_databases(folder: Path) -> Iterator[list[Databases]]:
    """Databases of SQLite, and of PostgreSQL where its server's programs are installed."""
    sqlite = Databases("SQLite", folder)
    programs = server_programs()
    if programs is None:
        yield [sqlite]
        return
    with running(programs) as server:
        yield [sqlite, Databases("PostgreSQL", folder, server)]


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """The database at `url`, which is made if it is not there."""
    database = Database(url)
    try:
        await database.open()
        yield database
    finally:
        await database.close()


class Bare(Protocol):
    """A database through its driver alone."""

    def keep(self, texts: Iterator[str]) -> None:
        """Store texts in a table of their own, each in a transaction of its own."""
        ...

    def matching(self, words: Sequence[str]) -> list[int]:
        """The numbers of the best quotes that hold all the words, by Verbatim's index and nothing else."""
        ...

    def size(self) -> int:
        """How many bytes the database takes on the disk."""
        ...


@contextmanager
def bare(url: str) -> Iterator[Bare]:
    """The database at `url`, without Verbatim."""
    if url.startswith("sqlite:///"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as file:
            file.execute("PRAGMA journal_mode = WAL")
            file.execute("PRAGMA synchronous = NORMAL")
            yield _BareSQLite(file)
    else:
        with psycopg.connect(url, autocommit=True) as connection:
            yield _BarePostgreSQL(connection)


class _BareSQLite:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def keep(self, texts: Iterator[str]) -> None:
        self._connection.execute("CREATE TABLE bare_texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
        for text in texts:
            self._connection.execute("INSERT INTO bare_texts (text) VALUES (?)", (text,))

    def matching(self, words: Sequence[str]) -> list[int]:
        found = self._connection.execute(
            "SELECT rowid FROM quote_index WHERE quote_index MATCH ? ORDER BY rank LIMIT ?",
            (" AND ".join(f'"{word}"' for word in words), MOST_FOUND),
        )
        return [row[0] for row in found]

    def size(self) -> int:
        return int(self._connection.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()[0])


class _BarePostgreSQL:
    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        self._connection = connection

    def keep(self, texts: Iterator[str]) -> None:
        self._connection.execute("CREATE TABLE bare_texts (id SERIAL PRIMARY KEY, text TEXT NOT NULL)")
        for text in texts:
            self._connection.execute("INSERT INTO bare_texts (text) VALUES (%s)", (text,))

    def matching(self, words: Sequence[str]) -> list[int]:
        found = self._connection.execute(
            "SELECT quote_id FROM quote_index, to_tsquery('verbatim', %s) AS asked"
            " WHERE vector @@ asked ORDER BY ts_rank(vector, asked) DESC LIMIT %s",
            (" & ".join(f"'{word}'" for word in words), MOST_FOUND),
        )
        return [row[0] for row in found]

    def size(self) -> int:
        ((size,),) = self._connection.execute("SELECT pg_database_size(current_database())").fetchall()
        return int(size)

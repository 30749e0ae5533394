"""aiosqlite with one way to its thread and back for a statement, where it takes four: to make a cursor, to execute, to fetch, to close.

Each of them waits for both threads to be awake. Questions are a dozen statements, most of which take less time than that.
"""

import sqlite3
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from aiosqlite import Connection, Cursor

_AT_ONCE = 1_000
"""So many rows are fetched with the statement: most find fewer, and of those that find very many not all need be in memory."""


class OneWayConnection(Connection):
    """A connection whose cursors go to its thread once for a statement."""

    def cursor(self) -> "OneWayCursor":  # type: ignore[override]  # SQLAlchemy enters what it gets, and awaits nothing
        """A cursor, which is made with its first statement."""
        return OneWayCursor(self)


class OneWayCursor(Cursor):
    """A cursor that executes a statement, fetches what it finds and closes it at once."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, None)  # type: ignore[arg-type]  # made in its thread
        self._rows: list[Any] = []
        self._is_whole = True

    async def _in_thread(self, function: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401
        return await self._execute(function, *arguments)  # type: ignore[no-untyped-call]

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> "OneWayCursor":
        """Execute a statement."""
        await self._in_thread(self._run, sqlite3.Cursor.execute, sql, () if parameters is None else parameters)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> "OneWayCursor":
        """Execute a statement once with each of these parameters."""
        await self._in_thread(self._run, sqlite3.Cursor.executemany, sql, parameters)
        return self

    def _run(self, how: Callable[..., sqlite3.Cursor], sql: str, parameters: Iterable[Any]) -> None:
        self._cursor = self._conn._conn.cursor()  # noqa: SLF001 - that of sqlite3
        how(self._cursor, sql, parameters)
        self._rows = self._cursor.fetchmany(_AT_ONCE)
        self._is_whole = len(self._rows) < _AT_ONCE
        if self._is_whole:
            self._cursor.close()

    async def fetchall(self) -> list[Any]:
        """All rows that are left."""
        rows, self._rows = self._rows, []
        if not self._is_whole:
            rows += await self._in_thread(self._rest)
            self._is_whole = True
        return rows

    def _rest(self) -> list[Any]:
        rows = self._cursor.fetchall()
        self._cursor.close()
        return rows

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows, at most `size`."""
        size = size or self.arraysize
        if len(self._rows) < size and not self._is_whole:
            self._rows += await self._in_thread(self._cursor.fetchmany, size - len(self._rows))
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def fetchone(self) -> Any:  # noqa: ANN401 - a row
        """The next row; None where none is left."""
        return next(iter(await self.fetchmany(1)), None)

    async def close(self) -> None:
        """Let go of what was not fetched."""
        if not self._is_whole:
            await self._in_thread(self._cursor.close)


def connected(place: str, **options: Any) -> OneWayConnection:  # noqa: ANN401 - those of sqlite3.connect
    """A connection to be awaited, to SQLite's file at that place. Its thread ends with the process."""
    connection = OneWayConnection(partial(sqlite3.connect, place, **options), _AT_ONCE)
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does where it makes the connection
    return connection

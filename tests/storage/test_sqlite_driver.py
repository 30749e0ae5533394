"""Our way to SQLite: once to its thread and back for a statement, and never all rows of a long result in memory unasked."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from storage import sqlite_driver
from storage.sqlite_driver import OneWayConnection

NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?) SELECT n FROM numbers"


@pytest_asyncio.fixture
async def connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[OneWayConnection]:
    monkeypatch.setattr(sqlite_driver, "_AT_ONCE", 10)
    opened = sqlite_driver.connected(str(tmp_path / "one.db"), isolation_level=None)
    async with opened:
        yield opened


@pytest.fixture
def ways(connection: OneWayConnection, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was done in the connection's thread."""
    went: list[object] = []
    execute = connection._execute

    async def counted(function: Any, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        went.append(function)
        return await execute(function, *arguments, **named)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(connection, "_execute", counted)
    return went


@pytest.mark.parametrize(("rows", "times"), [(0, 1), (9, 1), (10, 2), (25, 2)])
async def test_a_statement_goes_to_the_thread_once_and_for_all_that_is_left_of_much_again(
    connection: OneWayConnection, ways: list[object], rows: int, times: int
) -> None:
    cursor = connection.cursor()
    await cursor.execute(f"{NUMBERS} LIMIT ?", (rows + 1, rows))
    assert [column[0] for column in cursor.description] == ["n"]
    assert await cursor.fetchall() == [(number + 1,) for number in range(rows)]
    assert await cursor.fetchall() == []
    await cursor.close()
    assert len(ways) == times


@pytest.mark.parametrize("size", [1, 3, 10, 11, 40, None])
async def test_rows_are_fetched_bit_by_bit_in_their_order(connection: OneWayConnection, size: int | None) -> None:
    cursor = connection.cursor()
    await cursor.execute(NUMBERS, (25,))
    found: list[int] = []
    while some := await cursor.fetchmany(size):
        assert len(some) <= (size or 1)
        found += [number for (number,) in some]
    assert found == list(range(1, 26))
    assert await cursor.fetchone() is None
    await cursor.close()


async def test_what_was_not_fetched_holds_nothing_up(connection: OneWayConnection) -> None:
    cursor = connection.cursor()
    await cursor.execute("CREATE TABLE told (n INTEGER)")
    await cursor.executemany("INSERT INTO told VALUES (?)", [(number,) for number in range(25)])
    assert cursor.rowcount == 25
    await cursor.execute("SELECT n FROM told ORDER BY n")
    assert await cursor.fetchone() == (0,)
    await cursor.close()
    await connection.cursor().execute("DROP TABLE told")


async def test_what_an_insertion_returns_is_given_with_its_number(connection: OneWayConnection) -> None:
    cursor = connection.cursor()
    await cursor.execute("CREATE TABLE told (n INTEGER PRIMARY KEY, word TEXT)")
    await cursor.execute("INSERT INTO told (word) VALUES ('a'), ('b') RETURNING n")
    assert await cursor.fetchall() == [(1,), (2,)]
    assert cursor.lastrowid == 2


async def test_a_mistake_is_raised_and_the_connection_goes_on(connection: OneWayConnection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await connection.cursor().execute("SELECT * FROM nowhere")
    cursor = connection.cursor()
    await cursor.execute("SELECT 1")
    assert await cursor.fetchone() == (1,)


async def test_who_no_longer_waits_for_a_statement_leaves_a_connection_that_works(connection: OneWayConnection) -> None:
    waiting = asyncio.create_task(connection.cursor().execute(f"{NUMBERS} ORDER BY -n LIMIT 1", (300_000,)))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    cursor = connection.cursor()
    await cursor.execute("SELECT 1")
    assert await cursor.fetchall() == [(1,)]

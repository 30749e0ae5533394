import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.errors import DatabaseBusy, DatabaseReadOnly, DatabaseUnavailable, DiskFull, StorageError
from storage.failures import meaning


def of_sqlite(code: int) -> DBAPIError:
    cause = sqlite3.OperationalError("as the driver says it")
    cause.sqlite_errorcode = code
    return OperationalError("SELECT 1", {}, cause)


def of_postgresql(state: str | None) -> DBAPIError:
    cause = psycopg.errors.lookup(state)("as the driver says it") if state else psycopg.OperationalError("as the driver says it")
    return OperationalError("SELECT 1", {}, cause)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY, DatabaseBusy),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, DatabaseBusy),
        (sqlite3.SQLITE_LOCKED, DatabaseBusy),
        (sqlite3.SQLITE_READONLY, DatabaseReadOnly),
        (sqlite3.SQLITE_READONLY_DBMOVED, DatabaseReadOnly),
        (sqlite3.SQLITE_FULL, DiskFull),
        (sqlite3.SQLITE_CANTOPEN, DatabaseUnavailable),
        (sqlite3.SQLITE_IOERR_READ, DatabaseUnavailable),
        (sqlite3.SQLITE_CORRUPT, DatabaseUnavailable),
        (sqlite3.SQLITE_NOTADB, DatabaseUnavailable),
    ],
)
def test_what_sqlite_says_is_told_in_a_sentence_with_a_remedy(code: int, kind: type[StorageError]) -> None:
    told = meaning(of_sqlite(code), "news.db", Path("news.db"))
    assert type(told) is kind
    assert "news.db" in told.what
    assert told.remedy.endswith(".")


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("55P03", DatabaseBusy),
        ("40P01", DatabaseBusy),
        ("40001", DatabaseBusy),
        ("53300", DatabaseBusy),
        ("53100", DiskFull),
        ("25006", DatabaseReadOnly),
        ("42501", DatabaseReadOnly),
        ("57P01", DatabaseUnavailable),
        ("08006", DatabaseUnavailable),
        ("28P01", DatabaseUnavailable),
        ("3D000", DatabaseUnavailable),
        (None, DatabaseUnavailable),
    ],
)
def test_what_postgresql_says_is_told_in_a_sentence_with_a_remedy(state: str | None, kind: type[StorageError]) -> None:
    told = meaning(of_postgresql(state), "news on db.example.org")
    assert type(told) is kind
    assert "news on db.example.org" in told.what
    assert told.remedy.endswith(".")


def test_too_many_at_once_and_a_lost_connection_are_told_too() -> None:
    assert isinstance(meaning(PoolTimeout(), "news.db"), DatabaseBusy)
    assert isinstance(meaning(ConnectionResetError(), "news on db.example.org"), DatabaseUnavailable)


def test_a_mistake_of_ours_is_no_trouble_of_the_database() -> None:
    assert meaning(of_sqlite(sqlite3.SQLITE_ERROR), "news.db", Path("news.db")) is None
    assert meaning(ProgrammingError("SELEC", {}, psycopg.errors.lookup("42601")()), "news on db.example.org") is None
    assert meaning(ProgrammingError("SELECT", {}, sqlite3.ProgrammingError("wrong number of bindings")), "news.db") is None

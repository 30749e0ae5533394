"""What a store holds, taken once and given to the empty stores of other tests: reading the same articles again takes longer."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import cast

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import URL

from storage.schema import Base

Restore = Callable[[URL], None]
"""Gives an empty store what was in the one of which the snapshot was taken."""

_TABLES = (*(table.name for table in Base.metadata.sorted_tables), "quote_index", "refusal_index")
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"


def is_empty(url: URL) -> bool:
    """Whether a store is as new: nothing has ever been in it."""
    if url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(url.database))) as store:
            return not any(store.execute(f"SELECT EXISTS (SELECT * FROM {name})").fetchone()[0] for name in (*_TABLES, "sqlite_sequence"))  # noqa: S608
    filled = SQL(" OR ").join(SQL("EXISTS (SELECT FROM {})").format(Identifier(name)) for name in _TABLES)
    with _connected(url) as connection:
        (found,) = connection.execute(SQL("SELECT {} OR EXISTS ({})").format(filled, SQL(_SEQUENCES))).fetchall()
    return not found[0]


def taken(url: URL) -> Restore:
    """A snapshot of a store."""
    return _of_sqlite(url) if url.get_backend_name() == "sqlite" else _of_postgresql(url)


def _of_sqlite(url: URL) -> Restore:
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    with closing(sqlite3.connect(str(url.database))) as store:
        store.backup(kept)

    def restore(into: URL) -> None:
        with closing(sqlite3.connect(str(into.database))) as store:
            kept.backup(store)

    return restore


def _of_postgresql(url: URL) -> Restore:
    rows: dict[str, bytes] = {}
    with _connected(url) as connection:
        for name in _TABLES:
            with connection.cursor().copy(SQL("COPY {} TO STDOUT").format(Identifier(name))) as copy:
                rows[name] = b"".join(copy)
        sequences = connection.execute(cast("SQL", _SEQUENCES)).fetchall()

    def restore(into: URL) -> None:
        with _connected(into) as connection:
            connection.execute("SET session_replication_role = replica")
            for name, kept in rows.items():
                if kept:
                    with connection.cursor().copy(SQL("COPY {} FROM STDIN").format(Identifier(name))) as copy:
                        copy.write(kept)
            for name, last in sequences:
                connection.execute("SELECT setval(quote_ident(%s), %s)", (name, last))

    return restore


def _connected(url: URL) -> psycopg.Connection:
    return psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))

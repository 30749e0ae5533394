"""What a store holds, taken once and given to the empty stores of other tests: reading the same articles again takes longer."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import URL

from storage.schema import Base

Restore = Callable[[URL], None]
"""Gives a store that is as new what was in the one of which the snapshot was taken."""

_TABLES = (*(table.name for table in Base.metadata.sorted_tables), "quote_index", "refusal_index", "article_index")


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
                if content := b"".join(copy):
                    rows[name] = content
        sequences = connection.execute("SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL").fetchall()

    def restore(into: URL) -> None:
        with _connected(into) as connection:
            connection.execute("SET session_replication_role = replica")
            for name, kept in rows.items():
                with connection.cursor().copy(SQL("COPY {} FROM STDIN").format(Identifier(name))) as copy:
                    copy.write(kept)
            for name, last in sequences:
                connection.execute("SELECT setval(quote_ident(%s), %s)", (name, last))

    return restore


def _connected(url: URL) -> psycopg.Connection:
    return psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))

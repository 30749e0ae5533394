"""What the drivers' errors mean to a person. A pure decision: an error and the database's name in, ours out."""

import os
import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.errors import DatabaseBusy, DatabaseReadOnly, DatabaseUnavailable, DiskFull, StorageError

_ANOTHER = "Make it writable, or set VERBATIM_DATABASE_URL to another."
_LATER = "Another process is writing to it. Try again in a moment."
_ROOM = "Free some space and try again; nothing that was stored before is lost."

# The classes and codes are those of https://www.postgresql.org/docs/current/errcodes-appendix.html
_BUSY_STATES = frozenset({"55P03", "40P01", "40001", "53300"})
_FULL_STATE = "53100"
_READ_ONLY_STATES = frozenset({"25006", "42501"})


def meaning(error: DBAPIError | PoolTimeout | sqlite3.Error | OSError, name: str, file: Path | None = None) -> StorageError | None:
    """The error to show for a driver's `error` at the database called `name`, or None if it is a bug of ours.

    `file` is SQLite's database file: whether it may be written decides between read-only and unreachable.
    """
    if isinstance(error, PoolTimeout):
        return DatabaseBusy(f"The database {name} is busy.", "Too much is asked of it at once. Try again in a moment.")
    if isinstance(error, OSError):
        return _unreachable(name)
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error, name, file)
    if isinstance(error.orig, sqlite3.Error):
        return _of_sqlite(error.orig, name, file)
    return _of_postgresql(error, getattr(error.orig, "sqlstate", None), name)


def _of_sqlite(error: sqlite3.Error, name: str, file: Path | None) -> StorageError | None:
    code = getattr(error, "sqlite_errorcode", None)
    match None if code is None else code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return DatabaseBusy(f"The database {name} is busy.", _LATER)
        case sqlite3.SQLITE_READONLY:
            return DatabaseReadOnly(f"The database {name} is read-only.", _ANOTHER)
        case sqlite3.SQLITE_FULL:
            return DiskFull(f"There is no room left for the database {name}.", _ROOM)
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            if file is not None and file.is_file() and not _writable(file):
                return DatabaseReadOnly(f"The database {name} is read-only.", _ANOTHER)
            return DatabaseUnavailable(
                f"The database {name} cannot be opened.", "See that its folder exists and that you may read and write there."
            )
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return DatabaseUnavailable(
                f"The file {name} is damaged or is no database.", "Restore it from a copy, or set VERBATIM_DATABASE_URL to another."
            )
        case sqlite3.SQLITE_IOERR:
            return DatabaseUnavailable(
                f"The disk failed while the database {name} was read or written.", "Check the disk and the space left on it."
            )
        case _:
            return None


def _of_postgresql(error: DBAPIError, state: str | None, name: str) -> StorageError | None:
    if state in _BUSY_STATES:
        return DatabaseBusy(f"The database {name} is busy.", _LATER)
    if state == _FULL_STATE:
        return DiskFull(f"There is no room left for the database {name}.", _ROOM)
    if state in _READ_ONLY_STATES:
        return DatabaseReadOnly(f"The database {name} is read-only.", _ANOTHER)
    if isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated:
        return _unreachable(name)
    return None


def _unreachable(name: str) -> StorageError:
    return DatabaseUnavailable(
        f"The database {name} cannot be reached.",
        "See that it is running, and that VERBATIM_DATABASE_URL has its right host, user and password.",
    )


def _writable(file: Path) -> bool:
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)

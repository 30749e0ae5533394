"""The root of Verbatim's one exception tree, and the branch that the store raises.

The tree is listed in `bot/errors.py`; its root stands here because imports only go down a floor.
"""


class VerbatimError(Exception):
    """Something a person can act on: what happened, and what to do about it.

    `suggestions` are whole requests that a person may have meant, as they would be typed. Anything that is not a
    `VerbatimError` is a bug.
    """

    def __init__(self, what: str, remedy: str = "", *, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(f"{what} {remedy}".strip())
        self.what = what
        self.remedy = remedy
        self.suggestions = suggestions


class StorageError(VerbatimError):
    """The database cannot do what was asked of it."""


class Unstorable(StorageError):
    """A text has characters that no database holds; all else can be stored."""


class DatabaseUnavailable(StorageError):
    """The database cannot be opened or reached."""


class DatabaseBusy(StorageError):
    """Another process held the database for longer than we wait."""


class DatabaseReadOnly(StorageError):
    """The database can be read but not written."""


class DiskFull(StorageError):
    """There is no room left for the database to grow."""


class SchemaMismatch(StorageError):
    """The database's schema is older or newer than this code."""

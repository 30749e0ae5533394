"""The exception tree of Verbatim. Whoever catches `VerbatimError` has caught every error a person can act on.

The root and the branch of the store stand on floor 1 (`storage/errors.py`), since imports only go down.
"""

from storage.errors import (
    DatabaseBusy,
    DatabaseReadOnly,
    DatabaseUnavailable,
    DiskFull,
    SchemaMismatch,
    StorageError,
    Unstorable,
    VerbatimError,
)

__all__ = [
    "Ambiguous",
    "CannotFetch",
    "CannotPost",
    "CannotWrite",
    "DatabaseBusy",
    "DatabaseReadOnly",
    "DatabaseUnavailable",
    "DiskFull",
    "NotAFeed",
    "NotAQuestion",
    "NotAllowed",
    "NotAnArticle",
    "NotFound",
    "NotNow",
    "NotUnderstood",
    "ReadingError",
    "SchemaMismatch",
    "SettingsError",
    "StorageError",
    "TooMuch",
    "Uncertain",
    "Unreachable",
    "Unstorable",
    "VerbatimError",
]


class SettingsError(VerbatimError):
    """A setting is missing or wrong."""


class ReadingError(VerbatimError):
    """Something given to be read could not become an article."""


class NotAnArticle(ReadingError):
    """The bytes are there but hold no article: empty, binary, too large, no prose."""


class TooMuch(ReadingError):
    """Reading the bytes takes longer, or needs more memory, than anything is allowed."""


class NotAFeed(ReadingError):
    """The bytes are there but are no feed: a web page, a list of feeds, something else altogether."""


class CannotFetch(ReadingError):
    """The file or page could not be had at all."""


class CannotWrite(VerbatimError):
    """A file that was asked for could not be written."""


class NotUnderstood(VerbatimError):
    """A question or an option that cannot be made sense of, such as an unknown date."""


class NotAQuestion(NotUnderstood):
    """A text that no question can be made of. Its remedy is examples, which give way to those of a store that has some."""


class NotFound(VerbatimError):
    """Nothing in the store goes by that number or name."""


class Ambiguous(VerbatimError):
    """Several things in the store go by that name; the remedy lists them."""


class NotAllowed(VerbatimError):
    """The operator keeps this for other people."""


class Unreachable(VerbatimError):
    """A service that Verbatim works with cannot be reached, or fails."""


class CannotPost(VerbatimError):
    """Nothing can be posted in a channel, now or later, unless somebody changes something."""


class NotNow(VerbatimError):
    """Something was not posted, for certain, but may be in `seconds`: a limit, or a platform that is away."""

    def __init__(self, what: str, remedy: str = "", *, seconds: float = 30) -> None:
        super().__init__(what, remedy)
        self.seconds = seconds


class Uncertain(VerbatimError):
    """It is not known whether something was posted."""

"""What goes wrong with one feed or one entry is its own reason, and ends nothing for the others."""

import logging
from typing import Final

from bot.errors import StorageError, Unstorable, VerbatimError

BUG: Final = "Verbatim has a fault that keeps it from reading this; the log says more."
_LOG = logging.getLogger(__name__)


def reason_of(error: Exception, what: str) -> str:
    """Why `what` failed, in sentences; what is nobody's doing is a bug, and logged.

    Raises the error again where it is the store that fails, for then it fails for all.
    """
    if isinstance(error, StorageError) and not isinstance(error, Unstorable):
        raise error
    if isinstance(error, VerbatimError):
        return str(error)
    _LOG.error("%s could not be read.", what, exc_info=error)
    return BUG

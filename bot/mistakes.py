"""A mistake of ours in the log, with a mark by which a person's apology, or a delivery that failed, finds it."""

import logging
import secrets

_LOGGER = logging.getLogger("verbatim")


def noted(error: BaseException, doing: str) -> str:
    """Log a mistake with what was being done, and return its mark."""
    mark = secrets.token_hex(4)
    _LOGGER.error("mistake %s while doing: %s", mark, doing, exc_info=error)
    return mark

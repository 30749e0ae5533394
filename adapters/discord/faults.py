"""Why Discord did not take what it was told: because it was told wrongly, or for a reason that nobody who writes this can help."""

import logging

import aiohttp
import discord

from adapters.apologies import noted
from bot.errors import CannotPost

_LOGGER = logging.getLogger("verbatim.discord")
# https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes
UNKNOWN_MESSAGE = 10008
UNKNOWN_INTERACTION = 10062
ALREADY_ACKNOWLEDGED = 40060
MISSING_PERMISSION = frozenset({50001, 50013})
NO_HISTORY = 160002
_NO_COMMON_SERVER = 50278
_INVALID_FORM = 50035
_BAD_REQUEST = 400
_FAILING = 500
# Of what Discord calls a bad request: a channel that takes no messages, a thread that is closed, a filter of the server's.
_NOBODYS_FAULT = frozenset({ALREADY_ACKNOWLEDGED, NO_HISTORY, _NO_COMMON_SERVER, 40058, 50008, 50024, 50083, 160005, 200000, 240000})


def is_nobodys_fault(error: BaseException) -> bool:
    """Whether it is a channel, a token, a limit, something that is gone, or a lost connection: nothing that was told wrongly.

    What the system says of a connection may as well be said of our own files: `posting.calling` tells one from the other.
    """
    if isinstance(error, discord.HTTPException):
        return error.status != _BAD_REQUEST or error.code in _NOBODYS_FAULT or is_gone(error)
    return isinstance(error, CannotPost | aiohttp.ClientError | discord.ConnectionClosed | discord.RateLimited)


def is_uncertain(error: BaseException) -> bool:
    """Whether Discord may have done what it was asked to do."""
    if isinstance(error, discord.HTTPException):
        return error.status >= _FAILING
    return isinstance(error, aiohttp.ClientError) and not isinstance(error, aiohttp.ClientConnectorError)


def takes_no_direct_messages(error: BaseException) -> bool:
    """Whether Discord does not let us write to a person: for good, for now, or as there is no server in which both are."""
    if isinstance(error, discord.HTTPException) and error.code == _NO_COMMON_SERVER:
        return True
    return isinstance(error, CannotPost | discord.Forbidden)


def is_gone(error: BaseException) -> bool:
    """Whether the message that was replied to, or that was to be edited, is not there any more."""
    if not isinstance(error, discord.HTTPException):
        return False
    return error.code == UNKNOWN_MESSAGE or (error.code == _INVALID_FORM and "message_reference" in error.text)


def logged(error: Exception, doing: str) -> str | None:
    """Log what was not done: None where that is nobody's fault, else the mark of a mistake of ours."""
    if is_nobodys_fault(error):
        _LOGGER.warning("Discord did not take it (%s): %s", named(error), doing)
        return None
    return noted(error, f"{doing} ({named(error)})")


def in_a_line(record: logging.LogRecord) -> bool:
    """Let everything through that discord.py logs, but what is nobody's fault as a warning of one line."""
    error = record.exc_info[1] if record.exc_info else None
    if error and is_nobodys_fault(error):
        record.msg, record.args, record.exc_info = f"{record.getMessage()}: {named(error)}", (), None
        record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
    return True


def named(error: BaseException) -> str:
    """The kind of an error with Discord's code, and without the address that was called: the token of an interaction may stand in it."""
    if isinstance(error, discord.HTTPException):
        return f"{type(error).__name__} {error.status} {error.code}"
    return type(error).__name__

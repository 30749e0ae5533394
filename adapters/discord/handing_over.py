"""Files on Discord: given to one person alone, and no larger than it takes."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord

from adapters.discord.faults import is_nobodys_fault, logged
from bot.errors import CannotPost
from bot.replies import Export

_MEGABYTE = 1_000_000


def see_that_it_fits(file: Export, limit: int) -> None:
    """Raise CannotPost for a file of more than `limit` bytes."""
    size = len(file.content)
    if size > limit:
        raise CannotPost(
            f"The file would have {size / _MEGABYTE:,.1f} MB, and Discord takes {limit / _MEGABYTE:,.1f} here.",
            "Ask for less, such as since Monday, and export that.",
        )


def attached(file: Export) -> discord.File:
    """The file as discord.py sends it, once."""
    return discord.File(io.BytesIO(file.content), file.name)


@asynccontextmanager
async def taken(what: str, remedy: str) -> AsyncIterator[None]:
    """Tell the person where Discord did not take something, or did not say so: with CannotPost."""
    try:
        yield
    except Exception as error:
        if not is_nobodys_fault(error):
            raise
        logged(error, what)
        raise CannotPost(what, remedy) from error

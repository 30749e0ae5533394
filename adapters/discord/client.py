"""discord.py's client as Verbatim uses it: through the proxy of the environment, patient with limits, and silent about secrets."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import discord
from discord.http import Route
from pydantic import SecretStr

from adapters.discord.refusals import FAILED, refused
from adapters.settings import Settings

LONGEST_WAIT_SECONDS = 60.0
_Client = TypeVar("_Client", bound=discord.Client)


def options(settings: Settings) -> dict[str, Any]:
    """The options of every client of Discord. What discord.py logs goes where ours does, but for its finest: all that people write."""
    logging.getLogger("discord").setLevel(max(logging.INFO, logging.getLevelNamesMapping()[settings.log_level.upper()]))
    return {"proxy": proxy(), "max_ratelimit_timeout": LONGEST_WAIT_SECONDS}


def proxy() -> str | None:
    """The proxy through which the environment wants Discord to be reached."""
    address = urlsplit(Route.BASE)
    return None if proxy_bypass(address.hostname or "") else getproxies().get(address.scheme)


@asynccontextmanager
async def logged_in(client: _Client, token: SecretStr) -> AsyncIterator[_Client]:
    """The client, which may ask Discord for things; it is closed in the end.

    Raises SettingsError for a token that Discord refuses, and Unreachable without Discord.
    """
    async with client:
        try:
            await client.login(token.get_secret_value())
        except FAILED as error:
            raise refused(error) from None
        yield client

"""What follows the first answer to a command or a button: posted once, since Discord knows no second one from the first by its nonce."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

import aiohttp
import discord
from discord.http import Route, json_or_text
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

_FAILING = 500


def post_each_once() -> None:
    """From here on, and in all tasks that are begun from here, send no follow-up again of which it is not known whether it was taken.

    discord.py would send it five times in all. Everything else may well be sent again: it takes the place of what stands there.
    """
    async_context.set(_Adapter())  # type: ignore[no-untyped-call] # discord.py gives its own no types


class _Adapter(AsyncWebhookAdapter):
    async def request(self, route: Route, session: aiohttp.ClientSession, **options: Any) -> Any:  # noqa: ANN401 - discord.py's form
        if route.method == "POST" and route.path.startswith("/webhooks/"):
            session = cast("aiohttp.ClientSession", _Once(session))
        return await super().request(route, session, **options)


@dataclass(frozen=True, slots=True)
class _Once:
    """A session as far as discord.py's adapter uses it, whose failures are no reason for it to try again."""

    session: aiohttp.ClientSession

    @asynccontextmanager
    async def request(self, method: str, url: str, **options: Any) -> AsyncIterator[aiohttp.ClientResponse]:  # noqa: ANN401 - aiohttp's
        try:
            async with self.session.request(method, url, **options) as response:
                if response.status >= _FAILING:
                    raise discord.DiscordServerError(response, await json_or_text(response))
                yield response
        except OSError as error:
            raise aiohttp.ClientConnectionError(str(error)) from error

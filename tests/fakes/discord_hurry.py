"""The waits of discord.py before it makes a request again, taken at once and written down."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch


class _Hurried:
    """What a module knows as `asyncio`, whose sleep is over at once."""

    def __init__(self, slept: list[float]) -> None:
        self._slept = slept

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (whatever asyncio has)
        return getattr(asyncio, name)

    async def sleep(self, seconds: float) -> None:
        self._slept.append(seconds)
        await asyncio.sleep(0)


@contextmanager
def hurried() -> Iterator[list[float]]:
    """The seconds that discord.py would have waited in between its requests, as they come."""
    slept: list[float] = []
    with patch("discord.http.asyncio", _Hurried(slept)), patch("discord.webhook.async_.asyncio", _Hurried(slept)):
        yield slept

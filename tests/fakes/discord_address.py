"""Where discord.py looks for Discord."""

from collections.abc import Iterator
from contextlib import contextmanager

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

BASE = "/api/v10"


def point_at(url: str) -> None:
    """Let discord.py take a server on loopback for Discord."""
    Route.BASE = url + BASE
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url.replace("http", "ws", 1) + "/gateway")


@contextmanager
def pointed_at(url: str) -> Iterator[None]:
    """The same for a while."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    point_at(url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before

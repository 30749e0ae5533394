from collections.abc import AsyncIterator

import pytest

from tests.fakes.discord_people import People
from tests.fakes.discord_running import connected
from tests.fakes.discord_server import DiscordServer, discord_server
from tests.fakes.discord_toy import Toy


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with discord_server() as server:
        yield server


@pytest.fixture
async def toy(server: DiscordServer) -> AsyncIterator[Toy]:
    toy = Toy()
    async with connected(server, toy):
        yield toy


@pytest.fixture
async def people(server: DiscordServer, toy: Toy) -> People:
    """People of a Discord in which the toy is at work."""
    assert toy.is_ready()
    return People(server)

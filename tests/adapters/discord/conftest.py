import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.adapters.discord.scenes import Scene, playing
from tests.fakes.discord_server import DiscordServer, discord_server


@pytest.fixture
async def discord() -> AsyncIterator[DiscordServer]:
    """Discord on loopback, with the server Harbour Post in it."""
    async with discord_server() as server:
        yield server


@pytest.fixture
async def store(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A SQLite database with nothing in it, of the newest schema: what chat keeps in one is tested on both engines beside the store."""
    opened = Database(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'verbatim.db')}")
    yield opened
    await opened.close()


@pytest.fixture
async def scene(discord: DiscordServer, store: Database) -> AsyncIterator[Scene]:
    """A newsroom that has read some articles, at work in a server. At the end Discord has refused nothing, and nobody was pinged."""
    async with playing(discord, store) as scene:
        yield scene
        await discord.settled()
    assert discord.refused == []
    assert discord.pings == []


@pytest.fixture
async def rough_scene(discord: DiscordServer, store: Database) -> AsyncIterator[Scene]:
    """The same, where Discord may refuse something or fail."""
    async with playing(discord, store) as scene:
        yield scene
        await discord.settled()
    assert discord.pings == []

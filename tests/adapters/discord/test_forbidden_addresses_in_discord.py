"""24. An address that leads into a private network is refused to the person alone, and the real fetcher fetches nothing."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.newsroom import Newsroom
from bot.reading.fetching import WebFetcher
from storage.database import Database
from tests.adapters.discord.scenes import Scene, playing
from tests.fakes.discord_reading import visible_text
from tests.fakes.discord_records import ADA, NEWS
from tests.fakes.discord_server import DiscordServer
from tests.fakes.web_server import Names, WebServer, web_server
from tests.fakes.workers import HereWorkers
from tests.newsrooms import LONDON, Room

HOST = "news.example.org"  # stands for a public host, although the server on loopback answers for it
REFUSAL = "The address leads to a private network."


@pytest.fixture
async def web() -> AsyncIterator[WebServer]:
    async with web_server() as server:
        yield server


@pytest.fixture
async def fetching(discord: DiscordServer, store: Database) -> AsyncIterator[Scene]:
    """A newsroom that fetches what it is asked to add."""
    room = Room.over(store)
    async with WebFetcher(allow_hosts=[HOST], resolver=Names({HOST: [["127.0.0.1"]]})) as fetcher:
        newsroom = Newsroom(store, engine=room.engine, fetcher=fetcher, workers=HereWorkers(), zone=LONDON, clock=room.clock)
        async with playing(discord, store, room=replace(room, newsroom=newsroom)) as scene:
            yield scene
    assert discord.refused == []


async def test_a_public_page_is_fetched_and_added(fetching: Scene, web: WebServer) -> None:
    added = visible_text(await fetching.asked(f"add http://{HOST}:{web.port}/article"))
    assert web.requests == ["/article"]
    assert REFUSAL not in added


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/article",
        "<http://[::ffff:127.0.0.1]:{port}/article>",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        f"http://{HOST}:{{port}}/to?location=http://127.0.0.1:{{port}}/article",
    ],
)
async def test_an_address_of_a_private_network_is_not_added(fetching: Scene, web: WebServer, address: str) -> None:
    fetching.people.mention(f"add {address.format(port=web.port)}")
    fetching.people.command("add", address=address.format(port=web.port).strip("<>"))
    await fetching.settled()
    (told,) = fetching.discord.posts(ADA)
    (whispered,) = fetching.discord.ephemerals(ADA)
    for refusal in (told, whispered):
        assert REFUSAL in visible_text(refusal)
    assert fetching.discord.posts(NEWS) == []
    assert set(web.requests) <= {"/to"}
    assert "0 articles" in visible_text(await fetching.asked("status"))

"""24. Who asks to add an address of a private network is refused alone, and the real fetcher fetches nothing."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.newsroom import Newsroom
from bot.reading.fetching import WebFetcher
from storage.database import Database
from tests.adapters.slack.scenes import Scene, playing
from tests.fakes.slack_server import SlackServer
from tests.fakes.slack_transports import Transport
from tests.fakes.web_server import Names, WebServer, web_server
from tests.fakes.workers import HereWorkers
from tests.newsrooms import LONDON, Room

HOST = "news.example.org"  # stands for a public host, although the server on loopback answers for it
REBOUND = "evil.example.org"
REFUSAL = "The address leads to a private network."


@pytest.fixture
async def web() -> AsyncIterator[WebServer]:
    async with web_server() as server:
        yield server


@pytest.fixture
async def fetching(slack: SlackServer, store: Database, transport: Transport) -> AsyncIterator[Scene]:
    """A newsroom that fetches what it is asked to add."""
    names = Names({HOST: [["127.0.0.1"]], REBOUND: [["127.0.0.1"]]})
    room = Room.over(store)
    async with WebFetcher(allow_hosts=[HOST], resolver=names) as fetcher:
        newsroom = Newsroom(store, engine=room.engine, fetcher=fetcher, workers=HereWorkers(), zone=LONDON, clock=room.clock)
        async with playing(slack, store, transport, room=replace(room, newsroom=newsroom)) as scene:
            yield scene
    assert slack.refused == []


async def refused(scene: Scene, address: str) -> None:
    """Fail unless a command and a mention are refused to the person alone, and nothing is stored."""
    for ask in (scene.workspace.command, scene.workspace.mention):
        assert (await ask(f"add {address}")).ok
        await scene.settled()
    assert len(scene.slack.ephemerals("U1")) == 2
    for told in scene.slack.ephemerals("U1"):
        assert REFUSAL in told.text
    assert scene.slack.posts("C1") == []
    await scene.asked("status")
    assert "2 articles" in scene.whispered()


async def test_a_public_page_is_fetched_and_added(fetching: Scene, web: WebServer) -> None:
    await fetching.asked(f"add http://{HOST}:{web.port}/article")
    assert web.requests == ["/article"]
    assert REFUSAL not in fetching.whispered()


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/article",
        "http://[::ffff:127.0.0.1]:{port}/article",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        f"http://{REBOUND}:{{port}}/article",
    ],
)
async def test_an_address_of_a_private_network_is_not_added(fetching: Scene, web: WebServer, address: str) -> None:
    await refused(fetching, address.format(port=web.port))
    assert web.requests == []


@pytest.mark.parametrize("address", ["http://127.0.0.1:{port}/article", "http://169.254.169.254/", f"http://{REBOUND}:{{port}}/article"])
async def test_a_public_address_that_leads_into_a_private_network_is_not_added(fetching: Scene, web: WebServer, address: str) -> None:
    await refused(fetching, f"http://{HOST}:{web.port}/to?location={address.format(port=web.port)}")
    assert set(web.requests) == {"/to"}

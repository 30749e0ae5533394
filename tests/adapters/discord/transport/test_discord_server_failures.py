import asyncio

import aiohttp
import pytest

from tests.adapters.discord.transport.toying import CREATE, place, shown
from tests.fakes.discord_failures import Limit
from tests.fakes.discord_people import People
from tests.fakes.discord_records import BEN, NEWS
from tests.fakes.discord_server import DiscordServer
from tests.fakes.discord_toy import Toy


async def test_requests_over_the_limit_of_a_route_wait(server: DiscordServer, toy: Toy) -> None:
    server.limits.routes[CREATE] = Limit(2, 0.1)
    await asyncio.gather(*(place(toy).send(str(number)) for number in range(5)))
    assert sorted(shown(server)) == ["0", "1", "2", "3", "4"]


async def test_a_429_of_a_route_is_tried_again(server: DiscordServer, people: People) -> None:
    server.fail(CREATE, retry_after=0.01)
    people.mention("A")
    await server.settled()
    assert shown(server) == ["You said: A"]
    assert [call.status for call in server.calls_of(CREATE)] == [429, 200]
    assert server.refused[0].answer["global"] is False


async def test_a_429_over_everything_holds_back_other_routes(server: DiscordServer, people: People, toy: Toy) -> None:
    server.fail(CREATE, retry_after=0.1, everywhere=True)
    people.mention("A")
    while toy.http._global_over.is_set():  # noqa: ASYNC110 (discord.py tells nobody)
        await asyncio.sleep(0)
    fetching = asyncio.create_task(toy.fetch_user(BEN))
    while not toy.http._global_over.is_set():
        assert server.calls_of("GET /users/{user}") == []
        await asyncio.sleep(0.001)
    await fetching
    await server.settled()
    assert shown(server) == ["You said: A"]


async def test_too_many_requests_of_all_kinds_are_refused_for_a_while(server: DiscordServer, toy: Toy) -> None:
    server.limits.everywhere = Limit(2, 0.1)
    for _ in range(3):
        await toy.fetch_user(BEN)
    assert [call.status for call in server.calls_of("GET /users/{user}")] == [200, 200, 429, 200]


async def test_a_request_fails_before_or_after_it_has_taken_effect(server: DiscordServer, toy: Toy) -> None:
    server.fail(CREATE, drop=True)
    with pytest.raises((aiohttp.ClientError, OSError)):
        await place(toy).send("lost", nonce="1")
    assert shown(server) == []
    server.fail(CREATE, drop=True, after=True)
    with pytest.raises((aiohttp.ClientError, OSError)):
        await place(toy).send("there", nonce="2")
    sent = await place(toy).send("there", nonce="2")
    assert shown(server) == ["there"]
    assert sent.id == server.posts(NEWS)[0].id
    server.forward(301)
    await place(toy).send("there", nonce="2")
    assert shown(server) == ["there", "there"]


async def test_a_request_hangs_until_it_is_released(server: DiscordServer, people: People) -> None:
    held = server.hold(CREATE)
    people.mention("A")
    await held.arrived.wait()
    assert shown(server) == []
    held.release()
    await server.settled()
    assert shown(server) == ["You said: A"]

import asyncio

import aiohttp
import discord
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.adapters.discord.transport.toying import shown
from tests.fakes.discord_people import People
from tests.fakes.discord_records import ADA, BEN, GUILD
from tests.fakes.discord_running import connected
from tests.fakes.discord_server import DiscordServer, discord_server
from tests.fakes.discord_toy import Toy


async def test_what_happened_while_the_connection_was_lost_is_told_when_it_is_resumed(server: DiscordServer, people: People) -> None:
    people.mention("before")
    await server.settled()
    server.gateway.abort()
    people.mention("meanwhile")
    await server.gateway.ready()
    await server.settled()
    people.mention("after")
    await server.settled()
    assert shown(server) == ["You said: before", "You said: meanwhile", "You said: after"]
    assert (len(server.gateway.identifies), len(server.gateway.resumes)) == (1, 1)


async def test_an_app_that_is_asked_to_reconnect_resumes(server: DiscordServer, people: People) -> None:
    server.gateway.ask_to_reconnect()
    await server.until(lambda: server.gateway.resumes, "a resume")
    people.mention("A")
    await server.settled()
    assert shown(server) == ["You said: A"]
    assert len(server.gateway.identifies) == 1


@pytest.mark.parametrize(("resumable", "identifies", "resumes"), [(True, 1, 1), (False, 2, 0)])
async def test_an_invalid_session_is_resumed_or_begun_anew(
    server: DiscordServer, people: People, *, resumable: bool, identifies: int, resumes: int
) -> None:
    server.gateway.invalidate(resumable=resumable)
    await server.until(lambda: len(server.gateway.identifies) + len(server.gateway.resumes) == 2, "the app again")
    people.mention("A")
    await server.gateway.ready()
    await server.settled()
    assert shown(server) == ["You said: A"]
    assert (len(server.gateway.identifies), len(server.gateway.resumes)) == (identifies, resumes)


async def test_a_session_that_is_no_longer_known_is_begun_anew(server: DiscordServer, people: People) -> None:
    await server.gateway.close(4009, forget=True)
    await server.until(lambda: len(server.gateway.identifies) == 2, "another identify")
    people.mention("A")
    await server.settled()
    assert shown(server) == ["You said: A"]
    assert len(server.gateway.resumes) == 1


async def test_an_app_whose_heartbeats_are_not_acknowledged_comes_again(server: DiscordServer) -> None:
    server.gateway.interval = 0.05
    async with connected(server, Toy(heartbeat_timeout=0.2)):
        server.gateway.acknowledges = False
        await server.until(lambda: server.gateway.resumes, "a resume")
        server.gateway.acknowledges = True
        await server.gateway.ready()
    assert server.gateway.heartbeats > 2
    assert 4000 in server.gateway.closed_with


async def test_an_intent_that_was_not_granted_is_refused(server: DiscordServer) -> None:
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with connected(server, Toy(intents=["guilds", "message_content"])):
            pass
    assert server.gateway.closed_with == [4014]


async def test_a_wrong_token_is_refused_by_both(server: DiscordServer) -> None:
    async with Toy() as toy:
        with pytest.raises(discord.LoginFailure):
            await toy.start("wrong")
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{server.url}/gateway?v=10&encoding=json") as socket:
        assert (await socket.receive_json())["op"] == 10
        await socket.send_json({"op": 2, "d": {"token": "wrong", "intents": 0}})
        await socket.receive()
        assert socket.close_code == 4004


async def test_sessions_that_may_be_begun_are_counted_and_with_the_last_the_token_is_gone(server: DiscordServer) -> None:
    server.session_starts["remaining"] = 1
    async with connected(server, Toy()) as running:
        assert server.session_starts["remaining"] == 0
        await server.gateway.close(4009, forget=True)
        await asyncio.wait([running])
        assert isinstance(running.exception(), discord.ConnectionClosed)
    assert (server.session_starts["remaining"], server.gateway.closed_with[-1]) == (-1, 4004)


async def test_whoever_comes_is_turned_away_for_as_long_as_a_test_wishes(server: DiscordServer) -> None:
    server.gateway.turns_away = 4014
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with connected(server, Toy()):
            pass
    server.gateway.turns_away = None
    async with connected(server, Toy()) as running:
        assert not running.done()


async def test_a_closed_gateway_lets_nobody_in(server: DiscordServer) -> None:
    server.gateway.is_open = False
    async with aiohttp.ClientSession() as session, session.get(f"{server.url}/gateway") as response:
        assert response.status == 503


async def test_members_are_found_by_their_names_through_the_gateway(toy: Toy) -> None:
    guild = toy.get_guild(GUILD)
    assert guild is not None
    assert [member.id for member in await guild.query_members("ada")] == [ADA]
    assert [member.id for member in await guild.query_members(user_ids=[BEN])] == [BEN]


async def test_discord_py_is_pointed_back_at_discord_afterwards() -> None:
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    async with discord_server() as server:
        assert Route.BASE.startswith(server.url)
    after = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    assert after == before

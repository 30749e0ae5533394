"""`verbatim discord` and `verbatim serve`, as they are typed."""

import asyncio
import re
import threading
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.discord.permissions import permissions
from adapters.terminal.app import run
from tests.fakes.discord_records import APP, DESK, SPORT
from tests.fakes.discord_server import DiscordServer, discord_server

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def discord(monkeypatch: pytest.MonkeyPatch) -> Iterator[DiscordServer]:
    """Discord on loopback, in a thread of its own, and settings for it."""
    loop, started, done, servers = asyncio.new_event_loop(), threading.Event(), asyncio.Event(), list[DiscordServer]()

    async def serve() -> None:
        async with discord_server() as server:
            servers.append(server)
            started.set()
            await done.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert started.wait(10)
    monkeypatch.setenv("VERBATIM_DISCORD_TOKEN", servers[0].token)
    yield servers[0]
    loop.call_soon_threadsafe(done.set)
    thread.join()
    loop.close()


def test_the_link_alone_is_printed_and_asks_for_just_what_is_used(discord: DiscordServer, capsys: Captured) -> None:
    assert run(["discord", "invite"]) == 0
    output, errors = capsys.readouterr()
    link = urlsplit(output.removesuffix("\n"))
    assert (link.scheme, link.netloc, link.path) == ("https", "discord.com", "/oauth2/authorize")
    assert parse_qs(link.query) == {
        "client_id": [str(APP)],
        "scope": ["bot applications.commands"],
        "permissions": [str(permissions().value)],
    }
    assert "Send Messages in Threads" in errors
    assert "needs no privileged intent" in errors
    assert discord.gateway.identifies == []


@pytest.mark.parametrize("command", ["invite", "check"])
def test_without_a_token_it_is_told_in_three_steps_how_one_is_had(command: str, capsys: Captured) -> None:
    assert run(["discord", command]) == 2
    told = capsys.readouterr().err
    assert told.startswith("Discord is not set up. It takes three steps:\n1. Make an application")
    assert re.findall(r"^\d", told, re.MULTILINE) == ["1", "2", "3"]


def test_an_invitation_with_a_wrong_token_ends_with_a_sentence(
    discord: DiscordServer, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERBATIM_DISCORD_TOKEN", f"{discord.token}wrong")
    assert run(["discord", "invite"]) == 2
    output, errors = capsys.readouterr()
    assert output == ""
    assert errors.startswith("The token in VERBATIM_DISCORD_TOKEN is not one that Discord knows. Copy it from the page Bot")
    assert discord.token not in errors


def test_a_check_says_what_works_and_with_code_2_what_does_not(discord: DiscordServer, capsys: Captured) -> None:
    discord.channels[DESK].overwrites.clear()
    assert run(["discord", "check"]) == 0
    output, errors = capsys.readouterr()
    assert "Harbour Post: every permission that is needed is granted." in output
    assert errors == ""
    discord.channels[SPORT].overwrites.clear()
    discord.deny(SPORT, "send_messages")
    assert run(["discord", "check"]) == 2
    output, errors = capsys.readouterr()
    assert "The token works: the bot is @Verbatim." in output
    assert errors.startswith("Harbour Post: Send Messages is taken away in #sport.")
    assert discord.gateway.identifies == []


def test_a_check_without_discord_ends_with_a_sentence(discord: DiscordServer, capsys: Captured) -> None:
    discord.fail("GET /users/@me", drop=True, times=9)
    assert run(["discord", "check"]) == 2
    assert capsys.readouterr().err.startswith("Discord cannot be reached. Check this machine's connection and its proxy")

"""`verbatim serve` as a process of its own."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from adapters.settings import PREFIX
from tests.fakes.ports import free_port
from tests.fakes.slack_deliveries import Sent
from tests.fakes.slack_reading import visible_text
from tests.fakes.slack_server import SlackServer, slack_server

WITHOUT_DISCORD = b"Discord: not set up; begin with 'verbatim discord invite'.\n"
NO_DIGESTS = b"Digests: none are set up.\n"
NO_FEEDS = b"Feeds: none are read yet; 'verbatim feeds add' begins.\n"
SLACK_IS_SERVED = b"Slack: @verbatim answers in Harbour Post, over Socket Mode.\n"
PROMPT = b"Prompt: type a question, or 'help'; 'quit' ends the prompt alone.\n"
STOPPING = b"Stopping, once what was begun is answered. A second Ctrl-C ends it at once.\n"
# discord.py has its address in its code: here it is one at which nobody listens.
_WITH_DISCORD_OUT = """
import sys
from discord.http import Route
Route.BASE = "http://127.0.0.1:1"
from adapters.terminal.app import main
main()
"""


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with slack_server() as server:
        yield server


class Served:
    """A process that serves, started in the test's own folder; it is killed if the test leaves it running."""

    def __init__(self, process: Process) -> None:
        self._process = process

    async def line(self) -> bytes:
        """The next line that it printed."""
        assert self._process.stdout
        return await self._process.stdout.readline()

    def type(self, words: bytes) -> None:
        assert self._process.stdin
        self._process.stdin.write(words)

    def type_no_more(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()

    def send(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    async def over(self) -> tuple[int | None, bytes, bytes]:
        """Its exit code, and what it printed since, on both streams."""
        output, errors = await self._process.communicate()
        return self._process.returncode, output, errors


@pytest.fixture
async def serve(tmp_path: Path) -> AsyncIterator["Serve"]:
    serving = Serve(tmp_path)
    yield serving
    await serving.killed()


class Serve:
    """Starts `verbatim serve`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._begun: list[Process] = []

    async def __call__(self, settings: dict[str, str], *options: str, program: tuple[str, ...] = ("-m", "adapters.terminal")) -> Served:
        environment = {
            **os.environ,
            "VERBATIM_DATABASE_URL": f"sqlite:///{self._folder / 'verbatim.db'}",
            "VERBATIM_LOG_LEVEL": "debug",
            "VERBATIM_LOG_FILE": str(self.log),
            "VERBATIM_MONITORING_PORT": "0",
            "PYTHONPATH": str(Path(__file__).parents[2]),
            **{PREFIX + name.upper(): value for name, value in settings.items()},
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, *program, "serve", *options, env=environment, stdin=PIPE, stdout=PIPE, stderr=PIPE
        )
        self._begun.append(process)
        return Served(process)

    @property
    def log(self) -> Path:
        return self._folder / "serve.log"

    async def killed(self) -> None:
        for process in self._begun:
            if process.returncode is None:
                process.kill()
                await process.communicate()


def _in_slack(slack: SlackServer) -> dict[str, str]:
    return {"slack_api_url": f"{slack.url}/api/", "slack_bot_token": "xoxb-T1", "slack_app_token": "xapp-1-test"}


def _command(slack: SlackServer, text: str, number: str = "E1") -> Sent:
    payload = {"command": "/verbatim", "text": text, "team_id": "T1", "user_id": "U1", "channel_id": "C1", "trigger_id": number}
    return Sent("slash_commands", {**payload, "response_url": slack.new_response_url("U1", "C1", "T1")}, number)


async def test_a_chat_is_served_until_the_process_is_told_to_end(slack: SlackServer, serve: Serve) -> None:
    port = free_port()
    process = await serve({**_in_slack(slack), "monitoring_port": str(port)})
    monitored = f"Monitoring: /healthz and /metrics on 127.0.0.1 port {port}.\n".encode()
    assert await process.line() == WITHOUT_DISCORD
    assert {await process.line() for _ in range(4)} == {NO_DIGESTS, NO_FEEDS, monitored, SLACK_IS_SERVED}
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/healthz") as response:
        assert (response.status, (await response.json())["status"]) == (200, "ok")
    await slack.sockets.connected()
    asked = _command(slack, "help")
    assert (await slack.sockets.send(asked)).ok
    await slack.next_call("response_url")
    process.send(signal.SIGTERM)
    assert await process.over() == (0, STOPPING, b"")
    log = serve.log.read_text()
    assert log
    for secret in ("xoxb-T1", "xapp-1-test", asked.payload["response_url"]):
        assert secret not in log


async def test_a_wrong_token_of_the_only_chat_ends_it_with_code_2_and_a_sentence(slack: SlackServer, serve: Serve) -> None:
    code, output, errors = await (await serve({**_in_slack(slack), "slack_bot_token": "xoxb-wrong"})).over()
    assert (code, output.replace(NO_DIGESTS, b"").replace(NO_FEEDS, b"")) == (2, WITHOUT_DISCORD)
    assert errors.startswith(b"The token in VERBATIM_SLACK_BOT_TOKEN is not a token that Slack knows (Slack says invalid_auth).")
    assert b"xoxb-wrong" not in errors + serve.log.read_bytes()


async def test_while_discord_is_out_slack_answers_and_an_answer_in_hand_is_finished(slack: SlackServer, serve: Serve) -> None:
    process = await serve({**_in_slack(slack), "discord_token": "your.bot.token"}, program=("-c", _WITH_DISCORD_OUT))
    said = [await process.line() for _ in range(4)]
    assert {NO_DIGESTS, NO_FEEDS, SLACK_IS_SERVED} < set(said)
    assert any(line.startswith(b"Discord ") and line.endswith(b"Trying again in 5 seconds.\n") for line in said)
    await slack.sockets.connected()
    answer = slack.hold("users.info")
    assert (await slack.sockets.send(_command(slack, "help"))).ok
    await answer.arrived.wait()
    process.send(signal.SIGTERM)
    assert await process.line() == STOPPING
    answer.release()
    assert await process.over() == (0, b"", b"")
    assert "who said what" in visible_text(slack.ephemerals("U1")[-1])


async def test_a_second_signal_ends_it_at_once(slack: SlackServer, serve: Serve) -> None:
    process = await serve(_in_slack(slack))
    assert {await process.line() for _ in range(4)} == {WITHOUT_DISCORD, NO_DIGESTS, NO_FEEDS, SLACK_IS_SERVED}
    await slack.sockets.connected()
    answer = slack.hold("response_url")
    assert (await slack.sockets.send(_command(slack, "help"))).ok
    await answer.arrived.wait()
    process.send(signal.SIGINT)
    assert await process.line() == STOPPING
    process.send(signal.SIGINT)
    assert await process.over() == (-signal.SIGINT, b"", b"")


async def test_the_end_of_what_is_typed_ends_the_prompt_and_the_chat_is_served_on(slack: SlackServer, serve: Serve) -> None:
    process = await serve(_in_slack(slack), "--prompt")
    assert await process.line() == WITHOUT_DISCORD
    assert {await process.line() for _ in range(4)} == {PROMPT, NO_DIGESTS, NO_FEEDS, SLACK_IS_SERVED}
    process.type(b"who said what about ferries")
    process.type_no_more()
    while (line := await process.line()) != b"Prompt: ended.\n":
        assert line
    assert (await slack.sockets.send(_command(slack, "help"))).ok
    await slack.next_call("response_url")
    process.send(signal.SIGTERM)
    assert await process.over() == (0, STOPPING, b"")

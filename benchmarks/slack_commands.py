"""People who ask in a Slack on loopback: how long until their commands are acknowledged, and until they have their answers."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from time import monotonic
from typing import Any
from urllib.parse import urlencode

from adapters.slack import names
from benchmarks.apps import serving
from benchmarks.loads import Plan
from benchmarks.measuring import Memory
from benchmarks.slack_apps import MODULE
from tests.fakes.ports import free_port
from tests.fakes.slack_deliveries import SIGNING_SECRET, Ack, Delivery, Sent, Signing
from tests.fakes.slack_payloads import Payloads
from tests.fakes.slack_server import SlackServer, slack_server
from tests.fakes.slack_transports import EVENTS_PATH, Transport

_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Timed:
    """One command: seconds until it was acknowledged, as Slack sees it, and until its whole answer stood there."""

    load: str
    ack: float
    answer: float


@dataclass(frozen=True, slots=True)
class Attended:
    """What became of all commands that one app was given over one transport."""

    commands: tuple[Timed, ...]
    memory: Memory


def measure(app: str, transport: Transport, url: str, asked: Sequence[str], plan: Plan) -> Attended:
    """Give an app over the database at `url` these questions, again from the beginning where they are not enough."""
    return asyncio.run(_measured(app, transport, url, asked, plan))


async def _measured(app: str, transport: Transport, url: str, asked: Sequence[str], plan: Plan) -> Attended:
    async with slack_server() as slack:
        port = free_port()
        async with serving(MODULE, app, _settings(slack, transport, url, port)) as served:
            slack.sockets.patience = _PATIENCE
            people = _People(slack, slack.sockets if transport == "socket" else _Requests(port), asked)
            timed = await _all(people, plan)
        if slack.refused:
            raise ValueError(f"Slack refused {slack.refused[0]}")
    return Attended(tuple(timed), served.memory)


def _settings(slack: SlackServer, transport: Transport, url: str, port: int) -> dict[str, Any]:
    way_in = {"slack_app_token": next(iter(slack.app_tokens))} if transport == "socket" else {"slack_signing_secret": SIGNING_SECRET}
    there = {"slack_api_url": f"{slack.url}/api/", "slack_bot_token": slack.teams["T1"].token}
    return {"database_url": url, "http_port": port, "log_level": "warning"} | there | way_in


async def _all(people: "_People", plan: Plan) -> list[Timed]:
    timed = await people.ask("the first of all", 1)
    await people.ask("to warm up", plan.warm_up)
    for _ in range(plan.times):
        timed += await people.ask(f"{plan.at_once} at once", plan.at_once, apart=0)
    timed += await people.ask("one at a time", plan.one_by_one)
    return timed + await people.ask(f"{plan.a_second:g} a second", plan.paced, apart=1 / plan.a_second)


class _People:
    """All who ask, each once."""

    def __init__(self, slack: SlackServer, delivery: Delivery, asked: Sequence[str]) -> None:
        self._slack = slack
        self._delivery = delivery
        self._payloads = Payloads(slack, slack.teams["T1"])
        self._questions = cycle(asked)

    async def ask(self, load: str, count: int, *, apart: float | None = None) -> list[Timed]:
        """Let so many people ask, some seconds apart, or (None) each when the one before has the answer."""
        commands = [self._command(text) for text in islice(self._questions, count)]
        if apart is not None:
            return await self._asked(load, commands, apart)
        return [timed for command in commands for timed in await self._asked(load, [command], 0)]

    async def _asked(self, load: str, commands: Sequence[Sent], apart: float) -> list[Timed]:
        before = len(self._slack.ephemeral)
        begun: dict[str, float] = {}

        async def send(place: int, command: Sent) -> Ack:
            await asyncio.sleep(apart * place)
            begun[command.payload["user_id"]] = monotonic()
            return await self._delivery.send(command)

        acks = await asyncio.gather(*(send(place, command) for place, command in enumerate(commands)))
        if late := [ack for ack in acks if not ack.ok]:
            raise ValueError(f"{late[0].sent.payload['text']!r} was not acknowledged: {late[0].status}")
        await self._slack.until(lambda: begun.keys() <= {message.to for message in self._slack.ephemeral[before:]}, "answers", _PATIENCE)
        answered = {message.to: message.written for message in self._slack.ephemeral[before:]}
        return [Timed(load, ack.seconds, answered[user] - begun[user]) for ack in acks if (user := ack.sent.payload["user_id"])]

    def _command(self, text: str) -> Sent:
        number = self._slack.number()
        person = self._slack.add_person(f"U{number}", f"Reader {number}")
        payload = self._payloads.command(names.SLASH_COMMAND, text, person, self._slack.channel("C1"))
        payload["trigger_id"] = secrets.token_hex()  # another one in each run over a store, which remembers what was answered
        return Sent("slash_commands", payload, f"envelope-{number}")


@dataclass(frozen=True, slots=True)
class _Requests:
    """A way to an app by HTTP that takes hardly any time itself: a new connection each time, and of the answer nothing but its status."""

    port: int

    async def send(self, sent: Sent, *, attempt: int = 0) -> Ack:  # noqa: ARG002 - a command is never given again
        """Post a command, and wait for the first line of the answer."""
        body = urlencode(sent.payload)
        headers = {"Host": "127.0.0.1", "Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        lines = [f"{name}: {value}\r\n" for name, value in (headers | Signing().headers(body, SIGNING_SECRET)).items()]
        begun = monotonic()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(f"POST {EVENTS_PATH} HTTP/1.1\r\n{''.join(lines)}\r\n{body}".encode())
            answer = await reader.readline()
            return Ack(sent, int(answer.split()[1]), {}, monotonic() - begun)
        finally:
            writer.close()

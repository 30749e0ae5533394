"""An app of Slack in a process of its own: `python -m benchmarks.slack_apps NAME` serves Verbatim, or beside it next to nothing.

It reads its settings from the first line of its input, prints a line once it is connected, and ends with its input; then it prints
what memory it took. Nothing is imported that the app does not need, so that the memory is its own.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from adapters.serving import Service
from adapters.settings import Settings
from benchmarks.measuring import Memory, peak_memory

OURS, BARE = "Verbatim", "bare"
BASELINE = "a bare Bolt app that answers with a fixed text"
_ANSWER = "The ferry was delayed because nobody else would."
_ROOT = Path(__file__).resolve().parents[1]


class Served:
    """An app that is being served. `memory` is what its process held, once it has ended."""

    memory: Memory


@asynccontextmanager
async def serving(name: str, settings: Mapping[str, object]) -> AsyncIterator[Served]:
    """The app of that name, served by a new process from when it is connected. Raises ValueError if it ends by itself."""
    command = (sys.executable, "-m", "benchmarks.slack_apps", name)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, cwd=_ROOT, stdin=pipe, stdout=pipe)
    if process.stdin is None or process.stdout is None:
        raise ValueError("a process without pipes cannot be talked to")
    served = Served()
    try:
        process.stdin.write(json.dumps(settings).encode() + b"\n")
        await _line(process.stdout)
        yield served
        process.stdin.close()
        served.memory = Memory(**json.loads(await _line(process.stdout)))
    finally:
        process.stdin.close()
        await process.wait()


async def _line(output: asyncio.StreamReader) -> bytes:
    line = await output.readline()
    if not line:
        raise ValueError("The app ended by itself; what it printed above tells why.")
    return line


async def _serve(name: str) -> Memory:
    settings = Settings.model_validate(json.loads(sys.stdin.readline()))
    async with _ours(settings) if name == OURS else _bare(settings) as service:
        before = peak_memory()
        running = asyncio.create_task(service.run(lambda line: print(line, flush=True)))
        told = asyncio.create_task(asyncio.to_thread(sys.stdin.read))
        await asyncio.wait([running, told], return_when=asyncio.FIRST_COMPLETED)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
    return Memory(before, peak_memory())


@asynccontextmanager
async def _ours(settings: Settings) -> AsyncIterator[Service]:
    from adapters.composition import open_services

    async with open_services(settings) as services:
        yield services[0]


@asynccontextmanager
async def _bare(settings: Settings) -> AsyncIterator[Service]:
    """On the same connection, with nothing behind it."""
    from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
    from slack_sdk.web.async_client import AsyncWebClient

    from adapters.slack import names
    from adapters.slack.connection import connection
    from adapters.slack.serving import SlackService

    connected = connection(settings)
    if connected is None or settings.slack_bot_token is None:
        raise ValueError("the settings name no connection")
    client = AsyncWebClient(settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url)
    secret = settings.slack_signing_secret
    app = AsyncApp(client=client, signing_secret=secret.get_secret_value() if secret else None)

    @app.command(names.SLASH_COMMAND)
    async def _answer(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(_ANSWER)

    yield SlackService(app, connected, settings)


if __name__ == "__main__":
    taken = asyncio.run(_serve(sys.argv[1]))
    print(json.dumps({"before": taken.before, "peak": taken.peak}))

"""A chat's app in a process of its own: Verbatim, or beside it next to nothing on the same connection. From outside, and from inside.

The process reads what it is given from the first line of its input, prints a line once it is connected, and ends with its input; then it
prints what memory it took. Nothing is imported that the app does not need, so that the memory is its own.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from adapters.serving import Service
from adapters.settings import Settings
from benchmarks.measuring import Memory, peak_memory

OURS, BARE = "Verbatim", "bare"
_ROOT = Path(__file__).resolve().parents[1]


class Served:
    """An app that is being served. `memory` is what its process held, once it has ended."""

    memory: Memory


@asynccontextmanager
async def serving(module: str, name: str, given: Mapping[str, object]) -> AsyncIterator[Served]:
    """The app of that name, served by a new process of a module from when it is connected. Raises ValueError if it ends by itself."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", module, name, cwd=_ROOT, stdin=pipe, stdout=pipe)
    if process.stdin is None or process.stdout is None:
        raise ValueError("a process without pipes cannot be talked to")
    served = Served()
    try:
        process.stdin.write(json.dumps(given).encode() + b"\n")
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


def given() -> dict[str, Any]:
    """What the process was given."""
    found = json.loads(sys.stdin.readline())
    return dict(found)


def serve(name: str, settings: Settings, bare: Callable[[Settings], AbstractAsyncContextManager[Service]]) -> None:
    """Serve Verbatim, or what `bare` opens, until the input ends."""
    memory = asyncio.run(_served(_ours(settings) if name == OURS else bare(settings)))
    print(json.dumps({"before": memory.before, "peak": memory.peak}))


async def _served(opened: AbstractAsyncContextManager[Service]) -> Memory:
    async with opened as service:
        before = peak_memory()
        running = asyncio.create_task(service.run(lambda line: print(line, flush=True)))
        told = asyncio.create_task(_end_of_input())
        await asyncio.wait([running, told], return_when=asyncio.FIRST_COMPLETED)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
    return Memory.since(before)


async def _end_of_input() -> None:
    """Wait for it. A thread would go on waiting after the app has failed."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    await reader.read()


@asynccontextmanager
async def _ours(settings: Settings) -> AsyncIterator[Service]:
    from adapters.composition import open_services

    async with open_services(settings) as services:
        yield services.serving[0]

"""The lines that are typed or piped into standard input, read while other work goes on."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import suppress

LONGEST_LINE = 100_000
"""The bytes of a line; what goes on for longer is given as it comes, since no request is that long."""

_CHUNK = 65_536


async def typed_lines(descriptor: int, encoding: str = "utf-8") -> AsyncIterator[str]:
    """Each line that comes in, without its end, until the end of the input; one that nothing ends as well."""
    begun = b""
    while chunk := await _read(descriptor):
        *whole, begun = (begun + chunk).split(b"\n")
        if len(begun) > LONGEST_LINE:
            whole, begun = [*whole, begun], b""
        for line in whole:
            yield line.decode(encoding, "replace")
    if begun:
        yield begun.decode(encoding, "replace")


async def _read(descriptor: int) -> bytes:
    """What there is to read, once there is something; nothing at the end.

    The descriptor stays a blocking one: a terminal shares that with standard output, which could then not be written in full.
    """
    readable, loop = asyncio.Event(), asyncio.get_running_loop()
    try:
        loop.add_reader(descriptor, readable.set)
    except (OSError, NotImplementedError):  # a file or /dev/null, on which nobody waits; or Windows, where nobody can
        return await asyncio.to_thread(_chunk, descriptor)
    try:
        while True:
            await readable.wait()
            readable.clear()
            with suppress(BlockingIOError):  # another program reads from the terminal as well, and made it a non-blocking one
                return _chunk(descriptor)
    finally:
        loop.remove_reader(descriptor)


def _chunk(descriptor: int) -> bytes:
    """What there is to read; nothing at the end. Raises BlockingIOError where there is nothing yet, and nobody is to wait for it."""
    try:
        return os.read(descriptor, _CHUNK)
    except BlockingIOError:
        raise
    except OSError:  # the terminal has gone, and with it whoever typed
        return b""

"""A port on which this machine is asked by HTTP."""

import errno
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.errors import SettingsError

_USUAL_BACKLOG = 128


@asynccontextmanager
async def listening(
    application: web.Application, host: str, port: int, *, finishing_seconds: float, remedy: str, backlog: int = _USUAL_BACKLOG
) -> AsyncIterator[None]:
    """Serve the application on a port for as long as the block runs, and let requests in hand end within `finishing_seconds`.

    Raises SettingsError, with the `remedy`, where that port cannot be had.
    """
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=finishing_seconds)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port, backlog=backlog).start()
        except OSError as error:
            raise SettingsError(f"Nothing can be served on {host} port {port}: {_why(error)}.", remedy) from error
        yield
    finally:
        await runner.cleanup()


def _why(error: OSError) -> str:
    """The system's word for what went wrong, without the address that asyncio adds to it; a name's lookup has numbers of its own."""
    number = error.errno or 0
    return os.strerror(number) if number in errno.errorcode else error.strerror or str(error)

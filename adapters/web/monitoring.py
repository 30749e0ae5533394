"""`/healthz` and `/metrics` of `verbatim serve`: for what watches over it, on a port of their own."""

import asyncio
import logging
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TypeVar

from aiohttp import web
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from adapters.listening import listening
from adapters.serving import Say
from adapters.settings import Settings
from adapters.ticking import Ticking
from adapters.web.health import health
from adapters.web.metrics import Process, Stored, exposition
from bot.errors import VerbatimError
from bot.newsroom import Newsroom

HEALTH_PATH, METRICS_PATH = "/healthz", "/metrics"
_STORE_SECONDS = 5.0
_REQUEST_SECONDS = 1.0
_UNHEALTHY = 503
_T = TypeVar("_T")
_LOGGER = logging.getLogger("verbatim")


@dataclass(frozen=True, slots=True)
class Monitoring:
    """Tells of the store, and of how `ticking` goes."""

    newsroom: Newsroom
    ticking: Ticking
    settings: Settings

    @property
    def name(self) -> str:
        """What a line about it begins with."""
        return "Monitoring"

    async def run(self, say: Say) -> None:
        """Answer until cancelled. Raises SettingsError where the port of the settings cannot be had."""
        host, port = self.settings.http_host, self.settings.monitoring_port
        remedy = "Set VERBATIM_MONITORING_PORT to another, or to 0 for none."
        async with listening(self._application(), host, port, finishing_seconds=_REQUEST_SECONDS, remedy=remedy):
            say(f"{HEALTH_PATH} and {METRICS_PATH} on {host} port {port}.")
            await asyncio.Event().wait()

    def _application(self) -> web.Application:
        application = web.Application()
        application.router.add_get(HEALTH_PATH, self._health)
        application.router.add_get(METRICS_PATH, self._metrics)
        return application

    async def _health(self, _: web.Request) -> web.Response:
        is_read, ticking = await self._read(self.newsroom.scheduled.figures()) is not None, self.ticking
        found = health(
            tick_age=ticking.tick_age,
            silence=ticking.silence,
            standstill=ticking.standstill,
            failing=ticking.failing,
            store_is_read=is_read,
        )
        return web.json_response(found.as_json(), status=_UNHEALTHY if found.troubles else 200)

    async def _metrics(self, _: web.Request) -> web.Response:
        stored, ticking = await self._read(self._stored()), self.ticking
        ticked_at = None if ticking.tick_age is None else time.time() - ticking.tick_age
        platforms = {platform: poster.is_ready for platform, poster in ticking.posters.items()}
        told = exposition(stored, Process(ticked_at, ticking.outcomes, platforms))
        return web.Response(body=told, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    async def _stored(self) -> Stored:
        return Stored(await self.newsroom.scheduled.figures(), await self.newsroom.counts(), await self.newsroom.feeds.figures())

    async def _read(self, reading: Awaitable[_T]) -> _T | None:
        """What the store says; None where it cannot be read."""
        try:
            async with asyncio.timeout(_STORE_SECONDS):
                return await reading
        except (VerbatimError, TimeoutError) as error:
            _LOGGER.warning("the store could not be read for monitoring: %s", error or "it did not answer in time")
            return None

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from errno import EADDRINUSE
from typing import cast

import aiohttp
import pytest

from adapters.settings import PREFIX, Settings
from adapters.ticking import Ticking
from adapters.web import healthcheck
from adapters.web.monitoring import Monitoring
from bot.errors import DatabaseUnavailable, SettingsError
from bot.newsroom import Newsroom
from tests.fakes.newsroom import FakeNewsroom
from tests.fakes.ports import free_port

AWAY = DatabaseUnavailable("The database at db.example.org is away.")


class Watch:
    """A clock that stands still until it is moved on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Watched:
    """A monitored newsroom that ticks when the test says so."""

    newsroom: FakeNewsroom
    watch: Watch
    monitoring: Monitoring

    @asynccontextmanager
    async def served(self) -> AsyncIterator[str]:
        """The address at which it is served."""
        said = asyncio.Queue[str]()
        task = asyncio.create_task(self.monitoring.run(said.put_nowait))
        try:
            port = self.monitoring.settings.monitoring_port
            assert await said.get() == f"/healthz and /metrics on 127.0.0.1 port {port}."
            yield f"http://127.0.0.1:{port}"
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def watched() -> Watched:
    newsroom, watch = FakeNewsroom(), Watch()
    ticking = Ticking(cast("Newsroom", newsroom), {}, "here:1:a", clock=watch)
    settings = Settings(monitoring_port=free_port())
    return Watched(newsroom, watch, Monitoring(cast("Newsroom", newsroom), ticking, settings))


async def _asked(address: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        return response.status, await response.text()


async def test_health_is_ok_until_ticks_have_stopped_for_a_minute(watched: Watched) -> None:
    async with watched.served() as address:
        assert await _asked(f"{address}/healthz") == (200, '{"status": "ok", "last_tick_seconds": null}')
        watched.watch.now += 61
        status, told = await _asked(f"{address}/healthz")
    assert status == 503
    assert "What is due has not been looked for since 61 seconds." in told


async def test_a_store_that_cannot_be_read_is_unwell_and_its_address_is_not_told(watched: Watched) -> None:
    watched.newsroom.scheduled.mishaps["figures"] += [AWAY, AWAY]
    async with watched.served() as address:
        status, told = await _asked(f"{address}/healthz")
        assert (status, "example.org" in told) == (503, False)
        status, told = await _asked(f"{address}/metrics")
    assert status == 200
    assert "verbatim_database_up 0.0" in told.splitlines()


async def test_the_metrics_are_told_as_prometheus_reads_them(watched: Watched) -> None:
    async with watched.served() as address, aiohttp.ClientSession() as session, session.get(f"{address}/metrics") as response:
        assert response.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        assert "verbatim_deliveries_due 0.0" in (await response.text()).splitlines()


async def test_feeds_that_fail_are_told_and_are_no_ill_health(watched: Watched) -> None:
    watched.newsroom.feeds.known = replace(watched.newsroom.feeds.known, feeds=3, failing=3)
    async with watched.served() as address:
        assert (await _asked(f"{address}/healthz"))[0] == 200
        assert 'verbatim_feeds{state="failing"} 3.0' in (await _asked(f"{address}/metrics"))[1].splitlines()


async def test_nothing_else_is_told(watched: Watched) -> None:
    async with watched.served() as address:
        assert (await _asked(address))[0] == 404


async def test_a_port_that_is_taken_is_an_error_that_names_the_setting(watched: Watched) -> None:
    port = watched.monitoring.settings.monitoring_port
    with socket.create_server(("127.0.0.1", port)), pytest.raises(SettingsError) as refused:
        await watched.monitoring.run(lambda _: None)
    assert refused.value.what == f"Nothing can be served on 127.0.0.1 port {port}: {os.strerror(EADDRINUSE)}."
    assert "VERBATIM_MONITORING_PORT" in refused.value.remedy


async def test_a_container_is_well_as_its_monitoring_says(
    watched: Watched, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"{PREFIX}MONITORING_PORT", str(watched.monitoring.settings.monitoring_port))
    monkeypatch.setenv(f"{PREFIX}HTTP_HOST", "0.0.0.0")  # noqa: S104 - the container listens so
    async with watched.served():
        assert await asyncio.to_thread(healthcheck.main) == 0
        watched.watch.now += 61
        assert await asyncio.to_thread(healthcheck.main) == 1
    assert "has not been looked for since 61 seconds" in capsys.readouterr().err
    assert healthcheck.main() == 1
    monkeypatch.setenv(f"{PREFIX}MONITORING_PORT", "0")
    assert healthcheck.main() == 0

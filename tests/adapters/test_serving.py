import asyncio
from dataclasses import dataclass, field

import pytest

from adapters.serving import Say, serve
from bot.errors import SettingsError


@dataclass
class FakeService:
    """Serves until it is cancelled, and then writes down that it ended; or fails at once."""

    name: str
    failure: Exception | None = None
    started: asyncio.Event = field(default_factory=asyncio.Event)
    ended: bool = False

    async def run(self, say: Say) -> None:
        say("ready.")
        self.started.set()
        if self.failure:
            raise self.failure
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            self.ended = True


async def test_services_run_side_by_side_until_they_are_stopped() -> None:
    services, said, stop = [FakeService("One"), FakeService("Two")], list[str](), asyncio.Event()
    serving = asyncio.create_task(serve(services, say=said.append, stop=stop))
    for service in services:
        await service.started.wait()
    assert not any(service.ended for service in services)
    stop.set()
    await serving
    assert said == ["One: ready.", "Two: ready."]
    assert all(service.ended for service in services)


async def test_when_one_fails_the_others_are_stopped_and_its_failure_is_told() -> None:
    one, two = FakeService("One"), FakeService("Two", SettingsError("The token is wrong."))
    with pytest.raises(SettingsError, match=r"The token is wrong\."):
        await serve([one, two], say=lambda _: None, stop=asyncio.Event())
    assert one.ended


async def test_who_is_cancelled_while_serving_stops_the_services() -> None:
    service = FakeService("One")
    serving = asyncio.create_task(serve([service], say=lambda _: None, stop=asyncio.Event()))
    await service.started.wait()
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
    assert service.ended

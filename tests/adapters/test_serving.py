import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from adapters.serving import WAITS, Say, Services, serve
from bot.errors import DatabaseBusy, SettingsError, Unreachable

WRONG_TOKEN = SettingsError("The token is wrong.", "Copy it anew.")
OUTAGE = Unreachable("Slack cannot be reached.", "Check the connection.")


@dataclass
class FakeService:
    """Fails as often as there are failures, and then serves until it is cancelled, or `leaves`; it writes down that it ended."""

    name: str
    failures: list[BaseException] = field(default_factory=list)
    leaves: bool = False
    mishap_at_the_end: Exception | None = None
    serves: asyncio.Event = field(default_factory=asyncio.Event)
    ended: bool = False

    async def run(self, say: Say) -> None:
        if self.failures:
            raise self.failures.pop(0)
        say("ready.")
        self.serves.set()
        if self.leaves:
            return
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            self.ended = True
            if self.mishap_at_the_end:
                raise self.mishap_at_the_end


class Watch:
    """A clock that stands still but for what is slept, and goes `by` after each look at it."""

    def __init__(self, by: float = 0.0) -> None:
        self.slept: list[float] = []
        self._now = 0.0
        self._by = by

    def now(self) -> float:
        self._now += self._by
        return self._now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self._now += seconds
        await asyncio.sleep(0)


class Serving:
    """`serve` at work on some services, with what it said."""

    def __init__(self, services: Sequence[FakeService], watch: Watch | None = None, *, beside: Sequence[FakeService] = ()) -> None:
        self.said: list[str] = []
        self._heard = asyncio.Event()
        self._stop = asyncio.Event()
        watch = watch or Watch()
        both = Services(tuple(services), tuple(beside))
        self._task = asyncio.create_task(serve(both, say=self._say, stop=self._stop, clock=watch.now, sleep=watch.sleep))

    def _say(self, line: str) -> None:
        self.said.append(line)
        self._heard.set()

    async def until_told(self, line: str) -> None:
        while line not in self.said:
            self._heard.clear()
            await self._heard.wait()

    async def until(self, *services: FakeService) -> None:
        for service in services:
            await service.serves.wait()

    async def stopped(self) -> None:
        self._stop.set()
        await self._task

    async def over(self) -> None:
        await self._task

    async def cancelled(self) -> None:
        self._task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await self._task


async def test_services_run_side_by_side_until_they_are_stopped() -> None:
    services = [FakeService("One"), FakeService("Two")]
    serving = Serving(services)
    await serving.until(*services)
    assert not any(service.ended for service in services)
    await serving.stopped()
    assert serving.said == ["One: ready.", "Two: ready."]
    assert all(service.ended for service in services)


async def test_who_is_cancelled_while_serving_stops_the_services() -> None:
    service = FakeService("One")
    serving = Serving([service])
    await serving.until(service)
    await serving.cancelled()
    assert service.ended


async def test_an_outage_is_told_and_tried_again_after_a_wait() -> None:
    service, watch = FakeService("Slack", [OUTAGE]), Watch()
    serving = Serving([service], watch)
    await serving.until(service)
    await serving.stopped()
    assert serving.said == ["Slack cannot be reached. Check the connection. Trying again in 5 seconds.", "Slack: ready."]
    assert watch.slept == [5]


async def test_an_outage_of_one_leaves_the_other_alone() -> None:
    well, out = FakeService("Discord"), FakeService("Slack", [OUTAGE] * 20)
    serving = Serving([well, out])
    await serving.until(out)
    assert not well.ended
    assert serving.said.count("Discord: ready.") == 1
    await serving.stopped()


async def test_the_waits_grow_to_minutes_and_the_longest_is_told_once() -> None:
    service, watch = FakeService("Slack", [OUTAGE] * 12), Watch()
    serving = Serving([service], watch)
    await serving.until(service)
    await serving.stopped()
    assert watch.slept == [*WAITS, *[WAITS[-1]] * 5]
    assert [line.partition("Trying again ")[2] for line in serving.said] == [
        *(f"in {wait} seconds." for wait in WAITS[:-1]),
        "every 5 minutes.",
        "",
    ]


async def test_another_reason_is_told_at_the_longest_wait_too() -> None:
    other = Unreachable("Slack did not answer in time.")
    service = FakeService("Slack", [*[OUTAGE] * 9, other, other])
    serving = Serving([service])
    await serving.until(service)
    await serving.stopped()
    assert serving.said[-2:] == ["Slack did not answer in time. Trying again every 5 minutes.", "Slack: ready."]


async def test_who_has_served_for_long_is_tried_again_soon() -> None:
    service, watch = FakeService("Slack", [OUTAGE] * 3), Watch(by=WAITS[-1] + 1)
    serving = Serving([service], watch)
    await serving.until(service)
    await serving.stopped()
    assert watch.slept == [WAITS[0]] * 3


async def test_a_busy_database_is_an_outage_as_well() -> None:
    service = FakeService("Slack", [DatabaseBusy("The database is busy.")])
    serving = Serving([service])
    await serving.until(service)
    await serving.stopped()
    assert serving.said[0] == "Slack: The database is busy. Trying again in 5 seconds."


async def test_what_only_a_person_can_mend_is_told_and_the_others_are_served_on() -> None:
    wrong, well = FakeService("Slack", [WRONG_TOKEN]), FakeService("Discord")
    serving = Serving([wrong, well])
    await serving.until(well)
    await serving.until_told("Slack: The token is wrong. Copy it anew. Start Verbatim again once that is done.")
    assert not well.ended
    await serving.stopped()


async def test_when_none_is_left_the_error_is_raised_and_not_told_twice() -> None:
    serving = Serving([FakeService("Slack", [WRONG_TOKEN])])
    with pytest.raises(SettingsError, match=r"The token is wrong\."):
        await serving.over()
    assert serving.said == []


async def test_when_several_fail_each_is_told() -> None:
    serving = Serving([FakeService("Slack", [WRONG_TOKEN]), FakeService("Discord", [SettingsError("The bot was removed.")])])
    with pytest.raises(SettingsError, match=r"The bot was removed\."):
        await serving.over()
    assert serving.said == ["Slack: The token is wrong. Copy it anew. Start Verbatim again once that is done."]


async def test_one_that_ends_by_itself_leaves_the_others_alone() -> None:
    prompt, well = FakeService("Prompt", leaves=True), FakeService("Slack")
    serving = Serving([prompt, well])
    await serving.until_told("Prompt: ended.")
    await serving.until(well)
    assert not well.ended
    await serving.stopped()


async def test_when_the_last_ends_by_itself_all_is_over() -> None:
    serving = Serving([FakeService("Prompt", leaves=True)])
    await serving.over()
    assert serving.said == ["Prompt: ready."]


async def test_who_leaves_after_another_failed_is_told_of_the_failure_again() -> None:
    serving = Serving([FakeService("Slack", [WRONG_TOKEN]), FakeService("Prompt", [OUTAGE], leaves=True)])
    with pytest.raises(SettingsError):
        await serving.over()


async def test_a_mistake_of_ours_is_in_the_log_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    service, well = FakeService("Slack", [RuntimeError("oh")]), FakeService("Discord")
    serving = Serving([service, well])
    await serving.until(service)
    assert not well.ended
    await serving.stopped()
    line = next(line for line in serving.said if "mistake" in line)
    record = next(record for record in caplog.records if record.levelno == logging.ERROR)
    mark = str(record.args[0]) if isinstance(record.args, tuple) else ""
    assert line == f"Slack: There was a mistake in Verbatim itself; the log has it under {mark}. Trying again in 5 seconds."
    assert "serving Slack" in record.getMessage()
    assert record.exc_info


async def test_one_that_lost_heart_without_being_told_to_is_tried_again() -> None:
    service, well = FakeService("Slack", [asyncio.CancelledError()]), FakeService("Discord")
    serving = Serving([service, well])
    await serving.until(service)
    assert not well.ended
    await serving.stopped()


@pytest.mark.parametrize("mishap", [RuntimeError("oh"), OUTAGE, WRONG_TOKEN])
async def test_what_goes_wrong_while_it_is_stopped_starts_nothing_anew(mishap: Exception) -> None:
    service, watch = FakeService("Slack", mishap_at_the_end=mishap), Watch()
    serving = Serving([service], watch)
    await serving.until(service)
    await serving.stopped()
    assert service.ended
    assert watch.slept == []
    assert serving.said == ["Slack: ready."]


async def test_one_that_waits_to_be_tried_again_is_stopped_at_once() -> None:
    waiting, well = FakeService("Slack", [OUTAGE]), FakeService("Discord")
    said, stop, slept = list[str](), asyncio.Event(), asyncio.Event()

    async def sleep(_: float) -> None:
        slept.set()
        await asyncio.Event().wait()

    serving = asyncio.create_task(serve(Services((waiting, well)), say=said.append, stop=stop, sleep=sleep))
    await slept.wait()
    await well.serves.wait()
    stop.set()
    await serving
    assert well.ended
    assert not waiting.serves.is_set()


async def test_those_beside_end_when_nobody_is_served_any_more() -> None:
    prompt, ticker = FakeService("Prompt", leaves=True), FakeService("Digests")
    serving = Serving([prompt], beside=[ticker])
    await serving.over()
    assert ticker.ended
    assert "Digests: ended." not in serving.said


async def test_a_wrong_token_is_raised_though_a_ticker_would_run_on() -> None:
    ticker = FakeService("Digests")
    serving = Serving([FakeService("Slack", [WRONG_TOKEN])], beside=[ticker])
    with pytest.raises(SettingsError, match=r"The token is wrong\."):
        await serving.over()
    assert serving.said == ["Digests: ready."]


async def test_a_port_that_is_taken_is_told_and_people_are_served_on() -> None:
    taken, ticker, well = FakeService("Monitoring", [SettingsError("It is taken.")]), FakeService("Digests"), FakeService("Slack")
    serving = Serving([well], beside=[ticker, taken])
    await serving.until(well, ticker)
    await serving.until_told("Monitoring: It is taken. Start Verbatim again once that is done.")
    assert not well.ended
    assert not ticker.ended
    await serving.stopped()


async def test_what_is_wrong_beside_is_not_why_it_ends() -> None:
    serving = Serving([FakeService("Prompt", [OUTAGE], leaves=True)], beside=[FakeService("Monitoring", [SettingsError("It is taken.")])])
    await serving.over()


async def test_what_posts_ends_before_the_chat_that_it_posts_in() -> None:
    order: list[str] = []

    class Noting(FakeService):
        async def run(self, say: Say) -> None:
            try:
                await super().run(say)
            finally:
                order.append(self.name)

    chat, ticker = Noting("Slack"), Noting("Digests")
    serving = Serving([chat], beside=[ticker])
    await serving.until(chat, ticker)
    await serving.stopped()
    assert order == ["Digests", "Slack"]

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from adapters import ticking as ticking_module
from adapters.ticking import Ticking, this_process
from bot.callers import Channel
from bot.delivery.posting import Post
from bot.errors import DatabaseBusy, DatabaseUnavailable
from bot.newsroom import Newsroom
from bot.replies import Reply
from storage.database import Database
from tests.bot.desks import Desk
from tests.fakes.newsroom import FakeNewsroom, FakeScheduled

EVERY = 0.01
BUSY = DatabaseBusy("The database is busy.")


@dataclass
class FakePoster:
    """Posts what it is given, once it may."""

    is_ready: bool = True
    posted: list[str] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    may_post: asyncio.Event = field(default_factory=asyncio.Event)

    async def post(self, post: Post) -> str:
        self.asked.set()
        await self.may_post.wait()
        self.posted.append(post.key)
        return post.key

    async def find(self, post: Post) -> str | None:
        return post.key if post.key in self.posted else None

    async def tell(self, workspace: str, person: str, reply: Reply) -> bool:
        return bool(workspace and person and reply)


class Watch:
    """A clock that stands still until it is moved on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Running:
    """A ticker at work over a newsroom that holds things in memory."""

    scheduled: FakeScheduled
    poster: FakePoster
    watch: Watch
    ticking: Ticking
    said: list[str] = field(default_factory=list)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.ticking.run(self.said.append))
        try:
            await self.scheduled.until(lambda: self.scheduled.ticks or task.done())
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def after(self, ticks: int) -> None:
        """Wait for so many more ticks."""
        before = len(self.scheduled.ticks)
        await self.scheduled.until(lambda: len(self.scheduled.ticks) >= before + ticks)


@pytest.fixture
def running() -> Running:
    newsroom, poster, watch = FakeNewsroom(), FakePoster(), Watch()
    poster.may_post.set()
    ticking = Ticking(cast("Newsroom", newsroom), {"slack": poster}, "here:1:a", every=EVERY, clock=watch)
    return Running(newsroom.scheduled, poster, watch, ticking)


def _posts(*keys: str) -> Sequence[Post]:
    since = datetime(2026, 11, 6, 12, tzinfo=UTC)
    return [Post(n, key, Channel("slack", "T1", "C1"), [Reply("A digest.")], since, ZoneInfo("UTC")) for n, key in enumerate(keys)]


async def test_it_ticks_at_once_and_again_and_says_what_runs(running: Running) -> None:
    async with running.at_work():
        await running.after(2)
    assert set(running.scheduled.ticks) == {"here:1:a"}
    assert running.said == ["5 run."]


@pytest.mark.parametrize(("paused", "line"), [(0, "none are set up."), (2, "2 are set up, and paused.")])
async def test_it_says_so_where_nothing_would_come(running: Running, paused: int, line: str) -> None:
    running.scheduled.known = replace(running.scheduled.known, running=0, paused=paused)
    async with running.at_work():
        assert running.said == [line]


async def test_it_says_when_the_next_digest_is_due(running: Running) -> None:
    running.scheduled.known = replace(running.scheduled.known, next_due=datetime(2024, 10, 14, 8, tzinfo=UTC))
    async with running.at_work():
        assert running.said == ["5 run, and the next is due on Monday 14 October 2024, 08:00 UTC."]


async def test_what_is_due_is_posted_and_counted(running: Running) -> None:
    running.scheduled.due += _posts("a", "b")
    async with running.at_work():
        await running.after(1)
        await running.scheduled.until(lambda: not running.scheduled.due)
        await running.after(2)
    assert running.poster.posted == ["a", "b"]
    assert running.ticking.outcomes == {"sent": 2, "skipped": 0, "failed": 0, "uncertain": 0}


async def test_while_one_round_of_posts_runs_no_other_begins(running: Running) -> None:
    running.scheduled.may_deliver.clear()
    running.scheduled.due += _posts("a")
    async with running.at_work():
        await running.after(3)
        assert running.scheduled.rounds == 1
        running.scheduled.may_deliver.set()
        await running.scheduled.until(lambda: running.scheduled.rounds > 1)
    assert running.poster.posted == ["a"]


async def test_a_store_that_is_busy_is_logged_and_tried_at_the_next_tick(running: Running, caplog: pytest.LogCaptureFixture) -> None:
    running.scheduled.mishaps["tick"].append(BUSY)
    running.scheduled.mishaps["deliver"].append(BUSY)
    running.scheduled.due += _posts("a")
    async with running.at_work():
        await running.scheduled.until(lambda: not running.scheduled.due)
    assert [record.getMessage() for record in caplog.records if record.name == "verbatim"] == [
        "looking for what is due, not done: The database is busy.",
        "posting what is due, not done: The database is busy.",
    ]
    assert running.poster.posted == ["a"]


async def test_a_mistake_of_ours_does_not_end_the_ticks(running: Running, caplog: pytest.LogCaptureFixture) -> None:
    running.scheduled.mishaps["tick"].append(RuntimeError("oh"))
    async with running.at_work():
        await running.after(1)
    assert "while doing: looking for what is due" in caplog.text


async def test_without_a_store_it_does_not_begin(running: Running) -> None:
    running.scheduled.mishaps["figures"].append(DatabaseUnavailable("It is away."))
    with pytest.raises(DatabaseUnavailable):
        await running.ticking.run(running.said.append)
    assert running.scheduled.ticks == []


async def test_a_process_that_stalled_when_a_digest_was_due_posts_it_late_and_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(f"sqlite:///{tmp_path / 'verbatim.db'}")
    await database.open()
    desk = Desk(database)
    await desk.subscribed()
    await desk.has_read("We row on")
    newsroom = SimpleNamespace(scheduled=desk.delivering)
    ticking = Ticking(cast("Newsroom", newsroom), {"slack": desk.poster}, "here:1:a", every=EVERY)
    running = asyncio.create_task(ticking.run(lambda _: None))
    for posted, stalled in enumerate((timedelta(seconds=2), timedelta(days=1, hours=1)), 1):
        _set_clocks(monkeypatch, min(stalled, timedelta(minutes=10)))
        desk.clock.now += stalled
        async with asyncio.timeout(5):
            while ticking.outcomes["sent"] < posted:  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(EVERY)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await database.close()
    assert desk.said == [("C1", "1 new about ferries."), ("C1", "0 new about ferries.")]


async def test_a_clock_that_is_set_back_by_an_hour_does_not_stop_the_ticks(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running.at_work():
        _set_clocks(monkeypatch, timedelta(hours=-1))
        await running.after(5)


def _set_clocks(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """The machine's clock is another from now on."""

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:  # noqa: ANN401 - it is no Shifted itself
            return datetime.now(tz) + by

    monkeypatch.setattr(ticking_module, "datetime", Shifted)
    monkeypatch.setattr("apscheduler.schedulers.base.datetime", Shifted)


async def test_what_is_being_sent_when_it_is_stopped_is_sent(running: Running) -> None:
    running.poster.may_post.clear()
    running.scheduled.due += _posts("a")
    async with running.at_work():
        await running.poster.asked.wait()
        asyncio.get_running_loop().call_later(EVERY, running.poster.may_post.set)
    assert running.poster.posted == ["a"]


async def test_it_knows_since_when_it_has_not_ticked(running: Running) -> None:
    running.watch.now += 7
    assert (running.ticking.tick_age, running.ticking.silence) == (None, 7)
    async with running.at_work():
        await running.after(1)
    running.watch.now += 70
    assert (running.ticking.tick_age, running.ticking.silence) == (70, 70)


async def test_a_tick_that_fails_is_none(running: Running) -> None:
    running.scheduled.mishaps["tick"] += [BUSY] * 3
    async with running.at_work():
        assert running.ticking.tick_age == 0
    assert running.ticking.silence == 0


async def test_it_knows_since_when_a_post_has_not_got_on(running: Running) -> None:
    running.poster.may_post.clear()
    running.scheduled.due += _posts("a", "b")
    async with running.at_work():
        await running.poster.asked.wait()
        running.watch.now += 700
        assert running.ticking.standstill == 700
        running.poster.may_post.set()
        await running.scheduled.until(lambda: not running.scheduled.due)
        assert running.ticking.standstill == 0


async def test_rounds_that_fail_are_counted_until_one_does_not(running: Running) -> None:
    async with running.at_work():
        running.scheduled.mishaps["deliver"] += [BUSY]
        running.scheduled.mistakes = 1
        await running.scheduled.until(lambda: running.ticking.failing >= 2)
        running.scheduled.mistakes = 0
        await running.scheduled.until(lambda: not running.ticking.failing)


def test_two_processes_go_by_two_names() -> None:
    assert this_process() != this_process()

"""Work on hostile bytes in processes that can be ended: whatever one is given, the others go on."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot import bounded
from bot.bounded import WorkerBug, Workers
from bot.errors import NotAnArticle, NotNow, ReadingError, TooMuch
from tests.bot import bounded_tasks as tasks

PLENTY = 60.0  # seconds, for a machine as busy as can be


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers(2, seconds=PLENTY, megabytes=200) as made:
        yield made


def is_there(pid: int) -> bool:
    """Also as a zombie, which nobody has asked for its status."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(PLENTY):
        while not happened():  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.01)


def descriptors() -> int:
    return len(list(Path("/dev/fd").iterdir()))


async def test_a_parser_that_hangs_is_ended_in_time_and_the_rest_goes_on(workers: Workers, tmp_path: Path) -> None:
    before = await workers.run(tasks.pid)
    hanging = asyncio.create_task(workers.run(tasks.hang, tmp_path / "begun", seconds=0.2))
    await until((tmp_path / "begun").exists)
    meanwhile = [await workers.run(tasks.pid) for _ in range(3)]
    with pytest.raises(TooMuch, match=r"^Reading it took longer than 0\.2 seconds\. Look at it"):
        await hanging
    assert before not in meanwhile
    assert not is_there(before)
    assert await workers.run(tasks.pid) == meanwhile[0]


async def test_what_does_not_end_by_itself_is_killed(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "_GRACE_SECONDS", 0.1)
    before = await workers.run(tasks.pid)
    with pytest.raises(TooMuch, match=r"longer than 0\.1 seconds"):
        await workers.run(tasks.resist, seconds=0.1)
    assert not is_there(before)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not bound it, or not so")
async def test_a_document_that_eats_memory_is_told_and_nothing_else_suffers(workers: Workers) -> None:
    eaten, small = await asyncio.gather(workers.run(tasks.eat, 500), workers.run(tasks.eat, 20), return_exceptions=True)
    assert isinstance(eaten, TooMuch)
    assert eaten.what == "Reading it needed more than 200 MB of memory."
    assert small == 200
    assert await workers.run(tasks.eat, 20) == 200


@pytest.mark.parametrize(
    ("crash", "how"),
    [
        (tasks.leave, "with status 3"),
        (tasks.exit_as_python_does, "with status 4"),
        (tasks.be_killed, "by SIGKILL"),
        (tasks.read_nowhere, "by SIGSEGV"),
    ],
)
async def test_a_worker_that_is_taken_down_takes_nobody_with_it(workers: Workers, crash: Callable[[], None], how: str) -> None:
    crashed, other = await asyncio.gather(workers.run(crash), workers.run(tasks.numbered, 5), return_exceptions=True)
    assert isinstance(crashed, ReadingError)
    assert crashed.what == f"The process that read it was ended {how}."
    assert isinstance(other, tuple)
    assert await asyncio.gather(*(workers.run(tasks.echo, b"boat") for _ in range(3))) == [b"boat"] * 3


async def test_many_tasks_over_few_workers_each_have_their_own_result(workers: Workers) -> None:
    results = await asyncio.gather(*(workers.run(tasks.numbered, number) for number in range(30)))
    assert [number for number, _ in results] == list(range(30))
    assert len({pid for _, pid in results}) == 2


async def test_those_who_wait_have_their_turn_in_order() -> None:
    async with Workers(1, seconds=PLENTY, megabytes=200) as workers:
        served = []

        async def wait(number: int) -> None:
            await workers.run(tasks.echo, b"")
            served.append(number)

        await asyncio.gather(*(wait(number) for number in range(8)))
    assert served == list(range(8))


async def test_none_is_started_before_it_is_needed_and_none_more_than_that(workers: Workers) -> None:
    assert not workers._all
    assert len({await workers.run(tasks.pid) for _ in range(5)}) == len(workers._all) == 1


async def test_whoever_is_cancelled_ends_the_worker_and_the_next_has_a_fresh_one(tmp_path: Path) -> None:
    async with Workers(1, seconds=PLENTY, megabytes=200) as workers:
        before = await workers.run(tasks.pid)
        begun = asyncio.create_task(workers.run(tasks.hang, tmp_path / "begun"))
        waiting = asyncio.create_task(workers.run(tasks.pid))
        given_up = asyncio.create_task(workers.run(tasks.pid))
        await until((tmp_path / "begun").exists)
        given_up.cancel()
        begun.cancel()
        assert await waiting != before
        assert [begun.cancelled(), given_up.cancelled()] == [True, True]
        assert not is_there(before)


async def test_whoever_is_cancelled_while_a_worker_starts_leaves_none_behind(workers: Workers) -> None:
    for turn in range(6):
        starting = asyncio.create_task(workers.run(tasks.pid))
        for _ in range(3**turn):
            await asyncio.sleep(0)
        starting.cancel()
        await asyncio.wait([starting])
        assert len(workers._all) == len(workers._idle)
    assert await workers.run(tasks.pid)


async def test_errors_for_people_come_back_as_they_are(workers: Workers) -> None:
    with pytest.raises(NotAnArticle) as refused:
        await workers.run(tasks.refuse)
    assert (refused.value.what, refused.value.remedy) == ("It is a drawing.", "Give a text.")
    assert refused.value.suggestions == ("who said what about boats",)
    with pytest.raises(NotNow) as put_off:
        await workers.run(tasks.put_off)
    assert put_off.value.seconds == 7
    assert len(workers._all) == 1


async def test_anything_else_is_a_bug_with_its_traceback(workers: Workers) -> None:
    with pytest.raises(WorkerBug, match=r"(?s)in stumble.*ZeroDivisionError"):
        await workers.run(tasks.stumble)
    with pytest.raises(WorkerBug, match="lambda"):
        await workers.run(tasks.give_what_cannot_be_sent)
    assert len(workers._all) == 1


async def test_what_is_large_passes_and_what_libraries_print_does_not_disturb(workers: Workers) -> None:
    data = os.urandom(3_000_000)
    assert await workers.run(tasks.echo, data) == data
    assert await workers.run(tasks.chatter) == "heard"


async def test_workers_hear_no_interrupt(workers: Workers) -> None:
    assert await workers.run(tasks.interrupted) == "still here"
    own, starter = await workers.run(tasks.sessions)
    assert own != starter


async def test_a_worker_that_was_ended_while_it_was_idle_is_no_fault_of_the_next_task(workers: Workers) -> None:
    first, second = await asyncio.gather(workers.run(tasks.pid), workers.run(tasks.pid))
    for pid in (first, second):
        os.kill(pid, signal.SIGKILL)
    assert await workers.run(tasks.pid) not in {first, second}


async def test_a_worker_gives_way_to_a_fresh_one_after_so_many_tasks() -> None:
    async with Workers(1, seconds=PLENTY, megabytes=200, tasks=3) as workers:
        pids = [await workers.run(tasks.pid) for _ in range(5)]
    assert pids == [pids[0]] * 3 + [pids[-1]] * 2
    assert pids[0] != pids[-1]


async def test_a_warm_up_comes_first_and_has_its_own_time() -> None:
    async with Workers(1, seconds=PLENTY, megabytes=200, warm_up=tasks.warm_up) as workers:
        assert [await workers.run(tasks.warmed) for _ in range(2)] == [([0.0], True)] * 2


@pytest.mark.parametrize("warm_up", [tasks.stumble, tasks.leave])
async def test_a_warm_up_that_fails_is_a_bug(warm_up: Callable[[], object]) -> None:
    async with Workers(1, seconds=PLENTY, megabytes=200, warm_up=warm_up) as workers:
        with pytest.raises(WorkerBug, match="did not get ready"):
            await workers.run(tasks.pid)
        assert not workers._all


async def test_closing_ends_what_runs_and_what_waits(tmp_path: Path) -> None:
    async with Workers(1, seconds=PLENTY, megabytes=200) as workers:
        running = [asyncio.create_task(workers.run(tasks.hang, tmp_path / "begun")) for _ in range(3)]
        await until((tmp_path / "begun").exists)
    for one in running:
        with pytest.raises(RuntimeError, match="closed"):
            await one
    with pytest.raises(RuntimeError, match="closed"):
        await workers.run(tasks.pid)
    assert not is_there(int((tmp_path / "begun").read_text()))


async def test_neither_processes_nor_descriptors_are_left_behind() -> None:
    before = descriptors()
    pids = []
    async with Workers(2, seconds=PLENTY, megabytes=200) as workers:
        pids += await asyncio.gather(*(workers.run(tasks.pid) for _ in range(4)))
        with pytest.raises(ReadingError):
            await workers.run(tasks.leave)
        with pytest.raises(TooMuch):
            await workers.run(tasks.hang, None, seconds=0.05)
        pids += await asyncio.gather(*(workers.run(tasks.pid) for _ in range(4)))
    assert len(set(pids)) == 4
    assert not any(map(is_there, pids))
    await until(lambda: descriptors() <= before)


PROGRAM = """
import asyncio
from bot.bounded import Workers
from tests.bot import bounded_tasks as tasks

async def main():
    async with Workers(2, seconds=0.3, megabytes=200) as workers:
        await asyncio.gather(workers.run(tasks.pid), workers.run(tasks.hang_and_say_so))

asyncio.run(main())
"""


def test_workers_end_when_the_process_that_started_them_is_killed() -> None:
    root = Path(__file__).parents[2]
    program = subprocess.Popen([sys.executable, "-c", PROGRAM], cwd=root, stderr=subprocess.PIPE, text=True)  # noqa: S603 - our own
    with program:
        assert program.stderr is not None
        assert program.stderr.readline() == "begun\n"
        program.kill()
        # The workers have the same standard error: it ends when the last of them has, be it idle or in the midst of a task.
        assert program.communicate(timeout=PLENTY)[1] == ""

"""Work on many things at once whose results come in their order."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.ahead import in_order


async def numbers(most: int, taken: list[int] | None = None) -> AsyncIterator[int]:
    for number in range(most):
        if taken is not None:
            taken.append(number)
        yield number


class Counted:
    """Work that says how much of it was done at once."""

    def __init__(self) -> None:
        self.now = self.most = 0

    async def __call__(self, number: int) -> int:
        self.now += 1
        self.most = max(self.most, self.now)
        for _ in range(number * 7 % 5):  # the later may be done the earlier
            await asyncio.sleep(0)
        self.now -= 1
        return number


@pytest.mark.parametrize(("things", "at_once"), [(0, 0), (4, 1), (200, 3)])
async def test_many_things_are_worked_on_at_once_and_few_one_after_the_other_and_all_come_in_order(things: int, at_once: int) -> None:
    work = Counted()
    handfuls = [some async for some in in_order(numbers(things), work, 3)]
    assert [number for some in handfuls for number in some] == list(range(things))
    assert work.most == at_once
    assert max(map(len, handfuls), default=0) <= 16
    assert (things > 4) == any(len(some) > 1 for some in handfuls)


async def test_no_more_is_begun_than_can_be_held() -> None:
    taken = list[int]()
    read = in_order(numbers(10_000, taken), Counted(), 2)
    await anext(read)
    for _ in range(200):
        await asyncio.sleep(0)
    assert len(taken) < 60
    await read.aclose()


async def until_a_mishap(things: AsyncIterator[int], work: Callable[[int], Awaitable[int]], kind: type[Exception]) -> list[int]:
    given, read = list[int](), in_order(things, work, 2)
    try:
        async for some in read:
            given += some
    except kind:
        return given
    pytest.fail("Nothing was raised.")


async def test_what_came_before_a_mishap_is_given_first() -> None:
    async def work(number: int) -> int:
        if number == 30:
            raise ValueError(number)
        return number

    assert await until_a_mishap(numbers(100), work, ValueError) == list(range(30))


async def test_a_mishap_of_where_things_come_from_is_raised_behind_them() -> None:
    async def things() -> AsyncIterator[int]:
        yield 1
        raise OSError("gone")

    assert await until_a_mishap(things(), Counted(), OSError) == [1]


async def test_whoever_stops_early_leaves_nothing_running() -> None:
    before = asyncio.all_tasks()
    forever: Callable[[int], asyncio.Future[int]] = lambda number: asyncio.get_running_loop().create_future()  # noqa: E731, ARG005
    reading = asyncio.create_task(anext(in_order(numbers(9), forever, 2)))
    for _ in range(20):
        await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert asyncio.all_tasks() == before

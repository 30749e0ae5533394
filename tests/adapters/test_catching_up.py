"""What looks through the archive while Verbatim serves."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import cast

import pytest

from adapters.catching_up import CatchingUp
from bot.newsroom import Newsroom


class Archive:
    """A newsroom in whose archive so many texts wait after each part."""

    def __init__(self, waiting: Sequence[int]) -> None:
        self._waiting = list(waiting)
        self.done = asyncio.Event()

    async def catch_up(self) -> int:
        left = self._waiting.pop(0)
        if not self._waiting:
            self.done.set()
        return left


@pytest.mark.parametrize(
    ("waiting", "said"),
    [
        ((0,), []),
        (
            (4200, 2200, 200, 0),
            [
                "4,200 texts that an earlier Verbatim stored are still to be looked through.",
                "all of it is looked through.",
            ],
        ),
    ],
)
async def test_all_that_waits_is_looked_through_and_said(waiting: Sequence[int], said: list[str]) -> None:
    archive, told = Archive(waiting), list[str]()
    running = asyncio.create_task(CatchingUp(cast("Newsroom", archive), pause=0).run(told.append))
    await archive.done.wait()
    await asyncio.sleep(0)
    assert not running.done(), "it serves until it is stopped"
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert told == said

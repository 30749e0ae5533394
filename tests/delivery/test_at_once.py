"""Several processes look for what is due in one store at the same moment: each digest is posted by one of them."""

import asyncio
from contextlib import ExitStack

import pytest

from tests.delivery.desk import Desk
from tests.delivery.processes import ended, started

_CHANNELS = tuple(f"C{number}" for number in range(12))


@pytest.mark.parametrize("company", [2, 4])
async def test_processes_that_look_at_once_post_each_digest_once(desk: Desk, company: int) -> None:
    await desk.subscribe(*_CHANNELS)
    desk.server.together(company)
    with ExitStack() as stack:
        processes = [stack.enter_context(started(desk.orders(f"process {number}"))) for number in range(company)]
        assert await asyncio.gather(*map(ended, processes)) == [0] * company
    assert await desk.states() == ["sent"] * len(_CHANNELS)
    assert sorted(one.channel for one in desk.server.posted) == sorted(_CHANNELS)
    assert set(desk.server.keys().values()) == {1}

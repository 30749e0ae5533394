"""A process that posts is killed (SIGKILL) at each of its steps, and another one takes over: counted where the posts arrive."""

import signal

import pytest

from tests.delivery.child import Step
from tests.delivery.desk import LEASE, Desk
from tests.delivery.processes import ended, killed, lived, started

_SENT = {Step.SENT, Step.RECORDED}


async def die(desk: Desk, step: Step) -> None:
    """Have a process begin what is due and be killed at a step."""
    with started(desk.orders("first", dies_when=step)) as process:
        assert await ended(process) == -signal.SIGKILL


@pytest.mark.parametrize("step", Step, ids=lambda step: step.name.lower())
async def test_a_digest_whose_process_is_killed_is_posted_once_by_the_next_one(desk: Desk, step: Step) -> None:
    await desk.subscribe("C1", schedule="daily at 12")
    await die(desk, step)
    assert len(desk.server.posted) == (step in _SENT)
    desk.clock.now += LEASE
    await lived(desk.orders("second"))
    assert await desk.states() == ["sent"]
    assert list(desk.server.keys().values()) == [1]
    assert desk.server.told == []


@pytest.mark.parametrize("step", [Step.BEGUN, Step.SENT], ids=lambda step: step.name.lower())
async def test_where_nobody_can_look_a_digest_that_may_stand_there_is_uncertain_and_its_owner_told_once(desk: Desk, step: Step) -> None:
    desk.server.is_blind = True
    await desk.subscribe("C1", schedule="daily at 12")
    await die(desk, step)
    for name in ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"):
        desk.clock.now += LEASE
        await lived(desk.orders(name))
    assert await desk.states() == ["uncertain"]
    assert len(desk.server.posted) == (step in _SENT)
    assert len(desk.server.told) == 1


async def test_a_digest_that_is_on_its_way_when_its_process_is_killed_is_left_alone_until_the_claim_has_ended_and_then_found(
    desk: Desk,
) -> None:
    await desk.subscribe("C1", schedule="daily at 12")
    arriving = desk.server.withhold()
    with started(desk.orders("first")) as process:
        await desk.server.post_begun()
        await killed(process)
    await lived(desk.orders("second"))
    assert await desk.states() == ["claimed"]
    arriving.set()
    desk.clock.now += LEASE
    await lived(desk.orders("third"))
    assert await desk.states() == ["sent"]
    assert list(desk.server.keys().values()) == [1]
    assert desk.server.asked["post"] == 1

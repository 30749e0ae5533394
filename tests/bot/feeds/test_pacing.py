import asyncio
from datetime import datetime, timedelta

import pytest

from bot.errors import CannotFetch
from bot.feeds.pacing import PAUSE, UNSAID, Pacer
from bot.feeds.rhythm import LONGEST_RETRY_AFTER
from bot.reading.pages import Refused, Trouble
from storage.hosts import Quiet
from tests.fakes.clock import FakeClock


class Sleeper:
    """Sleeps by moving the clock on; `naps` are the seconds."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.naps: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.naps.append(seconds)
        await asyncio.sleep(0)
        self.clock.forward(seconds=seconds)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def sleeper(clock: FakeClock) -> Sleeper:
    return Sleeper(clock)


@pytest.fixture
def pacer(clock: FakeClock, sleeper: Sleeper) -> Pacer:
    return Pacer(clock, sleeper)


async def ask(pacer: Pacer, host: str, said: list[str], name: str, *, delay: timedelta | None = None) -> None:
    async with pacer.turn(host, delay=delay) as held:
        said.append(f"{name} begins" if held is None else f"{name} is put off")
        await asyncio.sleep(0)
        said.append(f"{name} ends")


async def test_20_many_feeds_on_one_host_are_asked_one_after_the_other_with_a_pause(
    pacer: Pacer, clock: FakeClock, sleeper: Sleeper
) -> None:
    said: list[str] = []
    began = clock()

    await asyncio.gather(*(ask(pacer, "lantern.example.org", said, name) for name in ("one", "two", "three")))

    assert said == ["one begins", "one ends", "two begins", "two ends", "three begins", "three ends"]
    assert sleeper.naps == [PAUSE.total_seconds()] * 2
    assert clock() - began == 2 * PAUSE


async def test_the_first_request_to_a_host_and_one_long_after_do_not_wait(pacer: Pacer, clock: FakeClock, sleeper: Sleeper) -> None:
    for _ in range(2):
        await ask(pacer, "lantern.example.org", [], "one")
        clock.forward(seconds=2)

    assert sleeper.naps == []


async def test_only_what_is_left_of_a_pause_is_waited_for(pacer: Pacer, clock: FakeClock, sleeper: Sleeper) -> None:
    await ask(pacer, "lantern.example.org", [], "one")
    clock.forward(seconds=1.5)
    await ask(pacer, "lantern.example.org", [], "two")

    assert sleeper.naps == [0.5]


@pytest.mark.parametrize(("delay", "pause"), [(10, 10), (0.1, 2)])
async def test_20_a_host_that_asks_for_a_longer_pause_gets_it(pacer: Pacer, sleeper: Sleeper, delay: float, pause: float) -> None:
    for name in ("one", "two"):
        await ask(pacer, "lantern.example.org", [], name, delay=timedelta(seconds=delay))

    assert sleeper.naps == [pause]


async def test_hosts_do_not_wait_for_each_other(pacer: Pacer, sleeper: Sleeper) -> None:
    said: list[str] = []

    await asyncio.gather(ask(pacer, "lantern.example.org", said, "one"), ask(pacer, "herald.example.org", said, "two"))

    assert said == ["one begins", "two begins", "one ends", "two ends"]
    assert sleeper.naps == []


async def test_a_host_with_many_feeds_does_not_keep_others_from_being_asked(clock: FakeClock, sleeper: Sleeper) -> None:
    pacer = Pacer(clock, sleeper, most_at_once=1)
    said: list[str] = []

    many = (ask(pacer, "lantern.example.org", said, f"lantern {number}") for number in range(5))
    await asyncio.gather(*many, ask(pacer, "herald.example.org", said, "herald"))

    assert said[:4] == ["lantern 0 begins", "lantern 0 ends", "herald begins", "herald ends"]


async def test_no_more_hosts_are_asked_at_once_than_are_allowed(clock: FakeClock, sleeper: Sleeper) -> None:
    pacer = Pacer(clock, sleeper, most_at_once=3)
    now, most = 0, 0

    async def count(number: int) -> None:
        nonlocal now, most
        async with pacer.turn(f"host{number}.example.org"):
            now += 1
            most = max(most, now)
            await asyncio.sleep(0)
            now -= 1

    await asyncio.gather(*(count(number) for number in range(20)))

    assert most == 3


async def test_a_request_that_fails_or_is_given_up_leaves_a_pause_and_the_turn_to_the_next(pacer: Pacer, sleeper: Sleeper) -> None:
    async def fail() -> None:
        async with pacer.turn("lantern.example.org"):
            raise OSError

    async def hang() -> None:
        async with pacer.turn("lantern.example.org"):
            await asyncio.Event().wait()

    with pytest.raises(OSError):  # noqa: PT011
        await fail()
    hanging = asyncio.create_task(hang())
    waiting = asyncio.create_task(ask(pacer, "lantern.example.org", [], "never"))
    said: list[str] = []
    last = asyncio.create_task(ask(pacer, "lantern.example.org", said, "last"))
    for _ in range(5):
        await asyncio.sleep(0)
    waiting.cancel()
    hanging.cancel()
    await last

    assert said == ["last begins", "last ends"]
    assert sleeper.naps == [2, 2]


async def test_20_a_host_that_wants_to_be_left_alone_is_for_all_its_feeds(pacer: Pacer, clock: FakeClock, sleeper: Sleeper) -> None:
    until = clock() + timedelta(hours=1)
    said: list[str] = []

    async def limited() -> None:
        async with pacer.turn("lantern.example.org"):
            await asyncio.sleep(0)
            pacer.hold("lantern.example.org", until)

    await asyncio.gather(limited(), *(ask(pacer, "lantern.example.org", said, name) for name in ("two", "three")))

    assert said == ["two is put off", "two ends", "three is put off", "three ends"]
    assert sleeper.naps == []
    async with pacer.turn("herald.example.org") as held:
        assert held is None
    clock.forward(hours=1)
    async with pacer.turn("lantern.example.org") as held:
        assert held is None


def test_20_an_earlier_moment_does_not_take_back_a_later_one(pacer: Pacer, clock: FakeClock) -> None:
    late = clock() + timedelta(hours=2)

    pacer.hold("lantern.example.org", late)
    pacer.hold("lantern.example.org", clock() + timedelta(hours=1))

    assert pacer.held_until("lantern.example.org") == late
    assert pacer.held_until("herald.example.org") is None


async def test_20_what_others_are_to_know_of_a_host_is_untold_until_they_are_told_that_very_thing(pacer: Pacer, clock: FakeClock) -> None:
    await ask(pacer, "lantern.example.org", [], "one")
    pacer.hold("herald.example.org", clock() + timedelta(days=1))
    quiet = pacer.untold()
    assert quiet == [
        Quiet("herald.example.org", clock() + timedelta(days=1), for_all=True),
        Quiet("lantern.example.org", clock() + PAUSE, for_all=False),
    ]
    pacer.hold("lantern.example.org", clock() + timedelta(hours=1))
    pacer.told(quiet)
    assert pacer.untold() == [Quiet("lantern.example.org", clock() + timedelta(hours=1), for_all=True)]
    clock.forward(hours=1)
    assert pacer.untold() == []


async def test_20_the_pause_of_another_process_is_waited_out_and_what_a_site_asked_it_for_holds_here(
    pacer: Pacer, clock: FakeClock, sleeper: Sleeper
) -> None:
    said: list[str] = []
    pacer.heard(Quiet("lantern.example.org", clock() + PAUSE / 2, for_all=False))
    pacer.heard(Quiet("herald.example.org", clock() + timedelta(days=1), for_all=True))
    await ask(pacer, "lantern.example.org", said, "one")
    await ask(pacer, "herald.example.org", said, "two")
    assert sleeper.naps == [1]
    assert said == ["one begins", "one ends", "two is put off", "two ends"]


async def test_20_no_site_is_left_alone_for_longer_than_a_week(pacer: Pacer, clock: FakeClock) -> None:
    month = str(31 * 24 * 3600)
    pacer.heed("lantern.example.org", Refused(Trouble.FORBIDDEN, CannotFetch("No.", "Wait."), 403, month))
    assert pacer.held_until("lantern.example.org") == clock() + LONGEST_RETRY_AFTER


@pytest.mark.parametrize("header", [None, "0", "-5", "soon", "Fri, 06 Nov 1998 12:00:00 GMT"])
async def test_20_a_site_that_has_too_much_to_do_and_does_not_say_until_when_is_left_alone_for_a_while(
    pacer: Pacer, clock: FakeClock, header: str | None
) -> None:
    pacer.heed("lantern.example.org", Refused(Trouble.LIMITED, CannotFetch("No.", "Wait."), 429, header))
    assert pacer.held_until("lantern.example.org") == clock() + UNSAID


async def test_a_clock_that_is_set_back_does_not_make_a_pause_longer(pacer: Pacer, clock: FakeClock, sleeper: Sleeper) -> None:
    await ask(pacer, "lantern.example.org", [], "one")
    clock.forward(hours=-3)
    await ask(pacer, "lantern.example.org", [], "two")

    assert sleeper.naps == [2]


async def test_hosts_that_nobody_has_asked_for_long_are_forgotten(pacer: Pacer, clock: FakeClock) -> None:
    for number in range(5_000):
        await ask(pacer, f"host{number}.example.org", [], "one")
        clock.forward(seconds=1)

    assert len(pacer) < 100


async def test_20_a_host_is_remembered_for_as_long_as_it_wants_to_be_left_alone(pacer: Pacer, clock: FakeClock) -> None:
    until: datetime = clock() + timedelta(days=1)
    pacer.hold("lantern.example.org", until)
    for number in range(500):
        await ask(pacer, f"host{number}.example.org", [], "one")
        clock.forward(seconds=10)

    assert pacer.held_until("lantern.example.org") == until

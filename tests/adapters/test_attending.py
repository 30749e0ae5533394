import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

import pytest

from adapters.attending import Attending
from adapters.settings import Settings
from bot.errors import DatabaseBusy, NotFound, VerbatimError
from bot.newsroom import Newsroom
from bot.replies import Reply

WRONG = NotFound("There is no quote 7.", "Look at its number.")


@dataclass
class Events:
    """A newsroom as far as events are concerned. `mishap` is what its store has against being asked for suggestions."""

    told: set[str] = field(default_factory=set)
    mishap: VerbatimError | None = None

    async def first_time(self, event: str) -> bool:
        first = event not in self.told
        self.told.add(event)
        return first

    async def explained(self, error: VerbatimError) -> Reply:
        if self.mishap:
            raise self.mishap
        return Reply(str(error), suggestions=("status",))


@dataclass
class Person:
    """Whom is told what. `deaf` is why nothing can be told."""

    begun: int = 0
    told: list[str] = field(default_factory=list)
    deaf: Exception | None = None

    async def begin(self) -> None:
        self.begun += 1

    async def tell(self, messages: Sequence[str]) -> None:
        if self.deaf:
            raise self.deaf
        self.told += messages


@dataclass(frozen=True, slots=True)
class Listeners(Attending[str]):
    """The listeners of a platform whose messages are lines, and whose lost connections are nobody's fault."""

    logged_lines: list[str] = field(default_factory=list)

    def rendered(self, reply: Reply) -> list[str]:
        return [reply.understood, *reply.suggestions]

    def logged(self, error: Exception, doing: str) -> str | None:
        self.logged_lines.append(f"{doing}: {error}")
        return None if isinstance(error, ConnectionError) else f"mark{len(self.logged_lines)}"


@dataclass
class Work:
    """Something that is done, or fails. It takes until `done` is set where it is `slow`."""

    fails: Exception | None = None
    slow: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)
    times: int = 0

    async def __call__(self) -> None:
        if self.slow:
            await self.done.wait()
        if self.fails:
            raise self.fails
        self.times += 1


@pytest.fixture
def events() -> Events:
    return Events()


@pytest.fixture
def listeners(events: Events) -> Listeners:
    return Listeners(cast("Newsroom", events), Settings())


async def test_work_is_done_once_however_often_its_event_is_told(listeners: Listeners) -> None:
    work, person = Work(), Person()
    for event in ("message 1", "message 1", "message 2"):
        await listeners.attend(event, person, work)
    assert work.times == 2
    assert person == Person(begun=3)


async def test_what_a_person_can_act_on_is_told_with_what_would_work(listeners: Listeners) -> None:
    person = Person()
    await listeners.attend("message 1", person, Work(WRONG))
    assert person.told == [str(WRONG), "status"]
    assert listeners.logged_lines == []


async def test_it_is_told_where_the_store_cannot_say_what_would_work(listeners: Listeners, events: Events) -> None:
    events.mishap = DatabaseBusy("The store is busy.", "Try again.")
    person = Person()
    await listeners.attend("message 1", person, Work(WRONG))
    assert person.told == [str(WRONG)]


async def test_a_mistake_is_told_as_an_apology_that_finds_the_log(listeners: Listeners) -> None:
    person = Person()
    await listeners.attend("message 1", person, Work(RuntimeError("the press burns")))
    assert listeners.logged_lines == ["message 1: the press burns"]
    [apology] = person.told
    assert apology.endswith(" under mark1.")
    assert "burns" not in apology


async def test_what_is_nobodys_fault_is_logged_and_told_to_nobody(listeners: Listeners) -> None:
    person = Person()
    await listeners.attend("message 1", person, Work(ConnectionError("gone")))
    assert listeners.logged_lines == ["message 1: gone"]
    assert person.told == []


async def test_an_apology_that_cannot_be_told_is_logged_and_not_tried_again(listeners: Listeners) -> None:
    await listeners.attend("message 1", Person(deaf=RuntimeError("no such person")), Work(WRONG))
    assert listeners.logged_lines == ["message 1: no such person", "telling the apology for mistake mark1: no such person"]


async def test_what_nobody_waits_for_is_told_to_nobody_when_it_fails(listeners: Listeners, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        await listeners.quietly("resting digests", Work(WRONG))
        await listeners.quietly("resting digests", Work(RuntimeError("the press burns")))
    assert caplog.messages == [f"not done: resting digests: {WRONG}"]
    assert listeners.logged_lines == ["resting digests: the press burns"]


async def test_what_is_in_hand_is_finished_even_what_was_told_just_now(listeners: Listeners) -> None:
    attended, quiet = Work(slow=True), Work(slow=True)
    tasks = [
        asyncio.create_task(listeners.attend("message 1", Person(), attended)),
        asyncio.create_task(listeners.quietly("resting digests", quiet)),
    ]
    finishing = asyncio.create_task(listeners.finish(60))
    for work in (attended, quiet):
        await asyncio.sleep(0)
        assert not finishing.done()
        work.done.set()
    await finishing
    assert attended.times == quiet.times == 1
    assert all(task.done() for task in tasks)


async def test_what_has_parts_is_in_hand_until_the_last_of_them_is_done(listeners: Listeners) -> None:
    last = Work(slow=True)

    async def parts() -> None:
        await listeners.attend("message 1", Person(), Work())
        await last()

    working = asyncio.create_task(listeners.quietly("answering in turn", parts))
    finishing = asyncio.create_task(listeners.finish(60))
    await asyncio.wait([finishing], timeout=0.01)
    assert not finishing.done()
    last.done.set()
    await finishing
    assert last.times == 1
    assert working.done()


async def test_what_takes_too_long_is_stopped_and_the_log_names_it(listeners: Listeners, caplog: pytest.LogCaptureFixture) -> None:
    work = Work(slow=True)

    async def a_part_of_it() -> None:
        await listeners.attend("message 1", Person(), work)

    attending = asyncio.create_task(listeners.quietly("message 1 in its turn", a_part_of_it))
    await listeners.finish(0.01)
    assert attending.cancelled()
    assert work.times == 0
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", "stopped before it was done: message 1 in its turn")
    ]


async def test_where_nothing_is_in_hand_there_is_nothing_to_wait_for(listeners: Listeners) -> None:
    await listeners.attend("message 1", Person(), Work())
    await listeners.finish(60)

import asyncio
from datetime import datetime

import pytest
from sqlalchemy import func, select

from storage import events
from storage.database import Database
from storage.events import KEPT
from storage.schema import LONGEST_NAME, Event
from tests.storage.sample import HOUR, NOON


async def met(database: Database, key: str, at: datetime = NOON) -> bool:
    async with database.writing() as session:
        return await events.first_time(session, key, at)


async def remembered(database: Database) -> int:
    async with database.reading() as session:
        return (await session.scalars(select(func.count()).select_from(Event))).one()


async def test_an_event_told_again_is_known_and_another_is_not(database: Database) -> None:
    assert await met(database, "slack:Ev1")
    assert not await met(database, "slack:Ev1", NOON + HOUR)
    assert await met(database, "slack:Ev2")
    assert await met(database, "discord:Ev1")


async def test_of_many_events_those_that_were_told_are_known(database: Database) -> None:
    long = f"slack:{'v' * 2 * LONGEST_NAME}"
    await met(database, "slack:Ev1")
    await met(database, long)
    async with database.reading() as session:
        assert await events.known(session, ["slack:Ev1", long, "slack:Ev2"]) == {"slack:Ev1", long}
        assert await events.known(session, []) == set()


async def test_of_all_that_are_told_one_event_at_once_one_is_the_first(database: Database, database_url: str) -> None:
    other = Database(database_url)
    told = [met(one, "slack:Ev1") for one in (database, other) for _ in range(4)]
    assert sorted(await asyncio.gather(*told)) == [False] * 7 + [True]
    await other.close()


async def test_an_event_is_not_known_if_what_was_done_about_it_is_undone(database: Database) -> None:
    async def fail() -> None:
        async with database.writing() as session:
            assert await events.first_time(session, "slack:Ev1", NOON)
            raise KeyError

    with pytest.raises(KeyError):
        await fail()
    assert await met(database, "slack:Ev1")


async def test_events_are_forgotten_in_time(database: Database) -> None:
    assert await met(database, "slack:Ev1", NOON)
    assert await met(database, "slack:Ev2", NOON + HOUR)
    assert not await met(database, "slack:Ev1", NOON + KEPT)
    assert await met(database, "slack:Ev3", NOON + KEPT + HOUR)
    assert await remembered(database) == 2
    assert await met(database, "slack:Ev1", NOON + KEPT + HOUR)


@pytest.mark.parametrize("end", ["", "\x00", "\ud83d"], ids=["plain", "NUL", "half a character"])
async def test_keys_of_any_length_and_characters_are_told_apart(database: Database, end: str) -> None:
    for length in [1, LONGEST_NAME - 1, LONGEST_NAME, 5 * LONGEST_NAME]:
        assert await met(database, "é" * length + "1" + end), length
        assert await met(database, "é" * length + "2" + end), length
        assert not await met(database, "é" * length + "1" + end), length


@pytest.mark.parametrize("key", ["discord message 1", "é" * 5 * LONGEST_NAME, "\x00"], ids=["short", "long", "NUL"])
async def test_where_the_answer_to_an_event_was_posted_is_remembered(database: Database, key: str) -> None:
    await met(database, key)
    assert await answer_to(database, key) is None
    for posted in ("C1 17", "C1 18"):
        async with database.writing() as session:
            await events.remember_answer(session, key, posted)
        assert await answer_to(database, key) == posted
    assert not await met(database, key)
    assert await answer_to(database, key) == "C1 18"


async def test_nothing_is_remembered_of_an_event_that_is_not_known(database: Database) -> None:
    await met(database, "discord message 1")
    async with database.writing() as session:
        await events.remember_answer(session, "discord message 2", "C1 17")
    assert await answer_to(database, "discord message 1") is await answer_to(database, "discord message 2") is None
    assert await met(database, "discord message 2")


async def answer_to(database: Database, key: str) -> str | None:
    async with database.reading() as session:
        return await events.answer_to(session, key)

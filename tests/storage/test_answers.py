from dataclasses import replace
from typing import Any

import pytest

from storage import answers
from storage.database import Database
from storage.errors import StorageError
from storage.records import KeptAnswer
from tests.storage.sample import NOON


async def test_an_answer_is_kept_as_it_was_given(database: Database) -> None:
    async with database.writing() as session:
        first = await answers.add(
            session, request="who said “tides” 🌊", asked_at=NOON, time_zone="Europe/London", direct_only=False, found=(7, 3, 12)
        )
        second = await answers.add(session, request="", asked_at=NOON, time_zone="UTC", direct_only=True, found=())
    async with database.reading() as session:
        assert await answers.get(session, first) == KeptAnswer(
            first, "who said “tides” 🌊", NOON, "Europe/London", False, (7, 3, 12), ((0, 0),)
        )
        assert await answers.get(session, second) == KeptAnswer(second, "", NOON, "UTC", True, (), ((0, 0),))


@pytest.mark.parametrize("number", [-1, 0, 1, 2**31, 10**30])
async def test_an_answer_that_was_never_given_is_none(database: Database, number: int) -> None:
    async with database.reading() as session:
        assert await answers.get(session, number) is None


async def test_a_request_that_no_database_can_hold_is_refused_in_a_sentence(database: Database) -> None:
    with pytest.raises(StorageError, match="The request has characters that no database can store"):
        async with database.writing() as session:
            await answers.add(session, request="tides\x00", asked_at=NOON, time_zone="UTC", direct_only=False, found=())


async def test_an_answer_goes_on_and_remembers_where_its_asker_is(database: Database) -> None:
    async with database.writing() as session:
        number = await answers.add(
            session,
            request="tides",
            asked_at=NOON,
            time_zone="UTC",
            direct_only=False,
            found=(7, 3),
            shown=1,
            more=True,
            up_to=12,
            asker="ada",
            reached=7,
        )
    async with database.writing() as session:
        before = await answers.get(session, number)
        assert before == KeptAnswer(number, "tides", NOON, "UTC", False, (7, 3), ((0, 1),), True, 12, 7)
        assert await answers.extend(session, before, [9, 1], shown=2, more=False) == replace(
            before, found=(7, 3, 9, 1), batches=((0, 1), (2, 2)), more=False
        )
        await answers.reach(session, number, 3)
    async with database.reading() as session:
        assert await answers.get(session, number) == KeptAnswer(
            number, "tides", NOON, "UTC", False, (7, 3, 9, 1), ((0, 1), (2, 2)), False, 12, 3
        )


async def test_the_newest_answer_of_an_asker_is_found_among_those_of_others(database: Database) -> None:
    async with database.writing() as session:
        given: dict[str, Any] = {"asked_at": NOON, "time_zone": "UTC", "direct_only": False, "found": (1,)}
        for request, asker in (("a", "ada"), ("b", "ada"), ("c", "ben"), ("d", None)):
            await answers.add(session, request=request, asker=asker, **given)
    async with database.reading() as session:
        found = {asker: await answers.newest_of(session, asker) for asker in ("ada", "ben", "eve")}
    assert {asker: one and one.request for asker, one in found.items()} == {"ada": "b", "ben": "c", "eve": None}

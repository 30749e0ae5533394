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
        assert await answers.get(session, first) == KeptAnswer(first, "who said “tides” 🌊", NOON, "Europe/London", False, (7, 3, 12))
        assert await answers.get(session, second) == KeptAnswer(second, "", NOON, "UTC", True, ())


@pytest.mark.parametrize("number", [-1, 0, 1, 2**31, 10**30])
async def test_an_answer_that_was_never_given_is_none(database: Database, number: int) -> None:
    async with database.reading() as session:
        assert await answers.get(session, number) is None


async def test_a_request_that_no_database_can_hold_is_refused_in_a_sentence(database: Database) -> None:
    with pytest.raises(StorageError, match="The request has characters that no database can store"):
        async with database.writing() as session:
            await answers.add(session, request="tides\x00", asked_at=NOON, time_zone="UTC", direct_only=False, found=())

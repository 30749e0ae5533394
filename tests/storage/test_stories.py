"""Copies are looked for among the articles that share what few others have; a passage that stands in all of them costs nothing."""

from collections.abc import AsyncIterator, Iterable

import pytest
import pytest_asyncio
from sqlalchemy import insert, text

from storage import articles, stories
from storage.database import Database, Session
from storage.records import NewArticle
from storage.schema import ArticleShingle
from tests.storage.sample import NOON

STANDING, RARE, OWN = 7, 8, 9


@pytest_asyncio.fixture
async def session(database: Database) -> AsyncIterator[Session]:
    async with database.writing() as session:
        yield session


async def stored(session: Session, number: int) -> None:
    """So many articles under each of which the same passage stands, by the numbers from 1 on."""
    for one in range(1, number + 1):
        await articles.save(session, NewArticle(f"file:{one}", f"Text {one}."), at=NOON)
    await know(session, STANDING, range(1, number + 1))


async def know(session: Session, shingle: int, article_ids: Iterable[int]) -> None:
    await session.execute(insert(ArticleShingle), [{"shingle": shingle, "article_id": one} for one in article_ids])


async def test_a_copy_is_found_beside_a_passage_that_stands_everywhere(session: Session) -> None:
    await stored(session, stories.MOST_KNOWN + 20)
    newest = stories.MOST_KNOWN + 20
    await know(session, RARE, [newest - 1, newest])
    found = await stories.sharing(session, newest, [STANDING, RARE, OWN])
    assert next(iter(found)) == newest - 1


async def test_a_story_that_very_many_tell_is_still_found_by_its_first(session: Session) -> None:
    await stored(session, stories.MOST_KNOWN + 20)
    found = await stories.sharing(session, stories.MOST_KNOWN + 20, [STANDING, OWN])
    assert list(found) == list(range(1, 9))
    assert await stories.sharing(session, 1, []) == {}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_passage_in_very_many_articles_is_looked_up_in_few_of_them(session: Session) -> None:
    await stored(session, 9)
    await session.execute(text("PRAGMA defer_foreign_keys = ON"))
    await know(session, RARE, range(2, 4))
    await know(session, STANDING, range(10, 300))
    few = await steps(session)
    await know(session, STANDING, range(300, 30_000))
    many = await steps(session)
    await session.rollback()
    assert many <= few * 1.2


async def steps(session: Session) -> int:
    """How many hundreds of steps SQLite takes to look for copies of article 1."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    connection = await (await session.connection()).get_raw_connection()
    assert connection.driver_connection is not None
    await connection.driver_connection.set_progress_handler(count, 100)
    assert 2 in await stories.sharing(session, 1, [STANDING, RARE, OWN])
    await connection.driver_connection.set_progress_handler(None, 0)
    return taken

from typing import Any

import pytest

from storage import articles, texts
from storage.database import Database
from storage.records import NewArticle, VersionFilter
from tests.storage.sample import DAY, HOUR, NOON, person, store

ADA, BO = person("Ada Quill"), person("Bo Lund")


async def test_articles_are_found_by_what_stands_in_their_text_as_it_is(database: Database) -> None:
    async with database.writing() as session:
        one = await store(session, "100% of us row_on, said Ada.", "of us", identity="file:1")
        two = await store(session, "Nobody rows on.", "Nobody", identity="file:2")
    both, first = VersionFilter(version_ids=(one.version_id, two.version_id)), VersionFilter(version_ids=(one.version_id,))
    async with database.reading() as session:
        found = [[article.id for article in await texts.holding(session, both, phrases, 5)] for phrases in (["row"], ["0%", "x"], ["%"])]
        assert found == [[two.article_id, one.article_id], [one.article_id], [one.article_id]]
        assert [article.text for article in await texts.holding(session, both, ["row"], 1)] == ["Nobody rows on."]
        assert await texts.holding(session, first, ["Nobody"], 5) == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"after_id": 1}, ["I sail."]),
        ({"up_to_id": 1}, ["We row."]),
        ({"read_since": NOON + HOUR}, ["I sail."]),
        ({"read_until": NOON + HOUR}, ["We row."]),
        ({"since": NOON - DAY, "until": NOON}, ["I sail."]),
        ({"since": NOON}, ["We row."]),
        ({"speaker_ids": (1,)}, ["We row."]),
        ({"outlets": ("the oar", "\ud83d")}, ["I sail."]),
        ({"outlets": ("the oar",), "up_to_id": 1}, []),
    ],
)
async def test_articles_are_found_by_number_time_outlet_and_whom_they_quote(
    database: Database, wanted: dict[str, Any], found: list[str]
) -> None:
    async with database.writing() as session:
        await store(session, "We row.", "We row", speaker=ADA, identity="file:1")
        await store(
            session, "I sail.", "I sail", speaker=BO, identity="file:2", outlet="The Oar", published=NOON - HOUR, read_at=NOON + HOUR
        )
    async with database.reading() as session:
        assert [article.text for article in await texts.holding(session, VersionFilter(**wanted), ["."], 5)] == found


async def test_the_text_that_an_article_had_is_given(database: Database) -> None:
    async with database.writing() as session:
        for hours, words in enumerate(("First.", "Second.", "Third.")):
            saved = await articles.save(session, NewArticle("file:1", words), at=NOON + hours * HOUR)
    article_id = saved.article_id or 0
    async with database.reading() as session:
        assert await texts.of_articles(session, [article_id, 99], VersionFilter(up_to_id=2)) == {article_id: "Second."}
        assert await texts.of_articles(session, [article_id], VersionFilter(read_until=NOON + HOUR)) == {article_id: "First."}
        assert await texts.of_articles(session, [article_id], VersionFilter(read_until=NOON)) == {}
        assert await texts.of_articles(session, [article_id], VersionFilter(up_to_id=2, newest=True)) == {}
        assert await texts.beginnings(session, [1, 3, 99], 4) == {1: "Firs", 3: "Thir"}


async def test_the_version_that_brought_a_quote_is_known_whatever_was_edited_or_read_again_since(database: Database) -> None:
    async with database.writing() as session:
        first = await store(session, "We row.", "We row", identity="file:1")
        silent = await store(session, "Nobody speaks.", identity="file:2", read_at=NOON - HOUR)
        second = await store(session, "I sail.", "I sail", identity="file:3", read_at=NOON - DAY)
        await store(session, "We row. Slowly.", "We row", identity="file:1", read_at=NOON + HOUR, carry=first.quotes)
        again = await store(session, "I sail.", "I sail", "sail", identity="file:3", read_at=NOON + DAY, carry=second.quotes)
    async with database.reading() as session:
        numbers = [await texts.newest_with(session, number) for number in (0, *first.quotes, *second.quotes, *again.quotes[1:])]
    assert numbers == [0, first.version_id, second.version_id, second.version_id]
    assert first.version_id < silent.version_id < second.version_id

from storage import articles, texts
from storage.database import Database
from storage.records import NewArticle
from tests.storage.sample import DAY, HOUR, NOON, person, store

ADA, BO = person("Ada Quill"), person("Bo Lund")


async def test_versions_are_found_by_what_stands_in_their_text_as_it_is(database: Database) -> None:
    async with database.writing() as session:
        one = await store(session, "100% of us row_on, said Ada.", "of us", identity="file:1")
        two = await store(session, "Nobody rows on.", "Nobody", identity="file:2")
    versions = [one.version_id, two.version_id]
    async with database.reading() as session:
        found = [
            [article.id for article in await texts.holding(session, versions, phrases, 5)] for phrases in (["row"], ["0%", "x"], ["%"])
        ]
        assert found == [[two.article_id, one.article_id], [one.article_id], [one.article_id]]
        assert [article.text for article in await texts.holding(session, versions, ["row"], 1)] == ["Nobody rows on."]
        assert await texts.holding(session, versions[:1], ["Nobody"], 5) == []


async def test_versions_are_found_by_whom_they_quote_and_when_they_were_read(database: Database) -> None:
    async with database.writing() as session:
        one = await store(session, "We row.", "We row", speaker=ADA, identity="file:1")
        await store(session, "I sail.", "I sail", speaker=BO, identity="file:2")
    async with database.reading() as session:
        assert await texts.naming(session, one.speakers, NOON - HOUR, NOON) == [one.version_id]
        assert await texts.naming(session, one.speakers, NOON, NOON + DAY) == []
        assert await texts.naming(session, one.speakers, NOON - DAY, NOON - HOUR) == []


async def test_the_text_that_an_article_had_at_a_moment_is_given(database: Database) -> None:
    async with database.writing() as session:
        for hours, words in enumerate(("First.", "Second.", "Third.")):
            saved = await articles.save(session, NewArticle("file:1", words), at=NOON + hours * HOUR)
    article_id = saved.article_id or 0
    async with database.reading() as session:
        assert await texts.before(session, [article_id, 99], NOON + HOUR) == {article_id: "Second."}
        assert await texts.before(session, [article_id], NOON - HOUR) == {}

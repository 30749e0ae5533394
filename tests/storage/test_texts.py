from storage import articles, texts
from storage.database import Database
from storage.records import NewArticle
from tests.storage.sample import DAY, HOUR, NOON, store


async def test_the_first_characters_of_the_texts_of_versions_are_given(database: Database) -> None:
    async with database.writing() as session:
        for words in ("First.", "Second.", "Third."):
            await articles.save(session, NewArticle("file:1", words), at=NOON)
    async with database.reading() as session:
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

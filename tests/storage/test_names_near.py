from storage import names_near
from storage.database import Database
from tests.storage.sample import person, store


async def test_words_of_names_are_found_that_begin_alike_and_are_about_as_long(database: Database) -> None:
    async with database.writing() as session:
        for number, name in enumerate(("Ada Quill", "Tom Quills", "Ann Quillington", "Uma Quarry", "Élodie Uquill")):
            await store(session, f"{number}. Row on, said someone.", "Row on", speaker=person(name))
    async with database.reading() as session:
        assert sorted(await names_near.words_like(session, "qulil", longer_or_shorter=1)) == ["quarry", "quill", "quills", "uquill"]
        assert await names_near.words_like(session, "elodei", longer_or_shorter=0) == ["elodie"]
        assert await names_near.words_like(session, "zz", longer_or_shorter=1) == []


async def test_a_word_is_written_where_a_quote_its_surroundings_or_its_headline_has_it(database: Database) -> None:
    async with database.writing() as session:
        await store(session, "Row on, said the cox.", "Row on", speaker=person("Ada Quill"), headline="Ferry late")
    async with database.reading() as session:
        assert [word for word in ("row", "cox", "ferry", "quill", "?") if await names_near.is_written(session, word)] == [
            "row",
            "cox",
            "ferry",
        ]

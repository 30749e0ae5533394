from sqlalchemy import text

from storage import articles, embeddings, quotes
from storage.database import Database
from storage.records.embeddings import Candidate, QuoteVector, TextVectors
from tests.storage.sample import NOON, person, store

TEXT = "We row on, said Ada Quill. All of us."
ADA = person("Ada Quill")


def vectors(*quotes: bytes, paragraphs: bytes = b"pp") -> TextVectors:
    """Vectors of a text and of its quotes, each in a cell and a paragraph of its own number."""
    return TextVectors(paragraphs, tuple(QuoteVector(place, place, one) for place, one in enumerate(quotes)))


async def kept(database: Database) -> dict[str, int]:
    """How many rows of vectors there are."""
    async with database.reading() as session:
        tables = ("text_embeddings", "quote_embeddings")
        return {table: await session.scalar(text(f"SELECT count(*) FROM {table}")) or 0 for table in tables}  # noqa: S608


async def test_vectors_come_back_with_what_decides_beside_them(database: Database) -> None:
    async with database.writing() as session:
        stored = await store(session, TEXT, "We row on", "All of us", speaker=ADA, published=NOON)
        await embeddings.save(session, stored.version_id, stored.quotes, vectors(b"q0", b"q1"), model="one")
    async with database.reading() as session:
        found = await embeddings.candidates(session, stored.quotes)
        assert sorted(found, key=lambda one: one.quote_id) == [
            Candidate(stored.quotes[0], stored.version_id, stored.speakers[0], NOON, 0.9, 0, b"q0"),
            Candidate(stored.quotes[1], stored.version_id, stored.speakers[0], NOON, 0.9, 1, b"q1"),
        ]
        assert await embeddings.paragraphs(session, [stored.version_id, 99]) == {stored.version_id: b"pp"}


async def test_what_has_no_vector_yet_is_a_candidate_all_the_same(database: Database) -> None:
    async with database.writing() as session:
        stored = await store(session, TEXT, "We row on")
        (found,) = await embeddings.candidates(session, [*stored.quotes, 99])
        assert (found.quote_id, found.speaker_id, found.paragraph, found.vector) == (stored.quotes[0], None, 0, None)
        assert await embeddings.paragraphs(session, [stored.version_id]) == {}
        assert await embeddings.candidates(session, []) == []
        assert await embeddings.paragraphs(session, []) == {}


async def test_more_can_be_asked_for_than_one_statement_lists(database: Database) -> None:
    async with database.writing() as session:
        stored = await store(session, TEXT, "We row on")
        assert [one.quote_id for one in await embeddings.candidates(session, range(6_000))] == list(stored.quotes)
        assert await embeddings.paragraphs(session, range(6_000)) == {}


async def test_new_vectors_stand_in_the_place_of_the_old_ones(database: Database) -> None:
    async with database.writing() as session:
        stored = await store(session, TEXT, "We row on", "All of us")
        other = await store(session, "Elsewhere. " + TEXT, "We row on")
        await embeddings.save(session, stored.version_id, stored.quotes, vectors(b"q0", b"q1"), model="one")
        await embeddings.save(session, other.version_id, other.quotes, vectors(b"o0", paragraphs=b"oo"), model="one")
        await embeddings.save(session, stored.version_id, stored.quotes, vectors(b"n0", b"n1", paragraphs=b"nn"), model="two")
        found = await embeddings.candidates(session, [*stored.quotes, *other.quotes])
        assert sorted(one.vector or b"" for one in found) == [b"n0", b"n1", b"o0"]
        assert await embeddings.paragraphs(session, [stored.version_id, other.version_id]) == {
            stored.version_id: b"nn",
            other.version_id: b"oo",
        }
    assert await kept(database) == {"text_embeddings": 2, "quote_embeddings": 3}


async def test_an_article_without_quotes_has_vectors_of_its_paragraphs(database: Database) -> None:
    async with database.writing() as session:
        stored = await store(session, TEXT)
        await embeddings.save(session, stored.version_id, (), vectors(), model="one")
        assert await embeddings.waiting(session, model="one", limit=9) == []


async def test_what_waits_is_told_newest_first_and_from_where_one_stopped(database: Database) -> None:
    async with database.writing() as session:
        one, two, three, four = [await store(session, f"{number}. {TEXT}") for number in range(4)]
        await embeddings.save(session, three.version_id, (), vectors(), model="one")
        waiting = [four.article_id, two.article_id, one.article_id]
        assert await embeddings.waiting(session, model="one", limit=9) == waiting
        assert await embeddings.waiting(session, model="one", limit=2) == waiting[:2]
        assert await embeddings.waiting(session, model="one", before=two.article_id, limit=9) == waiting[2:]
        assert await embeddings.count_waiting(session, model="one") == 3
        assert await embeddings.count_waiting(session, model="two") == 4


async def test_of_an_edited_article_the_newest_version_waits_and_no_other(database: Database) -> None:
    async with database.writing() as session:
        before = await store(session, TEXT, "We row on", identity="file:f")
        await embeddings.save(session, before.version_id, before.quotes, vectors(b"q0"), model="one")
        after = await store(session, TEXT + " Edited.", "We row on", identity="file:f", carry=before.quotes)
        assert await embeddings.waiting(session, model="one", limit=9) == [after.article_id]
        await embeddings.save(session, after.version_id, after.quotes, vectors(b"n0"), model="one")
        assert await embeddings.waiting(session, model="one", limit=9) == []
        assert [one.vector for one in await embeddings.candidates(session, after.quotes)] == [b"n0"]


async def test_nothing_is_left_of_the_vectors_of_an_article_that_is_taken_down(database: Database) -> None:
    async with database.writing() as session:
        before = await store(session, TEXT, "We row on", "All of us", identity="file:f")
        await embeddings.save(session, before.version_id, before.quotes, vectors(b"q0", b"q1"), model="one")
        after = await store(session, TEXT + " Edited.", "We row on", identity="file:f", carry=before.quotes[:1])
        await embeddings.save(session, after.version_id, after.quotes, vectors(b"n0"), model="one")
        assert [one.gone for one in await quotes.of_article(session, after.article_id, include_gone=True)] == [False, True]
        await articles.remove(session, after.article_id, author="ed", at=NOON)
        assert await embeddings.count_waiting(session, model="one") == 0
    assert await kept(database) == {"text_embeddings": 0, "quote_embeddings": 0}

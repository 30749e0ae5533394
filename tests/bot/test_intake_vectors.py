"""Vectors are kept with what is read, follow its edits, and go with it."""

from storage import embeddings
from storage.records import StoredQuote
from tests.fakes.embedder import DIMENSIONS, FakeEmbedder
from tests.fakes.engine import FakeEngine
from tests.newsrooms import ED, Room, article, everything, words_of

FERRY = 'Ann Bell said: "The ferry is late."'
BRIDGE = 'Tom Cook said: "The bridge is shut."'
PLAIN = "Nothing else was said."


async def see_that_vectors_fit(room: Room, article_id: int = 1) -> list[StoredQuote]:
    """See that the vectors of an article are those of its newest text; returns its quotes."""
    view, standing = await room.newsroom.show(str(article_id)), await room.quotes(article_id)
    fresh = FakeEmbedder().of_text(view.text, [one.content for one in standing])
    async with room.database.reading() as session:
        kept = {one.quote_id: one for one in await embeddings.candidates(session, [one.id for one in standing])}
        texts = await embeddings.paragraphs(session, {one.version_id for one in standing})
        assert await embeddings.count_waiting(session, model="fake-1") == 0
    assert {one.id: (kept[one.id].vector, kept[one.id].paragraph) for one in standing if not one.rejected} == {
        one.id: (vector.vector, vector.paragraph) for one, vector in zip(standing, fresh.quotes, strict=True) if not one.rejected
    }
    assert list(texts.values()) == [fresh.paragraphs]
    return standing


async def test_an_article_is_stored_with_its_vectors(room: Room) -> None:
    embedding = room.embedded_by(FakeEmbedder())
    await embedding.read(article(FERRY, PLAIN, BRIDGE), article(PLAIN, number=2))
    standing = await see_that_vectors_fit(room)
    async with room.database.reading() as session:
        found = await embeddings.candidates(session, [one.id for one in standing])
    assert sorted(one.paragraph for one in found) == [0, 2]
    rows = await room.rows()
    assert sorted(len(row[-1]) // DIMENSIONS for row in rows["text_embeddings"]) == [1, 3]


async def test_reading_it_again_changes_not_one_row(room: Room) -> None:
    embedding = room.embedded_by(FakeEmbedder())
    await embedding.read(article(FERRY, BRIDGE))
    before = await room.rows()
    await embedding.read(article(FERRY, BRIDGE))
    assert await room.rows() == before


async def test_vectors_follow_an_edit(room: Room) -> None:
    embedding = room.embedded_by(FakeEmbedder())
    await embedding.read(article(FERRY, BRIDGE))
    await embedding.read(article(PLAIN, FERRY.replace("late", "a boat"), 'Eve Dale said: "Taxes are high."'))
    standing = await see_that_vectors_fit(room)
    assert [one.id for one in standing] == [1, 3]
    assert words_of(await embedding.newsroom.ask("who said what about levy"))[0] == "Taxes are high."
    assert words_of(await embedding.newsroom.ask("who said what about span")) == [], "nobody says it any more"


async def test_an_edited_headline_leaves_quotes_that_have_vectors(room: Room) -> None:
    embedding = room.embedded_by(FakeEmbedder())
    await embedding.read(article(FERRY))
    await embedding.read(article(FERRY, headline="Another"))
    await see_that_vectors_fit(room)


async def test_vectors_follow_another_engine(room: Room) -> None:
    embedding = room.embedded_by(FakeEmbedder())
    await embedding.read(article(FERRY, PLAIN, BRIDGE), article(PLAIN, number=2))
    other = embedding.read_by(FakeEngine("fake-2", blind="bridge", cut=9))
    assert other.embedder == FakeEmbedder()
    await everything(other.newsroom.reread())
    assert [one.id for one in await see_that_vectors_fit(room)] == [1]


async def test_what_waits_is_read_for_its_meaning(room: Room) -> None:
    await room.read(article(FERRY, PLAIN, BRIDGE), article(PLAIN, number=2))
    assert await room.newsroom.read_for_meaning() == 0, "without an embedder nothing is"
    embedding = room.embedded_by(FakeEmbedder()).newsroom
    assert await embedding.read_for_meaning() == 2
    assert await embedding.read_for_meaning() == 0
    await see_that_vectors_fit(room)


async def test_the_service_catches_up_and_says_how_much_waits(room: Room) -> None:
    await room.read(article(FERRY), article(BRIDGE, number=2))
    assert await room.newsroom.catch_up() == 0, "without an embedder nothing waits for it"
    assert await room.embedded_by(FakeEmbedder()).newsroom.catch_up() == 0
    await see_that_vectors_fit(room)


async def test_no_vector_is_left_of_what_is_taken_down(room: Room) -> None:
    embedding = room.embedded_by(FakeEmbedder())
    await embedding.read(article(FERRY, BRIDGE), article(FERRY, number=2))
    await embedding.read(article(BRIDGE))
    await embedding.newsroom.remove("1", author=ED)
    rows = await room.rows()
    assert [row[0] for row in rows["quote_embeddings"]] == [3]
    assert len(rows["text_embeddings"]) == 1
    await embedding.newsroom.remove("2", author=ED)
    rows = await room.rows()
    assert rows["text_embeddings"] == rows["quote_embeddings"] == []
    assert words_of(await embedding.newsroom.ask("who said what about boat")) == []


async def test_corrections_need_no_new_vectors(room: Room) -> None:
    embedding = room.embedded_by(FakeEmbedder())
    await embedding.read(article(FERRY, BRIDGE))
    await embedding.newsroom.fix(1, "Eve Dale", author=ED)
    await embedding.newsroom.reject(2, author=ED)
    await see_that_vectors_fit(room)
    reply = await embedding.newsroom.ask("who said what about boat")
    assert [section.title for section in reply.sections] == ["Eve Dale"]
    assert words_of(await embedding.newsroom.ask("who said what about span")) == [], "a rejected quote answers nothing"

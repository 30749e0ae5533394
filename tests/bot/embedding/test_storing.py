"""What an older store lacks is caught up on, whatever happens to it meanwhile."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest
from sqlalchemy import text

from bot.embedding.storing import AT_ONCE, catch_up
from storage import embeddings
from storage.records import Span
from storage.records.embeddings import Candidate, TextVectors
from tests.fakes.embedder import DIMENSIONS, FakeEmbedder
from tests.fakes.engine import FakeEngine
from tests.newsrooms import ED, Room, article, everything

FERRY = 'Ann Bell said: "The ferry is late."'
BRIDGE = 'Tom Cook said: "The bridge is shut."'
ALL = 1_000


@dataclass(frozen=True)
class Recording(FakeEmbedder):
    """Notes which texts it embeds."""

    texts: list[str] = field(default_factory=list)

    def of_text(self, text: str, contents: Sequence[Sequence[Span]]) -> TextVectors:
        self.texts.append(text)
        return super().of_text(text, contents)


async def candidates(room: Room) -> dict[int, Candidate]:
    """Everything that can answer, by number."""
    async with room.database.reading() as session:
        found = await embeddings.candidates(session, [number for number, _ in await room.found()])
    return {one.quote_id: one for one in found}


async def models(room: Room) -> dict[int, str]:
    """By which embedder each version was read that was."""
    async with room.database.reading() as session:
        return {row.version_id: row.model for row in await session.execute(text("SELECT version_id, model FROM text_embeddings"))}


async def test_an_older_store_is_read_for_its_meaning_newest_first(room: Room) -> None:
    await room.read(*(article(FERRY, f"Number {number}.", number=number) for number in range(1, 4)))
    embedder = Recording()
    assert await catch_up(room.database, embedder, ALL) == 0
    assert [one[-2] for one in embedder.texts] == ["3", "2", "1"]
    assert await models(room) == {1: "fake-1", 2: "fake-1", 3: "fake-1"}
    assert all(one.vector and len(one.vector) == DIMENSIONS for one in (await candidates(room)).values())
    assert await catch_up(room.database, embedder, ALL) == 0
    assert len(embedder.texts) == 3, "what was read is not read again"


async def test_what_is_caught_up_on_is_as_if_it_had_been_read_with_the_embedder_at_once(room: Room) -> None:
    await room.read(article(FERRY, "", BRIDGE))
    await catch_up(room.database, FakeEmbedder(), ALL)
    later = await room.rows()
    await room.newsroom.remove("1", author=ED)
    await room.embedded_by(FakeEmbedder()).read(article(FERRY, "", BRIDGE), restore=True)
    at_once = await room.rows()
    for table in ("text_embeddings", "quote_embeddings"):
        assert [row[1:] for row in at_once[table]] == [row[1:] for row in later[table]]


async def test_one_can_stop_anywhere_and_go_on(room: Room) -> None:
    await room.read(*(article(FERRY, number=number) for number in range(1, 6)))
    embedder = Recording()
    assert await catch_up(room.database, embedder, 2) == 3
    assert sorted(await models(room)) == [4, 5]
    assert await catch_up(room.database, embedder, 2) == 1
    assert await catch_up(room.database, embedder, 2) == 0
    assert (len(embedder.texts), len(await models(room))) == (5, 5)


async def test_what_another_embedder_read_is_read_again(room: Room) -> None:
    await room.embedded_by(FakeEmbedder()).read(article(FERRY), article(BRIDGE, number=2))
    better = FakeEmbedder("fake-2", {"late": 5, "shut": 6})
    assert await catch_up(room.database, better, 1) == 1
    assert await models(room) == {1: "fake-1", 2: "fake-2"}
    assert await catch_up(room.database, better, ALL) == 0
    assert set((await models(room)).values()) == {"fake-2"}
    expected = better.of_text(FERRY, [((FERRY.index("The"), len(FERRY) - 1),)]).quotes[0].vector
    assert (await candidates(room))[1].vector == expected


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_more_are_caught_up_on_than_are_looked_up_at_once(room: Room) -> None:
    await room.has_read(*(article("Nothing was said.", number=number) for number in range(AT_ONCE + 3)))
    assert await catch_up(room.database, FakeEmbedder(), ALL) == 0
    assert len(await models(room)) == AT_ONCE + 3


@dataclass(frozen=True)
class Interrupted(FakeEmbedder):
    """Something happens to an article while the network reads it."""

    meanwhile: list[Callable[[], None]] = field(default_factory=list)

    def of_text(self, text: str, contents: Sequence[Sequence[Span]]) -> TextVectors:
        found = super().of_text(text, contents)
        if self.meanwhile:
            self.meanwhile.pop()()
        return found


async def meanwhile(room: Room, action: str) -> None:
    """Do something to the first article, in the midst of catching up."""
    embedded = room.embedded_by(FakeEmbedder())
    if action == "removed":
        await embedded.newsroom.remove("1", author=ED)
    elif action == "edited":
        await embedded.read(article("Edited.", BRIDGE))
    elif action == "read by another engine":
        await everything(embedded.read_by(FakeEngine("fake-2", cut=9)).newsroom.reread())
    else:
        await embedded.newsroom.fix(1, "Eve Dale", author=ED)


@pytest.mark.parametrize("action", ["removed", "edited", "read by another engine", "corrected"])
async def test_what_happens_to_an_article_meanwhile_is_not_undone(room: Room, action: str) -> None:
    await room.read(article('Ann Bell said: "The bridge is by the ferry."'))
    loop = asyncio.get_running_loop()

    def act() -> None:
        asyncio.run_coroutine_threadsafe(meanwhile(room, action), loop).result()

    await catch_up(room.database, Interrupted(meanwhile=[act]), ALL)
    rows = await room.rows()
    if action == "removed":
        assert rows["text_embeddings"] == rows["quote_embeddings"] == []
        return
    assert await catch_up(room.database, FakeEmbedder(), ALL) == 0
    view = await room.newsroom.show("1")
    standing = await room.quotes()
    fresh = FakeEmbedder().of_text(view.text, [one.content for one in standing])
    kept = await candidates(room)
    assert [kept[one.id].vector for one in standing] == [one.vector for one in fresh.quotes]
    assert [kept[one.id].paragraph for one in standing] == [one.paragraph for one in fresh.quotes]
    async with room.database.reading() as session:
        newest = standing[0].version_id
        assert await embeddings.paragraphs(session, [newest]) == {newest: fresh.paragraphs}

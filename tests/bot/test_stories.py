"""Articles that are copies of each other are one story; whoever published it first is told apart, whatever comes when."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text

from bot import stories
from bot.callers import Caller
from bot.reading.shingles import shingles
from storage import stories as stored
from storage.database import Database, Session
from storage.records.stories import Telling
from tests.newsrooms import ED, Room, article

WIRE = " ".join(
    f'On pier {number} Ada Quill said: "The ferry number {number} is late by {number * 3} minutes again."' for number in range(12)
)
OWN = " ".join(f"The Oar asked around at landing {number}, where people wait for boat number {number}." for number in range(2))


def wire(number: int, outlet: str, day: int, text: str = WIRE) -> dict[str, Any]:
    return article(text, number=number, outlet=outlet, published=f"2026-10-{day:02}T12:00:00Z")


FIRST = wire(1, "The Mill", 3)
COPY = wire(2, "The Oar", 4, f"{OWN} {WIRE}")
OTHER = article('Tom Cook said: "The bridge is shut."', number=3, outlet="The Oar")


@pytest_asyncio.fixture
async def room(database: Database) -> Room:
    return Room.over(database)


async def told(room: Room) -> list[tuple[int, bool]]:
    """The articles of the story that article 1 tells, with whether it is the first publisher's."""
    async with room.database.reading() as session:
        return [(one.article_id, one.is_first) for one in await stored.tellings(session, [1])]


async def notes(room: Room, number: int) -> tuple[str, ...]:
    return (await room.newsroom.show(str(number))).notes


async def test_a_copy_is_joined_to_the_first_publishers_article_and_both_say_so(room: Room) -> None:
    await room.read(FIRST, COPY, OTHER)
    assert await told(room) == [(1, True), (2, False)]
    assert await notes(room, 1) == ("Also published by The Oar (article 2, 4 October 2026).",)
    assert await notes(room, 2) == ("First published by The Mill (article 1, 3 October 2026).",)
    assert await notes(room, 3) == ()
    shown = await room.newsroom.handle("show 2", Caller(ED))
    assert shown.notes == ("First published by The Mill (article 1, 3 October 2026).",)


async def test_who_published_first_is_first_though_it_was_read_last(room: Room) -> None:
    await room.read(wire(1, "The Oar", 9), wire(2, "The Mill", 8), wire(3, "The Bell", 7))
    assert await told(room) == [(3, True), (2, False), (1, False)]
    assert (await notes(room, 1))[0].startswith("First published by The Bell")


async def test_a_repost_on_ten_sites_is_one_story(room: Room) -> None:
    await room.read(*(wire(number, f"Site {number}", number) for number in range(1, 11)))
    assert [number for number, _ in await told(room)] == list(range(1, 11))
    assert (await notes(room, 1)) == (
        "Also published by Site 2 (article 2, 2 October 2026), Site 3 (article 3, 3 October 2026),"
        " Site 4 (article 4, 4 October 2026) and 6 more.",
    )


async def test_what_is_edited_into_something_else_leaves_its_story(room: Room) -> None:
    await room.read(FIRST, COPY, wire(3, "The Bell", 5))
    await room.read({**FIRST, "text": 'Ada Quill said: "All boats are on time."'})
    assert await told(room) == [(1, True)]
    assert (await notes(room, 3)) == ("First published by The Oar (article 2, 4 October 2026).",)


async def test_when_the_first_is_taken_down_the_next_one_is_the_first(room: Room) -> None:
    await room.read(FIRST, COPY, wire(3, "The Bell", 5))
    await room.newsroom.remove("1", author=ED)
    assert await notes(room, 2) == ("Also published by The Bell (article 3, 5 October 2026).",)
    assert await notes(room, 3) == ("First published by The Oar (article 2, 4 October 2026).",)


async def test_what_was_stored_before_is_looked_through_later(room: Room) -> None:
    await room.read(FIRST, COPY, OTHER)
    before = await told(room)
    async with room.database.writing() as session:
        for number in (1, 2, 3):
            await stored.leave(session, number)
        await forget(session)
    assert await told(room) == [(1, True)]
    assert await stories.catch_up(room.database, 2) == 1
    assert await stories.catch_up(room.database, 2) == 0
    assert await told(room) == before


async def test_nobody_waits_while_old_articles_are_looked_through_and_what_is_edited_meanwhile_stays_as_it_is(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    await room.read(FIRST, COPY)
    async with room.database.writing() as session:
        await stored.leave(session, 2)
        await forget(session)
    loop, edited = asyncio.get_running_loop(), {**COPY, "text": 'Ada Quill said: "All boats are on time."'}

    def slowly(of: str) -> list[int]:
        if of.startswith(OWN):
            asyncio.run_coroutine_threadsafe(room.read(edited), loop).result(20)
        return shingles(of)

    monkeypatch.setattr(stories, "shingles", slowly)
    assert await stories.catch_up(room.database, 9) == 0
    assert await told(room) == [(1, True)]


async def forget(session: Session) -> None:
    """Leave the store as one that never looked for copies."""
    await session.execute(text("DELETE FROM article_shingles"))
    await session.execute(text("INSERT INTO shingles_waiting (article_id) SELECT id FROM articles"))


CREDIT = "\n\nThis article was originally published in The Mill."


async def test_whom_a_repost_names_is_the_first_publisher_though_the_repost_was_dated_and_stored_first(room: Room) -> None:
    await room.read(wire(1, "The Oar", 2, WIRE + CREDIT), wire(2, "The Mill", 3), wire(3, "The Bell", 1))
    assert await told(room) == [(2, True), (3, False), (1, False)]
    assert (await notes(room, 1))[0] == "First published by The Mill (article 2, 3 October 2026)."


async def test_a_first_publisher_whose_article_is_not_stored_is_named_where_the_outlet_is_known(room: Room) -> None:
    await room.read(wire(1, "The Oar", 2, WIRE + CREDIT), wire(2, "The Bell", 3))
    assert (await notes(room, 1))[0].startswith("Also published by The Bell")
    await room.read({**OTHER, "outlet": "The Mill"})
    assert await notes(room, 1) == (
        "First published by The Mill, as it says itself.",
        "Also published by The Bell (article 2, 3 October 2026).",
    )
    assert (await notes(room, 2))[0] == "First published by The Mill, as The Oar (article 1, 2 October 2026) says."
    answer = await room.newsroom.handle("who said what about the ferry", Caller(ED))
    assert "Article 1 (The Oar) says that The Mill published it first." in answer.notes


async def test_what_says_that_it_is_a_repost_is_first_published_by_none_but_the_others(room: Room) -> None:
    says = "\n\nPlease note: the copyright of this story belongs to the original publisher."
    await room.read(wire(1, "The Oar", 2, WIRE + says), wire(2, "The Bell", 3), wire(3, "The Mill", 4))
    assert await told(room) == [(2, True), (1, False), (3, False)]


async def test_a_repost_that_stands_alone_names_its_first_publisher(room: Room) -> None:
    await room.read(wire(1, "The Oar", 2, WIRE + CREDIT), {**OTHER, "outlet": "The Mill"})
    assert await notes(room, 1) == ("First published by The Mill, as it says itself.",)
    assert CREDIT.strip() not in (await room.newsroom.show("1")).text


def test_who_tells_a_story_alone_says_nothing_of_it() -> None:
    assert stories.told_by(1, [Telling(1, datetime(2026, 11, 3, tzinfo=UTC), "The Mill")]) == ()

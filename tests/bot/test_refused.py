"""Who gave no comment, stored as articles are read, edited, read again and caught up with."""

import pytest
from sqlalchemy import text

from bot import refused
from storage import refusals, search
from storage.database import Database
from storage.records import QuoteFilter, RefusalFilter, RefusalKind, StoredRefusal
from tests.databases import sqlite_alone
from tests.fakes.engine import FakeEngine
from tests.newsrooms import REAL_ENGINE, Room, article, everything

engine = sqlite_alone

SAID = 'Ann Bell said: "The ferry was late."'
DECLINED = "Ann Bell declined to comment on the ferry."
PRESSED = "“It sails at eight,” said Ann Bell, the harbour master."
AWAY = "A spokesman for Ann Bell could not be reached."


@pytest.fixture
def room(database: Database) -> Room:
    return Room.over(database)


async def found(room: Room) -> list[StoredRefusal]:
    async with room.database.reading() as session:
        return await refusals.find(session, RefusalFilter())


async def forget(room: Room) -> None:
    """Make the store what it would be if an earlier Verbatim had stored all that is in it."""
    async with room.database.writing() as session:
        for statement in ("DELETE FROM refusal_index", "DELETE FROM refusals", "INSERT INTO refusals_waiting SELECT id FROM versions"):
            await session.execute(text(statement))


async def test_an_article_is_read_with_who_gave_no_comment_in_it(room: Room) -> None:
    await room.read(article(SAID, DECLINED, AWAY))
    away, declined = await found(room)
    bell = await room.speaker_id("Ann Bell")
    assert (declined.words, declined.speaker_id, declined.kind) == (DECLINED, bell, RefusalKind.DECLINED)
    assert (away.words, away.speaker_id, away.kind) == (AWAY, None, RefusalKind.NOT_REACHED)
    assert [words for _, _, words in await room.said()] == ["The ferry was late."], "none of it is a quote"


async def test_an_edit_keeps_what_still_stands_and_lets_go_what_does_not(room: Room) -> None:
    await room.read(article(SAID, DECLINED, AWAY))
    before = await found(room)
    await room.read(article("It rained.", DECLINED))
    (kept,) = await found(room)
    assert kept.id == before[1].id
    assert kept.words == DECLINED
    assert kept.version_id > before[1].version_id


async def test_another_engine_names_anew_who_gave_no_comment(room: Room) -> None:
    await room.read(article('Bell said: "Late."', "Bell declined to comment."))
    (by_surname,) = await found(room)
    assert by_surname.speaker_name == "Bell"
    other = room.read_by(FakeEngine("fake-2", misread={"Bell": "Ann Bell"}))
    await everything(other.newsroom.reread())
    (one,) = await found(room)
    assert (one.id, one.speaker_name, one.who) == (by_surname.id, None, "Bell")


async def test_the_engine_that_verbatim_has_knows_who_only_gave_no_comment(room: Room) -> None:
    real = room.read_by(REAL_ENGINE)
    await real.read(article("Harbour master Ann Bell opened the pier in May.", "Ms Bell declined to comment on its price."))
    (one,) = await found(room)
    assert one.speaker_name == "Ann Bell"


async def test_whom_a_pronoun_names_is_the_speaker_of_what_is_no_quote(room: Room) -> None:
    real = room.read_by(REAL_ENGINE)
    await real.read(article(PRESSED, "Her office refused to comment on the tender."))
    (one,) = await found(room)
    assert (one.who, one.speaker_name) == ("Her office", "Bell's office")
    assert [words for _, _, words in await room.said()] == ["It sails at eight"]
    async with room.database.reading() as session:
        hers = await refusals.find(session, RefusalFilter(speaker_ids=(await room.speaker_id("Ann Bell"),)))
    assert [refusal.id for refusal in hers] == [one.id], "an office speaks for whose it is"


async def test_what_an_earlier_verbatim_took_for_quotes_is_gone_once_it_is_looked_through(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = room.read_by(REAL_ENGINE)
    with monkeypatch.context() as earlier:
        earlier.setattr("bot.extracting.without", lambda extraction, _: extraction)
        await real.read(article(PRESSED, "She declined to comment on the tender.", "Ann Bell refused to resign."))
    await forget(room)
    before = await room.said()
    assert [words for _, _, words in before] == ["It sails at eight", "to comment on the tender", "to resign"]
    assert await real.newsroom.catch_up() == 0
    said, declined, kept = before
    assert await room.said() == [said, kept]
    assert [quote.id for quote in await room.quotes(include_gone=True)] == [said[0], kept[0], declined[0]]
    async with room.database.reading() as session:
        assert await search.quotes(session, QuoteFilter(words=("comment",))) == []
    assert [(one.who, one.speaker_name) for one in await found(room)] == [("She", "Ann Bell")]
    await everything(room.read_by(FakeEngine("fake-2")).newsroom.reread())


async def test_what_an_earlier_verbatim_stored_is_looked_through_a_part_at_a_time_the_newest_first(room: Room) -> None:
    await room.read(article(SAID, DECLINED, number=1), article(AWAY, number=2), article(SAID, number=3))
    await room.read(article(SAID, DECLINED, "It rained.", number=1))
    before = await found(room)
    await forget(room)
    assert await refused.catch_up(room.database, 1) == 2
    assert [one.words for one in await found(room)] == [DECLINED]
    assert await room.newsroom.catch_up() == 0
    assert await room.newsroom.catch_up() == 0
    caught_up = await found(room)
    assert {one.words for one in caught_up} == {one.words for one in before}
    assert {one.version_id for one in caught_up} == {one.version_id for one in before}
    async with room.database.reading() as session:
        assert [one.words for one in await refusals.find(session, RefusalFilter(after_version=3))] == [], "they stood there before"


async def test_an_article_that_is_edited_before_it_was_looked_through_is_looked_through_from_its_first_version_on(room: Room) -> None:
    await room.read(article(SAID, DECLINED))
    await forget(room)
    await room.read(article(DECLINED, AWAY))
    async with room.database.reading() as session:
        new = await refusals.find(session, RefusalFilter(after_version=1))
        assert await refusals.count_waiting(session) == 0
    assert [one.words for one in new] == [AWAY]


async def test_all_that_waits_is_looked_through_when_articles_are_read_again(room: Room) -> None:
    await room.read(article(DECLINED))
    await forget(room)
    assert await everything(room.newsroom.reread()) == []
    assert [one.words for one in await found(room)] == [DECLINED]


async def test_an_article_that_is_taken_down_leaves_nothing_of_who_gave_no_comment(room: Room) -> None:
    await room.read(article(SAID, DECLINED))
    await room.newsroom.remove("1", author="Ed")
    assert await found(room) == []

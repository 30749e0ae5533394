"""FAILURES 23: the owner of a feed that was paused after long failure is told so, once, by whichever process can."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.feeds.owners import Owners
from bot.feeds.requests import Which
from bot.feeds.rhythm import PAUSED_AFTER
from storage import feeds
from storage.database import Database
from storage.records import NewFeed
from tests.bot.feeds.people import ADA, ANN, FEED, added, stored, written
from tests.databases import sqlite_alone
from tests.fakes.poster import FakePoster
from tests.newsrooms import Room

engine = sqlite_alone

OURS = NewFeed(FEED, title="Harbour News", platform="slack", workspace="T1", owner="Ann")
REASON = f"{FEED} answers 404. Check the address."


def of(*names: str, owner: str = "Ann") -> list[NewFeed]:
    return [replace(OURS, address=f"https://{name}.example.org/", title=name, owner=owner) for name in names]


async def failed(room: Room, *paused: int, reason: str = "The feed is paused: it failed.") -> None:
    """All feeds fail now, and those of these numbers are paused for it."""
    await room.newsroom.feeds.look(99)
    for number in paused:
        await written(room, feeds.pause, number, room.clock(), reason)


async def test_23_a_failing_feed_shows_its_reason_is_looked_at_less_and_is_paused_with_one_word_to_its_owner(room: Room) -> None:
    await added(room, OURS)
    poster, began, looks, waits = FakePoster(), room.clock(), 0, list[timedelta]()
    while (feed := await stored(room)).paused_at is None:
        room.clock.now = max(room.clock(), feed.next_check)
        assert await room.newsroom.feeds.tell_owners({"slack": poster}) == 0
        looks += await room.newsroom.feeds.look(9)
        feed = await stored(room)
        waits.append(feed.next_check - room.clock())
        assert (feed.reason, feed.failures) == (REASON, looks)
        (section,) = (await room.newsroom.feeds.listed(Which.FAILING if feed.paused_at is None else Which.PAUSED, ANN)).sections
        assert any(REASON in line for line in section.lines)
    assert room.clock() - began >= PAUSED_AFTER
    assert looks < 60
    assert waits[0] < waits[3] < waits[7]
    assert await room.newsroom.feeds.look(9) == 0
    other = Room.over(room.database)
    other.clock.now = room.clock()
    told = await asyncio.gather(*(one.newsroom.feeds.tell_owners({"slack": poster}) for one in (room, other)))
    assert sorted(told) == [0, 1]
    ((who, reply),) = poster.told
    assert who == "Ann"
    assert reply.understood.startswith(f"Feed 1, Harbour News, is paused: it failed {looks} times in ")
    assert reply.notes == (f"Last time: {REASON}",)
    assert reply.suggestions == ("feeds show 1", "feeds resume 1")
    room.clock.forward(hours=5)
    assert await room.newsroom.feeds.tell_owners({"slack": poster}) == 0
    await room.newsroom.feeds.resume(1, ANN)
    assert await room.newsroom.feeds.look(9) == 1, "it is looked at again"


async def test_23_a_feed_that_a_person_paused_is_told_to_nobody(room: Room) -> None:
    await added(room, OURS)
    await failed(room)
    await room.newsroom.feeds.pause(1, ADA)
    poster = FakePoster()
    assert await room.newsroom.feeds.tell_owners({"slack": poster}) == 0
    await room.newsroom.feeds.resume(1, ADA)
    room.clock.forward(hours=1)
    await failed(room, 1)
    assert await room.newsroom.feeds.tell_owners({"slack": poster}) == 1, "this pause is another"


async def test_23_a_process_without_the_platform_leaves_the_word_to_one_that_has_it(room: Room) -> None:
    await added(room, OURS, NewFeed("https://operator.example.org/"))
    await failed(room, 1, 2)
    resting, poster = FakePoster(is_ready=False), FakePoster()
    face = room.newsroom.feeds
    assert [await face.tell_owners(posters) for posters in ({}, {"discord": poster}, {"slack": resting})] == [0, 0, 0]
    assert await face.tell_owners({"slack": poster, "discord": resting}) == 1
    assert len(poster.told) == 1


async def test_23_a_pause_that_nobody_could_be_told_of_for_a_day_is_told_no_more(room: Room) -> None:
    await added(room, OURS)
    await failed(room, 1)
    room.clock.forward(hours=25)
    assert await room.newsroom.feeds.tell_owners({"slack": FakePoster()}) == 0


async def test_23_an_outage_that_pauses_very_many_feeds_is_one_message_to_each_owner(room: Room, database_url: str) -> None:
    many = of(*(f"f{number}" for number in range(60)))
    await added(room, *many, *of("g", owner="Ada"))
    await failed(room, *range(1, 62))
    poster = FakePoster()
    elsewhere = Owners(Database(database_url))
    told = await asyncio.gather(*(one.tell({"slack": poster}, room.clock()) for one in (Owners(room.database), elsewhere)))
    assert sum(told) == 61
    replies = dict(poster.told)
    assert len(poster.told) == len(replies) == 2
    assert replies["Ann"].understood == "60 of your feeds are paused: they failed for long."
    assert len(replies["Ann"].notes) == 11
    assert replies["Ann"].notes[-1] == "And 50 more."
    assert replies["Ada"].understood == "Feed 61, g, is paused: it failed."
    await elsewhere.database.close()


async def test_23_feeds_that_are_paused_one_by_one_in_a_day_are_a_few_messages(room: Room) -> None:
    await added(room, *of(*(f"f{number}" for number in range(48))), *of("g", owner="Ada"))
    await failed(room)
    poster, told = FakePoster(), 0
    for number in range(1, 49):
        await written(room, feeds.pause, number, room.clock(), "The feed is paused: it failed.")
        told += await room.newsroom.feeds.tell_owners({"slack": poster})
        room.clock.forward(minutes=30)
    await written(room, feeds.pause, 49, room.clock(), "The feed is paused: it failed.")
    told += await room.newsroom.feeds.tell_owners({"slack": poster})
    assert told == 49
    assert [who for who, _ in poster.told].count("Ada") == 1
    assert len(poster.told) <= 7


async def test_23_the_status_names_three_of_those_that_fail_with_their_reasons(room: Room) -> None:
    assert len((await room.newsroom.status()).sections) == 1
    await added(room, *of("a", "b", "c", "d"))
    await failed(room)
    await room.newsroom.feeds.pause(4, ANN)
    for reply in (await room.newsroom.status(to_operator=True), await room.newsroom.handle("status", ANN)):
        section = reply.sections[-1]
        assert section.title == "Feeds"
        assert section.lines[0] == "3 are read, 3 of these fail, 1 is paused"
        assert [line for line in section.lines if "answers 404" in line] == [
            f"{number}, {name}: https://{name}.example.org/ answers 404. Check the address."
            for number, name in ((1, "a"), (2, "b"), (3, "c"))
        ]
        assert section.lines[-1] == "'feeds failing' and 'feeds paused' list them, 1 more among them"

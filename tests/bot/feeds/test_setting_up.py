"""Feeds are set up, changed, let rest and removed by those who may, and each of them is told what became of it."""

import asyncio

import pytest

from bot.callers import Caller, Right
from bot.errors import Ambiguous, CannotFetch, NotAllowed, NotFound, NotUnderstood
from bot.feeds.requests import FeedWishes, Which
from bot.feeds.setting_up import told_once
from storage import events, feeds
from storage.database import Database
from storage.records import Look, NewFeed
from tests.bot.feeds.people import ADA, ANN, EDITOR, FEED, PAGE, READER, SITE, STRANGER, added, person, rss, stored, written
from tests.databases import ENGINES, sqlite_alone
from tests.newsrooms import LONDON, Room, lines_of

engine = sqlite_alone

OURS = NewFeed(FEED, title="Harbour News", platform="slack", workspace="T1", owner="Ann")
WISHES = FeedWishes("Harbour Post", "en", "London", False, ("only title: ferry", "block section: sport"))


async def test_a_page_is_enough_to_add_its_feed_with_all_that_is_wished(room: Room) -> None:
    room.fetcher.pages = {SITE: PAGE, FEED: rss("Ferries")}
    reply = await room.newsroom.feeds.add(SITE, ANN, WISHES)
    feed = await stored(room)
    assert (feed.address, feed.title, feed.platform, feed.workspace, feed.owner) == (FEED, "Harbour News", "slack", "T1", "Ann")
    assert (feed.outlet, feed.language, feed.time_zone, feed.full_text) == ("Harbour Post", "en", "Europe/London", False)
    assert feed.filters == ("keep headline: ferry", "block section: sport")
    assert reply.understood == f"Added as feed 1: Harbour Post, {FEED}."
    assert reply.notes[:3] == ("Outlet: Harbour Post", "Language: en", "Zone: Europe/London")


@pytest.mark.parametrize("engine", ENGINES, indirect=True)
async def test_what_two_processes_add_at_once_is_added_once_and_known_to_the_other(room: Room, database_url: str) -> None:
    other = Room.over(Database(database_url))
    for one in (room, other):
        one.fetcher.pages = {FEED: rss("Ferries")}
    replies = await asyncio.gather(*(one.newsroom.feeds.add(FEED, who) for one, who in ((room, ANN), (other, ADA))))
    assert sorted(reply.understood.partition(":")[0] for reply in replies) == ["Added as feed 1", "Feed 1 is that already"]
    room.clock.forward(minutes=1)
    assert (await room.newsroom.feeds.add(FEED, ANN)).understood.endswith("Nothing was changed.")
    await other.database.close()


async def test_a_choice_of_feeds_is_offered_with_the_wishes_that_were_typed(room: Room) -> None:
    room.fetcher.pages = {SITE: PAGE.replace("<body>", f'<link rel="alternate" type="application/rss+xml" href="{FEED}/2"><body>')}
    with pytest.raises(Ambiguous) as caught:
        await room.newsroom.feeds.preview(SITE, None, FeedWishes(outlet="", full_text=True))
    assert caught.value.suggestions == tuple(f"feeds preview {one}; outlet: none; full text" for one in (FEED, f"{FEED}/2"))


@pytest.mark.parametrize(
    "wishes",
    [
        FeedWishes(language="English!"),
        FeedWishes(time_zone="Nowhere"),
        FeedWishes(filters=("keep mood: blue",)),
        FeedWishes(outlet="Post; Mail"),
    ],
)
async def test_what_cannot_be_wished_is_refused_before_anybody_is_asked(room: Room, wishes: FeedWishes) -> None:
    for doing in (room.newsroom.feeds.add, room.newsroom.feeds.preview):
        with pytest.raises(NotUnderstood) as caught:
            await doing(FEED, ANN, wishes)
        assert caught.value.remedy


async def test_only_those_who_may_add_feeds_do_so_and_change_those_of_their_own_workspace(room: Room) -> None:
    await added(room, OURS, NewFeed("https://operator.example.org"))
    face = room.newsroom.feeds
    for refused in (face.add(FEED, READER), face.preview(FEED, READER), face.import_list(b"", READER), face.pause(1, READER)):
        with pytest.raises(NotAllowed):
            await refused
    with pytest.raises(NotAllowed, match="You may not change feed 1"):
        await face.remove(1, STRANGER)
    with pytest.raises(NotAllowed, match="You may not change feed 2"):
        await face.remove(2, ANN)
    nowhere = Caller("ed", may=person("Ed", Right.ADD).may)
    with pytest.raises(NotAllowed):
        await face.pause(1, nowhere)
    assert (await face.pause(1, ADA)).understood == "Feed 1, Harbour News, is paused."
    assert "goes on" in (await face.resume(1, EDITOR)).understood
    assert "read no more" in (await face.remove(2, None)).understood


@pytest.mark.parametrize("doing", ["show", "pause", "resume", "check", "move", "remove"])
@pytest.mark.parametrize("number", [0, 9, 10**18])
async def test_a_number_that_no_feed_has_is_said_to_be_none(room: Room, doing: str, number: int) -> None:
    with pytest.raises(NotFound, match=f"no feed {number}"):
        await getattr(room.newsroom.feeds, doing)(number, ANN)


async def test_a_change_keeps_what_is_not_named_also_of_one_made_meanwhile(room: Room) -> None:
    await added(room, OURS)
    face = room.newsroom.feeds
    await face.change(1, FeedWishes(outlet="Harbour Post", filters=("keep url: /a",)), ANN)
    await asyncio.gather(face.change(1, FeedWishes(language="en"), ANN), face.change(1, FeedWishes(full_text=False), ADA))
    feed = await stored(room)
    assert (feed.outlet, feed.language, feed.full_text, feed.filters) == ("Harbour Post", "en", False, ("keep url: /a",))
    reply = await face.change(1, FeedWishes("none", "", "", True, ()), ANN)
    assert reply.notes == ("As usual.",)
    with pytest.raises(NotUnderstood, match="not said what to change"):
        await face.change(1, FeedWishes(), ANN)


async def test_28_who_let_a_feed_rest_is_told_in_its_workspace_and_to_the_operator_only(room: Room) -> None:
    await added(room, OURS)
    face = room.newsroom.feeds
    await face.pause(1, ANN)
    assert (await face.pause(1, ADA)).understood == "Feed 1, Harbour News, is paused already by Ann."
    for who, told in ((ANN, True), (None, True), (STRANGER, False)):
        for reply in (await face.show(1, who), await face.listed(Which.ALL, who)):
            assert ("Ann" in "".join(lines_of(reply))) == told
            assert "Paused since" in lines_of(reply)[0]
    async with room.database.reading() as session:
        key = told_once(1, room.clock().astimezone(LONDON))
        assert await events.known(session, [key]) == {key}, "what a person paused is told to nobody"


async def test_a_paused_feed_is_resumed_before_it_is_checked(room: Room) -> None:
    await added(room, OURS)
    face = room.newsroom.feeds
    assert "is not paused" in (await face.resume(1, ANN)).understood
    await face.pause(1, ANN)
    with pytest.raises(NotUnderstood, match="is paused") as caught:
        await face.check(1, ANN)
    assert caught.value.suggestions == ("feeds resume 1",)
    await face.resume(1, ANN)
    room.clock.forward(hours=-1)
    assert "is looked at next" in (await face.check(1, ANN)).understood
    assert (await stored(room)).next_check == room.clock()


async def test_a_feed_that_moved_says_so_when_it_is_resumed_and_is_read_there_unless_another_is(room: Room) -> None:
    await added(room, OURS, NewFeed("https://taken.example.org/"))
    face = room.newsroom.feeds
    with pytest.raises(NotUnderstood, match="has not said that it moved"):
        await face.move(1, ANN)
    for address, hour in (("https://taken.example.org", 1), ("http://ann:secret@x.example.org/", 2), ("https://new.example.org/Feed#a", 3)):
        now = room.clock()
        async with room.database.writing() as session:
            (one, *_) = await feeds.claim(session, "one", now=now, lease_until=now, limit=1)
            await feeds.checked(session, one, Look(now, now, moved_to=address))
            await feeds.pause(session, 1, now, "It failed.")
        resumed = await face.resume(1, ANN)
        assert (resumed.suggestions[0], address in resumed.notes[0]) == ("feeds move 1", True)
        if hour == 1:
            with pytest.raises(NotUnderstood, match="is that of feed 2 already"):
                await face.move(1, ANN)
        elif hour == 2:
            with pytest.raises(CannotFetch, match="password"):
                await face.move(1, ANN)
    assert (await face.move(1, ANN)).understood == "Feed 1, Harbour News, is read at https://new.example.org/Feed from now on."
    assert (await stored(room)).address == "https://new.example.org/Feed"


async def test_a_removed_feed_can_be_added_again_as_it_was(room: Room) -> None:
    await added(room, OURS)
    await room.newsroom.feeds.change(1, WISHES, ANN)
    (again,) = (await room.newsroom.feeds.remove(1, ANN)).suggestions
    room.fetcher.pages = {FEED: rss("Ferries")}
    await room.newsroom.handle(again, ANN)
    feed = await stored(room, 2)
    assert (feed.outlet, feed.time_zone, feed.full_text) == ("Harbour Post", "Europe/London", False)
    assert feed.filters == ("keep headline: ferry", "block section: sport")
    await written(room, feeds.delete, 2)

"""Lists of feeds come in from other readers and go out to them."""

import asyncio
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import NotAllowed, ReadingError
from bot.feeds import opml
from bot.feeds.requests import FeedWishes
from storage.database import Database
from storage.records import NewFeed
from tests.bot.feeds.people import ANN, FEED, READER, SITE, STRANGER, added, stored
from tests.databases import sqlite_alone
from tests.newsrooms import Room
from tests.storage.test_scale import statements_of

engine = sqlite_alone

NOW = datetime(2026, 11, 6, 12, tzinfo=UTC)


def listed(*outlines: opml.Outline) -> bytes:
    return opml.written(outlines, "Feeds", NOW)


async def test_a_list_is_added_as_its_giver_s_and_what_is_known_stays_as_it_is(room: Room) -> None:
    await added(room, NewFeed(FEED, outlet="Harbour Post"))
    data = listed(
        opml.Outline(FEED, "Other name"),
        opml.Outline("https://tides.example.org/feed", "Tides", SITE, ("News", "Sea")),
        opml.Outline("http://tides.example.org/feed", "The same tides"),
        opml.Outline("ftp://mill.example.org/feed", "The Mill"),
        opml.Outline("https://ann:secret@fen.example.org/feed"),
    )
    reply = await room.newsroom.feeds.import_list(data, ANN)
    assert reply.understood == "2 feeds added."
    assert reply.notes[0] == "1 feed was there already."
    assert reply.notes[1] == "The Mill: It is no address of the web."
    assert reply.refused == 1
    assert (await stored(room, 3)).address == "https://fen.example.org/feed", "a password is nobody else's"
    feed = await stored(room, 2)
    assert (feed.address, feed.title, feed.home, feed.workspace, feed.owner) == (
        "https://tides.example.org/feed",
        "Tides",
        SITE,
        "T1",
        "Ann",
    )
    assert (await stored(room)).outlet == "Harbour Post"


async def test_a_list_on_the_web_is_read_from_there(room: Room) -> None:
    room.fetcher.pages = {f"{SITE}list.opml": listed(opml.Outline(FEED)).decode()}
    assert (await room.newsroom.handle(f"import feeds from {SITE}list.opml", ANN)).understood == "1 feed added."
    with pytest.raises(NotAllowed):
        await room.newsroom.handle(f"feeds import {SITE}list.opml", READER)


@pytest.mark.parametrize("data", [b"", b"<html>", b"\x00\xff", b"<opml><body/></opml>", b'<!DOCTYPE a [<!ENTITY b "c">]><opml/>'])
async def test_what_is_no_list_adds_nothing(room: Room, data: bytes) -> None:
    with pytest.raises(ReadingError):
        await room.newsroom.feeds.import_list(data, None)
    assert (await room.newsroom.feeds.figures()).feeds == 0


async def test_what_is_given_out_is_taken_into_an_empty_store_as_it_was(room: Room, sqlite_template: Path, tmp_path: Path) -> None:
    many = [NewFeed(f"https://h{number}.example.org/feed?a=1&b=2", title=f"Feed <{number}> & “more”") for number in range(501)]
    await added(room, *many)
    await room.newsroom.feeds.change(7, FeedWishes(outlet="The Mill"), None)
    export = await room.newsroom.feeds.export()
    assert (export.name, export.held) == ("verbatim-feeds.opml", "501 feeds")
    other = Room.over(Database(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'other.db')}"))
    assert (await other.newsroom.feeds.import_list(export.content, None)).understood == "501 feeds added."
    assert (await stored(other, 501)).title == "Feed <500> & “more”"
    assert [(await stored(other, 7)).title, (await stored(other, 7)).address] == ["The Mill", many[6].address]
    assert (await other.newsroom.feeds.export()).content == export.content
    await other.database.close()


async def test_25_the_key_in_a_feed_s_address_is_shown_and_given_out_only_where_it_was_added(room: Room) -> None:
    keyed, plain = NewFeed(f"{FEED}?key=s3cret"), NewFeed("https://tides.example.org/feed")
    await added(room, *(replace(one, platform="slack", workspace="T1", owner="Ann") for one in (keyed, plain)))
    wanted = ("feeds", "feeds show 1", "feeds export")
    ours = [repr(await room.newsroom.handle(one, ANN)) for one in wanted]
    elsewhere = [repr(await room.newsroom.handle(one, STRANGER)) for one in wanted]
    assert ["s3cret" in one for one in ours] == [True] * 3
    assert ["s3cret" in one for one in elsewhere] == [False] * 3
    assert ["tides.example.org" in one for one in elsewhere] == [True, False, True]
    assert "1 feed as OPML. Left out: 1" in elsewhere[2]
    assert ("s3cret" in repr(await room.newsroom.feeds.like(""))) is False


async def test_five_thousand_feeds_are_taken_in_by_few_statements_while_others_write(room: Room) -> None:
    data = listed(*(opml.Outline(f"https://h{number}.example.org/feed", f"Feed {number}") for number in range(5_000)))
    with statements_of(room.database) as sent:
        taking = asyncio.create_task(room.newsroom.feeds.import_list(data, ANN))
        while not (await room.newsroom.feeds.figures()).feeds:
            pass
        await added(room, NewFeed(FEED))
        amid = (await room.newsroom.feeds.figures()).feeds
        assert (await taking).understood == "5,000 feeds added."
    assert amid < 5_000
    assert (await room.newsroom.feeds.figures()).feeds == 5_001
    assert sum("INSERT" in statement for statement, _ in sent) <= 12

"""What is needed to follow a question that is edited: where its answer stands, and whether it may be done again."""

import pytest

from bot.callers import Caller, Channel
from tests.databases import sqlite_alone
from tests.newsrooms import ED, Room, article

engine = sqlite_alone

ADA = Caller(ED, person="U1", channel=Channel("discord", "G1", "C1"))


async def test_where_an_answer_was_posted_is_known_by_its_event(room: Room) -> None:
    await room.newsroom.first_time("discord message 1")
    assert await room.newsroom.answer_to("discord message 1") is None
    await room.newsroom.remember_answer("discord message 1", "C1 17")
    assert await room.newsroom.answer_to("discord message 1") == "C1 17"
    assert not await room.newsroom.first_time("discord message 1")


async def test_nothing_is_remembered_of_an_event_that_was_never_met(room: Room) -> None:
    await room.newsroom.remember_answer("discord message 2", "C1 17")
    assert await room.newsroom.answer_to("discord message 2") is None
    assert await room.newsroom.first_time("discord message 2")


async def test_what_only_asks_may_be_done_again(room: Room) -> None:
    for text in [
        *("who said what about ferries", "Ann Bell", "digest", "digest about ferries since Monday", "status", "help", "hello", "thanks"),
        *("people", "people Bell", "show 1", "corrections", "subscriptions", "time zone", "help fix", "fix the bridge"),
        *("who said what since Blursday", "", "\0", "x" * 10_000, "remove", "time zone Atlantis"),
    ]:
        assert await room.newsroom.only_asks(text, ADA), text


@pytest.mark.parametrize(
    "text",
    [
        *("fix 1 speaker Ann Bell", "fix 1 not a quote", "merge Bell into Ann Bell", "split Bell articles 1", "undo", "undo 3", "remove 1"),
        *("add https://example.org/a", "digest daily at 8", "change 1 to hourly", "pause 1", "resume 1", "unsubscribe 1", "stop digest 1"),
        *("time zone Tokyo", "please set the time zone to Tokyo"),
    ],
)
async def test_what_changes_something_is_not_done_again(room: Room, text: str) -> None:
    assert not await room.newsroom.only_asks(text, ADA)


async def test_whether_it_only_asks_is_looked_at_with_the_outlets_of_the_store(room: Room) -> None:
    await room.read(article('Ann Bell said: "The ferry is late."', outlet="Daily at 8"))
    assert await room.newsroom.only_asks("digest in Daily at 8", ADA)

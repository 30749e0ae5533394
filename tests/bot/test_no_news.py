"""What a feed had before it was added is found and stands in digests, and no alert tells of it; what comes afterwards is told."""

from datetime import timedelta

import pytest

from bot.digesting import Digesting
from bot.feeds.requests import FeedWishes
from bot.watching import Watching
from storage import deliveries
from storage.records import Claim, NewArticle, SaveOutcome, SubscriptionKind
from tests.bot.test_watching import SLACK, Desk
from tests.newsrooms import LONDON, Room, words_of

FEED = "https://tide.example.org/feed"
FEED_TEXT = FeedWishes(full_text=False)


@pytest.fixture
def desk(room: Room) -> Desk:
    return Desk(room, Watching(room.database))


def gives(room: Room, *numbers: int) -> None:
    """Have the feed give these articles, in each of which Ann Bell says another thing."""
    items = "".join(
        f"<item><title>Headline {one}</title><link>https://tide.example.org/{one}</link>"
        f'<description>&lt;p&gt;Ann Bell said: "We row {one}" as it rained all day.&lt;/p&gt;</description></item>'
        for one in numbers
    )
    room.fetcher.pages[FEED] = f"<rss version='2.0'><channel><title>The Tide</title>{items}</channel></rss>"


async def reads(room: Room) -> None:
    """An hour later the feed is looked at, and what is new in it is read."""
    room.clock.forward(days=2)
    assert await room.newsroom.feeds.look(9) == 1
    while await room.newsroom.feeds.bring(50):
        pass


async def takes(room: Room, number: int, *words: str, unannounced: bool) -> SaveOutcome | None:
    text = "\n\n".join(f'Ann Bell said: "{one}" as it rained all day.' for one in words)
    article = NewArticle(f"https://mill.example.org/{number}", text, headline=f"Headline {number}", unannounced=unannounced)
    return (await room.newsroom._intake.take("a feed", article)).outcome


async def test_of_a_new_feed_the_last_entries_alert_nobody_and_the_next_one_does(desk: Desk) -> None:
    """FAILURES 18: a first subscribe neither floods nor shows nothing."""
    room = desk.room
    await desk.watch()
    gives(room, *range(1, 21))
    await room.newsroom.feeds.add(FEED, None, FEED_TEXT)
    await reads(room)
    assert len(await room.found()) == 20
    assert await desk.posts() == []
    gives(room, *range(1, 22))
    await reads(room)
    (posted,) = await desk.posts()
    assert words_of(posted) == ["We row 21"]
    assert "We row 7" in words_of(await room.newsroom.ask("what did Ann Bell say", limit=30))


async def test_the_first_entry_of_a_feed_that_was_empty_when_it_was_added_is_told(desk: Desk) -> None:
    room = desk.room
    await desk.watch()
    gives(room)
    await room.newsroom.feeds.add(FEED, None, FEED_TEXT)
    await reads(room)
    gives(room, 1)
    await reads(room)
    (posted,) = await desk.posts()
    assert words_of(posted) == ["We row 1"]


async def test_an_article_that_is_stored_already_stays_what_it_is(desk: Desk) -> None:
    room = desk.room
    await desk.watch()
    assert await takes(room, 1, "We row", unannounced=True) is SaveOutcome.ADDED
    assert await takes(room, 1, "We row", unannounced=False) is SaveOutcome.UNCHANGED
    assert await takes(room, 1, "We row", "And we sing", unannounced=False) is SaveOutcome.NEW_VERSION
    assert await desk.posts() == []
    assert await takes(room, 2, "We swim", unannounced=False) is SaveOutcome.ADDED
    assert await takes(room, 2, "We swim", "And we fly", unannounced=True) is SaveOutcome.NEW_VERSION
    (posted,) = await desk.posts()
    assert sorted(words_of(posted)) == ["And we fly", "We swim"]


async def test_words_that_are_told_once_more_by_news_are_no_news(desk: Desk) -> None:
    await desk.watch()
    await takes(desk.room, 1, "We row", unannounced=True)
    assert await desk.posts() == []
    await takes(desk.room, 2, "We row", unannounced=False)
    assert await desk.posts() == []


async def test_a_digest_tells_it_and_the_digest_of_what_an_alert_had_no_room_for_does_not(desk: Desk) -> None:
    room = desk.room
    await desk.watch(daily_cap=1)
    await takes(room, 1, "We row", unannounced=False)
    assert len(await desk.posts()) == 1
    await takes(room, 2, "We swim", unannounced=True)
    await takes(room, 3, "We fly", unannounced=False)
    room.clock.forward(days=1)
    (rest,) = await desk.looks()
    assert rest.kind is SubscriptionKind.DIGEST
    claim = await claimed(room)
    compiled = await Digesting(room.database, room.clock, LONDON).of_delivery(claim.delivery, claim.subscription)
    assert words_of(compiled.lengths[0]) == ["We fly"]
    assert {"We swim", "We fly"} <= set(words_of(await room.newsroom.digest(since="1 November 2026")))


async def claimed(room: Room) -> Claim:
    now = room.clock()
    async with room.database.writing() as session:
        (claim,) = await deliveries.claim(session, SLACK, "desk", now=now, lease_until=now + timedelta(minutes=2), limit=9)
    return claim

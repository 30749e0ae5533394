"""Days of a dozen feeds on four hosts, with a process that is killed now and then: the sites are treated well, and no story is lost."""

import asyncio
import shutil
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from bot.feeds.pacing import PAUSE
from storage import feeds
from storage.records import NewFeed, StoredFeed
from tests.fakes.feed_books import Books, books
from tests.fakes.feed_sites import FakeFeed, FakeSite, Request, Sites
from tests.fakes.feed_week import Week
from tests.fakes.made_sites import Made, made
from tests.fakes.simulated_time import SimulatedTime, TimedDatabase, play

HOUR = timedelta(hours=1)
MADE = Made(12, 4, datetime(2026, 11, 2, 6, tzinfo=UTC), 1.5, a_day=0.8, spread=0.6, longest_outage=8 * HOUR)
_HEADLINES = "SELECT url, headline FROM articles JOIN versions ON versions.article_id = articles.id AND versions.newest"
QUIET = 26 * HOUR
"""After the last story, so that whatever is looked at once a day is."""
KILLS = (
    (4, "feed"), (5, "parsed"), (9, "stored"), (13, "page"), (17, "stored"), (25, "feed"),
)  # fmt: skip
PAUSED = 2
"""The feed that a person pauses twenty hours after the beginning."""


@dataclass(frozen=True)
class Played:
    """A week that is over: its books, its feeds as they are stored, and the headlines of the articles by path."""

    week: Week
    books: Books
    feeds: Sequence[StoredFeed]
    headlines: dict[str, str]

    @property
    def requests(self) -> Sequence[Request]:
        return self.week.sites.requests

    def of_host(self) -> Iterator[tuple[Request, Request]]:
        """Each request with the next one to the same host."""
        for host in self.week.sites.sites:
            yield from pairwise(sorted((one for one in self.requests if one.host == host), key=lambda one: one.begun))


async def over(file: Path, time: SimulatedTime) -> Played:
    database = TimedDatabase(f"sqlite:///{file}", time)
    random = Random(8)  # noqa: S311 - nothing is secret
    sites = Sites(time, *made(MADE, random), told=lambda place: week.come_to(place))
    week = Week(time, database, sites, random, tick=5, kills=deque((MADE.begin + hours * HOUR, place) for hours, place in KILLS))

    async def pause() -> None:
        await time.sleep(20 * 3600)
        async with database.writing() as session:
            await feeds.pause(session, PAUSED, time(), "Ada Moor has paused it.")

    try:
        await week.add()
        pausing = asyncio.create_task(pause())
        await week.play(MADE.end + QUIET)
        await pausing
        async with database.reading() as session:
            rows = (await session.execute(text(_HEADLINES))).all()
            found = await feeds.every(session)
        return Played(week, await books(week, database), found, {row.url.rpartition("org")[2]: row.headline for row in rows})
    finally:
        await database.close()


@pytest.fixture(scope="module")
def played(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Played:
    file = shutil.copy(sqlite_template, tmp_path_factory.mktemp("week") / "week.db")
    time = SimulatedTime(MADE.begin)
    return play(time, over(Path(file), time))


def test_the_week_has_all_the_trouble_that_it_is_made_for(played: Played) -> None:
    statuses = {one.status for one in played.requests}
    assert statuses >= {200, 304, 404, 410, 429}
    assert statuses & {0, 503}, "sites were out"
    assert [place for _, place in played.week.killed] == [place for _, place in KILLS]
    assert {one.kind for one in played.requests} == {"feed", "page", "robots"}
    assert played.books.unseen


def test_20_one_host_is_asked_one_thing_at_a_time_with_its_pause_between(played: Played) -> None:
    assert played.week.sites.at_once == []
    too_fast = [(earlier, later) for earlier, later in played.of_host() if later.begun - earlier.ended < _pause_after(earlier, played)]
    assert too_fast == []
    assert max(played.books.most.values()) <= timedelta(minutes=1) / PAUSE


def _pause_after(request: Request, played: Played) -> timedelta:
    return max(PAUSE, played.week.sites.sites[request.host].delay()) if request.kind == "page" else PAUSE


def test_20_who_was_told_to_wait_waits_and_so_does_the_process_that_comes_after_one_that_was_killed(played: Played) -> None:
    assert played.week.sites.too_soon == []


def test_17_18_each_story_that_is_wanted_is_stored_once_whatever_process_was_killed_at_what(played: Played) -> None:
    missing = {key for key in played.books.missing if not _is_of(PAUSED, key, played)}  # what waited of it when it was paused still waits
    assert (missing, played.books.uninvited, played.books.doubles) == (set(), frozenset(), 0), played.books.reasons
    assert len(played.books.stored) > 50


def test_what_no_look_saw_left_its_feed_while_its_site_was_in_trouble(played: Played) -> None:
    running = {key for key in played.books.unseen if not _is_of(PAUSED, key, played)}
    assert running == played.books.in_trouble & running


def _is_of(number: int, key: tuple[str, str], played: Played) -> bool:
    feed, _ = played.week.sites.by_story[key]
    return feed is played.week.sites.feeds[number - 1]


def test_22_a_headline_that_was_edited_while_its_feed_had_it_is_a_new_version(played: Played) -> None:
    edited = {
        story.path
        for feed in played.week.sites.feeds
        for place, story in enumerate(feed.stories)
        if story.edited_at and MADE.begin + 4 * HOUR < story.edited_at and (feed.left_at(place) or MADE.end) == MADE.end
    }
    assert {path for path in edited & played.headlines.keys() if not played.headlines[path].endswith("again")} == set()
    assert edited & played.headlines.keys()


def test_23_a_feed_that_is_gone_and_one_that_was_paused_are_not_asked_again(played: Played) -> None:
    gone = {(one.host, one.path): one.ended for one in played.requests if one.status == 410}
    feed = played.week.sites.feeds[PAUSED - 1]
    over = {**gone, (feed.host, feed.path): MADE.begin + 20 * HOUR + HOUR / 60}
    assert [one for one in played.requests if one.begun > over.get((one.host, one.path), one.begun)] == []
    assert {one.id for one in played.feeds if one.paused_at} == {PAUSED, *_numbers(gone, played)}


def _numbers(places: dict[tuple[str, str], datetime], played: Played) -> set[int]:
    return {number for number, feed in enumerate(played.week.sites.feeds, 1) if (feed.host, feed.path) in places}


def test_23_a_feed_that_has_come_back_is_failing_no_more(played: Played) -> None:
    failed = {(one.host, one.path) for one in played.requests if one.kind == "feed" and one.status in (0, 503)}
    assert failed
    assert [(one.address, one.reason) for one in played.feeds if one.first_failed_at and not one.paused_at] == []


def test_what_has_not_changed_is_not_sent_again(played: Played) -> None:
    sites = played.week.sites
    asked = {(feed.host, feed.path): [one.status for one in played.requests if one.path == feed.path] for feed in sites.feeds}
    unchanged = {(feed.has_etag, feed.has_date) for feed in sites.feeds if 304 in asked[feed.host, feed.path]}
    assert unchanged == {(True, True), (True, False), (False, True)}
    assert sites.sent < sites.unconditional


def test_20_a_site_that_asked_to_be_left_alone_is_not_asked_for_another_feed_by_the_next_process(
    sqlite_template: Path, tmp_path: Path
) -> None:
    file, time = shutil.copy(sqlite_template, tmp_path / "week.db"), SimulatedTime(MADE.begin)

    async def restarted() -> Sites:
        database = TimedDatabase(f"sqlite:///{file}", time)
        both = [FakeFeed("tide.example.org", f"/feed/{number}", ()) for number in (1, 2)]
        sites = Sites(
            time, {"tide.example.org": FakeSite("tide.example.org", most_a_minute=0)}, both, told=lambda place: week.come_to(place)
        )
        week = Week(time, database, sites, Random(8), tick=5)  # noqa: S311 - nothing is secret
        try:
            for feed in both:
                async with database.writing() as session:
                    await feeds.add(session, NewFeed(feed.address), time())
                await week.play(time() + timedelta(minutes=1))
        finally:
            await database.close()
        return sites

    assert play(time, restarted()).too_soon == []

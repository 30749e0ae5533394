"""FAILURES 17 to 24 from end to end: a hostile server, what really fetches and reads, and a store. Each part has more tests of its own."""

import gzip
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar, TypeVarTuple

import brotli  # type: ignore[import-untyped]
import pytest

from bot.bounded import Workers
from bot.feeds.bringing import Bringing
from bot.feeds.looking import Looking
from bot.feeds.pacing import PAUSE, Pacer
from bot.intake import Intake
from bot.reading.fetching import WebFetcher
from bot.reading.pages import MAX_REDIRECTS
from storage import articles, feed_entries, feeds, stories
from storage.database import Database
from storage.records import NewFeed, StoredArticle, StoredEntry, StoredFeed
from tests.bot import bounded_tasks
from tests.fakes.clock import FakeClock
from tests.fakes.engine import FakeEngine
from tests.fakes.fetcher import FakeFetcher
from tests.fakes.raw_server import RawServer, Writing, answer, endless, raw_server, to
from tests.fakes.web_server import Names
from tests.fakes.workers import HereWorkers
from tests.newsrooms import LONDON, page

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
_Arguments = TypeVarTuple("_Arguments")
_Result = TypeVar("_Result")
HOUR = timedelta(hours=1)
SECONDS = 1.5
"""So long a site has for its answer, which a busy machine needs as well."""
HANGS = b"<!-- hang -->"
LATE = "Ann Bell said: 'The boat was late again.' " + " ".join(
    f"The ferry to pier {number} left {number * 7} minutes late." for number in range(9)
)


class Bounded(Workers):
    """Real workers, whose parser hangs on some bytes."""

    async def run(self, function: Callable[[*_Arguments], _Result], *arguments: *_Arguments, seconds: float | None = None) -> _Result:
        task: object = function
        if isinstance(task, partial) and HANGS in task.args[0]:
            await super().run(bounded_tasks.hang, None, seconds=0.2)
        return await super().run(function, *arguments, seconds=seconds)


def rss(*items: str) -> bytes:
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Tides</title>{''.join(items)}</channel></rss>".encode()


def item(url: str, title: str = "Boats are late", guid: str = "", date: str = "") -> str:
    given = (f"<guid isPermaLink='false'>{guid}</guid>" if guid else "") + (f"<pubDate>{date}</pubDate>" if date else "")
    return f"<item><title>{title}</title><link>{url}</link>{given}</item>"


def html(headline: str = "Boats are late", text: str = LATE) -> bytes:
    return answer(200, {"Content-Type": "text/html"}, page(headline, text).encode())


@dataclass
class Desk:
    """Feeds and pages on as many hosts as are named, all at one server; `names` are answered otherwise than by its address."""

    database: Database
    server: RawServer
    workers: Workers = field(default_factory=HereWorkers)
    names: dict[str, list[list[str]]] = field(default_factory=dict)
    clock: FakeClock = field(default_factory=FakeClock)
    fetchers: list[WebFetcher] = field(default_factory=list)
    hosts: set[str] = field(default_factory=lambda: {"tides.example.org"})

    def url(self, path: str = "/feed", host: str = "tides.example.org") -> str:
        self.hosts.add(host)
        return f"http://{host}:{self.server.port}{path}"

    async def feed(self, said: bytes | Writing, path: str = "/feed", host: str = "tides.example.org") -> None:
        self.server.answers[path] = said
        async with self.database.writing() as session:
            await feeds.add(session, NewFeed(self.url(path, host)), self.clock())

    async def look(self, hours: float = 0) -> list[StoredFeed]:
        """Look at what is due so many hours later; returns the feeds as they are then."""
        self.clock.forward(hours=hours)
        fetcher, pacer = self._web()
        await Looking(self.database, fetcher, self.workers, pacer, self.clock, lambda: 0.0, "one").look(99)
        return await self.all()

    async def bring(self) -> int:
        fetcher, pacer = self._web()
        intake = Intake(self.database, FakeEngine(), FakeFetcher(), self.clock, LONDON)
        return await Bringing(self.database, intake, fetcher, self.workers, pacer, self.clock, "one").bring(99)

    async def all(self) -> list[StoredFeed]:
        async with self.database.reading() as session:
            return await feeds.every(session)

    async def waiting(self) -> list[StoredEntry]:
        async with self.database.reading() as session:
            return await feed_entries.waiting(session, self.clock(), 99)

    async def failed(self) -> list[str | None]:
        async with self.database.reading() as session:
            return [one.reason for one in await feed_entries.failed(session, 1, 99)]

    async def articles(self) -> list[StoredArticle]:
        async with self.database.reading() as session:
            found = [await articles.get(session, number) for number in range(1, 9)]
        return [one for one in found if one is not None]

    def _web(self) -> tuple[WebFetcher, Pacer]:
        async def wait(seconds: float) -> None:
            self.clock.forward(seconds=seconds)

        names = Names({host: [["127.0.0.1"]] for host in self.hosts} | self.names)
        allowed = self.hosts - self.names.keys()
        self.fetchers.append(WebFetcher(allow_hosts=allowed, max_bytes=100_000, timeout_seconds=SECONDS, resolver=names))
        return self.fetchers[-1], Pacer(self.clock, wait)


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    async with raw_server() as server:
        made = Desk(database, server)
        yield made
        for fetcher in made.fetchers:
            await fetcher.close()


async def test_failures_17_whatever_happens_to_guids_nothing_floods_and_nothing_is_lost(desk: Desk) -> None:
    one, two = desk.url("/1"), desk.url("/2")
    await desk.feed(answer(200, {}, rss(item(one, "One", one), item(two, "Two", two))))
    await desk.look()
    for items in (
        (item(one, "One", one.replace("http:", "https:")), item(two, "Two", two.replace("http:", "https:"))),
        (item(one, "One", "new-1"), item(two, "Two", "new-2")),
        (item(one, "One", "shared"), item(two, "Two", "shared")),
        (item(one, "One"), item(two, "Two")),
    ):
        desk.server.answers["/feed"] = answer(200, {}, rss(*items))
        await desk.look(hours=25)
        assert len(await desk.waiting()) == 2
    desk.server.answers["/feed"] = answer(200, {}, rss(item(desk.url("/3"), "Three", "shared"), item(one, "One", "shared")))
    await desk.look(hours=25)
    assert sorted(entry.page or "" for entry in await desk.waiting()) == [one, two, desk.url("/3")]


async def test_failures_18_a_feed_that_shrinks_and_grows_back_is_read_once_and_a_new_one_does_not_flood(desk: Desk) -> None:
    places = [desk.url(f"/{number}", f"h{number}.example.org") for number in range(30)]
    everything = rss(*(item(url, f"Boat {number}") for number, url in enumerate(places)))
    await desk.feed(answer(200, {}, everything))
    await desk.look()
    assert len(await desk.waiting()) == 20
    for data in (rss(), rss(item(places[3], "Boat 3")), everything, everything):
        desk.server.answers["/feed"] = answer(200, {}, data)
        await desk.look(hours=25)
    assert len(await desk.waiting()) == 20


async def test_failures_19_an_entry_is_never_dated_after_it_was_seen_whatever_its_feed_says(desk: Desk) -> None:
    dates = ("", "rubbish", "Fri, 06 Nov 2099 12:00:00 GMT", "2026-11-05", "Thu, 05 Nov 2026 09:00:00", "Thu, 05 Nov 2026 09:00:00 +0200")
    await desk.feed(answer(200, {}, rss(*(item(desk.url(f"/{number}"), f"Boat {number}", date=date) for number, date in enumerate(dates)))))
    await desk.look()
    now = desk.clock()
    found = {(one.page or "")[-1]: one.published for one in await desk.waiting()}
    thursday = datetime(2026, 11, 5, tzinfo=UTC)
    assert [found[number] for number in "012"] == [now] * 3
    assert (found["3"] or now).date() == thursday.date()
    assert [found["4"], found["5"]] == [thursday + 9 * HOUR, thursday + 7 * HOUR]


@pytest.mark.parametrize(
    ("status", "header", "wait"),
    [
        (429, "0", timedelta(minutes=1)),
        (429, "7200", 2 * HOUR),
        (503, "Fri, 06 Nov 2026 17:00:00 GMT", 5 * HOUR),
        (403, "7200", 2 * HOUR),
    ],
)
async def test_failures_20_a_site_is_left_alone_as_long_as_it_asks_for(desk: Desk, status: int, header: str, wait: timedelta) -> None:
    await desk.feed(answer(status, {"Retry-After": header}))
    (feed,) = await desk.look()
    assert feed.next_check >= datetime(2026, 11, 6, 12, tzinfo=UTC) + wait
    assert feed.failures == 1


async def test_failures_20_many_feeds_and_pages_on_one_host_are_asked_one_at_a_time_with_a_pause(desk: Desk) -> None:
    for number in range(3):
        await desk.feed(to(f"/real/{number}"), f"/feed/{number}")
        desk.server.answers[f"/real/{number}"] = answer(200, {}, rss())
    began = desk.clock()
    for _ in range(3):
        await desk.look()
    assert len(desk.server.asked) == 6
    assert desk.clock() - began >= 3 * PAUSE, "also where the host only redirects to itself"


async def test_failures_21_each_hostile_feed_is_marked_and_the_rest_goes_on(desk: Desk) -> None:
    bomb, good = bytes(3_000_000), rss(item(desk.url("/1")))
    entities = b"<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>" + rss(item("/1", "&b;"))
    hostile: dict[str, tuple[bytes | Writing, str]] = {
        "drip": (endless(b"HTTP/1.1 200 OK\r\n\r\n", b"<", pause=0.01), f"took longer than {SECONDS} seconds"),
        "endless": (endless(b"HTTP/1.1 200 OK\r\n\r\n", b"<p>More.</p>" * 1000), "longer than 0.1 MB"),
        "gzip": (answer(200, {"Content-Encoding": "gzip"}, gzip.compress(bomb)), "longer than 0.1 MB"),
        "br": (answer(200, {"Content-Encoding": "br"}, brotli.compress(bomb)), "longer than 0.1 MB"),
        "zstd": (answer(200, {"Content-Encoding": "zstd"}, zstd.compress(bomb)), "longer than 0.1 MB"),
        "around": (to("/around"), f"redirects more than {MAX_REDIRECTS} times"),
        "too-short": (answer(200, {}, good, length=len(good) + 9), "breaks off before its end"),
        "too-long": (answer(200, {}, good, length=20), "makes no sense as HTTP"),
        "no-http": (b"\x00\xff" * 99, "makes no sense as HTTP"),
        "entities": (answer(200, {}, entities), "declares entities"),
        "hangs": (answer(200, {}, good + HANGS), "took longer than 0.2 seconds"),
    }
    for name, (said, _) in hostile.items():
        await desk.feed(said, f"/{name}", f"{name}.example.org")
    lies = "<?xml version='1.0' encoding='koi8-r'?>" + rss(item(desk.url("/2"), "Zoë’s café")).decode().partition("?>")[2]
    await desk.feed(answer(200, {"Content-Type": "text/xml; charset=shift_jis"}, lies.encode()), "/good", "good.example.org")
    async with Bounded(2, seconds=30, megabytes=300) as desk.workers:
        *marked, well = await desk.look()
    for feed, (name, (_, reason)) in zip(marked, hostile.items(), strict=True):
        assert reason in (feed.reason or ""), name
        assert (feed.failures, feed.claimed_by) == (1, None), name
    assert (well.failures, well.reason) == (0, None)
    (entry,) = await desk.waiting()
    assert "Zo\\u00eb\\u2019s caf\\u00e9" in (entry.given or "")


async def test_failures_22_an_edited_headline_is_a_new_version_and_a_wire_copy_the_same_story(desk: Desk) -> None:
    desk.server.answers |= {"/1": html(), "/2": html("Ferries late")}
    await desk.feed(answer(200, {}, rss(item(desk.url("/1")), item(desk.url("/2", "mill.example.org"), "Ferries late"))))
    await desk.look()
    assert await desk.bring() == 2
    desk.server.answers["/1"] = html("No boats at all")
    desk.server.answers["/feed"] = answer(200, {}, rss(item(desk.url("/1"), "No boats at all")))
    await desk.look(hours=25)
    assert await desk.bring() == 1
    assert sorted(one.headline or "" for one in await desk.articles()) == ["Ferries late", "No boats at all"]
    async with desk.database.reading() as session:
        assert {one.article_id for one in await stories.tellings(session, [1])} == {1, 2}


async def test_failures_23_a_feed_that_fails_keeps_its_reason_backs_off_and_is_paused_in_the_end(desk: Desk) -> None:
    await desk.feed(answer(404))
    await desk.look()
    looks = len(desk.server.asked)
    (feed,) = await desk.look()
    assert len(desk.server.asked) == looks, "it is not due again at once"
    while feed.paused_at is None:
        async with desk.database.reading() as session:
            assert [one.reason for one in await feeds.failing(session, 9)] == ["There is no feed at this address. Check the address."]
        (feed,) = await desk.look(hours=24)
        assert len(desk.server.asked) < 60
    assert "paused" in (feed.paused_reason or "")


PRIVATE = [
    "127.0.0.1",
    "169.254.169.254",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[fe80::1]",
    "100.64.0.1",
    "inside.example.org",
    "turning.example.org",
]


async def test_failures_24_no_feed_and_no_page_leads_into_a_private_network(desk: Desk) -> None:
    desk.names = {
        "inside.example.org": [["127.0.0.1"]],
        "turning.example.org": [["127.0.0.1"], ["8.8.8.8"]],
    }
    secret = [f"http://{host}:{desk.server.port}/secret" for host in PRIVATE]
    desk.server.answers["/secret"] = html()
    await desk.feed(answer(200, {}, rss(*(item(desk.url(f"/{number}", f"h{number}.example.org")) for number in range(len(secret))))))
    for number, target in enumerate(secret):
        desk.server.answers[f"/{number}"] = to(target, 302)
        await desk.feed(to(target), f"/feed/{number}", f"f{number}.example.org")
    first, *others = await desk.look()
    assert first.failures == 0
    assert {one.reason for one in others} == {
        "The address leads to a private network. If it is to be read, whoever runs Verbatim can allow its host: VERBATIM_ALLOW_HOSTS."
    }
    assert await desk.bring() == len(secret)
    assert len(await desk.failed()) == len(secret)
    assert all((reason or "").startswith("The address leads to a private network.") for reason in await desk.failed())
    assert "/secret" not in desk.server.paths
    assert await desk.articles() == []

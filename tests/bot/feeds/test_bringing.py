"""What waits of the feeds' entries becomes articles, each once; what cannot be read keeps its reason, and the rest goes on."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar, TypeVarTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.bounded import WorkerBug, Workers
from bot.errors import CannotFetch, TooMuch, Unstorable
from bot.feeds import bringing
from bot.feeds.aftermath import FIRST_WAIT, MOST_TRIES, UNFINISHED, Aftermath, afterwards
from bot.feeds.asking import AGAIN
from bot.feeds.bringing import Bringing
from bot.feeds.feed import Entry
from bot.feeds.given import entry_of_json, entry_to_json
from bot.feeds.mishaps import BUG
from bot.feeds.newcomers import keys_of
from bot.feeds.pacing import LEASE, Pacer
from bot.feeds.rhythm import LONGEST_RETRY_AFTER
from bot.feeds.robots import KEPT_FOR, MAX_BYTES, Robots, parse_robots
from bot.feeds.sites import MOST_BYTES, MOST_SITES, Sites
from bot.intake import Intake
from bot.reading.pages import MAX_REDIRECTS, Answer, Redirected, Refused, Trouble, Unchanged, Validators
from bot.replies import Ingested
from storage import articles, feed_entries, feeds
from storage.errors import DatabaseBusy
from storage.records import EntryState, NewEntry, NewFeed, StoredArticle
from tests.fakes.clock import FakeClock
from tests.newsrooms import LONDON, Room, page

_Arguments = TypeVarTuple("_Arguments")
_Result = TypeVar("_Result")
NOW = datetime(2026, 11, 6, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
FEED = NewFeed("https://tide.example.org/feed", title="The Tide's feed")
LATE = 'Ann Bell said: "The boat was late again on Monday."'
STORM = Entry(
    "tide-1",
    "https://tide.example.org/1",
    headline="Boats are late",
    author="Ada Moor",
    published=NOW - MINUTE,
    content=f"<p>{LATE}</p>",
)
WAITING, READ, PASSED_OVER, FAILED = EntryState


def refused(trouble: Trouble, header: str | None = None) -> Refused:
    return Refused(trouble, CannotFetch(f"It is {trouble}.", "Try."), retry_after=header)


@dataclass
class Web:
    """Pages and robots.txt by address; what is not there is missing. `asked` has the addresses, and `before` is done before each answer."""

    there: dict[str, str | Redirected | Refused] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    before: Callable[[str], Awaitable[object]] | None = None

    async def fetch_feed(self, url: str, *, validators: Validators = Validators()) -> Answer | Unchanged | Refused:  # noqa: B008
        raise AssertionError(url, validators)

    async def fetch_page(self, url: str) -> Answer | Redirected | Refused:
        self.asked.append(url)
        if self.before is not None:
            await self.before(url)
        found = self.there.get(url, refused(Trouble.MISSING))
        return Answer(url, "text/html", found.encode()) if isinstance(found, str) else found

    async def fetch_robots(self, url: str) -> Answer | Redirected | Refused:
        return await self.fetch_page(url)


class Here(Workers):
    """Works in this process. `mishaps` are raised for the documents in which their words stand."""

    def __init__(self, mishaps: Mapping[bytes, Exception]) -> None:
        super().__init__(1, seconds=1, megabytes=1)
        self.mishaps = mishaps

    async def run(self, function: Callable[[*_Arguments], _Result], *arguments: *_Arguments, seconds: float | None = None) -> _Result:
        assert seconds is None
        task: object = function
        assert isinstance(task, partial)
        for words, mishap in self.mishaps.items():
            if words in task.args[0]:
                raise mishap
        return function(*arguments)


@dataclass
class Desk:
    room: Room
    web: Web
    mishaps: dict[bytes, Exception]

    def bringing(self, process: str = "one") -> Bringing:
        async def wait(seconds: float) -> None:
            self.clock.forward(seconds=seconds)

        intake = Intake(self.room.database, self.room.engine, self.room.fetcher, self.clock, LONDON)
        return Bringing(self.room.database, intake, self.web, Here(self.mishaps), Pacer(self.clock, wait), self.clock, process)

    @property
    def clock(self) -> FakeClock:
        return self.room.clock

    async def seen(self, *entries: Entry, feed: NewFeed = FEED) -> None:
        new = [_new(one, feed) for one in entries]
        async with self.room.database.writing() as session:
            number = await feeds.add(session, feed, self.clock())
            await feed_entries.see(session, number, new=new, at=self.clock())

    async def articles(self) -> list[StoredArticle]:
        async with self.room.database.reading() as session:
            found = [await articles.get(session, number) for number in range(1, 9)]
        return [one for one in found if one is not None]

    async def states(self) -> list[tuple[Any, ...]]:
        """State, reason, article and tries of each entry."""
        async with self.room.database.reading() as session:
            rows = await session.execute(text("SELECT state, reason, article_id, tries FROM feed_entries ORDER BY id"))
            return [tuple(row) for row in rows]


def _new(entry: Entry, feed: NewFeed) -> NewEntry:
    keys = keys_of(entry)
    return NewEntry(
        keys.url_key,
        keys.guid_key,
        keys.content_key,
        keys.headline_key,
        entry.published,
        page=entry.url if feed.full_text else None,
        given=entry_to_json(entry),
    )


@pytest.fixture
def desk(room: Room) -> Desk:
    return Desk(room, Web(), {})


def on(host: str, number: int = 1) -> Entry:
    url = f"https://{host}.example.org/{number}"
    return replace(STORM, guid=url, url=url)


async def test_a_page_becomes_an_article_with_its_quotes_and_its_entry_says_which(desk: Desk) -> None:
    desk.web.there = {"https://tide.example.org/1": page("The boats", LATE)}
    await desk.seen(STORM)
    assert await desk.bringing().bring(9) == 1
    (found,) = await desk.articles()
    assert (found.url, found.headline, found.published) == (STORM.url, "The boats", STORM.published)
    assert (found.byline, found.outlet) == ("Ada Moor", "tide.example.org")
    assert await desk.room.said() == [(1, "Ann Bell", "The boat was late again on Monday.")]
    assert await desk.states() == [(READ, None, 1, 1)]
    assert await desk.bringing().bring(9) == 0


async def test_what_a_feed_says_of_all_its_articles_holds_for_each(desk: Desk) -> None:
    desk.web.there = {"https://tide.example.org/1": page("The boats", LATE)}
    await desk.seen(STORM, feed=replace(FEED, outlet="The Tide", language="en-GB"))
    await desk.bringing().bring(9)
    assert [(one.outlet, one.language) for one in await desk.articles()] == [("The Tide", "en-GB")]


async def test_an_entry_in_another_language_than_its_feed_says_is_read_and_not_quoted(desk: Desk) -> None:
    french = f"La maire a parlé lundi aux habitants de l'île, qui attendent un autre bateau depuis trois mois. {LATE}"
    desk.web.there = {"https://tide.example.org/1": page("Le bateau", french)}
    await desk.seen(STORM, feed=replace(FEED, language="en-GB"))
    assert await desk.bringing().bring(9) == 1
    assert [one.language for one in await desk.articles()] == ["fr"]
    assert await desk.room.said() == []
    async with desk.room.database.reading() as session:
        assert await session.scalar(text("SELECT state FROM feed_entries")) == READ


async def test_an_entry_without_a_page_is_read_from_what_the_feed_gave(desk: Desk) -> None:
    await desk.seen(STORM, feed=replace(FEED, full_text=False))
    assert await desk.bringing().bring(9) == 1
    (found,) = await desk.articles()
    assert (found.url, found.headline, found.text, found.byline) == (STORM.url, "Boats are late", LATE, "Ada Moor")
    assert len(await desk.room.said()) == 1
    assert desk.web.asked == []


async def test_a_text_that_has_no_address_of_its_own_takes_none_from_its_markup(desk: Desk) -> None:
    claim = f'<link rel="canonical" href="https://mill.example.org/1"><p>{LATE}</p>'
    await desk.seen(replace(STORM, url=None, content=claim), replace(STORM, guid="tide-2", url=None, content=None, summary=LATE))
    assert await desk.bringing().bring(9) == 2
    assert [(one.url, one.outlet) for one in await desk.articles()] == [(None, "The Tide's feed")] * 2


async def test_a_feed_that_gives_a_text_for_another_sites_page_takes_over_no_article_of_that(desk: Desk) -> None:
    desk.web.there = {"https://tide.example.org/1": page("The boats", LATE)}
    await desk.seen(STORM)
    await desk.bringing().bring(9)
    forged = replace(STORM, content="<p>Ann Bell said: “I sank all of the boats myself, and I am glad of it.”</p>")
    await desk.seen(forged, feed=NewFeed("https://mud.example.org/feed", title="The Mud", full_text=False))
    assert await desk.bringing().bring(9) == 1
    told, claimed = await desk.articles()
    assert (told.identity, told.outlet, told.text, told.version) == (STORM.url, "tide.example.org", LATE, 1)
    assert (claimed.identity.partition(":")[0], claimed.outlet) == ("feed", "The Mud")


async def test_22_an_edited_text_without_an_address_is_a_new_version_of_its_article(desk: Desk) -> None:
    silent = replace(STORM, url=None)
    await desk.seen(silent)
    await desk.bringing().bring(9)
    edited = _new(replace(silent, content=f"<p>{LATE}</p><p>More boats were late.</p>"), FEED)
    async with desk.room.database.writing() as session:
        await feed_entries.see(session, 1, changed={1: edited}, at=desk.clock())
    assert await desk.bringing().bring(9) == 1
    assert [one.text for one in await desk.articles()] == [f"{LATE}\n\nMore boats were late."]


async def test_an_entry_that_gives_nothing_is_given_up(desk: Desk) -> None:
    await desk.seen(replace(STORM, url=None, content=None))
    assert await desk.bringing().bring(9) == 1
    assert await desk.states() == [(FAILED, "The feed gives no text of it. Have its page read.", None, 1)]


async def test_a_page_that_robots_txt_forbids_is_passed_over_and_not_fetched(desk: Desk) -> None:
    robots = "https://tide.example.org/robots.txt"
    desk.web.there = {robots: "User-agent: *\nDisallow: /"}
    await desk.seen(STORM)
    assert await desk.bringing().bring(9) == 1
    assert await desk.states() == [(PASSED_OVER, "The site's robots.txt does not allow it to be read.", None, 1)]
    assert desk.web.asked == [robots]


async def test_robots_txt_is_asked_for_once_a_day_for_all_pages_of_a_site(desk: Desk) -> None:
    robots = "https://tide.example.org/robots.txt"
    await desk.seen(*(on("tide", number) for number in range(3)))
    bringing = desk.bringing()
    assert [await bringing.bring(9), await bringing.bring(9)] == [1, 1]
    assert desk.web.asked.count(robots) == 1
    desk.clock.now += KEPT_FOR
    await bringing.bring(9)
    assert desk.web.asked.count(robots) == 2


async def test_20_a_site_that_fails_is_not_asked_for_robots_txt_for_each_page_that_waits(desk: Desk) -> None:
    robots = "https://tide.example.org/robots.txt"
    desk.web.there = {robots: refused(Trouble.FAILING)}
    await desk.seen(*(on("tide", number) for number in range(5)))
    bringing = desk.bringing()
    for _ in range(5):
        assert await bringing.bring(9) == 0
        desk.clock.forward(seconds=2)
    assert {state[:2] for state in await desk.states()} == {(WAITING, "It is failing. Try.")}
    assert desk.web.asked == [robots]
    desk.web.there = {robots: refused(Trouble.MISSING), "https://tide.example.org/0": page("The boats", LATE)}
    desk.clock.now += FIRST_WAIT
    assert await bringing.bring(9) == 1


def test_of_the_robots_txt_of_very_many_sites_the_oldest_are_forgotten() -> None:
    sites, rules = Sites(), Robots()
    for number in range(MOST_SITES + 1):
        sites.keep(f"https://{number}.example.org/robots.txt", rules, NOW)
    assert len(sites) == MOST_SITES
    found = [sites.get(f"https://{number}.example.org/robots.txt", NOW) for number in (0, 1, MOST_SITES)]
    assert found == [None, rules, rules]


def test_21_the_longest_robots_txt_of_a_thousand_hosts_are_not_all_kept() -> None:
    sites, rules = Sites(), parse_robots(b"Disallow: /1\n" * MAX_BYTES)
    places = [f"https://{number}.mud.example.org/robots.txt" for number in range(MOST_SITES)]
    for place in [*places, *places[-2:]]:
        sites.keep(place, rules, NOW)
    assert len(sites) == MOST_BYTES // MAX_BYTES
    assert sites.get(places[-1], NOW) is rules


async def test_20_a_site_that_wants_a_long_pause_has_no_page_claimed_in_it(desk: Desk) -> None:
    desk.web.there = {"https://tide.example.org/robots.txt": "User-agent: *\nCrawl-delay: 1800"}
    await desk.seen(on("tide", 1), on("tide", 2))
    bringing, began = desk.bringing(), desk.clock()
    assert [await bringing.bring(9), await bringing.bring(9)] == [1, 0]
    assert desk.clock() - began < MINUTE
    assert [tries for *_, tries in await desk.states()] == [1, 0]
    desk.clock.forward(minutes=31)
    assert await bringing.bring(9) == 1


async def test_what_was_fetched_after_its_lease_is_left_to_whoever_has_it_by_now(desk: Desk) -> None:
    desk.web.there = {"https://tide.example.org/1": page("The boats", LATE)}
    await desk.seen(STORM)

    async def outlast(_: str) -> None:
        desk.clock.now += LEASE

    desk.web.before = outlast
    told = list[object]()
    assert await desk.bringing().bring(9, tell=told.append) == 0
    assert (await desk.articles(), told) == ([], [])


async def test_a_page_that_is_not_there_is_given_up_with_the_reason(desk: Desk) -> None:
    await desk.seen(STORM)
    assert await desk.bringing().bring(9) == 1
    assert await desk.states() == [(FAILED, "It is missing. Try.", None, 1)]


@pytest.mark.parametrize("address", ["https://tide.example.org/1", "https://tide.example.org/robots.txt"])
async def test_20_a_site_that_fails_is_left_alone_as_long_as_it_asks_for_and_then_read(desk: Desk, address: str) -> None:
    desk.web.there = {"https://tide.example.org/1": page("The boats", LATE)}
    well = dict(desk.web.there)
    desk.web.there[address] = refused(Trouble.FAILING, "1200")
    await desk.seen(STORM)
    bringing = desk.bringing()
    assert await bringing.bring(9) == 0
    assert await desk.states() == [(WAITING, "It is failing. Try.", None, 1)]
    desk.web.there = well
    desk.clock.forward(minutes=19)
    assert await bringing.bring(9) == 0
    desk.clock.forward(minutes=1)
    assert await bringing.bring(9) == 1
    assert await desk.states() == [(READ, None, 1, 2)]


@pytest.mark.parametrize(
    ("mishap", "reason"),
    [
        (TooMuch("Reading it took longer than 9 seconds.", "Look at it."), "Reading it took longer than 9 seconds. Look at it."),
        (Unstorable("It has odd characters."), "It has odd characters."),
    ],
)
async def test_21_a_page_that_cannot_be_read_keeps_its_reason_and_the_rest_goes_on(desk: Desk, mishap: Exception, reason: str) -> None:
    desk.mishaps[b"hostile"] = mishap
    desk.web.there = {"https://bad.example.org/1": "hostile", "https://tide.example.org/1": page("The boats", LATE)}
    await desk.seen(on("bad"), STORM)
    assert await desk.bringing().bring(9) == 2
    assert await desk.states() == [(FAILED, reason, None, 1), (READ, None, 1, 1)]


@pytest.mark.parametrize("mishap", [WorkerBug("trace"), MemoryError(), RuntimeError("a constraint")], ids=lambda one: type(one).__name__)
async def test_21_an_entry_that_no_try_brings_to_its_end_is_given_up_and_the_rest_goes_on(desk: Desk, mishap: Exception) -> None:
    desk.mishaps[b"hostile"] = mishap
    desk.web.there = {"https://bad.example.org/1": "hostile", "https://tide.example.org/1": page("The boats", LATE)}
    await desk.seen(on("bad"), STORM)
    assert await desk.bringing().bring(9) == 1
    assert await desk.states() == [(WAITING, BUG, None, 1), (READ, None, 1, 1)]
    for _ in range(MOST_TRIES):
        desk.clock.forward(hours=9)
        await desk.bringing().bring(9)
    assert (await desk.states())[0] == (FAILED, BUG, None, MOST_TRIES)


async def test_21_an_entry_that_ends_the_process_each_time_is_given_up_unread(desk: Desk) -> None:
    await desk.seen(STORM)
    for number in range(MOST_TRIES):
        async with desk.room.database.writing() as session:
            claimed = await feed_entries.claim_entries(
                session, f"process {number}", now=desk.clock(), lease_until=desk.clock() + LEASE, limit=9
            )
        assert len(claimed) == 1
        desk.clock.now += LEASE
    assert await desk.bringing().bring(9) == 1
    assert await desk.states() == [(FAILED, UNFINISHED, None, MOST_TRIES + 1)]
    assert desk.web.asked == []


async def test_21_what_was_begun_beside_an_entry_that_ended_the_process_is_read_one_at_a_time_and_none_is_lost(desk: Desk) -> None:
    hosts = ("tide", "mill", "bell")
    desk.web.there = {f"https://{host}.example.org/1": page("The boats", f"{LATE} So said the {host}.") for host in hosts}
    await desk.seen(*(on(host) for host in hosts))
    async with desk.room.database.writing() as session:
        assert len(await feed_entries.claim_entries(session, "dead", now=desk.clock(), lease_until=desk.clock() + LEASE, limit=9)) == 3
    desk.clock.now += LEASE
    await desk.seen(on("late"), feed=replace(FEED, address="https://late.example.org/feed"))
    desk.web.there["https://late.example.org/1"] = page("Late", f"{LATE} So said the late one.")
    assert [await desk.bringing().bring(9) for _ in range(4)] == [2, 1, 1, 0]
    assert [(state, tries) for state, *_, tries in await desk.states()] == [(READ, 2)] * 3 + [(READ, 1)]


async def test_whoever_is_stopped_gives_back_what_was_not_read(desk: Desk) -> None:
    async def dawdle(_: str) -> None:
        begun.set()
        await asyncio.sleep(99)

    begun = asyncio.Event()
    desk.web.before = dawdle
    await desk.seen(STORM)
    reading = asyncio.create_task(desk.bringing().bring(9))
    await begun.wait()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert await desk.states() == [(WAITING, None, None, 0)]


async def test_31_what_a_store_that_fails_left_unread_was_not_tried(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(*_: object, **__: object) -> None:
        raise DatabaseBusy("It is busy.")

    desk.web.there = {"https://tide.example.org/1": page("The boats", LATE)}
    await desk.seen(STORM)
    monkeypatch.setattr(Intake, "take", fails)
    for _ in range(MOST_TRIES + 2):
        with pytest.raises(DatabaseBusy):
            await desk.bringing().bring(9)
    monkeypatch.undo()
    assert await desk.bringing().bring(9) == 1
    assert await desk.states() == [(READ, None, 1, 1)]


ELSEWHERE = "https://mill.example.org/1"


async def test_20_where_a_page_redirects_to_the_rules_and_the_pauses_of_that_host_hold(desk: Desk) -> None:
    desk.web.there = {
        "https://tide.example.org/1": Redirected(ELSEWHERE),
        "https://mill.example.org/robots.txt": "User-agent: *\nDisallow: /2\nCrawl-delay: 30",
        ELSEWHERE: Redirected("https://mill.example.org/3"),
        "https://mill.example.org/3": page("The boats", LATE),
    }
    await desk.seen(STORM)
    began = desk.clock()
    assert await desk.bringing().bring(9) == 1
    assert [one.url for one in await desk.articles()] == ["https://mill.example.org/3"]
    assert desk.web.asked == [
        "https://tide.example.org/robots.txt", "https://tide.example.org/1",
        "https://mill.example.org/robots.txt", ELSEWHERE, "https://mill.example.org/3",
    ]  # fmt: skip
    assert desk.clock() - began >= timedelta(seconds=2 + 2 + 30)


async def test_a_page_that_redirects_to_one_that_robots_txt_forbids_is_passed_over_and_not_fetched(desk: Desk) -> None:
    desk.web.there = {
        "https://tide.example.org/1": Redirected(ELSEWHERE),
        "https://mill.example.org/robots.txt": Redirected("https://mill.example.org/rules"),
        "https://mill.example.org/rules": "User-agent: *\nDisallow: /1",
    }
    await desk.seen(STORM)
    assert await desk.bringing().bring(9) == 1
    assert [state for state, *_ in await desk.states()] == [PASSED_OVER]
    assert ELSEWHERE not in desk.web.asked


async def test_20_a_host_that_is_reached_by_a_redirect_is_left_alone_as_long_as_it_asks_for(desk: Desk) -> None:
    desk.web.there = {"https://tide.example.org/1": Redirected(ELSEWHERE), ELSEWHERE: refused(Trouble.FORBIDDEN, "1200")}
    await desk.seen(STORM, on("mill", 2))
    bringing = desk.bringing()
    assert await bringing.bring(1) == 0
    assert bringing.pacer.held() == {"mill.example.org"}
    asked = len(desk.web.asked)
    assert [await one.bring(9) for one in (bringing, desk.bringing("two"))] == [0, 0]
    assert len(desk.web.asked) == asked
    desk.web.there["https://bell.example.org/1"] = Redirected(ELSEWHERE)
    await desk.seen(on("bell"), feed=replace(FEED, address="https://bell.example.org/feed"))
    assert await desk.bringing("three").bring(9) == 0
    assert [desk.web.asked.count(url) for url in ("https://bell.example.org/1", ELSEWHERE)] == [1, 1]


async def test_20_a_host_that_a_page_redirects_to_is_not_asked_while_another_process_asks_it(desk: Desk) -> None:
    desk.web.there = {"https://tide.example.org/1": Redirected(ELSEWHERE), ELSEWHERE: page("The boats", LATE)}
    await desk.seen(STORM, on("mill", 2))
    async with desk.room.database.writing() as session:
        now = desk.clock()
        busy = ["tide.example.org"]
        others = await feed_entries.claim_entries(session, "two", now=now, lease_until=now + LEASE, limit=1, busy_hosts=busy)
    told: list[Ingested] = []
    for _ in range(MOST_TRIES + 1):
        assert await desk.bringing().bring(9, tell=told.append) == 0
        desk.clock.now += AGAIN
    assert {one.reason for one in told} == {"Another process is asking a site that it leads to. It is tried again later."}
    assert not any("mill" in url for url in desk.web.asked)
    assert (await desk.states())[0] == (WAITING, None, None, 0)
    async with desk.room.database.writing() as session:
        await feed_entries.entry_read(session, others[0], None)
    assert await desk.bringing().bring(9) == 1
    assert ELSEWHERE in desk.web.asked


async def test_21_a_page_that_takes_too_long_over_all_is_put_off_and_the_rest_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def dawdle(url: str) -> None:
        await asyncio.sleep(99 if "slow" in url else 0)

    monkeypatch.setattr(bringing, "_LONGEST", timedelta(seconds=1))
    desk.web.before = dawdle
    desk.web.there = {"https://tide.example.org/1": page("The boats", LATE)}
    await desk.seen(on("slow"), STORM)
    assert await desk.bringing().bring(9) == 1
    assert await desk.states() == [(WAITING, "Its sites took longer than 4 minutes to give it.", None, 1), (READ, None, 1, 1)]


async def test_21_pages_that_redirect_to_each_other_without_end_are_given_up(desk: Desk) -> None:
    desk.web.there = {"https://tide.example.org/1": Redirected(ELSEWHERE), ELSEWHERE: Redirected("https://tide.example.org/1")}
    await desk.seen(STORM)
    assert await desk.bringing().bring(9) == 1
    assert (await desk.states())[0][:2] == (
        FAILED,
        "The address redirects more than 5 times. Give the address at which it ends up in a browser.",
    )
    assert len(desk.web.asked) == 2 + 1 + MAX_REDIRECTS


async def test_18_a_claim_that_was_lost_stores_nothing_twice(desk: Desk) -> None:
    url = "https://tide.example.org/1"
    desk.web.there = {url: page("The boats", LATE)}
    brought: list[int] = []

    async def overtaken(asked: str) -> None:
        if asked == url and not brought:
            brought.append(0)
            desk.clock.now += LEASE
            brought[0] = await desk.bringing("another").bring(9)

    desk.web.before = overtaken
    await desk.seen(STORM)
    assert await desk.bringing().bring(9) == 0
    assert brought == [1]
    assert len(await desk.articles()) == 1
    assert await desk.states() == [(READ, None, 1, 2)]


async def test_22_an_entry_that_is_edited_while_its_page_is_read_is_read_again_and_stays_one_article(desk: Desk) -> None:
    url = "https://tide.example.org/1"
    desk.web.there = {url: page("The boats", LATE)}

    async def edited(asked: str) -> None:
        if asked == url:
            async with desk.room.database.writing() as session:
                await feed_entries.see(session, 1, changed={1: _new(replace(STORM, headline="No boats"), FEED)}, at=desk.clock())
            desk.web.before = None

    desk.web.before = edited
    await desk.seen(STORM)
    bringing = desk.bringing()
    assert [await bringing.bring(9), await bringing.bring(9), await bringing.bring(9)] == [0, 1, 0]
    assert len(await desk.articles()) == 1
    assert await desk.states() == [(READ, None, 1, 1)]


async def test_a_store_that_fails_is_told_as_such(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await desk.seen(STORM)

    async def fails(*_: object) -> None:
        raise DatabaseBusy("It is busy.")

    monkeypatch.setattr(feed_entries, "entry_failed", fails)
    with pytest.raises(DatabaseBusy):
        await desk.bringing().bring(9)


@pytest.mark.parametrize("trouble", Trouble)
def test_what_may_pass_is_tried_again_ever_later_and_all_else_is_given_up(trouble: Trouble) -> None:
    passing = {Trouble.LIMITED, Trouble.FAILING, Trouble.TIMEOUT, Trouble.UNREACHABLE, Trouble.NO_HOST, Trouble.UNTRUSTED, Trouble.BROKEN}
    found = [afterwards(refused(trouble), tries, NOW) for tries in range(1, MOST_TRIES + 1)]
    assert found[-1] == Aftermath(FAILED, f"It is {trouble}. Try.")
    waits = [None if one.again is None else (one.again - NOW) / FIRST_WAIT for one in found[:-1]]
    assert waits == ([1, 2, 4, 8, 16] if trouble in passing else [None] * 5)


@pytest.mark.parametrize(
    ("trouble", "header", "again"),
    [
        (Trouble.LIMITED, "60", NOW + MINUTE),
        (Trouble.LIMITED, "0", NOW + FIRST_WAIT),
        (Trouble.FAILING, "Fri, 06 Nov 2026 13:00:00 GMT", NOW + 60 * MINUTE),
        (Trouble.FORBIDDEN, "60", NOW + MINUTE),
        (Trouble.MISSING, "60", None),
    ],
)
def test_20_a_site_that_says_when_is_asked_again_then(trouble: Trouble, header: str, again: datetime | None) -> None:
    assert afterwards(refused(trouble, header), 1, NOW).again == again


def test_20_a_site_that_says_again_and_again_in_a_minute_loses_no_entry_in_an_outage_of_hours() -> None:
    now, moments = NOW, list[datetime]()
    for tries in range(1, MOST_TRIES):
        again = afterwards(refused(Trouble.FAILING, "60"), tries, now).again
        assert again is not None
        now = again
        moments.append(now)
    assert moments[0] == NOW + MINUTE
    assert moments[-1] > NOW + timedelta(hours=3)


def test_20_no_entry_waits_for_longer_than_its_host_is_left_alone() -> None:
    assert afterwards(refused(Trouble.FAILING, "31536000"), 1, NOW).again == NOW + LONGEST_RETRY_AFTER


TEXTS = st.none() | st.text(max_size=20)
MOMENTS = st.none() | st.datetimes(timezones=st.just(UTC))


@settings(max_examples=30)
@given(
    st.builds(
        Entry, TEXTS, TEXTS, TEXTS, TEXTS, MOMENTS, MOMENTS, st.lists(st.text(max_size=9), max_size=3).map(tuple), TEXTS, TEXTS, TEXTS
    )
)
def test_an_entry_is_kept_as_it_was_given(entry: Entry) -> None:
    assert entry_of_json(entry_to_json(entry)) == entry

"""A look at a feed stores what is new in it once, and says when and why it is looked at next; nothing else holds it up."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, TypeVar, cast

import pytest

from bot.bounded import WorkerBug, Workers
from bot.errors import CannotFetch, DiskFull
from bot.feeds.asking import AGAIN
from bot.feeds.given import entry_of_json
from bot.feeds.looking import MOST_BEGUN, Looking
from bot.feeds.mishaps import BUG
from bot.feeds.pacing import HELD, PAUSE, Pacer
from bot.feeds.rhythm import NextCheck, Seen, next_check
from bot.reading.pages import Answer, FeedFetcher, Freshness, Redirected, Refused, Trouble, Unchanged, Validators
from storage import feed_entries, feeds
from storage.database import Database
from storage.records import EntryState, NewFeed, StoredEntry, StoredFeed
from tests.fakes.clock import FakeClock

ADDRESS = "https://tides.example.org/feed"
MOVED = "https://new.example.org/feed"
HOUR = timedelta(hours=1)
_Result = TypeVar("_Result")


def rss(*numbers: int, ttl: int | None = None, base: str = "https", guid: str = "id-") -> bytes:
    """A feed with these entries, the first one first; each was published an hour before the next one."""
    hint = f"<ttl>{ttl}</ttl>" if ttl else ""
    items = "".join(
        f"<item><title>Boat {number} is late</title><link>{base}://tides.example.org/{number}</link>"
        f"<guid isPermaLink='false'>{guid}{number}</guid><pubDate>Thu, 05 Nov 2026 {number % 24:02}:00:00 GMT</pubDate></item>"
        for number in numbers
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Tides</title>{hint}{items}</channel></rss>".encode()


def answer(data: bytes, **more: Any) -> Answer:  # noqa: ANN401
    return Answer(ADDRESS, "application/rss+xml", data, **more)


def refused(trouble: Trouble, status: int | None, after: str | None = None) -> Refused:
    return Refused(trouble, CannotFetch("The site is out.", "Try again later."), status, after)


@dataclass
class Site:
    """Gives one answer after the other, and again the last one; keeps by which validators it was asked."""

    answers: list[Answer | Unchanged | Redirected | Refused]
    asked: list[Validators] = field(default_factory=list)

    async def fetch_feed(self, url: str, *, validators: Validators) -> Answer | Unchanged | Redirected | Refused:
        assert url in (ADDRESS, MOVED)
        self.asked.append(validators)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@dataclass
class Odd(Site):
    """Another site, at which all other addresses than its own go wrong."""

    def __init__(self, site: Site, mishap: Exception) -> None:
        super().__init__(site.answers, site.asked)
        self._mishap = mishap

    async def fetch_feed(self, url: str, *, validators: Validators) -> Answer | Unchanged | Redirected | Refused:
        if url != ADDRESS:
            raise self._mishap
        return await super().fetch_feed(url, validators=validators)


class Anywhere(Site):
    """A site that answers the same at all addresses."""

    async def fetch_feed(self, url: str, *, validators: Validators) -> Answer | Unchanged | Redirected | Refused:
        assert url.startswith(ADDRESS)
        return await super().fetch_feed(ADDRESS, validators=validators)


@dataclass
class Dawdling(Site):
    """A site that never answers."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)

    async def fetch_feed(self, url: str, *, validators: Validators) -> Answer | Unchanged | Redirected | Refused:
        await super().fetch_feed(url, validators=validators)
        self.begun.set()
        return await asyncio.Future()


@dataclass
class Between(Site):
    """A site at whose new address something else goes on before it answers."""

    meanwhile: Callable[[], Awaitable[object]] = asyncio.Event().wait

    async def fetch_feed(self, url: str, *, validators: Validators) -> Answer | Unchanged | Redirected | Refused:
        if url == MOVED:
            await self.meanwhile()
        return await super().fetch_feed(url, validators=validators)


class Here:
    """Runs the work of workers in this very process."""

    def __init__(self, mishap: Exception | None = None) -> None:
        self._mishap = mishap

    async def run(self, function: Callable[[], _Result]) -> _Result:
        if self._mishap is not None:
            raise self._mishap
        return function()


@dataclass
class Desk:
    """A store with one feed, and what looks at it."""

    database: Database
    clock: FakeClock
    site: Site
    pauses: list[float] = field(default_factory=list)

    def looking(self, *, mishap: Exception | None = None, process: str = "one") -> Looking:
        async def sleep(seconds: float) -> None:
            self.pauses.append(seconds)
            self.clock.forward(seconds=seconds)

        fetcher, workers = cast("FeedFetcher", self.site), cast("Workers", Here(mishap))
        return Looking(self.database, fetcher, workers, Pacer(self.clock, sleep), self.clock, lambda: 0.0, process)

    async def add(self, **given: Any) -> None:  # noqa: ANN401
        async with self.database.writing() as session:
            await feeds.add(session, NewFeed(ADDRESS, **given), self.clock())

    async def look(self, **given: Any) -> StoredFeed:  # noqa: ANN401
        """Look at the feed when it is due; returns it as it is then."""
        self.clock.now = max(self.clock.now, (await self.feed()).next_check)
        assert await self.looking(**given).look(10) == 1
        return await self.feed()

    async def feed(self) -> StoredFeed:
        (found,) = await self.all()
        return found

    async def all(self) -> list[StoredFeed]:
        async with self.database.reading() as session:
            return await feeds.every(session)

    async def waiting(self) -> list[StoredEntry]:
        async with self.database.reading() as session:
            return await feed_entries.waiting(session, self.clock() + 365 * 24 * HOUR, 100)


@pytest.fixture
def desk(database: Database) -> Callable[..., Desk]:
    return lambda *answers: Desk(database, FakeClock(), Site(list(answers)))


def pages(found: list[StoredEntry]) -> list[str | None]:
    return sorted((one.page for one in found), key=str)


def places(*numbers: int) -> list[str]:
    return sorted(f"https://tides.example.org/{number}" for number in numbers)


async def test_what_is_new_waits_to_be_read_and_what_is_known_does_not_come_again(desk: Callable[..., Desk]) -> None:
    one = desk(answer(rss(2, 1)), answer(rss(3, 2, 1)))
    await one.add()
    feed = await one.look()
    assert (feed.title, feed.failures, feed.reason, feed.last_new) == ("Tides", 0, None, one.clock.now)
    assert pages(await one.waiting()) == places(1, 2)
    assert (entry_of_json((await one.waiting())[0].given or "")).headline in ("Boat 1 is late", "Boat 2 is late")
    await one.look()
    assert pages(await one.waiting()) == places(1, 2, 3)


async def test_17_guids_that_all_change_and_a_site_that_goes_to_https_bring_nothing_twice(desk: Callable[..., Desk]) -> None:
    one = desk(answer(rss(1, 2, base="http")), answer(rss(1, 2)), answer(rss(1, 2, guid="new-")), answer(rss(1, 2, guid="new-")))
    await one.add()
    for _ in range(4):
        await one.look()
    assert len(await one.waiting()) == 2


async def test_18_a_feed_that_shrinks_and_grows_back_brings_nothing_twice(desk: Callable[..., Desk]) -> None:
    one = desk(answer(rss(1, 2, 3)), answer(rss(3)), answer(rss()), answer(rss(1, 2, 3)))
    await one.add()
    for _ in range(4):
        await one.look()
    assert pages(await one.waiting()) == places(1, 2, 3)


async def test_18_of_a_feed_that_is_new_the_last_twenty_are_taken(desk: Callable[..., Desk]) -> None:
    one = desk(answer(rss(*range(24))), answer(rss(*range(24))))
    await one.add()
    await one.look()
    await one.look()
    assert pages(await one.waiting()) == places(*range(4, 24))


@pytest.mark.parametrize(("comes", "taken"), [(30, 20), (3, 3)])
async def test_18_a_feed_that_was_empty_at_first_neither_floods_nor_loses_what_comes_then(
    desk: Callable[..., Desk], comes: int, taken: int
) -> None:
    one = desk(answer(rss()), answer(rss(*range(comes))), answer(rss(*range(comes + 30))))
    await one.add()
    await one.look()
    await one.look()
    assert len(await one.waiting()) == taken
    await one.look()
    assert len(await one.waiting()) == taken + 30


async def test_what_is_edited_is_read_again_and_a_filter_leaves_out_what_it_names(desk: Callable[..., Desk]) -> None:
    edited = rss(1, 2).replace(b"Boat 1 is late", b"Boat 1 is early")
    one = desk(answer(rss(1, 2)), answer(edited))
    await one.add(filters=("block headline: late",))
    await one.look()
    assert await one.waiting() == []
    other = desk(answer(rss(1, 2)), answer(edited))
    async with one.database.writing() as session:
        await feeds.delete(session, 1)
    await other.add(filters=("block url: /2",))
    await other.look()
    (first,) = await other.waiting()
    async with other.database.writing() as session:
        (claimed,) = await feed_entries.claim_entries(session, "one", now=other.clock(), lease_until=other.clock() + HOUR, limit=1)
        assert await feed_entries.entry_read(session, claimed, None)
    assert await other.waiting() == []
    await other.look()
    (again,) = await other.waiting()
    assert (again.id, again.page) == (first.id, places(1)[0])
    assert entry_of_json(again.given or "").headline == "Boat 1 is early"


async def test_it_is_asked_only_for_what_has_changed_and_keeps_to_what_the_feed_asks_for(desk: Callable[..., Desk]) -> None:
    validators = Validators('"a7"', "Fri, 06 Nov 2026 10:00:00 GMT")
    one = desk(answer(rss(1, ttl=90), validators=validators), Unchanged(ADDRESS, validators=validators))
    await one.add()
    before = one.clock.now
    feed = await one.look()
    assert feed.next_check >= before + timedelta(minutes=90)
    again = await one.look()
    assert one.site.asked == [Validators(), validators]
    assert again.next_check >= one.clock.now + timedelta(minutes=90), "what the feed asked for holds while it is unchanged"
    assert (again.etag, again.last_modified, again.failures) == (validators.etag, validators.last_modified, 0)


async def test_a_site_that_says_for_ever_that_nothing_has_changed_is_asked_for_all_of_it_once_a_week(desk: Callable[..., Desk]) -> None:
    validators = Validators('"a7"', None)
    one = desk(answer(rss(1), validators=validators), Unchanged(ADDRESS, validators=validators))
    await one.add()
    began = (await one.look()).last_checked
    assert began is not None
    while one.clock.now < began + timedelta(days=7):
        await one.look()
    assert set(one.site.asked[1:-1]) == {validators}
    assert one.site.asked[-1] == Validators()


@pytest.mark.parametrize("status", [202, 204, 304])
async def test_23_a_feed_that_is_refused_with_a_good_status_is_asked_less_often_as_any_that_fails(
    desk: Callable[..., Desk], status: int
) -> None:
    one = desk(refused(Trouble.STATUS, status))
    await one.add()
    waits = []
    for _ in range(4):
        feed = await one.look()
        waits.append(feed.next_check - one.clock.now)
    assert feed.failures == 4
    assert waits == sorted(set(waits))


async def test_how_much_a_feed_holds_is_known_also_while_it_is_unchanged(
    desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = list[Seen]()

    def noted(one: Seen, **given: Any) -> NextCheck:  # noqa: ANN401
        seen.append(one)
        return next_check(one, **given)

    monkeypatch.setattr("bot.feeds.looking.next_check", noted)
    one = desk(answer(rss(3, 2, 1)), answer(rss(5, 4)), Unchanged(ADDRESS))
    await one.add()
    for _ in range(3):
        await one.look()
    assert [(last.holds, len(last.entries_at)) for last in seen] == [(3, 3), (2, 5), (2, 5)]


async def test_20_a_site_that_asks_to_be_left_alone_is_and_so_are_its_other_feeds(desk: Callable[..., Desk]) -> None:
    one = desk(refused(Trouble.LIMITED, 429, "7200"))
    await one.add()
    feed = await one.look()
    assert feed.next_check >= one.clock.now + 2 * HOUR
    assert (feed.failures, feed.reason) == (1, "The site is out. Try again later.")


async def test_23_a_feed_that_fails_says_why_comes_less_often_and_is_paused_in_the_end(desk: Callable[..., Desk]) -> None:
    one = desk(refused(Trouble.FAILING, 503))
    await one.add()
    waits = []
    while (await one.feed()).paused_at is None:
        feed = await one.look()
        waits.append(feed.next_check - one.clock.now)
        assert len(waits) < 60
    assert waits[0] < waits[1] < waits[2] < waits[-1] <= timedelta(hours=24)
    assert (feed.paused_reason or "").startswith(f"The feed is paused: it failed {len(waits)} times in ")


async def test_23_after_an_outage_a_feed_is_as_if_it_had_never_failed(desk: Callable[..., Desk]) -> None:
    one = desk(answer(rss(1)), refused(Trouble.NO_HOST, None), refused(Trouble.TIMEOUT, None), answer(rss(2, 1)))
    await one.add()
    assert [(await one.look()).failures for _ in range(4)] == [0, 1, 2, 0]
    assert ((await one.feed()).reason, len(await one.waiting())) == (None, 2)


async def test_a_feed_that_is_gone_is_paused_at_once(desk: Callable[..., Desk]) -> None:
    one = desk(refused(Trouble.GONE, 410))
    await one.add()
    assert "gone for good" in ((await one.look()).paused_reason or "")


@pytest.mark.parametrize(
    ("data", "mishap", "said"),
    [(b"<html><body>A page.</body></html>", None, "web page"), (rss(1), WorkerBug("Traceback"), "Verbatim has a fault")],
    ids=["no feed", "bug"],
)
async def test_21_what_is_no_feed_or_cannot_be_read_is_a_failure_with_its_reason(
    desk: Callable[..., Desk], data: bytes, mishap: Exception | None, said: str
) -> None:
    one = desk(answer(data))
    await one.add()
    feed = await one.look(mishap=mishap)
    assert said in (feed.reason or "")
    assert (feed.failures, feed.paused_at) == (1, None)


async def test_a_feed_that_moved_for_good_says_where_to(desk: Callable[..., Desk]) -> None:
    one = desk(Redirected(MOVED, for_good=True), replace(answer(rss(1), freshness=Freshness(max_age=HOUR)), url=MOVED))
    await one.add()
    assert (await one.look()).moved_to == MOVED


async def test_20_a_host_that_a_feed_redirects_to_is_asked_in_its_turn_and_left_alone_if_it_says_so(desk: Callable[..., Desk]) -> None:
    one = desk(Redirected(MOVED), refused(Trouble.LIMITED, 429, "7200"))
    await one.add()
    looking = one.looking()
    assert await looking.look(9) == 1
    assert looking.pacer.held() == {"new.example.org"}
    assert ((await one.feed()).reason, (await one.feed()).moved_to) == ("The site is out. Try again later.", None)


async def test_20_while_a_host_wants_to_be_left_alone_its_other_feeds_are_not_looked_at_nor_blamed(desk: Callable[..., Desk]) -> None:
    one = desk(answer(rss(1)))
    await one.add()
    looking = one.looking()
    looking.pacer.hold("tides.example.org", one.clock.now + HOUR)
    assert await looking.look(9) == 0
    one.clock.forward(hours=1)
    assert await looking.look(9) == 1
    assert (await one.feed()).failures == 0


async def test_20_what_one_process_was_told_of_a_host_that_a_feed_redirects_to_another_keeps_to(desk: Callable[..., Desk]) -> None:
    one = desk(refused(Trouble.LIMITED, 429, "7200"), Redirected(MOVED))
    async with one.database.writing() as session:
        await feeds.add(session, NewFeed(MOVED), one.clock())
    assert await one.looking().look(9) == 1
    await one.add()
    assert await one.looking(process="two").look(9) == 1
    async with one.database.reading() as session:
        redirected = await feeds.get(session, 2)
    assert redirected is not None
    assert (redirected.reason, len(one.site.asked)) == (HELD, 2)


async def test_20_a_host_that_a_feed_redirects_to_is_not_asked_while_another_process_asks_it(desk: Callable[..., Desk]) -> None:
    one = desk(Redirected(MOVED), Redirected(MOVED), answer(rss(1)))
    await one.add()
    async with one.database.writing() as session:
        await feeds.add(session, NewFeed(MOVED), one.clock())
        now = one.clock()
        (other,) = await feeds.claim(session, "two", now=now, lease_until=now + HOUR, limit=1, only={2})
    assert await one.looking().look(9) == 1
    assert len(one.site.asked) == 1
    (before, _), one.clock.now = await one.all(), one.clock.now + AGAIN
    assert (before.failures, before.reason, before.begun, before.next_check) == (0, None, 0, one.clock.now)
    async with one.database.writing() as session:
        await feeds.give_back(session, [other])
        await feeds.pause(session, 2, one.clock(), "It is enough.")
    assert await one.looking().look(9) == 1
    assert len(one.site.asked) == 3


async def test_20_while_a_host_that_a_feed_redirects_to_is_asked_no_other_process_does(desk: Callable[..., Desk]) -> None:
    one = desk(Redirected(MOVED), answer(rss(1)))
    await one.add()
    async with one.database.writing() as session:
        await feeds.add(session, NewFeed(MOVED), one.clock())
        await feeds.check_at(session, 2, one.clock() + timedelta(seconds=1))
    others: list[int] = []

    async def meanwhile() -> None:
        one.clock.forward(seconds=1)
        others.append(await one.looking(process="two").look(9))

    one.site = Between(one.site.answers, one.site.asked, meanwhile)
    assert await one.looking().look(9) == 1
    assert (others, len(one.site.asked)) == ([0], 2)
    assert await one.looking(process="two").look(9) == 0, "in the pause after that"
    one.clock.now += PAUSE
    assert await one.looking(process="two").look(9) == 1


async def test_20_two_processes_do_not_ask_one_host_within_its_pause(desk: Callable[..., Desk]) -> None:
    one = desk(answer(rss(1)))
    await one.add()
    async with one.database.writing() as session:
        await feeds.add(session, NewFeed(f"{ADDRESS}?2"), one.clock())
    one.site = Anywhere(one.site.answers)
    assert await one.looking().look(9) == 1
    assert await one.looking(process="two").look(9) == 0
    one.clock.now += PAUSE
    assert await one.looking(process="two").look(9) == 1


async def test_whoever_is_stopped_gives_back_what_was_not_looked_at(desk: Callable[..., Desk]) -> None:
    one = desk(answer(rss(1)))
    await one.add()
    before, one.site = await one.feed(), Dawdling(one.site.answers)
    looking = asyncio.create_task(one.looking().look(9))
    await one.site.begun.wait()
    looking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await looking
    assert await one.feed() == before
    assert await one.looking(process="two").look(9) == 0, "its host was asked this very moment"


async def test_21_23_a_feed_that_ends_the_process_each_time_is_paused_with_its_reason(
    desk: Callable[..., Desk],
) -> None:
    one = desk(answer(rss(1)))
    await one.add()
    for number in range(MOST_BEGUN):
        async with one.database.writing() as session:
            now = one.clock()
            assert len(await feeds.claim(session, f"process {number}", now=now, lease_until=now + HOUR, limit=9)) == 1
        one.clock.forward(hours=1)
    feed = await one.look()
    assert (feed.paused_reason or "").startswith("It was begun 6 times, and each time Verbatim was ended before it had been read.")
    assert (feed.begun, feed.failures, one.site.asked) == (0, 1, [])


@pytest.mark.parametrize("mishap", [MemoryError(), RuntimeError("a bug"), RecursionError()], ids=lambda one: type(one).__name__)
async def test_21_a_feed_whose_look_goes_wrong_fails_alone_with_its_reason(desk: Callable[..., Desk], mishap: Exception) -> None:
    one = desk(answer(rss(1)))
    await one.add()
    async with one.database.writing() as session:
        await feeds.add(session, NewFeed("https://bad.example.org/feed", time_zone="No/Where"), one.clock())
    sane, one.site = one.site, Odd(one.site, mishap)
    assert await one.looking().look(9) == 2
    async with one.database.reading() as session:
        good, bad = await feeds.every(session)
    assert (good.failures, bad.failures, bad.reason) == (0, 1, BUG)
    assert bad.next_check > one.clock.now
    assert pages(await one.waiting()) == places(1)
    assert len(sane.asked) == 1


async def test_what_is_claimed_by_another_process_is_left_to_it(desk: Callable[..., Desk]) -> None:
    one = desk(answer(rss(1)))
    await one.add()
    async with one.database.writing() as session:
        assert await feeds.claim(session, "other", now=one.clock(), lease_until=one.clock() + HOUR, limit=1)
    assert await one.looking().look(10) == 0
    assert one.site.asked == []


async def test_the_text_of_a_feed_is_read_where_its_pages_are_not(desk: Callable[..., Desk]) -> None:
    one = desk(answer(rss(1)))
    await one.add(full_text=False)
    await one.look()
    assert [(one.page, one.state) for one in await one.waiting()] == [(None, EntryState.WAITING)]


async def test_what_the_store_cannot_do_is_raised_as_it_is(desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(*_: object, **__: object) -> None:
        raise DiskFull("The disk is full.", "Make room.")

    one = desk(answer(rss(1)))
    await one.add()
    monkeypatch.setattr(feed_entries, "see", full)
    with pytest.raises(DiskFull):
        await one.look()
    monkeypatch.undo()
    one.clock.forward(hours=1)  # when the claim has run out
    await one.looking(process="two").look(10)
    assert pages(await one.waiting()) == places(1)


@pytest.mark.parametrize("date", ["", "<pubDate>Thu, 05 Nov 2099 12:00:00 GMT</pubDate>"], ids=["none", "in the future"])
async def test_19_an_entry_without_a_date_keeps_that_of_when_it_was_first_seen_however_often_it_is_edited(
    desk: Callable[..., Desk], date: str
) -> None:
    def says(headline: str) -> Answer:
        item = f"<item><title>{headline}</title><link>https://tides.example.org/1</link>{date}</item>"
        return answer(f"<rss version='2.0'><channel><title>Tides</title>{item}</channel></rss>".encode())

    one = desk(says("Boat is late"), says("Boat is very late"))
    await one.add()
    seen = (await one.look()).last_checked
    assert [entry.published for entry in await one.waiting()] == [seen]
    assert (await one.look()).last_checked != seen
    (edited,) = await one.waiting()
    assert entry_of_json(edited.given or "").headline == "Boat is very late"
    assert edited.published == seen

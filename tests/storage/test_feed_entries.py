"""What a feed gives is known when it comes again, read once by one process, and forgotten long after it is gone."""

import asyncio
from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import datetime

from storage import articles, feed_entries, feeds
from storage.database import Database
from storage.records import EntryKeys, EntryState, KnownEntry, NewEntry, StoredEntry
from tests.storage.sample import DAY, HOUR, NOON, store
from tests.storage.test_feeds import TIDES

WAITING, READ, PASSED_OVER, FAILED = EntryState
STORM = NewEntry("a" * 64, "b" * 64, "c" * 64, "d" * 64, NOON - HOUR, "https://storms.example.org/1", '{"headline": "Storm"}')
KEPT_STORM = StoredEntry(
    **asdict(STORM),
    id=1,
    feed_id=1,
    host="storms.example.org",
    article_id=None,
    first_seen=NOON,
    last_seen=NOON,
    tries=0,
    next_try=NOON,
    claimed_by=None,
    lease_until=None,
)


def key(number: int) -> str:
    return f"{number:064x}"


def page(number: int, host: str = "storms") -> NewEntry:
    return NewEntry(key(number), key(number), None, page=f"https://{host}.example.org/{number}", given=f"entry {number}")


def text(number: int) -> NewEntry:
    """An entry of which the feed itself gives the text."""
    return replace(page(number), page=None)


async def seen(database: Database, *new: NewEntry, known: Collection[int] = (), at: datetime = NOON, feed: int = 1) -> None:
    async with database.writing() as session:
        while len(await feeds.every(session)) < feed:
            await feeds.add(session, replace(TIDES, address=f"https://feed.example.org/{len(await feeds.every(session))}"), NOON)
        await feed_entries.see(session, feed, new=new, known=known, at=at)


async def known(database: Database, *numbers: int, feed: int = 1) -> list[KnownEntry]:
    async with database.reading() as session:
        return await feed_entries.known_entries(session, feed, EntryKeys(urls=frozenset(key(number) for number in numbers)))


async def claimed(
    database: Database, process: str = "one", limit: int = 9, busy: Collection[str] = (), later: int = 0
) -> list[StoredEntry]:
    """What a process claims so many hours after noon, for half an hour."""
    now = NOON + later * HOUR
    async with database.writing() as session:
        return await feed_entries.claim_entries(session, process, now=now, lease_until=now + HOUR / 2, limit=limit, busy_hosts=busy)


async def waiting(database: Database, now: datetime = NOON) -> list[StoredEntry]:
    async with database.reading() as session:
        return await feed_entries.waiting(session, now, 9)


async def failed(database: Database, one: StoredEntry, next_try: datetime | None) -> bool:
    async with database.writing() as session:
        return await feed_entries.entry_failed(session, one, "HTTP 500\x00", next_try)


async def test_a_new_entry_waits_with_all_that_reading_it_takes(database: Database) -> None:
    await seen(database, STORM)
    assert await waiting(database) == [KEPT_STORM]
    (one,) = await claimed(database)
    assert one == replace(KEPT_STORM, tries=1, claimed_by="one", lease_until=NOON + HOUR / 2)
    assert await waiting(database) == []


async def test_an_entry_is_known_by_its_url_or_by_what_its_feed_calls_it_or_by_what_it_says(database: Database) -> None:
    """FAILURES 17."""
    await seen(database, STORM, page(1), replace(text(2), url_key=None, guid_key=None, content_key=key(9)))
    await seen(database, replace(STORM, page=None), feed=2)
    ways = [
        EntryKeys(urls=frozenset({STORM.url_key or "", key(7)})),
        EntryKeys(guids=frozenset({STORM.guid_key or ""})),
        EntryKeys(contents=frozenset({STORM.content_key or "", key(9)})),
        EntryKeys(frozenset({"a" * 64}), frozenset({key(1)}), frozenset({"c" * 64})),
        EntryKeys(),
    ]
    async with database.reading() as session:
        found = [[one.id for one in await feed_entries.known_entries(session, 1, keys)] for keys in ways]
        (elsewhere,) = await feed_entries.known_entries(session, 2, ways[0])
    assert found == [[1], [1], [1, 3], [1, 2], []]
    assert elsewhere == KnownEntry(4, "a" * 64, "b" * 64, "c" * 64, "d" * 64, WAITING, None, NOON, NOON)


async def test_two_entries_that_share_what_their_feed_calls_them_are_both_kept_and_known(database: Database) -> None:
    """FAILURES 17."""
    await seen(database, page(1), replace(page(2), guid_key=key(1)))
    async with database.reading() as session:
        found = await feed_entries.known_entries(session, 1, EntryKeys(guids=frozenset({key(1)})))
    assert [one.url_key for one in found] == [key(1), key(2)]


async def test_entries_as_many_as_a_sitemap_has_are_known_at_once(database: Database) -> None:
    await seen(database, *(text(number) for number in range(12_000)))
    assert len(await known(database, *range(12_000))) == 12_000


async def test_when_an_entry_was_seen_last_is_written_once_a_day(database: Database) -> None:
    await seen(database, page(1), page(2))
    await seen(database, known=[1, 2], at=NOON + DAY - HOUR)
    assert [one.last_seen for one in await known(database, 1, 2)] == [NOON, NOON]
    await seen(database, known=[1], at=NOON + DAY)
    await seen(database, known=[2], at=NOON + 9 * DAY, feed=2)
    assert [one.last_seen for one in await known(database, 1, 2)] == [NOON + DAY, NOON]


async def test_an_edited_entry_is_read_again_and_one_whose_keys_alone_changed_is_not(database: Database) -> None:
    """FAILURES 17 and 22."""
    await seen(database, page(1, "a"), page(2, "b"))
    for one in await claimed(database):
        await failed(database, one, None)
    edited = replace(page(1, "c"), headline_key=key(8))
    renamed = replace(page(2), guid_key=key(9), state=READ)
    async with database.writing() as session:
        await feed_entries.see(session, 1, known=[1, 2], changed={1: edited, 2: renamed}, at=NOON + HOUR)
    (again,) = await waiting(database, NOON + HOUR)
    assert (again.id, again.host, again.given, again.tries, again.next_try) == (1, "c.example.org", "entry 1", 0, NOON + HOUR)
    assert [(one.state, one.guid_key, one.headline_key) for one in await known(database, 1, 2)] == [
        (WAITING, key(1), key(8)),
        (FAILED, key(9), None),
    ]


async def test_an_entry_that_is_edited_while_it_is_read_is_read_again(database: Database) -> None:
    """FAILURES 22."""
    await seen(database, page(1))
    (one,) = await claimed(database)
    async with database.writing() as session:
        await feed_entries.see(session, 1, changed={1: replace(page(1), headline_key=key(8))}, at=NOON + HOUR)
        assert not await feed_entries.entry_read(session, one, None)
    assert [one.id for one in await waiting(database, NOON + HOUR)] == [1]


async def test_an_entry_that_is_read_is_its_article_and_stays_read_when_that_is_taken_down(database: Database) -> None:
    await seen(database, page(1))
    (one,) = await claimed(database)
    async with database.writing() as session:
        article = await store(session, "We row on.")
        assert await feed_entries.entry_read(session, one, article.article_id)
        assert not await feed_entries.entry_read(session, one, article.article_id)
    (read,) = await known(database, 1)
    assert (read.state, read.article_id) == (READ, article.article_id)
    async with database.writing() as session:
        await articles.remove(session, article.article_id, author="ed", at=NOON)
    (read,) = await known(database, 1)
    assert (read.state, read.article_id) == (READ, None)
    assert await claimed(database, later=9) == []


async def test_an_article_that_is_taken_down_before_its_entry_is_read_makes_no_trouble(database: Database) -> None:
    await seen(database, page(1))
    (one,) = await claimed(database)
    async with database.writing() as session:
        assert await feed_entries.entry_read(session, one, 99)
    assert [(one.state, one.article_id) for one in await known(database, 1)] == [(READ, None)]


async def test_what_cannot_be_read_is_tried_again_at_its_time_with_its_reason_until_it_is_given_up(database: Database) -> None:
    await seen(database, page(1))
    (one,) = await claimed(database)
    assert await failed(database, one, NOON + 2 * HOUR)
    assert await claimed(database, later=1) == []
    (one,) = await claimed(database, later=2)
    assert (one.tries, one.reason, one.given) == (2, "HTTP 500", "entry 1")
    assert await failed(database, one, None)
    assert [one.state for one in await known(database, 1)] == [FAILED]
    assert await claimed(database, later=9) == []


async def test_what_is_not_wanted_is_kept_to_be_known_and_never_read(database: Database) -> None:
    """FAILURES 18: a first subscribe does not flood."""
    await seen(database, replace(page(1), state=PASSED_OVER, reason="older than the first 20"), page(2))
    (one,) = await claimed(database)
    async with database.writing() as session:
        assert await feed_entries.entry_passed_over(session, one, "no article")
        assert not await feed_entries.entry_passed_over(session, one, "no article")
    assert [one.state for one in await known(database, 1, 2)] == [PASSED_OVER, PASSED_OVER]
    assert await claimed(database, later=9) == []


async def test_processes_that_claim_at_once_never_claim_the_same_entry(database: Database) -> None:
    await seen(database, *(page(number, f"host{number}") for number in range(10)), *(text(number) for number in range(10)))
    found = await asyncio.gather(*(claimed(database, f"process {number}", limit=4) for number in range(6)))
    assert sorted(one.id for claims in found for one in claims) == list(range(1, 21))


async def test_one_host_is_asked_for_one_page_at_a_time_and_what_the_feed_gives_asks_none(database: Database) -> None:
    """FAILURES 20: one host has many, and does not hold up the others."""
    await seen(database, *(page(number, "many") for number in range(1, 20)), page(20, "few"), page(21, "busy"), text(22), text(23))
    assert [one.id for one in await claimed(database, busy=["busy.example.org"])] == [1, 20, 22, 23]
    assert [one.id for one in await claimed(database, "two")] == [21]
    assert [one.id for one in await claimed(database, "two", later=1, limit=2)] == [1, 20]


async def test_a_host_that_is_asked_for_a_feed_is_not_asked_for_a_page(database: Database) -> None:
    await seen(database, page(1, "feed"), page(2))
    async with database.writing() as session:
        await feeds.claim(session, "one", now=NOON, lease_until=NOON + HOUR / 2, limit=9)
    assert [one.id for one in await claimed(database)] == [2]


async def test_whoever_lost_a_claim_says_nothing_of_the_entry_any_more(database: Database) -> None:
    await seen(database, page(1))
    (lost,) = await claimed(database)
    (kept,) = await claimed(database, later=1)
    assert not await failed(database, lost, None)
    assert await failed(database, kept, None)


async def test_nothing_is_read_of_a_paused_feed_until_it_is_resumed(database: Database) -> None:
    await seen(database, page(1), text(2))
    async with database.writing() as session:
        await feeds.pause(session, 1, NOON, "too much")
    assert await claimed(database) == await waiting(database) == []
    async with database.writing() as session:
        await feeds.resume(session, 1, next_check=NOON + DAY)
    assert [one.id for one in await claimed(database)] == [1, 2]


async def test_the_moments_of_a_feed_are_when_its_newest_entries_were_published_or_else_first_seen(database: Database) -> None:
    await seen(database, replace(page(1), published=NOON - 9 * DAY), page(2))
    await seen(database, replace(page(3), published=NOON + HOUR), at=NOON + DAY)
    async with database.reading() as session:
        assert await feed_entries.moments(session, 1, 9) == [NOON + HOUR, NOON - 9 * DAY, NOON]
        assert await feed_entries.moments(session, 1, 1) == [NOON + HOUR]
        assert await feed_entries.moments(session, 2, 9) == []


async def test_what_comes_back_within_half_a_year_is_known_and_what_stayed_away_longer_is_forgotten(database: Database) -> None:
    """FAILURES 18: a feed shrinks and grows back, or old items come again."""
    given = [replace(page(number), state=PASSED_OVER) for number in (1, 2, 3)]
    await seen(database, *given, page(4))
    await seen(database, replace(page(5), state=PASSED_OVER), feed=2)
    half_a_year = 182 * DAY
    await seen(database, known=[2], at=NOON + 10 * DAY)
    await seen(database, known=[3], at=NOON + half_a_year + 2 * DAY)

    async def forgotten(now: datetime, limit: int = 9) -> list[int]:
        async with database.writing() as session:
            await feed_entries.forget(session, now - half_a_year, limit)
        return [one.id for one in [*await known(database, 1, 2, 3, 4), *await known(database, 5, feed=2)]]

    assert await forgotten(NOON + half_a_year + DAY - HOUR) == [1, 2, 3, 4, 5]
    assert await forgotten(NOON + half_a_year + DAY, limit=0) == [1, 2, 3, 4, 5]
    assert await forgotten(NOON + half_a_year + DAY) == [2, 3, 4, 5], (
        "its feed has the third, the fourth waits, the other feed was not read"
    )
    assert await forgotten(NOON + half_a_year + 11 * DAY) == [3, 4, 5]


async def test_a_feed_that_was_not_read_for_years_forgets_nothing_that_it_may_still_have(database: Database) -> None:
    """FAILURES 18: it was unchanged (304) all the time, or down."""
    await seen(database, replace(page(1), state=PASSED_OVER))
    async with database.writing() as session:
        assert await feed_entries.forget(session, NOON + 999 * DAY, 9) == 0
    assert len(await known(database, 1)) == 1


async def test_what_could_not_be_read_of_a_feed_is_listed_with_its_reasons_the_newest_first(database: Database) -> None:
    for number in range(4):
        await seen(database, page(number, f"host{number}"), at=NOON + number * HOUR)
    await seen(database, page(9, "other"), at=NOON + HOUR, feed=2)
    for one in await claimed(database, later=9):
        assert await failed(database, one, None if one.id != 2 else NOON + DAY)
    async with database.reading() as session:
        found = await feed_entries.failed(session, 1, 2)
        assert [(one.id, one.reason, one.page) for one in found] == [
            (4, "HTTP 500", "https://host3.example.org/3"),
            (3, "HTTP 500", "https://host2.example.org/2"),
        ]
        assert [one.id for one in await feed_entries.failed(session, 1, 9)] == [4, 3, 1]
        assert await feed_entries.tally(session, 1) == {WAITING: 1, READ: 0, PASSED_OVER: 0, FAILED: 3}
        assert await feed_entries.tally(session, 2) == {WAITING: 0, READ: 0, PASSED_OVER: 0, FAILED: 1}
        assert await feed_entries.tally(session, 3) == dict.fromkeys(EntryState, 0)


async def test_a_claim_that_is_given_back_was_no_try_and_one_that_is_anothers_by_now_stays(database: Database) -> None:
    await seen(database, page(1))
    (first,) = await claimed(database)
    async with database.writing() as session:
        await feed_entries.give_back(session, [first])
    (again,) = await claimed(database, "two")
    assert (first.tries, again.tries) == (1, 1)
    async with database.writing() as session:
        await feed_entries.give_back(session, [first])
        await feed_entries.give_back(session, [again], until=NOON + HOUR)
    async with database.reading() as session:
        assert [one.tries for one in await feed_entries.waiting(session, NOON + HOUR, 9)] == [0]
        assert not await feed_entries.waiting(session, NOON + HOUR / 2, 9)


async def test_it_is_kept_when_a_feed_was_first_seen_also_where_it_had_nothing(database: Database) -> None:
    await seen(database, at=NOON)
    await seen(database, page(1), at=NOON + DAY)
    async with database.reading() as session:
        feed = await feeds.get(session, 1)
    assert feed is not None
    assert (feed.first_seen_at, feed.seen_at) == (NOON, NOON + DAY)

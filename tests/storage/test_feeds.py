"""A feed is stored once, claimed by one process at a time, and keeps how the looks at it went."""

import asyncio
from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from storage import feed_entries, feeds, hosts
from storage.database import Database, Session
from storage.errors import StorageError
from storage.hosts import Quiet, host_of
from storage.records import EntryState, FeedFigures, Look, NewEntry, NewFeed, StoredFeed
from storage.schema import Host
from tests.storage.sample import DAY, HOUR, NOON
from tests.storage.test_subscriptions import STRANGE_NUMBERS

TIDES = NewFeed(
    address="https://tides.example.org/feed",
    title="Tides",
    home="https://tides.example.org/",
    outlet="The Tide",
    language="en",
    time_zone="Europe/London",
    filters=("keep ferry", "block “sport”"),
    platform="slack",
    workspace="T1",
    owner="U1",
)
KEPT_TIDES = StoredFeed(
    **asdict(TIDES),
    id=1,
    host="tides.example.org",
    added_at=NOON,
    paused_at=None,
    paused_reason=None,
    etag=None,
    last_modified=None,
    hints=None,
    next_check=NOON,
    last_checked=None,
    last_new=None,
    seen_at=None,
    first_seen_at=None,
    failures=0,
    first_failed_at=None,
    reason=None,
    moved_to=None,
    claimed_by=None,
    lease_until=None,
    begun=0,
)
ANSWERED = Look(NOON, NOON + HOUR, new=2, etag='"a"', last_modified="Sun, 01 Mar 2026 11:00:00 GMT", title="Tides!", hints="ttl 60")


async def added(database: Database, *addresses: str) -> list[int]:
    async with database.writing() as session:
        return [await feeds.add(session, replace(TIDES, address=f"https://{address}"), NOON) for address in addresses]


async def stored(database: Database, number: int = 1) -> StoredFeed:
    async with database.reading() as session:
        found = await feeds.get(session, number)
    assert found is not None
    return found


async def claimed(database: Database, process: str = "one", limit: int = 9, busy: Collection[str] = (), later: int = 0) -> list[StoredFeed]:
    """What a process claims so many hours after noon, for half an hour."""
    now = NOON + later * HOUR
    async with database.writing() as session:
        return await feeds.claim(session, process, now=now, lease_until=now + HOUR / 2, limit=limit, busy_hosts=busy)


async def claimed_in(session: Session, now: datetime = NOON) -> list[StoredFeed]:
    return await feeds.claim(session, "one", now=now, lease_until=now + HOUR, limit=9)


async def checked(database: Database, one: StoredFeed, look: Look) -> bool:
    async with database.writing() as session:
        return await feeds.checked(session, one, look)


async def test_a_feed_is_stored_as_it_was_wished_for_and_is_due_at_once(database: Database) -> None:
    async with database.writing() as session:
        assert await feeds.add(session, TIDES, NOON) == 1
        assert await feeds.get(session, 1) == KEPT_TIDES
        assert await feeds.due(session, NOON, 9) == [KEPT_TIDES]
        bare = await feeds.add(session, NewFeed("https://mill.example.org/feed", full_text=False), NOON)
        found = await feeds.get(session, bare)
    assert found is not None
    assert (found.full_text, found.filters, found.outlet, found.platform) == (False, (), None, None)


async def test_a_feed_is_found_by_its_address_however_long_and_stored_once(database: Database) -> None:
    address = f"mill.example.org/{'a' * 9_000}"
    (number,) = await added(database, address)
    async with database.reading() as session:
        found = await feeds.find(session, f"https://{address}")
        assert await feeds.find(session, f"https://{address}a") is None
    assert found is not None
    assert found.id == number
    with pytest.raises(IntegrityError):
        await added(database, address)


async def test_all_feeds_are_listed_a_page_at_a_time_oldest_first(database: Database) -> None:
    numbers = await added(database, *(f"{one}.example.org" for one in "abcde"))
    async with database.reading() as session:
        first = await feeds.every(session, limit=3)
        second = await feeds.every(session, after=first[-1].id, limit=3)
        assert await feeds.every(session, after=second[-1].id) == []
    assert [one.id for one in [*first, *second]] == numbers


async def test_a_change_leaves_the_address_the_owner_and_the_looks_as_they_are(database: Database) -> None:
    await added(database, "tides.example.org/feed", "mill.example.org")
    wished = NewFeed("https://else.example.org", "No", "No", "The Mill", None, "UTC", full_text=False, filters=(), owner="U9")
    async with database.writing() as session:
        assert await feeds.change(session, 1, wished)
    changed = replace(KEPT_TIDES, outlet="The Mill", language=None, time_zone="UTC", full_text=False, filters=())
    assert await stored(database) == changed
    assert (await stored(database, 2)).outlet == TIDES.outlet


async def test_a_feed_that_moved_is_looked_at_where_it_is_now_unless_another_is_there(database: Database) -> None:
    await added(database, "tides.example.org/feed", "mill.example.org")
    (one, _) = await claimed(database)
    await checked(database, one, replace(ANSWERED, moved_to="https://new.example.org/feed"))
    assert (await stored(database)).moved_to == "https://new.example.org/feed"
    async with database.writing() as session:
        assert not await feeds.move(session, 1, "https://mill.example.org")
        assert await feeds.move(session, 1, "https://new.example.org/feed")
        assert await feeds.find(session, TIDES.address) is None
    moved = await stored(database)
    assert (moved.address, moved.host, moved.moved_to, moved.etag) == ("https://new.example.org/feed", "new.example.org", None, None)


async def test_a_feed_is_paused_once_with_its_reason_and_resumed_as_one_that_never_failed(database: Database) -> None:
    await added(database, "tides.example.org/feed")
    (one,) = await claimed(database)
    await checked(database, one, Look(NOON, NOON + HOUR, failed="HTTP 410"))
    async with database.writing() as session:
        assert not await feeds.resume(session, 1, next_check=NOON)
        assert await feeds.pause(session, 1, NOON, "gone\x00 for good")
        assert not await feeds.pause(session, 1, NOON + HOUR, "another reason")
        assert await feeds.due(session, NOON + DAY, 9) == []
    paused = await stored(database)
    assert (paused.paused_at, paused.paused_reason, paused.failures) == (NOON, "gone for good", 1)
    assert await claimed(database, later=9) == []
    async with database.writing() as session:
        assert await feeds.resume(session, 1, next_check=NOON + DAY)
    assert await stored(database) == replace(KEPT_TIDES, next_check=NOON + DAY, last_checked=NOON)


async def test_a_deleted_feed_is_gone_with_its_entries_and_its_number_is_not_used_again(database: Database) -> None:
    first, second = await added(database, "a.example.org", "b.example.org")
    async with database.writing() as session:
        await feed_entries.see(session, second, new=[NewEntry("a" * 64, None, None)], at=NOON)
        assert await feeds.delete(session, second)
        assert not await feeds.delete(session, second)
        assert await feed_entries.waiting(session, NOON, 9) == []
    assert (await added(database, "b.example.org"))[0] > second > first


@pytest.mark.parametrize("number", STRANGE_NUMBERS)
async def test_a_number_that_no_feed_has_is_none_and_changes_nothing(database: Database, number: int) -> None:
    await added(database, "tides.example.org/feed")
    async with database.writing() as session:
        assert await feeds.get(session, number) is None
        assert not await feeds.change(session, number, TIDES)
        assert not await feeds.move(session, number, "https://new.example.org")
        assert not await feeds.pause(session, number, NOON, "on leave")
        assert not await feeds.resume(session, number, next_check=NOON)
        assert not await feeds.delete(session, number)
    assert await stored(database) == KEPT_TIDES


async def test_a_feed_that_no_database_can_hold_is_refused_in_a_sentence(database: Database) -> None:
    await added(database, "tides.example.org/feed")
    with pytest.raises(StorageError, match="The feed has characters that no database can store"):
        await added(database, "a.example.org/\x00")
    with pytest.raises(StorageError, match="The feed has"):
        async with database.writing() as session:
            await feeds.change(session, 1, replace(TIDES, filters=("keep \ud83d",)))


async def test_processes_that_claim_at_once_never_claim_the_same_feed(database: Database) -> None:
    numbers = await added(database, *(f"{one}.example.org" for one in range(20)))
    found = await asyncio.gather(*(claimed(database, f"process {number}", limit=4) for number in range(6)))
    assert sorted(one.id for claims in found for one in claims) == numbers


async def test_the_feed_that_is_due_longest_is_claimed_first_and_last_the_one_that_was_begun_before(database: Database) -> None:
    await added(database, "a.example.org", "b.example.org", "c.example.org")
    for one in await claimed(database):
        await checked(database, one, Look(NOON, NOON + (4 - one.id) * HOUR))
    assert [one.id for one in await claimed(database, later=1, limit=1)] == [3]
    await added(database, "d.example.org")
    assert [one.id for one in await claimed(database, later=2)] == [4, 2, 3]


async def test_one_host_is_asked_for_one_feed_at_a_time_over_all_processes(database: Database) -> None:
    """FAILURES 20: many feeds on one host."""
    await added(database, "a.example.org/1", "a.example.org/2", "A.example.org:8080/3", "b.example.org/1", "c.example.org/1")
    assert [one.id for one in await claimed(database, busy=["c.example.org"])] == [1, 4]
    assert [one.id for one in await claimed(database, "two")] == [5]
    assert await claimed(database, "three") == []
    await checked(database, replace(KEPT_TIDES, claimed_by="one", lease_until=NOON + HOUR / 2), Look(NOON, NOON + DAY))
    assert [one.id for one in await claimed(database, "three")] == [2]


async def test_a_host_of_which_a_page_is_being_read_is_not_asked_for_a_feed(database: Database) -> None:
    await added(database, "a.example.org/feed", "b.example.org/feed")
    async with database.writing() as session:
        await feed_entries.see(session, 1, new=[NewEntry("a" * 64, None, None, page="https://b.example.org/1")], at=NOON)
        await feed_entries.claim_entries(session, "one", now=NOON, lease_until=NOON + HOUR, limit=9)
    assert [one.id for one in await claimed(database)] == [1]
    assert [one.id for one in await claimed(database, later=1)] == [2, 1]


async def test_a_claim_is_taken_over_once_its_lease_has_ended_and_whoever_lost_it_says_nothing_any_more(database: Database) -> None:
    await added(database, "tides.example.org/feed")
    (lost,) = await claimed(database)
    (kept,) = await claimed(database, later=1)
    assert not await checked(database, lost, ANSWERED)
    assert await stored(database) == kept
    assert await checked(database, kept, ANSWERED)
    assert not await checked(database, kept, ANSWERED)


async def test_21_of_what_was_begun_and_came_to_no_end_one_is_claimed_at_a_time(
    database: Database,
) -> None:
    await added(database, "a.example.org", "b.example.org", "c.example.org")
    assert [one.begun for one in await claimed(database)] == [1, 1, 1]
    (first,) = await claimed(database, "two", later=1)
    assert (first.id, first.begun) == (1, 2)
    assert await claimed(database, "three", later=1) == []
    await checked(database, first, Look(NOON, NOON, failed="HTTP 500"))
    assert [(one.id, one.begun) for one in await claimed(database, "three", later=1)] == [(1, 1), (2, 2)]


async def test_a_look_that_is_given_back_was_not_begun_and_one_that_is_anothers_by_now_stays(database: Database) -> None:
    await added(database, "tides.example.org/feed")
    (lost,) = await claimed(database)
    (kept,) = await claimed(database, "two", later=1)
    for one in (lost, kept):
        async with database.writing() as session:
            await feeds.give_back(session, [one])
    assert await stored(database) == replace(KEPT_TIDES, begun=1)


async def test_a_look_that_is_put_off_was_not_begun_either(database: Database) -> None:
    await added(database, "tides.example.org/feed")
    async with database.writing() as session:
        await feeds.give_back(session, await claimed_in(session), until=NOON + HOUR)
    assert await stored(database) == replace(KEPT_TIDES, next_check=NOON + HOUR)


async def test_20_a_host_is_visited_by_one_process_while_nobody_asks_it_and_nothing_of_it_is_claimed_meanwhile(database: Database) -> None:
    await added(database, "claimed.example.org", "held.example.org", "free.example.org")
    minute = HOUR / 60
    async with database.writing() as session:
        await hosts.keep(session, [Quiet("held.example.org", NOON + HOUR, for_all=True)], "one")
        await feeds.claim(session, "one", now=NOON, lease_until=NOON + HOUR, limit=9, only={1})
        await feed_entries.see(session, 1, new=[NewEntry("b" * 64, None, None, page="https://page.example.org/1")], at=NOON)
        await feed_entries.claim_entries(session, "one", now=NOON, lease_until=NOON + HOUR, limit=9)

        async def may(host: str, process: str) -> bool:
            return await hosts.visit(session, f"{host}.example.org", process, now=NOON, until=NOON + minute)

        assert not any([await may(host, "two") for host in ("claimed", "page", "held")])
        assert await may("claimed", "one"), "its own claim keeps nobody from it"
        assert [await may("free", process) for process in ("two", "one", "two")] == [True, False, True]
        assert [one.id for one in await claimed_in(session)] == []
        await hosts.keep(session, [Quiet("free.example.org", NOON + minute / 30, for_all=False)], "two")
        assert [one.id for one in await claimed_in(session, NOON + minute / 30)] == [3], "the visit is over, and its pause as well"


async def test_20_a_host_that_is_to_be_left_alone_is_so_for_all_and_a_pause_is_the_affair_of_who_asked(database: Database) -> None:
    await added(database, "held.example.org", "asked.example.org", "free.example.org")
    known = [Quiet("held.example.org", NOON + HOUR, for_all=True), Quiet("asked.example.org", NOON + 2 * HOUR, for_all=False)]
    async with database.writing() as session:
        await hosts.keep(session, [*known, Quiet("free.example.org", NOON, for_all=True)], "one")
        await hosts.keep(session, [Quiet("held.example.org", NOON + HOUR / 2, for_all=False)], "two")
        assert [await hosts.quiet(session, one.host, "one", NOON) for one in known] == [known[0], None]
        assert [await hosts.quiet(session, one.host, "two", NOON) for one in known] == known
    for process, numbers in (("two", [3]), ("one", [2]), ("three", [])):
        assert [one.id for one in await claimed(database, process)] == numbers
    assert [one.id for one in await claimed(database, "two", later=1)] == [1, 3]
    async with database.writing() as session:
        await hosts.forget(session, NOON + HOUR)
        assert list(await session.scalars(select(Host.host))) == ["asked.example.org"]


async def test_20_a_host_that_is_to_be_left_alone_is_not_asked_for_a_page(database: Database) -> None:
    await added(database, "a.example.org/feed")
    pages = [NewEntry(letter * 64, None, None, page=f"https://{letter}.example.org/1") for letter in "bc"]
    async with database.writing() as session:
        await feed_entries.see(session, 1, new=pages, at=NOON)
        await hosts.keep(session, [Quiet("b.example.org", NOON + HOUR, for_all=True)], "one")
        found = await feed_entries.claim_entries(session, "one", now=NOON, lease_until=NOON + HOUR, limit=9)
    assert [one.host for one in found] == ["c.example.org"]


async def test_a_look_that_was_answered_leaves_its_validators_and_forgets_the_failures(database: Database) -> None:
    await added(database, "tides.example.org/feed")
    (one,) = await claimed(database)
    await checked(database, one, Look(NOON, NOON, failed="HTTP 500"))
    (one,) = await claimed(database)
    await checked(database, one, ANSWERED)
    answered = replace(
        KEPT_TIDES,
        title="Tides!",
        etag='"a"',
        last_modified="Sun, 01 Mar 2026 11:00:00 GMT",
        hints="ttl 60",
        next_check=NOON + HOUR,
        last_checked=NOON,
        last_new=NOON,
    )
    assert await stored(database) == answered
    (one,) = await claimed(database, later=1)
    await checked(database, one, Look(NOON + HOUR, NOON + DAY, etag='"b"'))
    later = replace(answered, etag='"b"', last_modified=None, next_check=NOON + DAY, last_checked=NOON + HOUR)
    assert await stored(database) == later


async def test_a_feed_that_fails_keeps_its_reason_and_since_when_and_all_else_as_it_was(database: Database) -> None:
    """FAILURES 23."""
    await added(database, "tides.example.org/feed", "well.example.org")
    one, well = await claimed(database)
    await checked(database, well, ANSWERED)
    await checked(database, one, ANSWERED)
    before = await stored(database)
    for hour in (1, 2):
        (one,) = await claimed(database, later=hour, busy=["well.example.org"])
        at = NOON + hour * HOUR
        await checked(database, one, Look(at, at + HOUR, failed=f"HTTP 50{hour}\x00"))
    after = replace(before, failures=2, first_failed_at=NOON + HOUR, reason="HTTP 502")
    assert await stored(database) == replace(after, last_checked=NOON + 2 * HOUR, next_check=NOON + 3 * HOUR)
    async with database.reading() as session:
        assert [one.id for one in await feeds.failing(session, 9)] == [1]


async def test_a_feed_that_is_paused_while_it_is_looked_at_stays_paused(database: Database) -> None:
    await added(database, "tides.example.org/feed")
    (one,) = await claimed(database)
    async with database.writing() as session:
        await feeds.pause(session, 1, NOON, "on leave")
    assert await checked(database, one, ANSWERED)
    assert (await stored(database)).paused_reason == "on leave"


async def test_23_those_that_fail_and_those_that_are_paused_are_listed_apart_a_page_at_a_time(database: Database) -> None:
    await added(database, *(f"{one}.example.org" for one in "abcdef"))
    for one in await claimed(database):
        await checked(database, one, ANSWERED if one.id == 1 else Look(NOON, NOON + HOUR, failed="HTTP 500"))
    async with database.writing() as session:
        await feeds.pause(session, 1, NOON, "by Ann Bell")
        await feeds.pause(session, 4, NOON + HOUR, "gone")
    async with database.reading() as session:
        assert [one.id for one in await feeds.every_failing(session, limit=2)] == [2, 3]
        assert [one.id for one in await feeds.every_failing(session, after=3)] == [5, 6]
        assert [one.id for one in await feeds.every_paused(session)] == [1, 4]
        assert [one.id for one in await feeds.every_paused(session, after=1, limit=1)] == [4]


async def test_23_what_failed_and_was_paused_of_late_is_told_to_owners_the_last_first(database: Database) -> None:
    await added(database, *(f"{one}.example.org" for one in "abcd"))
    async with database.writing() as session:
        await feeds.add(session, NewFeed("https://operator.example.org"), NOON)
    for one in await claimed(database):
        await checked(database, one, ANSWERED if one.id == 4 else Look(NOON, NOON + HOUR, failed="HTTP 500"))
    async with database.writing() as session:
        for number, hour in ((1, 0), (2, 2), (3, 3), (4, 3), (5, 3)):
            assert await feeds.pause(session, number, NOON + hour * HOUR, "It failed for long.")
        assert [one.id for one in await feeds.failed_and_paused(session, since=NOON + HOUR, limit=9)] == [3, 2]
        assert [one.id for one in await feeds.failed_and_paused(session, since=NOON, limit=1)] == [3]
        await feeds.resume(session, 3, next_check=NOON)
        assert [one.id for one in await feeds.failed_and_paused(session, since=NOON, limit=9)] == [2, 1]


async def test_only_a_feed_that_runs_is_looked_at_sooner(database: Database) -> None:
    await added(database, "tides.example.org/feed", "mill.example.org")
    async with database.writing() as session:
        await feeds.pause(session, 2, NOON, "on leave")
        assert [await feeds.check_at(session, number, NOON - HOUR) for number in (1, 2, 3)] == [True, False, False]
        assert [(one.id, one.next_check) for one in await feeds.due(session, NOON - HOUR, 9)] == [(1, NOON - HOUR)]


async def test_a_feed_is_found_by_its_address_with_http_and_with_https_and_can_move_from_one_to_the_other(database: Database) -> None:
    plain = TIDES.address.replace("https://", "http://")
    async with database.writing() as session:
        number = await feeds.add(session, TIDES, NOON)
        assert [found.id for one in (TIDES.address, plain) if (found := await feeds.find(session, one))] == [number, number]
        assert await feeds.known(session, [plain, "http://new.example.org", "ftp://tides.example.org/feed"]) == {plain}
        assert await feeds.move(session, number, plain)
        assert (found := await feeds.get(session, number)) is not None
        assert found.address == plain
        assert not await feeds.move(session, await feeds.add(session, NewFeed("https://mill.example.org/feed"), NOON), TIDES.address)


async def test_many_feeds_are_stored_together_as_each_alone_and_those_that_are_known_are_told(database: Database) -> None:
    mill = NewFeed("https://mill.example.org/feed", full_text=False)
    async with database.writing() as session:
        await feeds.add_all(session, [], NOON)
        await feeds.add_all(session, [TIDES, mill], NOON)
        assert await feeds.known(session, [TIDES.address, "https://new.example.org", mill.address]) == {TIDES.address, mill.address}
    assert await stored(database) == KEPT_TIDES
    assert (await stored(database, 2)).full_text is False
    with pytest.raises(IntegrityError):
        async with database.writing() as session:
            await feeds.add_all(session, [NewFeed("https://new.example.org"), mill], NOON)
    async with database.reading() as session:
        assert await feeds.known(session, ["https://new.example.org"]) == set()


async def test_the_figures_count_feeds_and_what_came_in_the_last_day(database: Database) -> None:
    async with database.reading() as session:
        assert await feeds.figures(session, NOON) == FeedFigures(0, 0, 0, 0, 0, None)
    await added(database, "a.example.org", "b.example.org", "c.example.org")
    one, two, _ = await claimed(database)
    await checked(database, one, Look(NOON, NOON + HOUR, failed="HTTP 500"))
    await checked(database, two, Look(NOON + HOUR, NOON + HOUR, failed="HTTP 500"))
    entry = NewEntry("a" * 64, None, None)
    async with database.writing() as session:
        await feeds.pause(session, two.id, NOON, "on leave")
        await feed_entries.see(session, 1, new=[entry, replace(entry, state=EntryState.PASSED_OVER)], at=NOON)
        await feed_entries.see(session, 1, new=[entry], at=NOON - DAY)
        assert await feeds.figures(session, NOON) == FeedFigures(3, 1, 1, waiting=2, new=1, last_checked=NOON + HOUR)
        await feeds.pause(session, 1, NOON, "on leave")
        assert await feeds.figures(session, NOON) == FeedFigures(3, 2, 0, waiting=0, new=1, last_checked=NOON + HOUR)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://Tides.example.org:8443/a", "tides.example.org"),
        ("mailto:ed", ""),
        ("http://[bad", ""),
        (f"http://{'a' * 300}/", "a" * 253),
    ],
)
def test_the_host_of_any_address_is_a_name_that_fits_its_column(address: str, host: str) -> None:
    assert host_of(address) == host


async def test_the_feeds_added_last_are_told_by_what_they_go_by(database: Database) -> None:
    await added(database, "a.example.org/feed", "b.example.org/feed", "c.example.org/feed")
    async with database.reading() as session:
        found = await feeds.newest(session, 2)
    addresses = ("https://c.example.org/feed", "https://b.example.org/feed")
    kept = (NewFeed(address, TIDES.title, TIDES.home, TIDES.outlet) for address in addresses)
    assert found == list(zip((3, 2), kept, strict=True))

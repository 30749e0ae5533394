"""Feeds: a week of many on a seventh as many hosts, played on simulated time, from the question for a feed to the stored article."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time

from rich.table import Table

from benchmarks.measuring import Memory, apart, peak_memory, percentile
from bot.feeds.pacing import PAUSE
from storage import feeds as stored_feeds
from storage.database import Database
from storage.records import FeedFigures
from tests.fakes.feed_books import Books, books
from tests.fakes.feed_sites import Sites
from tests.fakes.feed_week import Week
from tests.fakes.made_sites import Made, made
from tests.fakes.simulated_time import SimulatedTime, TimedDatabase, play

DAYS = 7.0
_OF_A_HOST = 2_000 / 300
LIMIT = int(timedelta(minutes=1) / PAUSE)
"""So many requests a host has at most in a minute, by the pause alone."""
_BEGIN = datetime(2026, 11, 2, 6, tzinfo=UTC)
_A_DAY, _SPREAD = 0.5, 1.3
_LONGEST_OUTAGE = timedelta(hours=10)
_TICK = 30.0
_ON_ITS_WAY = timedelta(hours=1)
"""After the last story, so that what was just seen is read."""


@dataclass(frozen=True, slots=True)
class Fed:
    """What a week took: requests by kind and by status (0: no answer), and the most that a host had in any minute, beside its `limit`.

    `too_soon` came before the end of a Retry-After, `at_once` while the same host was still answering. Of the `published` stories so many
    were `stored`; of those that are not, `unseen` left their feed before it could be had (`unexplained`: though its site was well), and
    the `reasons` say what became of the rest that is wanted. `delay` is from publication to storage, in seconds (middle, 95th of 100).
    """

    feeds: int
    hosts: int
    days: float
    requests: dict[str, int]
    statuses: dict[str, int]
    most_in_a_minute: int
    limit: int
    too_soon: int
    at_once: int
    published: int
    wanted: int
    stored: int
    missing: int
    uninvited: int
    doubles: int
    unseen: int
    unexplained: int
    reasons: dict[str, int]
    sent: int
    unconditional: int
    delay: tuple[float, float]
    failing: int
    paused: int
    seconds: float
    processor: float
    memory: Memory

    @property
    def saved(self) -> float:
        """The share of the bytes of unconditional GETs that conditional ones save."""
        return 1 - self.sent / self.unconditional


def measured(*, feeds: int, days: float = DAYS, say: Callable[[str], None] = print) -> Fed:
    """Play a week of so many feeds, seven on a host, in a process of its own. What is done is said."""
    say(f"{days:g} days of {feeds:,} feeds…")
    return apart(played, feeds, max(round(feeds / _OF_A_HOST), 1), days)


def played(feeds: int, hosts: int, days: float) -> Fed:
    """Play it in this process."""
    with tempfile.TemporaryDirectory(prefix="verbatim-bench-") as folder:
        time = SimulatedTime(_BEGIN)
        return play(time, _over(Path(folder, "feeds.db"), time, Made(feeds, hosts, _BEGIN, days, _A_DAY, _SPREAD, _LONGEST_OUTAGE)))


async def _over(file: Path, time: SimulatedTime, wanted: Made) -> Fed:
    random = Random(8)
    url = f"sqlite:///{file}"
    opened = Database(url)
    await opened.open()
    await opened.close()
    database = TimedDatabase(url, time)
    sites = Sites(time, *made(wanted, random), told=lambda place: week.come_to(place))
    week = Week(time, database, sites, random, tick=_TICK)
    try:
        await week.add()
        before, begun, worked = peak_memory(), perf_counter(), process_time()
        await week.play(wanted.end + _ON_ITS_WAY)
        seconds, processor = perf_counter() - begun, process_time() - worked
        async with database.reading() as session:
            standing = await stored_feeds.figures(session, time())
        done = await books(week, database)
        return _figures(week, done, wanted, standing, seconds, processor, Memory.since(before))
    finally:
        await database.close()


def _figures(week: Week, done: Books, wanted: Made, standing: FeedFigures, seconds: float, processor: float, memory: Memory) -> Fed:
    sites = week.sites
    return Fed(
        feeds=wanted.feeds,
        hosts=wanted.hosts,
        days=wanted.days,
        requests=dict(Counter(one.kind for one in sites.requests)),
        statuses=dict(Counter(str(one.status) for one in sites.requests)),
        most_in_a_minute=max(done.most.values()),
        limit=LIMIT,
        too_soon=len(sites.too_soon),
        at_once=len(sites.at_once),
        published=done.published,
        wanted=len(done.wanted),
        stored=len(done.stored),
        missing=len(done.missing),
        uninvited=len(done.uninvited),
        doubles=done.doubles,
        unseen=len(done.unseen),
        unexplained=len(done.unseen - done.in_trouble),
        reasons=dict(done.reasons),
        sent=sites.sent,
        unconditional=sites.unconditional,
        delay=(percentile(done.delays, 0.5), percentile(done.delays, 0.95)),
        failing=standing.failing,
        paused=standing.paused,
        seconds=seconds,
        processor=processor,
        memory=memory,
    )


def tables(fed: Fed) -> Iterator[Table]:
    """The figures for a person to read."""
    table = Table(title=f"{fed.days:g} days of {fed.feeds:,} feeds on {fed.hosts} hosts, played on simulated time")
    table.add_column("what")
    table.add_column("figure", justify="right")
    asked = ", ".join(f"{number:,} of {kind}" for kind, number in sorted(fed.requests.items()))
    answers = ", ".join(f"{number:,} × {status}" for status, number in sorted(fed.statuses.items()))
    rows = (
        ("requests", f"{sum(fed.requests.values()):,}: {asked}"),
        ("answers (0: none)", answers),
        ("the most of any host in any minute", f"{fed.most_in_a_minute} (limit {fed.limit})"),
        ("before a Retry-After ended / two at once", f"{fed.too_soon} / {fed.at_once}"),
        ("stories published / wanted / stored", f"{fed.published:,} / {fed.wanted:,} / {fed.stored:,}"),
        ("stored twice / not wanted and stored", f"{fed.doubles} / {fed.uninvited}"),
        ("wanted and not stored at the end", f"{fed.missing:,}"),
        *((f"  {reason}", f"{number:,}") for reason, number in sorted(fed.reasons.items())),
        ("left their feed unseen / of those with a site that was well", f"{fed.unseen:,} / {fed.unexplained:,}"),
        ("bytes for feeds, of those of unconditional GETs", f"{fed.sent / 1e6:,.0f} of {fed.unconditional / 1e6:,.0f} MB"),
        ("saved", f"{fed.saved:.1%}"),
        ("from publication to storage (middle / 95 of 100)", f"{fed.delay[0] / 60:,.0f} / {fed.delay[1] / 60:,.0f} min"),
        ("feeds that fail / are paused at the end", f"{fed.failing} / {fed.paused}"),
        ("played in (of one processor)", f"{fed.seconds:,.0f} s ({fed.processor:,.0f} s)"),
        ("memory", str(fed.memory)),
    )
    for row in rows:
        table.add_row(*row)
    table.caption = (
        "Pages are read and stored as always; a quick engine stands in for the one that finds quotes, and the sites are made up."
    )
    yield table

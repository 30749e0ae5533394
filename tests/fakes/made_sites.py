"""Sites and feeds made up for a week, the same each time: each kind of trouble comes on some of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from random import Random

from tests.fakes.feed_sites import FakeFeed, FakeSite, Outage, Story

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
_ROBOTS = (None, None, "User-agent: *\nDisallow: /members/\n", "User-agent: *\nCrawl-delay: 10\n", None)
_SECTIONS = ("news",) * 8 + ("sport", "members")
_MANY = 25
_EVERY = 3 * _HOUR


@dataclass(frozen=True, slots=True)
class Made:
    """So many feeds on so many hosts publish for `days` from `begin` on: `a_day` stories each in the middle, log-normally with `spread`.

    When they are added they have three stories, some of them more; one feed in ten has one every three hours, and room for
    three of them. One host in three has an outage, of `longest_outage` at most.
    """

    feeds: int
    hosts: int
    begin: datetime
    days: float
    a_day: float
    spread: float
    longest_outage: timedelta

    @property
    def end(self) -> datetime:
        """When the last story is published."""
        return self.begin + self.days * _DAY

    def moment(self, random: Random, earliest: float, latest: float) -> datetime:
        """A moment between these shares of the time."""
        return self.begin + random.uniform(earliest, latest) * self.days * _DAY


def made(wanted: Made, random: Random) -> tuple[dict[str, FakeSite], list[FakeFeed]]:
    """The sites, and the feeds, of which a few hosts have many."""
    hosts = [f"site{number}.example.org" for number in range(wanted.hosts)]
    sites = {host: _site(host, number, wanted, random) for number, host in enumerate(hosts)}
    shares = [(1 + number) ** -0.7 for number in range(wanted.hosts)]
    owners = [*hosts, *random.choices(hosts, shares, k=wanted.feeds - wanted.hosts)]
    for number in range(9, wanted.feeds, 10):  # those with little room are where something is lost in an outage
        owners[number] = hosts[number // 10 * 3 % len(hosts)]
    numbers = count(1)
    return sites, [_feed(host, number, wanted, numbers, random) for number, host in enumerate(owners)]


def _site(host: str, number: int, wanted: Made, random: Random) -> FakeSite:
    outages = []
    if number % 3 == 0:
        begins = wanted.moment(random, 0.3, 0.7)
        lasts = random.uniform(0.5, 1.0) * wanted.longest_outage
        outages.append(Outage(begins, begins + lasts, ("busy", "slow", "down")[number // 3 % 3]))
    return FakeSite(
        host,
        seconds=random.uniform(0.1, 1.5),
        outages=outages,
        most_a_minute=8 if number % 5 == 1 else None,
        by_date=number % 2 == 0,
        robots=_ROBOTS[number % len(_ROBOTS)],
    )


def _feed(host: str, number: int, wanted: Made, numbers: Iterator[int], random: Random) -> FakeFeed:
    gone_at = wanted.moment(random, 0.5, 0.9) if number % 25 == 8 else None
    shrinks = wanted.moment(random, 0.3, 0.6)
    return FakeFeed(
        host,
        f"/feed/{number}",
        _stories(number, gone_at or wanted.end, wanted, numbers, random),
        window={0: 60, 9: 3}.get(number % 10, 30),
        full_text=number % 10 != 3,
        blocked="sport" if number % 10 == 4 else None,
        has_etag=number % 4 in (0, 1),
        has_date=number % 4 in (0, 2),
        ttl=60 if number % 6 == 1 else None,
        max_age=_HOUR / 2 if number % 9 == 2 else None,
        shrunk=(shrinks, shrinks + wanted.days * _DAY / 10) if number % 10 == 5 else None,
        secure_from=wanted.moment(random, 0.3, 0.6) if number % 10 == 6 else None,
        moved_at=wanted.moment(random, 0.3, 0.6) if number % 10 == 7 else None,
        gone_at=gone_at,
    )


def _stories(number: int, end: datetime, wanted: Made, numbers: Iterator[int], random: Random) -> list[Story]:
    a_day = min(60.0, wanted.a_day * random.lognormvariate(0, wanted.spread))
    before = _MANY if number % 10 == 0 else 3
    moments = [wanted.begin - one * _DAY / max(a_day, 0.2) for one in range(1, before + 1)]
    days = (end - wanted.begin) / _DAY
    if number % 10 == 9:
        moments += [wanted.begin + one * _EVERY for one in range(1, int(days * _DAY / _EVERY))]
        days = 0.0
    for _ in range(int(a_day * days + random.random()) if days else 0):
        at = wanted.begin.replace(hour=0, minute=0) + random.randrange(int(wanted.days) + 1) * _DAY + random.triangular(0, 24, 14) * _HOUR
        moments += [at] if wanted.begin < at < end else []
    return [_story(moment.replace(microsecond=0), numbers, random) for moment in sorted(moments)]


def _story(moment: datetime, numbers: Iterator[int], random: Random) -> Story:
    edited = moment + random.uniform(1, 20) * _HOUR if random.random() < 0.05 else None
    return Story(next(numbers), moment, random.choice(_SECTIONS), edited)

"""A morning at a large newsroom: what was read overnight, and thousands of channels whose digests are due in the same minute."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from benchmarks import filling
from benchmarks.corpus import OUTLETS, SampleArticle, articles, people
from benchmarks.vocabulary import nouns
from storage import subscriptions
from storage.database import Database
from storage.records import NewSubscription, SubscriptionKind

EIGHT = datetime(2026, 1, 14, 8, tzinfo=UTC)
PLATFORM = "bench"
WORKSPACES = 5
_ARTICLES = 300
_TOPICS = 200
_SPEAKERS = 300
_FAR = 1_000_000
"""No article of the store has so high a number, nor the same address therefore."""
_EVERYTHING, _TOPIC, _SPEAKER = 0.30, 0.50, 0.15
_SAME_MINUTE = (("daily at 8", "Europe/London"), ("daily at 3", "America/New_York"), ("daily at 13:30", "Asia/Kolkata"))


@dataclass(frozen=True, slots=True)
class Morning:
    """How many quotes are new, the number of the last one before them, and how many digests are due about what."""

    articles: int
    quotes: int
    last_old: int
    digests: int


async def broken(store: Path, into: Path, digests: int) -> Morning:
    """A copy of a filled store at `into`, with articles of the night and so many subscriptions that are due at `EIGHT`."""
    with closing(sqlite3.connect(store)) as old, closing(sqlite3.connect(into)) as new:
        old.backup(new)
    database = Database(f"sqlite:///{into}")
    try:
        await database.upgrade()
        last_old = _last_quote(into)
        quotes = await filling.fill(f"sqlite:///{into}", list(_of_the_night()), _FAR)
        async with database.writing() as session:
            for wished in wishes(digests):
                await subscriptions.add(
                    session,
                    replace(wished, next_due=EIGHT, seen_quote=last_old, seen_at=EIGHT - timedelta(days=1)),
                    EIGHT - timedelta(days=2),
                )
    finally:
        await database.close()
    return Morning(_ARTICLES, quotes, last_old, digests)


def wishes(count: int) -> Iterator[NewSubscription]:
    """The same subscriptions each time: everything, one of two hundred topics, a speaker, an outlet; each in a channel of its own."""
    random = Random(8)
    topics, speakers = nouns().words[:_TOPICS], [person.name for person in people(filling.PEOPLE)[:_SPEAKERS]]
    for number in range(count):
        schedule, zone = _SAME_MINUTE[number % len(_SAME_MINUTE)]
        topic = speaker = outlet = None
        drawn = random.random()
        if _EVERYTHING <= drawn < _EVERYTHING + _TOPIC:
            topic = random.choice(topics)
        elif _EVERYTHING + _TOPIC <= drawn < _EVERYTHING + _TOPIC + _SPEAKER:
            speaker = random.choice(speakers)
        elif drawn >= _EVERYTHING:
            outlet = random.choice(OUTLETS)
        yield NewSubscription(
            platform=PLATFORM,
            workspace=f"W{number % WORKSPACES}",
            channel=f"C{number}",
            kind=SubscriptionKind.DIGEST,
            topic=topic,
            speaker=speaker,
            outlet=outlet,
            schedule=schedule,
            time_zone=zone,
            owner=f"U{number}",
        )


def _of_the_night() -> Iterator[SampleArticle]:
    for article in articles(_ARTICLES, seed=9, known=filling.PEOPLE):
        yield replace(article, number=article.number + _FAR, published=EIGHT - timedelta(minutes=2 * (article.number % _ARTICLES)))


def _last_quote(store: Path) -> int:
    with closing(sqlite3.connect(store)) as opened:
        ((number,),) = opened.execute("SELECT max(id) FROM quotes").fetchall()
    return int(number)

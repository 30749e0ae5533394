"""Owners of feeds that are paused after long failure: each is told of it once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery.pausing import tell
from bot.delivery.posting import Poster
from bot.feeds import telling
from bot.feeds.setting_up import told_once
from storage import events, feeds
from storage.database import Database
from storage.records import StoredFeed

_TOLD_WITHIN = timedelta(days=1)
"""A pause that nobody could be told of for so long is told no more; events are remembered for longer than that."""
_NOT_AGAIN_FOR = timedelta(hours=6)
"""What is paused in the same part of a day waits for the next one: after a long outage the feeds of an owner are paused one by one."""
_MOST = 5_000


_Owner = tuple[str, str, str]
"""A person by platform and workspace."""


@dataclass(frozen=True, slots=True)
class Owners:
    """Tells owners what became of their feeds."""

    database: Database

    async def tell(self, posters: Mapping[str, Poster], now: datetime) -> int:
        """Tell the owners of feeds that were paused of late, on the platforms that are connected; returns how many feeds those were.

        Of one pause one process tells, once, and each owner in one message, a few times a day at most. One that a person made is told to
        nobody.
        """
        ready = {platform: poster for platform, poster in posters.items() if poster.is_ready}
        if not ready:
            return 0
        told = 0
        for whose, theirs in (await self._untold(ready, now)).items():
            platform, workspace, owner = whose
            async with self.database.writing() as session:
                may = await events.first_time(session, _lately(whose, now), now)
                first = [one for one in theirs if may and await events.first_time(session, _key(one), now)]
            if first:  # told to be told before it is: once is better than twice
                await tell(ready[platform], workspace, owner, telling.paused_by_themselves(first))
                told += len(first)
        return told

    async def _untold(self, platforms: Collection[str], now: datetime) -> dict[_Owner, list[StoredFeed]]:
        """What was paused of late on these platforms and is not told yet, by owners."""
        async with self.database.reading() as session:
            paused = await feeds.failed_and_paused(session, since=now - _TOLD_WITHIN, limit=_MOST)
            known = await events.known(session, [_key(one) for one in paused])
            untold: dict[_Owner, list[StoredFeed]] = {}
            for one in paused:
                if one.platform and one.workspace and one.owner and one.platform in platforms and _key(one) not in known:
                    untold.setdefault((one.platform, one.workspace, one.owner), []).append(one)
            told = await events.known(session, [_lately(owner, now) for owner in untold])
        return {owner: theirs for owner, theirs in untold.items() if _lately(owner, now) not in told}


def _lately(owner: _Owner, now: datetime) -> str:
    """The key by which an owner is told once in a part of the day."""
    return f"feeds of {' '.join(owner)} told {int(now.timestamp() // _NOT_AGAIN_FOR.total_seconds())}"


def _key(feed: StoredFeed) -> str:
    return told_once(feed.id, feed.paused_at) if feed.paused_at else ""

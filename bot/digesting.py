"""Digests out of the store: what was said in what was read in a period."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.asking import question as questions
from bot.asking.finding import wanted_by, whom, within
from bot.asking.question import Question
from bot.digests.digest import compile_digest
from bot.replies import Reply
from storage import articles, search
from storage.database import Database
from storage.records import Reports, StoredQuote

_MOST_QUOTES = 2000
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Digesting:
    """Compiles digests."""

    database: Database
    clock: Callable[[], datetime]
    zone: ZoneInfo

    async def digest(self, *, since: str | None = None, until: str | None = None, about: str = "") -> Reply:
        """The digest of a period given as people write dates, by default of the last day. Raises NotUnderstood."""
        async with self.database.reading() as session:
            known = await articles.outlets(session)
        restriction = f"quotes about {about}"
        asked = questions.parse(restriction, now=self.clock(), zone=self.zone, outlets=known) if about.strip() else Question()
        return await self.of(within(asked, since, until, now=self.clock(), zone=self.zone))

    async def of(self, asked: Question) -> Reply:
        """The digest of what a question asks for; of the last day where it names no time."""
        since = asked.since or (asked.until or self.clock()) - _DAY
        async with self.database.reading() as session:
            asked, heard = await whom(session, asked)
            wanted = wanted_by(replace(asked, since=None, until=None), heard)
            found: list[StoredQuote] = []
            if wanted is not None:
                wanted = replace(wanted, reports=Reports.SPEECH, read_since=since, read_until=asked.until, limit=_MOST_QUOTES)
                found = await search.quotes(session, wanted)
        restricted = questions.restricted(asked, [speaker.name for speaker in heard])
        return compile_digest(found, zone=self.zone, since=since, until=asked.until, restricted=restricted)

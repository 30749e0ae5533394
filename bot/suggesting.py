"""What a word that somebody is typing may become: speakers, outlets, topics and time zones that begin so."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from zoneinfo import ZoneInfo

from bot.answering import Answering
from bot.digests.zones import zones_beginning
from storage import articles, completing
from storage.database import Database
from storage.terms import beginning, terms

MOST = 25
_LONGEST_TYPED = 200  # characters: no name is longer


@dataclass(frozen=True, slots=True)
class Suggesting:
    """Completes names: whatever is typed, at most `MOST`, and none where none begins so."""

    database: Database
    answering: Answering
    zone: ZoneInfo

    async def speakers(self, typed: str) -> tuple[str, ...]:
        """The speakers most quoted of whose names each word typed begins a word."""
        if not _can_fit(typed):
            return ()
        async with self.database.reading() as session:
            return tuple(name for name in await completing.speakers_beginning(session, typed, MOST) if terms(name))

    async def outlets(self, typed: str) -> tuple[str, ...]:
        """The outlets with the most articles of whose names each word typed begins a word."""
        if not _can_fit(typed):
            return ()
        async with self.database.reading() as session:
            return _beginning(typed, await articles.outlets_most_read(session))

    async def topics(self, typed: str) -> tuple[str, ...]:
        """What was written about most of late, where it begins so."""
        return _beginning(typed, (await self.answering.known()).topics) if _can_fit(typed) else ()

    def zones(self, typed: str) -> tuple[str, ...]:
        """The time zones, by their IANA names, that begin so, or a city of which does; the newsroom's first."""
        if not _can_fit(typed):
            return ()
        found = zones_beginning(typed)
        return tuple(sorted(found, key=lambda key: key != self.zone.key)[:MOST])


def _can_fit(typed: str) -> bool:
    """Whether a name can begin so: text without a letter or digit is as good as none only where it is empty."""
    return len(typed) <= _LONGEST_TYPED and (not typed.strip() or bool(terms(typed)))


def _beginning(typed: str, known: Iterable[str]) -> tuple[str, ...]:
    fits = beginning(typed)
    return tuple(islice((name for name in known if terms(name) and fits(name)), MOST))

"""Who somebody is, out of the store."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.asking.choosing import Named
from bot.asking.dates import shortened
from bot.asking.meaning import meant
from bot.asking.question import Question
from bot.asking.topics import topics
from bot.asking.words import WORD
from bot.cards import copies_together
from bot.charts import over_time
from bot.describing import described
from bot.errors import Ambiguous, NotFound
from bot.naming import is_somebodys_name, names_near, one_quote
from bot.replies import Chart, Reply
from bot.requests import Ask, Who
from bot.speaker_card import Profile, speaker_card
from storage import profiles, speakers, statements
from storage.database import Database, Session
from storage.records import SaidIn, StoredQuote, StoredSpeaker

_MOST_CALLED = 30  # names, and as many descriptions
_NEWEST = 300  # quotes that are gone through for topics
_MOST_LISTED = 5


@dataclass(frozen=True, slots=True)
class Introducing:
    """Tells who speakers are, with days and weeks by the clocks of a zone."""

    database: Database

    async def who(self, name: str, zone: ZoneInfo) -> Reply:
        """The card of the speaker who goes by a name, a role or a number (#12). Raises NotFound and Ambiguous, with what would work."""
        async with self.database.reading() as session:
            speaker, others, read = await _one(session, name)
            return await self._card(session, speaker, zone, others=others, read=read)

    async def speaker_of(self, quote_id: int, zone: ZoneInfo) -> Reply:
        """The card of the speaker of a quote. Raises NotFound."""
        async with self.database.reading() as session:
            quote = await one_quote(session, quote_id)
            speaker = await speakers.get(session, quote.speaker_id) if quote.speaker_id is not None else None
            if speaker is None:
                raise NotFound(f"Nobody is known to have said quote {quote_id}.", f"To say who did: fix {quote_id} speaker NAME.")
            return await self._card(session, speaker, zone)

    async def decided(self, session: Session, asked: Who) -> Who | Ask:
        """Whether it is a speaker who is asked about, or else the question that it may be."""
        if asked.otherwise is None:
            return asked
        named = await _named(session, asked.name)
        if asked.surely:
            is_one = len(_fitting(named)) == 1 and await is_somebodys_name(session, asked.name)
        else:
            is_name = any(word[0].isupper() for word in asked.name.split())
            is_one = bool(_fitting(named)) or (is_name and bool(await names_near(session, asked.name)))
        return Who(asked.name) if is_one else Ask(asked.otherwise)

    async def _card(
        self, session: Session, speaker: StoredSpeaker, zone: ZoneInfo, *, others: Sequence[StoredSpeaker] = (), read: str = ""
    ) -> Reply:
        ends = await profiles.first_and_last(session, speaker.id)
        undated = await profiles.undated(session, speaker.id) if ends and ends[-1].published else 0
        said = await profiles.newest_said(session, speaker.id, _NEWEST)
        profile = Profile(
            speaker,
            await profiles.called(session, speaker.id, _MOST_CALLED),
            await profiles.carried(session, speaker.id),
            first=await _with_copies(session, ends[:1]),
            last=await _with_copies(session, ends[-1:]),
            topics=await asyncio.to_thread(_topics, said, speaker),
            chart=await _chart(session, speaker, ends, zone, undated=undated),
            others=others,
            read=read,
            undated=undated,
        )
        return speaker_card(profile, zone)


async def _named(session: Session, name: str) -> tuple[Named, ...]:
    """Whom what was typed means: one name, or several where it joins several."""
    return (await meant(session, Question(speaker=" ".join(name.split())))).names if WORD.search(name) else ()


def _fitting(named: Sequence[Named]) -> list[StoredSpeaker]:
    """The speakers of whom one may be meant: one alone where it is that one, whoever else is called so in single articles."""
    known = [one for name in named for one in (name.which or name.speakers) if one.article_id is None]
    return known or [one for name in named for one in (name.which or name.speakers)]


async def _one(session: Session, name: str) -> tuple[StoredSpeaker, Sequence[StoredSpeaker], str]:
    """The one speaker whom a name means, who else it fits, and how it was read where that is not as it was typed.

    Raises NotFound and Ambiguous with requests that would work.
    """
    if not WORD.search(name):
        raise NotFound("The speaker's name is missing.", "Give the name, or the number of somebody known, such as #12.")
    named = await _named(session, name)
    fitting = _fitting(named)
    if len(fitting) > 1:
        numbered = "; ".join(f"#{one.id} {described(one)}" for one in fitting[:_MOST_LISTED])
        requests = tuple(f"speaker #{one.id}" for one in fitting[:_MOST_LISTED])
        raise Ambiguous(f"{len(fitting)} speakers go by {shortened(name)}.", f"Give a number: {numbered}.", suggestions=requests)
    if not fitting:
        near = await names_near(session, name)
        remedy = f"Did you mean {' or '.join(near)}?" if near else "'people' lists who is quoted."
        raise NotFound(f"Nobody called {shortened(name)} is known.", remedy, suggestions=tuple(f"speaker {one}" for one in near))
    (one,) = fitting
    fits = {other.id: other for name in named for other in (*name.offered, *name.speakers) if other.id != one.id}
    others = sorted(fits.values(), key=lambda other: (-other.quotes, other.id))
    return one, others[:_MOST_LISTED], f"{shortened(name)} was read as {one.name}." if named[0].said else ""


async def _with_copies(session: Session, quotes: Sequence[StoredQuote]) -> list[StoredQuote]:
    """A quote, with those behind it that carry the same words."""
    if not quotes:
        return []
    (quote,) = quotes
    told = await statements.quotes_of(session, [quote.statement_id] if quote.statement_id is not None else [])
    standing = [one for group in told.values() for one in group if one.id != quote.id and not one.rejected and not one.gone]
    return copies_together([quote, *standing])[0]


async def _chart(session: Session, speaker: StoredSpeaker, ends: Sequence[StoredQuote], zone: ZoneInfo, *, undated: int) -> Chart | None:
    """How many quotes there are by week, or by the shortest time of which a row shows half of them; None where there are none.

    So many `undated` ones are left out.
    """
    if not ends:
        return None
    first, last = (quote.published or quote.read_at for quote in (ends[0], ends[-1]))
    total = speaker.quotes - undated
    for unit in over_time.UNITS:
        row = over_time.row(unit, first, last, zone)
        counts = await profiles.counted_in(session, speaker.id, row.stretches(zone), dated=undated > 0)
        if over_time.enough(counts, total):
            break
    return over_time.chart(speaker.name, row, counts, total)


def _topics(said: Sequence[SaidIn], speaker: StoredSpeaker) -> list[str]:
    headlines = dict.fromkeys(one.headline for one in said if one.headline)
    return topics(headlines, [one.words for one in said], [speaker.name])

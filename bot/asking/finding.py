"""From a question to what the store is asked for: whom its name means, and which quotes are wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.asking import question as questions
from bot.asking.answer import compose
from bot.asking.dates import the_date
from bot.asking.forms import THOUGHT
from bot.asking.question import Question
from bot.asking.refusing import Refused, refused
from bot.asking.retrieving import Retrieved, retrieved
from bot.naming import people_called
from bot.replies import Reply
from storage import articles, quotes, speakers, statements
from storage.database import Session
from storage.records import QuoteFilter, Reports, SpeakerKind, StoredQuote, StoredSpeaker

# Names and texts looked through for what could be asked instead.
_NAMES = 2000
_HEADLINES = 2000
_QUOTES = 500


async def whom(session: Session, asked: Question) -> tuple[Question, list[StoredSpeaker]]:
    """The question with its guess decided, and the speakers that its name means."""
    if not asked.speaker:
        return asked, []
    found = await people_called(session, " ".join(asked.speaker_words))
    asked = questions.settled(asked, found)
    return asked, found if asked.speaker else []


def within(asked: Question, since: str | None, until: str | None, *, now: datetime, zone: ZoneInfo) -> Question:
    """The question restricted to a period given as people write dates. Raises NotUnderstood."""
    first = the_date(since, now=now, zone=zone).since if since else asked.since
    last = the_date(until, now=now, zone=zone).until if until else asked.until
    return asked.only(since=first, until=last, zone=zone)


def wanted_by(asked: Question, found: Sequence[StoredSpeaker]) -> QuoteFilter | None:
    """What the store is asked for; None where nobody is known by the speaker's name."""
    if asked.speaker and not found:
        return None
    return QuoteFilter(
        words=asked.topic,
        phrase=asked.phrase,
        speaker_ids=tuple(speaker.id for speaker in found) if asked.speaker else None,
        outlets=(asked.outlet,) if asked.outlet else None,
        since=asked.since,
        until=asked.until,
        kinds=asked.kinds,
    )


@dataclass(frozen=True, slots=True)
class Found:
    """What the store gave for a question.

    Without `hits`, `attitudes` says that there are some that fit; if not, `names` and `texts` are what else could be asked about.
    `described` are the names of people whom articles call what the question calls somebody unnamed.
    """

    question: Question
    speakers: Sequence[StoredSpeaker]
    hits: Sequence[StoredQuote]
    wordings: Mapping[int, Sequence[StoredQuote]]
    names: Sequence[str] = ()
    texts: Sequence[str] = ()
    described: Sequence[str] = ()
    attitudes: bool = False
    more: bool = False
    refused: Refused | None = None

    def reply(self) -> Reply:
        """The answer. Without hits it is looked for what could be asked instead, which takes a while."""
        if self.refused is not None:
            return self.refused.reply()
        return compose(
            self.question,
            self.hits,
            speakers=self.speakers,
            wordings=self.wordings,
            known_speakers=self.names,
            texts=self.texts,
            described=self.described,
            attitudes=self.attitudes,
            more=self.more,
        )


async def looked_up(session: Session, asked: Question, limit: int) -> Found:
    """The quotes that answer a question, best first and at most `limit`."""
    asked, found = await whom(session, asked)
    if asked.declined:
        return Found(asked, found, (), {}, refused=await refused(session, asked, found, limit))
    described = await _described(session, asked, found)
    wanted = wanted_by(asked, found)
    answer = await retrieved(session, asked, wanted, limit) if wanted else Retrieved()
    hits = answer.hits
    if not hits:
        if wanted and Reports.ATTITUDE not in asked.reports and (await retrieved(session, replace(asked, reports=THOUGHT), wanted, 1)).hits:
            return Found(asked, found, (), {}, described=described, attitudes=True)
        return Found(asked, found, (), {}, await speakers.names(session, _NAMES), await _texts(session), described)
    wordings = await statements.quotes_of(session, {quote.statement_id for quote in hits if quote.statement_id is not None})
    return Found(asked, found, _ranked(hits), wordings, described=described, more=answer.more)


async def found_again(session: Session, asked: Question, quote_ids: Sequence[int], *, more: bool) -> Found:
    """What was found before, by the quotes' numbers in their order; without those that are gone or rejected by now."""
    asked, found = await whom(session, asked)
    hits = await quotes.many(session, quote_ids)
    wordings = await statements.quotes_of(session, {quote.statement_id for quote in hits if quote.statement_id is not None})
    return Found(asked, found, _ranked(hits), wordings, described=await _described(session, asked, found), more=more)


async def _described(session: Session, asked: Question, found: Sequence[StoredSpeaker]) -> list[str]:
    """People described as the speakers found are called, none of whom has a name: "the opposition leader" may be Ann Bell elsewhere."""
    if not found or any(one.kind is not SpeakerKind.UNNAMED for one in found):
        return []
    others = await speakers.find(session, asked.speaker_words)
    return [one.name for one in others if one.kind is SpeakerKind.PERSON and one.quotes]


async def _texts(session: Session) -> list[str]:
    """Texts whose words can be asked about: headlines, and the newest quotes, since not every article has one."""
    return [*await articles.headlines(session, _HEADLINES), *await quotes.newest_words(session, _QUOTES)]


def _ranked(hits: Sequence[StoredQuote]) -> list[StoredQuote]:
    """The hits with their place as their score: an answer that is put together again has the order of the first time."""
    return [replace(hit, score=float(-place)) for place, hit in enumerate(hits)]

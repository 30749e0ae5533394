"""From a question to what the store is asked for: whom its name means, and which quotes are wanted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, zip_longest
from zoneinfo import ZoneInfo

from bot.asking import question as questions
from bot.asking.answer import MOST_SUGGESTIONS, compose
from bot.asking.choosing import Named
from bot.asking.dates import the_date
from bot.asking.meaning import Meant, meant
from bot.asking.question import Question
from bot.asking.refusing import Refused, refused, refused_again
from bot.asking.retrieving import Retrieved, retrieved
from bot.asking.side_by_side import beside
from bot.asking.which import ask_which, offers
from bot.embedding.embeds import Embeds
from bot.errors import NotUnderstood
from bot.naming import people_called
from bot.other_languages import MOST_HOLDING, holding
from bot.replies import Reply
from storage import articles, quotes, speakers, statements, stories, unquoted
from storage.database import Session
from storage.records import QuoteFilter, SpeakerKind, StoredQuote, StoredSpeaker, UnquotedArticle

# Names and texts looked through for what could be asked instead.
_NAMES = 2000
_HEADLINES = 2000
_QUOTES = 500
_CREDITS = 3
_PARTLY = (
    "Some of what was looked through was stored by an earlier Verbatim, and is found by its words alone"
    " until 'verbatim reread' or 'verbatim serve' has read it for its meaning."
)


async def whom(session: Session, asked: Question) -> tuple[Question, list[StoredSpeaker]]:
    """The question with its guess decided, and the speakers that its name means, all of them: for what is asked again and again.

    Raises NotUnderstood for several names side by side.
    """
    if not asked.speaker:
        return asked, []
    found = await people_called(session, " ".join(asked.speaker_words))
    asked = questions.settled(asked, found)
    if asked.others:
        raise NotUnderstood("A digest or an alert is about one speaker.", "Set up one for each.")
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

    Without `hits`, `names` and `texts` are what else could be asked about, and `elsewhere` are articles in other languages that hold the
    words. `first_outlets` are the outlets that articles of the hits name as those which published them first.
    `described` are the names of people whom articles call what the question calls somebody unnamed. `voices` say whom each name of
    the question means; of several side by side `beside` holds the quotes of each.
    """

    question: Question
    speakers: Sequence[StoredSpeaker]
    hits: Sequence[StoredQuote]
    wordings: Mapping[int, Sequence[StoredQuote]]
    names: Sequence[str] = ()
    texts: Sequence[str] = ()
    described: Sequence[str] = ()
    more: bool = False
    voices: tuple[Named, ...] = ()
    beside: Sequence[Sequence[StoredQuote]] = ()
    refused: Refused | None = None
    also: tuple[str, ...] = ()
    partly: bool = False
    elsewhere: Sequence[UnquotedArticle] = ()
    first_outlets: Mapping[int, str] = field(default_factory=dict)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the quotes, or of the refusals, in order: those of several speakers in turns."""
        if self.refused is not None:
            return tuple(one.id for one in self.refused.found)
        turns = chain.from_iterable(zip_longest(*self.beside)) if self.beside else self.hits
        return tuple(quote.id for quote in turns if quote is not None)

    def reply(self) -> Reply:
        """The answer. Without hits it is looked for what could be asked instead, which takes a while."""
        if any(one.which for one in self.voices):
            return ask_which(self.question, self.voices)
        if self.question.others:
            return beside(self.question, self.voices, self.beside, self.wordings, also=self.also, more=self.more)
        reply = self._composed()
        said = tuple(one.said for one in self.voices if one.said)
        offered = [offer for one in self.voices for offer in offers(self.question, one, MOST_SUGGESTIONS)]
        held, shown = holding(self.elsewhere, words=len(_words_of(self.question)))
        suggestions = tuple(dict.fromkeys((*shown, *offered, *reply.suggestions)))[:MOST_SUGGESTIONS]
        notes = (*said, *reply.notes, *held, *_credited(self.hits, self.first_outlets), *([_PARTLY] if self.partly else []))
        return replace(reply, notes=notes, suggestions=suggestions)

    def _composed(self) -> Reply:
        if self.refused is not None:
            return self.refused.reply(more=self.more)
        return compose(
            self.question,
            self.hits,
            speakers=self.speakers,
            wordings=self.wordings,
            known_speakers=self.names,
            texts=self.texts,
            described=self.described,
            more=self.more,
            also=self.also,
        )


async def looked_up(session: Session, asked: Question, limit: int, embedder: Embeds | None = None) -> Found:
    """The quotes that answer a question, best first and at most `limit`: by their meaning, or without an embedder by their words."""
    return await found_by(session, await meant(session, asked), limit, embedder)


async def found_by(session: Session, meaning: Meant, limit: int, embedder: Embeds | None = None, *, up_to: int | None = None) -> Found:
    """The same for a question whose names are known, of quotes (or refusals) with numbers `up_to` one."""
    asked, found = meaning.question, meaning.speakers
    if any(one.which for one in meaning.names):
        return Found(asked, (), (), {}, voices=meaning.names)
    if asked.declined:
        refusals, more = await refused(session, asked, found, limit, embedder, up_to=up_to)
        return Found(asked, found, (), {}, more=more, voices=meaning.names, refused=refusals)
    if asked.others:
        return await _side_by_side(session, meaning, limit, embedder, up_to)
    described = await _described(session, asked, found)
    wanted = wanted_by(asked, found)
    answer = await retrieved(session, asked, replace(wanted, up_to_id=up_to), limit, embedder) if wanted else Retrieved()
    hits = answer.hits
    if not hits:
        names, known = await speakers.names(session, _NAMES), await _texts(session)
        elsewhere = await _elsewhere(session, asked)
        return Found(asked, found, (), {}, names, known, described, voices=meaning.names, elsewhere=elsewhere)
    wordings = await statements.quotes_of(session, {quote.statement_id for quote in hits if quote.statement_id is not None})
    return Found(
        asked,
        found,
        _ranked(hits),
        wordings,
        described=described,
        more=answer.more,
        voices=meaning.names,
        also=answer.also,
        partly=answer.partly,
        first_outlets=await stories.first_outlets(session, {quote.article_id for quote in hits}),
    )


async def found_again(session: Session, asked: Question, numbers: Sequence[int], *, up_to: int) -> Found:
    """What was found before, by the numbers of the quotes (or refusals) in their order; without those that are gone or rejected by now.

    Other wordings of a statement are those with numbers `up_to` one.
    """
    if asked.declined:
        meaning = await meant(session, asked)
        again = await refused_again(session, meaning.question, meaning.speakers, numbers)
        return Found(meaning.question, meaning.speakers, (), {}, voices=meaning.names, refused=again)
    hits = await quotes.many(session, numbers)
    meaning = (await meant(session, asked)).of_those({quote.speaker_id for quote in hits})
    asked, found = meaning.question, meaning.speakers
    stored = await statements.quotes_of(session, {quote.statement_id for quote in hits if quote.statement_id is not None})
    wordings = {statement_id: [quote for quote in worded if quote.id <= up_to] for statement_id, worded in stored.items()}
    ranked = _ranked(hits)
    if asked.others:
        return Found(asked, found, ranked, wordings, voices=meaning.names, beside=_of_each(meaning.names, ranked))
    described = await _described(session, asked, found)
    first_outlets = await stories.first_outlets(session, {quote.article_id for quote in hits})
    return Found(asked, found, ranked, wordings, described=described, voices=meaning.names, first_outlets=first_outlets)


def _of_each(names: Sequence[Named], hits: Sequence[StoredQuote]) -> list[list[StoredQuote]]:
    """The quotes of each name, and then those that were given to somebody else since."""
    ids = [{one.id for one in name.speakers} for name in names]
    others = [quote for quote in hits if not any(quote.speaker_id in theirs for theirs in ids)]
    return [*([quote for quote in hits if quote.speaker_id in theirs] for theirs in ids), *([others] if others else [])]


async def _side_by_side(session: Session, meaning: Meant, limit: int, embedder: Embeds | None, up_to: int | None) -> Found:
    """The quotes of several speakers, of each the best and at most as many as of the others."""
    asked, each = meaning.question, max(1, limit // len(meaning.names))
    answers = []
    for one in meaning.names:
        alone = replace(asked, speaker=one.called, others=())
        wanted = wanted_by(alone, one.speakers)
        answers.append(await retrieved(session, alone, replace(wanted, up_to_id=up_to), each, embedder) if wanted else Retrieved())
    hits = [quote for answer in answers for quote in answer.hits]
    wordings = await statements.quotes_of(session, {quote.statement_id for quote in hits if quote.statement_id is not None})
    of_each = [_ranked(answer.hits) for answer in answers]
    more = any(answer.more for answer in answers)
    also = tuple(dict.fromkeys(word for answer in answers for word in answer.also))
    return Found(asked, meaning.speakers, hits, wordings, more=more, voices=meaning.names, beside=of_each, also=also)


async def _described(session: Session, asked: Question, found: Sequence[StoredSpeaker]) -> list[str]:
    """People described as the speakers found are called, none of whom has a name: "the opposition leader" may be Ann Bell elsewhere."""
    if not found or any(one.kind is not SpeakerKind.UNNAMED for one in found):
        return []
    others = await speakers.find(session, asked.speaker_words)
    return [one.name for one in others if one.kind is SpeakerKind.PERSON and one.quotes]


async def _elsewhere(session: Session, asked: Question) -> list[UnquotedArticle]:
    """Articles in other languages that hold all the words of a question."""
    words = _words_of(asked)
    return await unquoted.holding(session, words, outlet=asked.outlet, since=asked.since, until=asked.until, limit=MOST_HOLDING)


def _words_of(asked: Question) -> list[str]:
    by_number = asked.speaker.startswith("#")
    return [*(() if by_number else asked.speaker_words), *asked.topic, *asked.phrase.split()]


def _credited(hits: Iterable[StoredQuote], first_outlets: Mapping[int, str]) -> list[str]:
    """Who published first what others tell in its words, as their articles say."""
    told = {quote.article_id: quote.outlet for quote in hits if quote.article_id in first_outlets}
    return [
        f"Article {number} ({outlet or 'of an unknown outlet'}) says that {first_outlets[number]} published it first."
        for number, outlet in list(told.items())[:_CREDITS]
    ]


async def _texts(session: Session) -> list[str]:
    """Texts whose words can be asked about: headlines, and the newest quotes, since not every article has one."""
    return [*await articles.headlines(session, _HEADLINES), *await quotes.newest_words(session, _QUOTES)]


def _ranked(hits: Sequence[StoredQuote]) -> list[StoredQuote]:
    """The hits with their place as their score: an answer that is put together again has the order of the first time."""
    return [replace(hit, score=float(-place)) for place, hit in enumerate(hits)]

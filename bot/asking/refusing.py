"""The answer to who gave no comment: the articles' own sentences by whoever did not, none of them as a quote."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from bot.asking import question as questions
from bot.asking.question import Question
from bot.asking.refusing_near import near
from bot.asking.typed import quotes_by, written
from bot.cards import counted
from bot.embedding.embeds import Embeds
from bot.links import link_to_words
from bot.replies import Cited, Place, Reply, Section
from bot.utterances import WITHIN
from bot.wordings import wording
from storage import refusals, search
from storage.database import Session
from storage.records import QuoteFilter, RefusalFilter, StoredRefusal, StoredSpeaker


@dataclass(frozen=True, slots=True)
class Refused:
    """What the store has of who gave no comment, in the order in which it is shown: the newest first.

    `instead` are requests that find something where this is nothing; `waiting` counts versions of articles not looked through yet.
    `is_near` says that no sentence holds the words that were asked about, and these stand where it is spoken of.
    """

    question: Question
    speakers: Sequence[StoredSpeaker]
    found: Sequence[StoredRefusal]
    instead: tuple[str, ...] = ()
    waiting: int = 0
    is_near: bool = False

    def reply(self, *, more: bool = False) -> Reply:
        """The answer: a section for each who gave no comment, copies of a sentence once with all their places.

        `more` says that there are others.
        """
        line = questions.understood(self.question, [speaker.name for speaker in self.speakers])
        shown = _copies(self.found)
        notes = []
        if not shown:
            notes.append("Nothing was found: no article that was read says it of somebody whom it names there.")
        if self.is_near:
            notes.append("No refusal stands beside those words: these stand beside related ones, or in articles with quotes about it.")
        if more:
            notes.append(f"There are more than the {len(self.found):,} newest: name an outlet or a date to see fewer.")
        if (self.question.since or self.question.until) and any(one.published is None for one in self.found):
            notes.append("Undated articles count by the day they were read.")
        if self.waiting:
            notes.append(
                f"{counted(self.waiting, 'text')} that an earlier Verbatim stored {'is' if self.waiting == 1 else 'are'} still to be looked"
                " through: that goes on while it serves, and 'verbatim reread' does it at once."
            )
        return Reply(line, tuple(map(_section, _by_who(shown))), notes=tuple(notes), suggestions=self.instead)


async def refused(
    session: Session,
    asked: Question,
    speakers: Sequence[StoredSpeaker],
    most: int,
    embedder: Embeds | None = None,
    *,
    up_to: int | None = None,
) -> tuple[Refused, bool]:
    """Who gave no comment by what was asked, in at most `most` sentences with numbers `up_to` one; and whether there are more.

    `speakers` are those whom the name in it means, who may be none that is ever quoted.
    """
    wanted = _wanted(asked, speakers)
    bounded = replace(wanted, up_to_id=up_to, limit=most + 1)
    found = await refusals.find(session, bounded)
    is_near = not found and bool(found := await near(session, asked, bounded, embedder))
    waiting = await refusals.count_waiting(session)
    instead = () if found else tuple([request async for request in _instead(session, asked, wanted, speakers)])
    return Refused(asked, speakers, found[:most], instead, waiting, is_near), len(found) > most


async def refused_again(session: Session, asked: Question, speakers: Sequence[StoredSpeaker], refusal_ids: Iterable[int]) -> Refused:
    """What was found before, by the sentences' numbers in their order; without those that stand no longer."""
    return Refused(asked, speakers, await refusals.many(session, refusal_ids), waiting=await refusals.count_waiting(session))


def _wanted(asked: Question, speakers: Sequence[StoredSpeaker]) -> RefusalFilter:
    called = asked.speaker_words if asked.speaker else ()
    if asked.speaker.startswith("#"):
        called = tuple(speakers[0].name.split()) if speakers else called
    return RefusalFilter(
        words=asked.topic,
        phrase=asked.phrase,
        called=called,
        speaker_ids=tuple(speaker.id for speaker in speakers) if asked.speaker else (),
        outlets=(asked.outlet,) if asked.outlet else None,
        kinds=asked.refusals,
        since=asked.since,
        until=asked.until,
    )


async def _instead(session: Session, asked: Question, wanted: RefusalFilter, speakers: Sequence[StoredSpeaker]) -> AsyncIterator[str]:
    """Requests that ask for less and find something."""
    topic = " ".join(asked.topic)
    anything = RefusalFilter(limit=1)
    broader = [("who declined to comment", anything)]
    if asked.speaker:
        theirs = replace(anything, called=wanted.called, speaker_ids=wanted.speaker_ids)
        broader.insert(0, (quotes_by(written(asked.speaker), Question(declined=True)), theirs))
    if topic:
        broader.insert(0, (f"who declined to comment on {topic}", replace(anything, words=wanted.words)))
    for request, less in broader:
        if replace(less, limit=wanted.limit) != wanted and await refusals.find(session, less):
            yield request
    if topic and await search.quotes(session, QuoteFilter(words=asked.topic, limit=1)):
        yield f"who said what about {topic}"
    if speakers and any(speaker.quotes for speaker in speakers):
        yield f"what has {speakers[0].name} said"


def _copies(found: Iterable[StoredRefusal]) -> list[list[StoredRefusal]]:
    """The sentences in their order, copies of one together: the same words within days of each other.

    Where they name nobody ("a spokesman"), it is one only under the same headline: two firms may have a spokesman each.
    """
    places = {one.id: place for place, one in enumerate(found)}
    groups: list[list[StoredRefusal]] = []
    same: dict[tuple[str, ...], list[StoredRefusal]] = {}
    for one in sorted(found, key=attrgetter("dated", "id"), reverse=True):
        key = (wording([one.words]), "" if _names(one.who) else wording([one.headline or ""]))
        group = same.get(key)
        if group is None or group[-1].dated - one.dated > WITHIN:
            group = same[key] = []
            groups.append(group)
        group.append(one)
    in_order = [sorted(group, key=lambda one: places[one.id]) for group in groups]
    return sorted(in_order, key=lambda group: places[group[0].id])


def _by_who(groups: Iterable[Sequence[StoredRefusal]]) -> list[list[Sequence[StoredRefusal]]]:
    """The sentences by who gave no comment, in their order; two of whom nobody knows a name are two."""
    by_who: dict[tuple[object, ...], list[Sequence[StoredRefusal]]] = {}
    for group in groups:
        first = group[0]
        whose = (
            (first.speaker_id,) if first.speaker_id is not None else (wording([first.who]), 0 if _names(first.who) else first.article_id)
        )
        by_who.setdefault(whose, []).append(group)
    return list(by_who.values())


def _names(who: str) -> bool:
    """Whether the subject has a name in it: a word behind the first one with a capital, or a first one that is no article."""
    first, *others = who.split()
    return any(word[0].isupper() for word in others) or (first[0].isupper() and first.casefold() not in {"the", "a", "an"})


def _section(groups: Sequence[Sequence[StoredRefusal]]) -> Section:
    first = groups[0][0]
    outlets = dict.fromkeys(one.outlet for group in groups for one in group if one.outlet)
    many = counted(len(groups), "sentence") + (f" in {counted(len(outlets), 'outlet')}" if outlets else "")
    title = first.speaker_name or " ".join(first.who.split())
    return Section(title, many if len(groups) > 1 else "", cited=tuple(map(_cited, groups)))


def _cited(copies: Sequence[StoredRefusal]) -> Cited:
    first = copies[0]
    others = {one.article_id: _place(one) for one in copies if one.article_id != first.article_id}
    return Cited(first.words, first.begins, first.ends, _place(first), tuple(others.values()), first.id)


def _place(one: StoredRefusal) -> Place:
    return Place(one.article_id, one.outlet, one.headline, one.published, link_to_words(one.url, (one.words,)))

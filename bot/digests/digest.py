"""What a digest says: its stories and how outlets word them, whose voice is new, who is quoted most, who gave no comment. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.cards import card, counted, listed
from bot.digests.chart import chart_of
from bot.digests.compiled import Compiled
from bot.digests.declined import declined, refusals
from bot.digests.differences import difference, statements
from bot.digests.leading import ranked
from bot.digests.lengths import LENGTHS, MOST_SHOWN, WHOLE, Length
from bot.digests.stories import Story, stories
from bot.digests.times import moment_in_words
from bot.digests.titles import named
from bot.digests.voices import Heard, heard, most_quoted, new_voices, some_of, voice_line, voice_lines
from bot.periods import Period
from bot.replies import Chart, QuoteCard, Reply, Section
from storage.records import Density, StoredQuote, StoredRefusal


class Times(StrEnum):
    """What the times of a digest are about: what came since the channel was last told, what was read then, or published then."""

    NEW = "new"
    READ = "read"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Found:
    """What a digest is made of: the quotes of `since` to `until` (half-open, UTC; None: from ever, until now), by what `times` says.

    `about` says what they were restricted to, as a phrase ("about ferries by Ann Bell"), and `aside` which of them are about that
    by nothing but their headline. `around` are all quotes of their articles. `newcomers` were never heard before, `described`
    says what articles call some of them. `told` has all quotes of the statements among the quotes. `more` says that there were
    more quotes than these.
    """

    quotes: Sequence[StoredQuote]
    about: str = ""
    since: datetime | None = None
    until: datetime | None = None
    times: Times = Times.NEW
    around: Sequence[StoredQuote] = ()
    aside: Collection[int] = ()
    newcomers: frozenset[int] = frozenset()
    described: Sequence[tuple[int, str]] = ()
    told: Mapping[int, Sequence[StoredQuote]] = field(default_factory=dict)
    declined: Sequence[StoredRefusal] = ()
    more: bool = False


MOST_DESCRIBED = 25
"""So many new voices are described at most."""
_MOST_IN_ONE = 100
"""No message holds more quotes than these."""


def compile_digest(found: Found, *, now: datetime, zone: ZoneInfo, density: Density = Density.FULL) -> Compiled:
    """The digest at falling lengths, its times told in `zone`. Nothing new is one length, of one line."""
    if not found.quotes:
        return Compiled((whole_digest(found, now=now, zone=zone),), 0)
    parts = _Parts.of(found, now, zone)
    replies = tuple(_falling(_reply(parts, length) for length in LENGTHS[density]))
    return Compiled(replies, len(found.quotes), complete=_is_whole(replies[0], parts, LENGTHS[density][0]))


def whole_digest(found: Found, *, now: datetime, zone: ZoneInfo) -> Reply:
    """All that there is to tell, of a great many quotes those that matter most."""
    if not found.quotes:
        return Reply(f"{_nothing(found, now, zone)}.")
    return _reply(_Parts.of(found, now, zone), WHOLE)


def new_in(found: Found) -> list[int]:
    """The numbers of the new voices, in the order in which they are shown."""
    return [one.speaker_id for one in new_voices(heard(found.quotes), found.newcomers)]


def _falling(replies: Iterable[Reply]) -> Iterator[Reply]:
    """Those that are shorter than all before: of little there are few lengths."""
    shortest: tuple[int, int] | None = None
    for reply in replies:
        size = sum(len(section.quotes) for section in reply.sections), sum(len(section.lines) for section in reply.sections)
        if shortest is None or size < shortest:
            yield reply
            shortest = size


@dataclass(frozen=True, slots=True)
class _Told:
    """A story with its quotes, copies together: those that matter in their order, then those that repeat one in other words.

    `differing` are its statements that outlets word differently.
    """

    story: Story
    best: Sequence[Sequence[StoredQuote]]
    again: Sequence[Sequence[StoredQuote]]
    differing: Sequence[Sequence[StoredQuote]]

    def cards(self, most: int, but: Collection[int | None], *, whole: bool) -> tuple[QuoteCard, ...]:
        """The first quotes that are of none of the statements `but`; with those that repeat others if it is the `whole`."""
        left = [copies for copies in (*self.best, *(self.again if whole else ())) if copies[0].statement_id not in but]
        return tuple(card(first, copies) for first, *copies in left[:most])


@dataclass(frozen=True, slots=True)
class _Parts:
    """All that could be shown, best first."""

    found: Found
    line: str
    zone: ZoneInfo
    stories: Sequence[_Told]
    speakers: Sequence[Heard]
    newcomers: Sequence[Heard]
    declined: Sequence[Sequence[StoredRefusal]]
    chart: Chart | None

    @classmethod
    def of(cls, found: Found, now: datetime, zone: ZoneInfo) -> "_Parts":
        speakers = heard(found.quotes)
        differing = statements(found.quotes, found.told)
        told = stories(found.quotes, found.since, around=found.around, aside=found.aside)
        return cls(
            found=found,
            line=f"{_lead(found, now, zone)}: {_figures(told)}.",
            zone=zone,
            stories=[_told(story, differing, found.aside) for story in told],
            speakers=speakers,
            newcomers=new_voices(speakers, found.newcomers),
            declined=refusals(found.declined),
            chart=chart_of(found.quotes, [(one.name, one.said) for one in speakers], zone),
        )

    @property
    def said(self) -> int:
        """How many quotes there are, copies once."""
        return sum(told.story.said for told in self.stories)


def _told(story: Story, differing: Iterable[Sequence[StoredQuote]], aside: Collection[int]) -> _Told:
    uttered = {quote.statement_id for quote in story.quotes}
    return _Told(story, *ranked(story.quotes, aside), [statement for statement in differing if statement[0].statement_id in uttered])


def _reply(parts: _Parts, length: Length) -> Reply:
    sections: list[Section] = []
    room, statements_left, shown = MOST_SHOWN, length.statements, 0
    for place, told in enumerate(parts.stories[: length.stories]):
        differing = told.differing[:statements_left]
        most = min(max(length.of_story(place) - len(differing), 0), room)
        cards = told.cards(most, {statement[0].statement_id for statement in differing}, whole=length is WHOLE)
        sections += [_story(told.story, cards), *(difference(statement, length.wordings) for statement in differing)]
        statements_left -= len(differing)
        room -= len(cards)
        shown += 1
        if not room:
            break
    sections += (voice_line if length.brief else voice_lines)(parts.newcomers, parts.found.described, length.speakers)
    sections += most_quoted(parts.speakers, length.speakers)
    sections += declined(parts.declined, length.sentences, parts.zone)
    notes = _notes(parts, length, stories_left=parts.stories[shown:], statements_shown=length.statements - statements_left)
    return Reply(parts.line, tuple(sections), notes=tuple(notes), chart=parts.chart)


def _is_whole(reply: Reply, parts: _Parts, length: Length) -> bool:
    """Whether a reply of this length leaves nothing out."""
    if parts.said > _MOST_IN_ONE or len(parts.newcomers) > length.speakers:
        return False
    whole = _reply(parts, WHOLE)
    return reply.notes == whole.notes and _numbers(reply) == _numbers(whole)


def _numbers(reply: Reply) -> set[int]:
    return {one.quote_id for section in reply.sections for one in section.quotes}


def _lead(found: Found, now: datetime, zone: ZoneInfo) -> str:
    """What it is a digest of: Digest about ferries since Thursday 08:00; Digest of quotes by Ann Bell, published in October 2026."""
    about, when = found.about, _when(found, now, zone)
    if about and not (about.startswith("about ") and found.times is Times.NEW):
        about = f"of quotes {about}"  # a digest by Ann Bell would be one that she wrote
    if found.times is Times.NEW:
        return " ".join(filter(None, ("Digest", about, when)))
    return f"Digest {about}, {found.times} {when}" if about else f"Digest of quotes {found.times} {when}"


def _nothing(found: Found, now: datetime, zone: ZoneInfo) -> str:
    """Nothing new about ferries since Thursday 08:00; Nothing about ferries was published in October 2026."""
    when = _when(found, now, zone)
    if found.times is Times.NEW:
        return " ".join(filter(None, ("Nothing new", found.about, when)))
    return " ".join(filter(None, ("Nothing", found.about, "was", found.times, when)))


def _when(found: Found, now: datetime, zone: ZoneInfo) -> str:
    if found.since is None or found.until is not None:
        return Period(found.since, found.until).in_words(zone)
    return f"since {moment_in_words(found.since, now, zone)}"


def _figures(told: Sequence[Story]) -> str:
    """How much there is and what leads it, since the first line is all that a notification shows."""
    quotes = counted(sum(story.said for story in told), "quote")
    headline = named(told[0].headline)
    return f"{quotes} in {headline}" if len(told) == 1 else f"{len(told):,} stories, {quotes}, first {headline}"


def _notes(parts: _Parts, length: Length, *, stories_left: Sequence[_Told], statements_shown: int) -> Iterator[str]:
    quotes = counted(sum(told.story.said for told in stories_left), "quote")
    differing = sum(len(told.differing) for told in parts.stories)
    left = [
        f"{len(stories_left):,} more {'story' if len(stories_left) == 1 else 'stories'} with {quotes}" if stories_left else "",
        _more(len(parts.newcomers) - length.speakers, "new voice") if not length.brief else "",
        _more(differing - statements_shown, "statement", " that outlets word differently") if length.statements else "",
        _more(len(parts.declined) - length.sentences, "sentence", " on who gave no comment"),
    ]
    if any(left):
        yield f"And {listed([one for one in left if one])}."
    if length is WHOLE and parts.said > MOST_SHOWN:
        yield f"Of each story those quotes come first that matter, and no more than {MOST_SHOWN} in all: ask about one to see the others."
    if parts.found.more:
        yield f"There is more than this digest was made of: the {counted(len(parts.found.quotes), 'quote')} published last."


def _more(number: int, thing: str, which: str = "") -> str:
    return f"{number:,} more {thing}{'' if number == 1 else 's'}{which}" if number > 0 else ""


def _story(story: Story, shown: tuple[QuoteCard, ...]) -> Section:
    facts = [", ".join(some_of(story.outlets)), counted(len(story.articles), "article"), counted(story.said, "quote")]
    return Section(story.headline, " · ".join(fact for fact in facts if fact), shown)

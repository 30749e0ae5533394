"""What a digest says: its stories, whose voice is new, who is quoted most, what is worded differently, who gave no comment. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cards import counted, listed
from bot.digests.chart import chart_of
from bot.digests.compiled import Compiled
from bot.digests.declined import Declined, declined, refusals
from bot.digests.differences import difference, statements
from bot.digests.leading import leading
from bot.digests.lengths import LENGTHS, WHOLE, Length
from bot.digests.stories import Story, stories
from bot.digests.times import moment_in_words
from bot.digests.voices import Heard, heard, most_quoted_line, most_quoted_lines, new_voices, some_of, voice_line, voice_lines
from bot.periods import Period
from bot.replies import Chart, QuoteCard, Reply, Section
from storage.records import Density, StoredQuote


@dataclass(frozen=True, slots=True)
class Found:
    """What a digest is made of: the quotes of what was read from `since` to `until` (half-open, UTC; None: until now).

    `about` says what they were restricted to, as a phrase ("about ferries by Ann Bell"). `newcomers` were never heard before,
    `described` says what articles call some of them. `told` has all quotes of the statements among the quotes. `more` says that
    there were more quotes than these.
    """

    quotes: Sequence[StoredQuote]
    about: str = ""
    since: datetime | None = None
    until: datetime | None = None
    newcomers: frozenset[int] = frozenset()
    described: Sequence[tuple[int, str]] = ()
    told: Mapping[int, Sequence[StoredQuote]] = field(default_factory=dict)
    declined: Sequence[Declined] = ()
    more: bool = False


MOST_DESCRIBED = WHOLE.speakers
"""So many new voices are shown at most."""
_DIGEST = "Digest"


def compile_digest(found: Found, *, now: datetime, zone: ZoneInfo, density: Density = Density.FULL) -> Compiled:
    """The digest at falling lengths, its times told in `zone`. Nothing new is one length, of one line."""
    if not found.quotes:
        return Compiled((whole_digest(found, now=now, zone=zone),), 0)
    parts = _Parts.of(found, zone)
    replies = (_reply(found, parts, length, now, zone) for length in LENGTHS[density])
    return Compiled(tuple(_falling(replies)), len(found.quotes))


def whole_digest(found: Found, *, now: datetime, zone: ZoneInfo) -> Reply:
    """All that there is to tell."""
    if not found.quotes:
        return Reply(_line("Nothing new", found, now, zone))
    return _reply(found, _Parts.of(found, zone), WHOLE, now, zone)


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
class _Parts:
    """All that could be shown, best first."""

    stories: Sequence[tuple[Story, tuple[QuoteCard, ...]]]
    speakers: Sequence[Heard]
    newcomers: Sequence[Heard]
    statements: Sequence[Sequence[StoredQuote]]
    declined: Sequence[Sequence[Declined]]
    chart: Chart | None

    @classmethod
    def of(cls, found: Found, zone: ZoneInfo) -> "_Parts":
        speakers = heard(found.quotes)
        ranked = stories(found.quotes, found.since)
        return cls(
            stories=[(story, leading(story.quotes, WHOLE.quotes) if place < WHOLE.stories else ()) for place, story in enumerate(ranked)],
            speakers=speakers,
            newcomers=new_voices(speakers, found.newcomers),
            statements=statements(found.quotes, found.told),
            declined=refusals(found.declined),
            chart=chart_of(found.quotes, [(one.name, one.said) for one in speakers], zone),
        )


def _reply(found: Found, parts: _Parts, length: Length, now: datetime, zone: ZoneInfo) -> Reply:
    sections = [_story(story, shown[: length.quotes]) for story, shown in parts.stories[: length.stories]]
    voices, most_quoted = (voice_line, most_quoted_line) if length.brief else (voice_lines, most_quoted_lines)
    sections += voices(parts.newcomers, found.described, length.speakers)
    sections += most_quoted(parts.speakers, length.speakers)
    sections += [difference(statement) for statement in parts.statements[: length.statements]]
    sections += declined(parts.declined, length.sentences, zone)
    return Reply(_line("Digest", found, now, zone), tuple(sections), notes=tuple(_notes(found, parts, length)), chart=parts.chart)


def _line(lead: str, found: Found, now: datetime, zone: ZoneInfo) -> str:
    """The first line: Digest about ferries since Thursday 08:00."""
    about = found.about
    if lead == _DIGEST and about and not about.startswith("about "):
        about = f"of quotes {about}"  # a digest by Ann Bell would be one that she wrote
    if found.since is None or found.until is not None:
        when = Period(found.since, found.until).in_words(zone)
    else:
        when = f"since {moment_in_words(found.since, now, zone)}"
    return f"{' '.join(filter(None, (lead, about, when)))}."


def _notes(found: Found, parts: _Parts, length: Length) -> Iterator[str]:
    stories_left = parts.stories[length.stories :]
    quotes = counted(sum(story.said for story, _ in stories_left), "quote")
    left = [
        f"{len(stories_left):,} more {'story' if len(stories_left) == 1 else 'stories'} with {quotes}" if stories_left else "",
        _more(len(parts.newcomers) - length.speakers, "new voice") if not length.brief else "",
        _more(len(parts.statements) - length.statements, "statement", " that outlets word differently"),
        _more(len(parts.declined) - length.sentences, "sentence", " on who gave no comment"),
    ]
    if any(left):
        yield f"And {listed([one for one in left if one])}."
    if found.more:
        yield f"There is more than this digest was made of: the {counted(len(found.quotes), 'quote')} published last."


def _more(number: int, thing: str, which: str = "") -> str:
    return f"{number:,} more {thing}{'' if number == 1 else 's'}{which}" if number > 0 else ""


def _story(story: Story, shown: tuple[QuoteCard, ...]) -> Section:
    facts = [", ".join(some_of(story.outlets)), counted(len(story.articles), "article"), counted(story.said, "quote")]
    return Section(story.headline, " · ".join(fact for fact in facts if fact), shown)

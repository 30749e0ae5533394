"""Who speaks in a digest: whose voice is new, and who is quoted most. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.cards import counted, listed, outlets_of
from bot.replies import Section
from bot.wordings import by_wording
from storage.records import SpeakerKind, StoredQuote

NEW_VOICES = "New voices"
MOST_QUOTED = "Most quoted"
_MOST_OUTLETS = 3
_MOST_NAMES = 10
_NAMED = frozenset({SpeakerKind.PERSON, SpeakerKind.ORGANISATION})


@dataclass(frozen=True, slots=True)
class Heard:
    """A speaker with all quotes of a digest; `said` counts them, copies once."""

    speaker_id: int
    name: str
    kind: SpeakerKind | None
    quotes: tuple[StoredQuote, ...]
    said: int


def heard(quotes: Iterable[StoredQuote]) -> list[Heard]:
    """The people and organisations that have a name, first who said most, then whom most outlets carry.

    What each article calls "the government" is one; only names that begin with a capital letter tell two of one name apart.
    """
    by_speaker: dict[int | str, list[StoredQuote]] = defaultdict(list)
    for quote in quotes:
        if quote.speaker_id is not None and quote.speaker_name and quote.speaker_kind in _NAMED:
            by_speaker[quote.speaker_name if quote.speaker_name[0].islower() else quote.speaker_id].append(quote)
    found = [
        Heard(theirs[0].speaker_id or 0, theirs[0].speaker_name or "", theirs[0].speaker_kind, tuple(theirs), len(by_wording(theirs)))
        for theirs in by_speaker.values()
    ]
    return sorted(found, key=lambda one: (one.said, len(outlets_of(one.quotes))), reverse=True)


def new_voices(speakers: Iterable[Heard], newcomers: Collection[int]) -> list[Heard]:
    """Those who are newcomers, people before organisations."""
    return sorted((one for one in speakers if one.speaker_id in newcomers), key=lambda one: one.kind is not SpeakerKind.PERSON)


def voice_lines(voices: Sequence[Heard], described: Collection[tuple[int, str]], most: int) -> list[Section]:
    """The section of the first `most` new voices, each with what the articles call it."""
    called = dict(described)
    lines = tuple(f"{_called(one, called)}: {_said(one)}" for one in voices[:most])
    return [Section(NEW_VOICES, lines=lines)] if lines else []


def voice_line(voices: Sequence[Heard], described: Collection[tuple[int, str]], most: int) -> list[Section]:
    """The same in one line."""
    called = dict(described)
    names = [_called(one, called) for one in voices[:most]]
    return [Section(NEW_VOICES, lines=(f"{_and_more(names, len(voices))}.",))] if names else []


def most_quoted(speakers: Sequence[Heard], most: int) -> list[Section]:
    """The `most` who said most, in a line, as a chart may say it all; nobody is told who said one thing only."""
    names = [f"{one.name} {one.said:,}" for one in _often(speakers)[: min(most, _MOST_NAMES)]]
    return [Section(MOST_QUOTED, lines=(f"{listed(names)}.",))] if names else []


def _often(speakers: Iterable[Heard]) -> list[Heard]:
    return [one for one in speakers if one.said > 1]


def _called(one: Heard, called: dict[int, str]) -> str:
    return f"{one.name} ({called[one.speaker_id]})" if called.get(one.speaker_id) else one.name


def _said(one: Heard) -> str:
    outlets = outlets_of(one.quotes)
    where = f" in {listed(some_of(outlets))}" if outlets else ""
    return f"{counted(one.said, 'quote')}{where}"


def some_of(outlets: Sequence[str], most: int = _MOST_OUTLETS) -> list[str]:
    """The first outlets, and how many more there are."""
    left = len(outlets) - most
    return [*outlets] if left <= 1 else [*outlets[:most], f"{left} more"]


def _and_more(names: Sequence[str], total: int) -> str:
    return listed([*names, f"{total - len(names)} more"] if total > len(names) else names)

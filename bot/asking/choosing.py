"""Which of the speakers that a name fits is meant: never two people as one. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from bot.asking.asked import COURTESIES
from bot.asking.speakers import name_words
from bot.generations import without_generation
from storage.records import SpeakerKind, StoredSpeaker

BY_FAR = 0.8
"""Who has so great a part of all quotes of those whom a name fits is meant by it; the others are offered."""
_FULL = 2  # words of a name


@dataclass(frozen=True, slots=True)
class Named:
    """Whom one name of a question means: `speakers`, nobody, or, where several fit, one of `which`, so that it is asked.

    `offered` fit too. `said` says how the name was read where it is not as it was typed.
    """

    name: str
    speakers: tuple[StoredSpeaker, ...] = ()
    which: tuple[StoredSpeaker, ...] = ()
    offered: tuple[StoredSpeaker, ...] = ()
    said: str = ""

    @property
    def is_known(self) -> bool:
        """Whether anybody at all is meant."""
        return bool(self.speakers or self.which)

    @property
    def called(self) -> str:
        """The name to show: that of the speaker where there is one, or one besides those of single articles."""
        known = [one for one in self.speakers if one.article_id is None]
        names = dict.fromkeys(one.name for one in known or self.speakers)
        return next(iter(names)) if len(names) == 1 else self.name


def chosen(name: str, fitting: Sequence[StoredSpeaker]) -> Named:
    """Whom `name` means of those whom it fits.

    People of single articles whom nobody can tell from one another (a bare surname) are never chosen between: they stand apart,
    each as its article names it, beside the one known person who is called so too. Those of another name are other people.
    """
    heard = [one for one in fitting if _weight(one)] or list(fitting)
    known = [one for one in heard if not _is_bare(one)]
    bare = [one for one in heard if _is_bare(one) and one.kind is SpeakerKind.PERSON]
    if not known and len(set(map(_bare_name, bare))) < 2:
        return Named(name, tuple(heard))
    words = name_words(name)
    exactly = [one for one in known if name_words(one.name) == words] if len(words) > 1 else []
    if exactly:
        return _of_several(name, exactly, {}, [one for one in known if one not in exactly])
    alike: dict[int, list[StoredSpeaker]] = {}
    for other in bare:
        theirs = [one for one in known if _is_called(one, _bare_name(other))]
        if len(theirs) == 1:
            alike.setdefault(theirs[0].id, []).append(other)
    unknown: dict[tuple[str, ...], list[StoredSpeaker]] = {}
    for other in bare:
        if not any(_is_called(one, _bare_name(other)) for one in known):
            unknown.setdefault(_bare_name(other), []).append(other)
    alike |= {theirs[0].id: theirs[1:] for theirs in unknown.values()}
    most_first = sorted((theirs[0] for theirs in unknown.values()), key=lambda one: -_together(one, alike))
    return _of_several(name, [*known, *most_first], alike)


def _of_several(
    name: str, fitting: Sequence[StoredSpeaker], alike: Mapping[int, Sequence[StoredSpeaker]], others: Sequence[StoredSpeaker] = ()
) -> Named:
    """The one of `fitting` who is meant, with those who are `alike`, or all of whom one is to be chosen."""
    one = by_far(fitting, alike)
    if one is None:
        return Named(name, which=tuple(fitting))
    rest = tuple(other for other in (*fitting, *others) if other.id != one.id)
    return Named(name, (one, *alike.get(one.id, ())), offered=rest)


def by_far(fitting: Sequence[StoredSpeaker], alike: Mapping[int, Sequence[StoredSpeaker]] = MappingProxyType({})) -> StoredSpeaker | None:
    """The one who has by far the most quotes, with those of whoever is `alike`; None where there is no such one."""
    if len(fitting) == 1:
        return fitting[0]
    most = max(fitting, key=lambda one: _together(one, alike), default=None)
    return most if most and _together(most, alike) >= BY_FAR * sum(_together(one, alike) for one in fitting) > 0 else None


def saying(named: Named, said: str) -> Named:
    """The same, said to be read so."""
    return replace(named, said=said)


def _weight(speaker: StoredSpeaker) -> int:
    return speaker.quotes + speaker.attitudes


def _together(speaker: StoredSpeaker, alike: Mapping[int, Sequence[StoredSpeaker]]) -> int:
    return _weight(speaker) + sum(map(_weight, alike.get(speaker.id, ())))


def _is_bare(speaker: StoredSpeaker) -> bool:
    """Known to a single article alone, and by less than a full name."""
    return speaker.article_id is not None and (
        speaker.kind is not SpeakerKind.PERSON or len(without_generation(_bare_name(speaker))) < _FULL
    )


def _bare_name(speaker: StoredSpeaker) -> tuple[str, ...]:
    words = name_words(speaker.name)
    return tuple(word for word in words if word not in COURTESIES) or words


def _is_called(speaker: StoredSpeaker, words: Sequence[str]) -> bool:
    """Whether a known person has these words in the name, with the same generation if any is given."""
    return any(set(words) <= set(name_words(known)) for known in (speaker.name, *speaker.names))

"""Which of the speakers that a name fits is meant: never two people as one. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.asking.speakers import name_words
from storage.records import SpeakerKind, StoredSpeaker

BY_FAR = 0.8
"""Who has so great a part of all quotes of those whom a name fits is meant by it; the others are offered."""


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

    Speakers of single articles whom nobody can tell from one another (a bare surname, "a spokesman") are never chosen between:
    they stand apart, each as its article names it, beside the one who is known by more than that.
    """
    heard = [one for one in fitting if _weight(one)] or list(fitting)
    known = [one for one in heard if not _of_one_article(one)]
    bare = tuple(one for one in heard if _of_one_article(one) and one.kind is SpeakerKind.PERSON)
    if not known:
        return Named(name, tuple(heard))
    words = name_words(name)
    exactly = [one for one in known if name_words(one.name) == words] if len(words) > 1 else []
    one = by_far(exactly or known)
    if one is None:
        return Named(name, which=tuple(exactly or known))
    alike = () if exactly else bare
    return Named(name, (one, *alike), offered=tuple(other for other in known if other.id != one.id))


def by_far(fitting: Sequence[StoredSpeaker]) -> StoredSpeaker | None:
    """The one who has by far the most quotes; None where there is no such one."""
    if len(fitting) == 1:
        return fitting[0]
    most = max(fitting, key=_weight, default=None)
    return most if most and _weight(most) >= BY_FAR * sum(map(_weight, fitting)) > 0 else None


def saying(named: Named, said: str) -> Named:
    """The same, said to be read so."""
    return replace(named, said=said)


def _weight(speaker: StoredSpeaker) -> int:
    return speaker.quotes + speaker.attitudes


def _of_one_article(speaker: StoredSpeaker) -> bool:
    return speaker.article_id is not None

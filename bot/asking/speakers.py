"""Whom a name in a question means, among the speakers that the store finds by its words. Pure."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.asking.words import WORD
from bot.generations import generation_of, without_generation
from storage.records import SpeakerKind, StoredSpeaker
from storage.terms import fold


@lru_cache(maxsize=4096)  # the names in the store are gone through for each question that finds nobody
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name as names are compared: without case and accents, as the store finds them."""
    return tuple(word.removesuffix("'s") for word in WORD.findall(fold(name)))


def by_name(name: Sequence[str], found: Iterable[StoredSpeaker]) -> list[StoredSpeaker]:
    """Those of `found` who go by the words `name`: people by some words of their name, anything else by its whole name only.

    Descriptions do not count, so that "ferry" names nobody though there is a ferry union's leader. "Ann Bell Jr." is nobody
    without that, and where it is not typed, a full name is rather that of whoever has none.
    """
    wanted = _without_articles({fold(word) for word in name})
    generation = generation_of(name)
    fitting = [
        one
        for one in found
        if any(wanted == words or (one.kind is SpeakerKind.PERSON and wanted <= words) for words in _names(one))
        or (generation and one.kind is SpeakerKind.PERSON and any(_is_of(name, known) for known in (one.name, *one.names)))
    ]
    if generation or len(wanted) < 2:
        return fitting
    return [one for one in fitting if not _generation(one)] or fitting


def to_look_up(name: Sequence[str]) -> tuple[str, ...]:
    """The words of a name by which the store finds all who may have it: without "Jr.", which is written in several ways."""
    return without_generation(name)


def called(name: Sequence[str], found: Sequence[StoredSpeaker]) -> list[StoredSpeaker]:
    """Those of `found` whom a person means who types the words `name`; they keep their order.

    Names go before descriptions: "Bell" means people of that name, not a spokesman for Bell. Only where nobody goes by
    that name do parts of other names count, and descriptions ("the prime minister").
    """
    if fitting := by_name(name, found):
        return fitting
    wanted = {fold(word) for word in name}
    return (
        [one for one in found if any(wanted <= set(name_words(text)) for text in (*one.names, *one.descriptions))]
        if generation_of(name)
        else list(found)
    )


def _is_of(name: Sequence[str], known: str) -> bool:
    words = name_words(known)
    own = {fold(word) for word in without_generation(name)}
    return generation_of(words) == generation_of(name) and own <= set(without_generation(words))


def _generation(speaker: StoredSpeaker) -> str:
    return generation_of(name_words(speaker.name)) if speaker.kind is SpeakerKind.PERSON else ""


def _names(speaker: StoredSpeaker) -> list[set[str]]:
    return [_without_articles(set(name_words(name))) for name in (speaker.name, *speaker.names)]


def _without_articles(words: set[str]) -> set[str]:
    return words - {"the", "a", "an"} or words

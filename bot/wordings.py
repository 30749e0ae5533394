"""When two quotes carry the same words, whatever marks, case and spacing their outlets use."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

_APOSTROPHES = re.compile(r"(?<=\w)['’ʼ](?=\w)")
_NOT_WORDS = re.compile(r"[\W_]+")


class Worded(Protocol):
    """Anything that carries the words of a quote, in pieces."""

    @property
    def words(self) -> tuple[str, ...]:
        """The exact pieces of the article's text."""
        ...


W = TypeVar("W", bound=Worded)


def wording(words: Sequence[str]) -> str:
    """The words without case, punctuation, quotation marks and line breaks: equal for copies of one text.

    The pieces of a quote that its cue splits are joined, so `"X," she said. "Y."` equals `"X. Y."`.
    """
    text = unicodedata.normalize("NFKC", " ".join(words)).casefold()
    return _NOT_WORDS.sub(" ", _APOSTROPHES.sub("", text)).strip()


def by_wording(quotes: Iterable[W]) -> list[list[W]]:
    """The quotes in groups of the same wording; groups and members keep the order in which they came."""
    groups: dict[str, list[W]] = {}
    for quote in quotes:
        groups.setdefault(wording(quote.words), []).append(quote)
    return list(groups.values())

"""Makes `related.json`: for each word the few nearest in the space of meanings that are no forms of it."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import numpy as np

from bot.asking.words import STOP_WORDS
from bot.embedding.network import Floats

DICTIONARY: Final = Path("/usr/share/dict/words")  # Debian's package wamerican
_WORD = re.compile(r"[a-z]{3,}")
_WITHIN = re.compile(r"(?<=[a-z,;] )([A-Za-z][a-z]{2,})\b")  # not behind a full stop, where every word has a capital
_TWICE: Final = 2
_LEAST: Final = 0.66
_MOST: Final = 4
_LOOKED_AT: Final = 25
_NOBODYS: Final = frozenset({"blacks", "whites"})  # people, whom no other word is to bring up
_AT_ONCE: Final = 500
_BEGINNING, _SHORT = 5, 3  # letters in common from which on two words are taken for forms of one


def words(texts: Iterable[str], vocabulary: Iterable[str], dictionary: Path = DICTIONARY) -> list[str]:
    """Words of a dictionary that the network has whole or the texts have twice, but such as stand there as names.

    Raises OSError where there is no dictionary.
    """
    english = set(filter(_WORD.fullmatch, dictionary.read_text(encoding="utf-8").split()))
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts:
        for match in _WITHIN.finditer(text):
            (lower if match[1].islower() else capital)[match[1].lower()] += 1
    whole = {word for word in vocabulary if lower[word] >= capital[word] / 2}
    common = {word for word, count in lower.items() if count >= _TWICE and count > capital[word]}
    return sorted(((whole | common) & english) - STOP_WORDS)


def table(known: Sequence[str], vectors: Floats) -> Mapping[str, Sequence[str]]:
    """For each word with relatives these, the nearest first; `vectors` [N, D] are those of the words, of length one."""
    centred = vectors - vectors.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    stems = _stems(known)
    found = {}
    for first in range(0, len(known), _AT_ONCE):
        scores = centred[first : first + _AT_ONCE] @ centred.T
        nearest = np.argsort(-scores, axis=1)[:, :_LOOKED_AT]
        for row, others in enumerate(nearest.tolist()):
            near = [place for place in others if scores[row, place] >= _LEAST and known[place] not in _NOBODYS]
            if relatives := _unlike(first + row, near, known, stems):
                found[known[first + row]] = [known[place] for place in relatives]
    return found


def _unlike(word: int, near: Iterable[int], known: Sequence[str], stems: Sequence[str]) -> list[int]:
    """Of the words that are near those that are no forms of the word, and of one another."""
    found: list[int] = []
    for place in near:
        if place == word or stems[place] in {stems[other] for other in (word, *found)} or _begin_alike(known[word], known[place]):
            continue
        found.append(place)
    return found[:_MOST]


def _begin_alike(one: str, other: str) -> bool:
    same = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return same >= _BEGINNING or same >= max(_SHORT, min(len(one), len(other)) - 1)


def _stems(known: Sequence[str]) -> list[str]:
    """The words as the full-text index has them."""
    with closing(sqlite3.connect(":memory:")) as index:
        index.execute("CREATE VIRTUAL TABLE words USING fts5 (word, tokenize = 'porter')")
        index.execute("CREATE VIRTUAL TABLE stems USING fts5vocab (words, 'instance')")
        index.executemany("INSERT INTO words (rowid, word) VALUES (?, ?)", enumerate(known))
        return [stem for (stem,) in index.execute("SELECT term FROM stems ORDER BY doc")]

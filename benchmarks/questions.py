"""Questions to measure with: of every shape that people ask, about words that few or many quotes hold. Always the same ones."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.corpus import OUTLETS, SampleArticle
from benchmarks.vocabulary import nouns

COMMON = 40
RARE_FROM = 2_000
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"“([^“”‘’]+)”")


@dataclass(frozen=True, slots=True)
class SampleQuestion:
    """A question, and the words of it that a bare query of the index looks for, all of them."""

    shape: str
    text: str
    words: tuple[str, ...]


def questions(articles: Sequence[SampleArticle], each: int, *, seed: int = 11) -> list[SampleQuestion]:
    """`each` questions of every shape, in mixed order, about what stands in these articles (but for one shape, about what does not)."""
    random = Random(seed)
    made = _Asker(random, articles)
    asked = [make(shape) for shape, make in made.shapes().items() for _ in range(each)]
    random.shuffle(asked)
    return asked


class _Asker:
    """Makes questions about articles."""

    def __init__(self, random: Random, articles: Sequence[SampleArticle]) -> None:
        self._random = random
        self._articles = articles
        self._rank = {word: rank for rank, word in enumerate(nouns().words)}

    def shapes(self) -> dict[str, Callable[[str], SampleQuestion]]:
        """What makes a question of each shape, by the shape's name."""
        return {
            "a frequent word": self._frequent,
            "a rare word": self._rare,
            "two words": self._two,
            "a speaker": self._speaker,
            "a speaker on a word": self._speaker_on,
            "a word in an outlet": self._outlet,
            "a word since a date": self._since,
            "exact words": self._exact,
            "nothing to find": self._nothing,
        }

    def _frequent(self, shape: str) -> SampleQuestion:
        word = self._common()
        return SampleQuestion(shape, f"who said what about {word}", (word,))

    def _rare(self, shape: str) -> SampleQuestion:
        word = self._seldom()
        return SampleQuestion(shape, f"who said what about {word}", (word,))

    def _two(self, shape: str) -> SampleQuestion:
        first, second = self._common(), self._common()
        return SampleQuestion(shape, f"quotes about {first} and {second}", (first, second))

    def _speaker(self, shape: str) -> SampleQuestion:
        name = self._name()
        return SampleQuestion(shape, f"what did {name} say", (name.split()[-1].lower(),))

    def _speaker_on(self, shape: str) -> SampleQuestion:
        name, word = self._name(), self._common()
        return SampleQuestion(shape, f"what did {name} say about {word}", (name.split()[-1].lower(), word))

    def _outlet(self, shape: str) -> SampleQuestion:
        word = self._common()
        return SampleQuestion(shape, f"who said what about {word} in {self._random.choice(OUTLETS)}", (word,))

    def _since(self, shape: str) -> SampleQuestion:
        word = self._common()
        return SampleQuestion(shape, f"who said what about {word} since {self._random.choice(('March', 'October'))} 2024", (word,))

    def _exact(self, shape: str) -> SampleQuestion:
        said = _QUOTED.findall(self._random.choice(self._articles).text) or ["We sold the ferry"]
        words = tuple(_WORD.findall(max(said, key=len))[:6])
        return SampleQuestion(shape, f'who said "{" ".join(words)}"', tuple(word.lower() for word in words))

    def _nothing(self, shape: str) -> SampleQuestion:
        word = "x" + self._seldom()
        return SampleQuestion(shape, f"who said what about {word}", (word,))

    def _common(self) -> str:
        return self._random.choice(nouns().words[:COMMON])

    def _seldom(self) -> str:
        """A word that stands somewhere, and hardly anywhere else."""
        held = [word for word in _WORD.findall(self._random.choice(self._articles).text) if self._rank.get(word, 0) >= RARE_FROM]
        return self._random.choice(held) if held else nouns().words[RARE_FROM]

    def _name(self) -> str:
        """The name of somebody with whom an article begins."""
        return self._random.choice(self._articles).text.partition(",")[0]

"""Invented words that are as unevenly frequent as those of real news: few everywhere, thousands hardly anywhere.

Frequencies follow Zipf's law as Mandelbrot amended it: the word of rank r weighs 1 / (r + 2.7).
"""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate
from random import Random

_SHIFT = 2.7


def _listed(words: str) -> list[str]:
    return words.split()


_ONSETS = _listed("b br c ch d dr f fl g gl gr h j k l m n p pl pr qu r s sk sl st t th tr v w")
_MIDDLES = _listed("a e i o u ai ea oa ou ee")
_CODAS = _listed("b ck d ft g l lm m n nd nt p rd rk rn sh st t th x")
_NOUN_ENDINGS = _listed("age er ing ism ity ment ness ship tion ure")
_PLACE_ENDINGS = _listed("bury by combe dale ford ham haven mouth port stead ton wick")

_COMMON_NOUNS = _listed(
    "council budget bridge school minister report harbour ferry plan tax road hospital union company inquiry contract bill vote "
    "market strike river water price wage court letter board tender survey season flood storm fund grant deal licence "
    "rail station tunnel airport library museum theatre park housing estate farm fishery forest mine factory depot "
    "election campaign manifesto treaty tariff border visa census pension benefit subsidy loan debt audit leak memo "
    "interference volunteer teacher nurse driver engineer farmer tenant pupil patient passenger voter shareholder supplier "
    "signal timetable engine turbine cable battery pipeline reservoir dam well meter sensor archive database server network "
    "verdict appeal warrant fine charge complaint petition protest march rally speech debate motion amendment clause committee"
)
ADJECTIVES = _listed(
    "new local late public former disputed draft interim annual joint quiet costly narrow early shared sealed final regional coastal "
    "northern southern private urgent routine minor broad unpaid broken planned hidden second revised missing modest sudden"
)
VERBS = _listed(
    "delayed approved reviewed closed funded opened changed questioned replaced moved repaired sold doubled halved blocked published "
    "inspected counted mapped cleared shelved leased rebuilt audited drained rented ordered measured"
)
GIVEN_NAMES = {
    "he": _listed("Alban Bertil Corin Daveth Edric Farrell Gareth Hollis Ivor Jarvis Kester Lorcan Marek Niall Oskar Piers Simon Peter"),
    "she": _listed("Ada Brenna Cerys Delia Edda Freya Greta Hanna Ilse Jocelyn Kerstin Lucy Margaret Nessa Orla Petra Ruth Tilda Helen"),
}
MONTHS = _listed("January February March April May June July August September October November December")
DAYS = _listed("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")


class Zipf:
    """Draws words, those in front far more often than those behind."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self._weights = list(accumulate(1 / (rank + _SHIFT) for rank in range(len(words))))

    def draw(self, random: Random) -> str:
        """One word."""
        return random.choices(self.words, cum_weights=self._weights)[0]


@cache
def nouns(count: int = 6_000) -> Zipf:
    """Nouns: plain English ones in front, made-up ones behind."""
    return Zipf(_made(Random(1), count, lambda random: _syllables(random) + random.choice(_NOUN_ENDINGS), _COMMON_NOUNS))


@cache
def places(count: int = 400) -> Zipf:
    """Names of towns that are on no map."""
    return Zipf(place_names(count))


def place_names(count: int) -> list[str]:
    """As many names of towns, always the same ones."""
    return _made(Random(2), count, lambda random: (_syllable(random) + random.choice(_PLACE_ENDINGS)).capitalize())


def made_words(count: int, known: Sequence[str]) -> list[str]:
    """`known` and as many made-up words behind them as make up the count."""
    return _made(Random(5), count, lambda random: _syllables(random) + _syllable(random), known)


@cache
def surnames(count: int = 700) -> Zipf:
    """Family names."""
    return Zipf(_made(Random(3), count, lambda random: _syllables(random).capitalize()))


def _syllable(random: Random) -> str:
    return random.choice(_ONSETS) + random.choice(_MIDDLES) + random.choice(_CODAS)


def _syllables(random: Random) -> str:
    return random.choice(_ONSETS) + random.choice(_MIDDLES) + _syllable(random)


def _made(random: Random, count: int, make: Callable[[Random], str], known: Sequence[str] = ()) -> list[str]:
    """`known` and as many made-up words as fill the count, each word once."""
    words = dict.fromkeys(known)
    while len(words) < count:
        words[make(random)] = None
    return list(words)

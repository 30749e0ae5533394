"""Names with typing errors: which words of known names a mistyped word may be. Pure.

The distance counts letters that are wrong, left out, too many or swapped with the next (optimal string alignment: Boytsov,
Indexing methods for approximate dictionary searching, 2011).
"""

from collections.abc import Iterable, Sequence
from itertools import groupby, product

from rapidfuzz import process
from rapidfuzz.distance import OSA

_MOST_COMPARED = 100
_MOST_WORDS = 5
_MOST_TOGETHER = 12


_SHORT = 5


def edits_allowed(term: str) -> int:
    """How many letters may be wrong, left out, too many or swapped with the next: none in a short word."""
    return 0 if len(term) < 4 else 1 if len(term) < 7 else 2


def words_near(term: str, known: Iterable[str]) -> list[tuple[str, int]]:
    """Those of the known words that `term` may be meant for, with how many letters are wrong, the nearest first; itself too."""
    words = sorted(set(known) - {term})
    found = process.extract(term, words, scorer=OSA.distance, score_cutoff=edits_allowed(term), limit=_MOST_COMPARED)
    likely = sorted((int(wrong), word) for word, wrong, _ in found if not _is_another(term, word))
    return [(term, 0), *((word, wrong) for wrong, word in likely[:_MOST_WORDS])]


def _is_another(term: str, word: str) -> bool:
    """Whether two short words differ by another letter, as Bell and Bill do: names, rather than one name and an error."""
    return len(term) == len(word) <= _SHORT and sorted(term) != sorted(word)


def together(near: Sequence[Sequence[tuple[str, int]]]) -> list[list[tuple[str, ...]]]:
    """The names that words may stand for, each given as `words_near`: those with the fewest wrong letters first, as many in one list."""
    names = sorted((sum(wrong for _, wrong in words), tuple(word for word, _ in words)) for words in product(*near))
    wrong = [(count, name) for count, name in names if count][:_MOST_TOGETHER]
    return [[name for _, name in alike] for _, alike in groupby(wrong, key=lambda one: one[0])]

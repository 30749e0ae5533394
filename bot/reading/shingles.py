"""Whether two texts are copies of each other, wholly or in good part: by the word sequences that they share.

Shingles are all sequences of a few words (Broder 1997, "On the resemblance and containment of documents"). Of them some are kept so
that copies can be looked for: the least of each window (Schleimer, Wilkerson and Aiken 2003, "Winnowing").
"""

from collections.abc import Sequence, Set
from hashlib import blake2b
from typing import Final

from storage.terms import terms

_WORDS: Final = 5
"""So many words in a row are a shingle."""
_WINDOW: Final = 100
"""Of so many shingles in a row the least is kept: texts that share a passage of a hundred words share one that is kept."""
_REACH: Final = 200_000
"""Of a text of more characters only so many are looked at: whole books of minutes are published as one article."""
_SHARE: Final = 0.55
_FEWEST: Final = 40
"""What shares less with another text, or fewer shingles, is no copy: a notice that stands under all articles of an outlet is as long."""


def shingles(text: str) -> list[int]:
    """The shingles of a text, or of the beginning of a very long one, as numbers of 63 bits, in their order.

    A text of fewer words than one shingle has none.
    """
    words = terms(text[:_REACH])
    return [_number(words[start : start + _WORDS]) for start in range(len(words) - _WORDS + 1)]


def kept(of_text: Sequence[int]) -> frozenset[int]:
    """Those of the shingles by which copies of the text are found: about one in fifty."""
    return frozenset(min(of_text[start : start + _WINDOW]) for start in range(max(1, len(of_text) - _WINDOW + 1)) if of_text)


def is_copy(one: Set[int], other: Set[int]) -> bool:
    """Whether one of two texts is a copy of the other, or of a good part of it, by their shingles."""
    shared = len(one & other)
    return shared >= _FEWEST and shared >= _SHARE * min(len(one), len(other))


def _number(words: Sequence[str]) -> int:
    return int.from_bytes(blake2b(" ".join(words).encode(), digest_size=8).digest()) >> 1

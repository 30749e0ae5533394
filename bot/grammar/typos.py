"""When a word is a known one with a typing error."""

from collections.abc import Collection

from rapidfuzz.distance import OSA

SHORTEST_WITH_A_WRONG_LETTER = 7
SHORTEST_BESIDE_OTHERS = 4


def mistyped(word: str, known: str) -> bool:
    """Whether the word is the keyword with two letters swapped, one left out, doubled or added, or (in long ones) wrong.

    A wrong letter makes another word out of a short one: "hemp" is not "help".
    """
    if word == known or OSA.distance(word, known) != 1 or word in (f"{known}s", f"{known}d"):
        return False
    replaced = len(word) == len(known) and sorted(word) != sorted(known)
    return not replaced or len(known) >= SHORTEST_WITH_A_WRONG_LETTER


def righted(text: str, known: Collection[str]) -> str:
    """The text with the known words in the place of mistyped ones; among several words a wrong letter counts in short ones as well."""
    words = text.split(" ")
    return " ".join(_righted(word, known, alone=len(words) == 1) for word in words)


def _righted(word: str, known: Collection[str], *, alone: bool) -> str:
    typed = word.lower()
    if typed in known:
        return word
    near = (one for one in known if mistyped(typed, one) or (not alone and _nearly(typed, one)))
    return next(near, word)


def _nearly(word: str, known: str) -> bool:
    return len(known) >= SHORTEST_BESIDE_OTHERS and OSA.distance(word, known) == 1

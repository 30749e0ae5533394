"""When a word is a known one with a typing error."""

from rapidfuzz.distance import OSA

SHORTEST_WITH_A_WRONG_LETTER = 7


def mistyped(word: str, known: str) -> bool:
    """Whether the word is the keyword with two letters swapped, one left out, doubled or added, or (in long ones) wrong.

    A wrong letter makes another word out of a short one: "hemp" is not "help".
    """
    if word == known or OSA.distance(word, known) != 1 or word in (f"{known}s", f"{known}d"):
        return False
    replaced = len(word) == len(known) and sorted(word) != sorted(known)
    return not replaced or len(known) >= SHORTEST_WITH_A_WRONG_LETTER

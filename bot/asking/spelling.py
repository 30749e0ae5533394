"""The words that make a question, where two of their letters are swapped: "qoutes", "abuot". Pure."""

import re

_WORDS = ("about", "compare", "latest", "newest", "quote", "quotes", "what")
_LETTERS = re.compile(r"[a-z]+", re.IGNORECASE)


def _swapped(word: str) -> set[str]:
    return {f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}" for at in range(len(word) - 1)} - {word}


_MEANT = {wrong: word for word in _WORDS for wrong in _swapped(word)}


def spelt(text: str) -> str:
    """The text with such words as they are meant; all others stay, in names and topics too."""
    return _LETTERS.sub(lambda found: _MEANT.get(found[0], found[0]), text)

"""Words that mean nearly what the asker's words mean: looked for too, and named where they stand in what was found.

The table beside the embedder's weights was made from its vectors of single words (`training/embedding/`): for each word the few
nearest that are no forms of it.
"""

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache

from bot.asking.roles import TITLES
from bot.asking.words import WORD
from bot.embedding.shipped import WEIGHTS
from storage.inflections import forms
from storage.terms import fold

_MOST_NAMED = 6
_Y, _IES = re.compile(r"(?<=[^aeiou])y$"), re.compile(r"(?<=[^aeiou])ies$")
_SIBILANT, _ES = re.compile(r"(?:s|x|z|ch|sh)$"), re.compile(r"(?<=s|x|z|h)es$")


def related(word: str) -> tuple[str, ...]:
    """The words related to a word as it was typed; none to one in capitals or with a capital, which is a name."""
    if word != word.lower():
        return ()
    return next((tuple(others) for form in _in_either_number(fold(word)) if (others := _table().get(form))), ())


def standing_in(texts: Iterable[str], asked: Sequence[str]) -> tuple[str, ...]:
    """The words related to what was asked that stand in the texts, in the order of the words asked: at most six."""
    there = {word for text in texts for word in WORD.findall(fold(text))}
    known = {form for word in asked for form in forms(fold(word))}
    named = (other for word in asked for other in related(word) if other in there and other not in known)
    return tuple(dict.fromkeys(named))[:_MOST_NAMED]


def _in_either_number(word: str) -> tuple[str, ...]:
    """A noun as it is, and as it would be in the other number: "tax" and "taxes", "ferry" and "ferries"."""
    others = (_Y.sub("ies", word), f"{word}es") if _Y.search(word) or _SIBILANT.search(word) else ()
    return word, _IES.sub("y", word), _ES.sub("", word), word.removesuffix("s"), *others, f"{word}s"


@cache
def _table() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads((WEIGHTS / "related.json").read_text(encoding="utf-8"))
    return found


def is_name(word: str) -> bool:
    """Whether a word is written as a name is, with a capital, and is no title that stands before one."""
    return word[:1].isupper() and word.lower() not in TITLES

"""Outlets in a question: "in the Ledger", "from The Harbour Post"."""

import re
from collections.abc import Collection

from bot.asking.words import plain

_THE = re.compile(r"^the\s+", re.IGNORECASE)
_LAST_WORD = re.compile(r"\b(?P<where>in|from)\s+the\s+(?P<word>[^\W_]{3,})\b(?!['’-]?\w)", re.IGNORECASE)
_MARKED = re.compile(r"\b(?:in|from)\s+(?:“(?P<curly>[^“”]+)”|\"(?P<straight>[^\"]+)\")", re.IGNORECASE)
_QUOTATION_MARKS = str.maketrans(dict.fromkeys('"“”„«»', " "))


def take_outlet(text: str, outlets: Collection[str]) -> tuple[str, str]:
    """The known outlet that a question restricts itself to ("" for none) and the question without those words.

    An outlet is recognised after in, from, by, of or according to, by its name with or without "The", or as "the" with
    the last word of its name where only one outlet has it ("from the Ledger", "in the Ledger").
    """
    for outlet in sorted(outlets, key=len, reverse=True):
        name = re.escape(_THE.sub("", outlet.strip())).replace(r"\ ", r"\s+")
        if name and (found := re.search(rf"\b(?:in|from|by|of|according\s+to)\s+(?:the\s+)?{name}(?![\w-])", text, re.IGNORECASE)):
            return outlet, _without(text, found)
    for found in _LAST_WORD.finditer(text):
        called = [outlet for outlet in outlets if outlet.lower().split()[-1:] == [found["word"].lower()]]
        # "in the post" is more often a letter than a newspaper; "from the post" and "in the Post" are not.
        if len(called) == 1 and (found["where"].lower() == "from" or found["word"][0].isupper()):
            return called[0], _without(text, found)
    return "", text


def take_marked_outlet(text: str, outlets: Collection[str]) -> tuple[str, str]:
    """The known outlet whose whole name stands in quotation marks behind in or from, whatever words are in it; as `take_outlet`."""
    for found in _MARKED.finditer(text):
        name = unmarked(found["curly"] or found["straight"]).casefold()
        for outlet in outlets:
            if unmarked(outlet).casefold() == name:
                return outlet, _without(text, found)
    return "", text


def unmarked(name: str) -> str:
    """A name on one line without quotation marks, which say nothing around or within one."""
    return plain(name.translate(_QUOTATION_MARKS))


def outlet_named(name: str, outlets: Collection[str]) -> str:
    """The known outlet that goes by `name`, as for an option: with or without "The", or by its last word; else `name` itself."""
    if name in outlets:
        return name
    wanted = _THE.sub("", unmarked(name)).casefold()
    for outlet in outlets:
        if _THE.sub("", unmarked(outlet)).casefold() == wanted:
            return outlet
    called = [outlet for outlet in outlets if outlet.casefold().split()[-1:] == [wanted]]
    return called[0] if len(called) == 1 else name


def outlet_called(name: str) -> str:
    """The outlet that "anything from the Guardian" must mean where no outlet is known, else ""."""
    return name if re.match(r"the\s+[A-Z]", name) else ""


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]}{text[found.end() :]}".strip()

"""Outlets in a question: "in the Ledger", "from The Harbour Post", "who told the Ledger"."""

import re
from collections.abc import Collection
from functools import lru_cache
from itertools import islice

from bot.asking.words import plain
from storage.terms import fold

_THE = re.compile(r"^the\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_BEFORE = re.compile(
    r"\b(?:(?:in|from|by|of|at|via|according\s+to|(?:reported|published|printed|quoted)\s+(?:in|by))"
    r"|(?P<kept>sp(?:oke|eak|eaks|eaking|oken)|talk(?:s|ed|ing)?|sa(?:y|ys|id|ying)|respond(?:s|ed|ing)?|repl(?:y|ies|ied|ying)"
    r"|comment(?:s|ed|ing)?|answer(?:s|ed|ing)?)\s+(?:to|with)|(?P<told>tell|tells|told|telling))\s+(?:the\s+)?(?=[^\W_])",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s.&'’-]*")
_MOST_WORDS = 12
_LAST_WORD = re.compile(
    r"\b(?P<where>in|from|(?:(?<=respond )|(?<=reply )|(?<=comment )|(?<=talk )|(?<=speak ))to)\s+the\s+(?P<word>[^\W_]{3,})\b(?!['’-]?\w)",
    re.IGNORECASE,
)
_MARKED = re.compile(r"\b(?:in|from)\s+(?:“(?P<curly>[^“”]+)”|\"(?P<straight>[^\"]+)\")", re.IGNORECASE)
_QUOTATION_MARKS = str.maketrans(dict.fromkeys('"“”„«»', " "))


def take_outlet(text: str, outlets: Collection[str]) -> tuple[str, str]:
    """The known outlet that a question restricts itself to ("" for none) and the question without those words.

    An outlet is recognised after in, from, by, of or according to, and after "told", "spoke to" and "respond to", which stay: by its
    name with or without "The", in whatever case and with or without hyphens, or as "the" with the last word of its name where only
    one outlet has it ("from the Ledger", "in the Ledger").
    """
    names = {_letters(outlet): outlet for outlet in outlets}
    names.pop("", None)
    best: tuple[int, str, str] = (0, "", text)
    for before in _BEFORE.finditer(text) if names else ():
        end, outlet = _longest(text, before.end(), names)
        if (length := end - before.end()) > best[0]:
            kept = before["kept"] or before["told"] or ""
            best = (length, outlet, f"{text[: before.start()]}{kept}{text[end:]}".strip())
    if best[1]:
        return best[1], best[2]
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
        if _letters(outlet) == _letters(name) != "":
            return outlet
    called = [outlet for outlet in outlets if outlet.casefold().split()[-1:] == [wanted]]
    return called[0] if len(called) == 1 else name


def outlet_called(name: str) -> str:
    """The outlet that "anything from the Guardian" must mean where no outlet is known, else ""."""
    return name if re.match(r"the\s+[A-Z]", name) else ""


@lru_cache(maxsize=4096)  # the same outlets are gone through with every question
def _letters(name: str) -> str:
    """The letters and digits of a name without "The", to compare it by."""
    return "".join(_WORD.findall(fold(_THE.sub("", name.strip()))))


def _longest(text: str, start: int, called: dict[str, str]) -> tuple[int, str]:
    """Where the longest name of an outlet ends that begins at `start`, and that outlet; ("" where none does)."""
    end, outlet, letters, previous = start, "", "", start
    for word in islice(_WORD.finditer(text, start), _MOST_WORDS):
        if not _BETWEEN.fullmatch(text, previous, word.start()):
            break
        previous = word.end()
        letters += fold(word[0])
        if letters in called and not re.match(r"[\w-]", text[previous:]):
            end, outlet = previous, called[letters]
    return end, outlet


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]}{text[found.end() :]}".strip()

"""What counts as a word when the store is searched, the same for both engines and for both sides of a match."""

import hashlib
import re
import unicodedata
from collections.abc import Callable

from storage.errors import Unstorable

LONGEST_TERM = 64
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc\uff07\u0060\u00b4]")
_POSSESSIVE = re.compile(r"(?<=[^\W_])'s(?![^\W_])")
_INSIDE_A_WORD = re.compile(r"(?<=[^\W_])'(?=[^\W_])")
_AS_WRITTEN = re.compile(r"[^\W_]+(?:'[^\W_]*)*")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_UNSEEN = frozenset({"Mn", "Mc", "Me", "Cf", "Cs"})


def fold(text: str) -> str:
    """`text` without case, accents and invisible characters, with straight apostrophes."""
    if text.isascii():
        return text.lower()
    # Twice, since the letters of compatibility forms can be capitals (Unicode 16, section 3.13, D146).
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", _APOSTROPHES.sub("'", text)).casefold())
    return "".join(c for c in decomposed if unicodedata.category(c) not in _UNSEEN)


def terms(text: str) -> list[str]:
    """The words of `text` in order, folded: letters and digits only, at most `LONGEST_TERM` of them each.

    A possessive loses its ending and an apostrophe inside a word its mark, so that "don't", "don’t" and
    "dont" are one word, and "Starmer's" is "Starmer". A hyphenated word is several.
    """
    folded = _INSIDE_A_WORD.sub("", _POSSESSIVE.sub("", fold(text)))
    return [word[:LONGEST_TERM] for word in _WORD.findall(folded)]


def beginning(typed: str) -> Callable[[str], bool]:
    """Whether a name goes on from what is typed: each word typed begins one of the name, folded, in whatever order.

    One with an apostrophe begins only what has it in the same place, or ends there: "o'" is O'Brien, and not Olaf.
    """
    wanted = terms(typed)
    exactly = [word for word in _AS_WRITTEN.findall(_POSSESSIVE.sub("", fold(typed))) if "'" in word]

    def fits(name: str) -> bool:
        if exactly:
            written = _AS_WRITTEN.findall(fold(name))
            if not all(any(word.startswith(one) or word == one.rstrip("'") for word in written) for one in exactly):
                return False
        words = terms(name)
        return all(any(word.startswith(one) for word in words) for one in wanted)

    return fits


def digest(text: str) -> str:
    """The SHA-256 of `text` in hexadecimal: a fixed-size stand-in for values too long for an index."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def storable(text: str) -> bool:
    """Whether both engines can hold `text`: no NUL and no lone surrogate."""
    return not _UNSTORABLE.search(text)


def without_unstorable(text: str) -> str:
    """`text` without the characters that not both engines can hold."""
    return _UNSTORABLE.sub("", text)


def see_that_it_is_storable(what: str, *texts: str | None) -> None:
    """Raise `Unstorable` if `what` has a text that not both engines can hold."""
    if not all(storable(text) for text in texts if text is not None):
        raise Unstorable(f"{what} has characters that no database can store.", "Look whether it was read in the right encoding.")

"""When are the speakers of two articles one? By full name only; a bare surname, a role or a pronoun is never enough."""

import re
import unicodedata
from collections.abc import Sequence

from storage.records import SpeakerKind

_INITIAL = re.compile(r"^[a-z]\.?$")


def speaker_key(words: Sequence[str], kind: SpeakerKind, shown: str) -> str | None:
    """The normalised name under which a speaker is the same in every article, or None.

    A person needs a given name and a surname (or a peer's title); middle initials, accents and case do
    not count. An organisation goes by its name without "the".
    """
    plain = [_plain(w) for w in words]
    if kind is SpeakerKind.ORGANISATION:
        return " ".join(w for w in plain if w != "the") or None
    if kind is not SpeakerKind.PERSON:
        return None
    if shown.startswith(("Lord ", "Lady ", "Baroness ", "Pope ", "King ", "Queen ", "Prince ", "Princess ")):
        return _plain(shown)
    if len(plain) < 2 or _INITIAL.match(plain[0]):
        return None
    return " ".join([plain[0], *(w for w in plain[1:-1] if not _INITIAL.match(w)), plain[-1]])


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("’", "'").strip(".")

"""When are the speakers of two articles one? By full name only; a bare surname, a role or a pronoun is never enough."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from bot.quoting.generations import generation_of, without_generation
from bot.quoting.occupations import exclude, fields
from storage.records import SpeakerKind

_INITIAL = re.compile(r"^[a-z]\.?$")


def speaker_key(words: Sequence[str], kind: SpeakerKind, shown: str) -> str | None:
    """The normalised name under which a speaker is the same in every article, or None.

    A person needs a given name and a surname (or a peer's title); middle initials, accents and case do
    not count, but Jr., Sr. and III do. An organisation goes by its name without "the".
    """
    plain = [_plain(w) for w in words]
    if kind is SpeakerKind.ORGANISATION:
        return " ".join(w for w in plain if w != "the") or None
    if kind is not SpeakerKind.PERSON:
        return None
    if shown.startswith(("Lord ", "Lady ", "Baroness ", "Pope ", "King ", "Queen ", "Prince ", "Princess ")):
        return _plain(shown)
    generation, plain = generation_of(plain), list(without_generation(plain))
    if len(plain) < 2 or _INITIAL.match(plain[0]):
        return None
    return " ".join([plain[0], *(w for w in plain[1:-1] if not _INITIAL.match(w)), plain[-1], generation]).rstrip()


def are_two(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether what two articles say of one name is evidently said of two people.

    Their work excludes each other (a nurse, a footballer), or they hold one office of two places (the mayors of Ely and of York).
    Two that are said to be the same in any words are one; where nothing is said of one of them, the name decides.
    """
    one, other = [text.casefold() for text in one], [text.casefold() for text in other]
    if set(one) & set(other):
        return False
    return exclude(fields(one), fields(other)) or _offices_of_two_places(one, other)


def _offices_of_two_places(one: Iterable[str], other: Iterable[str]) -> bool:
    held, also_held = dict(_offices(one)), dict(_offices(other))
    shared = [(held[office], also_held[office]) for office in held.keys() & also_held.keys()]
    return bool(shared) and not any(here.startswith(there) or there.startswith(here) for here, there in shared)


def _offices(descriptions: Iterable[str]) -> Iterator[tuple[str, str]]:
    """`the former mayor of Ely, and …` gives mayor and ely."""
    for text in descriptions:
        if m := _OFFICE_OF.search(text):
            yield m["office"], m["place"]


_OFFICE_OF = re.compile(
    r"\b(?P<office>mayor|bishop|archbishop|governor|sheriff|councillor|mp|td|vicar|dean) (?:of|for) (?P<place>[\w' -]+)"
)


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("’", "'").strip(".")

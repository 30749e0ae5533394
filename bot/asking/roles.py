"""Titles and roles: whom "Senator Warren" and "the mayor of New York" mean, by what the articles call people. Pure."""

import re
from collections.abc import Iterable, Sequence

from bot.asking.speakers import name_words
from bot.asking.words import WORD
from storage.records import SpeakerKind, StoredSpeaker
from storage.terms import terms

_SAME = {
    "ags": "attorneys general",
    "amb": "ambassador",
    "atty": "attorney",
    "capt": "captain",
    "ceo": "chief executive",
    "cfo": "chief financial officer",
    "cllr": "councillor",
    "col": "colonel",
    "gen": "general",
    "gov": "governor",
    "lt": "lieutenant",
    "pm": "prime minister",
    "potus": "president",
    "pres": "president",
    "prof": "professor",
    "rep": "representative",
    "rev": "reverend",
    "sen": "senator",
    "sgt": "sergeant",
    "supt": "superintendent",
    "veep": "vice president",
    "vp": "vice president",
}
"""What is short for a role."""
_LOOSE = {
    "boss": ("chief executive", "chief", "head", "director", "manager", "chairman", "chairwoman", "president"),
    "chair": ("chairman", "chairwoman", "chairperson"),
    "chief": ("head", "director", "chief executive", "commissioner"),
    "head": ("director", "chief", "leader", "chief executive"),
    "leader": ("head", "chairman", "chairwoman", "president"),
}
"""What stands for one of several roles."""
TITLES = frozenset(
    WORD.findall("""amb ambassador archbishop attorney atty baroness bishop brigadier capt captain cardinal chair chairman
    chairwoman chancellor chief cllr coach col colonel commander commissioner congressman congresswoman councillor
    countess deputy detective director duchess emperor first foreign gen general gov governor home inspector judge
    justice lieutenant lt mayor minister mp officer pope premier president prime princess principal queen rabbi rep
    representative rev reverend secretary sen senator sergeant sgt sheriff speaker superintendent tsar vice""")
)
"""Words that stand before a name and are seldom somebody's first name."""
SMALL = frozenset({"a", "an", "and", "at", "for", "in", "of", "the", "to", "with"})
_CHANGING = frozenset(
    WORD.findall("""aide aspiring assistant candidate daughter deputy designate elect ex former husband incoming late next nominee onetime
    previous shadow son spokesman spokesperson spokeswoman under vice wife would""")
)
"""Words beside a role that make another one of it."""
_BEHIND = re.compile(r",|\s(?:of|for|at|in|to|from|with|who)\s", re.IGNORECASE)


def without_title(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a name without the titles before it ("Senator Warren", "Mayor de Blasio"); () where there are none, or nothing else."""
    rest = list(words)
    while rest and rest[0].lower().rstrip(".") in TITLES:
        rest.pop(0)
    return tuple(rest) if len(rest) < len(words) else ()


def by_surname(name: Sequence[str], found: Iterable[StoredSpeaker]) -> list[StoredSpeaker]:
    """Those people among `found` whose names end with the words `name`."""
    wanted = name_words(" ".join(name))
    return [
        one
        for one in found
        if one.kind is SpeakerKind.PERSON and any(name_words(known)[-len(wanted) :] == wanted for known in (one.name, *one.names))
    ]


def wordings(role: Sequence[str]) -> list[list[tuple[str, ...]]]:
    """The words to look up for a role: without small ones, short and written out, all of which are the same; then what it may be else."""
    words = [word for word in terms(" ".join(role)) if word not in SMALL]
    spelt = tuple(_spelt(words))
    short = tuple(terms(_abbreviated(" ".join(words))))
    instead = [
        tuple(part for other in spelt for part in (title if other == one else other).split())
        for one in spelt
        for title in _LOOSE.get(one, ())
    ]
    same = [one for one in dict.fromkeys((tuple(words), spelt, short)) if one]
    return [same, *([one] for one in dict.fromkeys(instead) if one not in same)] if same else []


def holding(role: Sequence[str], found: Iterable[StoredSpeaker]) -> list[StoredSpeaker]:
    """The people among `found` whom articles describe as what the words `role` say, in their order.

    "Former mayor" and "mayor's spokesman" are no mayor. Those who are called that and nothing more go before "Italian prime
    minister" and the like.
    """
    wanted = set(role)
    people = [one for one in found if one.kind is SpeakerKind.PERSON]
    fitting = [one for one in people if any(_is_one(wanted, text) for text in one.descriptions)]
    exactly = [one for one in fitting if any(set(_telling(text)) == wanted and _is_one(wanted, text) for text in one.descriptions)]
    return exactly or fitting


def called_so(words: Sequence[str], found: Iterable[StoredSpeaker]) -> list[StoredSpeaker]:
    """Those among `found` who are no people and are called so, as "the bridge campaign" may be; else those with that in a name."""
    wanted = set(words)
    others = [one for one in found if one.kind is not SpeakerKind.PERSON]
    fitting = [one for one in others if any(_is_one(wanted, text) for text in (*one.names, *one.descriptions))]
    return fitting or [one for one in others if any(wanted <= set(terms(text)) for text in one.names)]


def is_described(words: Sequence[str], speaker: StoredSpeaker) -> bool:
    """Whether some description or name of the speaker has one of these words."""
    called = {word for text in (*speaker.descriptions, *speaker.names) for word in _spelt(terms(text))}
    return any(word in called for word in _spelt(terms(" ".join(words))))


def _spelt(words: Iterable[str]) -> list[str]:
    return [part for word in words for part in _SAME.get(word, word).split()]


def _is_one(wanted: set[str], description: str) -> bool:
    words = _telling(description)
    return wanted <= set(words) and not (_CHANGING & set(words) - wanted) and _head(description) in wanted


def _telling(text: str) -> list[str]:
    return [word for word in terms(text) if word not in SMALL]


def _head(description: str) -> str:
    """The word that says what somebody is: "director" of "director of the bureau" and of "bureau director"."""
    words = terms(_BEHIND.split(description, maxsplit=1)[0])
    return words[-1] if words else ""


def _abbreviated(text: str) -> str:
    for short, long in _SAME.items():
        text = re.sub(rf"\b{long}\b", short, text)
    return text

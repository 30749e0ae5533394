"""Which of the descriptions of a person are roles: what somebody is, said whole and of one. Pure."""

import re

from bot.quoting import lexicon
from bot.quoting.groups import is_plural

_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")
_OPENERS = lexicon.words("a an the his her its their our my another one")
_RELATIONS = lexicon.words(
    "friend wife husband spouse partner girlfriend boyfriend fiance fiancé fiancee fiancée mother father mum mom dad parent son daughter "
    "child brother sister sibling twin uncle aunt cousin nephew niece grandmother grandfather grandson granddaughter stepmother "
    "stepfather widow widower relative neighbour neighbor colleague ally rival associate acquaintance companion roommate classmate"
)
_NEARNESS = lexicon.words("close closest old oldest older eldest elder younger youngest longtime long-time good best dear late former ex-")
_BEHIND = lexicon.PREPOSITIONS | lexicon.words("and or but than that who whom whose which where when")
_BEGIN_SENTENCES = lexicon.words("enter exit meet see watch ask say take")
_ORDINALS = lexicon.words("first second third next last one two three former other")
_WERE = lexicon.words("is are was were has have had will would does did")
_UNFINISHED = (
    (lexicon.ABBREVIATIONS - lexicon.words("jr sr inc ltd corp co etc"))
    | lexicon.PREPOSITIONS
    | lexicon.words("a an the and or his her its their")
)


def is_role(description: str) -> bool:
    """Whether a description says what one person is: no plural, no bare kinship, nothing cut off, nothing of a sentence's beginning."""
    words = _WORD.findall(description)
    while words and words[0].lower() in _OPENERS:
        del words[0]
    lower = [word.lower() for word in words]
    if not lower:
        return False
    head = next((place for place, word in enumerate(lower) if place and word in _BEHIND), len(lower))
    is_bare = set(lower) <= _RELATIONS | _NEARNESS | _ORDINALS | lexicon.words("mr mrs ms miss dr")
    is_cut_off = lower[-1] in _UNFINISHED and (head < len(lower) or lower[-1] in lexicon.PREPOSITIONS)
    return not (is_bare or is_cut_off or is_plural(lower[head - 1]) or _is_of_a_sentence(words[:head]))


def _is_of_a_sentence(words: list[str]) -> bool:
    """Whether it begins as a sentence does ("At center stage was", "Enter President") rather than as a role."""
    lower = [word.lower() for word in words]
    begins = lower[0] in _BEGIN_SENTENCES or (lower[0] in lexicon.PREPOSITIONS | lexicon.NEVER_NAMES and lower[0] not in _ORDINALS)
    return (begins and words[0][0].isupper()) or not _WERE.isdisjoint(lower) or lower[0] in lexicon.PREPOSITIONS - {"under"}

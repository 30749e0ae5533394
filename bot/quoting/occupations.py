"""What people do, by the words for it: enough to see that a footballer is not the nurse of the same name.

Only words that mean one kind of work wherever they stand: there are officers of companies and of the police, and a key player may be
a senator.
"""

import re
from collections.abc import Iterable, Mapping

from bot.quoting.lexicon import words

_FIELDS: Mapping[str, frozenset[str]] = {
    "politics": words(
        "minister senator mayor taoiseach mp td msp lawmaker congressman congresswoman politician legislator ambassador diplomat"
    ),
    "law": words("judge lawyer attorney solicitor barrister prosecutor"),
    "police": words("constable detective sheriff"),
    "medicine": words("doctor nurse surgeon midwife physician paramedic dentist psychiatrist gp"),
    "school": words("teacher headteacher headmaster headmistress"),
    "research": words("professor scientist researcher historian economist academic scholar"),
    "sport": words("footballer striker goalkeeper midfielder jockey cricketer boxer golfer"),
    "business": words("businessman businesswoman banker shopkeeper"),
    "arts": words("actor actress singer author novelist poet musician rapper comedian"),
    "press": words("journalist reporter editor columnist correspondent"),
    "church": words("bishop archbishop priest rabbi imam vicar"),
    "land and sea": words("farmer fisherman skipper sailor"),
}
_FIELD_OF = {word: field for field, own in _FIELDS.items() for word in own}
# People go from one of these to another, or are in several at once.
_PUBLIC_LIFE = frozenset({"politics", "law", "business", "press", "research", "arts"})
_WORD = re.compile(r"[^\W\d_]+")


def fields(descriptions: Iterable[str]) -> set[str]:
    """The fields of work that descriptions speak of."""
    return {_FIELD_OF[word] for text in descriptions for word in _WORD.findall(text.lower()) if word in _FIELD_OF}


def exclude(one: set[str], other: set[str]) -> bool:
    """Nobody is likely to be in both: fields are known of both, none is shared, and not all are public life."""
    return bool(one) and bool(other) and not one & other and not (one | other) <= _PUBLIC_LIFE

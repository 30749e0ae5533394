"""What people do, by the words for it: enough to see that a footballer is not the nurse of the same name."""

import re
from collections.abc import Iterable, Mapping

from bot.quoting.lexicon import words

_FIELDS: Mapping[str, frozenset[str]] = {
    "politics": words(
        "minister secretary senator governor mayor president premier taoiseach chancellor mp td msp councillor lawmaker congressman "
        "congresswoman representative candidate nominee leader politician legislator treasurer ambassador diplomat"
    ),
    "law": words("judge justice lawyer attorney solicitor barrister prosecutor"),
    "police": words("constable sergeant detective inspector superintendent sheriff officer"),
    "medicine": words("doctor nurse surgeon midwife physician paramedic dentist psychiatrist gp"),
    "school": words("teacher headteacher headmaster headmistress pupil student"),
    "research": words("professor scientist researcher historian economist academic scholar engineer"),
    "sport": words("footballer coach captain striker goalkeeper midfielder defender jockey cricketer player boxer golfer athlete"),
    "business": words("businessman businesswoman founder banker investor trader owner shopkeeper landlord"),
    "arts": words("actor actress singer author novelist poet painter director musician rapper comedian"),
    "press": words("journalist reporter editor columnist correspondent anchor host presenter"),
    "church": words("bishop archbishop priest rabbi imam vicar pastor cardinal"),
    "land and sea": words("farmer fisherman skipper pilot driver sailor"),
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

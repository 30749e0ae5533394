"""Is a name a person's or an organisation's? By its words and what stands before it; None where nothing tells."""

from collections.abc import Sequence

from bot.quoting import lexicon
from bot.quoting.places import PEOPLES, PLACES
from bot.quoting.sentences import Token
from storage.records import SpeakerKind

# What a building, an honour, a law, a day or a show is called by.
_THINGS = lexicon.words(
    "tower towers hotel plaza street avenue road river bridge mountain island islands airport stadium square theater theatre "
    "restaurant award awards prize medal heart act amendment plan war day building beach county city state states university summit "
    "festival games cup olympics primary caucus caucuses debate election elections tuesday saturday wall dream deal project program "
    "initiative index bowl district village valley mall resort casino strip constitution order rule court circuit bible show tonight "
    "today week report poll survey institution library academy "
    "farm camp beach forest creek canal pier museum pub inn cafe café lodge estate quarry terrace lane crescent"
)
# With what a place, a storm or an undertaking begins: Mount Drumlin, Storm Aldith.
_BEGINNINGS = lexicon.words(
    "mount lake loch lough fort port cape camp upper lower great north south east west old new hurricane storm cyclone typhoon "
    "operation project"
)
_LONGEST_UNKNOWN = 3  # words of a name of which no given name is known


def _is_people(words: Sequence[str]) -> bool:
    """`Mexican`, `Georgia Republicans`; not `David French`."""
    if words[-1] in PEOPLES:
        return len(words) == 1 or words[0] not in lexicon.GIVEN_NAMES
    return words[-1].removesuffix("s") in PEOPLES


def kind_of_name(
    tokens: Sequence[Token], first: int, words: Sequence[str], titles: Sequence[str], *, described: bool
) -> SpeakerKind | None:
    """The kind of the name that begins at token `first`; `words` are its own, `described` says that a role stands beside it."""
    lower = [w.lower().rstrip(".") for w in words]
    if not titles and (" ".join(lower) in PLACES or _is_people(lower)):
        named_in = first > 0 and tokens[first - 1].lower in lexicon.PREPOSITIONS
        return None if len(lower) == 1 and lower[0] in lexicon.GIVEN_NAMES and not named_in else SpeakerKind.ORGANISATION
    if titles and not (set(lower) & lexicon.ORGANISATION_WORDS and len(lower) > 1):
        return SpeakerKind.PERSON
    if "v" in lower:
        return SpeakerKind.ORGANISATION
    if len(lower) > 1 and (lower[-1] in _THINGS or lower[0] in _BEGINNINGS) and lower[0] not in lexicon.GIVEN_NAMES:
        return SpeakerKind.ORGANISATION
    if set(lower) & lexicon.ORGANISATION_WORDS:
        return (
            SpeakerKind.PERSON
            if lower[0] in lexicon.GIVEN_NAMES and len(lower) == 2 and lower[1] not in {"party", "times"}
            else SpeakerKind.ORGANISATION
        )
    if len(words) == 1 and words[0].isupper() and len(words[0]) > 1:
        return SpeakerKind.ORGANISATION
    if described or lower[0] in lexicon.GIVEN_NAMES:
        return SpeakerKind.PERSON
    if first and tokens[first - 1].lower == "the":
        return SpeakerKind.ORGANISATION
    if 2 <= len(words) <= _LONGEST_UNKNOWN and words[0][0].isupper() and not any(w.isupper() and len(w) > 2 for w in words):
        return SpeakerKind.PERSON
    return None

"""How prominent a mention is in its sentence: whom a sentence is about stays in mind longer than who is named in passing.

After Lappin and Leass, "An Algorithm for Pronominal Anaphora Resolution" (1994): a subject fades later than an object, and an object
later than a genitive.
"""

from collections.abc import Sequence

from bot.quoting import lexicon
from bot.quoting.sentences import Token

AS_TOPIC, AS_SUBJECT, AS_OBJECT, GOVERNED, IN_PASSING = 1.8, 1.5, 1.0, 0.6, 0.5

# With these a clause begins that another follows: "When Bell left, Reed said …".
_SUBORDINATING = lexicon.words("when after as if while although though because since before once until whereas unless with despite")
_ARTICLES = frozenset({"the", "a", "an"})
_BEFORE_A_VERB = lexicon.AUXILIARIES | lexicon.FINITE_VERBS | lexicon.CUES | lexicon.NEGATIONS | frozenset({"who", "himself", "herself"})


def prominence(tokens: Sequence[Token], first: int, last: int, *, possessive: bool, is_first: bool) -> float:
    """The weight of a mention from token `first` to `last`; `is_first` says that nobody stands before it in the sentence."""
    k = first - 1 if first and tokens[first - 1].lower in _ARTICLES else first
    before = tokens[k - 1].lower if k else ""
    if possessive:
        return IN_PASSING
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    if following is not None and following.is_word and following.bare in lexicon.ORGANISATION_NOUNS | lexicon.PERSON_NOUNS:
        return IN_PASSING  # the Bell campaign
    if before == "for" and k > 1 and tokens[k - 2].lower == "as":
        return AS_TOPIC  # As for Bell, …
    if before in lexicon.PREPOSITIONS | {"than", "like"}:
        return GOVERNED
    governs = following is not None and (following.lower in _BEFORE_A_VERB or following.lower.endswith("ed"))
    if before == "and":
        return GOVERNED
    if _in_a_clause_of_its_own(tokens, first) or (before in _SUBORDINATING | lexicon.RELATIVES and not is_first):
        return AS_OBJECT
    if governs or is_first:
        return AS_SUBJECT
    return AS_OBJECT


def _in_a_clause_of_its_own(tokens: Sequence[Token], first: int) -> bool:
    """A subordinate clause at the sentence's beginning, with the main one behind a comma."""
    start = next((k for k, token in enumerate(tokens[: first + 1]) if token.is_word), 0)
    following = tokens[start + 1].lower if start + 1 < len(tokens) else ""
    if tokens[start].lower not in _SUBORDINATING or (tokens[start].lower, following) == ("as", "for"):
        return False
    return all(token.text != "," for token in tokens[start:first])

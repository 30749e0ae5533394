"""The words of a source: which of them it is about."""

from collections.abc import Sequence
from itertools import pairwise

from bot.quoting import lexicon
from bot.quoting.names import Name
from bot.quoting.referents import PREPOSITIONS_IN_NAMES
from bot.quoting.sentences import Token
from storage.records import SpeakerKind


def core_phrase(tokens: Sequence[Token]) -> Sequence[Token]:
    """The noun phrase proper, before an apposition or a relative clause."""
    for k, token in enumerate(tokens):
        if k and (token.text in {",", "(", "–", "—"} or token.lower in {"who", "whom", "whose", "which"}):
            return tokens[:k]
    return tokens


def is_noun_for(noun: str, kind: SpeakerKind | None) -> bool:
    """`the director, Ann Bell`; `the company, Calder Ltd`."""
    return noun in (lexicon.ORGANISATION_NOUNS if kind is SpeakerKind.ORGANISATION else lexicon.PERSON_NOUNS | lexicon.TITLES)


def head_name(core: Sequence[Token], inside: Sequence[Name]) -> Name | None:
    """The name that the phrase is about, if it is about a name: not `a spokesman for Ann Bell`, not `Ann Bell's campaign`."""
    for k, name in enumerate(inside):
        before = [t for t in core if t.end <= name.span[0]]
        behind = [t for t in core if t.start >= name.span[1] and t.bare not in lexicon.POSTNOMINALS]
        if any(t.lower in PREPOSITIONS_IN_NAMES for t in before) or (name.possessive and behind):
            continue
        if not behind or not behind[0].is_word or behind[0].lower in PREPOSITIONS_IN_NAMES | {"himself", "herself", "itself", "also"}:
            return name
        following = inside[k + 1] if k + 1 < len(inside) else None
        if following is None or any(t.lower in PREPOSITIONS_IN_NAMES for t in core if name.span[1] <= t.start < following.span[0]):
            return None
    return None


def head_noun(core: Sequence[Token]) -> str:
    """The noun that heads the phrase: the last word before the first preposition."""
    head = ""
    for k, token in enumerate(core):
        if k and token.lower in PREPOSITIONS_IN_NAMES:
            break
        if token.is_word:
            head = token.bare
    return head


def as_written(core: Sequence[Token]) -> str:
    """The phrase as the text has it, an article at its beginning in lower case."""
    shown = core[0].lower if core[0].lower in {"a", "an", "the"} else core[0].text
    for before, token in pairwise(core):
        shown += (" " if token.start > before.end else "") + token.text
    return shown

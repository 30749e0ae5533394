"""The subject of a cue that stands further off: `Bell hung up, calling it “absurd”`."""

from collections.abc import Sequence

from bot.quoting import lexicon
from bot.quoting.cues import is_cue
from bot.quoting.names import Name
from bot.quoting.sentences import Token
from bot.quoting.subjects import TokenRange, source_after, source_before

_LOOK_BACK = 60  # tokens from a cue to the one that gave its subject


def subject_of(tokens: Sequence[Token], i: int, names: Sequence[Name]) -> TokenRange | None:
    """The subject for a cue without one of its own: `…, adding that`, `… and warned that`."""
    for k in range(i - 1, max(i - _LOOK_BACK, -1), -1):
        if is_cue(tokens, k):
            source = source_before(tokens, k) or (source_after(tokens, k) if k and tokens[k - 1].quotation is not None else None)
            if source is not None:
                return TokenRange(source.first, source.last, shared=True)
    return _first_noun_phrase(tokens, i, names)


def _first_noun_phrase(tokens: Sequence[Token], i: int, names: Sequence[Name]) -> TokenRange | None:
    """The sentence's own subject: its first name or pronoun that no preposition governs."""
    starts = {name.first: name for name in names if name.first < i and not name.possessive}
    for k in range(i):
        if tokens[k].lower in {"he", "she", "they"} and not _is_governed(tokens, k):
            return TokenRange(k, k, shared=True)
        if k in starts and not _is_governed(tokens, k):
            first = k
            while first > 0 and tokens[first - 1].lower in lexicon.PHRASE_OPENERS:
                first -= 1
            return TokenRange(first, _last_of_subject(tokens, _last_word(tokens, starts[k]), i), shared=True)
    return None


def _last_word(tokens: Sequence[Token], name: Name) -> int:
    return next(k for k in range(name.first, len(tokens)) if tokens[k].end >= name.span[1])


def _is_governed(tokens: Sequence[Token], k: int) -> bool:
    """A preposition stands before token `k`'s noun phrase: `In a recent LinkedIn post, …`."""
    while (
        k > 0
        and tokens[k - 1].is_word
        and (tokens[k - 1].is_capitalised or tokens[k - 1].lower in lexicon.PHRASE_OPENERS | {"recent", "new"})
    ):
        k -= 1
        if tokens[k].lower in lexicon.PREPOSITIONS:
            return True
    return k > 0 and tokens[k - 1].lower in lexicon.PREPOSITIONS


def _last_of_subject(tokens: Sequence[Token], k: int, limit: int) -> int:
    nouns = lexicon.ORGANISATION_NOUNS | lexicon.PERSON_NOUNS | lexicon.DOCUMENT_NOUNS
    last = k
    while last + 1 < limit:
        following = tokens[last + 1]
        if following.is_capitalised or (following.bare in nouns and following.is_word):
            last += 1
        elif (
            following.lower in {"of", "from", "for"}
            and last + 2 < limit
            and tokens[last + 2].is_word
            and tokens[last + 2].lower not in lexicon.CUES
        ):
            last += 2
        else:
            break
    return last

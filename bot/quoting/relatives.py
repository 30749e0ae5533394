"""What a relative pronoun goes back to: `the men who`, `Ann Bell, the mayor of Ely, who`, `the board, which`."""

from collections.abc import Sequence

from bot.quoting import lexicon
from bot.quoting.groups import DOCUMENTS, begin_of_phrase, is_plural
from bot.quoting.names import Name
from bot.quoting.sentences import Token
from storage.records import SpeakerKind

_LOOK_BACK = 14  # tokens


def antecedent(tokens: Sequence[Token], i: int, names: Sequence[Name]) -> Name | tuple[int, int] | None:
    """What the relative pronoun at token `i` goes back to: a name, or the tokens from the first to the last of a noun phrase."""
    pronoun = tokens[i].lower
    if i > 1 and tokens[i - 1].lower in {"and", "but", "or"}:
        earlier = next((k for k in range(i - 2, 0, -1) if tokens[k].lower == pronoun), None)
        if earlier is not None:
            return antecedent(tokens, earlier, names)  # Bell, who left, and who …
    end = _before_a_date(tokens, i - 1)
    while end >= 0 and (not tokens[end].is_word or tokens[end].lower in lexicon.PREPOSITIONS | _PARTS):
        end -= 1
    if end < 0:
        return None
    several = _is_of_several(tokens, i)
    for k in range(end, max(-1, end - _LOOK_BACK), -1):
        around = [n for n in names if n.first <= k <= n.last]
        name = next((n for n in around if _fits(pronoun, n)), around[0] if around else None)
        fits = name is not None and not several and (_fits(pronoun, name) or (k == end and pronoun in {"which", "that"}))
        if name is not None and fits and not name.possessive and not _is_anybodys(tokens, name.first):
            return name
        token = tokens[k]
        if token.is_word and _heads(pronoun, tokens, k, end):
            return begin_of_phrase(tokens, k), end
        if token.text in {";", ":", "."} or token.lower in lexicon.CLAUSE_BREAKS - {"and", "or"}:
            break
    return (begin_of_phrase(tokens, end), end) if tokens[end].is_word else None


def _before_a_date(tokens: Sequence[Token], end: int) -> int:
    """`a letter in 2014 that`, `the board met on Monday, which`: a date is nothing that says anything."""
    k = end - 1 if end > 0 and tokens[end].text == "," else end
    dated = k > 1 and (tokens[k].text.isdigit() or tokens[k].lower in _DAYS) and tokens[k - 1].lower in lexicon.PREPOSITIONS
    return k - 2 if dated else end


_DAYS = lexicon.words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december"
)
_PARTS = lexicon.words("both many most some all several few two three one none half each of")


def _is_of_several(tokens: Sequence[Token], i: int) -> bool:
    """`those supporting Bell, who are`: the verb is the plural's."""
    return tokens[i].lower == "who" and i + 1 < len(tokens) and tokens[i + 1].lower in {"are", "were", "have"}


def _is_anybodys(tokens: Sequence[Token], first: int) -> bool:
    """`an adviser to Bell, who`: the adviser, not Bell."""
    before = [t.lower for t in tokens[max(0, first - 5) : first]]
    return before[-1:] != [] and before[-1] in {"to", "for"} and before[-2] in lexicon.PERSON_NOUNS and bool({"a", "an"} & set(before[:-2]))


def _fits(pronoun: str, name: Name) -> bool:
    return (name.kind is not SpeakerKind.ORGANISATION) if pronoun in {"who", "whom", "whose"} else name.kind is SpeakerKind.ORGANISATION


def _heads(pronoun: str, tokens: Sequence[Token], k: int, end: int) -> bool:
    """Token `k` heads a noun phrase that the pronoun may mean, nothing but prepositions and their nouns between the two."""
    word = tokens[k].bare
    if tokens[k].is_possessive:
        return False
    if pronoun in {"who", "whom", "whose"}:
        person = word in lexicon.PERSON_NOUNS or word + "s" in lexicon.PERSON_NOUNS
        return person or is_plural(word) or word in {"those", "anyone", "someone", "everyone"}
    return k == end or word in lexicon.ORGANISATION_NOUNS or word in DOCUMENTS

"""The words of a source: which of them it is about."""

from collections.abc import Sequence

from bot.quoting import lexicon
from bot.quoting.generations import surname_of
from bot.quoting.groups import DOCUMENTS, is_plural
from bot.quoting.names import Name
from bot.quoting.offices import EPITHETS
from bot.quoting.places import REGIONS_IN_SHORT
from bot.quoting.referents import PREPOSITIONS_IN_NAMES, Referent
from bot.quoting.sentences import Token
from storage.records import SpeakerKind


def core_phrase(tokens: Sequence[Token]) -> Sequence[Token]:
    """The noun phrase proper, before an apposition or a relative clause."""
    for k, token in enumerate(tokens):
        if k and (token.text in {",", "(", "–", "—"} or token.lower in {"who", "whom", "whose", "which"}):
            return tokens[:k]
    return tokens


def without_opening(tokens: Sequence[Token]) -> Sequence[Token]:
    """The phrase without the words that tie it to what stands before, and without marks at its ends."""
    first, last = 0, len(tokens)
    while first < last and (not tokens[first].is_word or tokens[first].lower in _OPENING or _ties(tokens, first, last)):
        first += 1
    while last > first and not tokens[last - 1].is_word and tokens[last - 1].text not in {".", ")"}:
        last -= 1
    if last - first > 1 and tokens[last - 1].lower in lexicon.RELATIVES:
        last -= 1  # the boats that
    return tokens[first:last]


def _ties(tokens: Sequence[Token], k: int, last: int) -> bool:
    """`especially from Republicans`, `that Bell and Reed`, `of Canon Ruth Amery`."""
    if k + 1 >= last:
        return False
    following = tokens[k + 1]
    return (
        tokens[k].lower in {"from", "by", "of", "to", "that", "in", "with"}
        and (following.is_capitalised or following.lower in lexicon.PHRASE_OPENERS)
    ) or (tokens[k].lower.endswith("ly") and following.lower in {"from", "by", "of", "the", "a"})


_OPENING = frozenset({"but", "and", "even", "also", "as", "while", "only", "or", "so", "yet", "when", "because", "though", "although"})


def joint_names(tokens: Sequence[Token], inside: Sequence[Name]) -> Sequence[Name]:
    """The names of `Bell and Reed`, `Ann Bell, Jo Reed and Max Holt`, if the phrase is nothing but them."""
    if len(inside) > 2 and is_plural(inside[0].words[-1].lower()) and _is_set_off(tokens, inside[1]):
        inside = inside[1:]  # the two Republicans, Bell and Reed
    if len(inside) < 2 or inside[-1].span[1] < tokens[-1].end - 2 or any(n.possessive for n in inside):
        return ()
    people = all(n.kind is not SpeakerKind.ORGANISATION for n in inside)
    if tokens[0].lower in {"both", "neither", "either"}:
        tokens = tokens[1:]
    elif (
        tokens[0].start < inside[0].span[0]
        and _is_set_off(tokens, inside[0])
        and head_noun([t for t in tokens if t.end <= inside[0].span[0]]).endswith("s")
    ):
        tokens = [t for t in tokens if t.start >= inside[0].span[0]]  # the three scholars, Bell, Reed and Holt
    between = [t.lower for t in tokens if not any(n.span[0] <= t.start < n.span[1] for n in inside)]
    joined = set(between) <= {",", "and", "nor", "or", "the", "--", "–", "—", "."} and (
        {"and", "nor", "or"} & set(between) or (people and between == [","])
    )
    return inside if joined else ()


def is_apposed(between: Sequence[Token]) -> bool:
    """What stands between a noun and a name that is its apposition: a comma, perhaps `Ill.,` or `the mayor`."""
    words = [t for t in between if t.is_word]
    if not between or between[0].is_word:
        return False
    if words and words[0].bare in REGIONS_IN_SHORT and between[-1].text == ",":
        words = words[1:]
    return not words or (words[0].lower in _ARTICLES and len(words) <= _LONGEST_ROLE and words[-1].bare in lexicon.PERSON_NOUNS | EPITHETS)


_LONGEST_ROLE = 4


def is_noun_for(noun: str, kind: SpeakerKind | None) -> bool:
    """`the director, Ann Bell`; `the company, Calder Ltd`."""
    return noun in (lexicon.ORGANISATION_NOUNS if kind is SpeakerKind.ORGANISATION else lexicon.PERSON_NOUNS | lexicon.TITLES)


def head_name(core: Sequence[Token], inside: Sequence[Name]) -> Name | None:
    """The name that the phrase is about, if it is about a name: not `a spokesman for Ann Bell`, not `Ann Bell's campaign`."""
    for k, name in enumerate(inside):
        before = [t for t in core if t.end <= name.span[0]]
        behind = [t for t in core if t.start >= name.span[1] and t.bare not in lexicon.POSTNOMINALS]
        if any(t.lower in PREPOSITIONS_IN_NAMES or _begins_a_clause(t) for t in before) or (name.possessive and behind):
            continue
        if any(t.lower in _OTHERS_THAN for t in before):
            continue
        if any(t.lower != "the" for t in before) and is_plural(name.words[-1].lower()):
            continue  # many Republicans, his fellow Republicans
        if before and before[0].lower in _WHOSE and name.kind is SpeakerKind.ORGANISATION:
            continue
        if behind and behind[0].text == "." and behind[0].start == name.span[1]:
            behind = behind[1:]  # U.S. officials
        if not behind or not behind[0].is_word or behind[0].lower in PREPOSITIONS_IN_NAMES | _BEHIND_NAMES:
            return name
        following = inside[k + 1] if k + 1 < len(inside) else None
        if following is None or any(t.lower in PREPOSITIONS_IN_NAMES for t in core if name.span[1] <= t.start < following.span[0]):
            return None
    return None


def _begins_a_clause(token: Token) -> bool:
    return (
        token.lower.endswith("ing")
        and not token.is_capitalised
        and token.lower not in lexicon.PERSON_NOUNS | {"leading", "outgoing", "sitting"}
    )


_OTHERS_THAN = frozenset({"but", "except", "than", "like", "including", "besides"})
_WHOSE = frozenset({"his", "her", "their", "its"})


def _is_set_off(tokens: Sequence[Token], name: Name) -> bool:
    before = [t for t in tokens if t.end <= name.span[0]]
    return before[-1].text in {",", ":", "-", "--", "–", "—"}


def is_joined_by_others(tokens: Sequence[Token], inside: Sequence[Name]) -> bool:
    """`Bell, Reed and other donors`: a list that ends in people without names."""
    joined = next((k for k, t in enumerate(tokens) if t.lower == "and" and k + 1 < len(tokens) and tokens[k + 1].lower in _OTHERS), None)
    return joined is not None and bool(inside) and inside[0].span[0] <= tokens[0].end and inside[0].span[1] <= tokens[joined].start


_OTHERS = frozenset({"other", "others", "several", "many", "some", "dozens", "hundreds"})
_BEHIND_NAMES = frozenset(
    {"himself", "herself", "itself", "also", "newspaper", "tabloid", "magazine", "website", "channel", "network", "blog", "alone"}
)


def is_any_noun(word: str) -> bool:
    """A noun for people, organisations or documents."""
    return is_plural(word) or word in lexicon.PERSON_NOUNS | lexicon.TITLES | lexicon.ORGANISATION_NOUNS | DOCUMENTS | {
        "many",
        "some",
        "others",
    }


def owned_by(owner: Referent | None, rest: str) -> str:
    """`his aides` as `Bell's aides`; nothing where the owner has no name."""
    if owner is None or owner.kind is not SpeakerKind.PERSON:
        return ""
    return f"{surname_of(owner.words) or owner.name}'s {rest}"


def head_noun(core: Sequence[Token]) -> str:
    """The noun that heads the phrase: the last word before the first preposition."""
    head = ""
    for k, token in enumerate(core):
        if k and token.lower in PREPOSITIONS_IN_NAMES:
            break
        if token.is_word:
            head = token.bare
    return head


def as_written(core: Sequence[Token], text: str) -> str:
    """The phrase as the text has it, an article at its beginning in lower case."""
    opening = core[0].lower if core[0].lower in _ARTICLES else core[0].text
    rest = " ".join(f"|{text[core[0].end : core[-1].end]}".split())[1:]
    return (opening + rest).removesuffix("’s").removesuffix("'s").rstrip("’'")


_ARTICLES = frozenset({"a", "an", "the"})

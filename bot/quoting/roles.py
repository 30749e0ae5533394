"""What a text says that somebody is, beside the name: `environment secretary X`, `X, the mayor of Y,`, `the mayor, X,`."""

from collections.abc import Sequence

from bot.quoting import lexicon
from bot.quoting.offices import EPITHETS, OPEN_ROLES
from bot.quoting.places import PEOPLES, PLACES
from bot.quoting.sentences import Token

_LONGEST_ROLE = 10


def begin_of_name(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where the name proper begins behind titles and what stands before them ("Assistant U.S. Attorney", "Finance Minister")."""
    if tokens[last].bare in lexicon.ORGANISATION_WORDS | {"act", "bill", "treaty"}:
        return first  # the Justice Department, the Labour Party
    if any(t.bare == "court" for t in tokens[first:last]) and not any(t.bare in lexicon.TITLES for t in tokens[first:last]):
        return first  # the U.S. Court of Appeals
    begin = first
    for k in range(first, last):
        if tokens[k].bare not in lexicon.TITLES or tokens[k].is_possessive:
            continue
        begin = k + 1 if tokens[k + 1].lower not in {"of", "for", "&"} else _behind_an_office(tokens, k + 2, last, begin)
    while begin < last and (tokens[begin].text == "." or (tokens[begin].bare in lexicon.PARTY_WORDS and begin + 1 < last)):
        begin += 1
    return _behind_other_words(tokens, begin, last)


def _behind_other_words(tokens: Sequence[Token], begin: int, last: int) -> int:
    """`Billionaire Ann Bell`, `Quarry News Ann Bell`: at the given name, where words that are none stand before it."""
    if tokens[begin].bare in lexicon.GIVEN_NAMES:
        return begin
    given = next((k for k in range(begin + 1, last) if tokens[k].bare in lexicon.GIVEN_NAMES), None)
    if given is not None:
        return given if any(_is_no_given_name(t) for t in tokens[begin:given]) else begin
    return begin + 1 if begin + 2 <= last and _is_occupation(tokens[begin]) else begin


def _is_occupation(token: Token) -> bool:
    """`Developer Étienne Lachapelle`: what somebody is, whatever the name behind it."""
    return token.bare in OPEN_ROLES | lexicon.PERSON_NOUNS or token.bare.endswith(_OCCUPATIONS)


_OCCUPATIONS = ("ist", "ician", "-of-one", "-of-two", "-of-three", "-of-four", "-of-five")


def _is_no_given_name(token: Token) -> bool:
    word = token.bare
    return word in _NO_GIVEN_NAMES or word in PLACES or word in PEOPLES or word.endswith(_NO_ENDINGS)


_NO_ENDINGS = ("ing", "er", "ers", "ian", "ite", "aire", "s", "-born", "-based", "-backed", "-led", *_OCCUPATIONS)
_NO_GIVEN_NAMES = (
    lexicon.TITLES
    | lexicon.ORGANISATION_WORDS
    | lexicon.PERSON_NOUNS
    | lexicon.ORGANISATION_NOUNS
    | lexicon.words("state political senior junior follow wife husband white ex-wife ex-husband first actual like")
)


def _behind_an_office(tokens: Sequence[Token], k: int, last: int, begin: int) -> int:
    """`Secretary of State Ann Bell`, `Mayor of Ely Ann Bell`: where the name follows what the office is of, else `begin`."""
    while k <= last and tokens[k].lower == "the":
        k += 1
    for i in range(k + 1, last):
        if tokens[i].bare in lexicon.GIVEN_NAMES and tokens[i].is_capitalised:
            return i
    return k + 1 if k < last and tokens[k].bare in OFFICES else begin


# What a secretary or a minister is of.
OFFICES = lexicon.words("state defence defense health energy labor labour education justice agriculture commerce transport staff")


def roles_beside(tokens: Sequence[Token], begin: int, first: int, last: int) -> tuple[tuple[str, ...], int]:
    """The descriptions beside a name and the last token that belongs to it: `environment secretary X`, `X, the mayor of Y,`."""
    told = [t for t in tokens[first:begin] if t.bare not in lexicon.COURTESY_TITLES and t.text != "."]
    before = " ".join(t.text for t in told) if any(t.bare in lexicon.TITLES for t in told) else ""
    before = before or _noun_in_apposition(tokens, first, last)
    i = first - 1
    if not before and i >= 0 and tokens[i].is_word and tokens[i].lower in lexicon.PERSON_NOUNS | EPITHETS:
        start = i
        while start - 1 >= 0 and tokens[start - 1].is_word and first - start < 6 and tokens[start - 1].lower not in _ROLE_STOPS:
            start -= 1
        before = " ".join(t.text for t in tokens[start : i + 1])
    behind, end = _apposition(tokens, last)
    return tuple(role for role in (before, behind) if role), end


_ROLE_STOPS = (
    lexicon.PREPOSITIONS
    | lexicon.CLAUSE_BREAKS
    | lexicon.CUES
    | frozenset(["the", "a", "an", "this", "that", "his", "her", "their", "its", "is", "was", "said", ",", ";", "with", "and"])
)


def _noun_in_apposition(tokens: Sequence[Token], first: int, last: int) -> str:
    """`the shadow minister for libraries, Ann Bell,`: a role, a comma, the name, and no more of it."""
    closed = last + 1 >= len(tokens) or not tokens[last + 1].is_word
    if first < 2 or tokens[first - 1].text != "," or not closed:
        return ""
    start = first - 2
    while start > 0 and first - start < _LONGEST_ROLE and tokens[start - 1].is_word and tokens[start].lower not in lexicon.PHRASE_OPENERS:
        start -= 1
    words = [t for t in tokens[start : first - 1] if t.lower not in lexicon.PHRASE_OPENERS]
    opens = tokens[start].lower in lexicon.PHRASE_OPENERS or start == 0
    noun = next((k for k, t in enumerate(words) if k and t.lower in lexicon.PREPOSITIONS), len(words)) - 1
    if not opens or noun < 0 or words[noun].bare not in lexicon.PERSON_NOUNS | lexicon.TITLES:
        return ""
    return " ".join(t.text for t in words)


def _apposition(tokens: Sequence[Token], last: int) -> tuple[str, int]:
    if last + 2 >= len(tokens) or tokens[last + 1].text != "," or tokens[last].is_possessive:
        return "", last
    i = last + 2
    if tokens[i].text.isdigit() and len(tokens[i].text) <= 3 and i + 1 < len(tokens) and tokens[i + 1].text == ",":
        return ("", i + 1) if not _describes(tokens, i + 2) else _apposition(tokens, i)  # an age: ", 45, a nurse,"
    if not _describes(tokens, i):
        return "", last
    end = i
    while end + 1 < len(tokens) and tokens[end + 1].text not in {",", ".", ";", ":", "(", "–", "—"} and tokens[end + 1].quotation is None:
        if end - i > 14 or tokens[end + 1].lower in lexicon.RELATIVES:
            break
        end += 1
    start = i + 1 if tokens[i].lower in {"the", "a", "an"} else i
    return " ".join(t.text for t in tokens[start : end + 1]), end


def _describes(tokens: Sequence[Token], i: int) -> bool:
    """An apposition begins at token `i`: an article or a bare role, with a person's noun in its first words."""
    if i >= len(tokens) or not tokens[i].is_word or tokens[i].lower in lexicon.RELATIVES:
        return False
    titled = tokens[i].bare in lexicon.TITLES | lexicon.PARTY_WORDS
    if tokens[i].is_capitalised and not titled:
        return False
    opened = titled or tokens[i].lower in lexicon.PHRASE_OPENERS | {"former"}
    for token in tokens[i : i + (7 if opened else 3)]:
        if token.bare in lexicon.PERSON_NOUNS or (opened and token.bare in lexicon.TITLES):
            return True
        if not token.is_word or token.lower in lexicon.CUES | lexicon.CLAUSE_BREAKS:
            return False
        if not opened and (token.lower in lexicon.PHRASE_OPENERS or token.lower.endswith(("ed", "ing"))):
            return False  # a verb: `Ann Bell, met the mayor`, `Ann Bell, thanked by the mayor`
    return False

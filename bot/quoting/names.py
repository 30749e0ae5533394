"""Finds the people and organisations that a text names, and what it says they are.

A name is read from its shape (capitals, titles, particles) and its surroundings; no list of known
persons is used, so that a person nobody has heard of is found as well as a prime minister.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.quoting import lexicon
from bot.quoting.capitals import OF_A_GROUP, capital_at, is_headline, is_label, last_of_run
from bot.quoting.generations import is_set_off
from bot.quoting.kinds import kind_of_name
from bot.quoting.places import PEOPLES, PLACES, REGIONS_IN_SHORT
from bot.quoting.roles import begin_of_name, roles_beside
from bot.quoting.sentences import Sentence, Token
from storage.records import Span, SpeakerKind

_SEAT = re.compile(r"[DRI]-[A-Z]")  # (D-Vt.)
_BEHIND_A_NOUN = lexicon.CUES | lexicon.FINITE_VERBS | lexicon.PREPOSITIONS | lexicon.CLAUSE_BREAKS | lexicon.RELATIVES


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of somebody by name.

    `shown` is the name as a reader would give it, `words` are the name's own words without titles; `titles` are lower-case; `roles` are the
    descriptions before it ("environment secretary") and behind it ("the head of operations").
    `first`/`last` are token indices in the sentence.
    """

    span: Span
    sentence: int
    first: int
    last: int
    words: tuple[str, ...]
    shown: str
    titles: tuple[str, ...]
    roles: tuple[str, ...]
    kind: SpeakerKind | None
    possessive: bool


def names(sentences: Sequence[Sentence]) -> list[Name]:
    """Every mention of a name outside quotation marks, in text order."""
    known = _seen_inside_sentences(sentences)
    found: list[Name] = []
    for sentence in sentences:
        if is_label(sentence):
            continue
        in_headline = is_headline(sentence)
        i = 0
        while i < len(sentence.tokens):
            if not _may_begin(sentence.tokens, i, known):
                i += 1
                continue
            last = _with_generation(sentence.tokens, i, last_of_run(sentence.tokens, i, in_headline=in_headline))
            parts = (_name(sentence, first, end) for first, end in _parts(sentence.tokens, i, last))
            found.extend(
                name
                for name in parts
                if not (
                    _is_bare_title(name)
                    or _is_adjective(name, sentence.tokens)
                    or _is_member(name, sentence.tokens)
                    or _is_region(name, sentence.tokens)
                )
            )
            i = last + 1
    return found


def _seen_inside_sentences(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Words capitalised where no sentence begins, or beside another capital: names, wherever they stand."""
    seen = set()
    lower = set()
    for sentence in sentences:
        tokens = sentence.tokens
        for i, token in enumerate(tokens):
            if token.is_capitalised and (
                (i > 0 and tokens[i - 1].text not in ":•–—-" and tokens[i - 1].quotation is None)
                or (i + 1 < len(tokens) and tokens[i + 1].is_capitalised)
            ):
                seen.add(token.bare)
            elif token.is_word and not token.is_capitalised:
                lower.add(token.bare)
    return frozenset(seen - lexicon.NEVER_NAMES)


def _is_bare_title(name: Name) -> bool:
    """`the Prime Minister`: somebody's role, and nobody's name."""
    if (
        len(name.words) == 1
        and name.words[0].lower() in _SURNAMES_TOO
        and set(name.titles) & lexicon.COURTESY_TITLES - {name.words[0].lower()}
    ):
        return False
    return all(word.lower() in lexicon.TITLES | lexicon.PARTY_WORDS for word in name.words) and (
        bool(name.titles) or name.words[-1].lower() in lexicon.TITLES
    )


def _is_member(name: Name, tokens: Sequence[Token]) -> bool:
    """`the Utah Republican`: somebody's role, and nobody's name."""
    before = tokens[name.first - 1].lower if name.first else ""
    return name.words[-1] in _MEMBERS and before in lexicon.PHRASE_OPENERS | {"fellow"}


_MEMBERS = frozenset({"Republican", "Democrat", "Tory", "Conservative", "Liberal"})
_SURNAMES_TOO = lexicon.words(
    "king bishop pope prince duke baron lord judge constable major sheriff cardinal green english french german welsh"
)


def _is_adjective(name: Name, tokens: Sequence[Token]) -> bool:
    """`American officials`: of a people or a party, and no name of its own."""
    if name.words[-1].lower() not in PEOPLES or name.kind is SpeakerKind.PERSON or name.last + 1 >= len(tokens):
        return False
    following = tokens[name.last + 1]
    return following.is_word and not following.is_capitalised and following.lower not in _BEHIND_A_NOUN


def _is_region(name: Name, tokens: Sequence[Token]) -> bool:
    """`Springfield, Ill.`: where a town lies."""
    if len(name.words) > 1 or name.words[0].lower().rstrip(".") not in REGIONS_IN_SHORT or name.first < _BEHIND_A_TOWN:
        return False
    return tokens[name.first - 1].text == "," and tokens[name.first - 2].is_capitalised


_BEHIND_A_TOWN = 2


def _may_begin(tokens: Sequence[Token], i: int, known: frozenset[str]) -> bool:
    token = tokens[i]
    if token.is_possessive and token.bare in OF_A_GROUP and token.is_capitalised and capital_at(tokens, i + 1):
        return True  # the People's Daily
    if not token.is_capitalised or token.bare in lexicon.NEVER_NAMES or token.lower.startswith(("i'", "i’")) or _SEAT.match(token.text):
        return False
    if i > 0 and tokens[i - 1].text not in ":•" and tokens[i - 1].quotation is None:
        return True
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if (
        token.bare in known
        or token.bare in PLACES
        or token.bare in lexicon.GIVEN_NAMES
        or token.bare in lexicon.TITLES
        or token.text.isupper()
    ):
        return True
    if following is None or following.quotation is not None:
        return False
    if following.is_capitalised:
        return True
    return token.bare not in lexicon.PERSON_NOUNS and not token.bare.endswith("s") and following.lower in lexicon.SPEECH


def _with_generation(tokens: Sequence[Token], first: int, last: int) -> int:
    """The last token of a name with the `Jr.` that a comma sets off behind it."""
    behind = last + 2
    if behind >= len(tokens) or tokens[last + 1].text != "," or tokens[last].is_possessive or last == first:
        return last
    return behind if is_set_off(tokens[behind].text) else last


def _parts(tokens: Sequence[Token], first: int, last: int) -> list[tuple[int, int]]:
    """Cut a run of capitals at a title behind a full name ("Ann Bell President Jo Reed"); other words before a title are part of it."""
    for i in range(last - 1, first + 1, -1):
        if tokens[i].bare in lexicon.TITLES and tokens[first].bare in lexicon.GIVEN_NAMES and tokens[i - 1].bare not in lexicon.TITLES:
            return [*_parts(tokens, first, i - 1), (i, last)]
    return [(first, last)]


def _name(sentence: Sentence, first: int, last: int) -> Name:
    tokens = sentence.tokens
    while last > first + 1 and tokens[last].bare in lexicon.POSTNOMINALS and tokens[last].text.isupper():
        last -= 1
    i = begin_of_name(tokens, first, last)
    titles = [t.bare for t in tokens[first:i] if t.bare in lexicon.TITLES]
    words = tuple(_clean(t, final=k == last) for k, t in enumerate(tokens[i : last + 1], i) if t.text not in {".", ","})
    if tokens[last].bare in lexicon.TITLES and i == last:
        titles = titles or [tokens[last].bare]
    roles, end = roles_beside(tokens, i, first, last)
    kind = kind_of_name(tokens, first, words, titles, described=bool(roles))
    told = last - 2 if tokens[last - 1].text == "," and last > i else last  # a source may end before the comma of `Ann Bell, Sr.`
    begin = _first_shown(tokens, first, i, one_word=len(words) == 1)
    return Name(
        shown=_joined([t.text for t in tokens[begin:last] if t.text != ","] + [_clean(tokens[last], final=True)]),
        span=(tokens[first].start, tokens[told].start + len(_clean(tokens[told], final=True))),
        sentence=sentence.number,
        first=first,
        last=end,
        words=words,
        titles=tuple(titles),
        roles=roles if kind is not SpeakerKind.ORGANISATION else (),
        kind=kind,
        possessive=tokens[last].is_possessive or _is_possessive_behind_a_stop(tokens, last),
    )


_PEERS = lexicon.words("lord lady baroness king queen pope prince princess")
_COURTESY = lexicon.words("mr mrs ms miss dr fr sr sir dame rev judge")


def _is_possessive_behind_a_stop(tokens: Sequence[Token], last: int) -> bool:
    """`Ann Bell Jr.'s boat`."""
    behind = [token.text for token in tokens[last + 1 : last + 4]]
    return len(behind) == 3 and behind[0] == "." and behind[1] in {"'", "’"} and behind[2] == "s"


def _first_shown(tokens: Sequence[Token], first: int, own: int, *, one_word: bool) -> int:
    """Where the name begins as it is shown: at a peer's title, at a courtesy title where there is no given name, else at `own`."""
    wanted = _PEERS | _COURTESY if one_word else _PEERS
    return next((k for k in range(first, own) if tokens[k].bare in wanted), own)


def _joined(words: Sequence[str]) -> str:
    return " ".join(words).replace(" .", ".")


def _clean(token: Token, *, final: bool) -> str:
    if final and token.is_possessive:
        return token.text[:-2] if token.lower.endswith(("'s", "’s")) else token.text[:-1]
    return token.text

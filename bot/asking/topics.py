"""What texts are about: the nouns that headlines and quotes have in common, known by where they stand. Pure.

No list names the words that say something, as a language has too many. It has few that say nothing by themselves (`_CLOSED`:
articles, prepositions, auxiliaries, everyday adverbs), and a noun stands behind one of some and before one of others: "of the old
bridge was" has one, "never found it" and "was marked again" have none. A word is taken for a noun where it stands so often enough.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.asking.words import STOP_WORDS
from storage.terms import fold

SHORTEST_TOPIC = 4
"""Characters; a word in capitals, such as EU, may have fewer."""
_NOUN_AS_OFTEN = 0.3
_MOST_BETWEEN = 2  # words between a noun and what introduces it, as in "the new harbour wall"
_PIECE = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*|[^\w\s]")
_split = re.compile(r"\w+").findall
_POSSESSIVE = re.compile(r"['’ʼ]s?$", re.IGNORECASE)

_ARTICLES = frozenset(_split("a an every his its my our the their your"))
_DETERMINERS = _ARTICLES | frozenset(_split("another any each her no some that these this those whose"))
_PREPOSITIONS = frozenset(
    _split("""about across against among around at between by during for from in into of on over through under with without""")
)
_SUBJECTS = frozenset(_split("he i it she they we who you"))
_ADJECTIVES = frozenset(
    _split("""bad best better big early first former good great last late little long many new next old other own right same second sure
    third true worse worst wrong""")
)
_AUXILIARIES = frozenset(
    _split("""am are be been being can could did do does done had has have having is may might must ought shall should was were will
    would""")
)
_INTRODUCING = _DETERMINERS | _PREPOSITIONS
_CLOSED = (
    STOP_WORDS
    | _INTRODUCING
    | _SUBJECTS
    | _AUXILIARIES
    | _ADJECTIVES
    | frozenset(
        _split("""after although and as because before behind below beneath beside besides beyond but despite except if inside like
        near nor off onto or out outside past per plus since so than though till to toward towards unless unlike until up upon versus
        via whether while within yet
        her him himself herself itself me myself ourselves them themselves us yourself both everybody everyone everything few neither
        nobody none nothing somebody someone something what when where which why how
        again ago ahead almost alone along already also always anyway apart away back down either else enough even ever far
        forward here however indeed instead just later least less lot lots maybe meanwhile more most
        much nearly never not now often once only others perhaps quite rather really several simply somehow
        sometimes soon still such then there therefore thing things together too twice very way ways well
        one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred hundreds thousand thousands
        million millions billion billions dozen dozens half
        monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october
        november december today tomorrow tonight yesterday minute minutes hour hours day days morning mornings afternoon afternoons
        evening evenings night nights week weeks weekend month months year years decade decades moment time times""")
    )
)


class _Stands(NamedTuple):
    """A word of a text as it is written and folded; whether it stands as nouns do (None: as others do too), and has its own capital."""

    written: str
    word: str
    as_noun: bool | None
    own_capital: bool


def topics(headlines: Iterable[str], quotes: Iterable[str], people: Iterable[str] = ()) -> list[str]:
    """What headlines and quotes have in common, those in most headlines first; then what else the quotes are about.

    Words have the capitals that they have in the texts. What is nothing but a part of the names of `people` is left out.
    """
    titles, said = [_standing(text) for text in headlines], [_standing(text) for text in quotes]
    words = _words(said)
    names = {part for name in people if " " in name for part in fold(name).split()}
    nouns = {word for word, found in words.items() if _are_nouns(found)}
    nouns |= {one for word in nouns for one in _singulars(word)}
    forms = {word: form for word in nouns if (found := words.get(word)) and ((form := _form(found)) == word or word not in names)}
    return list(dict.fromkeys((*_most_common(titles, forms), *_most_common(said, forms))))


def telling_words(texts: Iterable[str]) -> list[str]:
    """All words of the texts that may say what they are about, those of most texts first, with the capitals that they have there."""
    return list(_telling(tuple(texts)))


@lru_cache(maxsize=2)  # of all questions that nothing answers the same texts are gone through, until another is read
def _telling(texts: tuple[str, ...]) -> tuple[str, ...]:
    standing = [_standing(text) for text in texts]
    return tuple(_most_common(standing, {word: _form(found) for word, found in _words(standing).items()}))


def _words(texts: Iterable[Sequence[_Stands]]) -> dict[str, list[_Stands]]:
    seen: dict[str, list[_Stands]] = defaultdict(list)
    for text in texts:
        for one in text:
            seen[one.word].append(one)
    return seen


def _form(found: Sequence[_Stands]) -> str:
    """A word as it is written where a capital tells something, else without one."""
    written = Counter(one.written for one in found if one.own_capital or one.written == one.word)
    return max(written, key=lambda form: (written[form], form.islower()), default=found[0].word)


def _are_nouns(found: Sequence[_Stands]) -> bool:
    certain = [one.as_noun for one in found if one.as_noun is not None]
    return any(certain) and sum(certain) >= _NOUN_AS_OFTEN * len(certain)


def _singulars(word: str) -> tuple[str, ...]:
    """What the word may be the plural of."""
    return (word[:-1], f"{word[:-3]}y") if word.endswith("ies") else (word[:-1],) if word.endswith("s") else ()


def _most_common(texts: Iterable[Sequence[_Stands]], forms: Mapping[str, str]) -> list[str]:
    """The forms of those words that stand in most texts, first the most."""
    counted = Counter(word for text in texts for word in {one.word: None for one in text} if word in forms)
    long_enough = (forms[word] for word, _ in counted.most_common())
    return [form for form in long_enough if len(form) >= SHORTEST_TOPIC or (form.isupper() and len(form) > 1)]


@lru_cache(maxsize=4096)  # the same texts are gone through whenever something is typed
def _standing(text: str) -> tuple[_Stands, ...]:
    """The words of a text that are not closed, in their order."""
    pieces = [_POSSESSIVE.sub("", piece) or piece for piece in _PIECE.findall(text)]
    folded = [fold(piece) for piece in pieces]
    found = []
    for at, (piece, word) in enumerate(zip(pieces, folded, strict=True)):
        if _is_content(word):
            # Behind a word without one, a capital begins no sentence and is a name's, or all words of a headline have one.
            own = at > 0 and pieces[at - 1].islower()
            found.append(_Stands(piece, word, _as_noun(folded, at), own))
    return tuple(found)


def _as_noun(words: Sequence[str], at: int) -> bool | None:
    """Whether the word must be a noun by those around it; None where it may be one, or an adjective or a verb."""
    before = [word for word in words[max(0, at - _MOST_BETWEEN - 1) : at] if word not in _ADJECTIVES]
    following = words[at + 1] if at + 1 < len(words) else ""
    if next((word for word in reversed(before) if not _is_content(word)), "") not in _INTRODUCING:
        return False
    if following in _AUXILIARIES:
        return True
    if _is_content(before[-1]) or _is_content(following):
        return None
    return before[-1] in _ARTICLES or (following not in _DETERMINERS and following not in _SUBJECTS)


def _is_content(word: str) -> bool:
    return word[:1].isalpha() and word not in _CLOSED

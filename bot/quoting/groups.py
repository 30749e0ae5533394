"""What a sentence speaks of without naming it: groups (`many of the men`, `his aides`), organisations and documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.quoting import lexicon
from bot.quoting.places import PEOPLES
from bot.quoting.sentences import Sentence, Token
from storage.records import SpeakerKind

_PLURALS = (
    frozenset(noun for noun in lexicon.PERSON_NOUNS if noun.endswith("s") and not noun.endswith("ss"))
    | frozenset(noun + "s" for noun in lexicon.PERSON_NOUNS | lexicon.ORGANISATION_NOUNS if not noun.endswith(("s", "y", "-", "man", "ch")))
    | frozenset(noun[:-1] + "ies" for noun in lexicon.PERSON_NOUNS | lexicon.ORGANISATION_NOUNS if noun.endswith("y"))
    | lexicon.words(
        "people men women children leaders opponents authorities troops soldiers families parents users delegates superdelegates "
        "associates users conservatives progressives liberals evangelicals donors legislators respondents commanders economists lobbyists "
        "fans readers viewers immigrants refugees migrants businesses consumers customers employees employers workers unions "
        "states countries nations politicians governors senators observers advocates strategists netizens personnel teens "
        "teenagers youths protesters academics crowd audience public media press jury couple pair duo trio spokesmen spokeswomen "
        "congressmen businessmen businesswomen policemen firefighters firms scholars elites victims survivors forces partisans "
        "loyalists hardliners moderates independents millennials"
    )
)
_AGENTS = ("ers", "ors", "ists", "ians", "crats")
_NO_AGENTS = lexicon.words(
    "others numbers matters orders powers letters papers offers computers answers corners flowers rivers quarters headquarters borders "
    "towers servers errors factors sectors doors floors colors colours mirrors monitors motors layers posters covers shoulders characters "
    "chapters centers theaters waters winters summers trailers hers yours theirs ours fingers feathers disasters dangers barriers "
    "remainders parameters passers trousers gutters filters folders headers buffers markers containers harbors harbours "
    "humors rumors rumours favors favours behaviors errors horrors terrors vectors reactors wars stars newspapers"
)
_NOT_BEFORE = (
    lexicon.PREPOSITIONS
    | lexicon.CLAUSE_BREAKS
    | lexicon.CUES
    | lexicon.FINITE_VERBS
    | lexicon.RELATIVES
    | lexicon.AUXILIARIES
    | lexicon.SUBJECT_PRONOUNS
    | {"than", "like"}
    | lexicon.words(
        "heard met saw knew thought felt found left lost won kept held led brought sent spoke ran put set began drew fell grew rose sold "
        "spent stood taught threw wore built bought caught fought drove hit cut let"
    )
) - lexicon.words("several repeatedly all")
_BEGIN = lexicon.PHRASE_OPENERS | lexicon.words("all most few other no")
_NOBODYS = frozenset({"its", "their", "my", "our", "your"})
_BEFORE_VERBS = lexicon.words("to will would can could may might must shall should")
_LINKS, _DOCUMENT_LINKS = frozenset({"of"}), frozenset({"of", "by", "from", "to", "into", "against"})
_LONGEST_BEFORE, _LONGEST_BEHIND = 6, 6


DOCUMENTS = lexicon.DOCUMENT_NOUNS | lexicon.words(
    "memorandum bill law act legislation amendment measure resolution referendum decision order agreement deal treaty proposal plan "
    "policy programme program video film documentary story song speech address remarks comments announcement analysis estimate forecast "
    "questionnaire profile biography essay listing summary footage recording"
)
_THINGS = (lexicon.ORGANISATION_NOUNS | DOCUMENTS | {"leadership"}) - lexicon.words("campaign office force post")
_SPOKEN_OF = _PLURALS | _THINGS


@dataclass(frozen=True, slots=True)
class Group:
    """A group, an organisation or a document as a sentence speaks of it; `first` and `last` are token indices, `noun` is the head."""

    offset: int
    first: int
    last: int
    noun: str
    sentence: Sentence

    @property
    def kind(self) -> SpeakerKind:
        """What it is as a speaker."""
        if _are_people(self.noun):
            return SpeakerKind.UNNAMED
        return SpeakerKind.DOCUMENT if self.noun in DOCUMENTS else SpeakerKind.ORGANISATION


def groups(sentence: Sentence) -> Iterator[Group]:
    """What a sentence speaks of without naming it, in order."""
    tokens = sentence.tokens
    for i, token in enumerate(tokens):
        if token.quotation is None and (token.lower in _SPOKEN_OF or _are_people(token.lower)) and _heads_a_phrase(tokens, i):
            first = begin_of_phrase(tokens, i)
            opens = tokens[first].lower in lexicon.PHRASE_OPENERS - _NOBODYS or tokens[first].is_capitalised
            if _are_people(token.lower) or (first < i and opens and not tokens[i - 1].is_possessive):
                yield Group(tokens[first].start, first, i, token.lower, sentence)


def is_plural(noun: str) -> bool:
    """`voters`, `men`, `Republicans`: a noun for several."""
    return _are_people(noun) or (noun.endswith("s") and noun[:-1] in PEOPLES | lexicon.PARTY_WORDS)


def _are_people(noun: str) -> bool:
    return noun in _PLURALS or (noun.endswith(_AGENTS) and noun not in _NO_AGENTS)


def begin_of_phrase(tokens: Sequence[Token], head: int) -> int:
    """The first token of the noun phrase that token `head` heads."""
    first = head
    while tokens[head].lower not in _BEGIN and first > 0 and head - first < _LONGEST_BEFORE:
        before = tokens[first - 1]
        if before.lower == "of" and first > 1 and tokens[first - 2].lower in _BEGIN:
            first -= 2  # many of the men
            break
        if before.lower == "of" and first > 1 and tokens[first - 2].is_capitalised and tokens[first].is_capitalised:
            first -= 2  # the University of Ely poll
            continue
        if before.lower == "and" and first > 1 and tokens[first - 2].lower in _PLURALS:
            first -= 2
            continue
        if not before.is_word or before.lower in _NOT_BEFORE or (before.lower.endswith("ly") and not before.is_capitalised):
            break
        if (
            first > 1
            and tokens[first - 2].lower in _BEFORE_VERBS
            and before.text.isalpha()
            and before.text.islower()
            and before.lower not in _BEGIN
        ):
            break  # to persuade voters, would back leaders
        first -= 1
        if before.lower in _BEGIN and not (first > 1 and tokens[first - 1].lower == "of"):
            break
    return first


def end_of_phrase(tokens: Sequence[Token], head: int) -> int:
    """The last token of what describes the head from behind: `members of the board`, `a report by the board`."""
    links = _DOCUMENT_LINKS if tokens[head].lower in DOCUMENTS else _LINKS
    last = head
    while last + 1 < len(tokens) and last - head < _LONGEST_BEHIND:
        following = tokens[last + 1]
        if not following.is_word or (last == head and following.lower not in links):
            break
        if (last > head and following.lower in _NOT_BEFORE - links) or following.lower.endswith("ed"):
            break
        last += 1
    return last if tokens[last].lower not in links | _BEGIN else head


def _heads_a_phrase(tokens: Sequence[Token], i: int) -> bool:
    """No genitive, no verb, and not the first half of a compound: `party leaders`, `campaign spokesman`."""
    if tokens[i].is_possessive or (i > 0 and tokens[i - 1].lower in lexicon.SUBJECT_PRONOUNS | {"to"}):
        return False
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    return following is None or following.lower not in _SPOKEN_OF | lexicon.PERSON_NOUNS

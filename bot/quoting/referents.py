"""Whom and what an article refers to: its people, organisations, documents and unnamed sources, each once.

Filled from left to right; look-ups are by word, so that a long text costs in proportion to its length.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.quoting import lexicon
from bot.quoting.identity import speaker_key
from bot.quoting.names import Name
from storage.records import AliasKind, NewAlias, NewSpeaker, SpeakerKind

PREPOSITIONS_IN_NAMES = lexicon.words("of for from at with in to on by against")
_BEHIND_A_HEAD = PREPOSITIONS_IN_NAMES | {"who", "which", "that"}
_ARTICLES = frozenset({"a", "an", "the"})
_NOT_DESCRIBING = _ARTICLES | frozenset(["this", "these", "former", "his", "her", "their", "new", "ex"])
_MOST_OF_ONE = 60  # descriptions of a referent, referents of a noun: more than any article has, so that no text costs more than another
_WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*")


@dataclass(slots=True, eq=False)
class Referent:
    """Somebody or something that an article refers to, while its mentions are gathered.

    `beside` are the words before the name and in brackets behind it ("Labour MP", "D-Vt"). `is_evident` says that a title,
    a given name, a role or a verb of saying shows somebody to be a person; `is_plural` that it is several. `really` is set when what
    was at first only described ("A strategist has …") turns out to be somebody who is named later;
    `members` are those whom it puts together.
    """

    name: str
    kind: SpeakerKind
    words: tuple[str, ...] = ()
    gender: str | None = None
    key: str | None = None
    names: Counter[str] = field(default_factory=Counter)
    descriptions: Counter[str] = field(default_factory=Counter)
    titles: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    first_mention: int = -1
    last_mention: int = -1
    is_evident: bool = False
    is_plural: bool = False
    really: "Referent | None" = None
    members: tuple["Referent", ...] = ()

    @property
    def may_be_a_person(self) -> bool:
        """A person, or an unnamed source in the singular that a noun shows to be one."""
        return self.kind is SpeakerKind.PERSON or (self.kind is SpeakerKind.UNNAMED and not self.is_plural and self.is_evident)

    @property
    def told(self) -> tuple[str, ...]:
        """All that the article says that somebody is."""
        return (*self.descriptions, *self.titles, *self.beside)

    def speaker(self) -> NewSpeaker:
        """The referent as a speaker to store."""
        key = self.key or (speaker_key(self.words, self.kind, self.name) if self.words else None)
        aliases = [NewAlias(text, AliasKind.NAME, count) for text, count in self.names.items()]
        aliases += [NewAlias(text, AliasKind.DESCRIPTION, count) for text, count in self.descriptions.items()]
        return NewSpeaker(self.name, self.kind, key, tuple(aliases))


def really(referent: Referent) -> Referent:
    """Who somebody turned out to be."""
    while referent.really is not None:
        referent = referent.really
    return referent


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a referent was mentioned, and how prominently (a subject stays in mind longer than a genitive)."""

    sentence: int
    offset: int
    weight: float
    referent: Referent


class Referents:
    """What an article has spoken of so far, and by which words."""

    def __init__(self) -> None:
        self._by_noun: dict[str, list[Referent]] = defaultdict(list)
        self._mentions: list[Mention] = []
        self.asking: Referent | None = None

    # --- mentions ---------------------------------------------------------------------------------

    def mention(self, referent: Referent, sentence: int, offset: int, weight: float) -> None:
        """Note that `referent` stands at `offset`. Mentions come in text order."""
        referent.last_mention = max(referent.last_mention, offset)
        if referent.first_mention < 0:
            referent.first_mention = offset
        self._mentions.append(Mention(sentence, offset, weight, referent))

    def recent(self, sentence: int, offset: int, look_back: int) -> Iterator[Mention]:
        """Mentions before `offset` in the last `look_back` sentences, newest first."""
        for mention in reversed(self._mentions):
            if sentence - mention.sentence > look_back:
                return
            if mention.offset < offset:
                yield mention

    def together(self, referents: Sequence[Referent]) -> Referent:
        """Several at once, as one source: `Ann Bell and Jo Reed`."""
        several = tuple(dict.fromkeys(map(really, referents)))
        names = [r.name for r in several]
        shown = " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
        referent = self.described_only(shown, SpeakerKind.UNNAMED)
        referent.is_plural, referent.members = len(several) > 1, several
        return referent

    # --- by description ---------------------------------------------------------------------------

    def describe(self, referent: Referent, description: str) -> None:
        """Note what the article calls a referent besides its name."""
        if len(referent.descriptions) < _MOST_OF_ONE or description in referent.descriptions:
            referent.descriptions[description] += 1
        words = role_words(description)
        if words:
            self.file(referent, words[-1])

    def file(self, referent: Referent, noun: str) -> None:
        """Let a referent be found under a noun."""
        filed = self._by_noun[noun]
        if referent not in filed:
            filed.append(referent)
        if len(filed) > _MOST_OF_ONE:
            del filed[0]

    def under(self, noun: str) -> Sequence[Referent]:
        """Those who are called by that noun."""
        return self._by_noun.get(noun, ())

    def described(self, words: Sequence[str]) -> list[Referent]:
        """Those with a description that has the same head noun and holds all these words."""
        wanted = set(words)
        filed = self.under(words[-1]) if words else ()
        return [r for r in filed if any(g[-1:] == list(words[-1:]) and wanted <= set(g) for g in map(role_words, r.descriptions))]

    def last_of_noun(self, noun: str, kind: SpeakerKind) -> Referent | None:
        """Of those of a kind who are called by that noun, the one spoken of last."""
        spoken_of = [r for r in self.under(noun) if r.kind is kind and r.last_mention >= 0]
        return max(spoken_of, key=lambda r: r.last_mention, default=None)

    def described_only(self, shown: str, kind: SpeakerKind, *, key: str | None = None) -> Referent:
        """The referent that goes by a description alone; made if it is not there yet."""
        description = without_article(shown)
        noun = (role_words(description) or [""])[-1]
        for referent in self.under(noun):
            if referent.kind is kind and (referent.name.lower() == shown.lower() or (key is not None and referent.key == key)):
                referent.descriptions[description] += 1
                return referent
        referent = Referent(shown, kind, key=key)
        self.describe(referent, description)
        if noun:
            self.file(referent, noun)
        return referent


# --- words and names ----------------------------------------------------------------------------------


def without_article(shown: str) -> str:
    """`the prime minister` gives `prime minister`."""
    first, _, rest = shown.partition(" ")
    return rest if rest and first.lower() in _ARTICLES else shown


def role_words(description: str) -> list[str]:
    """The describing words up to the head noun: `the former mayor of Ely` gives mayor."""
    words = [w.lower() for w in _WORD.findall(description)]
    head = next((k for k, w in enumerate(words) if k and (w in _BEHIND_A_HEAD or w.endswith("ing"))), len(words))
    return [w for w in words[:head] if w not in _NOT_DESCRIBING]


def all_words(description: str) -> list[str]:
    """Every describing word: `the former mayor of Ely` gives mayor, ely."""
    return [w for w in map(str.lower, _WORD.findall(description)) if w not in _NOT_DESCRIBING | PREPOSITIONS_IN_NAMES]


def gender_of(name: Name) -> str | None:
    """What a title, a role or a given name says: "m", "f" or None."""
    titles, role = set(name.titles), {word for described in name.roles for word in role_words(described)}
    if titles & lexicon.FEMALE_TITLES or role & lexicon.FEMALE_NOUNS:
        return "f"
    if titles & lexicon.MALE_TITLES or role & lexicon.MALE_NOUNS:
        return "m"
    return gender_of_given(name.words[0]) if len(name.words) > 1 else None


def gender_of_given(name: str) -> str | None:
    """What a given name says."""
    given = name.lower()
    if given in lexicon.FEMALE_NAMES:
        return None if given in lexicon.MALE_NAMES else "f"
    return "m" if given in lexicon.MALE_NAMES else None


def clash(one: str | None, other: str | None) -> bool:
    """Both genders are known and differ."""
    return one is not None and other is not None and one != other


def is_full(words: Sequence[str]) -> bool:
    """A given name and a surname: `von der Lake` and `Ó Dálaigh` are surnames alone."""
    return len(words) > 1 and words[0] not in lexicon.NAME_PARTICLES

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
from storage.records import AliasKind, NewAlias, NewSpeaker, Span, SpeakerKind

PREPOSITIONS_IN_NAMES = lexicon.words("of for from at with in to on by against")
_ARTICLES = frozenset({"a", "an", "the"})
_NOT_DESCRIBING = _ARTICLES | frozenset(["this", "these", "former", "his", "her", "their", "new", "ex"])
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


@dataclass(slots=True, eq=False)
class Referent:
    """Somebody or something that an article refers to, while its mentions are gathered.

    `really` is set when what was at first only described ("A strategist has …") turns out to be
    somebody who is named later.
    """

    name: str
    kind: SpeakerKind
    words: tuple[str, ...] = ()
    gender: str | None = None
    key: str | None = None
    names: Counter[str] = field(default_factory=Counter)
    descriptions: Counter[str] = field(default_factory=Counter)
    titles: set[str] = field(default_factory=set)
    first_mention: int = -1
    last_mention: int = -1
    really: "Referent | None" = None

    @property
    def may_be_a_person(self) -> bool:
        """A person, or an unnamed source in the singular."""
        return self.kind is SpeakerKind.PERSON or (self.kind is SpeakerKind.UNNAMED and not self.name.endswith("s"))

    def speaker(self) -> NewSpeaker:
        """The referent as a speaker to store."""
        key = self.key or (speaker_key(self.words, self.kind, self.name) if self.words else None)
        aliases = [NewAlias(text, AliasKind.NAME, count) for text, count in self.names.items()]
        aliases += [NewAlias(text, AliasKind.DESCRIPTION, count) for text, count in self.descriptions.items()]
        return NewSpeaker(self.name, self.kind, key, tuple(aliases))


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a referent was mentioned, and how prominently (a subject stays in mind longer than a genitive)."""

    sentence: int
    offset: int
    weight: float
    referent: Referent


class Referents:
    """The referents of one article."""

    def __init__(self, full_surnames: frozenset[str]) -> None:
        self._full_surnames = full_surnames
        self._by_word: dict[str, list[Referent]] = defaultdict(list)
        self._by_noun: dict[str, list[Referent]] = defaultdict(list)
        self._mentions: list[Mention] = []
        self._doubtful: set[Span] = set()

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

    # --- by name ----------------------------------------------------------------------------------

    def named(self, name: Name, *, preceded_by_the: bool) -> Referent:
        """The referent that a name stands for; a new one if it is none of those met so far."""
        referent = self._same(name)
        if referent is None:
            kind = name.kind or self._guessed_kind(name, preceded_by_the=preceded_by_the)
            referent = Referent(name.shown, kind, name.words, gender_of(name))
            self._file(referent, name.words)
        referent.names[name.shown] += 1
        for role in name.roles:
            self.describe(referent, role)
        referent.titles.update(name.titles)
        referent.gender = referent.gender or gender_of(name)
        if len(name.words) > len(referent.words) and referent.kind is SpeakerKind.PERSON:
            referent.words, referent.name = name.words, name.shown
            self._file(referent, name.words)
        return referent

    def _file(self, referent: Referent, words: Sequence[str]) -> None:
        for word in {words[0].lower(), words[-1].lower(), " ".join(words).lower()}:
            if referent not in self._by_word[word]:
                self._by_word[word].append(referent)

    def is_doubtful(self, name: Name) -> bool:
        """Several people of the article go by that name, and nothing beside it tells them apart."""
        return name.span in self._doubtful

    def _people(self, word: str, gender: str | None) -> list[Referent]:
        return [r for r in self._by_word.get(word, ()) if r.kind is SpeakerKind.PERSON and r.words and not clash(r.gender, gender)]

    def _guessed_kind(self, name: Name, *, preceded_by_the: bool) -> SpeakerKind:
        if name.words[-1].lower() in self._full_surnames:
            return SpeakerKind.PERSON
        return SpeakerKind.ORGANISATION if preceded_by_the or name.words[-1].endswith("s") else SpeakerKind.PERSON

    def _same(self, name: Name) -> Referent | None:
        lower = tuple(w.lower().rstrip(".") for w in name.words)
        exact = [r for r in self._by_word.get(" ".join(name.words).lower(), ()) if tuple(w.lower().rstrip(".") for w in r.words) == lower]
        if exact and len(lower) > 1:
            return exact[-1]
        if name.kind is SpeakerKind.ORGANISATION:
            return exact[-1] if exact else self._spelt_out(name)
        same = self._same_people(name, lower) or exact
        if len(same) > 1:
            self._doubtful.add(name.span)
        return max(same, key=lambda r: r.last_mention) if same else None

    def _same_people(self, name: Name, lower: tuple[str, ...]) -> list[Referent]:
        gender = gender_of(name)
        with_surname = [r for r in self._people(lower[-1], gender) if r.words[-1].lower() == lower[-1]]
        if is_full(lower):
            return [r for r in with_surname if _same_person(lower, tuple(w.lower().rstrip(".") for w in r.words))]
        with_surname = [r for r in with_surname if r.titles & set(name.titles)] or with_surname
        if set(name.titles) & lexicon.GIVEN_NAME_TITLES:
            return self._people(lower[0], gender)
        if with_surname or name.titles or lower[0] not in lexicon.GIVEN_NAMES:
            return with_surname
        return [r for r in self._people(lower[0], gender) if len(r.words) > 1]

    def _spelt_out(self, name: Name) -> Referent | None:
        """The Federal Trade Board for FTB."""
        if len(name.words) != 1 or not name.words[0].isupper() or len(name.words[0]) < 2:
            return None
        letters = name.words[0].lower()
        for mention in reversed(self._mentions[-500:]):
            referent = mention.referent
            initials = "".join(w[0].lower() for w in referent.words if w[0].isupper())
            if referent.kind is SpeakerKind.ORGANISATION and initials == letters:
                return referent
        return None

    # --- by description ---------------------------------------------------------------------------

    def describe(self, referent: Referent, description: str) -> None:
        """Note what the article calls a referent besides its name."""
        referent.descriptions[description] += 1
        words = role_words(description)
        if words and referent not in self._by_noun[words[-1]]:
            self._by_noun[words[-1]].append(referent)

    def described(self, words: Sequence[str]) -> list[Referent]:
        """Those with a description that has the same head noun and holds all these words."""
        wanted = set(words)
        filed = self._by_noun.get(words[-1], ()) if words else ()
        return [r for r in filed if any(g[-1:] == list(words[-1:]) and wanted <= set(g) for g in map(role_words, r.descriptions))]

    def bare_role(self, words: Sequence[str], last: "Referent | None") -> Referent | None:
        """`the mayor` right behind somebody the article names without a role: a writer's other word for the same person."""
        if len(words) != 1 or last is None or last.kind is not SpeakerKind.PERSON or not last.words:
            return None
        roles = [role_words(description)[-1:] for description in last.descriptions]
        return last if not roles or [words[-1]] in roles else None

    def of_noun(self, noun: str, kind: SpeakerKind) -> list[Referent]:
        """Those of a kind whose description has this head noun."""
        return [r for r in self._by_noun.get(noun, ()) if r.kind is kind]

    def described_only(self, shown: str, kind: SpeakerKind, *, key: str | None = None) -> Referent:
        """The referent that goes by a description alone; made if it is not there yet."""
        description = without_article(shown)
        noun = (role_words(description) or [""])[-1]
        for referent in self._by_noun.get(noun, ()):
            if referent.kind is kind and (referent.name.lower() == shown.lower() or (key is not None and referent.key == key)):
                referent.descriptions[description] += 1
                return referent
        referent = Referent(shown, kind, key=key)
        self.describe(referent, description)
        if noun and referent not in self._by_noun[noun]:
            self._by_noun[noun].append(referent)
        return referent


# --- words and names ----------------------------------------------------------------------------------


def without_article(shown: str) -> str:
    """`the prime minister` gives `prime minister`."""
    first, _, rest = shown.partition(" ")
    return rest if rest and first.lower() in _ARTICLES else shown


def role_words(description: str) -> list[str]:
    """The describing words up to the head noun: `the former mayor of Ely` gives mayor."""
    words = [w.lower() for w in _WORD.findall(description)]
    head = next((k for k, w in enumerate(words) if k and w in PREPOSITIONS_IN_NAMES | {"who", "which", "that"}), len(words))
    return [w for w in words[:head] if w not in _NOT_DESCRIBING]


def gender_of(name: Name) -> str | None:
    """What a title, a role or a given name says: "m", "f" or None."""
    titles, role = set(name.titles), {word for described in name.roles for word in role_words(described)}
    if titles & lexicon.FEMALE_TITLES or role & lexicon.FEMALE_NOUNS:
        return "f"
    if titles & lexicon.MALE_TITLES or role & lexicon.MALE_NOUNS:
        return "m"
    given = name.words[0].lower() if len(name.words) > 1 else ""
    if given in lexicon.FEMALE_NAMES:
        return None if given in lexicon.MALE_NAMES else "f"
    return "m" if given in lexicon.MALE_NAMES else None


def clash(one: str | None, other: str | None) -> bool:
    """Both genders are known and differ."""
    return one is not None and other is not None and one != other


def is_full(words: Sequence[str]) -> bool:
    """A given name and a surname: `von der Lake` and `Ó Dálaigh` are surnames alone."""
    return len(words) > 1 and words[0] not in lexicon.NAME_PARTICLES


def _same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Ann Bell, Ann J. Bell, A. Bell; a lone surname is taken up by the full name that follows it."""
    if one[-1] != other[-1]:
        return False
    if not is_full(one) or not is_full(other):
        return True
    return one[0] == other[0] or (min(len(one[0]), len(other[0])) == 1 and one[0][0] == other[0][0])

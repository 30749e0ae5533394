"""Which names of an article are one person's or one organisation's.

The whole article is looked at before any quote is: a surname may stand before the full name it
belongs to, and only all names together tell whether it is one person's.
"""

import re
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Sequence

from bot.quoting import lexicon
from bot.quoting.generations import generation_of, without_generation
from bot.quoting.groups import is_plural
from bot.quoting.names import Name
from bot.quoting.places import PEOPLES, PLACES
from bot.quoting.referents import Referent, clash, gender_of, gender_of_given, is_full
from bot.quoting.sentences import Sentence
from storage.records import SpeakerKind

_IN_FULL = re.compile(r"\b(?P<given>[A-Z]\w+) (?:[A-Z]\. )?(?P<surname>[A-Z][\w’'-]*\w)\b(?!,? (?:[JS]r\b|Junior|Senior|I[IV]))")
_SEAT = re.compile(r"[DR](?:-[A-Z]|$)")
_NEAR = 500  # characters within which a full name tells whose the surname is
_JUST_NAMED, _NAMED_FIRST, _OFTEN = 1.5, 1.0, 10
_MOST_NAMESAKES = 40  # so that a text of nothing but names costs no more than another
_WHERE = frozenset({"in", "near", "across", "outside"})
_PERSON, _ORGANISATION = SpeakerKind.PERSON, SpeakerKind.ORGANISATION


class Clusters:
    """The names of an article, each with the referent that it stands for."""

    def __init__(self, names: Sequence[Name], sentences: Sequence[Sentence], text: str) -> None:
        self._sentences = sentences
        self._by_first: dict[str, list[Referent]] = defaultdict(list)
        self._by_last: dict[str, list[Referent]] = defaultdict(list)
        self._by_initials: dict[str, list[Referent]] = defaultdict(list)
        self._offsets: dict[Referent, list[int]] = defaultdict(list)
        self._full: dict[Referent, Counter[tuple[str, tuple[str, ...]]]] = defaultdict(Counter)
        self._of: dict[Name, Referent] = {}
        self._doubtful: set[Name] = set()
        self._by_generation = {_surname(name.words) for name in names if len(_own(name.words)) == 1 and generation_of(name.words)}
        self._speaking = {_surname(name.words) for name in names if self._speaks(name)}
        self._where = {_plain(name.words) for name in names if self._stands_in(name)} - {
            _plain(name.words) for name in names if self._is_evident(name)
        }
        for name in sorted(names, key=_how_little_it_tells):
            self._take(name)
        for name in names:
            self._gather(name)
        self._complete(text)
        for referent, forms in self._full.items():
            if referent.kind is _PERSON:
                referent.name, referent.words = _most_often_in_full(forms)
            else:
                referent.name = max((shown for shown, words in forms if words == referent.words), key=len, default=referent.name)

    def __getitem__(self, name: Name) -> Referent:
        """Whom or what the name stands for."""
        return self._of[name]

    def called(self, text: str) -> Referent | None:
        """The one whom these words name, if it is one; of several people the one named most."""
        typed = text.split()[-3:]
        words, generation = _own(typed), generation_of(typed)
        by_last = self._by_last.get(words[-1], ()) if words else ()
        found = [r for r in by_last if len(words) == 1 or (_own(r.words)[-len(words) :] == words and not generation_of(r.words))]
        if generation:
            found = [r for r in by_last if generation_of(r.words) == generation and _own(r.words)[-len(words) :] == words]
        if len(found) > 1 and any(r.kind is not _PERSON for r in found):
            return None
        return max(found, key=lambda r: r.names.total(), default=None)

    def is_doubtful(self, name: Name) -> bool:
        """Several people of the article go by that name, and nothing beside it tells them apart."""
        return name in self._doubtful

    def _take(self, name: Name) -> None:
        referent = self._same(name)
        if referent is None:
            referent = Referent(name.shown, self._kind(name), name.words)
        self._of[name] = referent
        referent.titles.update(name.titles)
        referent.gender = referent.gender or gender_of(name)
        referent.is_evident = referent.is_evident or self._is_evident(name)
        if len(name.words) > 1 or not self._offsets[referent]:
            insort(self._offsets[referent], name.span[0])
        if referent.kind is _PERSON and (not is_full(_own(referent.words)) or len(name.words) > len(referent.words)):
            referent.words = name.words if is_full(_own(name.words)) or len(name.words) > len(referent.words) else referent.words
        for by, word in (
            (self._by_first, _plain(name.words)[0]),
            (self._by_last, _surname(name.words)),
            (self._by_initials, "".join(w[0].lower() for w in name.words if w[0].isupper())),
        ):
            if len(by[word]) < _MOST_NAMESAKES and referent not in by[word]:
                by[word].append(referent)

    def _gather(self, name: Name) -> None:
        """Take over what stands beside a name, and the fullest way in which it is given."""
        referent = self._of[name]
        referent.names[name.shown] += 1
        if len(_own(name.words)) > 1 and not name.shown.isupper():
            self._full[referent][name.shown, name.words] += 1
        tokens = self._sentences[name.sentence].tokens
        behind = tokens[name.last + 1 : name.last + 4]
        told = [t.text for t in tokens[name.first : name.last + 1] if t.bare in lexicon.PARTY_WORDS]
        if behind and behind[0].text in {"(", ","}:
            told += [t.text for t in behind if t.bare in lexicon.PARTY_WORDS or _SEAT.match(t.text)]
        referent.beside.update(told)

    def _complete(self, text: str) -> None:
        """A full name that only somebody's words give is that of whom the article calls by the surname alone."""
        bare = {_surname(r.words): r for r in self._of.values() if r.kind is _PERSON and len(r.words) == 1 and r not in self._full}
        if not bare:
            return
        for m in _IN_FULL.finditer(text):
            referent = bare.get(m["surname"].lower())
            if referent is None or m["given"].lower() not in lexicon.GIVEN_NAMES:
                continue
            words = tuple(m[0].split())
            gender = gender_of_given(words[0])
            if not clash(referent.gender, gender):
                referent.gender = referent.gender or gender
                self._full[referent][m[0], words] += 1

    def _is_evident(self, name: Name) -> bool:
        in_full = is_full(_own(name.words)) and _plain(name.words)[0] in lexicon.GIVEN_NAMES
        return bool(name.titles or name.roles or in_full or self._speaks(name))

    def _speaks(self, name: Name) -> bool:
        tokens = self._sentences[name.sentence].tokens
        before = tokens[name.first - 1].lower if name.first else ""
        behind = tokens[name.last + 1].lower if name.last + 1 < len(tokens) else ""
        return not name.possessive and (behind in lexicon.SPEECH_PAST or before in lexicon.SPEECH_PAST - lexicon.ADDRESSING)

    def _is_where(self, name: Name) -> bool:
        """`in Houston`, where somebody else may be called Houston."""
        tokens = self._sentences[name.sentence].tokens
        return name.words[0].lower() not in self._by_last or (name.first > 0 and tokens[name.first - 1].lower in lexicon.PREPOSITIONS)

    def _stands_in(self, name: Name) -> bool:
        """`in Kirkby Drumlin`: a place, whatever it is called by."""
        tokens = self._sentences[name.sentence].tokens
        return name.first > 0 and tokens[name.first - 1].lower in _WHERE and not name.possessive and len(name.words) > 1

    def _kind(self, name: Name) -> SpeakerKind:
        if _plain(name.words) in self._where and _surname(name.words) not in self._speaking:
            return _ORGANISATION
        if name.kind is not None:
            return name.kind
        tokens = self._sentences[name.sentence].tokens
        articled = name.first > 0 and tokens[name.first - 1].lower == "the"
        return _ORGANISATION if articled or (name.words[-1].endswith("s") and _surname(name.words) not in self._speaking) else _PERSON

    def _same(self, name: Name) -> Referent | None:
        words = _own(name.words)
        if name.kind is _ORGANISATION and (len(words) > 1 or (words[0] in PLACES and self._is_where(name))):
            return self._organisation(name, words)
        if len(words) > 1 and is_full(words):
            return self._person_in_full(name, words)
        people = self._people(name, words)
        if len(people) > 1:
            self._doubtful.add(name)
            first = min(people, key=lambda r: self._offsets[r][0])
            return max(people, key=lambda r: self._prominence(r, name.span[0], first))
        return people[0] if people else self._organisation(name, words)

    def _person_in_full(self, name: Name, words: Sequence[str]) -> Referent | None:
        gender = gender_of(name)
        generation = generation_of(name.words)
        for referent in self._by_last.get(_surname(name.words), ()):
            alike = generation_of(referent.words) == generation
            if alike and not clash(referent.gender, gender) and _same_person(words, _own(referent.words)):
                return referent
        for referent in self._by_first.get(words[0], ()):
            if _own(referent.words)[: len(words)] == words and generation_of(referent.words) == generation:
                return referent  # Enrique Vega for Enrique Vega Soto
        return None

    def _people(self, name: Name, words: Sequence[str]) -> list[Referent]:
        """Those who may be meant by a surname, a given name, or a title with one of them."""
        gender, titles = gender_of(name), set(name.titles)
        by_given = [r for r in self._by_first.get(words[0], ()) if r.kind is _PERSON and not clash(r.gender, gender)]
        if titles & lexicon.GIVEN_NAME_TITLES and len(words) == 1:
            return by_given
        people = [r for r in self._by_last.get(words[-1], ()) if r.kind is _PERSON and not clash(r.gender, gender)]
        if generation := generation_of(name.words):
            return [r for r in people if generation_of(r.words) == generation]
        if words[-1] in self._by_generation:
            people = [r for r in people if not generation_of(r.words)] or people  # who is called "Bell Jr." is not meant by "Bell"
        people = [r for r in people if is_full(words) or _own(r.words)[-len(words) :] == words] or people
        people = [r for r in people if r.titles & titles] or people
        people = [r for r in people if _plain(r.words)[0] in lexicon.GIVEN_NAMES] or people
        if people or titles:
            return people
        if words[0] in lexicon.GIVEN_NAMES:
            return [r for r in by_given if len(r.words) > 1]
        if words[0] in PLACES | PEOPLES or name.kind is not None:
            return []
        speaks = words[0] in self._speaking
        return [r for r in by_given if len(r.words) == 2 and (r.is_evident or speaks)]  # Xi Jinping

    def _prominence(self, referent: Referent, offset: int, first: Referent | None = None) -> tuple[float, int]:
        """How likely the bare surname is this one's: whoever has just been named in full, or else whom the article named first."""
        offsets = self._offsets[referent]
        before = bisect_left(offsets, offset)
        last = offsets[before - 1] if before else -1
        near = before > 0 and offset - last <= _NEAR
        return (_JUST_NAMED if near else 0.0) + (_NAMED_FIRST if referent is first else 0.0) + min(len(offsets), _OFTEN) / _OFTEN, last

    def _organisation(self, name: Name, words: Sequence[str]) -> Referent | None:
        if name.kind is _PERSON:
            return None
        whole = [r for r in self._by_last.get(words[-1], ()) if _plain(r.words) == words and (r.kind is not _PERSON or name.kind is None)]
        if whole:
            return whole[-1]
        return None if len(words) > 1 else self._short(name, words[0])

    def _short(self, name: Name, word: str) -> Referent | None:
        """`The Post` for The Calder Post, `FTB` for the Federal Trade Board, `Quarry` for Quarry University."""
        if word in PLACES or is_plural(word) or {word, word.removesuffix("s")} & (PEOPLES | lexicon.PARTY_WORDS):
            return None
        if name.words[0].isupper() and len(word) > 1:
            return next((r for r in self._by_initials.get(word, ()) if _is_long(r)), None)
        ends = [r for r in self._by_last.get(word, ()) if name.kind is _ORGANISATION and _is_long(r)]
        begins = [r for r in self._by_first.get(word, ()) if _is_long(r) and _plain(r.words)[1] in lexicon.ORGANISATION_WORDS]
        before = [r for r in ends or begins if self._offsets[r][0] < name.span[0]] or ends or begins
        return max(before, key=lambda r: self._prominence(r, name.span[0])) if before else None


def _most_often_in_full(forms: Counter[tuple[str, tuple[str, ...]]]) -> tuple[str, tuple[str, ...]]:
    """The form given most often; not one that is the end of another (`Reed Bell` where there is `Ann Reed Bell`)."""
    often = [form for form, _ in forms.most_common(_MOST_NAMESAKES)]
    whole = [form for form in often if not any(len(o[1]) > len(form[1]) and o[1][-len(form[1]) :] == form[1] for o in often)]
    return max(whole, key=lambda form: forms[form])


def _is_long(referent: Referent) -> bool:
    return referent.kind is _ORGANISATION and len(referent.words) > 1


def _how_little_it_tells(name: Name) -> tuple[int, int]:
    """Names in full come first, then those of several words, then single ones; otherwise in text order."""
    words = _own(name.words)
    if len(words) == 1:
        return 2 if name.titles else 3, name.span[0]
    known = name.kind is _ORGANISATION or name.roles or name.titles or words[0] in lexicon.GIVEN_NAMES
    return (0 if known and is_full(words) else 1), name.span[0]


def _plain(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(w.lower().rstrip(".") for w in words)


def _surname(words: Sequence[str]) -> str:
    return _own(words)[-1]


def _own(words: Sequence[str]) -> tuple[str, ...]:
    """Given names and surnames, without the `Jr.` behind them."""
    return _plain(without_generation(words))


def _same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Ann Bell, Ann J. Bell, A. Bell, Bell; the last words of a longer name (Reed Bell of Ann Reed Bell)."""
    if one[-1] != other[-1]:
        return False
    if not is_full(one) or not is_full(other):
        return True
    if one[0] == other[0] or (min(len(one[0]), len(other[0])) == 1 and one[0][0] == other[0][0]):
        return True
    short, long = sorted((one, other), key=len)
    return short[0] not in lexicon.GIVEN_NAMES and tuple(long[-len(short) :]) == tuple(short)

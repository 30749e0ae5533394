"""Sources that no name heads: roles, documents, organisations, groups, and people who stay unnamed."""

from collections.abc import Callable, Sequence

from bot.quoting import lexicon
from bot.quoting.groups import DOCUMENTS, is_plural
from bot.quoting.offices import CAMPAIGNERS, EPITHETS, OPEN_ROLES, PAPERS, PROFESSIONS, PUBLIC_OFFICES, offices_of, party_of
from bot.quoting.phrases import as_written, head_noun, owned_by
from bot.quoting.places import PLACES
from bot.quoting.pronouns import Place, Pronouns
from bot.quoting.referents import Referent, Referents, all_words, clash, really, role_words
from bot.quoting.sentences import Token
from storage.records import SpeakerKind

_POINTING = frozenset({"the", "this", "that", "these", "those"})
_DEFINITE = _POINTING | {"his", "her", "their", "its"}
_BARE = 2  # an article and a noun
_SYNONYMS = (
    lexicon.words("poll survey questionnaire"),
    lexicon.words("report study analysis research review audit"),
    lexicon.words("letter statement memo note message email e-mail missive"),
    lexicon.words("lawsuit complaint filing petition affidavit indictment"),
    lexicon.words("article column editorial essay post blog"),
    lexicon.words("bill law act legislation measure"),
)
_ANY_ORGANISATION = lexicon.words("company firm group network broadcaster outlet website organisation organization agency charity union")
_FORMER = frozenset({"former", "ex", "then", "onetime", "retired"})
_POINTED_AT = 0.6
_LONG_AGO = 1000  # characters after which a role may be somebody else's
_NOBODY_YET = frozenset({"next", "future", "average", "typical"})
_INDEFINITE = frozenset({"a", "an", "one", "some", "another", "several", "many", "two", "three"})
_OWNERS = {"his": "m", "her": "f"}
_PERSON, _ORGANISATION, _DOCUMENT, _UNNAMED = SpeakerKind.PERSON, SpeakerKind.ORGANISATION, SpeakerKind.DOCUMENT, SpeakerKind.UNNAMED


class Descriptions:
    """Finds whom a description means, among what the article has spoken of so far and whom it names at all."""

    def __init__(self, text: str, referents: Referents, pronouns: Pronouns, key_of_owned: Callable[[Referent, str], str | None]) -> None:
        self._text = text
        self._key_of_owned = key_of_owned
        self._referents = referents
        self._pronouns = pronouns

    def referent(
        self, core: Sequence[Token], owner: Referent | None, place: Place, last_speaker: Referent | None
    ) -> tuple[Referent | None, float]:
        """Whom or what the noun phrase `core` means; `owner` is who stands in it in the genitive, if anybody does."""
        noun, shown, opening = head_noun(core), as_written(core, self._text), core[0].lower
        if owner is None and opening in _OWNERS:
            owner = self._pronouns.owner(_OWNERS[opening], place, last_speaker)
            shown = owned_by(owner, as_written(core[1:], self._text)) or shown
        definite = opening in _DEFINITE or (owner is not None and opening not in _INDEFINITE)
        paper = self._newspaper() if noun in PAPERS and definite and owner is None and len(core) == _BARE else None
        if paper is not None:
            return paper, 0.75
        if noun in DOCUMENTS or noun in lexicon.SIGNS:
            again = opening in _POINTING and (len(core) == _BARE or core[1].lower in {"same", "new"})
            spoken_of = self._document(noun) if again else None
            return spoken_of or self._referents.described_only(shown, _DOCUMENT), 0.85 if again else 1.0
        if noun in lexicon.ORGANISATION_NOUNS and noun not in lexicon.PERSON_NOUNS:
            return self._organisation(shown, noun, owner, place, last_speaker, bare=definite and len(core) == _BARE)
        if noun in _PAIRS or (is_plural(noun) and opening == "both") or (opening in _POINTING and core[1:2] and core[1].lower == "two"):
            pair = self._pronouns.pair(place)
            if pair is not None:
                return pair, 0.7
        if is_plural(noun):
            return self.group(shown, definite=opening in _POINTING), 0.85 if opening in _POINTING and len(core) == _BARE else 1.0
        if definite and owner is None and noun in lexicon.PERSON_NOUNS | lexicon.TITLES | OPEN_ROLES | EPITHETS:
            return self._role(shown, noun, place, last_speaker)
        same = self._referents.described(role_words(shown)) if definite else []
        if same:
            return really(max(same, key=lambda r: r.last_mention)), 0.9 if len(same) == 1 else 0.75
        return self._unnamed(shown, noun), 1.0 if noun in lexicon.PERSON_NOUNS else 0.75

    def _organisation(
        self, shown: str, noun: str, owner: Referent | None, place: Place, last_speaker: Referent | None, *, bare: bool
    ) -> tuple[Referent, float]:
        """`Trump's campaign` is that one; `the campaign` is the last one spoken of."""
        if owner is not None:
            return self._referents.described_only(shown, _ORGANISATION, key=self._key_of_owned(owner, noun)), 1.0
        if bare:
            same = self._referents.last_of_noun(noun, _ORGANISATION)
            if same is not None:
                return same, 0.8
            named, certainty = self._pronouns.organisation(place, last_speaker) if noun in _ANY_ORGANISATION else (None, 0.0)
            if named is not None:
                return named, certainty
        return self._referents.described_only(shown, _ORGANISATION), 0.75 if bare else 0.9

    def _document(self, noun: str) -> Referent | None:
        """`the survey`: the one spoken of before, if need be by another word (`a poll`)."""
        same = self._referents.last_of_noun(noun, _DOCUMENT)
        if same is not None:
            return same
        others = (self._referents.last_of_noun(other, _DOCUMENT) for words in _SYNONYMS if noun in words for other in words)
        return max((one for one in others if one is not None), key=lambda r: r.last_mention, default=None)

    def _newspaper(self) -> Referent | None:
        papers = [r for r in self._referents.under("newspaper") if r.last_mention >= 0]
        return max(papers, key=lambda r: r.last_mention, default=None)

    def group(self, shown: str, *, definite: bool = False) -> Referent:
        """Several people without names; with "the" those spoken of before, if any were."""
        same = [r for r in self._referents.described(role_words(shown)) if r.is_plural and not _counts(r.name)] if definite else []
        if same:
            return max(same, key=lambda r: r.last_mention)
        referent = self._referents.described_only(shown, _UNNAMED)
        referent.is_plural = True
        return referent

    def _role(self, shown: str, noun: str, place: Place, last_speaker: Referent | None) -> tuple[Referent, float]:
        """`the minister`: whoever the article calls so, or else whoever is in mind and may be."""
        wanted = set(all_words(shown))
        called = [r for r in dict.fromkeys(map(really, self._referents.under(noun))) if r.may_be_a_person and _may_be_of(r, wanted)]
        fitting = [r for r in called if _FORMER & set(shown.lower().split()) or not _is_former(r, noun)]
        known = [r for r in fitting if r.last_mention >= 0]
        if wanted & PLACES:
            known = [r for r in known if wanted & PLACES & _words_told(r)]
        told = {r: len(wanted & _words_told(r)) for r in called}
        last = max((r.last_mention for r in known), default=place.offset)
        long_ago = place.offset - last > _LONG_AGO and max(told.values(), default=0) <= 1
        if long_ago or not known:
            varied = self._varied(wanted, noun, fitting, place, last_speaker)
            if varied is not None:
                return varied, 0.65
        known = known or fitting or called
        if known:
            best = max(known, key=lambda r: (told[r], r.last_mention))
            rivals = sum(told[r] == told[best] for r in known)
            return best, 0.9 if rivals == 1 else 0.75
        only = self._only_one(noun, place) if noun in EPITHETS else None
        if only is not None:
            return only, _POINTED_AT
        return self._unnamed(shown, noun), 0.85

    def _varied(
        self, wanted: set[str], noun: str, fitting: Sequence[Referent], place: Place, last_speaker: Referent | None
    ) -> Referent | None:
        """A writer's other word for whoever is in mind, who holds no other office."""
        gender = _gender_of_noun(noun)
        if _NOBODY_YET & wanted or noun not in OPEN_ROLES | PUBLIC_OFFICES:
            return None
        party = party_of(wanted)

        def likelihood(one: Referent) -> float:
            own, held = party_of(one.told), offices_of(one.told) - {noun}
            if one.kind is not _PERSON or not one.is_evident or clash(party, own) or not _may_be_of(one, wanted):
                return 0.0
            if noun not in OPEN_ROLES:
                return 1.3 if one in fitting else 0.0 if held else 1.0
            runs = noun in CAMPAIGNERS
            likely = 0.5 if held & PROFESSIONS or (held and not runs) else 1.0
            likely *= 1.5 if runs and (own or held & PUBLIC_OFFICES) else 1.0
            return likely * (1.5 if party and own else 1.0)

        return self._pronouns.person(gender, place, last_speaker, likelihood)[0]

    def _only_one(self, noun: str, place: Place) -> Referent | None:
        """Whom the passage is about, where the article has spoken of nobody else who may be called so."""
        gender = _gender_of_noun(noun)

        def may_be(one: Referent) -> bool:
            return one.kind is _PERSON and not clash(one.gender, gender) and not _words_told(one) & _OTHER_WORK - {noun}

        spoken_of = [really(m.referent) for m in self._referents.recent(place.sentence, place.offset, place.sentence)]
        people = dict.fromkeys(filter(may_be, spoken_of))
        in_mind, _ = self._pronouns.person(gender, place, None, lambda one: float(may_be(one)))
        return in_mind if len(people) == 1 else None

    def _unnamed(self, shown: str, noun: str) -> Referent:
        referent = self._referents.described_only(shown, _UNNAMED)
        referent.gender = referent.gender or _gender_of_noun(noun)
        referent.is_plural = shown.endswith("s") and is_plural(noun)
        referent.is_evident = noun in lexicon.PERSON_NOUNS
        return referent


def _gender_of_noun(noun: str) -> str | None:
    """What a noun for a person says: "m", "f" or None."""
    return "f" if noun in lexicon.FEMALE_NOUNS else "m" if noun in lexicon.MALE_NOUNS else None


def _words_told(referent: Referent) -> set[str]:
    return {word for told in referent.told for word in all_words(told)}


def _may_be_of(referent: Referent, wanted: set[str]) -> bool:
    """Not of another place than the one in `the Vermont senator`."""
    place, own = wanted & PLACES, _words_told(referent) & PLACES
    return not place or not own or bool(place & own)


def _is_former(referent: Referent, noun: str) -> bool:
    """Who only held the office once."""
    held = [told.lower().split() for told in referent.told if noun in told.lower().split()]
    return bool(held) and all(_FORMER & set(words) for words in held)


def _counts(name: str) -> bool:
    first = name.split()[0].lower()
    return first.isdigit() or first in _COUNTING


_OTHER_WORK = (lexicon.TITLES | PROFESSIONS | PUBLIC_OFFICES | EPITHETS) - lexicon.COURTESY_TITLES
_PAIRS = frozenset({"two", "pair", "duo", "couple"})
_COUNTING = lexicon.words("two three four five six seven eight nine ten all no most many some several few more fewer half")

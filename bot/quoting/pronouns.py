"""Whom `he`, `she`, `it`, `they`, `who` and `which` stand for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.quoting.places import PLACES
from bot.quoting.prominence import AS_OBJECT, AS_SUBJECT
from bot.quoting.referents import Mention, Referent, Referents, clash, is_full, really
from storage.records import Span, SpeakerKind

_LOOK_BACK = 6
_TWO = 2
# How a mention fades by the sentence, beginning with the pronoun's own.
_RECENCY = (2.0, 2.0, 1.2, 0.8, 0.6, 0.45, 0.35)
_LAST_SPEAKER, _KNOWN_GENDER = 0.8, 1.2
_ASKING, _SURE = 0.5, 0.95
_SAID_OF = 0.5  # of whom somebody speaks, that is somebody else
_GUESSED = 0.75
_CLEAR, _FAIR = 1.2, 0.5


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pronoun stands; `said` are the spans of what is said by whom it stands for, who is not named in there."""

    sentence: int
    offset: int
    said: Sequence[Span] = ()

    def is_within(self, offset: int) -> bool:
        """Whether `offset` lies in what is said."""
        return any(start <= offset < end for start, end in self.said)


class Pronouns:
    """Finds antecedents among what the article has spoken of so far."""

    def __init__(self, referents: Referents) -> None:
        self._referents = referents

    def person(
        self, gender: str | None, place: Place, last_speaker: Referent | None, likelihood: Callable[[Referent], float] | None = None
    ) -> tuple[Referent | None, float]:
        """The person in mind whom a pronoun of that gender, or a role, means, and how certain that is; `likelihood` says who may be."""
        scores: dict[Referent, float] = {}
        here: set[Referent] = set()
        mentions = self._before(place, _LOOK_BACK)
        for mention in mentions:
            referent = really(mention.referent)
            likely = likelihood(referent) if likelihood else float(referent.may_be_a_person)
            if likely and not clash(referent.gender, gender):
                score = _faded(mention, place) * likely
                scores[referent] = max(scores.get(referent, 0.0), score)
                if mention.sentence == place.sentence and not place.is_within(mention.offset):
                    here.add(referent)
        of_gender = _of_gender(gender, [m for m in mentions if really(m.referent) in scores])
        for referent in scores:
            if referent is self._referents.asking:
                scores[referent] *= _ASKING
            elif referent is last_speaker and (not here or referent in here):
                scores[referent] += _LAST_SPEAKER
            if referent in of_gender:
                scores[referent] += _KNOWN_GENDER
        best, certainty = _best(scores)
        if len(scores) > 1 and best is not None and likelihood is None and best.gender is None and not best.is_evident:
            certainty = min(certainty, _GUESSED)  # two capitals may be a ship
        if best is not None and certainty > _SURE and likelihood is None and not any(r.gender == gender for r in scores):
            best.gender = gender
        return best, certainty

    def owner(self, gender: str, place: Place, last_speaker: Referent | None) -> Referent | None:
        """The person by name whom `his` or `her` means."""
        return self.person(gender, place, last_speaker, lambda one: one.kind is SpeakerKind.PERSON)[0]

    def thing(self, place: Place, last_speaker: Referent | None) -> tuple[Referent | None, float]:
        """The organisation, country or document that `it` means."""
        scores: dict[Referent, float] = {}
        for mention in self._before(place, 1):
            referent = really(mention.referent)
            if _may_be_a_thing(referent) and mention.weight >= AS_OBJECT:
                scores[referent] = max(scores.get(referent, 0.0), _faded(mention, place))
        best, certainty = _best(_with_last(scores, last_speaker), most=0.75)
        if best is not None and best.kind is SpeakerKind.PERSON:
            best.kind = SpeakerKind.ORGANISATION  # Northgate said so. It added …
        return best, certainty

    def organisation(self, place: Place, last_speaker: Referent | None) -> tuple[Referent | None, float]:
        """The organisation in mind, by its name, whom `the company` means."""
        scores: dict[Referent, float] = {}
        for mention in self._before(place, 3):
            referent = really(mention.referent)
            if referent.kind is SpeakerKind.ORGANISATION and referent.words and referent.name.lower() not in PLACES:
                scores[referent] = max(scores.get(referent, 0.0), _faded(mention, place))
        return _best(_with_last(scores, last_speaker), most=0.7)

    def those(self, place: Place) -> tuple[Referent | None, float]:
        """The group, or else the organisation, that `they` means."""
        scores: dict[Referent, float] = {}
        for mention in self._before(place, 2):
            referent = really(mention.referent)
            if referent.is_plural or (referent.kind is SpeakerKind.ORGANISATION and referent.name.lower() not in PLACES):
                score = _faded(mention, place) * (1.0 if referent.is_plural else 0.6)
                scores[referent] = max(scores.get(referent, 0.0), score)
        return _best(scores, most=0.8)

    def pair(self, place: Place) -> Referent | None:
        """The two people whom `the two` means: spoken of together, or else the only two in mind."""
        mentions = self._before(place, _LOOK_BACK)
        named = next((r for r in (really(m.referent) for m in mentions) if len(r.members) == _TWO), None)
        people = dict.fromkeys(r for r in (really(m.referent) for m in mentions) if r.kind is SpeakerKind.PERSON and r.is_evident)
        return named or (self._referents.together(list(people)[::-1]) if len(people) == _TWO else None)

    def _before(self, place: Place, look_back: int) -> Sequence[Mention]:
        return list(self._referents.recent(place.sentence, place.offset, look_back))


def _may_be_a_thing(referent: Referent) -> bool:
    """What is none by its name may be one all the same: a single word with no title, that nothing but saying shows to be a person."""
    if referent.kind is SpeakerKind.PERSON:
        return len(referent.words) == 1 and referent.gender is None and not referent.told
    return referent.kind in {SpeakerKind.ORGANISATION, SpeakerKind.DOCUMENT}


def _of_gender(gender: str | None, mentions: Sequence[Mention]) -> set[Referent]:
    """Those known to be of a gender, unless somebody of whom it is not known was named in full as a later sentence's subject."""
    if gender is None:
        return set()
    people = [(mention, really(mention.referent)) for mention in mentions]
    unknown = (m.sentence for m, one in people if one.gender is None and is_full(one.words) and m.weight >= AS_SUBJECT)
    since = max(unknown, default=-1)
    return {one for mention, one in people if one.gender == gender and mention.sentence >= since}


def _faded(mention: Mention, place: Place) -> float:
    within = _SAID_OF if place.is_within(mention.offset) else 1.0
    return _RECENCY[max(0, place.sentence - mention.sentence)] * mention.weight * within


def _with_last(scores: dict[Referent, float], last_speaker: Referent | None) -> Mapping[Referent, float]:
    if last_speaker in scores:
        scores[last_speaker] += _LAST_SPEAKER
    return scores


def _best(scores: Mapping[Referent, float], most: float = 0.97) -> tuple[Referent | None, float]:
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked:
        return None, 0.0
    best, score = ranked[0]
    margin = score - ranked[1][1] if len(ranked) > 1 else _CLEAR + 1
    return best, most if margin > _CLEAR else most - 0.07 if margin > _FAIR else most - 0.27

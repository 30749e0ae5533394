"""Whom or what a source span means, in an article that is read from left to right."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from bot.quoting import lexicon
from bot.quoting.attributions import Analysis
from bot.quoting.descriptions import Descriptions
from bot.quoting.groups import is_plural
from bot.quoting.leads import Lead
from bot.quoting.mentions import Mentions
from bot.quoting.names import Name
from bot.quoting.phrases import (
    as_written,
    core_phrase,
    head_name,
    head_noun,
    is_any_noun,
    is_apposed,
    is_joined_by_others,
    is_noun_for,
    joint_names,
    without_opening,
)
from bot.quoting.prominence import AS_SUBJECT, prominence
from bot.quoting.pronouns import Place, Pronouns
from bot.quoting.referents import Referent, is_full, without_article
from bot.quoting.relatives import antecedent
from bot.quoting.sentences import Sentence, Token
from storage.records import Span, SpeakerKind

_LONGEST_NAME = 4
_SHORT = 2  # words of a source that may be a name and nothing else
_NAMESAKE = 0.5  # a bare surname that two people of the article have
_GUESSED = 0.5
_NOBODY: tuple[Referent | None, float] = (None, 0.0)


class Sources:
    """The sources of one article, asked for in text order."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._name_starts = [n.span[0] for n in analysis.names]
        self._mentions = Mentions(analysis)
        self._pronouns = Pronouns(self._mentions.referents)
        self._descriptions = Descriptions(analysis.text, self._mentions.referents, self._pronouns, self._mentions.key_of_owned)
        self._lead = Lead(self._mentions.referents)
        self.last_speaker: Referent | None = None

    def read_up_to(self, offset: int) -> None:
        """Take in every mention that begins before `offset`."""
        self._mentions.read_up_to(offset, self._pronouns, self.last_speaker)

    def spoke(self, referent: Referent, offset: int, *, asked: bool) -> None:
        """Note who was quoted last, and whether with a question, which somebody else answers."""
        sentence = self._analysis.sentence_at(offset)
        self._lead.identify(referent, sentence, offset)
        self.last_speaker = referent
        self._mentions.spoke(referent, sentence, offset, asked=asked)

    def referent(self, source: Span, said: Sequence[Span]) -> tuple[Referent | None, float]:
        """Whoever or whatever a source span refers to, and how certain that is; `said` is what is said."""
        sentence = self._analysis.sentence_at(source[0])
        tokens = without_opening([t for t in sentence.tokens if source[0] <= t.start < source[1] and t.quotation is None])
        if all(t.lower in _DETERMINERS for t in tokens):
            self.read_up_to(source[1])
            return self._within_marks(source)
        self.read_up_to(tokens[0].start)
        if [t.lower for t in tokens if t.is_word] in _NOBODYS:
            return _NOBODY
        place = Place(sentence.number, tokens[0].start, said)
        word = _pronoun_of(tokens[0])
        alone = len(tokens) == 1 or not tokens[1].is_word or tokens[1].lower in _EMPHASIS
        if word in {"who", "which"} or (word in lexicon.PRONOUNS | lexicon.RELATIVES | {"its"} and alone):
            return self._pronoun(tokens[0], sentence, place)
        found = self._phrase(tokens, sentence, place)
        self.read_up_to(source[1])
        return found

    def subject(self, offset: int) -> tuple[Referent | None, float]:
        """Who is spoken of in the sentence in which something at `offset` is said and nobody is told to say it."""
        sentence = self._analysis.sentence_at(offset)
        around = [n for n in self._analysis.names_of(sentence) if not n.possessive]
        subjects = [
            n for n in around if prominence(sentence.tokens, n.first, n.last, possessive=False, is_first=n is around[0]) >= AS_SUBJECT
        ]
        before = [n for n in subjects if n.span[1] <= offset]
        found = before[-1:] or subjects[:1]
        return (self._mentions.meet(found[0]), _GUESSED) if found else _NOBODY

    def _within_marks(self, source: Span) -> tuple[Referent | None, float]:
        """A source inside a quotation, or one that begins with an article and goes on in marks: only a name says who it is."""
        shown = self._analysis.text[source[0] : source[1]].partition(",")[0]
        referent = self._mentions.clusters.called(shown)
        if referent is not None:
            return referent, 0.8
        words = tuple(shown.split())
        if not (is_full(words) and len(words) <= _LONGEST_NAME and words[0].lower() in lexicon.GIVEN_NAMES and words[-1][0].isupper()):
            return _NOBODY
        referent = self._mentions.referents.described_only(shown, SpeakerKind.PERSON)
        referent.words = words
        return referent, 0.7

    # --- noun phrases -----------------------------------------------------------------------------

    def _phrase(self, tokens: Sequence[Token], sentence: Sentence, place: Place) -> tuple[Referent | None, float]:
        within = self._names_between(tokens[0].start, tokens[-1].end)
        core = core_phrase(tokens)
        inside = [n for n in within if n.span[1] <= core[-1].end]
        several = self._several(tokens, core, within, inside, sentence, place)
        if several is not None:
            return several
        head = head_name(core, inside) or self._apposed(tokens, core) or self._cut_off(core, inside, sentence)
        if head is not None:
            return self._mentions.meet(head), _NAMESAKE if self._mentions.clusters.is_doubtful(head) else 1.0
        if len(core) <= _SHORT and core[0].is_capitalised and not inside:
            called = self._mentions.clusters.called(as_written(core, self._analysis.text))
            if called is not None:
                return called, 0.9
        referent, certainty = self._descriptions.referent(core, self._owner(core, inside), place, self.last_speaker)
        if referent is not None:
            self._lead.consider(referent, core, sentence)
        return referent, certainty

    def _several(
        self,
        tokens: Sequence[Token],
        core: Sequence[Token],
        within: Sequence[Name],
        inside: Sequence[Name],
        sentence: Sentence,
        place: Place,
    ) -> tuple[Referent, float] | None:
        """`Bell and Reed`, `Bell, Reed and other donors`, `she and Bell`."""
        together = joint_names(tokens, within) or joint_names(core, inside)
        if together:
            return self._mentions.referents.together([self._mentions.meet(n) for n in together]), 0.9
        if is_joined_by_others(tokens, within):
            return self._descriptions.group(as_written(tokens, self._analysis.text)), 0.9
        pronoun = next((t for t in core[:2] if t.lower in _PERSONAL), None)
        if pronoun is None or len(inside) != 1 or all(t.lower != "and" for t in core[1:3]):
            return None
        other, certainty = self._pronoun(pronoun, sentence, place)
        return None if other is None else (self._mentions.referents.together([other, self._mentions.meet(inside[0])]), certainty)

    def _apposed(self, tokens: Sequence[Token], core: Sequence[Token]) -> Name | None:
        """The name behind a role and a comma: `The group's director, Ann Bell,`, `his sister, the mayor Ann Bell`."""
        name = next(iter(self._names_between(core[-1].end, tokens[-1].end)), None)
        if name is None or not is_apposed([t for t in tokens if core[-1].end <= t.start < name.span[0]]):
            return None
        noun = head_noun(core)
        if is_noun_for(noun, name.kind):
            self._mentions.referents.describe(self._mentions.meet(name), without_article(as_written(core, self._analysis.text)))
            return name
        definite = core[0].lower in lexicon.PHRASE_OPENERS and not is_plural(noun)
        person = len(name.words) > 1 and self._mentions.meet(name).kind is SpeakerKind.PERSON
        return name if definite and person and name.span[1] >= tokens[-1].end - 1 else None

    def _cut_off(self, core: Sequence[Token], inside: Sequence[Name], sentence: Sentence) -> Name | None:
        """The name right behind a source that ends before its noun: `[the outspoken] Ann Bell said`."""
        behind = next((n for n in self._names_between(core[-1].end, sentence.end) if not n.possessive), None)
        near = behind is not None and behind.span[0] - core[-1].end == 1
        return behind if near and not inside and not is_any_noun(head_noun(core)) else None

    def _owner(self, core: Sequence[Token], inside: Sequence[Name]) -> Referent | None:
        """Whose campaign, company or aide it is: `Trump's campaign`, `the Trump campaign`."""
        head = head_noun(core)
        for name in inside:
            following = next((t for t in core if t.start >= name.span[1]), None)
            if name.possessive or (following is not None and following.bare == head and head in lexicon.ORGANISATION_NOUNS):
                return self._mentions.meet(name)
        return None

    def _names_between(self, start: int, end: int) -> Sequence[Name]:
        names = self._analysis.names
        return names[bisect_left(self._name_starts, start) : bisect_left(self._name_starts, end)]

    # --- pronouns ---------------------------------------------------------------------------------

    def _pronoun(self, token: Token, sentence: Sentence, place: Place) -> tuple[Referent | None, float]:
        pronoun = _pronoun_of(token)
        if pronoun in lexicon.MALE_PRONOUNS | lexicon.FEMALE_PRONOUNS:
            gender = "m" if pronoun in lexicon.MALE_PRONOUNS else "f"
            if pronoun in {"his", "her"} and token.start - sentence.start <= _OPENS_WITHIN:
                found = self._named_later(gender, sentence, place)  # In his reply, Bell said …
                if found[0] is not None:
                    return found
            addressed = self._addressed(token, sentence)
            likelihood = None if addressed is None else lambda one: float(one.may_be_a_person and one is not addressed)
            found = self._pronouns.person(gender, place, self.last_speaker, likelihood)
            return found if found[0] is not None else self._named_later(gender, sentence, place)
        if pronoun in {"it", "its"}:
            return self._pronouns.thing(place, self.last_speaker)
        if pronoun == "both":
            return self._pronouns.pair(place), 0.7
        if pronoun in {"they", "them", "their"}:
            return self._pronouns.those(place)
        if pronoun in {"who", "whom", "whose", "which", "that"}:
            return self._relative(token, sentence)
        if pronoun in lexicon.SUBJECT_PRONOUNS:
            return _NOBODY  # "I" and "we" outside quotation marks are the writer's own
        return self._mentions.referents.described_only(token.text, SpeakerKind.UNNAMED), 0.5

    def _addressed(self, token: Token, sentence: Sentence) -> Referent | None:
        """`he told Bell`: Bell, who is not he."""
        behind = next((n for n in self._names_between(token.end, sentence.end) if not n.possessive), None)
        if behind is None:
            return None
        between = [t.lower for t in sentence.tokens if token.end <= t.start < behind.span[0]]
        return self._mentions.meet(behind) if between and between[0] in lexicon.ADDRESSING and len(between) == 1 else None

    def _named_later(self, gender: str, sentence: Sentence, place: Place) -> tuple[Referent | None, float]:
        """Cataphora: `Before he left, Bell said …`."""
        for name in self._names_between(place.offset, sentence.end):
            referent = self._mentions.meet(name)
            if referent.kind is SpeakerKind.PERSON and not name.possessive and referent.gender in {gender, None}:
                return referent, 0.7
        return _NOBODY

    def _relative(self, token: Token, sentence: Sentence) -> tuple[Referent | None, float]:
        tokens = sentence.tokens
        names = self._analysis.names_of(sentence)
        found = antecedent(tokens, next(k for k, t in enumerate(tokens) if t.start == token.start), names)
        if found is None:
            return _NOBODY
        if isinstance(found, Name):
            return self._mentions.meet(found), 0.9
        phrase = without_opening(tokens[found[0] : found[1] + 1])
        place = Place(sentence.number, phrase[0].start) if phrase else None
        return (self._phrase(phrase, sentence, place)[0], 0.75) if place is not None else _NOBODY


def _pronoun_of(token: Token) -> str:
    """`he's` is he."""
    return re.split("['’]", token.lower)[0]


_OPENS_WITHIN = 14  # characters from a sentence's beginning to a genitive that looks ahead
_PERSONAL = frozenset({"he", "she", "him", "her"})
_DETERMINERS = frozenset({"the", "a", "an"})
_NOBODYS = (["one"], ["q"], ["a"])  # one of them; question and answer of an interview
_EMPHASIS = frozenset({"himself", "herself", "itself", "themselves", "also", "both", "all"})

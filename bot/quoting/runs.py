"""Quotations beside which nobody is named: the further paragraphs, sentences and remarks of whoever speaks already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.quoting import lexicon
from bot.quoting.attributions import Analysis
from bot.quoting.cues import is_cue
from bot.quoting.drafts import FAIR, GOOD, MIN_WORDS, WEAK, Draft, cue_span, whole
from bot.quoting.far_subjects import subject_of
from bot.quoting.names import Name
from bot.quoting.sentences import Sentence, Token
from bot.quoting.subjects import source_before
from storage.records import Span, SpeakerKind

_ENDS = (".", "!", "?", "…", ",", "—")
_MARKS = "\"'“”‘’»«"
_LONG = 8  # words from which on a quotation says something even without an end
_MIN_CLAUSE = 6
_SUBJECTS = frozenset(["i", "we", "they", "he", "she", "it", "you", "there", "that's", "it's", "i'm", "we're", "they're"])


@dataclass(frozen=True, slots=True)
class _Announced:
    """`He said:` at the end of a paragraph."""

    source: Span
    cue: Span
    paragraph: int


def with_runs(drafts: Sequence[Draft], analysis: Analysis) -> list[Draft]:
    """The drafts, carried on over paragraphs, and those for quotations that no sentence attributes."""
    drafts = _rejoined(drafts, analysis)
    taken: set[int] = set()
    for draft in drafts:
        taken |= draft.quoted
    for draft in drafts:
        _carry_on(draft, analysis, taken)
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.sentence, []).append(draft)
    run = _Run(analysis, taken)
    for sentence in analysis.sentences:
        run.read(sentence, by_sentence.get(sentence.number, []))
    return sorted([*drafts, *run.found], key=lambda d: min(d.content))


class _Run:
    """Who speaks as the text is read from left to right."""

    def __init__(self, analysis: Analysis, taken: set[int]) -> None:
        self._analysis = analysis
        self._taken = taken
        self._last: Draft | None = None
        self._paragraph = -2  # the last paragraph in which somebody spoke
        self._announced: _Announced | None = None
        self._between: Name | None = None  # who did something since, without a word
        self.found: list[Draft] = []

    def read(self, sentence: Sentence, drafts: list[Draft]) -> None:
        """Take in one sentence with the drafts of its own."""
        here = list(drafts)
        for token in sentence.tokens:
            if token.quotation is None or token.quotation in self._taken:
                continue
            draft = self._left_over(token, sentence)
            if draft is None:
                continue
            draft.quoted.add(token.quotation)
            self._taken.add(token.quotation)
            _carry_on(draft, self._analysis, self._taken)
            if draft is not self._last:
                self.found.append(draft)
                here.append(draft)
        if here:
            self._between = None
            self._last, self._paragraph = next((d for d in reversed(here) if d.quoted), here[-1]), sentence.paragraph
        else:
            self._between = _subject(self._analysis.names_of(sentence)) or self._between
        if not here and self._paragraph == sentence.paragraph - 1 and any(t.quotation in self._taken for t in _quotations(sentence)):
            self._paragraph = sentence.paragraph  # a further paragraph of what is already taken
        if self._announced is None or self._announced.paragraph != sentence.paragraph:
            self._announced = _announcement(sentence, self._analysis.names_of(sentence))

    def _left_over(self, token: Token, sentence: Sentence) -> Draft | None:
        said = self._analysis.text[token.start : token.end].strip(_MARKS)
        words = said.split()
        alone = all(t.quotation is not None or not t.is_word for t in sentence.tokens)
        near = self._last is not None and sentence.paragraph - self._paragraph <= 1
        if token.quotation is not None and self._analysis.takes_turns(token.quotation):
            return None
        if not alone:
            goes_on = near and _is_clause(words) and _before(sentence, token) in {",", ":", "–", "—", "-", "but", "and", "because", "so"}
            return Draft([whole(token)], None, None, WEAK, sentence.number) if goes_on else None
        if self._announced is not None and sentence.paragraph - self._announced.paragraph <= 1:
            return Draft([whole(token)], self._announced.source, self._announced.cue, GOOD, sentence.number)
        if self._last is None or not near or not (said.endswith(_ENDS) or len(words) > _LONG):
            return None
        if self._between is not None:
            return Draft([whole(token)], self._between.span, None, WEAK, sentence.number)  # Poe shook his head. "…"
        if sentence.paragraph != self._paragraph:
            return Draft([whole(token)], None, None, FAIR, sentence.number) if len(words) >= MIN_WORDS else None
        if self._last.quoted and self._last.sentence >= sentence.number - 1 and self._last.confidence >= GOOD:
            self._last.content.append(whole(token))  # "…," she said. "…"
            return self._last
        return Draft([whole(token)], None, None, GOOD, sentence.number)


def _subject(names: Sequence[Name]) -> Name | None:
    """The person with whose name a sentence begins."""
    first = names[0] if names else None
    return first if first is not None and first.first <= 1 and not first.possessive and first.kind is not SpeakerKind.ORGANISATION else None


def _before(sentence: Sentence, token: Token) -> str:
    """The word or mark right before a token of the sentence."""
    k = next(k for k, other in enumerate(sentence.tokens) if other.start == token.start)
    return sentence.tokens[k - 1].lower or sentence.tokens[k - 1].text if k else ""


def _quotations(sentence: Sentence) -> Iterable[Token]:
    return (t for t in sentence.tokens if t.quotation is not None)


def _rejoined(drafts: Sequence[Draft], analysis: Analysis) -> list[Draft]:
    """The drafts, where those that have paragraphs of one quotation are one, as the surest of them gives it.

    Two that each name somebody stay two: there a closing mark is missing.
    """
    owner = {k: draft for draft in drafts for k in draft.quoted}
    gone: set[Draft] = set()
    group: dict[Draft, bool] = {}  # the drafts of one quotation, and whether each names somebody
    for k, quotation in enumerate(analysis.quotations):
        one, other = owner.get(k), owner.get(k + 1)
        if one is not None and one not in group:
            group = {one: _names(one, analysis)}
        if one is None or other is None or not quotation.continued:
            gone |= _joined([*group])
            group = {}
        elif other not in group:
            named = _names(other, analysis)
            if named and any(group.values()):
                gone |= _joined([*group])
                group = {}
            group[other] = named
    return [draft for draft in drafts if draft not in gone]


def _joined(group: Sequence[Draft]) -> set[Draft]:
    """Give the surest of a group what the others have; returns the others."""
    if len(group) < 2:
        return set()
    surest = max(group, key=lambda draft: draft.confidence)
    others = [draft for draft in group if draft is not surest]
    surest.content += [span for draft in others for span in draft.content]
    surest.quoted.update(*(draft.quoted for draft in others))
    return set(others)


def _names(draft: Draft, analysis: Analysis) -> bool:
    """Whether its source is more than a pronoun."""
    return draft.source is not None and analysis.text[slice(*draft.source)].lower() not in lexicon.PRONOUNS


def _carry_on(draft: Draft, analysis: Analysis, taken: set[int]) -> None:
    """A quotation left open at its paragraph's end goes on in the next, whichever of the paragraphs names the speaker."""
    quotations = analysis.quotations
    for index in sorted(draft.quoted):
        first = last = index
        while first > 0 and quotations[first - 1].continued and first - 1 not in taken:
            first -= 1
        while quotations[last].continued and last + 1 < len(quotations) and last + 1 not in taken:
            last += 1
        for k in range(first, last + 1):
            if k not in draft.quoted:
                draft.quoted.add(k)
                draft.content.append(quotations[k].inner)
                taken.add(k)


def _announcement(sentence: Sentence, names: Sequence[Name]) -> _Announced | None:
    tokens = sentence.tokens
    if tokens[-1].text != ":":
        return None
    for i in range(len(tokens) - 1, -1, -1):
        if is_cue(tokens, i):
            source = source_before(tokens, i) or subject_of(tokens, i, names)
            if source is not None:
                return _Announced(source.span(tokens), cue_span(tokens, i), sentence.paragraph)
    return None


def _is_clause(words: Sequence[str]) -> bool:
    """Long enough, and with a subject of its own: nobody's title and no word held at arm's length."""
    return len(words) >= _MIN_CLAUSE and any(w.strip(_MARKS + ".,").lower().replace("’", "'") in _SUBJECTS for w in words)

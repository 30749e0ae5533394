"""The learned tagger: a small network marks cues, sources and contents, quotation marks settle where they begin and end."""

import json
import math
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from bot.quoting import lexicon
from bot.quoting.attributions import Analysis, Attribution
from bot.quoting.drafts import WEAK, Draft, apart
from bot.quoting.labels import labelled
from bot.quoting.linking import Linked, linked
from bot.quoting.network import Network
from bot.quoting.pieces import pieces
from bot.quoting.runs import with_runs
from bot.quoting.snapping import snap

WEIGHTS = Path(__file__).parent / "weights"
_SPEECH = lexicon.SPEECH | {"according", "statement"}
_MOSTLY = 0.8  # share inside quotation marks from which on a content counts as direct


@dataclass(frozen=True, slots=True)
class Judgement:
    """How sure an attribution is: a logistic regression on its signs, and the confidence from which on one is kept."""

    bias: float
    weights: Mapping[str, float]
    least: float

    def confidence(self, signs: Mapping[str, float]) -> float:
        """The probability that content and source are right."""
        total = self.bias + sum(weight * signs.get(name, 0.0) for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-total))


class LearnedTagger:
    """Tags by a network trained on annotated news (`training/`). Loaded once; safe to call from any thread."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        numbers = json.loads((weights / "numbers.json").read_text(encoding="utf-8"))
        self._name = str(numbers["name"])
        self._judgement = Judgement(numbers["bias"], numbers["weights"], numbers["least"])
        self._tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
        self._network = Network(weights)

    @property
    def name(self) -> str:
        """Name and version."""
        return self._name

    def attributions(self, analysis: Analysis) -> list[Attribution]:
        """Tag one text."""
        drafts = [draft for draft in self.drafts(analysis) if draft.confidence >= self._judgement.least]
        taken = {k for draft in drafts for k in draft.quoted}
        for sentence in analysis.sentences:
            if any(token.quotation is not None for token in sentence.tokens):
                named = labelled(sentence, taken, analysis.names_of(sentence))
                if named is not None:
                    drafts.append(named)
                    taken |= named.quoted
        drafts.sort(key=lambda draft: min(draft.content))
        found = [draft for draft in with_runs(drafts, analysis) if draft.source or draft.cue or draft.confidence > WEAK]
        return apart([draft.attribution(analysis) for draft in found])

    def drafts(self, analysis: Analysis) -> list[Draft]:
        """What the network itself finds, however unsure, with its confidence."""
        return [draft for draft, _ in self.judged(analysis)]

    def judged(self, analysis: Analysis) -> list[tuple[Draft, Mapping[str, float]]]:
        """What the network finds, with the signs by which each is judged."""
        text = analysis.text
        found = linked(text, pieces(text, analysis.quotations, self._tokenizer), self._network)
        owned = snap(found, analysis)
        judged: list[tuple[Draft, Mapping[str, float]]] = []
        for one, quoted in zip(found, owned, strict=True):
            if not one.content:
                continue
            signs = {**one.signs, **_of_marks(one, quoted, analysis), "speech": _of_speech(text[slice(*one.cue)])}
            sentence = analysis.sentence_at(one.cue[0]).number
            draft = Draft(one.content, one.source, one.cue, self._judgement.confidence(signs), sentence, quoted)
            judged.append((draft, signs))
        return judged


def _of_marks(one: Linked, quoted: AbstractSet[int], analysis: Analysis) -> dict[str, float]:
    """How much of it stands inside quotation marks."""
    length = sum(end - start for start, end in one.content)
    inside = sum(end - start for start, end in (analysis.quotations[k].outer for k in quoted))
    direct = inside >= _MOSTLY * length
    return {"direct": float(direct), "mixed": float(inside > 0 and not direct)}


def _of_speech(cue: str) -> float:
    """Whether the cue is a word for speaking or writing: those are agreed on more often than those for thinking and wanting."""
    return float(any(word.strip(".,’'") in _SPEECH for word in cue.lower().split()))

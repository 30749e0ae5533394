"""The learned tagger: a small network marks cues, sources and contents, quotation marks settle where they begin and end.

The rules have a say in how sure a quote is, and they take the quotations that the network leaves.
"""

from collections.abc import Mapping
from pathlib import Path

from tokenizers import Tokenizer

from bot.quoting import lexicon
from bot.quoting.attributions import Analysis, Attribution
from bot.quoting.drafts import SURE, Draft, apart
from bot.quoting.judging import WEIGHTS, Judgement
from bot.quoting.linking import linked
from bot.quoting.mending import mended
from bot.quoting.network import Network
from bot.quoting.pieces import pieces
from bot.quoting.rules import ruled
from bot.quoting.runs import with_runs
from bot.quoting.seconding import Seconds, agreed
from bot.quoting.sentences import undated
from bot.quoting.snapping import snap

_SPEECH = lexicon.SPEECH | {"according", "statement"}
_MOSTLY = 0.8  # share inside quotation marks from which on a content counts as direct


class LearnedTagger:
    """Tags by a network trained on annotated news (`training/`). Loaded once; safe to call from any thread."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        self._weights = weights
        self._judgement = Judgement.read(weights)
        self._tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
        self._network = Network(weights)

    def __reduce__(self) -> tuple[type["LearnedTagger"], tuple[Path]]:
        return LearnedTagger, (self._weights,)  # sent to another process, it is loaded there anew

    @property
    def name(self) -> str:
        """Name and version."""
        return self._judgement.name

    def attributions(self, analysis: Analysis) -> list[Attribution]:
        """Tag one text."""
        by_rules = with_runs(ruled(analysis), analysis)
        seconds = Seconds(by_rules)
        judged = self.judged(analysis, seconds)
        found = (mended(draft, seconds, analysis) for draft, signs in judged if self._judgement.keeps(draft.confidence, signs))
        drafts = [draft for draft in found if draft is not None]
        taken = {k for draft in drafts for k in draft.quoted}
        drafts += [draft for draft in by_rules if _is_left_over(draft, analysis) and not draft.quoted & taken]
        drafts.sort(key=lambda draft: min(draft.content))
        return apart([draft.attribution(analysis) for draft in with_runs(drafts, analysis)])

    def judged(self, analysis: Analysis, seconds: Seconds) -> list[tuple[Draft, Mapping[str, float]]]:
        """What the network finds, however unsure, with the signs by which each is judged."""
        text = analysis.text
        found = linked(text, pieces(undated(text, analysis.sentences), analysis.quotations, self._tokenizer), self._network)
        owned = snap(found, analysis)
        judged: list[tuple[Draft, Mapping[str, float]]] = []
        for one, quoted in zip(found, owned, strict=True):
            if not one.content:
                continue
            draft = Draft(one.content, one.source, one.cue, 0.0, analysis.sentence_at(one.cue[0]).number, quoted)
            signs = {**one.signs, **_of_marks(draft, analysis), "speech": _of_speech(text[slice(*one.cue)])}
            signs["rules"] = agreed(draft, seconds.of(draft))
            draft.confidence = self._judgement.confidence(signs)
            judged.append((draft, signs))
        return judged


def _is_left_over(draft: Draft, analysis: Analysis) -> bool:
    """A draft of the rules that stands by itself: nothing but quotations, beside a sure cue or behind a label (`Bell: “…”`)."""
    if draft.cue is None or not {analysis.quotations[k].outer for k in draft.quoted}.issuperset(draft.content):
        return False
    return draft.confidence >= SURE or not any(map(str.isalpha, analysis.text[slice(*draft.cue)]))


def _of_marks(draft: Draft, analysis: Analysis) -> dict[str, float]:
    """How much of it stands inside quotation marks."""
    length = sum(end - start for start, end in draft.content)
    inside = sum(end - start for start, end in (analysis.quotations[k].outer for k in draft.quoted))
    direct = inside >= _MOSTLY * length
    return {"direct": float(direct), "mixed": float(inside > 0 and not direct)}


def _of_speech(cue: str) -> float:
    """Whether the cue is a word for speaking or writing: those are agreed on more often than those for thinking and wanting."""
    return float(any(word.strip(".,’'") in _SPEECH for word in cue.lower().split()))

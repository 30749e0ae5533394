"""A text whose sources are marked, so that who they are is tested apart from how they are found."""

import re

from bot.quoting.attributions import Analysis, Attribution
from bot.quoting.speakers import Resolution, resolve
from storage.records import Span

_SOURCE = re.compile(r"\[([^\]]*)\]")


def resolved(marked: str) -> Resolution:
    """The speakers of `marked`, in which each source stands in brackets and the rest of its sentence is what it says."""
    text, spans = "", []
    last = 0
    for m in _SOURCE.finditer(marked):
        text += marked[last : m.start()]
        spans.append((len(text), len(text) + len(m[1])))
        text += m[1]
        last = m.end()
    text += marked[last:]
    analysis = Analysis(text)
    return resolve(analysis, [_attribution(analysis, span) for span in spans])


def who(marked: str) -> list[str | None]:
    """The names of whom the sources in brackets stand for, in order."""
    found = resolved(marked)
    return [None if k is None else found.speakers[k].name for k in found.speaker_of]


def last(marked: str) -> str | None:
    """Whom the last source in brackets stands for."""
    return who(marked)[-1]


def certainty(marked: str) -> float:
    """How certain it is whom the last source in brackets stands for."""
    return resolved(marked).certainty[-1]


def _attribution(analysis: Analysis, source: Span) -> Attribution:
    sentence = analysis.sentence_at(source[0])
    before, behind = (sentence.start, source[0]), (source[1], sentence.end)
    said = before if before[1] - before[0] > behind[1] - behind[0] else behind
    return Attribution((said,), (source,), (), 1.0)

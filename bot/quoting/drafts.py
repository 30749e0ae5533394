"""An attribution while its spans are still being gathered, and how it becomes one."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.quoting.attributions import Analysis, Attribution
from bot.quoting.sentences import Token
from storage.records import Span

# How far an attribution of such a shape is to be believed, in steps (`make bench` measures); a person sees sure, likely or unsure.
SURE, GOOD, FAIR, WEAK = 0.95, 0.85, 0.7, 0.55
_UNCLOSED = 0.25  # what an unclosed quotation costs
MIN_WORDS = 3


@dataclass(slots=True, eq=False)
class Draft:
    """`quoted` are the indices of the quotations that it took; `sentence` is the number of its sentence."""

    content: list[Span]
    source: Span | None
    cue: Span | None
    confidence: float
    sentence: int
    quoted: set[int] = field(default_factory=set)

    def attribution(self, analysis: Analysis) -> Attribution:
        """The finished attribution."""
        quotations = [analysis.quotations[q] for q in self.quoted]
        unclosed = any(not q.closed and not q.continued for q in quotations)
        return Attribution(
            content=tuple(_trimmed(analysis, span) for span in sorted(self.content)),
            source=(self.source,) if self.source else (),
            cue=(self.cue,) if self.cue else (),
            confidence=self.confidence - (_UNCLOSED if unclosed else 0.0),
        )


def whole(token: Token) -> Span:
    """The span of a token, a quotation with its marks."""
    return token.start, token.end


def quotations_in(tokens: Iterable[Token]) -> set[int]:
    """The indices of the quotations among tokens."""
    return {t.quotation for t in tokens if t.quotation is not None}


def cue_span(tokens: Sequence[Token], i: int) -> Span:
    """The span of the cue at token `i`."""
    return tokens[i].start, tokens[i].end


def _trimmed(analysis: Analysis, span: Span) -> Span:
    """A span that is one quotation goes without its marks; no span begins or ends with white space or a comma."""
    start, end = span
    for q in analysis.quotations_in(start, end):
        if q.outer == span:
            start, end = q.inner
    text = analysis.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    return start, end


def apart(found: list[Attribution]) -> list[Attribution]:
    """Drop what overlaps something surer, and what lost all its words."""
    kept: list[Attribution] = []
    taken: list[Span] = []
    for a in sorted(found, key=lambda a: -a.confidence):
        content = tuple((s, e) for s, e in a.content if e > s)
        if content and all(_is_free(taken, span) for span in content):
            kept.append(replace(a, content=content))
            for span in content:
                insort(taken, span)
    return sorted(kept, key=lambda a: a.content)


def _is_free(taken: Sequence[Span], span: Span) -> bool:
    k = bisect_left(taken, span)
    return (k == 0 or taken[k - 1][1] <= span[0]) and (k == len(taken) or taken[k][0] >= span[1])

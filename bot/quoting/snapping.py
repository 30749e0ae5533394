"""Contents to whole quotations: what stands between one pair of marks is said by one person, or it is not a quote."""

from bisect import bisect_right
from collections.abc import Sequence

from bot.quoting.attributions import Analysis
from bot.quoting.linking import Linked
from bot.quoting.marks import Quotation
from storage.records import Span

_COVERED = 0.5  # share of a quotation from which on all of it belongs to the content
_BETWEEN = frozenset(" \t\r\n\u00a0,.;:")


def snap(found: Sequence[Linked], analysis: Analysis) -> list[set[int]]:
    """Move the borders of contents to quotation marks, in place; for each of `found` the quotations that it has now."""
    quotations = analysis.quotations
    owned: list[set[int]] = [set() for _ in found]
    for k, shares in _shares(found, quotations).items():
        sentence = analysis.sentence_at(quotations[k].outer[0]).number
        # of two that want all of it, the one whose cue stands beside it
        owner = max(shares, key=lambda number: (shares[number], analysis.sentence_at(found[number].cue[0]).number == sentence))
        shared = shares[owner]
        if shared < _COVERED * (quotations[k].inner[1] - quotations[k].inner[0]):
            continue
        owned[owner].add(k)
        for number in shares:
            if number != owner:
                found[number].content = _without(found[number].content, quotations[k].outer)
    for number, own in enumerate(owned):
        content = found[number].content
        for k in sorted(own):
            content = _with(content, quotations[k].outer)
        if own:
            found[number].content = [part for span in content for part in _apart(span, sorted(own), analysis)]
    return owned


def _shares(found: Sequence[Linked], quotations: Sequence[Quotation]) -> dict[int, dict[int, int]]:
    """For each quotation that contents touch, how many of its characters each of `found` covers."""
    shares: dict[int, dict[int, int]] = {}
    for number, one in enumerate(found):
        for start, end in one.content:
            for k in range(bisect_right(quotations, start, key=lambda q: q.outer[1]), len(quotations)):
                inner = quotations[k].inner
                if quotations[k].outer[0] >= end:
                    break
                shared = max(0, min(end, inner[1]) - max(start, inner[0]))
                shares.setdefault(k, {})[number] = shares.get(k, {}).get(number, 0) + shared
    return shares


def _without(content: Sequence[Span], cut: Span) -> list[Span]:
    parts = [part for s, e in content for part in ((s, min(e, cut[0])), (max(s, cut[1]), e))]
    return [(s, e) for s, e in parts if s < e]


def _with(content: Sequence[Span], whole: Span) -> list[Span]:
    touching = [(s, e) for s, e in content if s < whole[1] and whole[0] < e]
    merged = min([whole[0], *(s for s, _ in touching)]), max([whole[1], *(e for _, e in touching)])
    return sorted([span for span in content if span not in touching] + [merged])


def _apart(span: Span, own: Sequence[int], analysis: Analysis) -> list[Span]:
    """A span that is nothing but quotations is one span for each, so that it can be shown without the marks."""
    inside = [analysis.quotations[k].outer for k in own if span[0] <= analysis.quotations[k].outer[0] < span[1]]
    rest = span[0]
    for start, end in inside:
        if not _BETWEEN.issuperset(analysis.text[rest:start]):
            return [span]
        rest = end
    return inside if inside and _BETWEEN.issuperset(analysis.text[rest : span[1]]) else [span]

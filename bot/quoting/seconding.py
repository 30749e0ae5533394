"""Whether the rules say the same: what a network and a grammar both find is right more often than what one of them does."""

from bisect import bisect_right
from collections.abc import Sequence

from bot.quoting.drafts import Draft
from storage.records import Span

_SAME = 0.5  # share of the characters of both contents together that have to be common


class Seconds:
    """The drafts of another tagger, to be asked for their opinion."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        parts = sorted((span, k) for k, draft in enumerate(drafts) for span in draft.content)
        self._drafts = drafts
        self._of_quotation = {k: draft for draft in drafts if draft.cue is not None for k in draft.quoted}
        self._spans = [span for span, _ in parts]
        self._owners = [owner for _, owner in parts]

    def of(self, draft: Draft) -> Draft | None:
        """What the other tagger has for the same content, if anything."""
        shared: dict[int, int] = {}
        for start, end in draft.content:
            k = max(0, bisect_right(self._spans, (start, start)) - 1)
            while k < len(self._spans) and self._spans[k][0] < end:
                common = min(end, self._spans[k][1]) - max(start, self._spans[k][0])
                if common > 0:
                    shared[self._owners[k]] = shared.get(self._owners[k], 0) + common
                k += 1
        if not shared:
            return None
        owner, common = max(shared.items(), key=lambda one: one[1])
        other = self._drafts[owner]
        return other if common >= _SAME * (_length(other.content) + _length(draft.content) - common) else None

    def of_quotation(self, number: int) -> Draft | None:
        """What the other tagger makes of one quotation, if it has a cue for it."""
        return self._of_quotation.get(number)


def agreed(one: Draft, other: Draft | None) -> float:
    """How sure the other is of the same source; 0 if it knows none or another."""
    if other is None or one.source is None or other.source is None:
        return 0.0
    return other.confidence if one.source[0] < other.source[1] and other.source[0] < one.source[1] else 0.0


def _length(content: Sequence[Span]) -> int:
    return sum(end - start for start, end in content)

"""Sources to speakers within one article: names, surnames, titles, pronouns, roles, unnamed sources, documents.

The article is read from left to right, as a reader would, so that "he" and "the minister" mean
whoever was meant there; only its names are taken together beforehand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.quoting.attributions import Analysis, Attribution
from bot.quoting.referents import Referent, really
from bot.quoting.sources import Sources
from storage.records import NewSpeaker


@dataclass(frozen=True, slots=True)
class Resolution:
    """The speakers of a text; for each attribution an index into them (or None) and how certain that is (0..1)."""

    speakers: tuple[NewSpeaker, ...]
    speaker_of: tuple[int | None, ...]
    certainty: tuple[float, ...]


_RUN = 0.85  # a quote with no source has the speaker of the one before
_NOBODY = 0.7


def _goes_on(analysis: Analysis, attribution: Attribution) -> bool:
    """A quotation goes on with nobody named; what is only reported, with nobody named, is nobody's."""
    start, end = attribution.content[0]
    return any(q.outer[0] <= start and end <= q.outer[1] for q in analysis.quotations_in(start, end))


def _is_by_the_way(text: str, attribution: Attribution) -> bool:
    """`…, saying that …`: the sentence's subject says so; in `it is said that …` somebody does."""
    return any(text[start:end].endswith("ing") for start, end in attribution.cue)


def _asks(text: str, attribution: Attribution) -> bool:
    start, end = attribution.content[-1]
    return text[start:end].rstrip("\"'”’").endswith("?")


def resolve(analysis: Analysis, attributions: Sequence[Attribution]) -> Resolution:
    """Find the speaker of every attribution of one text. `attributions` are in text order."""
    sources = Sources(analysis)
    found: list[tuple[Referent | None, float]] = []
    for attribution in attributions:
        if attribution.source:
            referent, certainty = sources.referent(attribution.source[0], attribution.content)
            anchor = attribution.source[0][0]
        else:
            anchor = attribution.content[0][0]
            sources.read_up_to(anchor)
            if _goes_on(analysis, attribution):
                referent, certainty = sources.last_speaker, _RUN
            else:
                referent, certainty = sources.subject(anchor) if _is_by_the_way(analysis.text, attribution) else (None, _NOBODY)
        if referent is not None:
            sources.spoke(referent, anchor, asked=_asks(analysis.text, attribution))
        found.append((referent, certainty if referent is not None else _NOBODY))
    sources.read_up_to(len(analysis.text))
    resolved = [(None if r is None else really(r), c) for r, c in found]
    speaking = list(dict.fromkeys(r for r, _ in resolved if r is not None))
    index = {r: k for k, r in enumerate(speaking)}
    return Resolution(
        tuple(r.speaker() for r in speaking),
        tuple(index[r] if r is not None else None for r, _ in resolved),
        tuple(c for _, c in resolved),
    )

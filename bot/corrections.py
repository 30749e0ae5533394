"""What holds after all corrections: who a quote's speaker is, what is no quote, who is merged with whom. Pure.

Corrections are replayed over what was read, never written over it: so each can be undone, in any order, and all of
them survive another reading.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from storage.records import BaseQuote, CorrectionKind, Effective, StoredCorrection


def merged(corrections: Iterable[StoredCorrection]) -> dict[int, int]:
    """Each merged speaker with the one it counts for in the end. `corrections` are those that stand, oldest first."""
    into: dict[int, int] = {}
    for one in corrections:
        if one.kind is CorrectionKind.MERGE and one.speaker_id is not None and one.other_speaker_id is not None:
            kept, gone = counts_for(one.speaker_id, into), counts_for(one.other_speaker_id, into)
            if kept != gone:
                into[gone] = kept
    return {speaker: counts_for(speaker, into) for speaker in into}


def counts_for(speaker: int, into: dict[int, int]) -> int:
    """The speaker that this one counts for under these merges."""
    while speaker in into:
        speaker = into[speaker]
    return speaker


def related(speakers: Iterable[int], corrections: Iterable[StoredCorrection]) -> set[int]:
    """These speakers and all whom merges and splits tie to them, over however many steps: only their quotes can change hands."""
    tied: dict[int, set[int]] = defaultdict(set)
    for one in corrections:
        if one.kind in (CorrectionKind.MERGE, CorrectionKind.SPLIT) and one.speaker_id is not None and one.other_speaker_id is not None:
            tied[one.speaker_id].add(one.other_speaker_id)
            tied[one.other_speaker_id].add(one.speaker_id)
    found: set[int] = set()
    waiting = set(speakers)
    while waiting:
        found |= waiting
        waiting = {other for speaker in waiting for other in tied[speaker]} - found
    return found


def effective(quotes: Iterable[BaseQuote], corrections: Sequence[StoredCorrection]) -> list[Effective]:
    """What holds of each quote. A speaker that a person gave to the very quote wins over a split, and the last word over the one before."""
    into = merged(corrections)
    splits = [one for one in corrections if one.kind is CorrectionKind.SPLIT]
    given: dict[int, int | None] = {}
    rejected: set[int] = set()
    for one in corrections:
        if one.quote_id is None:
            continue
        if one.kind is CorrectionKind.SPEAKER:
            given[one.quote_id] = one.speaker_id
            rejected.discard(one.quote_id)
        elif one.kind is CorrectionKind.NOT_A_QUOTE:
            rejected.add(one.quote_id)
    found = []
    for quote in quotes:
        speaker = given.get(quote.id, _after_splits(quote, splits, into))
        found.append(
            Effective(
                quote_id=quote.id,
                speaker_id=None if speaker is None else counts_for(speaker, into),
                corrected=quote.id in given,
                rejected=quote.id in rejected,
            )
        )
    return found


def changed(quotes: Iterable[BaseQuote], holding: Iterable[Effective]) -> list[Effective]:
    """Those of what holds that do not hold so far. Both are of the same quotes, in one order."""
    return [
        now
        for quote, now in zip(quotes, holding, strict=True)
        if (quote.speaker_id, quote.corrected, quote.rejected) != (now.speaker_id, now.corrected, now.rejected)
    ]


def _after_splits(quote: BaseQuote, splits: Iterable[StoredCorrection], into: dict[int, int]) -> int | None:
    speaker = quote.read_speaker_id
    for split in splits:
        if speaker is None or split.speaker_id is None or quote.article_id not in split.article_ids:
            continue
        if counts_for(speaker, into) == counts_for(split.speaker_id, into):
            speaker = split.other_speaker_id
    return speaker

"""What people put right, and what holds of a quote by it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CorrectionKind(StrEnum):
    """What a person corrected."""

    SPEAKER = "speaker"
    NOT_A_QUOTE = "not a quote"
    MERGE = "merge"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class StoredCorrection:
    """A correction with its author and moment; `undone_at` once it was taken back."""

    id: int
    kind: CorrectionKind
    quote_id: int | None
    speaker_id: int | None
    other_speaker_id: int | None
    article_ids: tuple[int, ...]
    author: str
    at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None


@dataclass(frozen=True, slots=True)
class BaseQuote:
    """Who a quote's speaker is by the reading, and what holds of it so far by the corrections."""

    id: int
    article_id: int
    read_speaker_id: int | None
    speaker_id: int | None
    corrected: bool = False
    rejected: bool = False
    statement_id: int | None = None


@dataclass(frozen=True, slots=True)
class Effective:
    """What holds of a quote after all corrections."""

    quote_id: int
    speaker_id: int | None
    corrected: bool
    rejected: bool

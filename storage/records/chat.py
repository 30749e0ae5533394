"""What chat needs to be remembered: answers whose buttons work later, and what channels subscribed to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer given in chat. `request` is what was typed, to be read at `asked_at` in `time_zone` (an IANA name).

    `found` are the numbers of its quotes in order; `direct_only` says that others were left out.
    """

    id: int
    request: str
    asked_at: datetime
    time_zone: str
    direct_only: bool
    found: tuple[int, ...]


class SubscriptionKind(StrEnum):
    """What a channel asked for."""

    DIGEST = "digest"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class NewSubscription:
    """A channel's wish for a digest or an alert about a topic, a speaker or an outlet.

    `platform`, `workspace`, `channel` and `owner` are the platform's own ids. `schedule` is a wall-clock rule read in
    `time_zone`, an IANA name.
    """

    platform: str
    workspace: str
    channel: str
    kind: SubscriptionKind
    topic: str | None
    speaker: str | None
    outlet: str | None
    schedule: str
    time_zone: str
    owner: str


@dataclass(frozen=True, slots=True)
class StoredSubscription(NewSubscription):
    """A subscription with its number. `paused_at` and `paused_reason` are None while it runs."""

    id: int
    created_at: datetime
    paused_at: datetime | None
    paused_reason: str | None

"""What chat needs to be remembered: answers whose buttons work later, and what channels subscribed to."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer given to somebody. `request` is what was typed, to be read at `asked_at` in `time_zone` (an IANA name).

    `found` are the numbers of its quotes in order, or of refusals where it asks who gave no comment; none where nothing was found.
    `direct_only` says that others were left out. They were found in `batches`: for each the place in `found` at which it begins,
    and how many of its quotes are shown (the others are copies of these); none where there was one. `more` says that others answer
    as well, none of them above `up_to`, the newest when it was asked. `reached` is the last one that the asker was shown, None for
    none. `understood` says how the request was read.
    """

    id: int
    request: str
    asked_at: datetime
    time_zone: str
    direct_only: bool
    found: tuple[int, ...]
    batches: tuple[tuple[int, int], ...] = ()
    more: bool = False
    up_to: int = 0
    reached: int | None = None
    understood: str | None = None


class SubscriptionKind(StrEnum):
    """What a channel asked for."""

    DIGEST = "digest"
    ALERT = "alert"


class Density(StrEnum):
    """How much of what there is a digest tells."""

    SHORT = "short"
    FULL = "full"


class WhenEmpty(StrEnum):
    """What a digest is of which nothing is new."""

    LINE = "line"
    SILENCE = "silence"


class DeliveryState(StrEnum):
    """How far a due post has come."""

    DUE = "due"
    CLAIMED = "claimed"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class NewSubscription:
    """A channel's wish for a digest or an alert about a topic, a speaker or an outlet.

    `platform`, `workspace`, `channel` and `owner` are the platform's own ids. `schedule` is a wall-clock rule read in
    `time_zone`, an IANA name; it is "" for an alert. `quiet_from` and `quiet_until` are local times ("22:00") between which nothing
    comes. An alert comes at most once in `gap_minutes`, and `daily_cap` times a local day. `next_due` is when it is looked at next
    (None: as soon as there is something new). All quotes up to number `seen_quote` are covered, which was so at `seen_at`.
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
    density: Density = Density.FULL
    when_empty: WhenEmpty = WhenEmpty.LINE
    quiet_from: str | None = None
    quiet_until: str | None = None
    gap_minutes: int = 10
    daily_cap: int = 12
    next_due: datetime | None = None
    seen_quote: int = 0
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredSubscription(NewSubscription):
    """A subscription with its number. `paused_at` and `paused_reason` are None while it runs; it is muted until `muted_until`."""

    id: int = field(kw_only=True)
    created_at: datetime = field(kw_only=True)
    paused_at: datetime | None = field(kw_only=True)
    paused_reason: str | None = field(kw_only=True)
    muted_until: datetime | None = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """Something to be posted for a subscription: the quotes numbered above `since_quote` and up to `until_quote`.

    `due_at` is the moment of the schedule, which makes it one delivery however often it is found due; `since_at` and `until_at` are
    between when those quotes were stored. `kind` is what it is posted as: an alert that exceeds its cap becomes a digest.
    """

    subscription_id: int
    kind: SubscriptionKind
    due_at: datetime
    since_quote: int
    until_quote: int
    since_at: datetime
    until_at: datetime


@dataclass(frozen=True, slots=True)
class StoredDelivery(NewDelivery):
    """A delivery and how far it has come. What is due is tried from `try_at` on; a claim holds until `lease_until`.

    `begun_at` is when it was last about to be sent: None says for certain that it is posted nowhere. Since `blind_since` its channel
    could not be looked at. `mark` is that of a mistake of ours in the log. `closed_at` is when it came to its end.
    """

    id: int = field(kw_only=True)
    state: DeliveryState = field(kw_only=True)
    claimed_by: str | None = field(kw_only=True)
    lease_until: datetime | None = field(kw_only=True)
    try_at: datetime = field(kw_only=True)
    begun_at: datetime | None = field(kw_only=True)
    tries: int = field(kw_only=True)
    sent_at: datetime | None = field(kw_only=True)
    message_ref: str | None = field(kw_only=True)
    reason: str | None = field(kw_only=True)
    blind_since: datetime | None = field(kw_only=True)
    mark: str | None = field(kw_only=True)
    closed_at: datetime | None = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that one process has claimed, with its subscription as it was then."""

    delivery: StoredDelivery
    subscription: StoredSubscription


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a claimed delivery: how it stands now, and whether its quotes are covered by that."""

    delivery: StoredDelivery
    covered: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """What is delivered, for whoever operates it: `sent`, `skipped`, `failed` and `uncertain` count those that ended in the last day.

    `due` are those not ended yet, `running` and `paused` count subscriptions. `last_tick` is when any process last looked for what is
    due; None if none ever did. `next_due` is when the next digest is due that runs; None where there is none.
    """

    last_tick: datetime | None
    due: int
    sent: int
    skipped: int
    failed: int
    uncertain: int
    running: int
    paused: int
    next_due: datetime | None = None

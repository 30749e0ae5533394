"""What chat needs to be remembered: the events that were met, the answers that were given, what channels wish for and get."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import Ids, Spans, one_of
from storage.records import DeliveryState, Density, Span, SubscriptionKind, WhenEmpty
from storage.schema.base import LONGEST_NAME, Base


class Event(Base):
    """Something that a platform told us and may tell us again, by a key of its platform and its id.

    `posted` says where the answer to it stands, in the platform's ids.
    """

    __tablename__ = "events"

    key: Mapped[str] = mapped_column(String(LONGEST_NAME), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    posted: Mapped[str | None]


class Home(Base):
    """What is set for a workspace or, with a `person` (else ""), for somebody's direct messages: `time_zone`, an IANA name."""

    __tablename__ = "homes"

    platform: Mapped[str] = mapped_column(String(20), primary_key=True)
    workspace: Mapped[str] = mapped_column(String(LONGEST_NAME), primary_key=True)
    person: Mapped[str] = mapped_column(String(LONGEST_NAME), primary_key=True)
    time_zone: Mapped[str]


class Answer(Base):
    """An answer given to somebody. `request` is what was typed, to be read at `asked_at` in `time_zone`; `found` are the quotes in order.

    Where it asks who gave no comment, they are refusals. `asker` is a key of who asked, and where.
    """

    __tablename__ = "answers"
    __table_args__ = (Index("ix_answers_asker_id", "asker", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    request: Mapped[str]
    asked_at: Mapped[datetime]
    time_zone: Mapped[str]
    direct_only: Mapped[bool]
    found: Mapped[tuple[int, ...]] = mapped_column(Ids)
    batches: Mapped[tuple[Span, ...] | None] = mapped_column(Spans)
    more: Mapped[bool] = mapped_column(server_default=false())
    up_to: Mapped[int] = mapped_column(server_default=text("0"))
    asker: Mapped[str | None] = mapped_column(String(64))
    reached: Mapped[int | None]
    understood: Mapped[str | None]


class Subscription(Base):
    """A channel's wish for a digest or an alert about a topic, a speaker or an outlet.

    `schedule` is a wall-clock rule read in `time_zone`, an IANA name.
    """

    __tablename__ = "subscriptions"
    __table_args__ = (
        Index("ix_subscriptions_place", "platform", "workspace", "channel"),
        CheckConstraint("(paused_at IS NULL) = (paused_reason IS NULL)", name="pause_has_a_reason"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[str] = mapped_column(String(20))
    workspace: Mapped[str] = mapped_column(String(LONGEST_NAME))
    channel: Mapped[str] = mapped_column(String(LONGEST_NAME))
    kind: Mapped[SubscriptionKind] = mapped_column(one_of(SubscriptionKind, "kind"))
    topic: Mapped[str | None]
    speaker: Mapped[str | None]
    outlet: Mapped[str | None]
    schedule: Mapped[str]
    time_zone: Mapped[str]
    owner: Mapped[str]
    created_at: Mapped[datetime]
    paused_at: Mapped[datetime | None]
    paused_reason: Mapped[str | None]
    density: Mapped[Density] = mapped_column(one_of(Density, "density"), server_default=Density.FULL)
    when_empty: Mapped[WhenEmpty] = mapped_column(one_of(WhenEmpty, "when_empty"), server_default=WhenEmpty.LINE)
    quiet_from: Mapped[str | None] = mapped_column(String(5))
    quiet_until: Mapped[str | None] = mapped_column(String(5))
    gap_minutes: Mapped[int] = mapped_column(server_default=text("10"))
    daily_cap: Mapped[int] = mapped_column(server_default=text("12"))
    muted_until: Mapped[datetime | None]
    next_due: Mapped[datetime | None] = mapped_column(index=True)
    seen_quote: Mapped[int] = mapped_column(server_default=text("0"))
    seen_at: Mapped[datetime | None]


class Delivery(Base):
    """One due post of a subscription. The unique pair is what makes it be sent once."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("subscription_id", "due_at"),
        Index("ix_deliveries_state_lease_until", "state", "lease_until"),
        # With what is counted of those that ended of late: whoever counts them reads the index and not one row.
        Index("ix_deliveries_closed_at", "closed_at", "state", "subscription_id"),
        CheckConstraint("state <> 'claimed' OR (claimed_by IS NOT NULL AND lease_until IS NOT NULL)", name="claim_has_a_lease"),
        CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name="sent_has_a_time"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscriptions.id", ondelete="CASCADE"))
    kind: Mapped[SubscriptionKind] = mapped_column(one_of(SubscriptionKind, "kind"))
    due_at: Mapped[datetime]
    since_quote: Mapped[int]
    until_quote: Mapped[int]
    since_at: Mapped[datetime]
    until_at: Mapped[datetime]
    state: Mapped[DeliveryState] = mapped_column(one_of(DeliveryState, "state"))
    claimed_by: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    try_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(server_default=text("0"))
    sent_at: Mapped[datetime | None]
    message_ref: Mapped[str | None]
    reason: Mapped[str | None]
    blind_since: Mapped[datetime | None]
    mark: Mapped[str | None]
    closed_at: Mapped[datetime | None]


class Tick(Base):
    """When a process last looked for what is due. `process` tells processes apart that run at once."""

    __tablename__ = "ticks"

    process: Mapped[str] = mapped_column(String(LONGEST_NAME), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)

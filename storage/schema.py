"""The tables. The full-text index beside them is made by the migrations (see `storage/full_text.py`).

Row numbers are never used twice: people refer to quotes and articles by them.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, MetaData, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.columns import Ids, Moment, Spans, one_of
from storage.records import AliasKind, CorrectionKind, QuoteKind, Reports, Span, SpeakerKind

LONGEST_NAME = 200
"""Names that stand in an index are cut to this many characters: PostgreSQL refuses index rows of a few thousand bytes."""


class SubscriptionKind(StrEnum):
    """What a channel asked for."""

    DIGEST = "digest"
    ALERT = "alert"


class DeliveryState(StrEnum):
    """How far a due post has come."""

    DUE = "due"
    CLAIMED = "claimed"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


class Base(DeclarativeBase):
    """The base of all tables, with names for all constraints so that migrations can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, str: Text}  # noqa: RUF012 - SQLAlchemy reads it


class Outlet(Base):
    """A publisher. `folded` is its name without case and accents: one outlet however it is typed."""

    __tablename__ = "outlets"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(String(LONGEST_NAME), unique=True)


class Article(Base):
    """An article, whatever its versions say. An identity or URL can be long, so their digests stand in the indices."""

    __tablename__ = "articles"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    identity: Mapped[str]
    identity_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    url: Mapped[str | None]
    url_sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("outlets.id"), index=True)


class Version(Base):
    """An article as it was read once. Never changed, but for `newest` and the engine that read its quotes."""

    __tablename__ = "versions"
    __table_args__ = (
        UniqueConstraint("article_id", "number"),
        Index("ix_versions_newest_of_article", "article_id", unique=True, sqlite_where=text("newest = 1"), postgresql_where=text("newest")),
        Index("ix_versions_newest_engine", "newest", "engine", "article_id"),
        Index("ix_versions_newest_read_at", "newest", "read_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    number: Mapped[int]
    newest: Mapped[bool]
    headline: Mapped[str | None]
    byline: Mapped[str | None]
    published: Mapped[datetime | None]
    language: Mapped[str | None]
    read_at: Mapped[datetime]
    engine: Mapped[str | None]
    text_sha256: Mapped[str] = mapped_column(String(64), index=True)
    text: Mapped[str]


class HeadlineWord(Base):
    """A word of the headline of an article's newest version, for finding articles by it."""

    __tablename__ = "headline_words"

    word: Mapped[str] = mapped_column(String(64), primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True)


class Speaker(Base):
    """Whoever says something. Those with a key are known across articles, others belong to one article or to a person's correction."""

    __tablename__ = "speakers"
    __table_args__ = (UniqueConstraint("key", "kind"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[SpeakerKind] = mapped_column(one_of(SpeakerKind, "kind"))
    key: Mapped[str | None] = mapped_column(String(LONGEST_NAME))
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"), index=True)
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"), index=True)


class Alias(Base):
    """What one version of an article calls a speaker, and how often."""

    __tablename__ = "aliases"

    id: Mapped[int] = mapped_column(primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    kind: Mapped[AliasKind] = mapped_column(one_of(AliasKind, "kind"))
    count: Mapped[int]


class SpeakerWord(Base):
    """A word of a speaker's name or of one of its aliases, for finding speakers by it."""

    __tablename__ = "speaker_words"

    word: Mapped[str] = mapped_column(String(64), primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id", ondelete="CASCADE"), primary_key=True, index=True)


class Statement(Base):
    """One utterance that several quotes report."""

    __tablename__ = "statements"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)


class Quote(Base):
    """One attribution in an article. It keeps its number while the article is edited or read again.

    `version_id` is the newest version in which it stands; `read_at` when it was first read; `dated` when that version
    was published, or else `read_at`. `read_speaker_id` is what the engine said, `speaker_id` what holds after corrections.
    """

    __tablename__ = "quotes"
    __table_args__ = (
        Index("ix_quotes_speaker_id_dated", "speaker_id", "dated"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int]
    kind: Mapped[QuoteKind] = mapped_column(one_of(QuoteKind, "kind"))
    reports: Mapped[Reports] = mapped_column(one_of(Reports, "reports"), server_default=Reports.SPEECH)
    content: Mapped[tuple[Span, ...]] = mapped_column(Spans)
    source: Mapped[tuple[Span, ...]] = mapped_column(Spans)
    cue: Mapped[tuple[Span, ...]] = mapped_column(Spans)
    context: Mapped[tuple[Span, ...]] = mapped_column(Spans)
    words: Mapped[str]
    cue_words: Mapped[str]
    confidence: Mapped[float]
    read_at: Mapped[datetime] = mapped_column(index=True)
    dated: Mapped[datetime] = mapped_column(index=True)
    read_speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"), index=True)
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"))
    corrected: Mapped[bool] = mapped_column(server_default=false())
    rejected: Mapped[bool] = mapped_column(server_default=false())
    gone: Mapped[bool] = mapped_column(server_default=false())
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statements.id"), index=True)


class Correction(Base):
    """What a person put right, kept with its author even after it was undone."""

    __tablename__ = "corrections"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[CorrectionKind] = mapped_column(one_of(CorrectionKind, "kind"))
    quote_id: Mapped[int | None] = mapped_column(ForeignKey("quotes.id", ondelete="CASCADE"), index=True)
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"), index=True)
    other_speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"), index=True)
    article_ids: Mapped[tuple[int, ...]] = mapped_column(Ids)
    author: Mapped[str]
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]


class RemovedArticle(Base):
    """The mark of an article taken down. Its text is gone; the digest recognises a copy of it under another file name."""

    __tablename__ = "removals"

    identity_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    identity: Mapped[str]
    text_sha256: Mapped[str] = mapped_column(String(64), index=True)
    author: Mapped[str]
    at: Mapped[datetime]


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


class Delivery(Base):
    """One due post of a subscription. The unique pair is what makes it be sent once."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("subscription_id", "due_at"),
        Index("ix_deliveries_state_lease_until", "state", "lease_until"),
        CheckConstraint("state <> 'claimed' OR (claimed_by IS NOT NULL AND lease_until IS NOT NULL)", name="claim_has_a_lease"),
        CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name="sent_has_a_time"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscriptions.id", ondelete="CASCADE"))
    due_at: Mapped[datetime]
    state: Mapped[DeliveryState] = mapped_column(one_of(DeliveryState, "state"))
    claimed_by: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    message_ref: Mapped[str | None]
    reason: Mapped[str | None]

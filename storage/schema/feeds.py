"""Feeds that are looked at again and again, the entries that they gave, and the hosts that were asked for them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text, true
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import Texts, one_of
from storage.records.feeds import EntryState
from storage.schema.base import LONGEST_NAME, Base

LONGEST_HOST = 253
"""How many characters the name of a host has at most (RFC 1035, 2.3.4); a longer one is cut."""


class Feed(Base):
    """A feed, what is set for it, and how the looks at it went. An address can be long, so its digest stands in the index."""

    __tablename__ = "feeds"
    __table_args__ = (
        CheckConstraint("(paused_at IS NULL) = (paused_reason IS NULL)", name="pause_has_a_reason"),
        CheckConstraint("(claimed_by IS NULL) = (lease_until IS NULL)", name="claim_has_a_lease"),
        Index("ix_feeds_next_check", "next_check", sqlite_where=text("paused_at IS NULL"), postgresql_where=text("paused_at IS NULL")),
        Index(
            "ix_feeds_host_next_check",
            "host",
            "next_check",
            "id",
            sqlite_where=text("paused_at IS NULL"),
            postgresql_where=text("paused_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str]
    address_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    host: Mapped[str] = mapped_column(String(LONGEST_HOST))
    title: Mapped[str | None]
    home: Mapped[str | None]
    outlet: Mapped[str | None]
    language: Mapped[str | None]
    time_zone: Mapped[str | None]
    full_text: Mapped[bool] = mapped_column(server_default=true())
    filters: Mapped[tuple[str, ...]] = mapped_column(Texts)
    platform: Mapped[str | None] = mapped_column(String(20))
    workspace: Mapped[str | None] = mapped_column(String(LONGEST_NAME))
    owner: Mapped[str | None]
    added_at: Mapped[datetime]
    paused_at: Mapped[datetime | None]
    paused_reason: Mapped[str | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    hints: Mapped[str | None]
    next_check: Mapped[datetime]
    last_checked: Mapped[datetime | None]
    last_new: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    first_seen_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(server_default=text("0"))
    first_failed_at: Mapped[datetime | None] = mapped_column(index=True)
    reason: Mapped[str | None]
    moved_to: Mapped[str | None]
    claimed_by: Mapped[str | None]
    lease_until: Mapped[datetime | None] = mapped_column(index=True)
    begun: Mapped[int] = mapped_column(server_default=text("0"))


class Host(Base):
    """A host that nobody asks before a moment, but for the process that asked it last, if there is one: that keeps its own pause."""

    __tablename__ = "hosts"

    host: Mapped[str] = mapped_column(String(LONGEST_HOST), primary_key=True)
    quiet_until: Mapped[datetime] = mapped_column(index=True)
    asked_by: Mapped[str | None]


class FeedEntry(Base):
    """An entry that a feed gave, so that it is known when it comes again. What is to be read has a `next_try`, and nothing else has one."""

    __tablename__ = "feed_entries"
    __table_args__ = (
        CheckConstraint("(state = 'waiting') = (next_try IS NOT NULL)", name="what_waits_has_a_time"),
        CheckConstraint("(claimed_by IS NULL) = (lease_until IS NULL)", name="claim_has_a_lease"),
        Index("ix_feed_entries_feed_id_url_key", "feed_id", "url_key"),
        Index("ix_feed_entries_feed_id_guid_key", "feed_id", "guid_key"),
        Index("ix_feed_entries_feed_id_content_key", "feed_id", "content_key"),
        Index("ix_feed_entries_feed_id_first_seen", "feed_id", "first_seen"),
        # Few of a great many wait or are claimed: only these stand in the indices.
        Index(
            "ix_feed_entries_next_try",
            "next_try",
            sqlite_where=text("next_try IS NOT NULL"),
            postgresql_where=text("next_try IS NOT NULL"),
        ),
        Index(
            "ix_feed_entries_host_next_try",
            "host",
            "next_try",
            "id",
            sqlite_where=text("next_try IS NOT NULL"),
            postgresql_where=text("next_try IS NOT NULL"),
        ),
        Index(
            "ix_feed_entries_lease_until",
            "lease_until",
            sqlite_where=text("lease_until IS NOT NULL"),
            postgresql_where=text("lease_until IS NOT NULL"),
        ),
        # With what is counted of those that came of late: whoever counts them reads the index and not one row.
        Index("ix_feed_entries_first_seen", "first_seen", "state"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id", ondelete="CASCADE"))
    url_key: Mapped[str | None] = mapped_column(String(64))
    guid_key: Mapped[str | None] = mapped_column(String(64))
    content_key: Mapped[str | None] = mapped_column(String(64))
    headline_key: Mapped[str | None] = mapped_column(String(64))
    published: Mapped[datetime | None]
    page: Mapped[str | None]
    host: Mapped[str | None] = mapped_column(String(LONGEST_HOST))
    given: Mapped[str | None]
    state: Mapped[EntryState] = mapped_column(one_of(EntryState, "state"))
    reason: Mapped[str | None]
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id", ondelete="SET NULL"), index=True)
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(server_default=text("0"))
    next_try: Mapped[datetime | None]
    claimed_by: Mapped[str | None]
    lease_until: Mapped[datetime | None]

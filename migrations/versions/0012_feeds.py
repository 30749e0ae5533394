"""Feeds that are looked at again and again, and the entries that they gave."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("address_sha256", sa.String(length=64), nullable=False),
        sa.Column("host", sa.String(length=253), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("home", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=True),
        sa.Column("full_text", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=True),
        sa.Column("workspace", sa.String(length=200), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_reason", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("hints", sa.Text(), nullable=True),
        sa.Column("next_check", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_checked", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_new", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("first_failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("moved_to", sa.Text(), nullable=True),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(paused_at IS NULL) = (paused_reason IS NULL)", name=op.f("ck_feeds_pause_has_a_reason")),
        sa.CheckConstraint("(claimed_by IS NULL) = (lease_until IS NULL)", name=op.f("ck_feeds_claim_has_a_lease")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("address_sha256", name=op.f("uq_feeds_address_sha256")),
        sqlite_autoincrement=True,
    )
    _index_some("ix_feeds_next_check", "feeds", ["next_check"], "paused_at IS NULL")
    _index_some("ix_feeds_host_next_check", "feeds", ["host", "next_check", "id"], "paused_at IS NULL")
    op.create_index(op.f("ix_feeds_first_failed_at"), "feeds", ["first_failed_at"], unique=False)
    op.create_index(op.f("ix_feeds_lease_until"), "feeds", ["lease_until"], unique=False)
    op.create_table(
        "feed_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("url_key", sa.String(length=64), nullable=True),
        sa.Column("guid_key", sa.String(length=64), nullable=True),
        sa.Column("content_key", sa.String(length=64), nullable=True),
        sa.Column("headline_key", sa.String(length=64), nullable=True),
        sa.Column("published", sa.DateTime(timezone=True), nullable=True),
        sa.Column("page", sa.Text(), nullable=True),
        sa.Column("host", sa.String(length=253), nullable=True),
        sa.Column("given", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_try", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'waiting') = (next_try IS NOT NULL)", name=op.f("ck_feed_entries_what_waits_has_a_time")),
        sa.CheckConstraint("(claimed_by IS NULL) = (lease_until IS NULL)", name=op.f("ck_feed_entries_claim_has_a_lease")),
        sa.CheckConstraint("state IN ('waiting', 'read', 'passed over', 'failed')", name=op.f("ck_feed_entries_state")),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("fk_feed_entries_feed_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_feed_entries_article_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_entries")),
        sqlite_autoincrement=True,
    )
    for column in ("url_key", "guid_key", "content_key", "first_seen"):
        op.create_index(f"ix_feed_entries_feed_id_{column}", "feed_entries", ["feed_id", column], unique=False)
    _index_some("ix_feed_entries_next_try", "feed_entries", ["next_try"], "next_try IS NOT NULL")
    _index_some("ix_feed_entries_host_next_try", "feed_entries", ["host", "next_try", "id"], "next_try IS NOT NULL")
    _index_some("ix_feed_entries_lease_until", "feed_entries", ["lease_until"], "lease_until IS NOT NULL")
    op.create_index("ix_feed_entries_first_seen", "feed_entries", ["first_seen", "state"], unique=False)
    op.create_index(op.f("ix_feed_entries_last_seen"), "feed_entries", ["last_seen"], unique=False)
    op.create_index(op.f("ix_feed_entries_article_id"), "feed_entries", ["article_id"], unique=False)


def downgrade() -> None:
    op.drop_table("feed_entries")
    op.drop_table("feeds")


def _index_some(name: str, table: str, columns: list[str], which: str) -> None:
    op.create_index(name, table, columns, unique=False, sqlite_where=sa.text(which), postgresql_where=sa.text(which))

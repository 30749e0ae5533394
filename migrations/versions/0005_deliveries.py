"""What digests and alerts need to be posted once: how a channel wants them, what they have covered, and how far each post has come.

No delivery was ever made before, so their table is made anew. What was read before is covered by no digest: the first one of a
subscription that exists already holds what was read since.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # As in 0002: words that both engines know, since Alembic would make SQLite's table anew for a constraint, and lose what hangs on it.
    op.execute(
        "ALTER TABLE subscriptions ADD COLUMN density VARCHAR(20) DEFAULT 'full' NOT NULL"
        " CONSTRAINT ck_subscriptions_density CHECK (density IN ('short', 'full'))"
    )
    op.execute(
        "ALTER TABLE subscriptions ADD COLUMN when_empty VARCHAR(20) DEFAULT 'line' NOT NULL"
        " CONSTRAINT ck_subscriptions_when_empty CHECK (when_empty IN ('line', 'silence'))"
    )
    op.add_column("subscriptions", sa.Column("quiet_from", sa.String(length=5), nullable=True))
    op.add_column("subscriptions", sa.Column("quiet_until", sa.String(length=5), nullable=True))
    op.add_column("subscriptions", sa.Column("gap_minutes", sa.Integer(), server_default=sa.text("10"), nullable=False))
    op.add_column("subscriptions", sa.Column("daily_cap", sa.Integer(), server_default=sa.text("12"), nullable=False))
    op.add_column("subscriptions", sa.Column("muted_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("subscriptions", sa.Column("next_due", sa.DateTime(timezone=True), nullable=True))
    op.add_column("subscriptions", sa.Column("seen_quote", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("subscriptions", sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_subscriptions_next_due"), "subscriptions", ["next_due"], unique=False)
    op.execute("UPDATE subscriptions SET seen_quote = (SELECT COALESCE(MAX(id), 0) FROM quotes), seen_at = created_at")
    op.drop_table("deliveries")
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since_quote", sa.Integer(), nullable=False),
        sa.Column("until_quote", sa.Integer(), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_ref", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("blind_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mark", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state <> 'claimed' OR (claimed_by IS NOT NULL AND lease_until IS NOT NULL)", name=op.f("ck_deliveries_claim_has_a_lease")
        ),
        sa.CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name=op.f("ck_deliveries_sent_has_a_time")),
        sa.CheckConstraint("kind IN ('digest', 'alert')", name=op.f("ck_deliveries_kind")),
        sa.CheckConstraint("state IN ('due', 'claimed', 'sent', 'skipped', 'failed', 'uncertain')", name=op.f("ck_deliveries_state")),
        sa.ForeignKeyConstraint(["subscription_id"], ["subscriptions.id"], name=op.f("fk_deliveries_subscription_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("subscription_id", "due_at", name=op.f("uq_deliveries_subscription_id_due_at")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deliveries_state_lease_until", "deliveries", ["state", "lease_until"], unique=False)
    op.create_index("ix_deliveries_closed_at", "deliveries", ["closed_at", "state", "subscription_id"], unique=False)
    op.create_table(
        "ticks",
        sa.Column("process", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("process", name=op.f("pk_ticks")),
    )
    op.create_index(op.f("ix_ticks_at"), "ticks", ["at"], unique=False)


def downgrade() -> None:
    op.drop_table("ticks")
    op.drop_table("deliveries")
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_ref", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state <> 'claimed' OR (claimed_by IS NOT NULL AND lease_until IS NOT NULL)", name=op.f("ck_deliveries_claim_has_a_lease")
        ),
        sa.CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name=op.f("ck_deliveries_sent_has_a_time")),
        sa.ForeignKeyConstraint(["subscription_id"], ["subscriptions.id"], name=op.f("fk_deliveries_subscription_id"), ondelete="CASCADE"),
        sa.CheckConstraint("state IN ('due', 'claimed', 'sent', 'skipped', 'failed', 'uncertain')", name=op.f("ck_deliveries_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("subscription_id", "due_at", name=op.f("uq_deliveries_subscription_id_due_at")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deliveries_state_lease_until", "deliveries", ["state", "lease_until"], unique=False)
    op.drop_index(op.f("ix_subscriptions_next_due"), table_name="subscriptions")
    for column in (
        "density",
        "when_empty",
        "quiet_from",
        "quiet_until",
        "gap_minutes",
        "daily_cap",
        "muted_until",
        "next_due",
        "seen_quote",
        "seen_at",
    ):
        op.drop_column("subscriptions", column)

"""What a feed had before it was added is no news to alerts: when each feed was first seen, and which articles are not told of."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("articles", sa.Column("unannounced", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("feeds", sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE feeds SET first_seen_at = COALESCE("
        "(SELECT min(feed_entries.first_seen) FROM feed_entries WHERE feed_entries.feed_id = feeds.id), feeds.seen_at)"
    )


def downgrade() -> None:
    op.drop_column("feeds", "first_seen_at")
    op.drop_column("articles", "unannounced")

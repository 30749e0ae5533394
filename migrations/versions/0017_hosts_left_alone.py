"""Until when hosts are to be left alone, for all processes, and how many looks at a feed were begun and came to no end."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hosts",
        sa.Column("host", sa.String(length=253), nullable=False),
        sa.Column("quiet_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_hosts")),
    )
    op.create_index(op.f("ix_hosts_quiet_until"), "hosts", ["quiet_until"], unique=False)
    op.add_column("feeds", sa.Column("begun", sa.Integer(), server_default=sa.text("0"), nullable=False))


def downgrade() -> None:
    op.drop_column("feeds", "begun")
    op.drop_table("hosts")

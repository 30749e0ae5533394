"""What is set for a server or a person, and where the answer to an event stands, so that it follows its question when that is edited."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "homes",
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=200), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "workspace", "person", name=op.f("pk_homes")),
    )
    op.add_column("events", sa.Column("posted", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("events", "posted")
    op.drop_table("homes")

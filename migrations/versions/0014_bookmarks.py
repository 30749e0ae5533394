"""How far a long file or folder has been read, so that whoever is stopped goes on from there."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bookmarks",
        sa.Column("path_sha256", sa.String(length=64), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("last_sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("path_sha256", name=op.f("pk_bookmarks")),
    )


def downgrade() -> None:
    op.drop_table("bookmarks")

"""What a kept answer needs to go on behind the quotes that it began with, and for whoever asked to go on where they were.

Of those kept before it is not known whether there was more: they end where they ended.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("answers", sa.Column("batches", sa.JSON(), nullable=True))
    op.add_column("answers", sa.Column("more", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("answers", sa.Column("up_to", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("answers", sa.Column("asker", sa.String(length=64), nullable=True))
    op.add_column("answers", sa.Column("reached", sa.Integer(), nullable=True))
    op.create_index("ix_answers_asker_id", "answers", ["asker", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_answers_asker_id", table_name="answers")
    for column in ("batches", "more", "up_to", "asker", "reached"):
        op.drop_column("answers", column)

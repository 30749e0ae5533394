"""Embeddings of quotes and of the paragraphs around them. What is stored gets its own when Verbatim next looks for texts without."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "text_embeddings",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("paragraphs", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_text_embeddings_version_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_text_embeddings")),
    )
    op.create_table(
        "quote_embeddings",
        sa.Column("quote_id", sa.Integer(), nullable=False),
        sa.Column("cell", sa.Integer(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name=op.f("fk_quote_embeddings_quote_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("quote_id", name=op.f("pk_quote_embeddings")),
    )
    op.create_index("ix_quote_embeddings_cell_quote_id", "quote_embeddings", ["cell", "quote_id"], unique=False)


def downgrade() -> None:
    op.drop_table("quote_embeddings")
    op.drop_table("text_embeddings")

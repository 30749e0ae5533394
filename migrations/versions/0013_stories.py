"""Which articles are copies of which, and by what they are found. What is stored already is looked at when Verbatim next serves."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article_shingles",
        sa.Column("shingle", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_article_shingles_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("shingle", "article_id", name=op.f("pk_article_shingles")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_article_shingles_article_id"), "article_shingles", ["article_id"], unique=False)
    op.create_table(
        "copies",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_copies_article_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["first_id"], ["articles.id"], name=op.f("fk_copies_first_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_copies")),
    )
    op.create_index(op.f("ix_copies_first_id"), "copies", ["first_id"], unique=False)
    op.create_table(
        "shingles_waiting",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_shingles_waiting_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_shingles_waiting")),
    )
    op.execute("INSERT INTO shingles_waiting (article_id) SELECT id FROM articles")


def downgrade() -> None:
    op.drop_table("shingles_waiting")
    op.drop_table("copies")
    op.drop_table("article_shingles")

"""Articles of which no quotes are taken, since they are in other languages, found by their words; and whom reposts name as their source."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

FULL_TEXT_ON_SQLITE = "CREATE VIRTUAL TABLE article_index USING fts5(words, tokenize = 'unicode61 remove_diacritics 2')"
FULL_TEXT_ON_POSTGRESQL = (
    "CREATE TABLE article_index (article_id integer PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE, vector tsvector NOT NULL)",
    "CREATE INDEX ix_article_index_vector ON article_index USING gin (vector)",
    "ALTER TABLE article_index ALTER COLUMN vector SET STATISTICS 1000",
)


def upgrade() -> None:
    op.create_table(
        "unquoted",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_unquoted_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_unquoted")),
    )
    op.create_table(
        "credits",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_credits_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_credits")),
    )
    if op.get_context().dialect.name == "sqlite":
        op.execute(FULL_TEXT_ON_SQLITE)
    else:
        for statement in FULL_TEXT_ON_POSTGRESQL:
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("article_index")
    op.drop_table("credits")
    op.drop_table("unquoted")

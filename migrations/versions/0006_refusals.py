"""Refusals, that somebody gave no comment, are stored as what they are. What was stored before waits to be looked through for them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FULL_TEXT_ON_SQLITE = "CREATE VIRTUAL TABLE refusal_index USING fts5(who, around, tokenize = 'porter unicode61 remove_diacritics 2')"
FULL_TEXT_ON_POSTGRESQL = (
    "CREATE TABLE refusal_index (refusal_id integer PRIMARY KEY REFERENCES refusals (id) ON DELETE CASCADE, vector tsvector NOT NULL)",
    "CREATE INDEX ix_refusal_index_vector ON refusal_index USING gin (vector)",
)
INDEXED = ("article_id", "version_id", "first_version_id", "speaker_id", "speaks_for_id", "read_at", "dated")


def upgrade() -> None:
    op.create_table(
        "refusals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("first_version_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("who", sa.JSON(), nullable=False),
        sa.Column("begins", sa.Boolean(), nullable=False),
        sa.Column("ends", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("who_words", sa.Text(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("speaks_for_id", sa.Integer(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dated", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("kind IN ('declined', 'no response', 'not reached')", name=op.f("ck_refusals_kind")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_refusals_article_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_refusals_version_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["first_version_id"], ["versions.id"], name=op.f("fk_refusals_first_version_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name=op.f("fk_refusals_speaker_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["speaks_for_id"], ["speakers.id"], name=op.f("fk_refusals_speaks_for_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusals")),
        sqlite_autoincrement=True,
    )
    for column in INDEXED:
        op.create_index(op.f(f"ix_refusals_{column}"), "refusals", [column], unique=False)
    op.create_table(
        "refusals_waiting",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_refusals_waiting_version_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_refusals_waiting")),
    )
    op.execute("INSERT INTO refusals_waiting (version_id) SELECT id FROM versions")
    if op.get_context().dialect.name == "sqlite":
        op.execute(FULL_TEXT_ON_SQLITE)
    else:
        for statement in FULL_TEXT_ON_POSTGRESQL:
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("refusal_index")
    op.drop_table("refusals_waiting")
    op.drop_table("refusals")

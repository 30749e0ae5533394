"""The first schema: articles and their versions, quotes, speakers, corrections, subscriptions, and the full-text index."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

FULL_TEXT_ON_SQLITE = """
CREATE VIRTUAL TABLE quote_index USING fts5(words, context, headline, tokenize = 'porter unicode61 remove_diacritics 2')
"""

# Porter's algorithm is the one that FTS5 has; no dictionary here drops stop words, and neither does FTS5.
FULL_TEXT_ON_POSTGRESQL = """
CREATE TEXT SEARCH DICTIONARY verbatim_porter (TEMPLATE = snowball, LANGUAGE = porter);
CREATE TEXT SEARCH CONFIGURATION verbatim (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION verbatim
    ALTER MAPPING FOR asciiword, word, numword, asciihword, hword, numhword, hword_asciipart, hword_part, hword_numpart
    WITH verbatim_porter;
CREATE TABLE quote_index (
    quote_id integer PRIMARY KEY REFERENCES quotes (id) ON DELETE CASCADE,
    vector tsvector NOT NULL
);
CREATE INDEX ix_quote_index_vector ON quote_index USING gin (vector);
"""


def upgrade() -> None:
    op.create_table(
        "outlets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlets")),
        sa.UniqueConstraint("folded", name=op.f("uq_outlets_folded")),
    )
    op.create_table(
        "removals",
        sa.Column("identity_sha256", sa.String(length=64), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("identity_sha256", name=op.f("pk_removals")),
    )
    op.create_index(op.f("ix_removals_text_sha256"), "removals", ["text_sha256"], unique=False)
    op.create_table(
        "statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("schedule", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(paused_at IS NULL) = (paused_reason IS NULL)", name=op.f("ck_subscriptions_pause_has_a_reason")),
        sa.CheckConstraint("kind IN ('digest', 'alert')", name=op.f("ck_subscriptions_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_subscriptions_place", "subscriptions", ["platform", "workspace", "channel"], unique=False)
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("identity_sha256", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("url_sha256", sa.String(length=64), nullable=True),
        sa.Column("outlet_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name=op.f("fk_articles_outlet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("identity_sha256", name=op.f("uq_articles_identity_sha256")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_articles_outlet_id"), "articles", ["outlet_id"], unique=False)
    op.create_index(op.f("ix_articles_url_sha256"), "articles", ["url_sha256"], unique=False)
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
    op.create_table(
        "headline_words",
        sa.Column("word", sa.String(length=64), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_headline_words_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("word", "article_id", name=op.f("pk_headline_words")),
    )
    op.create_index(op.f("ix_headline_words_article_id"), "headline_words", ["article_id"], unique=False)
    op.create_table(
        "speakers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=True),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_speakers_article_id")),
        sa.ForeignKeyConstraint(["merged_into"], ["speakers.id"], name=op.f("fk_speakers_merged_into")),
        sa.CheckConstraint("kind IN ('person', 'organisation', 'document', 'unnamed')", name=op.f("ck_speakers_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speakers")),
        sa.UniqueConstraint("key", "kind", name=op.f("uq_speakers_key_kind")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_speakers_article_id"), "speakers", ["article_id"], unique=False)
    op.create_index(op.f("ix_speakers_merged_into"), "speakers", ["merged_into"], unique=False)
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("newest", sa.Boolean(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=True),
        sa.Column("byline", sa.Text(), nullable=True),
        sa.Column("published", sa.DateTime(timezone=True), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("engine", sa.Text(), nullable=True),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_versions_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versions")),
        sa.UniqueConstraint("article_id", "number", name=op.f("uq_versions_article_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_versions_newest_engine", "versions", ["newest", "engine", "article_id"], unique=False)
    op.create_index(
        "ix_versions_newest_of_article",
        "versions",
        ["article_id"],
        unique=True,
        sqlite_where=sa.text("newest = 1"),
        postgresql_where=sa.text("newest"),
    )
    op.create_index("ix_versions_newest_read_at", "versions", ["newest", "read_at"], unique=False)
    op.create_index(op.f("ix_versions_text_sha256"), "versions", ["text_sha256"], unique=False)
    op.create_table(
        "aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name=op.f("fk_aliases_speaker_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_aliases_version_id"), ondelete="CASCADE"),
        sa.CheckConstraint("kind IN ('name', 'description')", name=op.f("ck_aliases_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aliases")),
    )
    op.create_index(op.f("ix_aliases_speaker_id"), "aliases", ["speaker_id"], unique=False)
    op.create_index(op.f("ix_aliases_version_id"), "aliases", ["version_id"], unique=False)
    op.create_table(
        "quotes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("cue", sa.JSON(), nullable=False),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("cue_words", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dated", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_speaker_id", sa.Integer(), nullable=True),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("corrected", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("rejected", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("gone", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_quotes_article_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["read_speaker_id"], ["speakers.id"], name=op.f("fk_quotes_read_speaker_id")),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name=op.f("fk_quotes_speaker_id")),
        sa.ForeignKeyConstraint(["statement_id"], ["statements.id"], name=op.f("fk_quotes_statement_id")),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_quotes_version_id"), ondelete="CASCADE"),
        sa.CheckConstraint("kind IN ('direct', 'mixed', 'indirect')", name=op.f("ck_quotes_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotes")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_quotes_article_id"), "quotes", ["article_id"], unique=False)
    op.create_index(op.f("ix_quotes_dated"), "quotes", ["dated"], unique=False)
    op.create_index(op.f("ix_quotes_read_at"), "quotes", ["read_at"], unique=False)
    op.create_index(op.f("ix_quotes_read_speaker_id"), "quotes", ["read_speaker_id"], unique=False)
    op.create_index("ix_quotes_speaker_id_dated", "quotes", ["speaker_id", "dated"], unique=False)
    op.create_index(op.f("ix_quotes_statement_id"), "quotes", ["statement_id"], unique=False)
    op.create_index(op.f("ix_quotes_version_id"), "quotes", ["version_id"], unique=False)
    op.create_table(
        "speaker_words",
        sa.Column("word", sa.String(length=64), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name=op.f("fk_speaker_words_speaker_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("word", "speaker_id", name=op.f("pk_speaker_words")),
    )
    op.create_index(op.f("ix_speaker_words_speaker_id"), "speaker_words", ["speaker_id"], unique=False)
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("quote_id", sa.Integer(), nullable=True),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("other_speaker_id", sa.Integer(), nullable=True),
        sa.Column("article_ids", sa.JSON(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["other_speaker_id"], ["speakers.id"], name=op.f("fk_corrections_other_speaker_id")),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name=op.f("fk_corrections_quote_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name=op.f("fk_corrections_speaker_id")),
        sa.CheckConstraint("kind IN ('speaker', 'not a quote', 'merge', 'split')", name=op.f("ck_corrections_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_corrections_other_speaker_id"), "corrections", ["other_speaker_id"], unique=False)
    op.create_index(op.f("ix_corrections_quote_id"), "corrections", ["quote_id"], unique=False)
    op.create_index(op.f("ix_corrections_speaker_id"), "corrections", ["speaker_id"], unique=False)
    if op.get_context().dialect.name == "sqlite":
        op.execute(FULL_TEXT_ON_SQLITE)
    else:
        for statement in FULL_TEXT_ON_POSTGRESQL.split(";"):
            if statement.strip():
                op.execute(statement)


def downgrade() -> None:
    op.drop_table("quote_index")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP TEXT SEARCH CONFIGURATION verbatim")
        op.execute("DROP TEXT SEARCH DICTIONARY verbatim_porter")
    for table in (
        "corrections",
        "speaker_words",
        "quotes",
        "aliases",
        "versions",
        "speakers",
        "headline_words",
        "deliveries",
        "articles",
        "subscriptions",
        "statements",
        "removals",
        "outlets",
    ):
        op.drop_table(table)

"""What is asked of an outlet and a period is read from the index, as what is asked of a speaker is."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_quotes_article_id_dated", "quotes", ["article_id", "dated", "reports", "gone", "rejected"], unique=False)
    op.drop_index("ix_quotes_article_id", table_name="quotes")


def downgrade() -> None:
    op.create_index("ix_quotes_article_id", "quotes", ["article_id"], unique=False)
    op.drop_index("ix_quotes_article_id_dated", table_name="quotes")

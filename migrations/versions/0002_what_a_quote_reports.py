"""What a quote reports, speech or attitude. Whatever was read before is speech: the rules took nothing else."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # In words that both engines know: Alembic would make SQLite's table anew for the constraint, and lose the corrections with the old one.
    op.execute(
        "ALTER TABLE quotes ADD COLUMN reports VARCHAR(20) DEFAULT 'speech' NOT NULL"
        " CONSTRAINT ck_quotes_reports CHECK (reports IN ('speech', 'attitude'))"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE quotes DROP COLUMN reports")

"""PostgreSQL counts how common ten thousand words are, not one thousand: what it knows nothing of it holds to be common."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_INDEXES = ("quote_index", "refusal_index")


def upgrade() -> None:
    _count(1000)


def downgrade() -> None:
    _count(-1)


def _count(target: int) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for name in _INDEXES:
            op.execute(f"ALTER TABLE {name} ALTER COLUMN vector SET STATISTICS {target}")

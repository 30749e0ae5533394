"""What a kept answer was understood as, so that each of its pages says the same.

Of those kept before it is said as the question is understood when the page is asked for.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("answers", sa.Column("understood", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("answers", "understood")

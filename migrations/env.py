"""Alembic's entry: runs migrations on the connection that `storage.database` hands over, in its transaction."""

from alembic import context
from sqlalchemy import Connection

from storage.full_text import is_ours
from storage.schema import Base


def run(connection: Connection) -> None:
    """Run the migrations that were asked for."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_name=lambda name, kind, _parents: kind != "table" or not is_ours(name),
        transactional_ddl=True,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])

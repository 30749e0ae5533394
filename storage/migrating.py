"""Alembic on the database's own connection: which schema it has, which one this code knows, and the way there."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, inspect

from storage.errors import SchemaMismatch

_NEWER = "Install the newer Verbatim that made it, or set VERBATIM_DATABASE_URL to another."


def configuration() -> Config:
    """Alembic's configuration; it needs no file, and finds the migrations wherever Verbatim is installed."""
    config = Config()
    config.set_main_option("script_location", str(files("migrations")).replace("%", "%%"))
    return config


def head() -> str:
    """The revision that this code works with."""
    revision = ScriptDirectory.from_config(configuration()).get_current_head()
    if revision is None:
        raise RuntimeError("The migrations are not installed.")
    return revision


def current(connection: Connection) -> str | None:
    """The revision that the database has, or None if no migration ever ran on it."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: Connection, name: str) -> None:
    """Bring the database called `name` to the newest schema, inside the transaction that is open. Raises `SchemaMismatch`."""
    found = current(connection)
    if found is None and set(inspect(connection).get_table_names()) - {"alembic_version"}:
        raise SchemaMismatch(f"The database {name} holds tables that are not Verbatim's.", "Set VERBATIM_DATABASE_URL to another.")
    if found is not None and not known(found):
        raise newer(name)
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def known(revision: str) -> bool:
    """Whether this code has a migration of that name."""
    try:
        return ScriptDirectory.from_config(configuration()).get_revision(revision) is not None
    except CommandError:
        return False


def older(name: str) -> SchemaMismatch:
    """The error for a database that an earlier Verbatim made."""
    return SchemaMismatch(f"The database {name} was made by an earlier Verbatim.", "Run 'verbatim db upgrade'.")


def newer(name: str) -> SchemaMismatch:
    """The error for a database whose schema this code has never heard of."""
    return SchemaMismatch(f"The database {name} was made by a newer Verbatim.", _NEWER)

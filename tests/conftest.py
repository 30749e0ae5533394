"""What all tests can ask for."""

from hypothesis import settings

from tests.databases import (
    database,
    database_url,
    emptied_database,
    emptied_databases,
    empty_url,
    engine,
    postgresql_server,
    postgresql_template,
    sqlite_template,
)

__all__ = [
    "database",
    "database_url",
    "emptied_database",
    "emptied_databases",
    "empty_url",
    "engine",
    "postgresql_server",
    "postgresql_template",
    "sqlite_template",
]

# No test measures time: a busy machine is no failure.
settings.register_profile("verbatim", deadline=None)
settings.load_profile("verbatim")

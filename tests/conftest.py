"""What all tests can ask for."""

from hypothesis import settings

from tests.databases import (
    database,
    database_url,
    empty_url,
    engine,
    postgresql_schema,
    postgresql_server,
    postgresql_template,
    spare_databases,
    sqlite_template,
)

__all__ = [
    "database",
    "database_url",
    "empty_url",
    "engine",
    "postgresql_schema",
    "postgresql_server",
    "postgresql_template",
    "spare_databases",
    "sqlite_template",
]

# No test measures time: a busy machine is no failure.
settings.register_profile("verbatim", deadline=None)
settings.load_profile("verbatim")

"""What all tests can ask for."""

from tests.databases import database, database_url, empty_url, engine, postgresql_server, postgresql_template, sqlite_template

__all__ = ["database", "database_url", "empty_url", "engine", "postgresql_server", "postgresql_template", "sqlite_template"]

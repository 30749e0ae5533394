"""How much the store is asked: statements and transactions, counted where they go to the driver."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, event

_ABOUT_TRANSACTIONS = ("BEGIN", "PRAGMA", "SET ", "SELECT set_config", "SELECT pg_advisory")


@dataclass(slots=True)
class Counted:
    """What was counted. `writes` are the transactions that may change something; opening one is no query."""

    queries: int = 0
    transactions: int = 0
    writes: int = 0


@contextmanager
def counting() -> Iterator[Counted]:
    """Count what all databases of this process are asked until the block ends."""
    counted = Counted()

    def begun(connection: Connection) -> None:
        counted.transactions += 1
        counted.writes += connection.get_execution_options().get("verbatim_begin") == "BEGIN IMMEDIATE"

    def executed(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        counted.queries += not statement.startswith(_ABOUT_TRANSACTIONS)

    event.listen(Engine, "begin", begun)
    event.listen(Engine, "before_cursor_execute", executed)
    try:
        yield counted
    finally:
        event.remove(Engine, "begin", begun)
        event.remove(Engine, "before_cursor_execute", executed)

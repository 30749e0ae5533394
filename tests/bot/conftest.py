import pytest

from storage.database import Database
from tests.newsrooms import Room


@pytest.fixture
def room(database: Database) -> Room:
    """A newsroom over an empty store, on each engine, whose quoting engine is a fake."""
    return Room.over(database)

"""A desk for each engine."""

from collections.abc import AsyncIterator

import pytest_asyncio

from storage.database import Database
from tests.delivery.desk import Desk, desk_over


@pytest_asyncio.fixture
async def desk(database: Database, database_url: str) -> AsyncIterator[Desk]:
    """A store whose digests can fall due, and the channels into which they are posted."""
    async with desk_over(database, database_url) as made:
        yield made

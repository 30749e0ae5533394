"""Writings that share transactions: each has its own result, and its own error."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.delivery.pooling import Pooled
from storage import homes
from storage.database import Database, Session
from storage.errors import DiskFull


class Zones:
    """Writes the time zones of workspaces, and remembers what was written together. "Mars" is no zone, and "full" finds no room."""

    def __init__(self) -> None:
        self.together: list[Sequence[str]] = []

    async def write(self, session: Session, zones: Sequence[str]) -> list[int]:
        """The length of each zone's name."""
        self.together.append(zones)
        if "Mars" in zones:
            raise ValueError("Mars")
        if "full" in zones:
            raise DiskFull("There is no room left.")
        for zone in zones:
            await homes.set_time_zone(session, "slack", zone, time_zone=zone)
        return [len(zone) for zone in zones]


@pytest.fixture
def zones() -> Zones:
    """What is written, and how."""
    return Zones()


async def stored(database: Database, zone: str) -> str | None:
    async with database.reading() as session:
        return await homes.time_zone(session, "slack", zone)


async def test_what_is_written_at_once_shares_transactions_and_each_gets_its_own_result(database: Database, zones: Zones) -> None:
    pooled = Pooled(database, zones.write)
    wanted = [f"Area/{number}" for number in range(30)]
    assert await asyncio.gather(*map(pooled, wanted)) == [len(zone) for zone in wanted]
    assert len(zones.together) < 4
    assert await stored(database, "Area/29") == "Area/29"


async def test_one_that_cannot_be_written_does_not_cost_the_others(database: Database, zones: Zones) -> None:
    pooled = Pooled(database, zones.write)
    one, wrong, other = await asyncio.gather(*map(pooled, ["UTC", "Mars", "GMT"]), return_exceptions=True)
    assert (one, other) == (3, 3)
    assert isinstance(wrong, ValueError)
    assert [await stored(database, zone) for zone in ("UTC", "Mars", "GMT")] == ["UTC", None, "GMT"]


async def test_a_store_that_is_full_is_told_to_each_of_those_who_wrote(database: Database, zones: Zones) -> None:
    pooled = Pooled(database, zones.write)
    told = await asyncio.gather(*map(pooled, ["UTC", "full"]), return_exceptions=True)
    assert [type(error) for error in told] == [DiskFull, DiskFull]
    assert len(zones.together) == 1


async def test_what_was_asked_for_is_written_though_nobody_waits_for_it_any_more(database: Database, zones: Zones) -> None:
    pooled = Pooled(database, zones.write)
    impatient = asyncio.create_task(pooled("UTC"))
    await asyncio.sleep(0)
    impatient.cancel()
    assert await pooled("GMT") == 3
    assert await stored(database, "UTC") == "UTC"

"""One process writes one thing at a time, however much it wants to write."""

import asyncio

from sqlalchemy import text

from storage.database import Database


async def test_whoever_waits_to_write_keeps_nobody_from_reading(database: Database) -> None:
    written: list[int] = []

    async def write(number: int) -> None:
        async with database.writing():
            written.append(number)

    async with asyncio.timeout(20):
        async with database.writing():
            waiting = [asyncio.create_task(write(number)) for number in range(40)]
            await asyncio.sleep(0.05)
            async with database.reading() as session:
                assert await session.scalar(text("SELECT 1")) == 1
            assert written == []
        await asyncio.gather(*waiting)
    assert written == list(range(40))

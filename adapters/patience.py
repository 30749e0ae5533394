"""What a platform tells only once is done though the store is busy."""

import asyncio
from collections.abc import Awaitable, Callable

WAITS_SECONDS = (1.0, 5.0, 25.0, 125.0)


async def patiently(work: Callable[[], Awaitable[object]]) -> None:
    """Do it, and again after a while where the store is busy. Raises what stands in the way after the last wait."""
    for seconds in WAITS_SECONDS:
        try:
            await work()
            return
        except Exception:  # noqa: BLE001 - what is kept beside the store says in its own words that it is busy
            await asyncio.sleep(seconds)
    await work()

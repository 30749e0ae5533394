"""Requests that a server of ours does not answer until a test says so."""

import asyncio
from dataclasses import dataclass, field


@dataclass
class Held:
    """Requests that hang until they are released. `arrived` is set when the first of them is there."""

    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self) -> None:
        """Let them go on."""
        self.released.set()

"""What one process knows of the hosts that are asked holds for all: it is told in the store, and heard there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.feeds.pacing import Pacer
from storage import hosts
from storage.database import Database, Session
from storage.hosts import host_of


@dataclass(frozen=True, slots=True)
class Agreement:
    """Keeps the turns of this process's `pacer` and those of other processes from pressing one host together."""

    database: Database
    pacer: Pacer
    process: str

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Session]:
        """A writing transaction at whose end the others are told until when the hosts that were asked here are to be left alone.

        Raises the storage errors; who was told nothing by a transaction that failed is told by the next one.
        """
        async with self.database.writing() as session:
            yield session
            quiet = self.pacer.untold()
            await hosts.keep(session, quiet, self.process)
        self.pacer.told(quiet)

    async def hear(self, address: str, now: datetime) -> None:
        """Learn what others know of the host of an address, of which nothing is claimed. Raises the storage errors."""
        async with self.database.reading() as session:
            quiet = await hosts.quiet(session, host_of(address), self.process, now)
        if quiet is not None:
            self.pacer.heard(quiet)

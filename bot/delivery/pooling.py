"""Many short writings in few transactions: those that come while one is written are written together next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from bot.errors import VerbatimError
from storage.database import Database, Session

_In = TypeVar("_In")
_Out = TypeVar("_Out")
_MOST = 100


class Pooled(Generic[_In, _Out]):
    """Something that is written to the store, one result for each thing written. Called by many tasks at once.

    A call returns or raises once its transaction has ended. A call that is cancelled is written all the same.
    """

    def __init__(self, database: Database, write: Callable[[Session, Sequence[_In]], Awaitable[Sequence[_Out]]]) -> None:
        self._database = database
        self._write = write
        self._waiting: list[tuple[_In, asyncio.Future[_Out]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def __call__(self, one: _In) -> _Out:
        """Write one thing. Raises the storage errors, and what the writing raises."""
        written: asyncio.Future[_Out] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, written))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        return await written

    async def _write_all(self) -> None:
        while self._waiting:
            taken, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
            await self._write_together(taken)

    async def _write_together(self, taken: Sequence[tuple[_In, asyncio.Future[_Out]]]) -> None:
        try:
            async with self._database.writing() as session:
                results = await self._write(session, [one for one, _ in taken])
        except Exception as error:  # noqa: BLE001 - raised by whoever waits for it
            if len(taken) > 1 and not isinstance(error, VerbatimError):  # one that cannot be written must not cost the others
                for one in taken:
                    await self._write_together([one])
                return
            for _, written in taken:
                if not written.done():
                    written.set_exception(error)
            return
        for (_, written), result in zip(taken, results, strict=True):
            if not written.done():
                written.set_result(result)

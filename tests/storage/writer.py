"""A process that writes, for the tests with several: `python -m tests.storage.writer URL NAME COUNT`.

It stores COUNT articles of its own and as many that every writer stores, all with the same speaker, and says "wrote N" after each.
"""

import asyncio
import sys

from storage.database import Database
from tests.storage.sample import person, store


async def write(url: str, name: str, count: int) -> None:
    database = Database(url)
    await database.open()
    for number in range(count):
        async with database.writing() as session:
            for owner in (name, "all"):
                text = f"{owner} {number}. We row on, said Ada Quill."
                await store(session, text, "We row on", identity=f"file:{owner}/{number}", speaker=person("Ada Quill"), outlet="The Ferry")
        print(f"wrote {number}", flush=True)  # noqa: T201
    await database.close()


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1], sys.argv[2], int(sys.argv[3])))

"""Documents parsed in a worker, which can be ended when one of them hangs or eats memory."""

from datetime import datetime
from functools import partial

from bot.bounded import Workers
from bot.reading import documents
from bot.reading.documents import Hints
from storage.records import NewArticle

_NO_HINTS = Hints()
_PAGE = b"<html><body><article><p>The boat to the island was late again on Monday, said Ann Bell.</p></article></body></html>"


async def parsed(
    workers: Workers,
    data: bytes,
    *,
    name: str,
    media_type: str | None = None,
    hints: Hints = _NO_HINTS,
    address: str | None = None,
    now: datetime | None = None,
) -> list[NewArticle]:
    """What `documents.parse` gives for the same arguments, from a worker. Raises what that raises, and what `Workers.run` does."""
    return await workers.run(partial(documents.parse, data, name=name, media_type=media_type, hints=hints, address=address, now=now))


def ready_to_parse() -> None:
    """A warm-up for workers that parse: what the first page loads takes a hundred times as long as the second page."""
    documents.parse(_PAGE, name="page.html")

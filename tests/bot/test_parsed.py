"""Documents parsed in a worker."""

from datetime import UTC, datetime

import pytest

from bot.bounded import Workers
from bot.errors import NotAnArticle
from bot.parsed import parsed, ready_to_parse
from bot.reading import documents
from bot.reading.documents import Hints

PAGE = b"<html><head><title>Boats</title></head><body><article><p>Ann Bell said: we will row to the island.</p></article></body></html>"
ADDRESS = "https://news.example.org/boats"
HINTS = Hints(outlet="The Harbour Post")


async def test_documents_are_parsed_in_a_worker_as_they_are_here() -> None:
    now = datetime(2026, 5, 4, 12, tzinfo=UTC)
    async with Workers(1, seconds=60, megabytes=400, warm_up=ready_to_parse) as workers:
        there = await parsed(workers, PAGE, name="page", media_type="text/html", hints=HINTS, address=ADDRESS, now=now)
        assert there == documents.parse(PAGE, name="page", media_type="text/html", hints=HINTS, address=ADDRESS, now=now)
        assert [(article.outlet, article.identity) for article in there] == [("The Harbour Post", ADDRESS)]
        with pytest.raises(NotAnArticle, match="empty"):
            await parsed(workers, b" ", name="page.html")

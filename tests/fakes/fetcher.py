"""A web of a few pages."""

from bot.errors import CannotFetch
from bot.reading.fetching import Page


class FakeFetcher:
    """Fetches the pages that it was given, by address; any other is not there."""

    def __init__(self, pages: dict[str, str] | None = None) -> None:
        self.pages = pages or {}

    async def fetch(self, url: str) -> Page:
        """The page at `url`."""
        if url not in self.pages:
            raise CannotFetch(f"{url} answers 404.", "Check the address.")
        return Page(url, "text/html", self.pages[url].encode())

"""A web of a few pages."""

from bot.errors import CannotFetch
from bot.reading.fetching import Page
from bot.reading.pages import Answer, Refused, Trouble, Validators

_ANYTHING = Validators()


class FakeFetcher:
    """Fetches the pages that it was given, by address; any other is not there."""

    def __init__(self, pages: dict[str, str] | None = None) -> None:
        self.pages = pages or {}

    async def fetch(self, url: str) -> Page:
        """The page at `url`."""
        if url not in self.pages:
            raise _missing(url)
        return Page(url, "text/html", self.pages[url].encode())

    async def fetch_feed(self, url: str, *, validators: Validators = _ANYTHING) -> Answer | Refused:  # noqa: ARG002 - it always has something
        """The feed at `url`."""
        return self._answer(url, None)

    async def fetch_page(self, url: str) -> Answer | Refused:
        """The page at `url`."""
        return self._answer(url, "text/html")

    async def fetch_robots(self, url: str) -> Answer | Refused:
        """The robots.txt at `url`."""
        return self._answer(url, "text/plain")

    def _answer(self, url: str, media_type: str | None) -> Answer | Refused:
        if url not in self.pages:
            return Refused(Trouble.MISSING, _missing(url), 404)
        return Answer(url, media_type, self.pages[url].encode())


def _missing(url: str) -> CannotFetch:
    return CannotFetch(f"{url} answers 404.", "Check the address.")

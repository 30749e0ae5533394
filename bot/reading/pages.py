"""What fetching gives, apart from how it is done: the HTTP client takes long to load, and most commands fetch nothing."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched: the address after all redirects, its media type and its bytes, decompressed."""

    url: str
    media_type: str | None
    data: bytes


class Fetcher(Protocol):
    """Something that fetches pages."""

    async def fetch(self, url: str) -> Page:
        """The page at `url`. Raises CannotFetch where it cannot be had, NotAnArticle where it is none."""
        ...

"""A page of a kept answer, as what is pressed names it: all that a button needs stands in its value and in the database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# What a page's value matches, for a part of a longer value.
PAGE = r"(?P<answer>[0-9]+):(?P<since>[0-9]*)"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a kept answer: the one behind the quote `since`, or the first (None)."""

    answer_id: int
    since: int | None = None

    @property
    def value(self) -> str:
        """The page as the value of a button, or a part of it."""
        return f"{self.answer_id}:{'' if self.since is None else self.since}"


def read_page(value: str) -> Page:
    """The page in the value of a button. Raises ValueError for a value that is not ours."""
    found = re.fullmatch(PAGE, value)
    page = found and page_found(found.groupdict())
    if not page:
        raise ValueError(f"{value!r} is no page of an answer")
    return page


def page_found(parts: Mapping[str, str | None]) -> Page | None:
    """The page in what a pattern with PAGE in it found, None where it names none."""
    answer, since = parts.get("answer"), parts.get("since")
    return Page(int(answer), int(since) if since else None) if answer else None

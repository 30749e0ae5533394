"""What robots.txt says of the pages of a site (RFC 9309). Pure; whoever asks keeps it for a day, as it says there."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from bot.reading.pages import Answer, Refused, Trouble

AGENT: Final = "verbatim"
MAX_BYTES: Final = 500_000
MAX_DELAY: Final = timedelta(hours=1)
KEPT_FOR: Final = timedelta(hours=24)
_USER_AGENT = re.compile(r"\s*user[- ]?agent\s*[:\s]\s*(\*|[a-z_-]*)", re.IGNORECASE | re.ASCII)
_NOT_THERE = frozenset({Trouble.MISSING, Trouble.GONE, Trouble.FORBIDDEN, Trouble.STATUS, Trouble.REDIRECTS, Trouble.TYPE, Trouble.ADDRESS})


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one site for Verbatim. `answered` is False where it could not be asked: nothing may be fetched now.

    `size` is how many bytes they were read from; they take up to 25 times as much memory.
    """

    answered: bool = True
    rules: Protego | None = None
    size: int = 0

    def allows(self, url: str) -> bool:
        """Whether the page at this address may be fetched."""
        return self.answered and (self.rules is None or self.rules.can_fetch(url, AGENT))

    @property
    def delay(self) -> timedelta | None:
        """How long it asks to wait between two requests (Crawl-delay, which no standard has), at most MAX_DELAY."""
        seconds = self.rules.crawl_delay(AGENT) if self.rules else None
        return None if seconds is None else min(timedelta(seconds=min(seconds, MAX_DELAY.total_seconds())), MAX_DELAY)


def robots_address(url: str) -> str:
    """Where the robots.txt for this page stands: at the root of its scheme, host and port."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))


def read_robots(answer: Answer | Refused) -> Robots:
    """The rules in what was fetched from `robots_address`.

    A file that is not there (4xx), or redirects to what is no web address, allows everything. A site that fails (5xx), cannot be
    reached or has too much to do (429) allows nothing for now (RFC 9309, 2.3.1).
    """
    if isinstance(answer, Refused):
        return Robots(answered=answer.trouble in _NOT_THERE)
    return parse_robots(answer.data)


def parse_robots(data: bytes) -> Robots:
    """The rules in the bytes of a robots.txt, of which the first MAX_BYTES count."""
    read = data[:MAX_BYTES]
    text = read.decode("utf-8-sig", "replace")
    return Robots(rules=Protego.parse("\n".join(_plain(line) for line in text.splitlines())), size=len(read))


def _plain(line: str) -> str:
    """The line, with all agents that are not meant for us under one name.

    Protego keeps the rules of each agent in a list of its own: a file of many agents for one group would fill the memory. It also
    takes the first letters of a name for it, where the standard wants the whole.
    """
    agent = _USER_AGENT.match(line)
    if agent is None:
        return line
    name = agent[1].lower()
    return f"User-agent: {name if name in ('*', AGENT) else 'another'}"

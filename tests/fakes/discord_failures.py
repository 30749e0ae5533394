"""What goes wrong with the app's requests when a test wishes it, and the limits on how many it may make."""

import time
import zlib
from dataclasses import dataclass, field

from tests.fakes.discord_records import Json
from tests.fakes.held import Held


@dataclass
class Failure:
    """How the next requests of a route fail: with a status and an answer, a dropped connection, or by hanging.

    Where `after` is true, Discord does first what it was asked for, and the failure is only in the answer.
    """

    status: int = 0
    answer: Json = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    drop: bool = False
    held: Held | None = None
    after: bool = False
    times: int = 1

    @property
    def spoils(self) -> bool:
        """Whether the app does not hear what Discord did."""
        return self.drop or self.status != 0


def nothing() -> Failure:
    """A failure that does nothing."""
    return Failure(after=True)


@dataclass
class Limit:
    """So many requests within so many seconds."""

    requests: int
    seconds: float


@dataclass
class _Window:
    ends: float
    used: int = 0


class Limits:
    """The buckets of Discord: one for each route and the channel, guild or webhook that it is about, and one over all of them.

    A test sets `routes[route]` and `everywhere`; by default there is room for whatever a test does. They count real time, for
    discord.py sleeps in it.
    """

    def __init__(self) -> None:
        self.usual = Limit(1000, 1)
        self.everywhere: Limit | None = None
        self.routes: dict[str, Limit] = {}
        self._windows: dict[str, _Window] = {}

    def take(self, route: str, about: str, *, bound_everywhere: bool) -> tuple[dict[str, str], Failure | None]:
        """The headers of the answer to a request, and the 429 that it is answered with where there have been too many."""
        if bound_everywhere and self.everywhere:
            window = self._window("everywhere", self.everywhere)
            if window.used >= self.everywhere.requests:
                return {}, too_many(window.ends - time.monotonic(), everywhere=True)
            window.used += 1
        limit = self.routes.get(route, self.usual)
        window = self._window(f"{route} {about}", limit)
        left = limit.requests - window.used
        window.used += 1 if left else 0
        after = max(window.ends - time.monotonic(), 0.001)
        headers = {
            "X-RateLimit-Limit": str(limit.requests),
            "X-RateLimit-Remaining": str(max(left - 1, 0)),
            "X-RateLimit-Reset": f"{time.time() + after:.3f}",
            "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Bucket": f"{zlib.crc32(route.encode()):08x}",
        }
        return headers, None if left else too_many(after)

    def _window(self, name: str, limit: Limit) -> _Window:
        now = time.monotonic()
        if name not in self._windows or self._windows[name].ends <= now:
            self._windows[name] = _Window(now + limit.seconds)
        return self._windows[name]


def too_many(retry_after: float, *, everywhere: bool = False) -> Failure:
    """The 429 of a route, or of everything that an app does."""
    seconds = max(retry_after, 0.001)
    headers = {"Retry-After": f"{seconds:.3f}", "Via": "1.1 gateway", "X-RateLimit-Scope": "global" if everywhere else "user"}
    answer: Json = {"message": "You are being rate limited.", "retry_after": seconds, "global": everywhere}
    return Failure(429, answer, headers | ({"X-RateLimit-Global": "true"} if everywhere else {}))

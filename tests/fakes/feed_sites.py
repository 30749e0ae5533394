"""Sites with feeds as they are on the web: with outages, limits, redirects and feeds that change; they remember who asked when."""

import html
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from random import Random
from urllib.parse import urlsplit

import aiohttp

from bot.reading.pages import Answer, Freshness, Refused, Unchanged, Validators
from bot.reading.refusing import by_failure, by_status, too_slow
from bot.reading.wanted import FEED, PAGE, ROBOTS, Wanted
from tests.fakes.simulated_time import SimulatedTime

HEADERS = 400
"""Bytes of the headers of a question and its answer together, about."""
TOO_SLOW = 30.0
_MINUTE = timedelta(minutes=1)
_NOTHING = Validators()
_WORDS = [f"{first}{second}" for first in ("bar", "cor", "del", "fen", "har", "mor", "pen", "sal", "tor", "wil") for second in
          ("den", "by", "ham", "ley", "mouth", "ning", "row", "stead", "ton", "wick", "worth", "field")]  # fmt: skip


@dataclass(eq=False, slots=True)
class Story:
    """What a feed publishes: at that path from that moment on, with another headline from `edited_at` on."""

    number: int
    published: datetime
    section: str = "news"
    edited_at: datetime | None = None

    @property
    def path(self) -> str:
        """Where its page is on its site."""
        return f"/{self.section}/{self.number}"

    def headline(self, now: datetime) -> str:
        """What it is called by now."""
        edited = self.edited_at is not None and self.edited_at <= now
        return f"{self.section.title()} {self.number} {'again' if edited else 'today'}"

    def words(self) -> str:
        """Its text: the same each time, and that of no other."""
        random = Random(self.number)  # noqa: S311 - nothing is secret
        words = random.choices(_WORDS, k=72)
        return f'{" ".join(words[:60])}. {words[60].title()} {words[61].title()} said: "{" ".join(words[62:])}."'


@dataclass(eq=False, slots=True)
class FakeFeed:
    """A feed that shows its last `window` stories, and what happens to it in its life."""

    host: str
    path: str
    stories: Sequence[Story]
    window: int = 30
    full_text: bool = True
    blocked: str | None = None
    has_etag: bool = True
    has_date: bool = True
    ttl: int | None = None
    max_age: timedelta | None = None
    shrunk: tuple[datetime, datetime] | None = None
    secure_from: datetime | None = None
    moved_at: datetime | None = None
    gone_at: datetime | None = None
    shown: set[int] = field(default_factory=set)
    shown_first: tuple[int, ...] | None = None
    built: tuple[str, bytes] = ("", b"")

    @property
    def address(self) -> str:
        """Where it was added."""
        return f"https://{self.host}{self.path}"

    def visible(self, now: datetime) -> Sequence[Story]:
        """What it shows, the newest first."""
        last = bisect_right(self.stories, now, key=lambda story: story.published)
        window = 1 if self.shrunk and self.shrunk[0] <= now < self.shrunk[1] else self.window
        return self.stories[max(0, last - window) : last][::-1]

    def left_at(self, place: int) -> datetime | None:
        """When the story at this place was pushed out by later ones."""
        later = place + self.window
        return self.stories[later].published if later < len(self.stories) else None

    def document(self, now: datetime) -> tuple[Validators, bytes]:
        """What it is now, and the validators for that."""
        stories = self.visible(now)
        secure = self.secure_from is None or now >= self.secure_from
        edits = [story.edited_at for story in stories if story.edited_at and story.edited_at <= now]
        version = f'"{stories[0].number if stories else 0}-{len(stories)}-{len(edits)}-{secure:d}"'
        changes = [*(story.published for story in stories[:1]), *edits]
        changes += [moment for moment in (*(self.shrunk or ()), self.secure_from) if moment and moment <= now]
        changed = format_datetime(max(changes), usegmt=True) if changes else None
        if self.built[0] != version:
            self.built = version, self._built(stories, now, "https" if secure else "http")
        return Validators(version if self.has_etag else None, changed if self.has_date else None), self.built[1]

    def _built(self, stories: Sequence[Story], now: datetime, scheme: str) -> bytes:
        hint = f"<ttl>{self.ttl}</ttl>" if self.ttl else ""
        items = []
        for story in stories:
            page = f"{scheme}://{self.host}{story.path}"
            said = html.escape(f"<p>{html.escape(story.words(), quote=False)}</p>")
            items.append(
                f"<item><title>{story.headline(now)}</title><link>{page}</link><guid>{page}</guid><category>{story.section}</category>"
                f"<pubDate>{format_datetime(story.published, usegmt=True)}</pubDate><description>{said}</description></item>"
            )
        channel = f"<title>{self.host}{self.path}</title><link>{scheme}://{self.host}/</link>{hint}{''.join(items)}"
        return f"<?xml version='1.0'?><rss version='2.0'><channel>{channel}</channel></rss>".encode()


@dataclass(frozen=True, slots=True)
class Outage:
    """A time in which a site cannot be had: it is "down", "slow", or "busy" (503)."""

    begins: datetime
    ends: datetime
    how: str


@dataclass(eq=False, slots=True)
class FakeSite:
    """A host. It turns away who asks more than `most_a_minute`, and says until when in seconds, or as a date if it is `by_date`."""

    host: str
    seconds: float = 0.5
    outages: Sequence[Outage] = ()
    most_a_minute: int | None = None
    by_date: bool = False
    robots: str | None = None
    lately: deque[datetime] = field(default_factory=deque)
    quiet_until: datetime | None = None
    quiet_for: str = ""

    def outage(self, now: datetime) -> Outage | None:
        """The outage that there is now."""
        return next((one for one in self.outages if one.begins <= now < one.ends), None)

    def delay(self) -> timedelta:
        """What its robots.txt asks for."""
        _, found, seconds = (self.robots or "").partition("Crawl-delay: ")
        return timedelta(seconds=float(seconds.split()[0])) if found else timedelta()


@dataclass(frozen=True, slots=True)
class Request:
    """That a process asked a host for something ("feed", "page" or "robots"), and how it went: the status, 0 for none."""

    host: str
    path: str
    kind: str
    process: str
    begun: datetime
    ended: datetime
    status: int
    hops: int = 1


@dataclass(eq=False)
class Sites:
    """The web of these sites. `told` is awaited when a request has come, before its answer goes out.

    `too_soon` are requests before a Retry-After ended, each with whether the process was the one that had been told, and `at_once` the
    hosts that were asked two things at the same time.
    """

    time: SimulatedTime
    sites: dict[str, FakeSite]
    feeds: Sequence[FakeFeed]
    told: Callable[[str], Awaitable[object]]
    requests: list[Request] = field(default_factory=list)
    too_soon: list[tuple[str, datetime, bool]] = field(default_factory=list)
    at_once: list[tuple[str, datetime]] = field(default_factory=list)
    sent: int = 0
    unconditional: int = 0
    asking: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        self.began = self.time()
        self.by_path = {(feed.host, feed.path): feed for feed in self.feeds}
        self.by_story = {(feed.host, story.path): (feed, story) for feed in self.feeds for story in feed.stories}


class Visitor:
    """Asks the sites in the name of a process; a FeedFetcher."""

    def __init__(self, sites: Sites, process: str) -> None:
        self._sites = sites
        self._process = process

    async def fetch_feed(self, url: str, *, validators: Validators = _NOTHING) -> Answer | Unchanged | Refused:
        """The feed there, or that it has not changed."""
        feed = self._sites.by_path[urlsplit(url).hostname or "", urlsplit(url).path]
        moved = feed.moved_at is not None and self._sites.time() >= feed.moved_at
        answer = await self._asked(url, "feed", FEED, lambda: self._feed(feed, validators, moved=moved), hops=1 + moved)
        if isinstance(answer, Answer):
            shown = tuple(story.number for story in feed.visible(self._sites.time()))
            feed.shown.update(shown)
            feed.shown_first = feed.shown_first or shown
        return answer

    async def fetch_page(self, url: str) -> Answer | Refused:
        """The page there."""
        answer = await self._asked(url, "page", PAGE, lambda: self._page(url))
        assert not isinstance(answer, Unchanged)
        return answer

    async def fetch_robots(self, url: str) -> Answer | Refused:
        """The robots.txt there."""
        answer = await self._asked(url, "robots", ROBOTS, lambda: self._robots(url))
        assert not isinstance(answer, Unchanged)
        return answer

    async def _asked(
        self, url: str, kind: str, wanted: Wanted, give: Callable[[], Answer | Unchanged | Refused], hops: int = 1
    ) -> Answer | Unchanged | Refused:
        sites, begun = self._sites, self._sites.time()
        host, path = urlsplit(url).hostname or "", urlsplit(url).path
        site = sites.sites[host]
        if site.quiet_until is not None and begun < site.quiet_until:
            sites.too_soon.append((host, begun, site.quiet_for == self._process))
        if sites.asking[host]:
            sites.at_once.append((host, begun))
        sites.asking[host] += 1
        try:
            outage = site.outage(begun)
            await sites.time.sleep(TOO_SLOW if outage and outage.how == "slow" else site.seconds * hops)
            answer = self._refusal(site, wanted, outage) or give()
        finally:
            sites.asking[host] -= 1
        status = 200 if isinstance(answer, Answer) else 304 if isinstance(answer, Unchanged) else answer.status or 0
        sites.requests.append(Request(host, path, kind, self._process, begun, sites.time(), status, hops))
        await sites.told(kind)
        return answer

    def _refusal(self, site: FakeSite, wanted: Wanted, outage: Outage | None) -> Refused | None:
        now = self._sites.time()
        if outage is not None:
            if outage.how == "slow":
                return too_slow(TOO_SLOW, wanted)
            if outage.how == "down":
                return by_failure(aiohttp.ClientConnectionError(), wanted)
            return by_status(503, self._quiet(site, min(outage.ends, now + timedelta(hours=1)), now), wanted)
        site.lately.append(now)
        while site.lately[0] <= now - _MINUTE:
            site.lately.popleft()
        if site.most_a_minute is not None and len(site.lately) > site.most_a_minute:
            return by_status(429, self._quiet(site, now + timedelta(minutes=10), now), wanted)
        return None

    def _quiet(self, site: FakeSite, until: datetime, now: datetime) -> str:
        until = until.replace(microsecond=0)
        site.quiet_until, site.quiet_for = until, self._process
        return format_datetime(until, usegmt=True) if site.by_date else str(max(0, int((until - now).total_seconds()) + 1))

    def _feed(self, feed: FakeFeed, validators: Validators, *, moved: bool) -> Answer | Unchanged | Refused:
        now = self._sites.time()
        if feed.gone_at is not None and now >= feed.gone_at:
            return by_status(410, None, FEED)
        current, data = feed.document(now)
        url = f"https://{feed.host}/moved{feed.path}" if moved else feed.address
        fresh = Freshness(max_age=feed.max_age)
        self._sites.unconditional += HEADERS + len(data)
        self._sites.sent += HEADERS
        known = validators.etag or validators.last_modified
        if known and known == (current.etag if validators.etag else current.last_modified):
            return Unchanged(url, moved, current, fresh)
        self._sites.sent += len(data)
        return Answer(url, "application/rss+xml", data, moved, current, fresh, received=len(data))

    def _page(self, url: str) -> Answer | Refused:
        parts, now = urlsplit(url), self._sites.time()
        found = self._sites.by_story.get((parts.hostname or "", parts.path))
        if found is None:
            return by_status(404, None, PAGE)
        story = found[1]
        body = f"<article><h1>{story.headline(now)}</h1><p>{html.escape(story.words(), quote=False)}</p></article>"
        page = f"<html><head><title>{story.headline(now)}</title></head><body>{body}</body></html>".encode()
        return Answer(url, "text/html; charset=utf-8", page, received=len(page))

    def _robots(self, url: str) -> Answer | Refused:
        robots = self._sites.sites[urlsplit(url).hostname or ""].robots
        return by_status(404, None, ROBOTS) if robots is None else Answer(url, "text/plain", robots.encode(), received=len(robots))

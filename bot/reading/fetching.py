"""Fetching pages and feeds from hosts that nobody here trusts: bounded in bytes, seconds and hops.

Only http and https, only public addresses. Names are resolved here, and the connection goes to the very
addresses that were looked at, so that a name that resolves differently a second time gains nothing.
"""

import asyncio
import re
from collections.abc import Awaitable, Collection
from importlib.metadata import version
from typing import Final, TypeVar
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver

from bot.reading.addresses import is_public
from bot.reading.http_dates import freshness
from bot.reading.identity import canonical_url
from bot.reading.pages import MAX_REDIRECTS, Answer, Fetcher, Page, Redirected, Refused, Unchanged, Validators
from bot.reading.refusing import (
    RefusedError,
    broken,
    by_failure,
    by_status,
    no_web_address,
    private,
    too_long,
    too_many_redirects,
    too_slow,
    with_password,
    wrong_coding,
    wrong_type,
)
from bot.reading.resolving import PublicResolver, SystemResolver
from bot.reading.unpacking import ACCEPTED, BrokenCodingError, TooLongError, UnknownCodingError, Unpacker
from bot.reading.wanted import FEED, PAGE, ROBOTS, Wanted

__all__ = ["Fetcher", "Page", "PublicResolver", "WebFetcher", "user_agent"]

MAX_PAGE_BYTES: Final = 5_000_000
TIMEOUT_SECONDS: Final = 30.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_CHUNK = 65536
_GZIP_MAGIC = b"\x1f\x8b"
_VALIDATOR = re.compile(r"[\x21-\x7e\x80-\xff]([\x20-\x7e\x80-\xff]{0,1022}[\x21-\x7e\x80-\xff])?")
_NOTHING: Final = Validators()
_Got = TypeVar("_Got")


def user_agent(contact: str | None = None) -> str:
    """The name that Verbatim goes by: its version, and the page or mail address at which whoever runs it can be told something."""
    return f"Verbatim/{version('verbatim')}" + (f" (+{contact})" if contact else "")


class WebFetcher:
    """Fetches pages and feeds over http and https. Close it when done; it also is an async context manager.

    `allow_hosts` are host names or addresses that may be private ones. `resolver` stands in for the system's. `contact` is told to
    the sites, as a page or a mail address, in printable ASCII.
    """

    def __init__(
        self,
        *,
        allow_hosts: Collection[str] = (),
        max_bytes: int = MAX_PAGE_BYTES,
        timeout_seconds: float = TIMEOUT_SECONDS,
        resolver: AbstractResolver | None = None,
        contact: str | None = None,
    ) -> None:
        self._allow_hosts = frozenset(host.lower() for host in allow_hosts)
        self._max_bytes = max_bytes
        self._timeout_seconds = timeout_seconds
        self._resolver = resolver
        self._user_agent = user_agent(contact)
        self._session: aiohttp.ClientSession | None = None
        self._system: SystemResolver | None = None

    async def __aenter__(self) -> "WebFetcher":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None
        if self._system is not None:
            await self._system.close()
            self._system = None

    async def fetch(self, url: str) -> Page:
        """The page at `url`, or where that redirects to. Raises CannotFetch where it cannot be had, NotAnArticle where it is none.

        The reasons do not repeat the address, which may hold secrets: whoever shows one names its source first.
        """
        answer = await self._bounded(self._follow(url), PAGE)
        if isinstance(answer, Refused):
            raise answer.error
        return Page(answer.url, answer.media_type, answer.data)

    async def fetch_page(self, url: str) -> Answer | Redirected | Refused:
        """The page at `url`, or where it redirects to, or why it cannot be had."""
        return await self._bounded(self._whole(url, PAGE), PAGE)

    async def fetch_robots(self, url: str) -> Answer | Redirected | Refused:
        """The first 500 kB of the robots.txt at `url`, or where it redirects to, or why it cannot be had."""
        return await self._bounded(self._whole(url, ROBOTS), ROBOTS)

    async def fetch_feed(self, url: str, *, validators: Validators = _NOTHING) -> Answer | Unchanged | Redirected | Refused:
        """The feed at `url`, unless it is as it was when the validators were given, or where it redirects to, or why it cannot be had.

        What the bytes are is for a parser to say: many feeds go by a wrong media type. A file that is compressed (a sitemap, most
        often) is unpacked.
        """
        return await self._bounded(self._asked(url, FEED, validators), FEED)

    async def _bounded(self, fetching: Awaitable[_Got], wanted: Wanted) -> _Got | Refused:
        try:
            async with asyncio.timeout(self._timeout_seconds):
                return await fetching
        except RefusedError as error:
            return error.refused
        except TimeoutError:
            return too_slow(self._timeout_seconds, wanted)
        except aiohttp.ClientError as error:
            return by_failure(error, wanted)
        except ValueError:
            return no_web_address(wanted)

    async def _follow(self, url: str) -> Answer:
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._whole(url, PAGE)
            if isinstance(answer, Answer):
                return answer
            url = answer.url
        raise RefusedError(too_many_redirects(MAX_REDIRECTS, PAGE))

    async def _whole(self, url: str, wanted: Wanted) -> Answer | Redirected:
        answer = await self._asked(url, wanted, _NOTHING)
        if isinstance(answer, Unchanged):
            raise RefusedError(by_status(304, answer.retry_after, wanted))
        return answer

    async def _asked(self, url: str, wanted: Wanted, validators: Validators) -> Answer | Unchanged | Redirected:
        """What comes of one request."""
        address = self._permitted(url, wanted)
        async with self._open().get(address, headers=_asking(wanted, validators), allow_redirects=False) as response:
            if response.status not in _REDIRECTS or "Location" not in response.headers:
                return await self._answer(response, address, wanted, validators)
            target = self._permitted(urljoin(address, response.headers["Location"]), wanted)
            return Redirected(target, for_good=response.status in _PERMANENT)

    def _permitted(self, url: str, wanted: Wanted) -> str:
        """The address in its plain form, where it may be connected to. Raises RefusedError where it may not."""
        address = canonical_url(url, keep_tracking=True)
        if address is None:
            raise RefusedError(no_web_address(wanted))
        if "@" in urlsplit(url).netloc:
            raise RefusedError(with_password())
        host = urlsplit(address).hostname or ""
        is_address = ":" in host or re.fullmatch(r"[\d.]+", host)
        if is_address and host not in self._allow_hosts and not is_public(host):
            raise RefusedError(private())
        return address

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            names = self._resolver
            if names is None:
                names = self._system = SystemResolver()
            resolver = PublicResolver(names, self._allow_hosts)
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False, limit_per_host=2, force_close=True),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self._user_agent, "Accept-Encoding": ACCEPTED},
                auto_decompress=False,
                timeout=aiohttp.ClientTimeout(total=None),
                trust_env=False,
            )
            # A site that hangs up is not asked a second time at once: each request is one turn of its host.
            self._session._retry_connection = False  # noqa: SLF001 - there is no other way to say so
        return self._session

    async def _answer(self, response: aiohttp.ClientResponse, address: str, wanted: Wanted, validators: Validators) -> Answer | Unchanged:
        headers = response.headers
        given = Validators(_usable(headers.get("ETag")), _usable(headers.get("Last-Modified")))
        fresh = freshness(headers.get("Cache-Control"), headers.get("Expires"))
        retry_after = headers.get("Retry-After")
        if response.status == 304 and validators != _NOTHING:
            known = Validators(given.etag or validators.etag, given.last_modified or validators.last_modified)
            return Unchanged(address, validators=known, freshness=fresh, retry_after=retry_after)
        if response.status != 200:
            raise RefusedError(by_status(response.status, retry_after, wanted))
        media_type = headers.get("Content-Type")
        essence = (media_type or "").partition(";")[0].strip().lower()
        if not wanted.may_be(essence):
            raise RefusedError(wrong_type(essence, wanted))
        data, received = await self._body(response, wanted)
        return Answer(address, media_type, data, validators=given, freshness=fresh, retry_after=retry_after, received=received)

    async def _body(self, response: aiohttp.ClientResponse, wanted: Wanted) -> tuple[bytes, int]:
        """The body, decompressed, and how many bytes of it came: never holding more than the limit and one chunk."""
        limit = wanted.most or self._max_bytes
        codings = ",".join(response.headers.getall("Content-Encoding", ()))
        received = 0
        try:
            unpacker = Unpacker(codings.split(","), limit)
            async for chunk in response.content.iter_chunked(_CHUNK):
                received += len(chunk)
                unpacker.add(chunk)
            body = unpacker.body()
            return (_unzipped(body, limit) if wanted is FEED and body.startswith(_GZIP_MAGIC) else body), received
        except TooLongError as error:
            if wanted.most:
                return unpacker.body(whole=False), received
            raise RefusedError(too_long(limit, wanted)) from error
        except UnknownCodingError as error:
            raise RefusedError(wrong_coding(str(error), wanted)) from error
        except BrokenCodingError as error:
            raise RefusedError(broken(wanted)) from error


def _asking(wanted: Wanted, validators: Validators) -> dict[str, str]:
    headers = {"Accept": wanted.accept}
    if etag := _usable(validators.etag):
        headers["If-None-Match"] = etag
    if last_modified := _usable(validators.last_modified):
        headers["If-Modified-Since"] = last_modified
    return headers


def _usable(validator: str | None) -> str | None:
    """The validator, unless it could not be sent back: it is empty, very long or has what no header may hold."""
    return validator if validator and _VALIDATOR.fullmatch(validator) else None


def _unzipped(data: bytes, limit: int) -> bytes:
    unpacker = Unpacker(["gzip"], limit)
    unpacker.add(data)
    return unpacker.body()

"""Fetching one web page, from hosts that nobody here trusts: bounded in bytes, seconds and hops.

Only http and https, only public addresses. Names are resolved here, and the connection goes to the very
addresses that were looked at, so that a name that resolves differently a second time gains nothing.
"""

import asyncio
import re
import socket
import zlib
from collections.abc import Collection, Sequence
from typing import Final
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.errors import CannotFetch, NotAnArticle
from bot.reading.addresses import is_public
from bot.reading.identity import canonical_url
from bot.reading.pages import Fetcher, Page

__all__ = ["Fetcher", "Page", "PublicResolver", "WebFetcher"]

USER_AGENT: Final = "Verbatim/0.1 (newsroom quote reader; fetches single articles on request)"
MAX_PAGE_BYTES: Final = 5_000_000
MAX_REDIRECTS: Final = 5
TIMEOUT_SECONDS: Final = 30.0
_READABLE = frozenset({"", "text/html", "application/xhtml+xml", "text/plain", "text/markdown"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65536
_GZIP = zlib.MAX_WBITS | 16


class _Forbidden(OSError):
    """A host has no address that may be connected to."""


class PublicResolver(AbstractResolver):
    """Resolves host names to public addresses; only a host allowed by name may have others."""

    def __init__(self, inner: AbstractResolver, allow_hosts: Collection[str]) -> None:
        self._inner = inner
        self._allow_hosts = allow_hosts

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        """The addresses of `host`. Raises _Forbidden if one of them is not public: a mixed answer is an attack."""
        found = await self._inner.resolve(host, port, family)
        if host not in self._allow_hosts and not all(is_public(result["host"]) for result in found):
            raise _Forbidden(host)
        return found

    async def close(self) -> None:
        """Close the resolver behind this one."""
        await self._inner.close()


class WebFetcher:
    """Fetches pages over http and https. Close it when done; it also is an async context manager.

    `allow_hosts` are host names or addresses that may be private ones. `resolver` stands in for the system's.
    """

    def __init__(
        self,
        *,
        allow_hosts: Collection[str] = (),
        max_bytes: int = MAX_PAGE_BYTES,
        timeout_seconds: float = TIMEOUT_SECONDS,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._allow_hosts = frozenset(host.lower() for host in allow_hosts)
        self._max_bytes = max_bytes
        self._timeout_seconds = timeout_seconds
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "WebFetcher":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def fetch(self, url: str) -> Page:
        """The page at `url`. Raises CannotFetch where it cannot be had, NotAnArticle where it is none.

        The reasons do not repeat the address, which may hold secrets: whoever shows one names its source first.
        """
        try:
            async with asyncio.timeout(self._timeout_seconds):
                return await self._follow(url)
        except TimeoutError as error:
            raise CannotFetch(
                f"The page took longer than {self._timeout_seconds:g} seconds.", "Try again later, or save the page and read the file."
            ) from error
        except aiohttp.ClientError as error:
            raise _unreachable(error) from error
        except ValueError as error:
            raise _no_web_address() from error

    async def _follow(self, url: str) -> Page:
        address = url
        for _ in range(MAX_REDIRECTS + 1):
            address = self._permitted(address)
            async with self._open().get(address, allow_redirects=False) as response:
                if response.status not in _REDIRECTS or "Location" not in response.headers:
                    return await self._page(response, address)
                address = urljoin(address, response.headers["Location"])
        raise CannotFetch(
            f"The address redirects more than {MAX_REDIRECTS} times.", "Give the address at which the article ends up in a browser."
        )

    def _permitted(self, url: str) -> str:
        """The address in its plain form, where it may be connected to. Raises CannotFetch where it may not."""
        address = canonical_url(url, keep_tracking=True)
        if address is None:
            raise _no_web_address()
        if "@" in urlsplit(url).netloc:
            raise CannotFetch("The address has a user name or a password in it.", "Give the address without them.")
        host = urlsplit(address).hostname or ""
        is_address = ":" in host or re.fullmatch(r"[\d.]+", host)
        if is_address and host not in self._allow_hosts and not is_public(host):
            raise _forbidden()
        return address

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            resolver = PublicResolver(self._resolver or aiohttp.ThreadedResolver(), self._allow_hosts)
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False, limit_per_host=2, force_close=True),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={
                    "User-Agent": USER_AGENT,
                    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9",
                    "Accept-Encoding": "gzip",
                },
                auto_decompress=False,
                timeout=aiohttp.ClientTimeout(total=None),
                trust_env=False,
            )
        return self._session

    async def _page(self, response: aiohttp.ClientResponse, address: str) -> Page:
        if response.status != 200:
            raise _refused(response.status)
        media_type = response.headers.get("Content-Type")
        essence = (media_type or "").partition(";")[0].strip().lower()
        if essence not in _READABLE:
            raise NotAnArticle(f"It is no web page but {essence}.", "Give the address of the article's page.")
        return Page(address, media_type, await self._body(response))

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        """The body, decompressed, never holding more than the limit and one chunk."""
        coding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if coding not in ("identity", "", "gzip", "x-gzip"):
            raise CannotFetch(
                f"The page is compressed in a way that was not asked for ({coding[:20]}).", "Save the page and read the file."
            )
        unpack = None if coding in ("identity", "") else zlib.decompressobj(_GZIP)
        body = bytearray()
        async for chunk in response.content.iter_chunked(_CHUNK):
            try:
                body += chunk if unpack is None else unpack.decompress(chunk, self._max_bytes + 1 - len(body))
            except zlib.error as error:
                raise _broken() from error
            if len(body) > self._max_bytes:
                raise NotAnArticle(
                    f"The page is longer than {self._max_bytes / 1e6:,.3g} MB.", "Save the article's text alone and read that."
                )
        if unpack is not None and not unpack.eof:
            raise _broken()
        return bytes(body)


def _no_web_address() -> CannotFetch:
    return CannotFetch("It is no web address that can be read.", "Only http and https addresses of pages can be.")


def _broken() -> CannotFetch:
    return CannotFetch("The page is compressed, and broken.", "Try again later, or save the page and read the file.")


def _forbidden() -> CannotFetch:
    return CannotFetch(
        "The address leads to a private network.", "If it is to be read, whoever runs Verbatim can allow its host: VERBATIM_ALLOW_HOSTS."
    )


def _refused(status: int) -> CannotFetch:
    if status in (404, 410):
        return CannotFetch("There is no page at this address.", "Check the address.")
    if status in (401, 402, 403, 407, 451):
        return CannotFetch(f"The site does not let this page be read ({status}).", "Save the page from a browser and read the file.")
    if status == 429:
        return CannotFetch("The site asks to be left alone for a while (429).", "Try again later.")
    if status >= 500:
        return CannotFetch(f"The site is failing ({status}).", "Try again later.")
    return CannotFetch(f"The site answered with status {status}.", "Check the address.")


def _unreachable(error: aiohttp.ClientError) -> CannotFetch:
    causes: Sequence[BaseException | None] = (error, error.__cause__, error.__context__, getattr(error, "os_error", None))
    if any(isinstance(cause, _Forbidden) for cause in causes):
        return _forbidden()
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return CannotFetch(f"There is no host by the name {error.host}.", "Check the address and the network.")
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientSSLError):
        return CannotFetch("The certificate of the site cannot be trusted.", "Save the page from a browser and read the file.")
    return CannotFetch("The site cannot be reached.", "Check the address and the network, or try again later.")

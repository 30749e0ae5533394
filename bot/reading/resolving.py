"""Looking up host names, and letting none through that leads into a private network."""

import asyncio
import socket
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.reading.addresses import is_public


class ForbiddenHost(OSError):
    """A host has an address that may not be connected to."""


class SystemResolver(AbstractResolver):
    """Asks the system, in threads of its own: a name server that is deaf holds up whoever asks it, and nothing else that needs a thread.

    There are `threads` at most, begun as they are needed: more than hosts are asked at once, so that the deaf name servers of one feed's
    pages hold up no other feed. `look_up` is the system's, with its arguments.
    """

    def __init__(self, threads: int = 64, look_up: Callable[..., list[Any]] = socket.getaddrinfo) -> None:
        self._look_up = look_up
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="names")

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        """The addresses of `host`. Raises OSError where it has none, or where that cannot be found out."""
        asking = (host, port, family, socket.SOCK_STREAM, 0, socket.AI_ADDRCONFIG)
        found = await asyncio.get_running_loop().run_in_executor(self._threads, self._look_up, *asking)
        flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
        return [
            ResolveResult(hostname=host, host=address[0], port=address[1], family=kind, proto=proto, flags=flags)
            for kind, _, proto, _, address in found
        ]

    async def close(self) -> None:
        """Ask no more; who is being asked is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class PublicResolver(AbstractResolver):
    """Resolves host names to public addresses; only a host allowed by name may have others."""

    def __init__(self, inner: AbstractResolver, allow_hosts: Collection[str]) -> None:
        self._inner = inner
        self._allow_hosts = allow_hosts

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        """The addresses of `host`. Raises ForbiddenHost if one of them is not public: a mixed answer is an attack."""
        found = await self._inner.resolve(host, port, family)
        if host not in self._allow_hosts and not all(is_public(result["host"]) for result in found):
            raise ForbiddenHost(host)
        return found

    async def close(self) -> None:
        """Close the resolver behind this one."""
        await self._inner.close()

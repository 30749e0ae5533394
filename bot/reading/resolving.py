"""Looking up host names, and letting none through that leads into a private network."""

import socket
from collections.abc import Collection

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.reading.addresses import is_public


class ForbiddenHost(OSError):
    """A host has an address that may not be connected to."""


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

"""A web server on loopback that serves a page, and does what hostile and broken servers do."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

PAGE = "<!DOCTYPE html><html><body><article><p>“We can’t wait,” said Ada Quill, the mayor of Port Ansel.</p></article></body></html>"


class Names(AbstractResolver):
    """Host names and their addresses. A name with several answers gives the next one at each asking, and the last one for ever."""

    def __init__(self, names: Mapping[str, list[list[str]]]) -> None:
        self.names = {name: list(answers) for name, answers in names.items()}
        self.asked: list[str] = []

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        """The addresses of a host; OSError where it has none."""
        self.asked.append(host)
        answers = self.names.get(host)
        if not answers:
            raise OSError(f"no such host: {host}")
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [{"hostname": host, "host": address, "port": port, "family": family, "proto": 0, "flags": 0} for address in addresses]

    async def close(self) -> None:
        """Nothing to close."""


class WebServer:
    """What the server at `127.0.0.1:port` does, by path. `requests` are the paths asked for, `headers` those of the last request."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.headers: dict[str, str] = {}
        self.port = 0
        self.streaming_stopped = asyncio.Event()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request.path)
        self.headers = dict(request.headers)
        kind, _, rest = request.path.strip("/").partition("/")
        match kind:
            case "bomb":
                return await self._stream(request, gzip.compress(bytes(10_000_000)), {"Content-Encoding": "gzip"}, times=1)
            case "endless":
                return await self._stream(request, b"<p>The mayor said no.</p>" * 1000, {}, times=1_000_000)
            case "drip":
                return await self._stream(request, b"<", {}, times=1_000_000, pause=0.01)
            case "silence":
                await asyncio.sleep(3600)
            case "to":
                return web.Response(status=301, headers={"Location": request.query["location"]})
        return _fixed(kind, rest)

    async def _stream(
        self, request: web.Request, piece: bytes, headers: dict[str, str], *, times: int, pause: float = 0
    ) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html", **headers})
        try:
            await response.prepare(request)
            for _ in range(times):
                await response.write(piece)
                await asyncio.sleep(pause)
        except ConnectionError:
            pass
        finally:
            self.streaming_stopped.set()
        return response


def _fixed(kind: str, rest: str) -> web.Response:
    """The answer to a path that is always the same."""
    packed = gzip.compress(PAGE.encode())
    match kind:
        case "article":
            return web.Response(body=PAGE.encode(), content_type="text/html", charset="utf-8")
        case "typed":
            return web.Response(body=PAGE.encode(), headers={"Content-Type": rest})
        case "hops":
            return web.Response(status=302, headers={"Location": f"/hops/{int(rest) - 1}" if rest != "1" else "/article"})
        case "gzip":
            return web.Response(body=packed, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})
        case "cut":
            return web.Response(body=packed[:-20], headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})
        case "coded":
            return web.Response(body=b"xxxx", headers={"Content-Type": "text/html", "Content-Encoding": rest})
        case "sized":
            return web.Response(body=b"x" * int(rest), content_type="text/html")
    return web.Response(status=int(rest) if kind == "status" else 404)


@asynccontextmanager
async def web_server() -> AsyncIterator[WebServer]:
    """A running server on a free port of loopback."""
    server = WebServer()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", server._answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.port = runner.addresses[0][1]
    try:
        yield server
    finally:
        await runner.cleanup()

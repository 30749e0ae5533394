"""A server on loopback that answers with the very bytes that it is told, right or wrong, and keeps what it was asked."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Writing = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Asked:
    """A request: its path with the query, and its headers by their names in lower case."""

    path: str
    headers: Mapping[str, str]


@dataclass
class RawServer:
    """What the server at `127.0.0.1:port` answers by path; any other path is not there."""

    port: int = 0
    answers: dict[str, bytes | Writing] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for."""
        return [asked.path for asked in self.asked]

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            first = await reader.readexactly(1)
            if not first.isalpha():  # a handshake of TLS
                return
            lines = (first + await reader.readuntil(b"\r\n\r\n")).decode("utf-8", "surrogateescape").split("\r\n")
            headers = dict(line.split(": ", 1) for line in lines[1:] if line)
            self.asked.append(Asked(lines[0].split(" ")[1], {name.lower(): value for name, value in headers.items()}))
            said = self.answers.get(self.asked[-1].path, answer(404))
            if isinstance(said, bytes):
                writer.write(said)
                await writer.drain()
            else:
                await said(writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # whoever asked has heard enough, or speaks no HTTP
        finally:
            writer.close()


def answer(status: int = 200, headers: Mapping[str, str] | None = None, body: bytes = b"", *, length: int | None = None) -> bytes:
    """An answer of HTTP; `length` is what it says of its body, if that is to be wrong."""
    lines = {"Content-Type": "application/rss+xml", "Content-Length": str(len(body) if length is None else length), **(headers or {})}
    head = [f"HTTP/1.1 {status} Told", *(f"{name}: {value}" for name, value in lines.items()), "", ""]
    return "\r\n".join(head).encode("utf-8", "surrogateescape") + body


def to(location: str, status: int = 301) -> bytes:
    """A redirect."""
    return answer(status, {"Location": location})


def endless(beginning: bytes, piece: bytes, *, pause: float = 0) -> Writing:
    """An answer that begins and then goes on with the same piece, every `pause` seconds, for as long as anybody listens."""

    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(beginning)
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return write


@asynccontextmanager
async def raw_server() -> AsyncIterator[RawServer]:
    """A running server on a free port of loopback."""
    told = RawServer()
    running = await asyncio.start_server(told._answer, "127.0.0.1", 0)
    told.port = running.sockets[0].getsockname()[1]
    try:
        yield told
    finally:
        running.close()

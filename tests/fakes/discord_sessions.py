"""A connection of an app to Discord's gateway, and the session that outlives it."""

import asyncio
import json
import zlib
from dataclasses import dataclass, field

from aiohttp import web
from discord import Intents

from tests.fakes.discord_records import Json

DISPATCH, HEARTBEAT = 0, 1


@dataclass
class Session:
    """What an app that identified has heard, and the connection on which it hears; `heard` is how far it said it is."""

    id: str
    intents: Intents
    events: list[tuple[str, Json]] = field(default_factory=list)
    connection: "Connection | None" = None
    heard: int = 0
    _asked: "tuple[Connection, int] | None" = None

    def add(self, event: str, data: Json) -> None:
        """Tell the app of an event, or keep it until it resumes."""
        self.events.append((event, data))
        if self.connection:
            self.connection.send(DISPATCH, data, event, len(self.events))

    def has_heard(self) -> bool:
        """Whether the app has taken in all that it was told; where it has not said so, it is asked for a heartbeat, which does."""
        if self.connection and self.heard < len(self.events) and self._asked != (self.connection, len(self.events)):
            self._asked = self.connection, len(self.events)
            self.connection.send(HEARTBEAT, None)
        return self.heard >= len(self.events)


class Connection:
    """One websocket of an app, whose messages are compressed as one stream."""

    def __init__(self, socket: web.WebSocketResponse, *, compressed: bool) -> None:
        self.socket = socket
        self.session: Session | None = None
        self.transport: asyncio.Transport | None = None
        self.code: int | None = None
        self._stream = zlib.compressobj() if compressed else None
        self._outgoing: asyncio.Queue[Json] = asyncio.Queue()

    def send(self, op: int, data: object, event: str | None = None, number: int | None = None) -> None:
        """Send something, after all that was sent before."""
        self._outgoing.put_nowait({"op": op, "d": data, "t": event, "s": number})

    async def close(self, code: int) -> None:
        """Close it with a code, which is that of its end."""
        self.code = code
        await self.socket.close(code=code)

    async def write(self) -> None:
        """Write what is to be sent until the connection ends."""
        while True:
            payload = json.dumps(await self._outgoing.get())
            try:
                if self._stream is None:
                    await self.socket.send_str(payload)
                else:
                    packed = self._stream.compress(payload.encode()) + self._stream.flush(zlib.Z_SYNC_FLUSH)
                    await self.socket.send_bytes(packed)
            except ConnectionError:
                return

"""Slack's end of Socket Mode: it says hello, sends envelopes, waits for acks, and breaks in the ways that sockets break."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import Literal

from aiohttp import WSMsgType, web

from tests.fakes.slack_deliveries import PATIENCE, Ack, Sent
from tests.fakes.slack_records import Json


class Link:
    """One connection of the app. A deaf one takes everything in and answers nothing, pings neither."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.socket = socket
        self.deaf = False
        self.unacked: dict[str, asyncio.Future[Json]] = {}
        self._transport = request.transport

    async def send(self, envelope: Json) -> asyncio.Future[Json]:
        """Send an envelope; the future is done at its ack, and cancelled where the connection goes before."""
        ack = self.unacked.setdefault(envelope["envelope_id"], asyncio.get_running_loop().create_future())
        with contextlib.suppress(ConnectionError):
            await self.socket.send_json(envelope)
        return ack

    async def listen(self) -> None:
        """Answer pings and take acks until the connection ends."""
        async for message in self.socket:
            if self.deaf:
                continue
            if message.type == WSMsgType.PING:
                await self.socket.pong(message.data)
            elif message.type == WSMsgType.TEXT:
                said = message.json()
                ack = self.unacked.pop(said.get("envelope_id", ""), None)
                if ack and not ack.done():
                    ack.set_result(said.get("payload") or {})

    def end(self) -> None:
        """Give up what was not acked."""
        for ack in self.unacked.values():
            ack.cancel()

    async def close(self) -> None:
        """Close the connection in good order."""
        await self.socket.close()

    def abort(self) -> None:
        """Break the TCP connection off."""
        if self._transport:
            self._transport.abort()


class Sockets:
    """All connections of the app; a delivery goes to the newest that is not deaf to us. Is a `Delivery`."""

    def __init__(self, app_id: str, ring: Callable[[], None]) -> None:
        self.links: list[Link] = []
        self.opened = 0
        self.acks: list[Ack] = []
        self.patience = PATIENCE
        self._app_id = app_id
        self._ring = ring
        self._changed = asyncio.Condition()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """A connection of the app, from its beginning to its end."""
        socket = web.WebSocketResponse(autoping=False, timeout=0.1)
        await socket.prepare(request)
        link = Link(socket, request)
        await socket.send_json({"type": "hello", "num_connections": len(self.links) + 1, "connection_info": {"app_id": self._app_id}})
        async with self._changed:
            self.links.append(link)
            self.opened += 1
            self._changed.notify_all()
        try:
            await link.listen()
        finally:
            self.links.remove(link)
            link.end()
            self._ring()
        return socket

    async def connected(self, *, opened: int = 1, within: float = 10) -> Link:
        """The newest connection that is not deaf, once that many were opened altogether; AssertionError where they are not."""
        try:
            async with asyncio.timeout(within):
                return await self._newest(opened)
        except TimeoutError:
            raise AssertionError(f"the app opened {self.opened} connections within {within:g} s, not {opened}") from None

    async def send(self, sent: Sent, *, attempt: int = 0) -> Ack:
        """Send it over the newest connection and wait for the ack; over the next one, where the connection goes before."""
        begun = time.monotonic()
        ack = Ack(sent, None, {}, 0)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.patience):
                while ack.status is None:
                    waiting = await (await self._newest()).send(_envelope(sent, attempt))
                    await asyncio.wait({waiting})
                    if not waiting.cancelled():
                        ack.payload, ack.status = waiting.result(), 200
                    attempt += 1
        ack.seconds = time.monotonic() - begun
        self.acks.append(ack)
        return ack

    async def disconnect(self, reason: Literal["warning", "refresh_requested", "link_disabled"] = "refresh_requested") -> None:
        """Tell the app that the newest connection will be closed; it opens another, and closes this one itself."""
        await (await self.connected()).socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink"}})

    async def close(self) -> None:
        """Close every connection in good order."""
        for link in list(self.links):
            await link.close()

    def abort(self) -> None:
        """Break every TCP connection off."""
        for link in list(self.links):
            link.abort()

    def fall_deaf(self) -> None:
        """Let every connection that there is now stay open and answer nothing any more."""
        for link in self.links:
            link.deaf = True

    async def _newest(self, opened: int = 1) -> Link:
        """The newest connection that is not deaf, as soon as there is one."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.opened >= opened and any(not link.deaf for link in self.links))
        return next(link for link in reversed(self.links) if not link.deaf)


def _envelope(sent: Sent, attempt: int) -> Json:
    envelope: Json = {"type": sent.kind, "envelope_id": sent.envelope_id, "payload": sent.payload}
    if sent.kind == "events_api":
        return envelope | {"accepts_response_payload": False, "retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
    return envelope | {"accepts_response_payload": True}

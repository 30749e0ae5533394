"""Slack's end of Socket Mode: it says hello, sends envelopes, waits for acks, and breaks in the ways that sockets break."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import Literal

from aiohttp import WSMsgType, web

from tests.fakes.slack_deliveries import PATIENCE, Ack, Sent
from tests.fakes.slack_records import Json

Waiting = dict[str, "asyncio.Future[Json]"]
"""The envelopes that are not acknowledged yet. An ack may come over another connection than the envelope."""


class Link:
    """One connection of the app. A deaf one stays open and answers nothing, pings neither; one that is `leaving` is sent nothing more."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request, waiting: Waiting) -> None:
        self.socket = socket
        self.deaf = False
        self.leaving = False
        self._transport = request.transport
        self._waiting = waiting
        self._sent: list[str] = []

    async def send(self, envelope: Json) -> "asyncio.Future[Json]":
        """Send an envelope; the future is done at its ack, and cancelled where the connection goes before."""
        name = envelope["envelope_id"]
        ack = self._waiting.setdefault(name, asyncio.get_running_loop().create_future())
        self._sent.append(name)
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
                ack = self._waiting.pop(said.get("envelope_id", ""), None)
                if ack and not ack.done():
                    ack.set_result(said.get("payload") or {})

    def end(self) -> None:
        """Give up what was sent over it and is not acknowledged."""
        for name in self._sent:
            if ack := self._waiting.pop(name, None):
                ack.cancel()

    def fall_deaf(self) -> None:
        """Stay open and answer nothing any more."""
        self.deaf = self.leaving = True

    async def disconnect(self, reason: str) -> None:
        """Tell the app to open another connection."""
        self.leaving = True
        await self.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink"}})

    async def close(self) -> None:
        """Close the connection in good order."""
        self.leaving = True
        await self.socket.close()

    def abort(self) -> None:
        """Break the TCP connection off."""
        self.leaving = True
        if self._transport:
            self._transport.abort()


class Sockets:
    """All connections of the app. Is a `Delivery`: over the newest connection, and over the next one where there is none at the moment.

    Where a connection goes before the ack, an event is sent again over the next one, as Slack does; a command or a click is lost.
    """

    def __init__(self, app_id: str, ring: Callable[[], None]) -> None:
        self.links: list[Link] = []
        self.opened = 0
        self.acks: list[Ack] = []
        self.patience = PATIENCE
        self._app_id = app_id
        self._ring = ring
        self._waiting: Waiting = {}
        self._changed = asyncio.Condition()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """A connection of the app, from its beginning to its end."""
        socket = web.WebSocketResponse(autoping=False, timeout=0.1)
        await socket.prepare(request)
        link = Link(socket, request, self._waiting)
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
        """The newest connection that stays, once that many were opened altogether; AssertionError where they are not."""
        try:
            async with asyncio.timeout(within):
                return await self._newest(opened)
        except TimeoutError:
            raise AssertionError(f"the app opened {self.opened} connections within {within:g} s, not {opened}") from None

    async def send(self, sent: Sent, *, attempt: int = 0) -> Ack:
        """Send it, and wait for the ack."""
        begun = time.monotonic()
        ack = Ack(sent, None, {}, 0)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.patience):
                waiting = await self._offered(sent, attempt)
                while waiting.cancelled() and sent.kind == "events_api":
                    attempt += 1
                    waiting = await self._offered(sent, attempt)
                if not waiting.cancelled():
                    ack.payload, ack.status = waiting.result(), 200
        ack.seconds = time.monotonic() - begun
        self.acks.append(ack)
        return ack

    async def disconnect(self, reason: Literal["warning", "refresh_requested", "link_disabled"] = "refresh_requested") -> None:
        """Tell the app over the newest connection that it will be closed; the app opens another, and closes this one itself."""
        await (await self.connected()).disconnect(reason)

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
            link.fall_deaf()

    async def _offered(self, sent: Sent, attempt: int) -> "asyncio.Future[Json]":
        """What came of sending it once: done, or cancelled."""
        waiting = await (await self._newest()).send(_envelope(sent, attempt))
        await asyncio.wait({waiting})
        return waiting

    async def _newest(self, opened: int = 1) -> Link:
        """The newest connection that stays, as soon as there is one."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.opened >= opened and any(not link.leaving for link in self.links))
        return next(link for link in reversed(self.links) if not link.leaving)


def _envelope(sent: Sent, attempt: int) -> Json:
    envelope: Json = {"type": sent.kind, "envelope_id": sent.envelope_id, "payload": sent.payload}
    if sent.kind == "events_api":
        return envelope | {"accepts_response_payload": False, "retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
    return envelope | {"accepts_response_payload": True}

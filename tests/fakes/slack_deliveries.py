"""How Slack hands something to an app: over HTTP, signed; and what comes back."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Literal, Protocol
from urllib.parse import urlencode

import aiohttp

from tests.fakes.slack_records import Json, Message

SIGNING_SECRET = "signing-secret"
PATIENCE = 5.0
"""Seconds for which a delivery waits for its ack. Slack's own patience is 3; bolt answers 404 then, which is waited for here."""


@dataclass(frozen=True)
class Sent:
    """Something that Slack hands to the app. The same `envelope_id` is the same delivery, made again."""

    kind: Literal["events_api", "slash_commands", "interactive"]
    payload: Json
    envelope_id: str


@dataclass
class Ack:
    """How the app acknowledged. `status` is None where it never did; `payload` is what it said with the ack.

    `message` is the message that the person wrote, where it was one that was delivered.
    """

    sent: Sent
    status: int | None
    payload: Json
    seconds: float
    message: Message | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the app acknowledged."""
        return self.status == 200


class Delivery(Protocol):
    """A way to an app."""

    async def send(self, sent: Sent, *, attempt: int = 0) -> Ack:
        """Hand it to the app, for the nth time again, and wait for the ack."""
        ...


@dataclass(frozen=True)
class Signing:
    """How a request is signed; as Slack does it, where nothing else is said."""

    secret: str | None = None
    """Another secret than the app's."""
    seconds_late: float = 0
    """How old the request is; below zero for one from the future."""
    timestamp: str | None = None
    """What stands for the time, and is signed, whatever it is."""
    with_signature: bool = True
    with_timestamp: bool = True
    tampered: bool = False
    """Whether the body is changed after it is signed."""

    def headers(self, body: str, secret: str) -> dict[str, str]:
        """The headers of a request with this body."""
        timestamp = self.timestamp or str(int(time.time() - self.seconds_late))
        signed = hmac.new((self.secret or secret).encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
        headers = {"X-Slack-Signature": f"v0={signed}"} if self.with_signature else {}
        return headers | ({"X-Slack-Request-Timestamp": timestamp} if self.with_timestamp else {})


class HttpDelivery:
    """Deliveries to the Request URL of an app. Close it, or use it in `async with`."""

    def __init__(self, url: str, signing_secret: str = SIGNING_SECRET, *, patience: float = PATIENCE) -> None:
        self.url = url
        self.signing_secret = signing_secret
        self.patience = patience
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "HttpDelivery":
        """A delivery that is ready."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self.patience), connector=aiohttp.TCPConnector(limit=0))
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close its connections."""
        if self._session:
            await self._session.close()

    async def send(self, sent: Sent, *, attempt: int = 0, signing: Signing = Signing()) -> Ack:
        """Post it to the app, and wait for the answer."""
        assert self._session, "use the delivery in `async with`"
        body, content_type = _body(sent)
        headers = {"Content-Type": content_type, **signing.headers(body, self.signing_secret)}
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"}
        begun = time.monotonic()
        try:
            async with self._session.post(self.url, data=(body + " " if signing.tampered else body).encode(), headers=headers) as response:
                payload = _said(await response.text())
                return Ack(sent, response.status, payload, time.monotonic() - begun, headers=dict(response.headers))
        except (TimeoutError, aiohttp.ClientConnectionError):
            return Ack(sent, None, {}, time.monotonic() - begun)


def _body(sent: Sent) -> tuple[str, str]:
    """The body of a request, and its type."""
    if sent.kind == "events_api":
        return json.dumps(sent.payload), "application/json"
    fields = sent.payload if sent.kind == "slash_commands" else {"payload": json.dumps(sent.payload)}
    return urlencode(fields), "application/x-www-form-urlencoded"


def _said(body: str) -> Json:
    """What the app said with its ack: JSON, or a text."""
    if body.startswith("{"):
        said: Json = json.loads(body)
        return said
    return {"text": body} if body else {}

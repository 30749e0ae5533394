"""Slack's requests over HTTP, where they are signed, and the pages by which a workspace installs the app."""

import re
import time
from collections.abc import Awaitable, Callable
from itertools import takewhile
from json import JSONDecodeError

import aiohttp
from aiohttp import web
from aiohttp.typedefs import Handler
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack import names

# A signature is good for five minutes on either side of its time.
_SIGNATURE_SECONDS = 600.0
_AT, _SIGNED_AT = "X-Slack-Request-Timestamp", re.compile(r"[0-9]{1,12}")
_BY, _SIGNATURE = "X-Slack-Signature", re.compile(r"v0=[0-9a-f]{64}")


def web_application(app: AsyncApp, *, clock: Callable[[], float] = time.monotonic) -> web.Application:
    """The routes for Slack's requests, and for installing where the app has OAuth. A body may have aiohttp's usual 1 MiB."""
    app.use(_only_once(clock))
    application = app.web_app(path=names.EVENTS_PATH)
    application.middlewares.append(_answer_oddities)
    return application


def _only_once(clock: Callable[[], float]) -> Callable[..., Awaitable[BoltResponse]]:
    """Refuse a request that was taken before, though its signature is good.

    What repeats an event under a new signature is Slack itself, and is known by the event's id. Bolt verifies the
    signature first, so nobody else can fill the memory.
    """
    taken: dict[str, float] = {}

    async def only_once(req: AsyncBoltRequest, next_: Callable[[], Awaitable[BoltResponse]]) -> BoltResponse:
        now = clock()
        for outdated in list(takewhile(lambda signature: now - taken[signature] > _SIGNATURE_SECONDS, taken)):
            del taken[outdated]
        signature = req.headers[_BY.lower()][0]
        if signature in taken:
            return BoltResponse(status=401, body={"error": "repeated request"})
        taken[signature] = now
        return await next_()

    return only_once


@web.middleware
async def _answer_oddities(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer what Bolt would stumble over: headers that are no signature, a body that is no text, a Slack that is out of reach."""
    signed = (_SIGNED_AT.fullmatch(request.headers.get(_AT, "")), _SIGNATURE.fullmatch(request.headers.get(_BY, "")))
    if request.method == "POST" and not all(signed):
        return web.Response(status=401, text="The request is not signed.")
    try:
        return await handler(request)
    except (UnicodeDecodeError, LookupError, JSONDecodeError, RecursionError):
        return web.Response(status=400, text="The request's body is not what it says that it is.")
    except (aiohttp.ClientError, TimeoutError):
        return web.Response(status=502, text="Slack could not be reached, so nothing was done. Try again in a minute.")

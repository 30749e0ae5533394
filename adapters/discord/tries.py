"""A request that is tried once: discord.py would make it again by itself where Discord fails, and wait where there is a limit.

Whoever posts what is due has to know at once whether something may have been posted, and keeps no other channel waiting.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace

import aiohttp

from bot.errors import NotNow, Uncertain

_is_tried_once: ContextVar[bool] = ContextVar("is tried once", default=False)
_TOO_MANY, _FAILING = 429, 500
_USUAL_SECONDS = 30.0


@contextmanager
def once() -> Iterator[None]:
    """Within, requests of a client that has this module's trace raise NotNow where there is a limit, and Uncertain where Discord fails."""
    token = _is_tried_once.set(True)
    try:
        yield
    finally:
        _is_tried_once.reset(token)


def trace() -> aiohttp.TraceConfig:
    """What tells us of answers before discord.py sees to them."""
    config = aiohttp.TraceConfig()
    config.on_request_end.append(_answered)
    return config


async def _answered(_: aiohttp.ClientSession, __: SimpleNamespace, request: aiohttp.TraceRequestEndParams) -> None:
    status = request.response.status
    if not _is_tried_once.get():
        return
    if status == _TOO_MANY:
        raise NotNow("Discord takes no more there at the moment.", seconds=_seconds(request.response))
    if status >= _FAILING:
        raise Uncertain(f"Discord answered with an error ({status}).")


def _seconds(response: aiohttp.ClientResponse) -> float:
    """How long Discord asks to wait."""
    try:
        return float(response.headers.get("Retry-After", _USUAL_SECONDS))
    except ValueError:
        return _USUAL_SECONDS

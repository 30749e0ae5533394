"""A workspace that removes the app or takes its token back: its digests rest, and what was kept to get in is forgotten."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from adapters.slack.desk import Desk
from adapters.slack.people import PLATFORM

# Slack tells of it once, and does not wait for what comes of it.
_WAITS_SECONDS = (1.0, 5.0, 25.0, 125.0)
_REMOVED = "Verbatim was removed from the workspace"
_REVOKED = "the workspace took Verbatim's token back"


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to the end of an installation."""

    @app.event("app_uninstalled")
    async def _removed(context: AsyncBoltContext) -> None:
        await _left(app, desk, context, _REMOVED)

    @app.event("tokens_revoked")
    async def _revoked(event: dict[str, Any], context: AsyncBoltContext) -> None:
        if (event.get("tokens") or {}).get("bot"):
            await _left(app, desk, context, _REVOKED)


async def _left(app: AsyncApp, desk: Desk, context: AsyncBoltContext, reason: str) -> None:
    """First the digests, which would go on being tried; then what was kept to get in. Both may be told twice."""
    team = context.team_id or ""
    store = app.installation_store

    async def forget() -> None:
        await _patiently(lambda: desk.newsroom.left(PLATFORM, team, channel=None, reason=reason))
        if store is not None:
            await _patiently(lambda: store.async_delete_all(enterprise_id=context.enterprise_id, team_id=team))

    await desk.quietly(f"slack workspace {team} left", forget)


async def _patiently(work: Callable[[], Awaitable[object]]) -> None:
    """Do it, and again after a while where the store is busy. Raises what stands in the way after the last wait."""
    for seconds in _WAITS_SECONDS:
        try:
            await work()
            return
        except Exception:  # noqa: BLE001 - Bolt's store says in SQLAlchemy's words that it is busy, ours in its own
            await asyncio.sleep(seconds)
    await work()

"""A workspace that removes the app or takes its token back: its digests rest, and what was kept to get in is forgotten."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from adapters.patience import patiently
from adapters.slack.desk import Desk
from adapters.slack.people import PLATFORM

_REMOVED = "Verbatim was removed from the workspace."
_REVOKED = "The workspace took Verbatim's token back."


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
        await patiently(lambda: desk.newsroom.scheduled.left(PLATFORM, team, channel=None, reason=reason))
        if store is not None:
            await patiently(lambda: store.async_delete_all(enterprise_id=context.enterprise_id, team_id=team))

    await desk.quietly(f"slack workspace {team} left", forget)

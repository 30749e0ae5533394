"""The App Home: what is stored, somebody's own digests, those of a channel that is chosen, and requests to try."""

from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import actions
from adapters.slack.desk import Desk
from adapters.slack.home import home
from adapters.slack.listeners.pressed import Pressed
from adapters.slack.surfaces import DirectMessages, Modal
from bot.callers import Channel


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to whoever opens the App Home or chooses a channel there."""

    @app.event("app_home_opened")
    async def _opened(event: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        if event.get("tab") != "home":
            return
        team, user = context.team_id or "", str(event["user"])

        async def work() -> None:
            await publish(desk, client, team=team, user=user)  # without the channel that was chosen: the person may have left it

        await desk.attend(f"slack home {team} {user} {event['event_ts']}", DirectMessages(client, user), work)

    @app.action(actions.CHANNEL_SHOWN)
    async def _chosen(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        pressed = Pressed(desk, client, body)

        async def work() -> None:
            await publish(desk, client, team=pressed.team, user=pressed.user, channel=pressed.value or None)

        await desk.attend(pressed.event, Modal(client, body["trigger_id"], at_once=False), work)


async def publish(desk: Desk, client: AsyncWebClient, *, team: str, user: str, channel: str | None = None) -> None:
    """Show somebody's App Home as it is now, with the digests of `channel` if one was chosen.

    A person can only choose a channel that Slack lets that person see, so nobody reads there of a private one of others.
    """
    caller = await desk.caller(client, team=team, user=user, channel=None)
    newsroom = desk.newsroom
    there = None
    if channel is not None and caller.channel is not None:
        there = await newsroom.scheduled.subscriptions(replace(caller, channel=Channel(caller.channel.platform, team, channel)))
    view = home(await newsroom.status(), await newsroom.scheduled.subscriptions_of(caller), there, channel, await newsroom.examples())
    await client.views_publish(user_id=user, view=view)

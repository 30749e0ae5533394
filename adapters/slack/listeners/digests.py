"""Digests on a schedule by buttons and a modal: set up, change, pause, resume, end."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.filled_in import DigestWished
from adapters.slack import actions, modals
from adapters.slack.desk import Desk
from adapters.slack.listeners.home import publish
from adapters.slack.listeners.pressed import Pressed, keep_open, submission, team_of
from adapters.slack.surfaces import Modal
from bot.callers import Caller, Right
from bot.errors import NotUnderstood
from bot.replies import Reply

Change = Callable[[int, Caller], Awaitable[Reply]]


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to the buttons of a digest, and to the modal that asks for one."""
    _change(app, desk, actions.SUBSCRIPTION_PAUSE, desk.newsroom.scheduled.pause)
    _change(app, desk, actions.SUBSCRIPTION_RESUME, desk.newsroom.scheduled.resume)
    _change(app, desk, actions.SUBSCRIPTION_DELETE, desk.newsroom.scheduled.unsubscribe)

    @app.action(actions.OPEN_SUBSCRIPTION)
    async def _open(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        pressed = Pressed(desk, client, body)
        modal = Modal(client, body["trigger_id"], on_top=pressed.in_modal)

        async def work() -> None:
            caller = await pressed.caller()
            await desk.newsroom.allow(caller, Right.SUBSCRIBE)
            await modal.show(modals.subscription_modal(zone=desk.zone_of(caller).key, metadata=f"::{pressed.channel_shown or ''}"))

        await desk.attend(pressed.event, modal, work)

    @app.action(actions.matching(actions.SUBSCRIPTION_CHANGE))
    async def _open_change(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        pressed = Pressed(desk, client, body)
        modal = Modal(client, body["trigger_id"], on_top=pressed.in_modal)

        async def work() -> None:
            caller = await pressed.caller()
            view = await desk.newsroom.scheduled.changeable(int(pressed.value), caller)
            await modal.show(
                modals.subscription_modal(view, metadata=f"{view.number}:{view.channel.channel}:{pressed.channel_shown or ''}")
            )

        await desk.attend(pressed.event, modal, work)

    @app.view(modals.SUBSCRIPTION_MODAL)
    async def _saved(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        wished = modals.subscription_wished(body["view"]["state"]["values"])
        if wrong := _wrong(desk, wished):
            await ack(response_action="errors", errors=wrong)
            return
        await keep_open(ack)
        modal = Modal(client, view=body["view"]["id"])
        team, user = team_of(body), str(body["user"]["id"])

        async def work() -> None:
            number, channel, shown = (body["view"]["private_metadata"] or "::").split(":")
            caller = await desk.caller(client, team=team, user=user, channel=wished.channel or channel or None)
            if number:
                reply = await desk.newsroom.scheduled.change(int(number), wished.schedule, wished.zone, wished.about, caller)
            else:
                reply = await desk.newsroom.scheduled.subscribe(wished.schedule, wished.zone, wished.about, caller)
            await modal.answer(reply, desk.zone_of(caller))
            home = partial(publish, desk, client, team=team, user=user, channel=shown or None)
            await desk.quietly(f"showing the App Home after {submission(body)}", home)

        await desk.attend(submission(body), modal, work)


def _change(app: AsyncApp, desk: Desk, action: str, change: Change) -> None:
    @app.action(actions.matching(action))
    async def _pressed(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        pressed = Pressed(desk, client, body)
        # The App Home itself shows what became of it; a modal, only what went wrong.
        surface = Modal(client, body["trigger_id"], at_once=False) if pressed.in_home else pressed.surface()

        async def work() -> None:
            reply = await change(int(pressed.value), await pressed.caller())
            if pressed.in_home:
                await publish(desk, client, team=pressed.team, user=pressed.user, channel=pressed.channel_shown)
            else:
                await surface.tell(desk.rendered(reply))

        await desk.attend(pressed.event, surface, work)


def _wrong(desk: Desk, wished: DigestWished) -> dict[str, str]:
    """What is wrong with what was filled in, by the block in which it stands; found without the store, so before Slack waits."""
    wrong = {}
    for block, typed, understand in (
        (modals.SCHEDULE, wished.schedule, desk.newsroom.scheduled.understand_schedule),
        (modals.ZONE, wished.zone or "UTC", desk.newsroom.scheduled.understand_zone),
    ):
        try:
            understand(typed)
        except NotUnderstood as error:
            wrong[block] = str(error)
    return wrong

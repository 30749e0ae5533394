"""The buttons of what a channel got by itself: manage it, show all of it, mute it for a day. Each person is answered alone."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import actions, rendering
from adapters.slack.desk import Desk
from adapters.slack.listeners.pressed import Pressed
from adapters.slack.surfaces import Aside, Surface, Whisper
from bot.replies import Reply

_MANAGED = "You can change it, let it rest or end it."
_SHOWN = "Whoever set it up can change it, and those who may set up others."
Answer = Callable[[Pressed, Surface], Awaitable[None]]


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to the buttons, whose values are the numbers of deliveries."""
    for action, answer in ((actions.MANAGE, _manage), (actions.SHOW_ALL, _show_all), (actions.MUTE, _mute)):
        _listen(app, desk, action, answer)


def _listen(app: AsyncApp, desk: Desk, action: str, answer: Answer) -> None:
    @app.action(action)
    async def _pressed(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        pressed = Pressed(desk, client, body)
        surface = pressed.surface()
        await desk.attend(pressed.event, surface, lambda: answer(pressed, surface))


async def _manage(pressed: Pressed, surface: Surface) -> None:
    view = await pressed.desk.newsroom.scheduled.managed(int(pressed.value), await pressed.caller())
    await surface.tell(pressed.desk.rendered(Reply(_MANAGED if view.changeable else _SHOWN, subscriptions=(view,))))


async def _show_all(pressed: Pressed, surface: Surface) -> None:
    reply = await pressed.desk.newsroom.scheduled.whole(int(pressed.value), await pressed.caller())
    if isinstance(surface, Whisper):  # which takes only so many messages
        surface = Aside(pressed.client, pressed.channel or "", pressed.user)
    await surface.tell(rendering.messages(reply, zone=await pressed.zone(), private=False))


async def _mute(pressed: Pressed, surface: Surface) -> None:
    caller = await pressed.caller()
    scheduled = pressed.desk.newsroom.scheduled
    reply = await scheduled.mute((await scheduled.managed(int(pressed.value), caller)).number, caller)
    await surface.tell(pressed.desk.rendered(reply))

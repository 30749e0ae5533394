"""Digests and alerts by buttons and a form: set up, change, pause, mute, end, look at and have sent."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import actions
from adapters.slack import subscription_form as forms
from adapters.slack.desk import Desk
from adapters.slack.listeners.home import publish
from adapters.slack.listeners.pressed import Pressed, keep_open, submission, team_of
from adapters.slack.subscription_form import SubscriptionForm
from adapters.slack.surfaces import Modal, Surface
from bot.callers import Caller, Right
from bot.errors import NotUnderstood
from bot.replies import Reply, SubscriptionKind

Change = Callable[[int, Caller], Awaitable[Reply]]


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to the buttons of a digest, and to the form that asks for one."""
    scheduled = desk.newsroom.scheduled
    _change(app, desk, actions.SUBSCRIPTION_PAUSE, scheduled.pause)
    _change(app, desk, actions.SUBSCRIPTION_RESUME, scheduled.resume)
    _change(app, desk, actions.SUBSCRIPTION_MUTE, scheduled.mute)
    _change(app, desk, actions.SUBSCRIPTION_UNMUTE, scheduled.unmute)
    _change(app, desk, actions.SUBSCRIPTION_DELETE, scheduled.unsubscribe)
    _tell(app, desk, actions.SUBSCRIPTION_SEND, scheduled.send_now)
    _tell(app, desk, actions.SUBSCRIPTION_PREVIEW, scheduled.preview)
    for field in (actions.FORM_KIND, actions.FORM_SCHEDULE, actions.FORM_ZONE, actions.FORM_QUIET):
        _fill_in(app, desk, field)

    @app.action(actions.OPEN_SUBSCRIPTION)
    async def _open(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        pressed = Pressed(desk, client, body)
        modal = Modal(client, body["trigger_id"], on_top=pressed.in_modal)

        async def work() -> None:
            caller = await pressed.caller()
            await desk.newsroom.allow(caller, Right.SUBSCRIBE)
            form = SubscriptionForm(zone=desk.zone_of(caller).key)
            await modal.show(_shown(desk, form, pressed.channel_shown or ""))

        await desk.attend(pressed.event, modal, work)

    @app.action(actions.matching(actions.SUBSCRIPTION_CHANGE))
    async def _open_change(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        pressed = Pressed(desk, client, body)
        modal = Modal(client, body["trigger_id"], on_top=pressed.in_modal)

        async def work() -> None:
            view = await desk.newsroom.scheduled.changeable(int(pressed.value), await pressed.caller())
            await modal.show(_shown(desk, forms.of_view(view), pressed.channel_shown or ""))

        await desk.attend(pressed.event, modal, work)

    @app.view(forms.SUBSCRIPTION_MODAL)
    async def _saved(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        form, shown = _filled_in(body)
        if wrong := _wrong(desk, form):
            await ack(response_action="errors", errors=wrong)
            return
        await keep_open(ack)
        modal = Modal(client, view=body["view"]["id"])
        team, user = team_of(body), str(body["user"]["id"])

        async def work() -> None:
            caller = await desk.caller(client, team=team, user=user, channel=form.channel or None)
            await modal.answer(await _saved_as(desk, form, caller), desk.zone_of(caller))
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


def _tell(app: AsyncApp, desk: Desk, action: str, tell: Change) -> None:
    """What leaves a subscription as it is, so that what shows it stays."""

    @app.action(actions.matching(action))
    async def _pressed(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        pressed = Pressed(desk, client, body)
        surface: Surface = pressed.surface(over=True)

        async def work() -> None:
            await surface.tell(desk.rendered(await tell(int(pressed.value), await pressed.caller())))

        await desk.attend(pressed.event, surface, work)


def _fill_in(app: AsyncApp, desk: Desk, field: str) -> None:
    """While somebody fills in the form it shows what follows from that. It changes nothing, and is done as often as Slack tells it."""

    @app.action(field)
    async def _typed(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        form, shown = _filled_in(body)

        async def work() -> None:
            await client.views_update(view_id=body["view"]["id"], view=_shown(desk, form, shown))

        await desk.quietly(f"showing what follows from a form in {body['view']['id']}", work)


def _shown(desk: Desk, form: SubscriptionForm, home: str) -> dict[str, Any]:
    """The form as it is shown, with what is to be known of it later: what it is for, and the channel that the App Home shows."""
    number = "" if form.number is None else form.number
    channel = "" if form.number is None else form.channel
    upcoming = ""
    if form.kind is SubscriptionKind.DIGEST:
        try:
            upcoming = forms.times_in_words(desk.newsroom.scheduled.times(form.schedule, form.zone, None, form.wishes))
        except NotUnderstood as error:
            upcoming = str(error)
    return forms.subscription_modal(form, upcoming=upcoming, metadata=f"{number}:{channel}:{home}:{form.kind}")


def _filled_in(body: dict[str, Any]) -> tuple[SubscriptionForm, str]:
    """What was filled in in the form, and the channel that the App Home shows."""
    number, channel, home, kind = body["view"]["private_metadata"].split(":")
    begun = SubscriptionForm(SubscriptionKind(kind), channel=channel, number=int(number) if number else None)
    return forms.filled_in(body["view"]["state"]["values"], begun), home


async def _saved_as(desk: Desk, form: SubscriptionForm, caller: Caller) -> Reply:
    scheduled = desk.newsroom.scheduled
    if form.number is not None:
        schedule = form.schedule if form.kind is SubscriptionKind.DIGEST else ""
        return await scheduled.change(form.number, schedule, form.zone, form.about, caller, form.wishes)
    if form.kind is SubscriptionKind.ALERT:
        return await scheduled.watch(form.about, form.zone, form.wishes, caller)
    return await scheduled.subscribe(form.schedule, form.zone, form.about, caller, form.wishes)


def _wrong(desk: Desk, form: SubscriptionForm) -> dict[str, str]:
    """What is wrong with what was filled in, by the block in which it stands; found without the store, so before Slack waits."""
    scheduled, wrong = desk.newsroom.scheduled, {}
    of_kind = (
        (forms.SCHEDULE, form.schedule, scheduled.understand_schedule)
        if form.kind is SubscriptionKind.DIGEST
        else (forms.LIMITS, form.limits, scheduled.understand_wishes)
    )
    for block, typed, understand in (
        of_kind,
        (forms.ZONE, form.zone or "UTC", scheduled.understand_zone),
        (forms.QUIET, form.quiet_wish, scheduled.understand_wishes),
    ):
        try:
            understand(typed)
        except NotUnderstood as error:
            wrong[block] = str(error)
    if not wrong and form.kind is SubscriptionKind.DIGEST:
        try:
            scheduled.times(form.schedule, form.zone, None, form.wishes)
        except NotUnderstood as error:  # each for itself is well, and together they leave no time
            wrong[forms.QUIET] = str(error)
    return wrong

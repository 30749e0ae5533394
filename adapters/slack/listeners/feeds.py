"""A feed by a form: what is wrong in it is told at its field, and what cannot be had there with the form as it was filled in."""

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import actions
from adapters.slack import feed_form as forms
from adapters.slack.desk import Desk
from adapters.slack.feed_form import FeedForm
from adapters.slack.listeners.home import publish
from adapters.slack.listeners.pressed import Pressed, keep_open, submission, team_of
from adapters.slack.surfaces import Modal
from bot.errors import NotFound, ReadingError, VerbatimError
from bot.feeds.requests import FeedWishes


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to the button that opens the form, and to the form."""

    @app.action(actions.OPEN_FEED)
    async def _open(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        pressed = Pressed(desk, client, body)
        modal = Modal(client, body["trigger_id"], on_top=pressed.in_modal)

        async def work() -> None:
            await desk.newsroom.feeds.allow_to_add(await pressed.caller())
            await modal.show(forms.feed_modal(FeedForm()))

        await desk.attend(pressed.event, modal, work)

    @app.view(forms.FEED_MODAL)
    async def _filled_in(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        form = forms.filled_in(body["view"]["state"]["values"])
        if wrong := _wrong(desk, form):
            await ack(response_action="errors", errors=wrong)
            return
        await keep_open(ack)
        modal = Modal(client, view=body["view"]["id"])
        team, user = team_of(body), str(body["user"]["id"])

        async def work() -> None:
            caller = await desk.caller(client, team=team, user=user, channel=None)
            try:
                reply = await desk.newsroom.feeds.add(form.address, caller, form.wished.wishes)
            except (ReadingError, NotFound) as error:
                await modal.show(forms.feed_modal(form, wrong=str(error)))
                return
            await modal.answer(reply, desk.zone_of(caller))
            await desk.quietly(f"showing the App Home after {submission(body)}", partial(publish, desk, client, team=team, user=user))

        await desk.attend(submission(body), modal, work)


def _wrong(desk: Desk, form: FeedForm) -> dict[str, str]:
    """What is wrong with what was filled in, by the block in which it stands; nothing is looked up for it, as Slack waits."""
    wishes, wrong = form.wished.wishes, {}
    for block, address, wished in (
        (forms.ADDRESS, form.address, FeedWishes()),
        (forms.OUTLET, None, FeedWishes(outlet=wishes.outlet)),
        (forms.LANGUAGE, None, FeedWishes(language=wishes.language)),
        (forms.ZONE, None, FeedWishes(time_zone=wishes.time_zone)),
        (forms.FILTERS, None, FeedWishes(filters=wishes.filters)),
    ):
        try:
            desk.newsroom.feeds.understand(address, wished)
        except VerbatimError as error:
            wrong[block] = str(error)
    return wrong

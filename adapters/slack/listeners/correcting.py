"""What was filled in under "Wrong speaker?": a correction with the Slack user as its author, and the answer shown again."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.filled_in import SpeakerChosen
from adapters.slack import modals, rendering
from adapters.slack.desk import PAGE, Desk
from adapters.slack.listeners.pressed import Origin, read_origin, submission, team_of
from adapters.slack.surfaces import DirectMessages, Modal, Surface, Whisper
from bot.replies import Reply


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to the modal that asks who said it after all."""

    @app.view(modals.SPEAKER_MODAL)
    async def _corrected(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        chosen = modals.speaker_chosen(body["view"]["state"]["values"])
        if chosen == SpeakerChosen():
            await ack(response_action="errors", errors={modals.VOICE: "Choose who said it, or write a name below."})
            return
        await ack()
        origin = read_origin(body["view"]["private_metadata"])
        surface = _surface(desk, client, origin, body["user"]["id"])

        async def work() -> None:
            caller = await desk.caller(client, team=team_of(body), user=body["user"]["id"], channel=origin.channel)
            reply = await desk.newsroom.correct(chosen.correction(origin.choice.quote_id), caller)
            zone = desk.zone_of(caller)
            if isinstance(surface, Modal):
                shown = await _page(desk, origin)
                await surface.answer(_noted(shown, reply) if shown else reply, zone)
                return
            await surface.tell(rendering.messages(reply, zone=zone, private=False))
            await _show_again(desk, origin, zone if origin.seen_by_one else desk.settings.zone)

        await desk.attend(submission(body), surface, work)


def _surface(desk: Desk, client: AsyncWebClient, origin: Origin, user: str) -> Surface:
    """Where what became of the correction is told: to whoever made it, where it was begun."""
    if origin.view:
        return Modal(client, view=origin.view)
    if origin.channel and origin.in_direct_messages and not origin.private:
        return DirectMessages(client, origin.channel, origin.thread)
    # The form may stand open for longer than the address is good for.
    return Whisper(desk.whisper(origin.response_url), origin.thread, otherwise=DirectMessages(client, user))


async def _show_again(desk: Desk, origin: Origin, zone: ZoneInfo) -> None:
    """Put the answer as it is now in the place of the one at which the correction was begun."""
    if shown := await _page(desk, origin):
        message = rendering.answer(shown, zone=zone, private=origin.private, shared_by=origin.shared_by)
        await Whisper(desk.whisper(origin.response_url), origin.thread).replace(message)


async def _page(desk: Desk, origin: Origin) -> Reply | None:
    """The page on which the correction was begun, as it is now; None where no answer is kept."""
    page = origin.choice.page
    return None if page is None else await desk.newsroom.more(page.answer_id, after=page.since, page=PAGE)


def _noted(shown: Reply, correction: Reply) -> Reply:
    """The answer with what became of the correction."""
    return replace(shown, notes=(correction.understood, *correction.notes), undo=correction.undo)

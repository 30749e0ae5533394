"""The ways in that ask: the slash command, a mention, a direct message, and the two shortcuts."""

from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import actions, modals, names
from adapters.slack.desk import PAGE, Desk
from adapters.slack.incoming import typed
from adapters.slack.listeners.pressed import keep_open, submission, team_of
from adapters.slack.surfaces import DirectMessages, Modal, Surface, Thread, Whisper

# A message without a subtype is one that a person wrote; these two are ones as well, with a file or shown in the channel too.
_WRITTEN = (None, "file_share", "thread_broadcast")


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to what asks. Each is acknowledged first, so that no answer, however long it takes, is too late for Slack."""
    asking = _Asking(desk)
    app.command(names.SLASH_COMMAND)(asking.command)
    app.event("app_mention")(asking.mention)
    app.event("message")(asking.direct_message)
    app.shortcut({"type": "message_action", "callback_id": names.FIND_WORDS})(asking.find_words)
    app.shortcut({"type": "shortcut", "callback_id": names.ASK})(asking.open_form)
    app.action(actions.OPEN_ASK)(asking.open_form)
    app.view(modals.ASK_MODAL)(asking.form_filled_in)


@dataclass(frozen=True, slots=True)
class _Asking:
    desk: Desk

    async def command(self, ack: AsyncAck, command: dict[str, Any], client: AsyncWebClient) -> None:
        """`/verbatim …`, answered to the person alone."""
        await ack()
        surface = Whisper(self.desk.whisper(command["response_url"]))

        async def work() -> None:
            caller = await self.desk.caller(client, team=command["team_id"], user=command["user_id"], channel=command["channel_id"])
            await self.desk.ask(typed(command.get("text", "")), caller, surface, client)

        await self.desk.attend(f"slack command {command['trigger_id']}", surface, work)

    async def mention(self, event: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        """`@verbatim …` in a channel, answered in the thread."""
        if not _by_a_bot(event):
            thread = event.get("thread_ts")
            surface = Thread(client, event["channel"], thread or event["ts"], event["user"], in_thread=bool(thread), draw=self.desk.draw)
            await self._message(event, context, client, surface, overheard=True)

    async def direct_message(self, event: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        """A message to the app, answered there."""
        if event.get("channel_type") == "im" and event.get("subtype") in _WRITTEN and not _by_a_bot(event):
            await self._message(event, context, client, DirectMessages(client, event["channel"], event.get("thread_ts"), self.desk.draw))

    async def _message(
        self, event: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient, surface: Surface, *, overheard: bool = False
    ) -> None:
        team = context.team_id or event.get("team") or ""

        async def work() -> None:
            caller = await self.desk.caller(client, team=team, user=event["user"], channel=event["channel"], overheard=overheard)
            await self.desk.ask(typed(event.get("text", ""), bot_user=context.bot_user_id), caller, surface, client)

        # Known by the message rather than by the event that tells of it: told twice, or as two kinds of event, it is answered once.
        await self.desk.attend(f"slack message {team} {event['channel']} {event['ts']}", surface, work)

    async def find_words(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """The shortcut at any message: who said the words that it quotes."""
        await ack()
        surface = Whisper(self.desk.whisper(body["response_url"]), thread=body["message"].get("thread_ts"))

        async def work() -> None:
            caller = await self.desk.caller(client, team=team_of(body), user=body["user"]["id"], channel=body["channel"]["id"])
            for reply in await self.desk.newsroom.find_words(typed(body["message"].get("text", "")), caller, page=PAGE):
                await self.desk.show(reply, caller, surface)

        await self.desk.attend(f"slack shortcut {body['trigger_id']}", surface, work)

    async def open_form(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """The shortcut from anywhere, and the button of the App Home: a form to ask with."""
        await ack()
        modal = Modal(client, body["trigger_id"])

        async def work() -> None:
            await modal.show(modals.ask_modal(await self.desk.newsroom.examples()))

        await self.desk.attend(f"slack shortcut {body['trigger_id']}", modal, work)

    async def form_filled_in(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """The question of that form, answered in its place."""
        await keep_open(ack)
        surface = Modal(client, view=body["view"]["id"])

        async def work() -> None:
            caller = await self.desk.caller(client, team=team_of(body), user=body["user"]["id"], channel=None)
            await self.desk.ask(modals.question_asked(body["view"]["state"]["values"]), caller, surface, client)

        await self.desk.attend(submission(body), surface, work)


def _by_a_bot(event: dict[str, Any]) -> bool:
    """Whether a bot wrote it: two bots that answer each other never end."""
    return bool(event.get("bot_id") or event.get("bot_profile") or not event.get("user"))

"""The buttons of an answer: more, only direct, export, share, show context, who said it, who that is, undo, and what it suggests to ask.

Whatever a person presses is answered to that person; all that is needed for it stands in the button and in the database.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.pages import read_page
from adapters.slack import actions, modals, quotes, rendering
from adapters.slack.desk import PAGE, Desk
from adapters.slack.listeners.pressed import Pressed
from adapters.slack.rendering import Message
from adapters.slack.surfaces import Modal, Surface, Whisper
from bot.callers import Right
from bot.replies import ExportFormat, Reply
from bot.requests import Undo

_SHARED_ALREADY = "You have shared this already. If the channel does not show it, ask again and share that answer."
Answer = Callable[[Pressed, Surface], Awaitable[None]]


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to the buttons."""
    for action, answer in _ANSWERS.items():
        _listen(app, desk, action, answer)

    @app.action(actions.matching(actions.QUOTE))
    async def _menu(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        pressed = Pressed(desk, client, body)
        if pressed.value.startswith((actions.CONTEXT, actions.WHO)):
            answer = _who if pressed.value.startswith(actions.WHO) else _context
            surface = pressed.surface(over=True)
            await desk.attend(pressed.event, surface, lambda: answer(pressed, surface))
        else:
            modal = Modal(client, body["trigger_id"], on_top=pressed.in_modal)
            await desk.attend(pressed.event, modal, lambda: _who_said_it(pressed, modal))


def _listen(app: AsyncApp, desk: Desk, action: str, answer: Answer) -> None:
    @app.action(actions.matching(action))
    async def _pressed(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        pressed = Pressed(desk, client, body)
        surface = pressed.surface(over=action in _KEEPS_THE_ANSWER)
        await desk.attend(pressed.event, surface, lambda: answer(pressed, surface))


async def _more(pressed: Pressed, surface: Surface) -> None:
    page = read_page(pressed.value)
    reply = await pressed.desk.newsroom.more(page.answer_id, after=page.since, page=PAGE)
    await surface.answer(reply, await pressed.zone())


async def _only_direct(pressed: Pressed, surface: Surface) -> None:
    caller = await pressed.caller()
    reply = await pressed.desk.newsroom.narrow(read_page(pressed.value).answer_id, caller, page=PAGE)
    await pressed.desk.show(reply, caller, surface)


def _export(kind: ExportFormat) -> Answer:
    async def export(pressed: Pressed, surface: Surface) -> None:
        file = await pressed.desk.newsroom.export(read_page(pressed.value).answer_id, kind)
        await pressed.desk.hand_over(file, pressed.client, pressed.user, surface)

    return export


async def _share(pressed: Pressed, surface: Surface) -> None:
    page = read_page(pressed.value)
    await _share_once(pressed, surface, await pressed.desk.newsroom.more(page.answer_id, after=page.since, page=PAGE))


async def _share_asked(pressed: Pressed, surface: Surface) -> None:
    await _share_once(pressed, surface, await pressed.desk.newsroom.handle(pressed.value, await pressed.caller(), page=PAGE))


async def _share_once(pressed: Pressed, surface: Surface, reply: Reply) -> None:
    if not await pressed.desk.newsroom.first_time(f"slack share {pressed.message} {pressed.user} {pressed.value}"):
        await surface.tell(pressed.desk.rendered(Reply(_SHARED_ALREADY)))
        return
    profile = await pressed.desk.people.profile(pressed.client, pressed.team, pressed.user)
    shown = rendering.messages(reply, zone=pressed.desk.settings.zone, private=False, shared_by=profile.name)
    await Whisper(pressed.desk.whisper(pressed.body["response_url"]), pressed.thread).share(shown)


async def _undo(pressed: Pressed, surface: Surface) -> None:
    reply = await pressed.desk.newsroom.correct(Undo(int(pressed.value)), await pressed.caller())
    await surface.tell(pressed.desk.rendered(reply))


async def _ask_again(pressed: Pressed, surface: Surface) -> None:
    await pressed.desk.ask(pressed.value, await pressed.caller(), surface, pressed.client)


async def _context(pressed: Pressed, surface: Surface) -> None:
    passage = await pressed.desk.newsroom.passage(actions.read_choice(pressed.value).quote_id)
    shown = quotes.passage(passage, zone=await pressed.zone())
    await surface.tell([Message(f"The words around quote {passage.card.quote_id}.", shown)])


async def _who(pressed: Pressed, surface: Surface) -> None:
    zone = await pressed.zone()
    await surface.answer(await pressed.desk.newsroom.speaker_of(actions.read_choice(pressed.value).quote_id, zone=zone), zone)


async def _who_said_it(pressed: Pressed, modal: Modal) -> None:
    choice = actions.read_choice(pressed.value)
    newsroom = pressed.desk.newsroom
    await newsroom.allow(await pressed.caller(), Right.CORRECT)
    passage = await newsroom.passage(choice.quote_id)
    voices = await newsroom.voices(choice.quote_id)
    await modal.show(modals.wrong_speaker_modal(passage.card, voices, metadata=pressed.remembered(choice)))


_ANSWERS: dict[str, Answer] = {
    actions.MORE: _more,
    actions.DIRECT: _only_direct,
    actions.EXPORT: _export(ExportFormat.CSV),
    actions.EXPORT_JSON: _export(ExportFormat.JSON),
    actions.SHARE: _share,
    actions.SHARE_ASKED: _share_asked,
    actions.UNDO: _undo,
    actions.ASK_AGAIN: _ask_again,
}
# What these tell does not take the place of the answer in a modal.
_KEEPS_THE_ANSWER = (actions.EXPORT, actions.EXPORT_JSON, actions.UNDO)

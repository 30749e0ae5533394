"""The buttons and menus of our messages, and the forms that were filled in: found by their custom_id, after a restart and in old messages.

What a person presses is answered to that person alone; all that is needed for it stands in the custom_id and in the database.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Self, cast

import discord

from adapters.discord import custom_ids, rendering
from adapters.discord.custom_ids import DeliveryAction, DigestAction, PageAction, QuoteAction, WishAction
from adapters.discord.desk import Desk
from adapters.discord.handing_over import taken
from adapters.discord.listeners import correcting, deliveries, digests, watching
from adapters.discord.listeners.pressed import Interaction, Pressed
from adapters.discord.packing import Message
from adapters.discord.posting import post
from adapters.discord.rendering import PAGE
from adapters.discord.surfaces import ToInteraction
from adapters.pages import Page
from bot.errors import NotAllowed
from bot.replies import ExportFormat, Reply

_OF_AN_OLDER_ONE = "This was made by an older Verbatim, and cannot be used any more. Ask again for one that can."
_SHARED_ALREADY = "You have shared this already. If the channel does not show it, ask again and share that answer."

Press = Callable[[Pressed], Awaitable[None]]
Presses = dict[str | None, Press]  # by what their custom_id calls the action, None where it names none
Answer = Callable[[Pressed, ToInteraction], Awaitable[None]]


class Pressable(discord.ui.DynamicItem[discord.ui.Item[Any]], template=re.compile(".*", re.DOTALL)):
    """Whatever can be pressed under a message of ours: what it is for is read from its custom_id once it is pressed."""

    @classmethod
    async def from_custom_id(cls, _interaction: Interaction, item: discord.ui.Item[Any], _match: re.Match[str], /) -> Self:
        """One that was pressed."""
        return cls(item)

    async def callback(self, interaction: Interaction) -> None:
        """Do what it is for."""
        await _press(_BUTTONS, interaction.client.desk, interaction)


ITEMS: tuple[type[discord.ui.DynamicItem[Any]], ...] = (Pressable,)


async def submitted(desk: Desk, interaction: Interaction) -> None:
    """Do what a form that was filled in asks for; what is no form is let pass."""
    if interaction.type is discord.InteractionType.modal_submit:
        await _press(_FORMS, desk, interaction)


async def _press(known: Mapping[re.Pattern[str], Presses], desk: Desk, interaction: Interaction) -> None:
    for pattern, presses in known.items():
        if found := pattern.fullmatch(interaction.custom_id or ""):
            parts = found.groupdict()
            await presses[parts.get("action")](Pressed(desk, interaction, parts))
            return
    await _of_an_older_one(Pressed(desk, interaction, {}))


def _answering(answer: Answer) -> Press:
    """A press that is answered to whoever pressed, and to nobody else."""

    async def press(pressed: Pressed) -> None:
        surface = ToInteraction(pressed.interaction)
        await pressed.desk.attend(pressed.event, surface, lambda: answer(pressed, surface))

    return press


async def _more(pressed: Pressed, surface: ToInteraction) -> None:
    await surface.answer(await _page(pressed), await pressed.zone())


async def _only_direct(pressed: Pressed, surface: ToInteraction) -> None:
    caller = await pressed.caller()
    reply = await pressed.desk.newsroom.narrow(_page_of(pressed).answer_id, caller, page=PAGE)
    await pressed.desk.show(reply, caller, surface)


def _export(kind: ExportFormat) -> Answer:
    async def export(pressed: Pressed, surface: ToInteraction) -> None:
        await surface.hand_over(await pressed.desk.newsroom.export(_page_of(pressed).answer_id, kind))

    return export


async def _share(pressed: Pressed) -> None:
    await _sharing(pressed, lambda: _page(pressed))


async def _share_asked(pressed: Pressed) -> None:
    async def asked() -> Reply:
        return await pressed.desk.newsroom.handle(pressed.parts["request"] or "", await pressed.caller(), page=PAGE)

    await _sharing(pressed, asked)


async def _sharing(pressed: Pressed, found: Callable[[], Awaitable[Reply]]) -> None:
    """Show a private answer to the channel, and take the private one away."""
    surface = ToInteraction(pressed.interaction, in_place=True)

    async def work() -> None:
        await _share_once(pressed, surface, await found())

    await pressed.desk.attend(pressed.event, surface, work)


async def _share_once(pressed: Pressed, surface: ToInteraction, reply: Reply) -> None:
    interaction, desk = pressed.interaction, pressed.desk
    message, caller = cast("discord.Message", interaction.message), await pressed.caller()
    if not pressed.may_write:
        raise NotAllowed("You may not write in this channel, so Verbatim does not do it for you.", "Share it where you may.")
    if not await desk.newsroom.first_time(f"discord share {message.id} {interaction.user.id} {interaction.custom_id}"):
        await surface.tell([rendering.error(_SHARED_ALREADY)])
        return
    picture = await desk.picture(reply)
    shown = rendering.messages(reply, zone=desk.zone_of(caller), private=False, shared_by=caller.called, picture=picture)
    async with taken("Discord did not say that it posted the answer.", "If the channel does not show it, ask again and share that answer."):
        await _post_for_all(interaction, shown)
    await interaction.delete_original_response()


async def _post_for_all(interaction: Interaction, messages: Sequence[Message]) -> None:
    """Post in the channel: as the app where it may, since each message stands there once then; else in answer to what was pressed."""
    channel, may = interaction.channel, interaction.app_permissions
    writes = may.send_messages_in_threads if isinstance(channel, discord.Thread) else may.send_messages
    if not (isinstance(channel, discord.abc.Messageable) and may.view_channel and writes and may.embed_links):
        await ToInteraction(interaction, ephemeral=False, in_place=True).tell(messages)
        return
    for message in messages:
        await post(channel, message)


async def _ask(pressed: Pressed, surface: ToInteraction) -> None:
    await pressed.desk.ask(pressed.parts["request"] or "", await pressed.caller(), surface)


async def _context(pressed: Pressed, surface: ToInteraction) -> None:
    passage = await pressed.desk.newsroom.passage(pressed.quote)
    await surface.tell([rendering.passage(passage, zone=await pressed.zone())])


async def _say_that_it_is_of_an_older_one(_: Pressed, surface: ToInteraction) -> None:
    await surface.tell([rendering.error(_OF_AN_OLDER_ONE)])


async def _page(pressed: Pressed) -> Reply:
    page = _page_of(pressed)
    return await pressed.desk.newsroom.more(page.answer_id, after=page.since, page=PAGE)


def _page_of(pressed: Pressed) -> Page:
    return cast("Page", pressed.page)


_QUOTES: Presses = {QuoteAction.CONTEXT: _answering(_context), QuoteAction.SPEAKER: correcting.open_form}
_BUTTONS: dict[re.Pattern[str], Presses] = {
    custom_ids.PAGE_BUTTON: {
        PageAction.MORE: _answering(_more),
        PageAction.DIRECT: _answering(_only_direct),
        PageAction.EXPORT: _answering(_export(ExportFormat.CSV)),
        PageAction.EXPORT_JSON: _answering(_export(ExportFormat.JSON)),
        PageAction.SHARE: _share,
    },
    custom_ids.SHARE_ASKED_BUTTON: {None: _share_asked},
    custom_ids.QUOTE_BUTTON: _QUOTES,
    custom_ids.QUOTE_MENU: _QUOTES,
    custom_ids.ASK_BUTTON: {None: _answering(_ask)},
    custom_ids.UNDO_BUTTON: {None: correcting.undo},
    custom_ids.DIGEST_BUTTON: {
        DigestAction.CHANGE: watching.open_change,
        DigestAction.PAUSE: digests.pause,
        DigestAction.RESUME: digests.resume,
        DigestAction.MUTE: digests.mute,
        DigestAction.UNMUTE: digests.unmute,
        DigestAction.PREVIEW: _answering(deliveries.preview),
        DigestAction.SEND: _answering(deliveries.send_now),
        DigestAction.LOG: _answering(deliveries.show_log),
        DigestAction.DELETE: digests.ask_whether_to_delete,
        DigestAction.REALLY_DELETE: digests.delete,
        DigestAction.KEEP: digests.keep,
    },
    custom_ids.DELIVERY_BUTTON: {
        DeliveryAction.MANAGE: _answering(deliveries.manage),
        DeliveryAction.WHOLE: _answering(deliveries.show_whole),
        DeliveryAction.MUTE: _answering(deliveries.mute),
    },
    custom_ids.WISH_BUTTON: {WishAction.SAVE: watching.save, WishAction.AGAIN: watching.open_again},
}
_FORMS: dict[re.Pattern[str], Presses] = {
    custom_ids.SPEAKER_MODAL: {None: correcting.submitted},
    custom_ids.DIGEST_MODAL: {None: watching.submitted},
}
_of_an_older_one = _answering(_say_that_it_is_of_an_older_one)

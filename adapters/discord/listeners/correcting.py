"""Who said it after all: the form that asks, a correction by the person on Discord, the way back, and the answer shown again."""

from typing import cast

import discord

from adapters.discord import custom_ids, modals, rendering
from adapters.discord.custom_ids import Shown
from adapters.discord.listeners.pressed import Pressed, open_modal
from adapters.discord.packing import Message
from adapters.discord.posting import insistently
from adapters.discord.rendering import PAGE
from adapters.discord.surfaces import ToInteraction
from adapters.filled_in import SpeakerChosen
from adapters.pages import Page
from bot.callers import Right
from bot.errors import NotUnderstood
from bot.requests import Fix, Reject, Undo


async def open_form(pressed: Pressed) -> None:
    """Ask who said a quote, if the person may correct it."""

    async def looked_up() -> discord.ui.Modal:
        newsroom = pressed.desk.newsroom
        await newsroom.allow(await pressed.caller(), Right.CORRECT)
        passage = await newsroom.passage(pressed.quote)
        return modals.wrong_speaker_modal(passage.card, await newsroom.voices(pressed.quote), pressed.page)

    await open_modal(pressed, looked_up)


async def submitted(pressed: Pressed) -> None:
    """Correct what was filled in, tell so to whoever did it, and show the answer at which it was begun as it is now."""
    surface = ToInteraction(pressed.interaction, in_place=True)

    async def work() -> None:
        reply = await pressed.desk.newsroom.correct(_correction(pressed), await pressed.caller())
        await surface.tell(rendering.messages(reply, zone=await pressed.zone(), private=False, corrected=_seen_by_all(pressed)))
        if page := pressed.page:
            await pressed.desk.quietly(f"showing the answer again after {pressed.event}", lambda: _show_here(pressed, page, surface))

    await pressed.desk.attend(pressed.event, surface, work)


async def undo(pressed: Pressed) -> None:
    """Take a correction back: what holds now takes the place of what told of it, and the answer at which it was made is shown again."""
    surface = ToInteraction(pressed.interaction, in_place=True)

    async def work() -> None:
        reply = await pressed.desk.newsroom.correct(Undo(int(pressed.parts["correction"] or 0)), await pressed.caller())
        await surface.answer(reply, await pressed.zone())
        if at := custom_ids.shown_found(pressed.parts):
            await pressed.desk.quietly(f"showing the answer again after {pressed.event}", lambda: _show_there(pressed, at))

    await pressed.desk.attend(pressed.event, surface, work)


def _correction(pressed: Pressed) -> Fix | Reject:
    """What was filled in. Raises NotUnderstood for nothing at all."""
    chosen = modals.speaker_chosen(pressed.data)
    if chosen == SpeakerChosen():
        raise NotUnderstood(
            "Nobody was chosen, so nothing is corrected.", "Use “Wrong speaker?” again, and choose who said it or write a name."
        )
    return chosen.correction(pressed.quote)


def _seen_by_all(pressed: Pressed) -> Shown | None:
    """The answer at which a correction was begun. Of one that a single person sees, Discord lets nothing be changed later on."""
    begun = cast("discord.Message", pressed.interaction.message)
    return Shown(begun.id, pressed.page) if pressed.page and not begun.flags.ephemeral else None


async def _show_here(pressed: Pressed, page: Page, surface: ToInteraction) -> None:
    """Put the answer as it is now in the place of the one at which the form was opened."""
    await surface.replace(await _as_it_is_now(pressed, page, cast("discord.Message", pressed.interaction.message)))


async def _show_there(pressed: Pressed, at: Shown) -> None:
    """Put the answer as it is now in the place of the one that stands elsewhere in the channel."""
    interaction = pressed.interaction
    channel = interaction.client.get_partial_messageable(interaction.channel_id or 0, guild_id=interaction.guild_id)
    standing = await channel.fetch_message(at.message)
    message = await _as_it_is_now(pressed, at.page, standing)
    await insistently(lambda: standing.edit(content=message.content or None, embeds=message.embeds, view=message.view()))


async def _as_it_is_now(pressed: Pressed, page: Page, standing: discord.Message) -> Message:
    reply = await pressed.desk.newsroom.more(page.answer_id, after=page.since, page=PAGE)
    shared_by = rendering.sharer(standing.content)
    return rendering.answer(reply, zone=await pressed.zone(), private=standing.flags.ephemeral, shared_by=shared_by)

"""Who said it after all: the form that asks, a correction with the person on Discord as its author, and the answer shown again."""

from typing import cast

import discord

from adapters.discord import modals, rendering
from adapters.discord.listeners.pressed import Pressed, open_modal
from adapters.discord.modals import SpeakerChosen
from adapters.discord.rendering import PAGE
from adapters.discord.surfaces import ToInteraction
from bot.callers import Right
from bot.errors import NotUnderstood
from bot.requests import Fix, Reject


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
        await surface.tell(pressed.desk.rendered(reply))
        await pressed.desk.quietly(f"showing the answer again after {pressed.event}", lambda: _show_again(pressed, surface))

    await pressed.desk.attend(pressed.event, surface, work)


def _correction(pressed: Pressed) -> Fix | Reject:
    """A name that was written counts more than a choice: whoever writes one has looked at the list. Raises NotUnderstood for neither."""
    chosen = modals.speaker_chosen(pressed.data)
    if chosen == SpeakerChosen():
        raise NotUnderstood(
            "Nobody was chosen, so nothing is corrected.", "Use “Wrong speaker?” again, and choose who said it or write a name."
        )
    if chosen.name:
        return Fix(pressed.quote, chosen.name)
    return Reject(pressed.quote) if chosen.speaker_id is None else Fix(pressed.quote, f"#{chosen.speaker_id}")


async def _show_again(pressed: Pressed, surface: ToInteraction) -> None:
    """Put the answer as it is now in the place of the one at which the correction was begun."""
    if (page := pressed.page) is None:
        return
    begun = cast("discord.Message", pressed.interaction.message)
    reply = await pressed.desk.newsroom.more(page.answer_id, after=page.since, page=PAGE)
    shared_by = rendering.sharer(begun.content)
    await surface.replace(rendering.answer(reply, zone=await pressed.zone(), private=begun.flags.ephemeral, shared_by=shared_by))

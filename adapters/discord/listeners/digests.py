"""The digests and alerts that a message of ours shows, by its buttons: pause, mute, end. The message then shows them as they are."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import discord

from adapters.discord import custom_ids, rendering
from adapters.discord.listeners.pressed import Pressed
from adapters.discord.surfaces import ToInteraction
from bot.callers import Caller
from bot.errors import NotFound
from bot.replies import Reply


async def pause(pressed: Pressed) -> None:
    """Let a digest rest."""
    await _done(pressed, pressed.desk.newsroom.scheduled.pause)


async def resume(pressed: Pressed) -> None:
    """Let a digest that rests go on."""
    await _done(pressed, pressed.desk.newsroom.scheduled.resume)


async def mute(pressed: Pressed) -> None:
    """Let nothing come of a digest for a day."""
    await _done(pressed, pressed.desk.newsroom.scheduled.mute)


async def unmute(pressed: Pressed) -> None:
    """Let a digest that is muted go on at once."""
    await _done(pressed, pressed.desk.newsroom.scheduled.unmute)


async def delete(pressed: Pressed) -> None:
    """Delete a digest."""
    await _done(pressed, pressed.desk.newsroom.scheduled.unsubscribe)


async def ask_whether_to_delete(pressed: Pressed) -> None:
    """Ask whether a digest shall be deleted, if the person may do that."""

    async def asked(number: int, caller: Caller) -> Reply:
        digest = await pressed.desk.newsroom.scheduled.changeable(number, caller)
        return Reply(f"Delete {digest.kind} {number}? It will not be posted any more.")

    await _done(pressed, asked, deleting=pressed.digest)


async def keep(pressed: Pressed) -> None:
    """Leave a digest as it is that was to be deleted."""

    async def kept(number: int, caller: Caller) -> Reply:
        digest = await pressed.desk.newsroom.scheduled.subscription(number, caller)
        return Reply(f"{digest.kind.capitalize()} {number} stays.")

    await _done(pressed, kept)


async def as_they_are(pressed: Pressed, caller: Caller, reply: Reply) -> Reply:
    """The reply with all digests of the message that was pressed; it says which of them are gone. As it is where that has none."""
    shown, gone = [], []
    for number in (numbers := listed(pressed)):
        try:
            shown.append(await pressed.desk.newsroom.scheduled.subscription(number, caller))
        except NotFound:
            gone += [] if number == pressed.digest else [f"There is no digest or alert {number} here any more."]
    return replace(reply, subscriptions=tuple(shown), notes=(*reply.notes, *gone)) if numbers else reply


def listed(pressed: Pressed) -> list[int]:
    """The numbers of the digests that stand in the message that was pressed."""
    rows = pressed.interaction.message.components if pressed.interaction.message else []
    ids = (str(item.custom_id) for row in rows if isinstance(row, discord.ActionRow) for item in row.children)
    return list(dict.fromkeys(int(found["digest"]) for each in ids if (found := custom_ids.DIGEST_BUTTON.fullmatch(each))))


async def _done(pressed: Pressed, change: Callable[[int, Caller], Awaitable[Reply]], *, deleting: int | None = None) -> None:
    """Do something to a digest: the message that was pressed says what, and shows its digests as they are then.

    What is refused is told beside that message, which stays as it is: it may say why something rests.
    """
    surface, number = ToInteraction(pressed.interaction, in_place=True), pressed.digest

    async def work() -> None:
        caller = await pressed.caller()
        reply = await as_they_are(pressed, caller, await change(number, caller))
        zone = pressed.desk.zone_of(caller)
        await surface.replace(rendering.digests(reply, zone=zone, private=pressed.is_private, deleting=deleting))

    await pressed.desk.attend(pressed.event, surface, work)

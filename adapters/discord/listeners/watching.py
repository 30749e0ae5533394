"""A digest on a schedule by a command or a form: set up, or changed."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any

import discord
from discord.app_commands import Namespace

from adapters.discord import custom_ids, modals, rendering
from adapters.discord.components import Button
from adapters.discord.listeners.digests import as_they_are, listed
from adapters.discord.listeners.pressed import Pressed, open_modal
from adapters.discord.modals import USUAL_SCHEDULE
from adapters.discord.packing import Message
from adapters.discord.people import Chosen
from adapters.discord.surfaces import ToInteraction
from adapters.filled_in import DigestWished
from adapters.setting_types import AllowedOnDiscord
from bot.callers import Caller, Right
from bot.errors import NotAllowed, NotFound, NotUnderstood
from bot.replies import Reply, SubscriptionView


async def open_new(pressed: Pressed) -> None:
    """Open the form for a new digest, here unless another channel is chosen."""
    await open_modal(pressed, lambda: _new(pressed, None))


async def open_change(pressed: Pressed) -> None:
    """Open the form for what shall change in a digest."""

    async def looked_up() -> discord.ui.Modal:
        return modals.digest_modal(await _changeable(pressed))

    await open_modal(pressed, looked_up)


async def open_again(pressed: Pressed) -> None:
    """Open the form again in which something could not be understood, with what was typed."""
    parts = {name: value or "" for name, value in pressed.parts.items()}
    wished = DigestWished(parts["about"], parts["schedule"], parts["channel"], parts["zone"])

    async def looked_up() -> discord.ui.Modal:
        if not pressed.parts["digest"]:
            return await _new(pressed, wished)
        view = await _changeable(pressed)
        return modals.digest_modal(view, about=wished.about, schedule=wished.schedule, zone=wished.zone)

    await open_modal(pressed, looked_up)


async def submitted(pressed: Pressed) -> None:
    """Set up the digest that was filled in, or change the one that the form was about."""
    wished = modals.digest_wished(pressed.data)
    number = pressed.parts["digest"]
    work = partial(_change, pressed, wished) if number else partial(_set_up, pressed, wished, None)
    await _filled_in(pressed, wished, work)


async def set_up(pressed: Pressed, wished: DigestWished, channel: Chosen | None) -> None:
    """Set up a digest by the options of a command."""
    await _filled_in(pressed, wished, partial(_set_up, pressed, wished, channel))


async def _filled_in(pressed: Pressed, wished: DigestWished, work: Callable[[], Awaitable[tuple[Reply, Caller]]]) -> None:
    """Do as a form or options say; what cannot be understood is told with a way back to the form.

    Where the form was opened by a button, the answer takes the place of its message; what is not understood does so only where that
    told of the same already.
    """
    begun_at = pressed.interaction.message
    surface = ToInteraction(pressed.interaction, in_place=begun_at is not None)

    async def answered() -> None:
        try:
            reply, caller = await work()
        except NotUnderstood as error:
            told = _misunderstood(error, wished, pressed.parts.get("digest"))
            await (surface.replace(told) if begun_at and not listed(pressed) else surface.tell([told]))
            return
        await surface.answer(reply, pressed.desk.zone_of(caller))

    await pressed.desk.attend(pressed.event, surface, answered)


async def _change(pressed: Pressed, wished: DigestWished) -> tuple[Reply, Caller]:
    caller = await pressed.caller()
    reply = await pressed.desk.newsroom.scheduled.change(pressed.digest, wished.schedule, wished.zone, wished.about, caller)
    return await as_they_are(pressed, caller, reply), caller


async def _set_up(pressed: Pressed, wished: DigestWished, channel: Chosen | None) -> tuple[Reply, Caller]:
    there = channel or _resolved(pressed, wished.channel)
    if there is None and not pressed.may_write:
        raise NotAllowed("You may not write in this channel, so you cannot have a digest posted in it.", "Choose one in which you may.")
    caller = await _founder(pressed, there)
    return await pressed.desk.newsroom.scheduled.subscribe(wished.schedule, wished.zone, wished.about, caller), caller


def _misunderstood(error: NotUnderstood, wished: DigestWished, digest: str | None) -> Message:
    """What is wrong, and the form with what was typed by a button, or what was typed where a button does not hold it."""
    told = rendering.error(str(error)).content
    again = custom_ids.digest_again_button(
        digest=digest or "", channel=wished.channel, schedule=wished.schedule, zone=wished.zone, about=wished.about
    )
    if again:
        return Message(told, rows=((Button("Change what you wrote", again, discord.ButtonStyle.primary),),))
    typed = (("About", wished.about), ("When", wished.schedule), ("Time zone", wished.zone))
    return rendering.error(f"{error} You wrote: {'; '.join(f'{name}: {value}' for name, value in typed if value)}.")


async def _changeable(pressed: Pressed) -> SubscriptionView:
    """The digest, if the person may change it. Raises NotFound and NotAllowed."""
    return await pressed.desk.newsroom.scheduled.changeable(pressed.digest, await pressed.caller())


async def _founder(pressed: Pressed, channel: Chosen | None = None) -> Caller:
    """Who sets up a digest, in its channel: where Discord says who may use the command for that, whoever it let through may.

    It says so only if it was told: where it has another command than ours, it lets everybody through.
    """
    caller = await pressed.desk.people.of_interaction(pressed.interaction, channel=channel)
    is_told = pressed.interaction.client.tree.is_in_step
    if not is_told or pressed.desk.settings.discord_may_subscribe != AllowedOnDiscord(manage_server=True):
        return caller

    async def may(right: Right) -> bool:
        return right is Right.SUBSCRIBE or await caller.may(right)

    return replace(caller, may=may)


async def _new(pressed: Pressed, wished: DigestWished | None) -> discord.ui.Modal:
    """The form for a new digest, with what was wished for it before, or with what is usual here."""
    caller = await _founder(pressed)
    await pressed.desk.newsroom.allow(caller, Right.SUBSCRIBE)
    zone = pressed.desk.zone_of(caller).key
    wished = wished or DigestWished(schedule=USUAL_SCHEDULE, zone=zone)
    here = pressed.interaction.channel_id if pressed.interaction.guild_id else None
    return modals.digest_modal(
        about=wished.about,
        schedule=wished.schedule,
        zone=wished.zone,
        channel=int(wished.channel) if wished.channel else here,
        note=rendering.zone_note(caller.home, zone) if caller.home and not caller.zone else "",
    )


def _resolved(pressed: Pressed, channel: str) -> Chosen | None:
    """The channel that was chosen in a form, with what the person may do there. Raises NotFound."""
    if not channel:
        return None
    option: Any = {"type": discord.AppCommandOptionType.channel.value, "name": "channel", "value": channel}
    chosen = Namespace(pressed.interaction, pressed.data.get("resolved", {}), [option]).channel
    if not isinstance(chosen, Chosen):
        raise NotFound("Discord says nothing of that channel.", "Choose another one.")
    return chosen

"""A digest on a schedule, or an alert, by a command or a form: set up, or changed."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any

import discord
from discord.app_commands import Namespace

from adapters.discord import components, custom_ids, modals, rendering
from adapters.discord.components import Button, Row
from adapters.discord.custom_ids import WishAction
from adapters.discord.listeners import planned
from adapters.discord.listeners.digests import as_they_are, listed
from adapters.discord.listeners.pressed import Pressed, open_modal
from adapters.discord.modals import USUAL_SCHEDULE
from adapters.discord.packing import Message
from adapters.discord.people import Chosen, Told
from adapters.discord.surfaces import ToInteraction
from adapters.filled_in import DigestWished
from adapters.setting_types import AllowedOnDiscord
from bot.callers import Caller, Right
from bot.errors import NotAllowed, NotFound, NotUnderstood
from bot.replies import Reply, SubscriptionView

Answer = Reply | Message


async def open_new(pressed: Pressed) -> None:
    """Open the form for a new digest or alert, here unless another channel is chosen."""
    await open_modal(pressed, lambda: _new(pressed, None))


async def open_change(pressed: Pressed) -> None:
    """Open the form for what shall change in a digest or an alert."""

    async def looked_up() -> discord.ui.Modal:
        return modals.change_modal(await _changeable(pressed))

    await open_modal(pressed, looked_up)


async def open_again(pressed: Pressed) -> None:
    """Open the form again with what was typed: as something in it could not be understood, or is meant otherwise."""
    wished = custom_ids.wish_found(pressed.parts)

    async def looked_up() -> discord.ui.Modal:
        return modals.change_modal(await _changeable(pressed), wished) if pressed.parts["digest"] else await _new(pressed, wished)

    await open_modal(pressed, looked_up)


async def submitted(pressed: Pressed) -> None:
    """Change the digest that the form was about; or tell when a new one comes, with a button that saves it."""
    wished = modals.digest_wished(pressed.data)
    if pressed.parts["digest"]:
        await _filled_in(pressed, wished, partial(_change, pressed, wished))
        return

    async def told_or_set_up() -> Answer:
        channel = _resolved(pressed, wished.channel)
        row = components.wish_row(wished) if wished.schedule else ()
        return await (_told_when(pressed, wished, channel, row) if row else _set_up(pressed, wished, channel))

    await _filled_in(pressed, wished, told_or_set_up)


async def save(pressed: Pressed) -> None:
    """Set up the digest of which was told when it comes."""
    wished = custom_ids.wish_found(pressed.parts)

    async def set_up_there() -> Answer:
        known = Chosen.known(pressed.interaction.user, int(wished.channel)) if wished.channel else None
        if wished.channel and known is None:
            raise _unknown_channel()
        return await _set_up(pressed, wished, known)

    await _filled_in(pressed, wished, set_up_there)


async def set_up(pressed: Pressed, wished: DigestWished, channel: Chosen | None) -> None:
    """Set up a digest or an alert by the options of a command."""

    async def set_up_as_given() -> Answer:
        planned.see_that_its_zones_agree(pressed.desk.newsroom.scheduled, wished, await pressed.caller())
        return await _set_up(pressed, wished, channel)

    await _filled_in(pressed, wished, set_up_as_given)


async def _filled_in(pressed: Pressed, wished: DigestWished, work: Callable[[], Awaitable[Answer]]) -> None:
    """Do as a form or options say; what cannot be understood is told with a way back to the form.

    Where the form was opened by a button, the answer takes the place of its message; what is not understood does so only where that
    told of the same already.
    """
    begun_at = pressed.interaction.message
    surface = ToInteraction(pressed.interaction, in_place=begun_at is not None)

    async def answered() -> None:
        try:
            told = await work()
        except NotUnderstood as error:
            told = _misunderstood(error, wished, pressed.parts.get("digest"))
        if isinstance(told, Message):
            await (surface.replace(told) if begun_at and not listed(pressed) else surface.tell([told]))
            return
        await surface.answer(told, await pressed.zone())

    await pressed.desk.attend(pressed.event, surface, answered)


async def _change(pressed: Pressed, wished: DigestWished) -> Reply:
    caller = await pressed.caller()
    scheduled = pressed.desk.newsroom.scheduled
    reply = await scheduled.change(pressed.digest, wished.schedule, wished.zone, wished.about, caller, wished.wishes)
    return await as_they_are(pressed, caller, reply)


async def _told_when(pressed: Pressed, wished: DigestWished, channel: Chosen | None, row: Row) -> Message:
    """When a new digest would come, if the person may set it up there."""
    caller = await _founder_who_may_write(pressed, channel)
    await pressed.desk.newsroom.allow(caller, Right.SUBSCRIBE)
    return rendering.times(planned.times(pressed.desk.newsroom.scheduled, wished, caller), wished, row)


async def _set_up(pressed: Pressed, wished: DigestWished, channel: Chosen | None) -> Reply:
    caller, scheduled = await _founder_who_may_write(pressed, channel), pressed.desk.newsroom.scheduled
    if wished.schedule:
        return await scheduled.subscribe(wished.schedule, wished.zone, wished.about, caller, wished.wishes)
    return await scheduled.watch(wished.about, wished.zone, wished.wishes, caller)


def _misunderstood(error: NotUnderstood, wished: DigestWished, digest: str | None) -> Message:
    """What is wrong, and the form with what was typed by a button, or what was typed where a button does not hold it."""
    if again := custom_ids.wish_button(WishAction.AGAIN, wished, digest or ""):
        told = rendering.error(str(error)).content
        return Message(told, rows=((Button(components.CHANGE_WISH, again, discord.ButtonStyle.primary),),))
    typed = (("About", wished.about), ("When", wished.schedule), ("Time zone", wished.zone), ("How", wished.wishes))
    return rendering.error(f"{error} You wrote: {'; '.join(f'{name}: {value}' for name, value in typed if value)}.")


async def _changeable(pressed: Pressed) -> SubscriptionView:
    """The digest, if the person may change it. Raises NotFound and NotAllowed."""
    return await pressed.desk.newsroom.scheduled.changeable(pressed.digest, await pressed.caller())


async def _founder_who_may_write(pressed: Pressed, channel: Chosen | None) -> Caller:
    """Who sets up a digest, in its channel. Raises NotAllowed where the person may not write there."""
    if channel is None and not pressed.may_write:
        raise NotAllowed("You may not write in this channel, so you cannot have a digest posted in it.", "Choose one in which you may.")
    return await _founder(pressed, channel)


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
    channel = int(wished.channel) if wished.channel else here
    unset = rendering.unset_zone(caller.home, zone) if caller.home and not caller.zone else ""
    return modals.new_digest_modal(wished, channel=channel, unset_zone=unset)


def _resolved(pressed: Pressed, channel: str) -> Chosen | None:
    """The channel that was chosen in a form, with what the person may do there. Raises NotFound."""
    if not channel:
        return None
    option: Any = {"type": discord.AppCommandOptionType.channel.value, "name": "channel", "value": channel}
    chosen = Namespace(pressed.interaction, pressed.data.get("resolved", {}), [option]).channel
    if not isinstance(chosen, Told):
        raise _unknown_channel()
    return Chosen.told(chosen)


def _unknown_channel() -> NotFound:
    return NotFound("Discord says nothing of that channel.", "Choose another one.")

"""What came by itself, or would: seen to, shown in full, muted, tried, sent now. Told to whoever presses the button, and to nobody else."""

from adapters.discord.listeners.pressed import Pressed
from adapters.discord.surfaces import ToInteraction
from bot.replies import Reply


async def manage(pressed: Pressed, surface: ToInteraction) -> None:
    """Show the digest or alert of a post, with what can be done with it."""
    caller = await pressed.caller()
    view = await pressed.desk.newsroom.scheduled.managed(pressed.delivery, caller)
    reply = Reply("This came by itself:", subscriptions=(view,))
    await surface.answer(reply, pressed.desk.zone_of(caller))


async def show_whole(pressed: Pressed, surface: ToInteraction) -> None:
    """Show all of what a post holds."""
    await _show(pressed, surface, await pressed.desk.newsroom.scheduled.whole(pressed.delivery, await pressed.caller()))


async def mute(pressed: Pressed, surface: ToInteraction) -> None:
    """Let nothing come for a day of the alert of a post."""
    caller = await pressed.caller()
    view = await pressed.desk.newsroom.scheduled.managed(pressed.delivery, caller)
    await surface.answer(await pressed.desk.newsroom.scheduled.mute(view.number, caller), await pressed.zone())


async def preview(pressed: Pressed, surface: ToInteraction) -> None:
    """Show what would be posted now."""
    await _show(pressed, surface, await pressed.desk.newsroom.scheduled.preview(pressed.digest, await pressed.caller()))


async def send_now(pressed: Pressed, surface: ToInteraction) -> None:
    """Have a digest posted now."""
    await _show(pressed, surface, await pressed.desk.newsroom.scheduled.send_now(pressed.digest, await pressed.caller()))


async def show_log(pressed: Pressed, surface: ToInteraction) -> None:
    """Show what was posted of a digest, and what was not, and why."""
    await _show(pressed, surface, await pressed.desk.newsroom.scheduled.deliveries(pressed.digest, await pressed.caller()))


async def _show(pressed: Pressed, surface: ToInteraction, reply: Reply) -> None:
    await surface.answer(reply, await pressed.zone(), await pressed.desk.picture(reply))

"""What people do with the commands, buttons and forms of a scene, and what is answered to them."""

from collections.abc import Mapping

from tests.adapters.discord.scenes import Scene
from tests.fakes.discord_reading import visible_text
from tests.fakes.discord_records import ADA, NEWS, Interaction, Message
from tests.fakes.discord_typing import Typed

ACKNOWLEDGE = "POST /interactions/{interaction}/{token}/callback"
FOLLOW_UP = "POST /webhooks/{app}/{token}"
POST = "POST /channels/{channel}/messages"
CHANGE = "PATCH /webhooks/{app}/{token}/messages/{message}"
THINKING, FORM = 5, 9
ALL_BUTTONS = ["Change", "Pause", "Preview", "Send now", "Delete", "Mute for a day", "What was sent"]
"""Of a digest that runs and stands alone in its message."""
"""How an app acknowledges at first: something comes, or a form opens."""

Options = Mapping[str, object]


async def used(
    scene: Scene, name: str, options: Options | None = None, /, *, user: int = ADA, channel: int | None = NEWS, **entered: object
) -> Interaction:
    """Somebody uses a command, and all that comes of it is done."""
    done = scene.people.command(name, {**(options or {}), **entered}, user=user, channel=channel)
    await scene.settled()
    return done


async def pressed(scene: Scene, message: Message, label: str, *, user: int = ADA, nth: int = 0) -> Interaction:
    """Somebody presses a button or chooses in a menu, and all that comes of it is done."""
    done = scene.people.click(message, label, user=user, nth=nth)
    await scene.settled()
    return done


async def submitted(scene: Scene, typed: Typed | None = None, *, user: int = ADA) -> Interaction:
    """Somebody fills in the form before them, and all that comes of it is done."""
    done = scene.people.submit(typed, user=user)
    await scene.settled()
    return done


def answers(done: Interaction) -> list[Message]:
    """The messages with which the app answered, the one that was pressed not among them."""
    first = [] if done.message is None or done.message is done.about else [done.message]
    return [*first, *done.followups]


def answer(done: Interaction) -> Message:
    """The one message with which the app answered."""
    (message,) = answers(done)
    return message


def told(done: Interaction) -> str:
    """What the app answered, all of it."""
    return "\n".join(map(visible_text, answers(done)))


def form(scene: Scene, user: int = ADA) -> str:
    """What somebody reads in the form before them."""
    modal = scene.discord.modal(user)
    assert modal is not None, "no form is open"
    return visible_text(modal)

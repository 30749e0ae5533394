"""Something that a channel gets by itself as one message, with what can be pressed under it. Pure."""

from adapters.fitting import quotes_of
from adapters.slack import actions, blocks
from adapters.slack.packing import Part
from adapters.slack.rendering import Message, in_one_of_these
from bot.delivery.posting import Post

_EVENT = "verbatim_delivery"


def composed(post: Post) -> Message:
    """The first of the lengths that fits into one message, and of the last what fits.

    Its quotes have no menus of their own: those are reached by showing all of it, to whoever asks for that.
    """
    number = str(post.delivery)
    pressed = [blocks.button("Manage", actions.MANAGE, number)]
    if not post.complete or any(quotes_of(reply) for reply in post.lengths):
        pressed.append(blocks.button("Show all", actions.SHOW_ALL, number))
    if post.mutable:
        pressed.append(blocks.button("Mute for a day", actions.MUTE, number))
    return in_one_of_these(post.lengths, zone=post.zone, closing=Part(blocks.rows(pressed)))


def metadata(post: Post) -> dict[str, object]:
    """By what the message is known again: whoever reads along in the channel does not see it."""
    return {"event_type": _EVENT, "event_payload": {"key": post.key}}


def carries(message: object, post: Post) -> bool:
    """Whether a message of the channel's history has the metadata of the post."""
    match message:
        case {"metadata": {"event_type": str(event), "event_payload": {"key": str(key)}}}:
            return event == _EVENT and key == post.key
    return False

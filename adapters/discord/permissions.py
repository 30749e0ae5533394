"""Which permissions Verbatim asks of a server, and what each is for. It asks for none that it does not use."""

from collections.abc import Mapping
from dataclasses import dataclass

import discord


@dataclass(frozen=True, slots=True)
class Permission:
    """A permission by its name in Discord's own menus, and what it is needed for."""

    name: str
    reason: str


# An export is handed over in answer to a command or a button, for which Discord asks for no Attach Files; a digest answers nothing.
NEEDED: Mapping[str, Permission] = {
    "view_channel": Permission("View Channels", "to hear when it is mentioned in a channel"),
    "send_messages": Permission("Send Messages", "to answer and to post digests"),
    "send_messages_in_threads": Permission("Send Messages in Threads", "to answer in threads and in posts of a forum"),
    "embed_links": Permission("Embed Links", "to show quotes"),
    "attach_files": Permission("Attach Files", "to show the chart of a digest"),
    "read_message_history": Permission(
        "Read Message History", "to answer by a reply, to find what was asked while it was away, and to post no digest twice"
    ),
}
"""The permissions, by the names that discord.py has for them."""


def permissions() -> discord.Permissions:
    """The permissions that an invitation asks for."""
    return discord.Permissions(**dict.fromkeys(NEEDED, True))


def missing(granted: discord.Permissions) -> list[str]:
    """Which permissions are needed and not granted, by discord.py's names."""
    return [name for name in NEEDED if not getattr(granted, name)]


def missing_in(channel: discord.TextChannel | discord.ForumChannel, bot: discord.Member) -> list[str]:
    """Which permissions the bot needs and does not have in a channel; only the one to see it, where it does not see it."""
    # The channel's own method adds what follows from another permission: who may not write may embed nothing either.
    lacking = missing(discord.abc.GuildChannel.permissions_for(channel, bot))
    if "view_channel" in lacking:
        return ["view_channel"]
    if isinstance(channel, discord.ForumChannel):  # the bot answers in posts, and begins none
        return [name for name in lacking if name != "send_messages"]
    return lacking

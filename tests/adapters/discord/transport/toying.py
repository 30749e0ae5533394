"""What tests of the Discord on loopback say of the toy that is at work in it."""

from typing import Any

import discord
import pytest

from tests.fakes.discord_records import NEWS
from tests.fakes.discord_server import DiscordServer
from tests.fakes.discord_toy import Toy

CREATE = "POST /channels/{channel}/messages"


def place(toy: Toy, channel: int = NEWS) -> discord.PartialMessageable:
    return toy.get_partial_messageable(channel)


def shown(server: DiscordServer, channel: int = NEWS) -> list[str]:
    return [message.content for message in server.posts(channel)]


async def refusal(doing: Any) -> discord.HTTPException:  # noqa: ANN401 (discord.py's coroutines are of many types)
    with pytest.raises(discord.HTTPException) as caught:
        await doing
    return caught.value

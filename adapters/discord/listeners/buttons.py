"""The buttons, menus and modals of our messages, found by their custom_id: they work after a restart, and in old messages."""

from typing import Any

import discord

from adapters.discord.desk import Desk

ITEMS: tuple[type[discord.ui.DynamicItem[Any]], ...] = ()


async def submitted(desk: Desk, interaction: discord.Interaction[Any]) -> None:
    """Do what a modal that was filled in asks for; anything but a modal is let pass."""

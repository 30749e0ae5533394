"""The application commands, and the command in the menu of a message: what can be asked by filling in."""

from typing import Any

from discord import app_commands

from adapters.discord.desk import Desk


def register(tree: app_commands.CommandTree[Any], desk: Desk) -> None:
    """Give a tree the commands; what they are called, and take, changes with the settings only."""

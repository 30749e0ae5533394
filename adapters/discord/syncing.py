"""Telling Discord which commands there are, and only where it does not know them as they are: it takes so many changes a day."""

import logging
from typing import Any

import discord
from discord import app_commands

from adapters.discord.faults import named
from adapters.discord.refusals import FAILED

_LOGGER = logging.getLogger("verbatim.discord")
_COMPARED = ("name", "description", "required", "autocomplete", "nsfw", "min_value", "max_value", "min_length", "max_length")


class Tree(app_commands.CommandTree[Any]):
    """The commands. Once synced, `is_in_step` says whether Discord has them as they are; where not, it may show what it should hide."""

    is_in_step = False


async def sync(tree: Tree) -> bool:
    """Tell Discord of the commands if it has others; returns whether it has them now.

    Where that cannot be done they stay as they are, which is logged.
    """
    try:
        if not await is_synced(tree):
            _LOGGER.info("Discord was told of %d commands.", len(await tree.sync()))
        tree.is_in_step = True
    except (*FAILED, app_commands.AppCommandError) as error:
        tree.is_in_step = False
        _LOGGER.warning("The commands are not brought up to date, and stay as Discord has them (%s).", named(error))
    return tree.is_in_step


async def is_synced(tree: app_commands.CommandTree[Any]) -> bool:
    """Whether Discord has the commands as they are. Raises discord.py's errors."""
    client: discord.Client = tree.client
    if client.application_id is None:
        raise app_commands.MissingApplicationID
    there = await client.http.get_global_commands(client.application_id)
    return _by_name(there) == _by_name([command.to_dict(tree) for command in tree.get_commands()])


def _by_name(commands: Any) -> dict[tuple[int, str], Any]:  # noqa: ANN401 - JSON
    """The commands by kind and name, each with all that is compared."""
    return {(command.get("type", 1), command["name"]): _compared(command) for command in commands}


def _compared(command: dict[str, Any]) -> dict[str, Any]:
    """What says the same of a command that Discord tells back and of one that it is told: it leaves out and adds what means nothing."""
    permissions = command.get("default_member_permissions")
    return _inside(command) | {
        "permissions": None if permissions is None else int(permissions),
        "contexts": sorted(command.get("contexts") or []),
        "integration_types": sorted(command.get("integration_types") or []),
    }


def _inside(part: dict[str, Any]) -> dict[str, Any]:
    """What is compared of a command, or of an option in it."""
    said = {key: part[key] for key in _COMPARED if part.get(key) not in (None, "") and part[key] is not False}
    return said | {
        "type": part.get("type", 1),
        "choices": [(choice["name"], choice["value"]) for choice in part.get("choices") or []],
        "channel_types": sorted(part.get("channel_types") or []),
        "options": [_inside(option) for option in part.get("options") or []],
    }

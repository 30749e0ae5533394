"""The commands that an app registers: what Discord takes, and how it tells them back, which is not as they were sent."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tests.fakes.discord_records import APP, Json, Refused
from tests.fakes.discord_shapes import Check, Place, Reason, Shape, flag, many, number, one_of, refuse, string, whole

CHARACTERS_TOGETHER = 4000
"""The smaller of the two numbers that Discord's documentation has had."""

_TYPED, _SUBCOMMAND, _GROUP, _CHANNEL = 1, 1, 2, 7
_NAME = re.compile(r"[-_'\w]{1,32}")
_CHOOSING = (3, 4, 10)  # text and numbers may have choices, or suggestions

_CHOICE = Shape({"name": string(100, 1)})


def _named(value: Json, at: Place) -> Iterator[Reason]:
    """The name of something that is typed has no blanks and no capitals."""
    name = str(value.get("name"))
    if name != name.lower() or not _NAME.fullmatch(name):
        yield (*at, "name"), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid"


def _option(value: Json, at: Place) -> Iterator[Reason]:
    yield from Shape(
        {"type": one_of(*range(1, 12)), "name": string(32, 1), "description": string(100, 1)},
        {
            "required": flag,
            "autocomplete": flag,
            "choices": many(_CHOICE, 25),
            "options": many(_option, 25),
            "channel_types": many(one_of(0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16), 13),
            "min_length": whole(0, 6000),
            "max_length": whole(1, 6000),
        },
    )(value, at)
    yield from _named(value, at)
    yield from _options(value, at)
    kind, choices = value.get("type"), value.get("choices")
    misplaced = {
        "choices": choices and kind not in _CHOOSING,
        "autocomplete": value.get("autocomplete") and (choices or kind not in _CHOOSING),
        "channel_types": value.get("channel_types") and kind != _CHANNEL,
        "options": value.get("options") and kind not in (_SUBCOMMAND, _GROUP),
        "required": value.get("required") and kind in (_SUBCOMMAND, _GROUP),
    }
    for key in (key for key, is_wrong in misplaced.items() if is_wrong):
        yield (*at, key), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", f"An option of type {kind} has no such {key}"
    for place, choice in enumerate(choices or []):
        yield from _value(choice.get("value"), kind, (*at, "choices", str(place), "value"))


def _value(value: object, kind: object, at: Place) -> Iterator[Reason]:
    if kind == 3:
        yield from string(100, 1)(value, at)
    elif not isinstance(value, int if kind == 4 else int | float):
        yield at, "NUMBER_TYPE_COERCE", f'Value "{value}" is not of type {kind}.'


def _options(value: Json, at: Place) -> Iterator[Reason]:
    """The options of a command: each of another name, those that are asked for first, and subcommands only among themselves."""
    options: list[Json] = value.get("options") or []
    names = [each.get("name") for each in options]
    if len(set(names)) < len(names):
        yield (*at, "options"), "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option name already exists"
    if any(second.get("required") and not first.get("required") for first, second in pairwise(options)):
        yield (*at, "options"), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required ones"
    if len({each.get("type") in (_SUBCOMMAND, _GROUP) for each in options}) > 1:
        yield (*at, "options"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command and sub-command group option types are exclusive"


_ALL: dict[str, Check] = {
    "type": one_of(1, 2, 3),
    "default_member_permissions": number,
    "dm_permission": flag,
    "nsfw": flag,
    "contexts": many(one_of(0, 1, 2), 3, 1),
    "integration_types": many(one_of(0, 1), 2, 1),
}
_TYPED_COMMAND = Shape({"name": string(32, 1), "description": string(100, 1)}, {**_ALL, "options": many(_option, 25)})
_IN_A_MENU = Shape({"name": string(32, 1)}, {**_ALL, "description": string(0), "options": many(_option, 0)})


def _command(form: Json, at: Place) -> Iterator[Reason]:
    if form.get("type", _TYPED) != _TYPED:
        yield from _IN_A_MENU(form, at)
        return
    yield from _TYPED_COMMAND(form, at)
    yield from _named(form, at)
    yield from _options(form, at)
    if size(form) > CHARACTERS_TOGETHER:
        yield at, "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({CHARACTERS_TOGETHER})"


def size(command: Json) -> int:
    """How many characters of a command count: names, descriptions and values, also of its options and their choices."""
    inside = [*(command.get("options") or []), *(command.get("choices") or [])]
    return sum(len(str(command.get(key) or "")) for key in ("name", "description", "value")) + sum(map(size, inside))


def check_commands(forms: list[Json]) -> None:
    """Refused where Discord does not take such commands."""
    reasons: list[Reason] = []
    for place, form in enumerate(forms):
        reasons += _command(form, (str(place),))
        if any((form.get("name"), form.get("type", 1)) == (other.get("name"), other.get("type", 1)) for other in forms[:place]):
            reasons.append(((str(place), "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique"))
    kinds = [form.get("type", _TYPED) for form in forms]
    if kinds.count(1) > 100 or kinds.count(2) > 5 or kinds.count(3) > 5:
        raise Refused(400, 30032, "Maximum number of application commands reached")
    refuse(reasons)


def registered(form: Json, number: str, version: str, guild: int | None) -> Json:
    """A command as Discord keeps it: with what it adds, and without what says nothing."""
    permissions, contexts = form.get("default_member_permissions"), form.get("contexts")
    kept: Json = {
        "id": number,
        "application_id": str(APP),
        "version": version,
        "type": form.get("type", _TYPED),
        "name": form["name"],
        "name_localizations": form.get("name_localizations"),
        "description": form.get("description", ""),
        "description_localizations": form.get("description_localizations"),
        "default_member_permissions": None if permissions is None else str(permissions),
        "nsfw": form.get("nsfw", False),
    }
    if guild:
        kept["guild_id"] = str(guild)
    else:
        kept["integration_types"] = form.get("integration_types") or [0]
        kept["contexts"] = contexts
        kept["dm_permission"] = 1 in contexts if contexts else form.get("dm_permission", True)
    return kept | _inside(form)


def _inside(form: Json) -> Json:
    """The options and choices of something, where there are any."""
    options = [
        {key: value for key, value in option.items() if value not in (None, False, [], {})}
        | {"name_localizations": option.get("name_localizations"), "description_localizations": option.get("description_localizations")}
        | _inside(option)
        for option in form.get("options") or []
    ]
    return {"options": options} if options else {}


def listed(command: Json) -> Json:
    """A registered command as it is listed where its translations are not asked for."""
    told = {key: value for key, value in command.items() if not key.endswith("_localizations")}
    return told | ({"options": [listed(option) for option in command["options"]]} if "options" in command else {})

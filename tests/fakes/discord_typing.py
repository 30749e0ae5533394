"""What people enter in commands and modals, as Discord tells it to the app."""

from collections.abc import Iterator, Mapping, Sequence

from tests.fakes.discord_forms import fields_of
from tests.fakes.discord_payloads import channel_json, member_json
from tests.fakes.discord_records import Channel, Json, Modal
from tests.fakes.discord_state import DiscordState

Typed = Mapping[str, object]
"""What a person enters, by the label or the custom_id of the field. A menu takes the words of its options, or their values."""

_SUBCOMMAND, _GROUP = 1, 2
_USER, _CHANNEL, _ROLE, _FILE = 6, 7, 8, 11
_VALUES: Mapping[int, type | tuple[type, ...]] = {3: str, 4: int, 5: bool, 6: int, 7: int, 8: int, 9: int, 10: (int, float), 11: int}


def command_called(state: DiscordState, name: str, channel: Channel, kind: int) -> Json:
    """The command that people see by that name; AssertionError where the app registered none, or not for such a channel."""
    there = [*state.commands[None], *state.commands.get(channel.guild, [])] if channel.guild else state.commands[None]
    found = [each for each in there if (each["name"], each["type"]) == (name, kind)]
    assert found, f"no command is called {name!r}; there are {[each['name'] for each in there if each['type'] == kind]}"
    contexts = found[0].get("contexts") or ([0, 1, 2] if found[0].get("dm_permission", True) else [0])
    assert (0 if channel.guild else 1) in contexts, f"Discord does not offer {name!r} here"
    return found[0]


def options(command: Json, path: Sequence[str], entered: Mapping[str, object], *, focused: str | None = None) -> list[Json]:
    """The options of a command, or of the subcommand at the path; AssertionError for what Discord would not let a person enter."""
    offered = command.get("options") or []
    if path:
        inner = next((each for each in offered if each["name"] == path[0] and each["type"] in (_SUBCOMMAND, _GROUP)), None)
        assert inner, f"{command['name']!r} has no subcommand {path[0]!r}; there are {[each['name'] for each in offered]}"
        return [{"type": inner["type"], "name": inner["name"], "options": options(inner, path[1:], entered, focused=focused)}]
    known = {each["name"]: each for each in offered}
    assert not any(each["type"] in (_SUBCOMMAND, _GROUP) for each in offered), f"{command['name']!r} needs one of {sorted(known)}"
    assert set(entered) <= set(known), f"{command['name']!r} has no options {set(entered) - set(known)}; there are {sorted(known)}"
    missing = [each["name"] for each in offered if each.get("required") and each["name"] not in entered]
    assert focused or not missing, f"Discord asks for {missing} first"
    return [_option(known[name], value, is_focused=name == focused) for name, value in entered.items()]


def _option(offered: Json, value: object, *, is_focused: bool) -> Json:
    kind = offered["type"]
    if is_focused:
        return {"type": kind, "name": offered["name"], "value": str(value), "focused": True}
    assert isinstance(value, _VALUES[kind]), f"{offered['name']!r} takes no {type(value).__name__}"
    if choices := offered.get("choices"):
        named = {choice["name"]: choice["value"] for choice in choices}
        value = named.get(str(value), value)
        assert value in named.values(), f"{offered['name']!r} is one of {sorted(named)}"
    if isinstance(value, str):
        least, most = offered.get("min_length", 0), offered.get("max_length", 6000)
        assert least <= len(value) <= most, f"Discord takes {least} to {most} characters in {offered['name']!r}"
    if kind in (4, 10) and isinstance(value, (int, float)):
        least, most = offered.get("min_value", value), offered.get("max_value", value)
        assert least <= value <= most, f"Discord takes {least} to {most} in {offered['name']!r}"
    return {"type": kind, "name": offered["name"], "value": str(value) if kind in (6, 7, 8, 9, _FILE) else value}


def resolved(state: DiscordState, user: int, channel: Channel, chosen: list[Json]) -> Json:
    """`resolved`: people, channels, roles and files among options or what a user picked, each with `type` and `value`."""
    found: Json = {}
    for each in _deep(chosen):
        number = each.get("value")
        guild = state.guilds.get(channel.guild or 0)
        if each["type"] == _USER:
            found.setdefault("users", {})[number] = state.people[int(str(number))].as_json()
            if guild and int(str(number)) in guild.members:
                member = member_json(state, guild, int(str(number)), state.permissions(int(str(number)), channel))
                found.setdefault("members", {})[number] = {key: value for key, value in member.items() if key != "user"}
        if each["type"] == _CHANNEL:
            place = state.channels[int(str(number))]
            found.setdefault("channels", {})[number] = channel_json(state, place) | {
                "permissions": str(state.permissions(user, place).value)
            }
        if each["type"] == _FILE:
            found.setdefault("attachments", {})[number] = _uploaded(state, int(str(number)))
        if each["type"] == _ROLE and guild:
            found.setdefault("roles", {})[number] = guild.roles[int(str(number))].as_json()
    return {"resolved": found} if found else {}


def _uploaded(state: DiscordState, number: int) -> Json:
    """A file that a person gave with a command, as Discord tells of it."""
    name, content = state.uploaded[number]
    link = f"{state.url}/attachments/0/{number}/{name}"
    return {"id": str(number), "filename": name, "size": len(content), "url": link, "proxy_url": link, "ephemeral": True}


def _deep(chosen: list[Json]) -> Iterator[Json]:
    for each in chosen:
        yield each
        yield from _deep(each.get("options", []))


def picked(menu: Json, wanted: Sequence[object]) -> list[str]:
    """The values that a person picks in a menu; AssertionError where it has no such option, or takes fewer or more."""
    if menu["type"] == 3:
        named = {option["label"]: option["value"] for option in menu["options"]}
        values = [named.get(str(each), str(each)) for each in wanted]
        assert set(values) <= set(named.values()), f"no option is called {wanted!r}; there are {list(named)}"
    else:
        values = [str(each) for each in wanted]
    least, most = menu.get("min_values", 1), menu.get("max_values", 1)
    assert least <= len(values) <= most, f"Discord takes {least} to {most} options here"
    return values


def chosen_in(menu: Json, values: list[str]) -> list[Json]:
    """What was picked in a menu of people, roles or channels, as `resolved` takes it."""
    kinds = {5: _USER, 6: _ROLE, 8: _CHANNEL}
    return [{"type": kinds[menu["type"]], "value": value} for value in values] if menu["type"] in kinds else []


def submitted(modal: Modal, typed: Typed) -> tuple[list[Json], list[Json]]:
    """The fields of a modal as they are submitted, and what was picked in its menus; AssertionError where Discord would not submit them."""
    left = dict(typed)
    fields = {field["custom_id"]: field for field in fields_of(modal.content)}
    values: dict[str, Json] = {}
    chosen: list[Json] = []
    for field in fields.values():
        name = next((name for name in (field.get("label"), field["custom_id"]) if name in left), None)
        values[field["custom_id"]] = _filled(field, left.pop(name) if name else None)
        chosen += chosen_in(field, values[field["custom_id"]].get("values", []))
    assert not left, f"no field is called {sorted(left)}; there are {[field.get('label') for field in fields.values()]}"
    components = [_with_values(component, values, place) for place, component in enumerate(modal.content["components"], 1)]
    return components, chosen


def _filled(field: Json, entered: object) -> Json:
    """A field with what was entered, or with what it held before anybody touched it."""
    plain: Json = {"type": field["type"], "custom_id": field["custom_id"]}
    required = field.get("required", True)
    if field["type"] == 4:
        value = field.get("value") or "" if entered is None else str(entered)
        least, most = field.get("min_length", 0), field.get("max_length", 4000)
        assert value or not required, f"Discord asks to fill in {field['label']!r} before it submits"
        assert not value or least <= len(value) <= most, f"Discord asks for {least} to {most} characters in {field['label']!r}"
        return plain | {"value": value}
    at_first = [option["value"] for option in field.get("options", []) if option.get("default")]
    at_first += [default["id"] for default in field.get("default_values", [])]
    wanted = at_first if entered is None else entered if isinstance(entered, (list, tuple)) else [entered]
    assert wanted or not required, f"Discord asks to choose in {field['label']!r} before it submits"
    return plain | {"values": picked(field, wanted) if wanted else []}


def _with_values(component: Json, values: Mapping[str, Json], place: int) -> Json:
    """A component of a modal as it is submitted."""
    numbered: Json = {"type": component["type"], "id": place}
    if component["type"] == 18:
        return numbered | {"component": values[component["component"]["custom_id"]] | {"id": 100 + place}}
    if component["type"] == 1:
        return numbered | {"components": [values[each["custom_id"]] | {"id": 100 + place} for each in component["components"]]}
    return numbered

"""What a person has filled in and chosen in a modal, as Slack tells it to the app (`view.state.values`)."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.fakes.slack_records import Json, View

Typed = Mapping[str, object]
"""What a person enters, by the label, the block_id or the action_id of the field. A menu takes the words of the option, or its value."""

_PLAIN = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
_PICKED: Mapping[str, tuple[str, str]] = {  # element: (key in the state, key of what is chosen at first)
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
_ONE_OF = ("static_select", "radio_buttons", "external_select")
_SOME_OF = ("checkboxes", "multi_static_select", "multi_external_select")


def entered(view: View, typed: Typed, *, complete: bool = False) -> Json:
    """The state of the view's fields; AssertionError for a field or option that is not there.

    Where it has to be `complete`, AssertionError too for what Slack would not let a person submit: an empty field that is not optional,
    or too few or too many characters.
    """
    values: Json = {}
    left = dict(typed)
    for block in view.blocks:
        for element in _fields_of(block):
            names = ((block.get("label") or {}).get("text"), block["block_id"], element["action_id"])
            name = next((name for name in names if name in left), None)
            value = value_of(element, left.pop(name)) if name else at_first(element)
            values.setdefault(block["block_id"], {})[element["action_id"]] = {"type": element["type"], **value}
            if complete and block["type"] == "input":
                _submittable(block, element, next(iter(value.values())))
    assert not left, f"no field is called {sorted(left)}; there are {[block.get('label', {}).get('text') for block in view.blocks]}"
    return values


def at_first(element: Mapping[str, Any]) -> Json:
    """What a field holds when nobody has touched it."""
    kind = element["type"]
    if kind in _PLAIN:
        return {"value": element.get("initial_value")}
    if kind in _ONE_OF:
        return {"selected_option": element.get("initial_option")}
    if kind in _SOME_OF:
        return {"selected_options": element.get("initial_options", [])}
    key, first = _PICKED[kind]
    return {key: element.get(first, [] if kind.startswith("multi") else None)}


def value_of(element: Mapping[str, Any], typed: object) -> Json:
    """What a field holds when a person has entered this."""
    kind = element["type"]
    if kind in _PLAIN:
        return {"value": typed or None}
    if kind in _ONE_OF:
        return {"selected_option": option_of(element, typed) if typed is not None else None}
    if kind in _SOME_OF:
        assert isinstance(typed, Sequence)
        assert not isinstance(typed, str), f"{element['action_id']} takes a list"
        return {"selected_options": [option_of(element, each) for each in typed]}
    return {_PICKED[kind][0]: typed}


def option_of(element: Mapping[str, Any], wanted: object) -> Json:
    """The option with these words or this value. An external menu's options come from the app: give the option itself."""
    if isinstance(wanted, dict):
        return wanted
    options: list[Json] = [
        *element.get("options", []),
        *(option for group in element.get("option_groups", []) for option in group["options"]),
    ]
    found = [option for option in options if wanted in (option["text"]["text"], option.get("value"))]
    assert found, f"no option is called {wanted!r}; there are {[option['text']['text'] for option in options]}"
    return found[0]


def _fields_of(block: Mapping[str, Any]) -> list[Json]:
    """The fields of a block that hold something: no buttons, no overflow menus."""
    inside = {"input": [block.get("element")], "section": [block.get("accessory")], "actions": block.get("elements", [])}
    found = inside.get(block["type"], [])
    return [element for element in found if element and element["type"] in (*_PLAIN, *_ONE_OF, *_SOME_OF, *_PICKED)]


def _submittable(block: Mapping[str, Any], element: Mapping[str, Any], value: object) -> None:
    """AssertionError where Slack would ask the person to change the field before it submits."""
    name = block["label"]["text"]
    assert value or block.get("optional"), f"Slack asks to fill in {name!r} before it submits"
    if isinstance(value, str) and element["type"] in _PLAIN:
        least, most = element.get("min_length", 0), element.get("max_length", 3000)
        assert least <= len(value) <= most, f"Slack asks for {least} to {most} characters in {name!r} before it submits"

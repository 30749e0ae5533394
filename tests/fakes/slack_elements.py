"""The buttons, menus and fields of Slack's Block Kit, and what Slack refuses in each.

The limits are those of Slack's reference of Block Kit (docs.slack.dev/reference/block-kit).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.fakes.slack_shapes import Check, Shape, by_type, flag, many, one_of, plain, refusal, string, text, url, whole

TYPE: Check = string(255)

CONFIRM = Shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)

_MENU_OPTION = Shape({"text": plain(75), "value": string(150)}, {"description": plain(75)})
_OVERFLOW_OPTION = Shape({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": url})
_CHOICE_OPTION = Shape({"text": text(75), "value": string(150)}, {"description": text(75)})
_OPTION_GROUP = Shape({"label": plain(75), "options": many(_MENU_OPTION, 100)})

_COMMON: Mapping[str, Check] = {"action_id": string(255), "confirm": CONFIRM, "focus_on_load": flag}
_FIELD: Mapping[str, Check] = {
    "action_id": string(255),
    "placeholder": plain(150),
    "focus_on_load": flag,
    "dispatch_action_config": Shape({}, {"trigger_actions_on": many(one_of("on_enter_pressed", "on_character_entered"), 2)}),
}
_MENU: Mapping[str, Check] = {**_COMMON, "placeholder": plain(150)}
_MULTIPLE: Mapping[str, Check] = {**_MENU, "max_selected_items": whole(1, 100)}
_FILTER = Shape(
    {}, {"include": many(one_of("im", "mpim", "private", "public"), 4), "exclude_external_shared_channels": flag, "exclude_bot_users": flag}
)
_CONVERSATIONS: Mapping[str, Check] = {"default_to_current_conversation": flag, "filter": _FILTER}
_IDS = many(string(255), 100)


def _uploaded(value: object, at: str) -> Iterator[str]:
    """A file of Slack's own, by its id or its address and not by both. Whether there is one is seen when the message is posted."""
    yield from Shape({}, {"id": _file_id, "url": url})(value, at)
    if isinstance(value, dict) and len(value) != 1:
        yield refusal("must provide either id or url", at)


def _file_id(value: object, at: str) -> Iterator[str]:
    if not re.fullmatch("F[A-Z0-9]{8,}", str(value)):
        yield refusal("input must match regex pattern: ^[F][A-Z0-9]{8,}$", at)


IMAGE = Shape({"type": TYPE, "alt_text": string(2000)}, {"image_url": url, "slack_file": _uploaded})


def _options_of(element: Mapping[str, Any]) -> list[Any]:
    """The options of an element, those in groups too."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(option for group in groups for option in group.get("options", []))]


def _choosing(shape: Shape) -> Check:
    """A shape whose options have values of their own, and whose first choice is one of them."""

    def check(element: Mapping[str, Any], at: str) -> Iterator[str]:
        if reasons := list(shape(element, at)):
            yield from reasons
            return
        options = _options_of(element)
        if not options:
            yield refusal("missing required field: options", at)
        if len({option["value"] for option in options}) != len(options):
            yield refusal("options must have unique values", f"{at}/options")
        chosen = [element.get("initial_option"), *(element.get("initial_options") or [])]
        if any(option not in options for option in chosen if option):
            yield refusal("initial_option must be one of the options", at)

    return check


_WORDS_TYPED = Shape(
    {"type": TYPE},
    {**_FIELD, "initial_value": string(3000, least=0), "multiline": flag, "min_length": whole(0, 3000), "max_length": whole(1, 3000)},
)


def _text_input(element: Mapping[str, Any], at: str) -> Iterator[str]:
    """A field for words, whose least length is not above its greatest."""
    if reasons := list(_WORDS_TYPED(element, at)):
        yield from reasons
        return
    most = element.get("max_length") or 3000
    if (element.get("min_length") or 0) > most:
        yield refusal("min_length must not be greater than max_length", at)
    if len(element.get("initial_value") or "") > most:
        yield refusal("initial_value is longer than max_length", f"{at}/initial_value")


BUTTON = Shape(
    {"type": TYPE, "text": plain(75)},
    {
        "action_id": string(255),
        "confirm": CONFIRM,
        "url": url,
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "accessibility_label": string(75),
    },
)

_MENUS: Mapping[str, Check] = {
    "static_select": _choosing(
        Shape(
            {"type": TYPE},
            {**_MENU, "options": many(_MENU_OPTION, 100), "option_groups": many(_OPTION_GROUP, 100), "initial_option": _MENU_OPTION},
        )
    ),
    "multi_static_select": _choosing(
        Shape(
            {"type": TYPE},
            {
                **_MULTIPLE,
                "options": many(_MENU_OPTION, 100),
                "option_groups": many(_OPTION_GROUP, 100),
                "initial_options": many(_MENU_OPTION, 100),
            },
        )
    ),
    "external_select": Shape({"type": TYPE}, {**_MENU, "min_query_length": whole(0, 100), "initial_option": _MENU_OPTION}),
    "users_select": Shape({"type": TYPE}, {**_MENU, "initial_user": string(255)}),
    "multi_users_select": Shape({"type": TYPE}, {**_MULTIPLE, "initial_users": _IDS}),
    "conversations_select": Shape(
        {"type": TYPE}, {**_MENU, **_CONVERSATIONS, "initial_conversation": string(255), "response_url_enabled": flag}
    ),
    "multi_conversations_select": Shape({"type": TYPE}, {**_MULTIPLE, **_CONVERSATIONS, "initial_conversations": _IDS}),
    "channels_select": Shape({"type": TYPE}, {**_MENU, "initial_channel": string(255), "response_url_enabled": flag}),
    "multi_channels_select": Shape({"type": TYPE}, {**_MULTIPLE, "initial_channels": _IDS}),
    "checkboxes": _choosing(
        Shape({"type": TYPE, "options": many(_CHOICE_OPTION, 10)}, {**_COMMON, "initial_options": many(_CHOICE_OPTION, 10)})
    ),
    "radio_buttons": _choosing(Shape({"type": TYPE, "options": many(_CHOICE_OPTION, 10)}, {**_COMMON, "initial_option": _CHOICE_OPTION})),
    "datepicker": Shape({"type": TYPE}, {**_MENU, "initial_date": string(10, least=10)}),
    "timepicker": Shape({"type": TYPE}, {**_MENU, "initial_time": string(5, least=5), "timezone": string(255)}),
    "datetimepicker": Shape({"type": TYPE}, {**_COMMON, "initial_date_time": whole(10**9, 10**10 - 1)}),
}

_PRESSED: Mapping[str, Check] = {
    "button": BUTTON,
    "overflow": _choosing(Shape({"type": TYPE, "options": many(_OVERFLOW_OPTION, 5)}, {"action_id": string(255), "confirm": CONFIRM})),
    **_MENUS,
}

IN_ACTIONS: Check = by_type(_PRESSED)
IN_SECTION: Check = by_type({**_PRESSED, "image": IMAGE})
IN_INPUT: Check = by_type(
    {
        **_MENUS,
        "plain_text_input": _text_input,
        "email_text_input": Shape({"type": TYPE}, {**_FIELD, "initial_value": string(3000)}),
        "url_text_input": Shape({"type": TYPE}, {**_FIELD, "initial_value": url}),
        "number_input": Shape(
            {"type": TYPE, "is_decimal_allowed": flag},
            {**_FIELD, "initial_value": string(255), "min_value": string(255), "max_value": string(255)},
        ),
    }
)
IN_CONTEXT: Check = by_type({"plain_text": plain(3000), "mrkdwn": text(3000), "image": IMAGE})

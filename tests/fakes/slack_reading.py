"""What a person sees of a message, a modal or an App Home: its words in order, what can be clicked, and who is pinged by it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes.slack_blocks import elements
from tests.fakes.slack_records import Json, Message, View

_PING = re.compile(r"<!(?:channel|here|everyone|subteam)[^>]*>|<@[^>]+>")
_PING_BY_NAME = re.compile(r"(?<!\w)@(?:channel|here|everyone)\b")
_LINK = re.compile(r"<(?P<url>[^|>]+)(?:\|(?P<text>[^>]*))?>")


@dataclass(frozen=True)
class Control:
    """Something that can be clicked: a button, or an option of a menu."""

    label: str
    block_id: str
    element: Json
    option: Json | None = None


def visible_text(shown: Message | View | Mapping[str, Any]) -> str:
    """All the words that a person reads there, in order, one line for each text; a message without blocks shows its text."""
    if isinstance(shown, Message):
        return "\n".join(_texts(shown.blocks)) if shown.blocks else _unmarked(shown.text)
    content = shown.content if isinstance(shown, View) else shown
    return "\n".join(_texts([content.get("title"), *content["blocks"], content.get("submit"), content.get("close")]))


def controls(shown: Message | View) -> list[Control]:
    """All that can be clicked there, in order; an overflow menu gives its options, and so do select menus, radio buttons and checkboxes."""
    found: list[Control] = []
    for block in shown.blocks:
        for element in elements([block]):
            label = element.get("text", {}).get("text") or element.get("action_id", "")
            found.append(Control(label, block["block_id"], element))
            options = [*element.get("options", []), *(option for group in element.get("option_groups", []) for option in group["options"])]
            found += [Control(option["text"]["text"], block["block_id"], element, option) for option in options]
    return found


def labels(shown: Message | View) -> list[str]:
    """What is written on the buttons and options there, in order."""
    return [control.label for control in controls(shown) if control.option or control.element["type"] == "button"]


def find(shown: Message | View, label: str, nth: int = 0) -> Control:
    """The nth control with that label or `action_id`; AssertionError, with what there is, where there is none."""
    found = [control for control in controls(shown) if label in (control.label, control.element.get("action_id"))]
    found = [control for control in found if control.label == label] or found
    assert len(found) > nth, f"nothing to click is called {label!r}; there are {[control.label for control in controls(shown)]}"
    return found[nth]


def pings(text: str, blocks: list[Json], *, names_are_linked: bool = False) -> list[str]:
    """The mentions there that would notify somebody; `names_are_linked` where the app asked Slack to link names in the text."""
    by_name = _PING_BY_NAME.findall(text) if names_are_linked else []
    return [*_PING.findall(text), *by_name, *(ping for block in blocks for ping in _pings_of(block))]


def _pings_of(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for inner in value:
            yield from _pings_of(inner)
    elif isinstance(value, dict):
        match value:
            case {"type": "mrkdwn", "text": str(text)}:
                yield from _PING.findall(text)
                if not value.get("verbatim"):  # Slack then looks for mentions of its own accord
                    yield from _PING_BY_NAME.findall(text)
            case {"type": "user" | "usergroup" | "broadcast" as kind}:
                yield f"{kind} {value.get('user_id') or value.get('usergroup_id') or value.get('range')}"
            case _:
                yield from _pings_of(list(value.values()))


def _texts(value: object) -> Iterator[str]:
    """The texts below, in the order in which Slack shows them."""
    if isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
        return
    match value:
        case {"type": "plain_text", "text": str(text)}:
            yield text
        case {"type": "mrkdwn", "text": str(text)}:
            yield _unmarked(text)
        case {"type": "rich_text_section" | "rich_text_quote" | "rich_text_preformatted", "elements": list(inner)}:
            yield "".join(_inline(part) for part in inner)
        case {"type": "image", "alt_text": str(alt)}:
            yield alt
        case {"type": "plain_text_input", "initial_value": str(typed)}:
            yield typed
        case dict():
            for key in (
                "label",
                "text",
                "fields",
                "elements",
                "accessory",
                "element",
                "options",
                "option_groups",
                "placeholder",
                "hint",
                "title",
            ):
                yield from _texts(value.get(key) or [])


def _inline(part: Mapping[str, Any]) -> str:
    """What a part of a line of rich text shows."""
    match part["type"]:
        case "text":
            return str(part["text"])
        case "link":
            return str(part.get("text") or part["url"])
        case "emoji":
            return f":{part['name']}:"
        case "date":
            return str(part.get("fallback", part["format"]))
    return f"@{part.get('user_id') or part.get('usergroup_id') or part.get('range') or part.get('channel_id')}"


def _unmarked(text: str) -> str:
    """Marked text as it is read: links by their words, the three escapes undone; stars and underscores stay."""
    shown = _LINK.sub(lambda link: link["text"] or link["url"], text)
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")

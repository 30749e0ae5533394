"""What a person sees of a message or a modal on Discord: its words in order, and what can be clicked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.fakes.discord_forms import fields_of
from tests.fakes.discord_records import Json, Message, Modal

_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\]\\])*)\]\(<?([^\s)>]+)>?(?: \"[^\"]*\")?\)")
_BOLD = re.compile(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*")
_QUOTE = re.compile(r"^> ?", re.MULTILINE)
_HEADING = re.compile(r"^(?:#{1,3}|-#) ", re.MULTILINE)


@dataclass(frozen=True)
class Control:
    """Something that can be clicked: a button, a menu, or an option of a menu."""

    label: str
    component: Json
    option: Json | None = None


def visible_text(shown: Message | Modal) -> str:
    """All the words that a person reads there, in order, one line for each text."""
    return "\n".join(_texts_of_modal(shown) if isinstance(shown, Modal) else _texts(shown))


def unmarked(text: str) -> str:
    """Marked text as it is read: links by their words, bold, quotes and headings by what they hold, escapes undone."""
    shown = _LINK.sub(lambda link: link[1], text)
    shown = _BOLD.sub(lambda bold: bold[1], _HEADING.sub("", _QUOTE.sub("", shown)))
    return _ESCAPED.sub(lambda escaped: escaped[1], shown)


def links(message: Message) -> list[str]:
    """The addresses that a person can follow from a message: of masked links, embeds and buttons."""
    marked = [message.content, *(text for embed in message.embeds for text in _marked(embed))]
    found = [link[2] for text in marked for link in _LINK.finditer(text)]
    found += [embed["url"] for embed in message.embeds if embed.get("url")]
    return found + [control.component["url"] for control in controls(message) if control.component.get("url")]


def controls(message: Message) -> list[Control]:
    """All that can be clicked there, in order; a menu gives itself, by its placeholder, and its options."""
    found: list[Control] = []
    for component in (each for row in message.components for each in row["components"]):
        found.append(Control(component.get("label") or component.get("placeholder") or component.get("custom_id", ""), component))
        found += [Control(option["label"], component, option) for option in component.get("options", [])]
    return found


def labels(message: Message) -> list[str]:
    """What is written on the buttons and options there, in order."""
    return [control.label for control in controls(message) if control.option or control.component["type"] == 2]


def find(message: Message, label: str, nth: int = 0) -> Control:
    """The nth control with that label or `custom_id`; AssertionError, with what there is, where there is none that works."""
    found = [control for control in controls(message) if label in (control.label, control.component.get("custom_id"))]
    assert len(found) > nth, f"nothing to click is called {label!r}; there are {[control.label for control in controls(message)]}"
    assert not found[nth].component.get("disabled"), f"{label!r} cannot be clicked"
    return found[nth]


def _texts(message: Message) -> Iterator[str]:
    if message.content:
        yield unmarked(message.content)
    for embed in message.embeds:
        fields = [text for field in embed.get("fields", []) for text in (field["name"], field["value"])]
        marked = [unmarked(text) for text in (embed.get("title"), embed.get("description"), *fields) if text]
        plain = [embed.get("author", {}).get("name"), *marked, embed.get("footer", {}).get("text")]
        yield from (text for text in plain if text)
    yield from message.files
    yield from (control.label for control in controls(message))


def _marked(embed: Json) -> list[str]:
    """The texts of an embed in which Discord reads marks."""
    fields = [text for field in embed.get("fields", []) for text in (field["name"], field["value"])]
    return [embed.get("title") or "", embed.get("description") or "", *fields]


def _texts_of_modal(modal: Modal) -> Iterator[str]:
    yield modal.title
    yield from (unmarked(each["content"]) for each in modal.content["components"] if each["type"] == 10)
    for field in fields_of(modal.content):
        yield from (field[key] for key in ("label", "description", "value", "placeholder") if field.get(key))
        yield from (option["label"] for option in field.get("options", []))

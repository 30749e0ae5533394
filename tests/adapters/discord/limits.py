"""What Discord refuses of a message or a modal, by the numbers of its documentation. Lengths are counted in UTF-16, the strictest way."""

from collections.abc import Iterator, Sequence
from typing import Any

import discord

from adapters.discord import custom_ids
from adapters.discord.components import Button, Menu, Row
from adapters.discord.packing import Message

_PATTERNS = [
    custom_ids.PAGE_BUTTON,
    custom_ids.QUOTE_BUTTON,
    custom_ids.QUOTE_MENU,
    custom_ids.ASK_BUTTON,
    custom_ids.SHARE_ASKED_BUTTON,
    custom_ids.UNDO_BUTTON,
    custom_ids.DIGEST_BUTTON,
    custom_ids.DELIVERY_BUTTON,
    custom_ids.WISH_BUTTON,
    custom_ids.SPEAKER_MODAL,
    custom_ids.DIGEST_MODAL,
]


def length(text: str | None) -> int:
    return len((text or "").encode("utf-16-le")) // 2


def words(embed: discord.Embed) -> int:
    return sum(map(length, (embed.title, embed.description, embed.author.name, embed.footer.text)))


def problems(message: Message) -> list[str]:
    """Why Discord would refuse the message; nothing where it would not."""
    return [*_content(message), *_embeds(message.embeds), *_rows(message.rows)]


def modal_problems(modal: discord.ui.Modal) -> list[str]:
    """Why Discord would refuse the modal."""
    built = modal.to_dict()
    found = list(_text("modal title", built["title"], 45))
    found += _custom_id(built["custom_id"])
    if not 1 <= len(built["components"]) <= 5:
        found.append("a modal has 1 to 5 components")
    for component in built["components"]:
        if component["type"] == discord.ComponentType.text_display.value:
            found += _text("text display", component["content"], 4000)
            continue
        found += _text("label", component["label"], 45)
        found += _optional("description of a label", component.get("description"), 100)
        found += _field(component["component"])
    return found


def _field(field: dict[str, Any]) -> Iterator[str]:
    if field["type"] == discord.ComponentType.text_input.value:
        yield from _optional("value", field.get("value"), field["max_length"])
        if field["max_length"] > 4000:
            yield "a text input takes 4,000 characters at most"
    yield from _optional("placeholder", field.get("placeholder"), 100 if field["type"] == discord.ComponentType.text_input.value else 150)
    if "options" in field:
        yield from _options([(option["label"], option["value"], option.get("description") or "") for option in field["options"]])


def _content(message: Message) -> Iterator[str]:
    if not message.content.strip() and not message.embeds:
        yield "an empty message"
    if length(message.content) > 2000:
        yield "content over 2,000"


def _embeds(embeds: Sequence[discord.Embed]) -> Iterator[str]:
    if len(embeds) > 10:
        yield "more than 10 embeds"
    if sum(map(words, embeds)) > 6000:
        yield "more than 6,000 characters over all embeds"
    for embed in embeds:
        yield from _optional("title", embed.title, 256)
        if not embed.image.url:
            yield from _text("description", embed.description, 4096)
        yield from _optional("author", embed.author.name, 256)
        yield from _optional("footer", embed.footer.text, 2048)
        yield from _optional("address", embed.author.url, 2048)
        if embed.author.url and not embed.author.url.startswith(("http://", "https://")):
            yield "an address that is none of the web"


def _rows(rows: Sequence[Row]) -> Iterator[str]:
    if len(rows) > 5:
        yield "more than 5 rows"
    ids = [component.custom_id for row in rows for component in row]
    if len(ids) != len(set(ids)):
        yield "a custom_id twice"
    for row in rows:
        if not 1 <= len(row) <= 5 or (len(row) > 1 and any(isinstance(component, Menu) for component in row)):
            yield "a row holds up to five buttons or one menu"
        for component in row:
            yield from _custom_id(component.custom_id)
            if isinstance(component, Button):
                yield from _text("label of a button", component.label, 80)
            else:
                yield from _text("placeholder", component.placeholder, 150)
                yield from _options([(option.label, option.value, option.description) for option in component.options])


def _options(options: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    if not 1 <= len(options) <= 25:
        yield "a menu has 1 to 25 options"
    if len({value for _, value, _ in options}) != len(options):
        yield "a value twice"
    for label, value, description in options:
        yield from _text("label of an option", label, 100)
        yield from _text("value of an option", value, 100)
        yield from _optional("description of an option", description, 100)


def _custom_id(custom_id: str) -> Iterator[str]:
    yield from _text("custom_id", custom_id, 100)
    if sum(pattern.fullmatch(custom_id) is not None for pattern in _PATTERNS) != 1:
        yield f"{custom_id} is not of one kind"


def _text(name: str, text: str | None, limit: int) -> Iterator[str]:
    if not (text or "").strip():
        yield f"{name} is empty"
    yield from _optional(name, text, limit)


def _optional(name: str, text: str | None, limit: int) -> Iterator[str]:
    if length(text) > limit:
        yield f"{name} over {limit:,}"

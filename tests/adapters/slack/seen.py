"""What a person sees of blocks, and what must never be in them."""

from collections.abc import Iterator, Sequence
from typing import Any

from adapters.slack.blocks import Block
from tests.fakes.slack_blocks import elements


def lines(blocks: Sequence[Block]) -> list[str]:
    """The blocks as lines of text: rich text without its styles, buttons in brackets."""
    return [line for block in blocks for line in _lines(block)]


def quotations(blocks: Sequence[Block]) -> list[str]:
    """The words beside a bar, without what is said of them in italics."""
    parts = [part for block in blocks if block["type"] == "rich_text" for part in block["elements"]]
    return ["".join(_plain_runs(part)) for part in parts if part["type"] == "rich_text_quote"]


def bold(blocks: Sequence[Block]) -> list[str]:
    """The runs of rich text that are bold."""
    return [inner["text"] for inner in _values(list(blocks)) if inner.get("style", {}).get("bold")]


def links(blocks: Sequence[Block]) -> dict[str, str]:
    """The addresses of the links by what they are written on."""
    return {inner["text"]: inner["url"] for inner in _values(list(blocks)) if inner.get("type") == "link"}


def pressed(blocks: Sequence[Block]) -> dict[str, str | None]:
    """What is written on the buttons, with their values."""
    return {element["text"]["text"]: element.get("value") for element in elements(blocks) if element["type"] == "button"}


def pings(blocks: Sequence[Block]) -> list[str]:
    """Everything in the blocks that Slack would make a mention, an emoji or a forged link of. A channel's name tells nobody."""
    return [
        str(value)
        for value in _values(list(blocks))
        if value.get("type") in {"mrkdwn", "user", "usergroup", "broadcast", "emoji", "team", "date", "color"}
        or (value.get("type") == "plain_text" and value.get("emoji") is not False)
    ]


def _lines(block: Block) -> Iterator[str]:
    match block["type"]:
        case "rich_text":
            for part in block["elements"]:
                rows = part["elements"] if part["type"] == "rich_text_list" else [part]
                mark = {"rich_text_quote": "> ", "rich_text_list": "- "}.get(part["type"], "")
                yield from (mark + "".join(_runs(row)) for row in rows)
        case "header":
            yield f"# {block['text']['text']}"
        case "section":
            yield block["text"]["text"] + _pressed(block.get("accessory"))
        case "context":
            yield from (f"({element['text']})" for element in block["elements"])
        case "actions":
            yield " ".join(_pressed(element).strip() for element in block["elements"])
        case "divider":
            yield "---"


def _pressed(element: dict[str, Any] | None) -> str:
    if element is None:
        return ""
    if element["type"] == "overflow":
        return " [" + "|".join(option["text"]["text"] for option in element["options"]) + "]"
    return f" [{(element.get('text') or element['placeholder'])['text']}]"


def _runs(part: Block) -> Iterator[str]:
    return (inner.get("text") or f"#{inner.get('channel_id')}" for inner in part["elements"])


def _plain_runs(part: Block) -> Iterator[str]:
    return (inner["text"] for inner in part["elements"] if not inner.get("style", {}).get("italic"))


def _values(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for inner in value:
            yield from _values(inner)
    elif isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _values(inner)

"""Slack's blocks as HTML that looks as Slack shows them on a light ground: for the pictures of the README, not for use."""

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

Json = Mapping[str, Any]

STYLE = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")


def page(content: str) -> str:
    """A page of HTML around it."""
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><style>{STYLE}</style><body>{content}</body></html>'


def message(blocks: Iterable[Json], *, time: str, only_you: bool) -> str:
    """A message of the app; `only_you` as Slack marks one that nobody else sees."""
    seen = '<div class="only">Only visible to you</div>' if only_you else ""
    head = f'<b>Verbatim</b> <span class="app">APP</span> <span class="time">{escape(time)}</span>'
    return f'<div class="message"><div class="avatar">V</div><div class="body">{seen}{head}{_blocks(blocks)}</div></div>'


def home(view: Json) -> str:
    """The App Home."""
    return f'<div class="home">{_blocks(view["blocks"])}</div>'


def modal(view: Json) -> str:
    """A modal."""
    submit = f'<span class="button primary">{_plain(view["submit"])}</span>' if view.get("submit") else ""
    foot = f'<div class="foot"><span class="button">{_plain(view.get("close") or {"text": "Close"})}</span>{submit}</div>'
    return f'<div class="modal"><div class="title">{_plain(view["title"])}</div><div>{_blocks(view["blocks"])}</div>{foot}</div>'


def _blocks(blocks: Iterable[Json]) -> str:
    return "".join(f'<div class="block">{_block(block)}</div>' for block in blocks)


def _block(block: Json) -> str:
    match block["type"]:
        case "header":
            return f'<div class="header">{_plain(block["text"])}</div>'
        case "rich_text":
            return "".join(_part(part) for part in block["elements"])
        case "section":
            beside = _element(block["accessory"]) if "accessory" in block else ""
            return f'<div class="section"><span>{_plain(block["text"])}</span>{beside}</div>'
        case "context":
            return f'<div class="context">{" ".join(_plain(element) for element in block["elements"])}</div>'
        case "actions":
            return f'<div class="actions">{"".join(_element(element) for element in block["elements"])}</div>'
        case "input":
            optional = ' <span class="dim">(optional)</span>' if block.get("optional") else ""
            hint = f'<div class="hint">{_plain(block["hint"])}</div>' if block.get("hint") else ""
            return f"<label>{_plain(block['label'])}{optional}</label>{_element(block['element'])}{hint}"
        case "image":
            return f'<img src="{escape(block["image_url"])}" alt="{escape(block["alt_text"])}">'
        case "divider":
            return "<hr>"
        case other:
            raise ValueError(f"no picture of a {other}")


def _part(part: Json) -> str:
    inner = "".join(_inline(element) for element in part["elements"])
    match part["type"]:
        case "rich_text_quote":
            return f"<blockquote>{inner}</blockquote>"
        case "rich_text_list":
            return f"<ul>{''.join(f'<li>{_part(item)}</li>' for item in part['elements'])}</ul>"
        case _:
            return f"<div>{inner}</div>"


def _inline(element: Json) -> str:
    match element["type"]:
        case "link":
            return f'<a href="{escape(element["url"])}">{escape(element.get("text") or element["url"])}</a>'
        case "channel":
            return f'<a href="#">#{escape(element["channel_id"])}</a>'
        case "text":
            shown = escape(element["text"]).replace("\n", "<br>")
            style = element.get("style", {})
            shown = f"<b>{shown}</b>" if style.get("bold") else shown
            return f"<i>{shown}</i>" if style.get("italic") else shown
        case _:
            return ""


def _element(element: Json) -> str:
    match element["type"]:
        case "button":
            return f'<span class="button {element.get("style", "")}">{_plain(element["text"])}</span>'
        case "overflow":
            return '<span class="button menu">•••</span>'
        case "plain_text_input":
            shown = escape(element.get("initial_value", ""))
            if not shown and "placeholder" in element:
                shown = f'<span class="dim">{_plain(element["placeholder"])}</span>'
            return f'<div class="field">{shown}</div>'
        case _:
            chosen = element.get("initial_option", {}).get("text") or element.get("placeholder") or {"text": ""}
            return f'<span class="select">{_plain(chosen)}</span>'


def _plain(text: Json) -> str:
    return escape(text["text"])

"""Discord's messages and modals as HTML that looks as Discord shows them on a dark ground: for the pictures of the README, not for use."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from docs.discord_markdown import html

Json = Mapping[str, Any]
Names = Mapping[int, str]
"""What people and channels are called, by their ids."""

STYLE = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
_STYLES = {1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary"}
_EPHEMERAL = 64
_EYE = '<svg viewBox="0 0 24 24"><path d="M1 12C6 3 18 3 23 12 18 21 6 21 1 12z"/><circle cx="12" cy="12" r="4"/></svg>'


def page(*shown: str) -> str:
    """A page of HTML with these, one below the other."""
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><style>{STYLE}</style><body>{"".join(shown)}</body></html>'


def message(told: Json, *, time: str, names: Names, command: str = "") -> str:
    """A message as Discord tells it, with what it answers above it; `command` is the one with which somebody asked for it."""
    author = told["author"]
    app = '<span class="app">APP</span>' if author.get("bot") else ""
    is_private = told.get("flags", 0) & _EPHEMERAL
    parts = [
        _above(told, names, command),
        _avatar(author),
        f'<div class="head"><b>{_name(author)}</b>{app}<time>{escape(time)}</time></div>',
        html(told["content"], names) if told["content"] else "",
        *(_embed(each, names) for each in told["embeds"]),
        *(f'<div class="row">{"".join(map(_component, row["components"]))}</div>' for row in told["components"]),
        f'<div class="only">{_EYE}Only you can see this • <a href="#">Dismiss message</a></div>' if is_private else "",
    ]
    return f'<div class="message{" private" if is_private else ""}">{"".join(parts)}</div>'


def modal(form: Json, *, app: str, names: Names) -> str:
    """A modal of an app."""
    warning = f"This form will be submitted to <b>{escape(app)}</b>. Do not share passwords or other sensitive information."
    return (
        f'<div class="modal"><div class="title"><span class="avatar">{escape(app[0])}</span>{escape(form["title"])}</div>'
        f'<div class="warning">{warning}</div>{"".join(_part(each, names) for each in form["components"])}'
        '<div class="foot"><span class="button secondary">Cancel</span><span class="button primary">Submit</span></div></div>'
    )


def _above(told: Json, names: Names, command: str) -> str:
    """What a message answers: a command, or another message."""
    if command:
        user = told["interaction_metadata"]["user"]
        return f'<div class="above"><i></i>{_avatar(user)}<b>{_name(user)}</b> used <span class="command">/{escape(command)}</span></div>'
    if about := told.get("referenced_message"):
        return f'<div class="above"><i></i>{_avatar(about["author"])}<b>{_name(about["author"])}</b> {html(about["content"], names)}</div>'
    return ""


def _name(user: Json) -> str:
    return escape(user["global_name"])


def _avatar(user: Json) -> str:
    return f'<span class="avatar{"" if user.get("bot") else " person"}">{_name(user)[0]}</span>'


def _embed(embed: Json, names: Names) -> str:
    border = f' style="border-color: #{embed["color"]:06x}"' if embed.get("color") else ""
    author, image, footer = embed.get("author"), embed.get("image"), embed.get("footer")
    parts = [
        f'<div class="author">{_linked(author["name"], author.get("url"))}</div>' if author else "",
        f'<div class="name">{html(embed["title"], names)}</div>' if embed.get("title") else "",
        f'<div class="description">{html(embed["description"], names)}</div>' if embed.get("description") else "",
        *(_field(field, names) for field in embed.get("fields", [])),
        f'<img src="{escape(image["url"])}" alt="">' if image else "",
        f'<div class="footer">{escape(footer["text"]).replace(chr(10), "<br>")}</div>' if footer else "",
    ]
    return f'<div class="embed"{border}>{"".join(parts)}</div>'


def _field(field: Json, names: Names) -> str:
    return f'<div class="field"><b>{html(field["name"], names)}</b>{html(field["value"], names)}</div>'


def _linked(words: str, address: str | None) -> str:
    return f'<a href="{escape(address)}">{escape(words)}</a>' if address else escape(words)


def _part(component: Json, names: Names) -> str:
    """A part of a modal: text, or a field under its label."""
    match component["type"]:
        case 10:
            return f'<div class="text">{html(component["content"], names)}</div>'
        case 18:
            field = component["component"]
            required = '<span class="required">*</span>' if field.get("required", True) else ""
            hint = f'<div class="hint">{escape(component["description"])}</div>' if component.get("description") else ""
            return f'<div class="labelled"><b>{escape(component["label"])}{required}</b>{hint}{_component(field)}</div>'
        case other:
            raise ValueError(f"no picture of a modal's component {other}")


def _component(component: Json) -> str:
    match component["type"]:
        case 2:
            return f'<span class="button {_STYLES[component["style"]]}">{escape(component["label"])}</span>'
        case 3 | 8:
            return f'<span class="select">{escape(component.get("placeholder", ""))}</span>'
        case 4:
            value, placeholder = component.get("value"), component.get("placeholder", "")
            return f'<div class="input">{escape(value) if value else f"<i>{escape(placeholder)}</i>"}</div>'
        case other:
            raise ValueError(f"no picture of a component {other}")

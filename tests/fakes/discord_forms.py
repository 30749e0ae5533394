"""The forms that Discord takes: messages with embeds, components and files, modals, suggestions."""

from collections.abc import Iterator, Mapping

from tests.fakes.discord_records import EPHEMERAL, Json, Refused
from tests.fakes.discord_shapes import (
    Check,
    Place,
    Reason,
    Shape,
    by_type,
    flag,
    flags,
    length,
    many,
    number,
    one_of,
    refuse,
    string,
    timestamp,
    url,
    whole,
)

EMBEDS_TOGETHER = 6000
FILE_BYTES = 10 * 1024 * 1024
_SUPPRESS_EMBEDS, _SILENT = 1 << 2, 1 << 12

_LINK = url("http", "https")
_PICTURE = Shape({"url": url("http", "https", "attachment")})
_EMBED = Shape(
    optional={
        "title": string(256),
        "description": string(4096),
        "url": _LINK,
        "timestamp": timestamp,
        "color": whole(0, 0xFFFFFF),
        "footer": Shape({"text": string(2048)}),
        "author": Shape({"name": string(256)}, {"url": _LINK, "icon_url": url("http", "https", "attachment")}),
        "image": _PICTURE,
        "thumbnail": _PICTURE,
        "fields": many(Shape({"name": string(256, 1), "value": string(1024, 1)}, {"inline": flag}), 25),
    }
)

_CUSTOM_ID = string(100, 1)
_EMOJI = Shape(optional={"name": string(100), "id": number})
_OPTION = Shape({"label": string(100, 1), "value": string(100, 1)}, {"description": string(100), "default": flag, "emoji": _EMOJI})
_MENU: Mapping[str, Check] = {"placeholder": string(150), "min_values": whole(0, 25), "max_values": whole(1, 25), "disabled": flag}
_SELECTS: Mapping[int, Check] = {
    3: Shape({"custom_id": _CUSTOM_ID, "options": many(_OPTION, 25, 1)}, _MENU),
    **{kind: Shape({"custom_id": _CUSTOM_ID}, _MENU) for kind in (5, 6, 7, 8)},
}
_TEXT_INPUT: Mapping[str, Check] = {
    "min_length": whole(0, 4000),
    "max_length": whole(1, 4000),
    "value": string(4000),
    "placeholder": string(100),
    "required": flag,
}


def _button(value: Json, at: Place) -> Iterator[Reason]:
    """A button: one of style 5 has an address, any other an id of its own; each shows a label or an emoji."""
    is_link = value.get("style") == 5
    yield from Shape(
        {"style": one_of(1, 2, 3, 4, 5), **({"url": url("http", "https", "discord", most=512)} if is_link else {"custom_id": _CUSTOM_ID})},
        {"label": string(80), "emoji": _EMOJI, "disabled": flag},
    )(value, at)
    if is_link and value.get("custom_id"):
        yield (*at, "custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_AND_URL", "A custom id and url cannot both be specified"
    if not value.get("label") and not value.get("emoji"):
        yield at, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button must have a label or an emoji"


def _row(value: Json, at: Place) -> Iterator[Reason]:
    """A row: up to five buttons, or one menu."""
    inside = many(by_type({2: _button, **_SELECTS}), 5, 1)
    yield from Shape({"components": inside})(value, at)
    kinds = [each.get("type") for each in value.get("components", []) if isinstance(each, dict)]
    if len(kinds) > 1 and any(kind != 2 for kind in kinds):
        yield (*at, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width"


def _allowed_mentions(value: Json, at: Place) -> Iterator[Reason]:
    """Who may be pinged: all of a kind, or those who are named."""
    yield from Shape(
        optional={
            "parse": many(one_of("everyone", "users", "roles"), 3),
            "users": many(number, 100),
            "roles": many(number, 100),
            "replied_user": flag,
        }
    )(value, at)
    for kind in ("users", "roles"):
        if value.get(kind) and kind in (value.get("parse") or []):
            yield (
                (*at, "parse"),
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.',
            )


_MESSAGE: Mapping[str, Check] = {
    "content": string(2000),
    "embeds": many(_EMBED, 10),
    "components": many(by_type({1: _row}), 5),
    "nonce": string(25),
    "allowed_mentions": _allowed_mentions,
    "attachments": many(Shape({"id": number}, {"filename": string(1024), "description": string(1024)}), 10),
}
NEW, IN_ANSWER, EDITED = (
    Shape(optional={**_MESSAGE, "flags": flags(*bits)})
    for bits in ((_SUPPRESS_EMBEDS, _SILENT), (_SUPPRESS_EMBEDS, _SILENT, EPHEMERAL), (_SUPPRESS_EMBEDS,))
)
"""A message that is new in a channel, one that answers an interaction, one that is edited."""
PROMISED = Shape(optional={"flags": flags(EPHEMERAL)})
"""What may be said of an answer while the app is thinking."""


def check_message(shape: Shape, form: Json, files: Mapping[str, bytes], *, at: Place = ()) -> None:
    """Refused where Discord does not take such a message."""
    refuse([*shape(form, at), *_embeds_together(form, at), *_ids(form, at), *_attached(form, files, at)])
    if any(len(content) > FILE_BYTES for content in files.values()):
        raise Refused(413, 40005, "Request entity too large")


def check_not_empty(form: Json, files: Mapping[str, bytes]) -> None:
    """Refused where there is nothing to see in a message."""
    if not (str(form.get("content") or "").strip() or form.get("embeds") or form.get("components") or files):
        raise Refused(400, 50006, "Cannot send an empty message")


def size(embed: Json) -> int:
    """How many characters of an embed count."""
    texts = [embed.get("title"), embed.get("description"), embed.get("footer", {}).get("text"), embed.get("author", {}).get("name")]
    fields = [text for each in embed.get("fields", []) for text in (each["name"], each["value"])]
    return sum(length(str(text or "").strip()) for text in [*texts, *fields])


def _embeds_together(form: Json, at: Place) -> Iterator[Reason]:
    embeds = form.get("embeds") or []
    if not isinstance(embeds, list) or list(many(_EMBED, 10)(embeds, at)):
        return  # refused for something else
    if sum(map(size, embeds)) > EMBEDS_TOGETHER:
        yield (*at, "embeds"), "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBEDS_TOGETHER}"


def _ids(form: Json, at: Place) -> Iterator[Reason]:
    """An id stands for one component of a message, and a value for one option of a menu."""
    seen: set[str] = set()
    for row, each in enumerate(form.get("components") or []):
        for place, component in enumerate(each.get("components") or []):
            where = (*at, "components", str(row), "components", str(place))
            if component.get("custom_id") in seen:
                yield (*where, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
            seen |= {component["custom_id"]} if component.get("custom_id") else set()
            yield from _values(component, where)


def _values(component: Json, at: Place) -> Iterator[Reason]:
    values = [option.get("value") for option in component.get("options") or []]
    for place, value in enumerate(values):
        if value in values[:place]:
            yield (
                (*at, "options", str(place), "value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )


def _attached(form: Json, files: Mapping[str, bytes], at: Place) -> Iterator[Reason]:
    """An embed shows no file that was not sent with it."""
    for place, embed in enumerate(form.get("embeds") or []):
        for key in ("image", "thumbnail"):
            name = str((embed.get(key) or {}).get("url", ""))
            if name.startswith("attachment://") and name.removeprefix("attachment://") not in files:
                yield (*at, "embeds", str(place), key, "url"), "ATTACHMENT_NOT_FOUND", "Attachment not found"


def _in_a_modal(menu: Check) -> Check:
    """A menu of a modal: it cannot be disabled, and one that has to be filled in takes no fewer than one option."""

    def check(value: Json, at: Place) -> Iterator[Reason]:
        yield from menu(value, at)
        if value.get("disabled"):
            yield (*at, "disabled"), "COMPONENT_DISABLED_IN_MODAL", "A component of a modal cannot be disabled"
        if value.get("min_values") == 0 and value.get("required", True):
            yield (*at, "min_values"), "NUMBER_TYPE_MIN", "int value should be greater than or equal to 1."

    return check


_MODAL_SELECTS = {kind: _in_a_modal(menu) for kind, menu in _SELECTS.items()}


def _label(value: Json, at: Place) -> Iterator[Reason]:
    inside = by_type({4: Shape({"custom_id": _CUSTOM_ID, "style": one_of(1, 2)}, _TEXT_INPUT), **_MODAL_SELECTS})
    yield from Shape({"label": string(45, 1), "component": inside}, {"description": string(100)})(value, at)


_OLD_TEXT_INPUT = Shape({"custom_id": _CUSTOM_ID, "style": one_of(1, 2), "label": string(45, 1)}, _TEXT_INPUT)
_MODAL_ROW = Shape({"components": many(by_type({4: _OLD_TEXT_INPUT}), 1, 1)})
_MODAL = Shape(
    {
        "custom_id": _CUSTOM_ID,
        "title": string(45, 1),
        "components": many(by_type({1: _MODAL_ROW, 10: Shape({"content": string(4000, 1)}), 18: _label}), 5, 1),
    }
)
_CHOICE = Shape({"name": string(100, 1)})


def check_modal(form: Json) -> None:
    """Refused where Discord does not show such a modal."""
    fields = fields_of(form)
    reasons = [*_MODAL(form, ("data",)), *(reason for field in fields for reason in _values(field, ("data", field["custom_id"])))]
    if len({field["custom_id"] for field in fields}) < len(fields):
        reasons.append((("data", "components"), "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"))
    refuse(reasons)


def check_choices(form: Json) -> None:
    """Refused where Discord does not show such suggestions."""
    refuse(Shape({"choices": many(_CHOICE, 25)})(form, ("data",)))
    for place, choice in enumerate(form["choices"]):
        if isinstance(choice["value"], str):
            refuse(string(100, 1)(choice["value"], ("data", "choices", str(place), "value")))


def fields_of(modal: Json) -> list[Json]:
    """The fields of a modal, each with the label and the description that are shown with it."""
    found: list[Json] = []
    for outer in modal.get("components") or []:
        if outer.get("type") == 1:
            found += outer.get("components") or []
        if outer.get("type") == 18 and isinstance(outer.get("component"), dict):
            found.append({**outer["component"], "label": outer.get("label"), "description": outer.get("description")})
    return [field for field in found if "custom_id" in field]

"""Whether Slack takes these blocks or this view, and what it says when it does not."""

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from tests.fakes.slack_elements import IMAGE, IN_ACTIONS, IN_CONTEXT, IN_INPUT, IN_SECTION, TYPE
from tests.fakes.slack_shapes import Check, Shape, anything, by_type, flag, many, one_of, plain, refusal, string, text, url, whole

Surface = Literal["message", "modal", "home"]
MOST_BLOCKS: Mapping[Surface, int] = {"message": 50, "modal": 100, "home": 100}

# Slack gives no number for all the words of a message. It refuses 13,297 characters in one block and 125 fewer for each block more
# (github.com/slackapi/bolt-js/issues/2509), and its staff speak of 12,000 characters of text with room for the containers of blocks.
MOST_WORDS = 12_000
MOST_WORDS_AND_BLOCKS = 13_200
WORDS_A_BLOCK = 125

_STYLE = Shape({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), flag))
_MENTION_STYLE = Shape({}, dict.fromkeys(("bold", "italic", "strike", "underline", "highlight", "client_highlight", "unlink"), flag))
_INLINE: Check = by_type(
    {
        "text": Shape({"type": TYPE, "text": string(40_000)}, {"style": _STYLE}),
        "link": Shape({"type": TYPE, "url": url}, {"text": string(40_000), "unsafe": flag, "style": _STYLE}),
        "emoji": Shape({"type": TYPE, "name": string(255)}, {"unicode": string(255), "skin_tone": whole(1, 6), "style": _STYLE}),
        "user": Shape({"type": TYPE, "user_id": string(255)}, {"style": _MENTION_STYLE}),
        "channel": Shape({"type": TYPE, "channel_id": string(255)}, {"style": _MENTION_STYLE}),
        "usergroup": Shape({"type": TYPE, "usergroup_id": string(255)}, {"style": _MENTION_STYLE}),
        "broadcast": Shape({"type": TYPE, "range": one_of("here", "channel", "everyone")}, {"style": _STYLE}),
        "date": Shape(
            {"type": TYPE, "timestamp": whole(0, 10**11), "format": string(255)}, {"fallback": string(3000), "url": url, "style": _STYLE}
        ),
        "color": Shape({"type": TYPE, "value": string(255)}, {"style": _STYLE}),
    }
)
_INLINES = many(_INLINE, 1000)
_SECTION_OF_RICH_TEXT = Shape({"type": one_of("rich_text_section"), "elements": _INLINES})
_PART_OF_RICH_TEXT: Check = by_type(
    {
        "rich_text_section": _SECTION_OF_RICH_TEXT,
        "rich_text_quote": Shape({"type": TYPE, "elements": _INLINES}, {"border": whole(0, 1)}),
        "rich_text_preformatted": Shape({"type": TYPE, "elements": _INLINES}, {"border": whole(0, 1), "language": string(255)}),
        "rich_text_list": Shape(
            {"type": TYPE, "style": one_of("bullet", "ordered"), "elements": many(_SECTION_OF_RICH_TEXT, 1000)},
            {"indent": whole(0, 8), "offset": whole(0, 10**6), "border": whole(0, 1)},
        ),
    }
)


def _section(block: Mapping[str, Any], at: str) -> Iterator[str]:
    optional: Mapping[str, Check] = {
        "block_id": string(255),
        "text": text(3000),
        "fields": many(text(2000), 10),
        "accessory": IN_SECTION,
        "expand": flag,
    }
    yield from Shape({"type": TYPE}, optional)(block, at)
    if block.get("text") is None and block.get("fields") is None:
        yield refusal("missing required field: text", at)


def _image(block: Mapping[str, Any], at: str) -> Iterator[str]:
    yield from Shape(IMAGE.required, {**IMAGE.optional, "title": plain(2000), "block_id": string(255)})(block, at)
    if not block.get("image_url") and not block.get("slack_file"):
        yield refusal("missing required field: image_url", at)


def _block(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    return Shape({"type": TYPE, **required}, {"block_id": string(255), **(optional or {})})


_BLOCK: Check = by_type(
    {
        "header": _block({"text": plain(150)}),
        "section": _section,
        "divider": _block({}),
        "context": _block({"elements": many(IN_CONTEXT, 10)}),
        "actions": _block({"elements": many(IN_ACTIONS, 25)}),
        "image": _image,
        "rich_text": _block({"elements": many(_PART_OF_RICH_TEXT, 1000)}),
        "input": _block({"label": plain(2000), "element": IN_INPUT}, {"hint": plain(2000), "optional": flag, "dispatch_action": flag}),
    }
)

_VIEW: Mapping[str, Check] = {
    "callback_id": string(255),
    "private_metadata": string(3000, least=0),
    "external_id": string(255),
    "clear_on_close": flag,
    "notify_on_close": flag,
    "submit_disabled": flag,
}
_MODAL = Shape({"type": TYPE, "title": plain(24), "blocks": anything}, {**_VIEW, "submit": plain(24), "close": plain(24)})
_HOME = Shape({"type": TYPE, "blocks": anything}, _VIEW)


def check_blocks(blocks: object, surface: Surface = "message", at: str = "/blocks") -> list[str]:
    """Each reason for which Slack would refuse the blocks there; none when it takes them."""
    reasons = list(many(_BLOCK, MOST_BLOCKS[surface], least=0)(blocks, at))
    if not reasons and isinstance(blocks, list):
        reasons += _repeated([block["block_id"] for block in blocks if block.get("block_id")], "block_id", at)
        reasons += _repeated([element["action_id"] for element in elements(blocks) if element.get("action_id")], "action_id", at)
    return reasons


def check_view(view: object) -> list[str]:
    """Each reason for which Slack would refuse the modal or the App Home."""
    if not isinstance(view, dict):
        return [refusal("must provide an object", "/view")]
    reasons = list(by_type({"modal": _MODAL, "home": _HOME})(view, "/view"))
    reasons += check_blocks(view.get("blocks"), "home" if view.get("type") == "home" else "modal", "/view/blocks")
    asks = not reasons and any(block["type"] == "input" for block in view["blocks"])
    if asks and view["type"] == "modal" and view.get("submit") is None:
        reasons.append(refusal("missing required field: submit", "/view"))
    return reasons


def too_long(blocks: Sequence[Mapping[str, Any]]) -> bool:
    """Whether all the words of the blocks are more than one message holds (`msg_blocks_too_long`)."""
    words = sum(len(html.escape(word, quote=False)) for word in _words(blocks))
    return words > MOST_WORDS or words + WORDS_A_BLOCK * len(blocks) > MOST_WORDS_AND_BLOCKS


def elements(blocks: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The buttons, menus and fields of the blocks, in order."""
    for block in blocks:
        match block["type"]:
            case "actions":
                yield from block["elements"]
            case "section" if block.get("accessory"):
                yield block["accessory"]
            case "input":
                yield block["element"]


def _repeated(names: Sequence[str], key: str, at: str) -> list[str]:
    """A reason for each name that stands twice."""
    return [refusal(f"{key} {name!r} is used more than once", at) for name in sorted({name for name in names if names.count(name) > 1})]


def _words(value: object) -> Iterator[str]:
    """All that is written in the blocks, addresses too."""
    if isinstance(value, list):
        for inner in value:
            yield from _words(inner)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in ("text", "url", "alt_text") and isinstance(inner, str):
                yield inner
            else:
                yield from _words(inner)

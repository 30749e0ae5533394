"""The blocks that our messages are made of, built with slack_sdk's models so that their checks run.

What stands in them is shown as it is: rich text and plain text know no marks, mentions or emoji codes. Labels are cut to
what Slack takes; everything else has to be cut or wrapped by whoever builds it.
"""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    CheckboxesElement,
    ConfirmObject,
    ContextBlock,
    ConversationFilter,
    ConversationSelectElement,
    DividerBlock,
    HeaderBlock,
    ImageBlock,
    InputBlock,
    InputInteractiveElement,
    InteractiveElement,
    Option,
    OverflowMenuElement,
    PlainTextInputElement,
    PlainTextObject,
    RichTextBlock,
    RichTextElement,
    RichTextElementParts,
    RichTextListElement,
    RichTextQuoteElement,
    RichTextSectionElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.blocks.basic_components import DispatchActionConfig, SlackFile

from adapters.cutting import cut
from adapters.plain import safe_line
from adapters.slack.escaping import size

Block = dict[str, Any]

LONGEST_TEXT = 3000
LONGEST_HEADER = 150
LONGEST_LABEL = 75
LONGEST_VALUE = 2000
LONGEST_DESCRIPTION = 2000
LONGEST_TYPED = 3000
_LONGEST_PLACEHOLDER = 150
_LONGEST_QUESTION = 300
_LONGEST_CONFIRM = 30
_ELEMENTS_A_ROW = 25


def text(words: str, *, bold: bool = False, italic: bool = False) -> RichTextElement:
    """Words inside rich text."""
    style = RichTextElementParts.TextStyle(bold=bold or None, italic=italic or None) if bold or italic else None
    return RichTextElementParts.Text(text=words, style=style)


def link(url: str | None, words: str) -> RichTextElement:
    """Words that lead somewhere, or just the words where there is no address, or one too long for Slack."""
    return text(words) if url is None or size(url) > LONGEST_TEXT else RichTextElementParts.Link(url=url, text=words)


def channel(channel_id: str) -> RichTextElement:
    """The name of a channel, as whoever reads it may see it. Nobody is told."""
    return RichTextElementParts.Channel(channel_id=channel_id)


def line(*elements: RichTextElement) -> RichTextElement:
    """A line of rich text."""
    return RichTextSectionElement(elements=elements)


def quotation(*elements: RichTextElement) -> RichTextElement:
    """Rich text beside a bar."""
    return RichTextQuoteElement(elements=elements)


def bullets(lines: Sequence[str]) -> RichTextElement:
    """Lines with a bullet before each."""
    return RichTextListElement(style="bullet", elements=[line(text(one)) for one in lines])


def rich(*parts: RichTextElement) -> Block:
    """A block of rich text."""
    return RichTextBlock(elements=parts).to_dict()


def header(words: str) -> Block:
    """A headline of at most 150 characters."""
    return HeaderBlock(text=plain(cut(words, LONGEST_HEADER, size))).to_dict()


def section(words: str, accessory: InteractiveElement | None = None) -> Block:
    """A line of plain text with something to press beside it."""
    return SectionBlock(text=plain(words), accessory=accessory).to_dict()


def context(*lines: str, block_id: str | None = None) -> Block:
    """Small grey lines; with a `block_id` they are found again in a message."""
    return ContextBlock(elements=[plain(one) for one in lines], block_id=block_id).to_dict()


def picture(file: str, description: str, *, block_id: str) -> Block:
    """A picture that was uploaded, with what it shows for those who do not see it."""
    return ImageBlock(slack_file=SlackFile(id=file), alt_text=description, block_id=block_id).to_dict()


def divider() -> Block:
    """A rule."""
    return DividerBlock().to_dict()


def rows(elements: Sequence[InteractiveElement]) -> list[Block]:
    """Buttons in rows of as many as Slack takes; no row where there is no button."""
    return [
        ActionsBlock(elements=elements[start : start + _ELEMENTS_A_ROW]).to_dict() for start in range(0, len(elements), _ELEMENTS_A_ROW)
    ]


def button(
    label: str, action_id: str, value: str | None = None, *, style: str | None = None, confirm: ConfirmObject | None = None
) -> ButtonElement:
    """A button; `value` is given to whoever listens to it."""
    return ButtonElement(text=plain(cut(label, LONGEST_LABEL, size)), action_id=action_id, value=value, style=style, confirm=confirm)


def confirmation(title: str, question: str, *, yes: str, no: str) -> ConfirmObject:
    """What is asked before something is done that cannot be taken back."""
    return ConfirmObject(
        title=plain(cut(title, 100, size)),
        text=plain(cut(question, _LONGEST_QUESTION, size)),
        confirm=plain(cut(yes, _LONGEST_CONFIRM, size)),
        deny=plain(cut(no, _LONGEST_CONFIRM, size)),
        style="danger",
    )


def menu(action_id: str, options: Sequence[Option]) -> OverflowMenuElement:
    """Three dots that open a menu of at most five options."""
    return OverflowMenuElement(action_id=action_id, options=options)


def option(label: str, value: str) -> Option:
    """One of the things that can be chosen."""
    return Option(text=plain(cut(label, LONGEST_LABEL, size)), value=value)


def choice(action_id: str, options: Sequence[Option], placeholder: str, *, chosen: str | None = None) -> StaticSelectElement:
    """A list to choose one of, in which the one of a value may be `chosen`; Slack takes a hundred."""
    return StaticSelectElement(
        action_id=action_id,
        options=options,
        placeholder=plain(cut(placeholder, _LONGEST_PLACEHOLDER, size)),
        initial_option=next((option for option in options if option.value == chosen), None),
    )


def tick(action_id: str, label: str, value: str, *, ticked: bool) -> CheckboxesElement:
    """A box to tick."""
    box = option(label, value)
    return CheckboxesElement(action_id=action_id, options=[box], initial_options=[box] if ticked else None)


def conversations(
    action_id: str, placeholder: str, chosen: str | None = None, *, messages: bool = False, this_one: bool = False
) -> ConversationSelectElement:
    """A list of the channels that a person may see, with direct `messages` or without; `this_one` chooses where the person is."""
    return ConversationSelectElement(
        action_id=action_id,
        placeholder=plain(cut(placeholder, _LONGEST_PLACEHOLDER, size)),
        initial_conversation=chosen,
        default_to_current_conversation=this_one or None,
        filter=ConversationFilter(include=["public", "private", *(["im"] if messages else [])]),
    )


def typed(
    action_id: str,
    value: str = "",
    *,
    placeholder: str = "",
    longest: int = LONGEST_TYPED,
    told_while_typing: bool = False,
    several_lines: bool = False,
) -> PlainTextInputElement:
    """A field for words, on one line or on several.

    We are told of them when enter is pressed, or already while they are typed, where its block tells at once.
    """
    words = "\n".join(map(safe_line, value.splitlines())) if several_lines else safe_line(value)
    return PlainTextInputElement(
        action_id=action_id,
        multiline=several_lines or None,
        initial_value=cut(words, longest, size) or None,
        placeholder=plain(cut(placeholder, _LONGEST_PLACEHOLDER, size)) if placeholder else None,
        max_length=longest,
        dispatch_action_config=DispatchActionConfig(trigger_actions_on=["on_character_entered"]) if told_while_typing else None,
    )


def field(
    block_id: str, label: str, element: InputInteractiveElement, *, hint: str = "", optional: bool = False, told_at_once: bool = False
) -> Block:
    """A field of a form, found again under `block_id` and the element's own id. `told_at_once`: what is filled in is an action."""
    return InputBlock(
        block_id=block_id,
        label=plain(label),
        element=element,
        hint=plain(hint) if hint else None,
        optional=optional or None,
        dispatch_action=told_at_once or None,
    ).to_dict()


def plain(words: str) -> PlainTextObject:
    """Plain text, whose emoji codes stay codes."""
    return PlainTextObject(text=words, emoji=False)

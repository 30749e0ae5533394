"""What can be pressed and chosen under a message, as plain data, and the view that discord.py sends of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord

from adapters.cutting import cut, size
from adapters.discord import custom_ids
from adapters.discord.custom_ids import DeliveryAction, DigestAction, PageAction, QuoteAction, Shown, WishAction
from adapters.filled_in import DigestWished
from adapters.pages import Page
from adapters.plain import safe_line
from adapters.wording import BETWEEN_PIECES, UNKNOWN_SPEAKER, more_in_words
from bot.replies import Kept, QuoteCard, SubscriptionView

MOST_ROWS = 5
MOST_OPTIONS = 25
LONGEST_LABEL = 80
LONGEST_OPTION = 100
_BUTTONS_A_ROW = 5
_LONGEST_NAME = 40
_SHARE = "Share in channel"
_MUTE = "Mute for a day"
CHANGE_WISH = "Change what you wrote"


@dataclass(frozen=True, slots=True)
class Button:
    """A button, found again by its custom_id."""

    label: str
    custom_id: str
    style: discord.ButtonStyle = discord.ButtonStyle.secondary


@dataclass(frozen=True, slots=True)
class Option:
    """One of the things that can be chosen in a menu."""

    label: str
    value: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu of which one thing can be chosen. It takes a row."""

    custom_id: str
    placeholder: str
    options: tuple[Option, ...]


Row = tuple[Button | Menu, ...]


def view(rows: Sequence[Row]) -> discord.ui.View:
    """The rows for discord.py. It has stopped already, so that nothing of it is kept: what is pressed is found by its custom_id."""
    made = discord.ui.View(timeout=None)
    for number, row in enumerate(rows):
        for component in row:
            made.add_item(_item(component, number))
    made.stop()
    return made


def quote_rows(cards: Sequence[QuoteCard], page: Page | None, *, among_others: bool = False) -> list[Row]:
    """Context and speaker of the quotes of a message: two buttons for one quote, two menus for several.

    One that is `among_others`, of an answer whose other messages have menus, has menus too.
    """
    quotes = list({card.quote_id: card for card in cards}.values())[:MOST_OPTIONS]
    if not quotes:
        return []
    if len(quotes) == 1 and not among_others:
        number = quotes[0].quote_id
        context = Button("Show context", custom_ids.quote_button(QuoteAction.CONTEXT, number, page))
        return [(context, Button("Wrong speaker?", custom_ids.quote_button(QuoteAction.SPEAKER, number, page)))]
    options = tuple(Option(_name(card), str(card.quote_id)) for card in quotes)
    return [
        (Menu(custom_ids.quote_menu(QuoteAction.CONTEXT, page), "Show the context of a quote…", options),),
        (Menu(custom_ids.quote_menu(QuoteAction.SPEAKER, page), "Wrong speaker of a quote?", options),),
    ]


def page_row(kept: Kept, *, private: bool) -> Row:
    """What can be done with a page of a kept answer. Only one that is `private` can be shared."""
    here = Page(kept.answer_id, kept.since)
    row = []
    if kept.goes_on:
        more = custom_ids.page_button(PageAction.MORE, Page(kept.answer_id, kept.last))
        row.append(Button(more_in_words(kept), more, discord.ButtonStyle.primary))
    if kept.can_narrow:
        row.append(Button("Only direct", custom_ids.page_button(PageAction.DIRECT, here)))
    row.append(Button("Export CSV", custom_ids.page_button(PageAction.EXPORT, here)))
    row.append(Button("Export JSON", custom_ids.page_button(PageAction.EXPORT_JSON, here)))
    if private:
        row.append(Button(_SHARE, custom_ids.page_button(PageAction.SHARE, here)))
    return tuple(row)


def share_asked_button(request: str) -> Button | None:
    """Shares an answer that is not kept by asking for it again. None for a request too long for a button."""
    custom_id = custom_ids.share_asked_button(safe_line(request).strip())
    return Button(_SHARE, custom_id) if custom_id else None


def undo_button(correction_id: int, at: Shown | None) -> Button:
    """Takes back the correction that was just made, `at` a message that shows it."""
    return Button("Undo", custom_ids.undo_button(correction_id, at))


def suggestion_rows(requests: Sequence[str]) -> tuple[list[Row], list[str]]:
    """Requests as buttons that ask them, and those that are too long for a button."""
    buttons, long = [], []
    for number, request in enumerate(filter(None, (safe_line(request).strip() for request in requests))):
        custom_id = custom_ids.ask_button(request, number)
        if custom_id is None:
            long.append(request)
        else:
            buttons.append(Button(cut(request, LONGEST_LABEL, size), custom_id))
    return list(in_rows(buttons)), long


def in_rows(buttons: Sequence[Button | Menu]) -> tuple[Row, ...]:
    """Buttons in rows of as many as Discord takes."""
    return tuple(tuple(buttons[start : start + _BUTTONS_A_ROW]) for start in range(0, len(buttons), _BUTTONS_A_ROW))


def digest_row(digest: SubscriptionView, place: int, *, among_others: bool, is_changeable: bool) -> Row:
    """What can be done with a digest; `place` tells its buttons from those of others, `among_others` lets people tell them too.

    Where it is not `is_changeable`, that is what those can do who may not change it.
    """
    which = f" {digest.number}" if among_others else ""
    toggle, label = _toggle(digest)
    actions = {DigestAction.PREVIEW: "Preview"}
    if is_changeable:
        actions = {DigestAction.CHANGE: "Change", toggle: label, **actions, DigestAction.SEND: "Send now"}
    buttons = [Button(f"{name}{which}", custom_ids.digest_button(action, digest.number, place)) for action, name in actions.items()]
    delete = custom_ids.digest_button(DigestAction.DELETE, digest.number, place)
    return (*buttons, *([Button(f"Delete{which}", delete, discord.ButtonStyle.danger)] if is_changeable else []))


def lone_digest_row(digest: SubscriptionView, *, is_changeable: bool) -> Row:
    """What else can be done with a digest that stands alone in its message."""
    log = Button("What was sent", custom_ids.digest_button(DigestAction.LOG, digest.number))
    can_be_muted = digest.paused is None and digest.muted_until is None and is_changeable
    return (Button(_MUTE, custom_ids.digest_button(DigestAction.MUTE, digest.number)), log) if can_be_muted else (log,)


def wish_row(wished: DigestWished) -> Row:
    """Saves a new digest as it was wished, or opens its form again. Nothing where a button does not hold it."""
    labels = {WishAction.SAVE: ("Save", discord.ButtonStyle.primary), WishAction.AGAIN: (CHANGE_WISH, discord.ButtonStyle.secondary)}
    ids = [(custom_ids.wish_button(action, wished), *shown) for action, shown in labels.items()]
    return tuple(Button(label, custom_id, style) for custom_id, label, style in ids if custom_id)


def delivery_row(delivery: int, *, is_all: bool, mutable: bool) -> Row:
    """What can be done with a post that came by itself; whoever wants it sees what was left out where it `is_all` not there."""
    actions = {DeliveryAction.MANAGE: "Manage"}
    actions |= {} if is_all else {DeliveryAction.WHOLE: "Show all"}
    actions |= {DeliveryAction.MUTE: _MUTE} if mutable else {}
    return tuple(Button(label, custom_ids.delivery_button(action, delivery)) for action, label in actions.items())


def really_delete_row(digest: SubscriptionView) -> Row:
    """Deletes a digest without asking again, or leaves it as it is."""
    return (
        Button("Delete it", custom_ids.digest_button(DigestAction.REALLY_DELETE, digest.number), discord.ButtonStyle.danger),
        Button("Keep it", custom_ids.digest_button(DigestAction.KEEP, digest.number)),
    )


def _toggle(digest: SubscriptionView) -> tuple[DigestAction, str]:
    """What lets a digest rest, or lets it come again."""
    if digest.paused is not None:
        return DigestAction.RESUME, "Resume"
    return (DigestAction.PAUSE, "Pause") if digest.muted_until is None else (DigestAction.UNMUTE, "Go on")


def _name(card: QuoteCard) -> str:
    """What a quote goes by in a menu: #12 Ada Moor: We will not wait."""
    speaker = safe_line(card.speaker or "").strip() or UNKNOWN_SPEAKER
    words = BETWEEN_PIECES.join(piece[:LONGEST_OPTION] for piece in card.words)
    return cut(f"#{card.quote_id} {cut(speaker, _LONGEST_NAME, size)}: {safe_line(words).strip()}", LONGEST_OPTION, size)


def _item(component: Button | Menu, row: int) -> discord.ui.Item[Any]:
    if isinstance(component, Button):
        return discord.ui.Button(label=component.label, custom_id=component.custom_id, style=component.style, row=row)
    options = [
        discord.SelectOption(label=option.label, value=option.value, description=option.description or None) for option in component.options
    ]
    return discord.ui.Select(custom_id=component.custom_id, placeholder=component.placeholder, options=options, row=row)

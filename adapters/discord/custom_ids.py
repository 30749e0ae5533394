"""What the buttons, menus and modals of our messages are called.

All that one of them needs stands in its custom_id and in the database, so it works after a restart and in old messages. Each kind has
a pattern that matches whole ids, as `discord.ui.DynamicItem` takes them, and names their parts; `pages.page_found` reads the page in them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from adapters.cutting import size
from adapters.filled_in import DigestWished
from adapters.pages import PAGE, Page, page_found

LONGEST_ID = 100

_ON_PAGE = rf"(?::{PAGE})?"
PAGE_BUTTON = re.compile(rf"(?P<action>more|direct|export|export-json|share):{PAGE}")
QUOTE_BUTTON = re.compile(rf"(?P<action>context|speaker):(?P<quote>[0-9]+){_ON_PAGE}")
QUOTE_MENU = re.compile(rf"quotes:(?P<action>context|speaker){_ON_PAGE}")
ASK_BUTTON = re.compile(r"ask:[0-9]+:(?P<request>.+)", re.DOTALL)
SHARE_ASKED_BUTTON = re.compile(r"share-asked:(?P<request>.+)", re.DOTALL)
UNDO_BUTTON = re.compile(rf"undo:(?P<correction>[0-9]+)(?::(?P<message>[0-9]+):{PAGE})?")
DIGEST_BUTTON = re.compile(
    r"digest:(?P<action>change|pause|resume|mute|unmute|preview|send|log|delete|really-delete|keep):(?P<digest>[0-9]+)(?::[0-9]+)?"
)
DELIVERY_BUTTON = re.compile(r"delivery:(?P<action>manage|whole|mute):(?P<delivery>[0-9]+)")
WISH_BUTTON = re.compile(
    r"wish:(?P<action>save|again):(?P<digest>[0-9]*):(?P<channel>[0-9]*):"
    r"(?P<schedule>[^|]*)\|(?P<zone>[^|]*)\|(?P<wishes>[^|]*)\|(?P<about>.*)",
    re.DOTALL,
)
SPEAKER_MODAL = re.compile(rf"speaker-modal:(?P<quote>[0-9]+){_ON_PAGE}")
DIGEST_MODAL = re.compile(r"digest-modal(?::(?P<digest>[0-9]+))?")


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of ours, by its number, that shows a page of a kept answer."""

    message: int
    page: Page


class PageAction(StrEnum):
    """What can be done with a page of an answer."""

    MORE = "more"
    DIRECT = "direct"
    EXPORT = "export"
    EXPORT_JSON = "export-json"
    SHARE = "share"


class QuoteAction(StrEnum):
    """What can be done with a quote."""

    CONTEXT = "context"
    SPEAKER = "speaker"


class DigestAction(StrEnum):
    """What can be done with a digest or an alert; DELETE asks whether that is meant, REALLY_DELETE does it, KEEP does not."""

    CHANGE = "change"
    PAUSE = "pause"
    RESUME = "resume"
    MUTE = "mute"
    UNMUTE = "unmute"
    PREVIEW = "preview"
    SEND = "send"
    LOG = "log"
    DELETE = "delete"
    REALLY_DELETE = "really-delete"
    KEEP = "keep"


class DeliveryAction(StrEnum):
    """What can be done with a post that came by itself: see to its subscription, see all of it, mute its alert."""

    MANAGE = "manage"
    WHOLE = "whole"
    MUTE = "mute"


class WishAction(StrEnum):
    """What can be done with what was typed for a digest: save it, or open the form with it again."""

    SAVE = "save"
    AGAIN = "again"


def page_button(action: PageAction, page: Page) -> str:
    """PAGE_BUTTON: MORE shows that page, the others are about the one on which they stand."""
    return f"{action}:{page.value}"


def quote_button(action: QuoteAction, quote_id: int, page: Page | None = None) -> str:
    """QUOTE_BUTTON: of a quote, and the page that shows it where the answer is kept."""
    return f"{action}:{quote_id}{_on(page)}"


def quote_menu(action: QuoteAction, page: Page | None = None) -> str:
    """QUOTE_MENU: the value that is chosen is the number of a quote."""
    return f"quotes:{action}{_on(page)}"


def ask_button(request: str, number: int) -> str | None:
    """ASK_BUTTON: asks the request, `number` tells it from the others of the message. None for a request too long for a button."""
    return _holding(request, f"ask:{number}")


def share_asked_button(request: str) -> str | None:
    """SHARE_ASKED_BUTTON: shares the answer to the request, where none is kept. None for a request too long for a button."""
    return _holding(request, "share-asked")


def undo_button(correction_id: int, at: Shown | None = None) -> str:
    """UNDO_BUTTON: takes a correction back, which was made `at` a message that shows it."""
    return f"undo:{correction_id}:{at.message}:{at.page.value}" if at else f"undo:{correction_id}"


def shown_found(parts: Mapping[str, str | None]) -> Shown | None:
    """The message in what UNDO_BUTTON found, None where it names none."""
    message, page = parts.get("message"), page_found(parts)
    return Shown(int(message), page) if message and page else None


def digest_button(action: DigestAction, number: int, place: int | None = None) -> str:
    """DIGEST_BUTTON: `place` tells it from others of the message that do the same."""
    return f"digest:{action}:{number}{'' if place is None else f':{place}'}"


def delivery_button(action: DeliveryAction, delivery: int) -> str:
    """DELIVERY_BUTTON: of a post that came by itself, which is known again by it."""
    return f"delivery:{action}:{delivery}"


def wish_button(action: WishAction, wished: DigestWished, digest: str = "") -> str | None:
    """WISH_BUTTON: about what was wished of a digest ("": a new one). None where a button does not hold that."""
    first = f"{wished.schedule}|{wished.zone}|{wished.wishes}"
    custom_id = f"wish:{action}:{digest}:{wished.channel}:{first}|{wished.about}"
    return custom_id if size(custom_id) <= LONGEST_ID and first.count("|") == 2 else None


def wish_found(parts: Mapping[str, str | None]) -> DigestWished:
    """What was wished, in what WISH_BUTTON found."""
    return DigestWished(**{name: parts.get(name) or "" for name in ("about", "schedule", "channel", "zone", "wishes")})


def speaker_modal(quote_id: int, page: Page | None = None) -> str:
    """SPEAKER_MODAL: about a quote, and the page that shows it."""
    return f"speaker-modal:{quote_id}{_on(page)}"


def digest_modal(number: int | None = None) -> str:
    """DIGEST_MODAL: changes a digest, or sets one up (None)."""
    return "digest-modal" if number is None else f"digest-modal:{number}"


def _holding(request: str, kind: str) -> str | None:
    custom_id = f"{kind}:{request}"
    return custom_id if request and size(custom_id) <= LONGEST_ID else None


def _on(page: Page | None) -> str:
    return f":{page.value}" if page else ""

"""What is no quote, as blocks: sentences, lists under a heading, requests to ask, subscriptions with their buttons."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import ButtonElement, RichTextElement

from adapters.cutting import cut, wrapped
from adapters.plain import safe_line
from adapters.slack import actions, blocks
from adapters.slack.blocks import LONGEST_LABEL, LONGEST_VALUE, Block
from adapters.slack.escaping import size
from adapters.wording import BETWEEN, delivery_facts, delivery_name, subscription_name, subscription_times
from bot.replies import DeliveryView, SubscriptionKind, SubscriptionView

LONGEST_RUN = 2500
LONGEST_NAME = 150
LONGEST_HEADING = 300
UNTITLED = "Untitled"


def sentence_blocks(sentence: str) -> list[Block]:
    """A sentence, in as many blocks as it takes."""
    return [blocks.rich(blocks.line(blocks.text(piece))) for piece in wrapped(safe_line(sentence).strip(), LONGEST_RUN, size)]


def heading(title: str, subtitle: str = "") -> Block:
    """The heading of a part of a message."""
    return blocks.rich(heading_line(title, subtitle))


def heading_line(title: str, subtitle: str = "") -> RichTextElement:
    """The same as the first line of a block."""
    bold = blocks.text(cut(safe_line(title).strip() or UNTITLED, LONGEST_HEADING, size), bold=True)
    return blocks.line(bold, blocks.text(f"  {cut(safe_line(subtitle), LONGEST_HEADING, size)}")) if subtitle else blocks.line(bold)


def list_blocks(title: str, subtitle: str, lines: Iterable[str]) -> Iterator[Block]:
    """Lines with a bullet each under their heading, in as many blocks as they take."""
    elements = [heading_line(title, subtitle)] if title.strip() else []
    for run in _runs(piece for line in lines for piece in wrapped(safe_line(line).strip(), LONGEST_RUN, size)):
        yield blocks.rich(*elements, blocks.bullets(run))
        elements = []
    if elements:
        yield blocks.rich(*elements)


def suggestion_blocks(requests: Iterable[str]) -> list[Block]:
    """Requests as buttons that ask them; one that is too long for a button stands beside a short one."""
    buttons: list[ButtonElement] = []
    long: list[Block] = []
    asked = [request for request in (safe_line(request).strip() for request in requests) if request]
    for number, request in enumerate(asked, 1):
        action_id = actions.numbered(actions.ASK_AGAIN, number)
        if size(request) <= LONGEST_LABEL:
            buttons.append(blocks.button(request, action_id, request))
        else:
            ask = blocks.button("Ask", action_id, request) if size(request) <= LONGEST_VALUE else None
            long.append(blocks.section(cut(request, LONGEST_VALUE, size), ask))
    return [*blocks.rows(buttons), *long]


def subscription_blocks(view: SubscriptionView, number: int) -> list[Block]:
    """A subscription with the buttons of those who see it; `number` tells it from the others that are shown with it."""
    times = BETWEEN.join(cut(fact, LONGEST_HEADING, size) for fact in subscription_times(view))
    here = view.channel.channel
    place = blocks.text("direct message") if here.startswith("D") else blocks.channel(here)
    name = blocks.text(cut(subscription_name(view), LONGEST_HEADING, size), bold=True)
    said = blocks.rich(blocks.line(name), blocks.line(blocks.text(f"{times}{BETWEEN}"), place))
    preview = blocks.button("Preview", actions.numbered(actions.SUBSCRIPTION_PREVIEW, number), str(view.number))
    pressed = [*_changes(view, number), preview, _deletion(view, number)] if view.changeable else [preview]
    return [said, *blocks.rows(pressed)]


def delivery_blocks(deliveries: Iterable[DeliveryView], zone: ZoneInfo) -> Iterator[Block]:
    """What was posted by itself or was not, a line each."""
    return list_blocks("", "", (BETWEEN.join([delivery_name(one, zone), *delivery_facts(one, zone)]) for one in deliveries))


def _changes(view: SubscriptionView, number: int) -> Iterator[ButtonElement]:
    """What can be done with a subscription as it is now and taken back."""
    if view.paused is not None:
        rests = [("Resume", actions.SUBSCRIPTION_RESUME)]
    elif view.muted_until is not None:
        rests = [("Pause", actions.SUBSCRIPTION_PAUSE), ("Go on", actions.SUBSCRIPTION_UNMUTE)]
    else:
        rests = [("Pause", actions.SUBSCRIPTION_PAUSE), ("Mute for a day", actions.SUBSCRIPTION_MUTE)]
    now = [("Send now", actions.SUBSCRIPTION_SEND)] if view.kind is SubscriptionKind.DIGEST and view.paused is None else []
    for label, action in [("Change", actions.SUBSCRIPTION_CHANGE), *rests, *now]:
        yield blocks.button(label, actions.numbered(action, number), str(view.number))


def _deletion(view: SubscriptionView, number: int) -> ButtonElement:
    sure = blocks.confirmation(f"Delete {view.kind} {view.number}?", "It will not be posted any more.", yes="Delete", no="Keep it")
    action = actions.numbered(actions.SUBSCRIPTION_DELETE, number)
    return blocks.button("Delete", action, str(view.number), style="danger", confirm=sure)


def _runs(pieces: Iterable[str]) -> Iterator[list[str]]:
    """The pieces in runs that fit into a block."""
    run: list[str] = []
    for piece in pieces:
        if run and sum(map(size, run)) + size(piece) > LONGEST_RUN:
            yield run
            run = []
        run.append(piece)
    if run:
        yield run

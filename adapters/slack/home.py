"""The App Home: what is stored, what can be asked, the feeds, and the digests and alerts of a person and of a channel. Pure."""

from collections.abc import Iterator, Sequence
from itertools import count

from slack_sdk.models.views import View

from adapters.cutting import cut
from adapters.slack import actions, blocks
from adapters.slack.blocks import Block
from adapters.slack.escaping import size
from adapters.slack.listing import LONGEST_RUN, heading, list_blocks, sentence_blocks, subscription_blocks, suggestion_blocks
from bot.cards import counted
from bot.replies import Reply

MOST_SUBSCRIPTIONS = 12  # of each list: three blocks and their heading
_MOST_LINES = 20
_MOST_EXAMPLES = 5
_BESIDE_THE_EXAMPLES = _MOST_EXAMPLES + 1


def home(status: Reply, mine: Reply, channel: Reply | None, channel_id: str | None, examples: Sequence[str]) -> Block:
    """The view. `mine` lists this person's digests and alerts; `channel` those of the channel that was chosen, None before one is.

    The chosen channel is kept as the view's metadata.
    """
    numbers = count(1)
    shown = [
        blocks.header("Verbatim: who said what, word for word"),
        *blocks.rows(
            [
                blocks.button("Ask", actions.OPEN_ASK, style="primary"),
                blocks.button("Set up a digest or alert", actions.OPEN_SUBSCRIPTION),
            ]
        ),
        *_examples(examples),
        blocks.divider(),
        *_status(status),
        *blocks.rows(
            [
                blocks.button("Add a feed", actions.OPEN_FEED),
                blocks.button("Feeds", actions.numbered(actions.ASK_AGAIN, _BESIDE_THE_EXAMPLES), "feeds"),
            ]
        ),
        blocks.divider(),
        *_subscriptions("Your digests and alerts", mine, numbers),
        blocks.divider(),
        heading("Digests and alerts of a channel"),
        *blocks.rows([blocks.conversations(actions.CHANNEL_SHOWN, "Choose a channel", channel_id)]),
        *(_subscriptions("", channel, numbers) if channel else ()),
    ]
    return View(type="home", blocks=shown, private_metadata=channel_id).to_dict()


def _examples(examples: Sequence[str]) -> Iterator[Block]:
    if suggested := suggestion_blocks(examples[:_MOST_EXAMPLES]):
        yield heading("Try one of these")
        yield from suggested


def _status(status: Reply) -> Iterator[Block]:
    for section in status.sections:
        yield from list_blocks(section.title, section.subtitle, [cut(line, LONGEST_RUN, size) for line in section.lines[:_MOST_LINES]])
    for note in status.notes[:_MOST_LINES]:
        yield from sentence_blocks(cut(note, LONGEST_RUN, size))


def _subscriptions(title: str, reply: Reply, numbers: Iterator[int]) -> Iterator[Block]:
    if title:
        yield heading(title)
    for view in reply.subscriptions[:MOST_SUBSCRIPTIONS]:
        yield from subscription_blocks(view, next(numbers))
    left = len(reply.subscriptions) - MOST_SUBSCRIPTIONS
    if left > 0:
        yield blocks.context(f"And {counted(left, 'subscription')} more: 'subscriptions' lists those of a channel there.")
    for note in reply.notes[:_MOST_LINES] if not reply.subscriptions else ():
        yield from sentence_blocks(cut(note, LONGEST_RUN, size))

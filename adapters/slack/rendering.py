"""A reply of the core as Slack's blocks: what was understood, the quotes, notes, what could be asked instead, and buttons. Pure."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from zoneinfo import ZoneInfo

from adapters.cutting import cut
from adapters.fitting import first_quotes, size_of, thing_of
from adapters.pages import Page
from adapters.plain import safe_line
from adapters.slack import actions, blocks
from adapters.slack.blocks import LONGEST_DESCRIPTION, LONGEST_HEADER, LONGEST_VALUE, Block
from adapters.slack.escaping import escaped, size
from adapters.slack.listing import (
    LONGEST_HEADING,
    UNTITLED,
    delivery_blocks,
    heading,
    list_blocks,
    sentence_blocks,
    subscription_blocks,
    suggestion_blocks,
)
from adapters.slack.packing import MESSAGE, VIEW, Part, packed
from adapters.slack.quotes import cited_blocks, quote_blocks
from adapters.slack.stories import story_parts
from adapters.wording import BETWEEN, UNKNOWN_SPEAKER, more_in_words, which_quotes
from bot.replies import Chart, Kept, Reply, Section

_LONGEST_UNDERSTOOD = 1000
_SHARE = "Share in channel"
_SHARED = "shared"
_CHART = "chart"
_SHARED_BY = "Shared by "
_NOTHING = "There is nothing to show."
_NOT_ALL = "There is more than one message holds."


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: `text` is what notifications show, already escaped; `blocks` are what is seen.

    `chart` is one that the blocks tell in words, for where it can be a picture.
    """

    text: str
    blocks: list[Block]
    chart: Chart | None = None


def messages(reply: Reply, *, zone: ZoneInfo, private: bool, in_modal: bool = False, shared_by: str = "") -> list[Message]:
    """The reply in as many messages as it takes, nothing left out.

    A page of a kept answer is one message: if its quotes are too long for that, the last of them come with the next page,
    and it says so. A `private` answer can be shared in the channel; `shared_by` names who did.
    """
    title = escaped(_title(reply))
    pages = _Rendering(zone, private, in_modal, shared_by).pages(reply)
    numbers = [f" ({number} of {len(pages)})" for number in range(1, len(pages) + 1)] if len(pages) > 1 else [""]
    return [_message(f"{title}{number}", page, reply) for number, page in zip(numbers, pages, strict=True)]


def answer(reply: Reply, *, zone: ZoneInfo, private: bool, in_modal: bool = False, shared_by: str = "") -> Message:
    """The reply in one message, for where there can be only one. What does not fit is left out, and the message says so."""
    return _message(escaped(_title(reply)), _Rendering(zone, private, in_modal, shared_by).only_page(reply), reply)


def fitting(reply: Reply, *, zone: ZoneInfo) -> Reply:
    """The reply with as many of the quotes of a page as fit into one message, wherever it is shown."""
    return _Rendering(zone, private=True, in_modal=False, shared_by="").fitting(reply)


def in_one_of_these(lengths: Sequence[Reply], *, zone: ZoneInfo, closing: Part) -> Message:
    """The first of these that fits into one message for a channel, with `closing` under it; of the last, what fits."""
    rendering = _Rendering(zone, private=False, in_modal=False, shared_by="", by_itself=True)
    for reply in lengths:
        pages = rendering.closed(reply, closing)
        if len(pages) == 1:
            return _message(escaped(_title(reply)), pages[0], reply)
    return _message(escaped(_title(reply)), rendering.cut_short(reply, closing), reply)


def with_picture(message: Message, file: str) -> Message:
    """The message with its chart as a picture, which was uploaded as that file."""
    if message.chart is None:
        return message
    picture = blocks.picture(file, _described(message.chart), block_id=_CHART)
    return replace(message, blocks=[picture if _is_chart(block) else block for block in message.blocks])


def in_one(told: Sequence[Message]) -> Message:
    """Messages as one, for a modal. What does not fit is left out, and it says so."""
    parts = [Part([block]) for message in told for block in message.blocks]
    pages = packed(parts, room=VIEW)
    if len(pages) > 1:
        closing = Part([blocks.context(_NOT_ALL)])
        pages = [[*packed(parts, room=VIEW, closing=closing)[0], *closing.blocks]]
    return Message(told[0].text, pages[0])


def error(sentence: str) -> Message:
    """A sentence on what went wrong and what can be done about it."""
    return Message(escaped(cut(safe_line(sentence).strip(), LONGEST_HEADER, size)), sentence_blocks(sentence))


def sharer(shown: Sequence[Block]) -> str:
    """Whom a message with these blocks names as the one who shared it; "" where nobody did."""
    named = (block["elements"][0]["text"] for block in shown if block.get("block_id") == _SHARED)
    return next(named, "").removeprefix(_SHARED_BY)


@dataclass(frozen=True, slots=True)
class _Rendering:
    """How a reply is rendered: for whom, and where. `by_itself`: it is posted without being asked for, its quotes by story."""

    zone: ZoneInfo
    private: bool
    in_modal: bool
    shared_by: str
    by_itself: bool = False

    def pages(self, reply: Reply) -> list[list[Block]]:
        fitting = self.fitting(reply)
        return self.closed(fitting, self._buttons(fitting)) or [sentence_blocks(_NOTHING)]

    def fitting(self, reply: Reply) -> Reply:
        """The reply as `pages` show it."""
        return self._fitting(reply, reply.kept) if reply.kept and len(self.closed(reply, self._buttons(reply))) > 1 else reply

    def only_page(self, reply: Reply) -> list[Block]:
        pages = self.pages(reply)
        if len(pages) == 1:
            return pages[0]
        if reply.kept:
            reply = self._fitting(reply, reply.kept)
        return self.cut_short(reply, self._buttons(reply))

    def closed(self, reply: Reply, closing: Part) -> list[list[Block]]:
        """The reply with something under it, in as many pages as it takes."""
        return self._packed([*self._body(reply), _chart(reply), closing])

    def cut_short(self, reply: Reply, closing: Part) -> list[Block]:
        """The beginning of the reply that fits into one page with something under it, which says that there is more."""
        ending = Part([blocks.context(_NOT_ALL), *_chart(reply).blocks, *closing.blocks])
        return [*self._packed(self._body(reply), ending)[0], *ending.blocks]

    def _packed(self, parts: Iterator[Part] | Sequence[Part], closing: Part | None = None) -> list[list[Block]]:
        return packed(parts, room=VIEW if self.in_modal else MESSAGE, closing=closing)

    def _fitting(self, reply: Reply, kept: Kept) -> Reply:
        """As many of the quotes of a page as fit into one message, but at least one."""

        def too_long(shown: int) -> bool:
            first = first_quotes(reply, kept, shown)
            return len(self.closed(first, self._buttons(first))) > 1

        total = len(kept.order)
        return first_quotes(reply, kept, max(1, bisect_left(range(1, total), True, key=too_long)))

    def _body(self, reply: Reply) -> Iterator[Part]:
        yield from (Part([block]) for block in self._head(reply))
        numbers = count(1)
        page = Page(reply.kept.answer_id, reply.kept.since) if reply.kept else None
        for place, section in enumerate(reply.sections):
            yield from self._section(section, numbers, page, ruled=place > 0)
        for number, view in enumerate(reply.subscriptions, 1):
            yield Part(subscription_blocks(view, number))
        yield from (Part([block]) for block in delivery_blocks(reply.deliveries, self.zone))
        for note in reply.notes:
            yield from (Part([block]) for block in sentence_blocks(note))
        if suggested := suggestion_blocks(reply.suggestions):
            first, *others = suggested
            yield Part([blocks.rich(blocks.line(blocks.text("Try:"))), first])
            yield from (Part([block]) for block in others)

    def _head(self, reply: Reply) -> list[Block]:
        """What was understood, as a headline if something follows under it."""
        understood = safe_line(reply.understood).strip()
        if not understood or not (reply.sections or reply.subscriptions or reply.deliveries):
            shown = sentence_blocks(understood)
        elif size(understood) <= LONGEST_HEADER:
            shown = [blocks.header(understood)]
        else:
            shown = [blocks.header(understood), *sentence_blocks(cut(understood, _LONGEST_UNDERSTOOD, size))]
        if not self.shared_by:
            return shown
        return [*shown, blocks.context(cut(f"{_SHARED_BY}{safe_line(self.shared_by)}", LONGEST_HEADING, size), block_id=_SHARED)]

    def _section(self, section: Section, numbers: Iterator[int], page: Page | None, *, ruled: bool) -> Iterator[Part]:
        """A section; its quotes stand under a rule, so that their heading does not seem to belong to the quote above it."""
        if section.cited:
            yield from self._cited(section, ruled=ruled)
            return
        if not section.quotes:
            yield from (Part([block]) for block in list_blocks(section.title, section.subtitle, section.lines))
            return
        if self.by_itself:
            yield from story_parts(section, zone=self.zone, ruled=ruled)
        else:
            yield from self._quotes(section, numbers, page, ruled=ruled)
        yield from (Part([block]) for block in list_blocks("", "", section.lines))

    def _quotes(self, section: Section, numbers: Iterator[int], page: Page | None, *, ruled: bool) -> Iterator[Part]:
        head = _section_head(section)
        for card, number in zip(section.quotes, numbers, strict=False):
            yield Part([*head, *quote_blocks(card, number=number, zone=self.zone, page=page)], ruled=ruled)
            head, ruled = [], False

    def _cited(self, section: Section, *, ruled: bool) -> Iterator[Part]:
        head = [heading(section.title, section.subtitle)]
        for cited in section.cited:
            yield Part([*head, *cited_blocks(cited, zone=self.zone)], ruled=ruled)
            head, ruled = [], False
        yield from (Part([block]) for block in list_blocks("", "", section.lines))

    def _buttons(self, reply: Reply) -> Part:
        """Where the page stands in its answer, and what can be done with it."""
        pressed = []
        shown: list[Block] = []
        shown_here, kept = size_of(reply), reply.kept
        if kept and shown_here:
            page = Page(kept.answer_id, kept.since).value
            if kept.before or kept.goes_on:
                shown.append(blocks.context(which_quotes(kept, shown_here, thing_of(reply))))
            if kept.goes_on:
                pressed.append(blocks.button(more_in_words(kept), actions.MORE, Page(kept.answer_id, kept.last).value))
            if kept.can_narrow:
                pressed.append(blocks.button("Only direct", actions.DIRECT, page))
            pressed.append(blocks.button("Export CSV", actions.EXPORT, page))
            pressed.append(blocks.button("Export JSON", actions.EXPORT_JSON, page))
            if self.private:
                pressed.append(blocks.button(_SHARE, actions.SHARE, page))
        elif self.private and reply.again and size(reply.again) <= LONGEST_VALUE:
            pressed.append(blocks.button(_SHARE, actions.SHARE_ASKED, reply.again))
        if reply.undo is not None:
            pressed.append(blocks.button("Undo", actions.UNDO, str(reply.undo)))
        return Part([*shown, *blocks.rows(pressed)])


def _message(title: str, shown: list[Block], reply: Reply) -> Message:
    return Message(title, shown, reply.chart if any(map(_is_chart, shown)) else None)


def _chart(reply: Reply) -> Part:
    """The chart in words."""
    return Part([blocks.context(_described(reply.chart), block_id=_CHART)] if reply.chart else [])


def _described(chart: Chart) -> str:
    """All that a chart shows, which is never nothing at all."""
    return cut(safe_line(chart.alt).strip() or UNTITLED, LONGEST_DESCRIPTION, size)


def _is_chart(block: Block) -> bool:
    return block.get("block_id") == _CHART


def _title(reply: Reply) -> str:
    said = (reply.understood, *reply.notes, _NOTHING)
    return cut(next(line for line in (safe_line(one).strip() for one in said) if line), LONGEST_HEADER, size)


def _section_head(section: Section) -> list[Block]:
    """The heading of quotes. Where it only repeats who says each of them, it is a small line."""
    if any((card.speaker or UNKNOWN_SPEAKER) != section.title for card in section.quotes):
        return [heading(section.title, section.subtitle)]
    facts = [cut(safe_line(fact), LONGEST_HEADING, size) for fact in (section.title, section.subtitle) if fact]
    return [blocks.context(BETWEEN.join(facts))] if section.subtitle else []

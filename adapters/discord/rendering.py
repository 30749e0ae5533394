"""A reply of the core as Discord's messages: what was understood, the quotes, notes, what could be asked instead, and buttons. Pure."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from adapters.cutting import cut
from adapters.discord import components, embeds
from adapters.discord.components import Row
from adapters.discord.custom_ids import Shown
from adapters.discord.listing import BULLET, LONGEST_HEADING, list_lines, runs, section_heading, sentence_lines, shown_line
from adapters.discord.markdown import bold, escaped, escaped_size, small, unescaped
from adapters.discord.packing import LONGEST_CONTENT, Message, Part, Picture, packed
from adapters.discord.stories import story_parts
from adapters.filled_in import DigestWished
from adapters.fitting import first_quotes, size_of, thing_of
from adapters.pages import Page
from adapters.wording import UNKNOWN_SPEAKER, moment_in_words, which_quotes
from bot.callers import Home
from bot.delivery.posting import Post
from bot.replies import Kept, Passage, Reply, Section, SubscriptionView, Times

PAGE = 5  # each of the quotes may have a heading of its own: a message holds ten embeds
_LONGEST_RUN = 2900  # two of these fit into the embeds of a message
_LONGEST_UNDERSTOOD = 1500
_SHARED = small("Shared by ")
_NOTHING = "There is nothing to show."
_NOT_ALL = "There is more than one message holds."
_NOT_ALL_IS_POSTED = "This is not all: Show all shows you the rest."
_THIS_ANSWER = "This answer:"
_TRY = "Try:"


def messages(
    reply: Reply,
    *,
    zone: ZoneInfo,
    private: bool,
    shared_by: str = "",
    corrected: Shown | None = None,
    picture: Picture | None = None,
) -> list[Message]:
    """The reply in as many messages as it takes, nothing left out.

    A page of a kept answer is one message: if its quotes are too long for that, the last of them come with the next page,
    and it says so. A `private` answer can be shared in the channel, and has no buttons for what its reader may not do; `shared_by` names
    who shared it. `corrected` is the message at which the correction was made that the reply tells of, `picture` is its chart, drawn.
    """
    return _Rendering(zone, private, shared_by, corrected, picture).messages(reply)


def answer(reply: Reply, *, zone: ZoneInfo, private: bool, shared_by: str = "", picture: Picture | None = None) -> Message:
    """The reply in one message, for where there can be only one. What does not fit is left out, and the message says so."""
    return _Rendering(zone, private, shared_by, picture=picture).only_message(reply)


def fitting(reply: Reply, *, zone: ZoneInfo, picture: Picture | None = None) -> Reply:
    """The reply with as many of the quotes of a page as fit into one message, wherever it is shown."""
    return _Rendering(zone, private=True, picture=picture).fitting(reply)


def posted(post: Post, *, picture: Picture | None = None) -> Message:
    """What a channel gets by itself, in one message: the first of its lengths that fits, and of the last what fits, as it says then."""
    rendering = _Rendering(post.zone, private=False, picture=picture, post=post)
    for reply in post.lengths:
        found = rendering.messages(reply)
        if len(found) == 1:
            return found[0]
    return rendering.only_message(post.lengths[-1])


def passage(found: Passage, *, zone: ZoneInfo) -> Message:
    """The words around a quote."""
    return Message("", embeds.passage_embeds(found, zone=zone))


def error(sentence: str) -> Message:
    """A sentence on what went wrong and what can be done about it."""
    return Message(escaped(cut(shown_line(sentence) or _NOTHING, LONGEST_CONTENT, escaped_size)))


def digests(reply: Reply, *, zone: ZoneInfo, private: bool, deleting: int | None = None) -> Message:
    """The digests of a reply in one message; of the one with the number `deleting` it is asked whether it shall be deleted."""
    return _Rendering(zone, private, deleting=deleting).only_message(reply)


def times(found: Times, wished: DigestWished, row: Row) -> Message:
    """When a digest would come that is not saved yet, with all else that was wished of it, and what can be done with it."""
    zone = ZoneInfo(found.time_zone)
    head = f"Not saved yet: {found.schedule}, {found.time_zone}"
    lines = [moment_in_words(moment, zone) for moment in found.following]
    lines += [f"About: {wished.about or 'everything'}", *([f"How: {wished.wishes}"] if wished.wishes else [])]
    where = [f"{BULLET}Where: <#{wished.channel}>"] if wished.channel else []
    return Message("\n".join([*list_lines(head, "It would come next", lines), *where]), rows=(row,))


def zone_note(home: Home, zone: str) -> str:
    """Which time zone holds where none was set for a server, or for a person, and how to set one."""
    if home.person:
        return f"{unset_zone(home, zone)} To set one, write here: time zone Europe/London."
    return f"{unset_zone(home, zone)} To set one, mention Verbatim here (@Verbatim time zone Europe/London) or use /ask."


def unset_zone(home: Home, zone: str) -> str:
    """The first of it, which is short."""
    return f"No time zone is set for {'you' if home.person else 'this server'}, so {zone} holds."


def sharer(content: str) -> str:
    """Whom a message with this content names as the one who shared it; "" where nobody did."""
    named = (line.removeprefix(_SHARED) for line in content.split("\n") if line.startswith(_SHARED))
    return unescaped(next(named, ""))


@dataclass(frozen=True, slots=True)
class _Rendering:
    """How a reply is rendered: for whom, and where."""

    zone: ZoneInfo
    private: bool
    shared_by: str = ""
    corrected: Shown | None = None
    picture: Picture | None = None
    deleting: int | None = None
    post: Post | None = None

    def messages(self, reply: Reply) -> list[Message]:
        return self._packed(self.fitting(reply)) or [Message(_NOTHING)]

    def fitting(self, reply: Reply) -> Reply:
        """The reply as `messages` show it."""
        return self._fitting(reply, reply.kept) if reply.kept and len(self._packed(reply)) > 1 else reply

    def only_message(self, reply: Reply) -> Message:
        found = self.messages(reply)
        if len(found) == 1:
            return found[0]
        if reply.kept:
            reply = self._fitting(reply, reply.kept)
        not_all = _NOT_ALL_IS_POSTED if self.post else _NOT_ALL
        closing = [*self._drawn(reply), Part(embeds=(embeds.text_embed(not_all),)), *self._pressed(reply, is_all=False)]
        return packed(self._body(reply), page=_page(reply), closing=closing)[0]

    def _packed(self, reply: Reply) -> list[Message]:
        suggested = [Part(rows=(row,), alone=_TRY) for row in components.suggestion_rows(reply.suggestions)[0]]
        return packed([*self._body(reply), *self._drawn(reply), *self._pressed(reply), *suggested], page=_page(reply))

    def _fitting(self, reply: Reply, kept: Kept) -> Reply:
        """As many of the quotes of a page as fit into one message, but at least one."""

        def too_long(shown: int) -> bool:
            return len(self._packed(first_quotes(reply, kept, shown))) > 1

        total = len(kept.order)
        return first_quotes(reply, kept, max(1, bisect_left(range(1, total), True, key=too_long))) if total else reply

    def _body(self, reply: Reply) -> Iterator[Part]:
        zoneless = [zone_note(reply.zoneless, digest.time_zone) for digest in reply.subscriptions if reply.zoneless]
        notes = [line for note in (*reply.notes, *zoneless) for line in sentence_lines(note)]
        if long := components.suggestion_rows(reply.suggestions)[1]:
            notes += list_lines("", "", long)
        if not (reply.sections or reply.subscriptions or reply.deliveries):
            lines = [*sentence_lines(reply.understood), *self._small(reply), *notes, *([_TRY] if reply.suggestions else [])]
            yield from (Part(content=run) for run in runs(lines, LONGEST_CONTENT))
            return
        yield from self._answered(reply)
        yield from _texts(notes)

    def _answered(self, reply: Reply) -> Iterator[Part]:
        """What was understood, as a headline, and what follows under it."""
        understood = escaped(cut(shown_line(reply.understood), _LONGEST_UNDERSTOOD, escaped_size))
        head = [bold(understood), *self._small(reply)]
        yield Part(content="\n".join(filter(None, head)))
        lines: list[str] = []
        for section in reply.sections:
            if section.cited:
                yield from _texts(lines)
                yield from (Part(embeds=(embeds.cited_embed(cited, zone=self.zone, title=section.title),)) for cited in section.cited)
                lines = list(list_lines("", "", section.lines))
                continue
            if not section.quotes:
                lines += list_lines(section.title, section.subtitle, section.lines)
                continue
            yield from _texts(lines)
            yield from (story_parts(section, zone=self.zone) if self.post else self._quotes(section))
            lines = list(list_lines("", "", section.lines))
        yield from _texts(lines)
        for place, digest in enumerate(reply.subscriptions):
            is_changeable = self._is_changeable(digest)
            row = components.digest_row(digest, place, among_others=len(reply.subscriptions) > 1, is_changeable=is_changeable)
            if digest.number == self.deleting:
                row = components.really_delete_row(digest)
            yield Part(embeds=(embeds.digest_embed(digest),), rows=(row,))
        if len(reply.subscriptions) == 1 and self.deleting is None:
            lone = reply.subscriptions[0]
            yield Part(rows=(components.lone_digest_row(lone, is_changeable=self._is_changeable(lone)),))
        yield from _texts(map(embeds.delivery_line, reply.deliveries))

    def _is_changeable(self, digest: SubscriptionView) -> bool:
        """Whether somebody who sees the buttons of a digest may change it: not ruled out where there are others than who asked."""
        return digest.changeable or not self.private

    def _small(self, reply: Reply) -> Iterator[str]:
        """Which quotes of the answer these are, and who shared it."""
        kept, shown = reply.kept, size_of(reply)
        if kept and shown and (kept.before or kept.goes_on):
            yield small(which_quotes(kept, shown, thing_of(reply)))
        if name := shown_line(self.shared_by):
            yield f"{_SHARED}{escaped(cut(name, LONGEST_HEADING, escaped_size))}"

    def _quotes(self, section: Section) -> Iterator[Part]:
        """The quotes of a section. Where its title only repeats who says each of them, they do without."""
        repeats = all((card.speaker or UNKNOWN_SPEAKER) == section.title for card in section.quotes)
        head = () if repeats else (embeds.text_embed(section_heading(section.title, section.subtitle)),)
        subtitle = section.subtitle if repeats else ""
        for card in section.quotes:
            yield Part(embeds=(*head, embeds.quote_embed(card, zone=self.zone, subtitle=subtitle)), cards=(card,))
            head, subtitle = (), ""

    def _drawn(self, reply: Reply) -> Iterator[Part]:
        """What shows the picture of the chart."""
        if reply.chart and self.picture:
            yield Part(embeds=(embeds.chart_embed(),), picture=self.picture)

    def _pressed(self, reply: Reply, *, is_all: bool = True) -> Iterator[Part]:
        """What can be done with the answer, or with the post."""
        row: Row = ()
        if self.post:
            is_longest = self.post.complete and reply is self.post.lengths[0]
            row = components.delivery_row(self.post.delivery, is_all=is_all and is_longest, mutable=self.post.mutable)
        elif reply.kept and size_of(reply):
            row = components.page_row(reply.kept, private=self.private)
        elif self.private and reply.again and (share := components.share_asked_button(reply.again)):
            row = (share,)
        if reply.undo is not None:
            row = (*row, components.undo_button(reply.undo, self.corrected))
        if row:
            yield Part(rows=components.in_rows(row), alone=_THIS_ANSWER)


def _page(reply: Reply) -> Page | None:
    return Page(reply.kept.answer_id, reply.kept.since) if reply.kept else None


def _texts(lines: Iterable[str]) -> Iterator[Part]:
    return (Part(embeds=(embeds.text_embed(run),)) for run in runs(lines, _LONGEST_RUN))

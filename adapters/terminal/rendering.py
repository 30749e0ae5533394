"""A reply as lines for the terminal: what was understood, then the quotes under their speakers with where they stand."""

import re
import shlex
from collections.abc import Callable, Iterator
from urllib.parse import urldefrag
from zoneinfo import ZoneInfo

from rich.style import Style
from rich.text import Text

from adapters.fitting import size_of, thing_of
from adapters.plain import safe_line, safe_link
from adapters.terminal.bars import bar_lines
from adapters.terminal.feed_commands import feed_command
from adapters.terminal.lines import WIDEST, Line
from adapters.wording import (
    BETWEEN,
    BETWEEN_PIECES,
    cited_words,
    copies_in_words,
    delivery_facts,
    delivery_name,
    doubts,
    place_facts,
    quotation_marks,
    sort_in_words,
    source_facts,
    subscription_name,
    subscription_times,
    which_quotes,
)
from bot.digests.titles import title_of
from bot.replies import Cited, DeliveryView, Kept, QuoteCard, QuoteKind, Reply, Section, SubscriptionView

KIND_STYLES = {QuoteKind.DIRECT: "green", QuoteKind.MIXED: "cyan", QuoteKind.INDIRECT: "magenta"}
_INDENT = 2
_SAME_IN_CHAT = frozenset({"show", "undo", "remove", "corrections", "status"})
_OF_DIGESTS = {"preview": "digest preview", "send": "digest send"}


def reply_lines(
    reply: Reply, *, zone: ZoneInfo, hyperlinks: bool, typed: Callable[[str], str] = str, width: int = WIDEST
) -> Iterator[Line]:
    """The lines of a reply. Dates are given in `zone`; with `hyperlinks` an address is short and opens at the words.

    `typed` turns a request that would work into what a person types here: "more 12" goes on with answer 12. A chart is drawn at most
    `width` columns wide.
    """
    if reply.understood:
        yield Line(Text(safe_line(reply.understood), style="dim"))
    for section in reply.sections:
        yield Line()
        yield from _section_lines(section, zone, hyperlinks)
    for view in reply.subscriptions:
        yield Line()
        yield from _subscription_lines(view)
    for delivery in reply.deliveries:
        yield Line()
        yield from _delivery_lines(delivery, zone)
    if reply.chart is not None:
        yield Line()
        yield from bar_lines(reply.chart, width)
    if reply.notes:
        yield Line()
        yield from (Line(Text(safe_line(note))) for note in reply.notes)
    if reply.kept is not None:
        yield from _place_lines(reply, reply.kept, typed)
    if reply.undo is not None:
        yield Line()
        yield Line(Text(f"Undo it with: {typed(f'undo {reply.undo}')}"))
    if reply.suggestions:
        yield Line()
        yield Line(Text("Try:"))
        yield from (Line(Text(typed(safe_line(suggestion)), style="bold"), _INDENT) for suggestion in reply.suggestions)


def _place_lines(reply: Reply, kept: Kept, typed: Callable[[str], str]) -> Iterator[Line]:
    """Where the page stands in its answer, and how to go on."""
    shown = size_of(reply)
    if shown and (kept.before or kept.goes_on):
        yield Line()
        yield Line(Text(which_quotes(kept, shown, thing_of(reply)), style="dim"))
    if shown and kept.goes_on:
        yield Line(Text(f"The next ones: {typed(f'more {kept.answer_id}')}"))


def as_command(request: str) -> str:
    """A request of the chat grammar as the command line takes it, safe to paste into a shell."""
    keyword, _, rest = request.partition(" ")
    if keyword.lower() in _SAME_IN_CHAT and (not rest or rest.isalnum()):
        return f"verbatim {request}"
    if keyword.lower() == "feeds" and (command := feed_command(request)):
        return command
    if keyword == "more" and rest.isdigit():
        return f"verbatim ask --more {rest}"
    if keyword.lower() in _OF_DIGESTS and rest.isdigit():
        return f"verbatim {_OF_DIGESTS[keyword.lower()]} {rest}"
    if keyword.lower() == "people" and rest:
        return f"verbatim people list {_as_argument(rest)}"
    if keyword.lower() == "speaker" and rest:
        return f"verbatim who {_as_argument(rest)}"
    return f"verbatim ask {_as_argument(request)}"


def as_typed(request: str) -> str:
    """A request as it is typed at a prompt, where the newest answer is gone on with."""
    return "more" if re.fullmatch("more [0-9]+", request) else request


def _as_argument(text: str) -> str:
    return shlex.quote(text) if set(text) & set('"$`\\!') else f'"{text}"'


def address_line(link: str, *, indent: int, hyperlinks: bool) -> Line:
    """An address on a line of its own. One that is not of the web is shown, but never made a link."""
    target = safe_link(link)
    if target is None:
        return Line(Text(safe_line(link), style="dim"), indent, whole=True)
    if not hyperlinks:
        return Line(Text(target), indent, whole=True)
    return Line(Text(urldefrag(target).url, style=Style(dim=True, link=target)), indent, whole=True)


def _section_lines(section: Section, zone: ZoneInfo, hyperlinks: bool) -> Iterator[Line]:
    heading = Text().append(safe_line(section.title), style="bold")
    if section.subtitle:
        heading.append(f"  {safe_line(section.subtitle)}", style="dim")
    yield Line(heading)
    for number, quote in enumerate(section.quotes):
        if number:
            yield Line()
        yield from _card_lines(quote, section.title, zone, hyperlinks)
    for cited in section.cited:
        yield from _cited_lines(cited, zone, hyperlinks)
    yield from (Line(Text(safe_line(line)), _INDENT) for line in section.lines)


def _card_lines(quote: QuoteCard, heading: str, zone: ZoneInfo, hyperlinks: bool) -> Iterator[Line]:
    words = Text()
    if quote.speaker and quote.speaker != heading:
        words.append(f"{safe_line(quote.speaker)}: ", style="bold")
    if quote.cue and quote.kind is not QuoteKind.DIRECT:
        words.append(f"{safe_line(quote.cue)}: ", style="dim")
    yield Line(words.append(_quoted(quote), style=KIND_STYLES[quote.kind]), _INDENT)
    sort = sort_in_words(quote.kind, quote.reports)
    is_headed = quote.place.headline is not None and title_of(quote.place.headline) == heading
    place = source_facts(quote.place, zone) if is_headed else place_facts(quote.place, zone)
    facts = [*sort, *doubts(quote.sureness, corrected=quote.corrected), *place]
    yield Line(Text(f"#{quote.quote_id} {BETWEEN.join(facts)}", style="dim"), 2 * _INDENT)
    if quote.place.link:
        yield address_line(quote.place.link, indent=2 * _INDENT, hyperlinks=hyperlinks)
    if quote.also:
        yield Line(Text(copies_in_words(quote.also, zone), style="dim"), 2 * _INDENT)


def _cited_lines(cited: Cited, zone: ZoneInfo, hyperlinks: bool) -> Iterator[Line]:
    yield Line(Text(cited_words(cited)), _INDENT)
    yield Line(Text(BETWEEN.join(place_facts(cited.place, zone)), style="dim"), 2 * _INDENT)
    if cited.place.link:
        yield address_line(cited.place.link, indent=2 * _INDENT, hyperlinks=hyperlinks)
    if cited.also:
        yield Line(Text(copies_in_words(cited.also, zone), style="dim"), 2 * _INDENT)


def _quoted(quote: QuoteCard) -> str:
    """The pieces as they stand in the article."""
    opening, closing = quotation_marks(quote.kind)
    return BETWEEN_PIECES.join(f"{opening}{safe_line(piece)}{closing}" for piece in quote.words)


def _subscription_lines(view: SubscriptionView) -> Iterator[Line]:
    yield Line(Text(subscription_name(view), style="bold"))
    yield Line(Text(BETWEEN.join([*subscription_times(view), f"channel {safe_line(view.channel.channel)}"]), style="dim"), _INDENT)


def _delivery_lines(view: DeliveryView, zone: ZoneInfo) -> Iterator[Line]:
    yield Line(Text(delivery_name(view, zone), style="bold"))
    yield Line(Text(BETWEEN.join([*delivery_facts(view, zone), f"channel {safe_line(view.channel.channel)}"]), style="dim"), _INDENT)

"""A quote as an embed, and the passage around one: the exact words, who said them and where they stand, with a link to them.

Discord reads markdown in titles and descriptions, and none in the line of the author and in the footer.
"""

import zlib
from collections.abc import Iterator, Sequence
from urllib.parse import urldefrag
from zoneinfo import ZoneInfo

import discord

from adapters.cutting import beginning, cut, ending, size
from adapters.discord.listing import BULLET, LONGEST_HEADING, shown_line
from adapters.discord.markdown import bold, escaped, escaped_size, in_bold, link, moment, quoted, quoted_size, target, unescaped, unquoted
from adapters.plain import chat_link, safe_line, safe_text
from adapters.wording import (
    BETWEEN,
    BETWEEN_PIECES,
    UNKNOWN_SPEAKER,
    cited_words,
    copies_in_words,
    day_in_words,
    delivery_state,
    doubt_in_words,
    quotation_marks,
    sent_late,
    sort_in_words,
    source_facts,
    subscription_name,
    subscription_times,
)
from bot.replies import Cited, DeliveryView, Passage, Place, QuoteCard, QuoteKind, Span, SubscriptionView

LONGEST_NAME = 256
LONGEST_QUOTE = 2400
LONGEST_PASSAGE = 2600
LONGEST_LINK = 800
CUT = " …"
PICTURE_NAME = "chart.png"
PICTURE_URL = f"attachment://{PICTURE_NAME}"
DIRECT_MESSAGES = "@me"  # the workspace of a channel that stands in no guild
_LONGEST_HEADLINE = 300
_LONGEST_CUE = 100
_LONGEST_COPIES = 400
_LONGEST_TIMES = 1500
_BEFORE_THE_QUOTE = 800
_ROOM_FOR_COPIES = 1500
_ELSEWHERE = "Read it there"
COLOURS = (0xFF176A, 0xE139CB, 0xE76301, 0x3C7DFF, 0xA58900, 0x02A058, 0x0196C0, 0x9F60FE)
"""Of outlets: hues that are far apart, neither so pale nor so dark that they are lost on one of Discord's themes."""


def embed_size(embed: discord.Embed) -> int:
    """How much of the 6,000 characters of a message's embeds one takes."""
    texts = (embed.title, embed.description, embed.author.name, embed.footer.text)
    return sum(size(text) for text in texts if text)


def text_embed(markdown: str) -> discord.Embed:
    """Lines of markdown."""
    return discord.Embed(description=markdown)


def quote_embed(card: QuoteCard, *, zone: ZoneInfo, subtitle: str = "") -> discord.Embed:
    """A quote; `subtitle` is a line that stands above its words."""
    words, left_out = words_shown(card)
    lines = [
        escaped(cut(shown_line(subtitle), LONGEST_HEADING, escaped_size)),
        quoted(escaped(words or BETWEEN_PIECES)),
        f"({left_out:,} more characters: Show context)" if left_out else "",
        source_line(card.place, zone),
    ]
    copies = cut(copies_in_words(card.also, zone), _LONGEST_COPIES, size) if card.also else ""
    return _framed(card, "\n".join(filter(None, lines)), copies)


def cited_embed(cited: Cited, *, zone: ZoneInfo, title: str) -> discord.Embed:
    """A sentence of an article that is no quote: as it stands there, under who it is about, with its source."""
    outlet = outlet_line(cited.place)
    copies = cut(copies_in_words(cited.also, zone), _LONGEST_COPIES, size) if cited.also else ""
    said = escaped(cut(cited_words(cited), LONGEST_QUOTE, escaped_size))
    description = "\n".join(filter(None, (said or BETWEEN_PIECES, source_line(cited.place, zone))))
    embed = discord.Embed(title=_title(shown_line(title) or UNKNOWN_SPEAKER), description=description, colour=colour_of(outlet))
    embed.set_author(name=outlet, url=_address(cited.place))
    return embed.set_footer(text=copies) if copies else embed


def words_shown(card: QuoteCard, longest: int = LONGEST_QUOTE) -> tuple[str, int]:
    """The words of a quote between their marks, a cut shown within them, and how many characters of them are left out for length."""
    opening, closing = quotation_marks(card.kind)
    shown: list[str] = []
    room, left_out = longest, 0
    for piece in card.words:
        kept = "" if left_out else beginning(safe_text(piece[: longest + 1]), room, quoted_size)
        left_out += len(piece) - len(kept)
        room -= quoted_size(f"{kept}{opening}{closing}{BETWEEN_PIECES}")
        if kept:
            shown.append(kept)
    if left_out and shown:
        shown[-1] += CUT
    return BETWEEN_PIECES.join(f"{opening}{kept}{closing}" for kept in shown), left_out


def speaker_and_words(card: QuoteCard) -> str:
    """Who is said to have said what, as markdown."""
    return f"{bold(speaker_line(card))}\n{quoted(escaped(words_shown(card)[0] or BETWEEN_PIECES))}"


def words_quoted(embed: discord.Embed) -> list[str]:
    """The words of each quote in one of our embeds, in their marks: those beside a bar, or of these those in bold."""
    return [unescaped(BETWEEN_PIECES.join(in_bold(beside)) or beside) for beside in unquoted(embed.description or "")]


def passage_embeds(found: Passage, *, zone: ZoneInfo) -> list[discord.Embed]:
    """The passage around a quote, its words bold, with the source and every other place that carries the words.

    Each place has the number of its article, by which it can be asked for and corrected.
    """
    source = _numbered(found.card.place, zone)
    shown = [_framed(found.card, "\n".join(filter(None, [*_around(found), source])))]
    if found.card.also:
        shown.append(text_embed("\n".join(_copies(found.card.also, zone))))
    return shown


def chart_embed() -> discord.Embed:
    """What shows the picture that is attached to its message; its title is drawn in it."""
    return discord.Embed().set_image(url=PICTURE_URL)


def digest_embed(digest: SubscriptionView) -> discord.Embed:
    """A digest or an alert: what it is about, when it comes and how, and where to."""
    times = BETWEEN.join(cut(shown_line(fact), LONGEST_HEADING, escaped_size) for fact in subscription_times(digest))
    times = escaped(cut(times, _LONGEST_TIMES, escaped_size))
    return discord.Embed(title=_title(subscription_name(digest)), description=f"{times}{BETWEEN}{_where(digest)}")


def delivery_line(delivery: DeliveryView) -> str:
    """What a channel was to get by itself, and what became of it; Discord tells the moments by the clock of whoever reads."""
    what = escaped(cut(shown_line(delivery.what), LONGEST_HEADING, escaped_size))
    reason = escaped(cut(shown_line(delivery.reason), LONGEST_HEADING, escaped_size))
    late = sent_late(delivery)
    state = f"sent {moment(late)}" if late else delivery_state(delivery)
    facts = [moment(delivery.due_at), f"{delivery.kind} {delivery.subscription}", what, bold(state), reason]
    return f"{BULLET}{BETWEEN.join(filter(None, facts))}"


def _framed(card: QuoteCard, description: str, copies: str = "") -> discord.Embed:
    """What a quote stands in: outlet above with its colour, the speaker as the title, and small below what sort of quote it is."""
    outlet = outlet_line(card.place)
    facts = BETWEEN.join([*sort_in_words(card.kind, card.reports), f"#{card.quote_id}"])
    doubt = doubt_in_words(card.sureness, corrected=card.corrected)
    embed = discord.Embed(title=speaker_line(card), description=description, colour=colour_of(outlet))
    embed.set_author(name=outlet, url=_address(card.place))
    return embed.set_footer(text="\n".join(filter(None, [facts, doubt, copies])))


def outlet_line(place: Place) -> str:
    """The outlet of an article, or the article's number. Others wrote it."""
    return cut(shown_line(source_facts(place, ZoneInfo("UTC"))[0]) or f"article {place.article_id}", LONGEST_NAME, size)


def colour_of(outlet: str) -> discord.Colour:
    """An outlet's colour, always the same."""
    return discord.Colour(COLOURS[zlib.crc32(outlet.casefold().encode("utf-8", "replace")) % len(COLOURS)])


def _title(words: str) -> str:
    return escaped(cut(words, LONGEST_NAME, escaped_size))


def speaker_line(card: QuoteCard) -> str:
    """Who is said to have said it, with the article's own cue where the words are reported, as markdown."""
    speaker = shown_line(card.speaker or "") or UNKNOWN_SPEAKER
    cue = cut(shown_line(card.cue), _LONGEST_CUE, escaped_size)
    if not cue or card.kind is QuoteKind.DIRECT:
        return _title(speaker)
    said = f"{BETWEEN}{cue}"
    return escaped(f"{cut(speaker, LONGEST_NAME - escaped_size(said), escaped_size)}{said}")


def _address(place: Place) -> str | None:
    """Where the words stand: without what jumps to them if that is too long, None if it still is."""
    url = chat_link(place.link)
    if url is None:
        return None
    return next((short for short in (target(url), target(urldefrag(url).url)) if len(short) <= LONGEST_LINK), None)


def source_line(place: Place, zone: ZoneInfo) -> str:
    """Day and headline, which leads to the words."""
    day = day_in_words(place.published, zone) if place.published else ""
    return BETWEEN.join(filter(None, [day, *_leading(shown_line(place.headline or ""), _address(place))]))


def _numbered(place: Place, zone: ZoneInfo) -> str:
    """The source with its article's number, which stands for the outlet where that is not known."""
    return BETWEEN.join(filter(None, [source_line(place, zone), f"article {place.article_id}" if place.outlet else ""]))


def _leading(words: str, address: str | None) -> Iterator[str]:
    """Words that lead to an address, with a link of its own behind those that cannot be one."""
    words = cut(words, _LONGEST_HEADLINE, escaped_size)
    linked = link(words, address) if words and address else None
    if linked:
        yield linked
        return
    yield escaped(words)
    if address:
        yield f"[{_ELSEWHERE}]({address})"


def _copies(places: tuple[Place, ...], zone: ZoneInfo) -> Iterator[str]:
    yield "Also in"
    room = _ROOM_FOR_COPIES
    for number, place in enumerate(places):
        outlet = escaped(cut(shown_line(source_facts(place, zone)[0]), LONGEST_NAME, escaped_size))
        line = BETWEEN.join(filter(None, [outlet, _numbered(place, zone)]))
        room -= size(line)
        if room < 0:
            yield f"and {len(places) - number:,} more"
            return
        yield line


def _where(digest: SubscriptionView) -> str:
    channel = digest.channel
    if channel.workspace == DIRECT_MESSAGES:
        return "direct message"
    return f"<#{channel.channel}>" if channel.channel.isdecimal() else escaped(safe_line(channel.channel))


def _around(found: Passage) -> Iterator[str]:
    """The text with the words of the quote bold, as much around them as there is room for."""
    text = safe_text(found.text)
    spans = _apart(found.content)
    first = min(spans[0][0], len(text)) if spans else 0
    begin = 0

    def length(shown: str) -> int:
        return size(_marked(text, begin, begin + len(shown), spans))

    if length(text) > LONGEST_PASSAGE:
        begin = first - len(ending(text[:first], _BEFORE_THE_QUOTE, quoted_size))
    end = begin + len(beginning(text[begin:], LONGEST_PASSAGE, length))
    before = "… " if begin or not found.begins else ""
    after = " …" if end < len(text) or not found.ends else ""
    yield f"{quoted(before)}{_marked(text, begin, end, spans)}{after}"
    if left_out := sum(min(stop, len(text)) - max(start, end) for start, stop in spans if stop > end):
        yield f"({left_out:,} more characters of the quote stand in the article)"


def _apart(spans: Sequence[Span]) -> list[Span]:
    """The spans in order, those that touch each other as one: bold that follows bold at once is not read as bold."""
    apart: list[Span] = []
    for start, stop in sorted(spans):
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(stop, apart[-1][1]))
        elif start < stop:
            apart.append((start, stop))
    return apart


def _marked(text: str, begin: int, end: int, spans: Sequence[Span]) -> str:
    """A piece of a text beside a bar, without its first one, with the spans in bold."""
    runs, at = [], begin
    for start, stop in spans:
        start, stop = max(start, at), min(stop, end)
        if start < stop:
            runs += [escaped(text[at:start]), bold(escaped(text[start:stop]))]
            at = stop
    return quoted("".join([*runs, escaped(text[at:end])])).removeprefix("> ")

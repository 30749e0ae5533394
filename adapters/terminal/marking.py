"""An article as lines for the terminal, its quotes marked in their places and listed below with their speakers."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from rich.text import Text

from adapters.plain import safe_line, safe_text
from adapters.terminal.lines import Line
from adapters.terminal.rendering import KIND_STYLES, address_line
from adapters.wording import day_in_words, doubts, sort_in_words
from bot.replies import ArticleView, MarkedQuote

_SOURCE_STYLE = "bold"
_CUE_STYLE = "underline"


def article_lines(view: ArticleView, *, zone: ZoneInfo, colours: bool, hyperlinks: bool) -> Iterator[Line]:
    """The lines of an article. With `colours` its quotes are coloured, with their numbers at the end; else they stand in brackets."""
    yield from _heading_lines(view, zone, hyperlinks)
    # A stored quote goes by its number everywhere ('fix 7'); one that is not stored has only its place in this list.
    names = [str(place) if quote.quote_id is None else f"#{quote.quote_id}" for place, quote in enumerate(view.quotes, 1)]
    for paragraph in _marked(view.text, view.quotes, names, colours=colours).split("\n"):
        if paragraph.plain.strip():
            yield Line(paragraph)
            yield Line()
    for note in view.notes:
        yield Line(Text(safe_line(note), style="dim"))
    if not view.quotes and not view.notes:
        yield Line(Text("No quotes.", style="dim"))
    for name, quote in zip(names, view.quotes, strict=True):
        label = Text().append(f"{name} ", style=KIND_STYLES[quote.kind])
        label.append(safe_line(quote.speaker) if quote.speaker else "speaker unknown", style="bold" if quote.speaker else "dim")
        facts = [*sort_in_words(quote.kind, quote.reports), *doubts(quote.sureness, corrected=quote.corrected)]
        label.append(f" · {' · '.join(facts)}", style="dim")
        yield Line(label)


def _heading_lines(view: ArticleView, zone: ZoneInfo, hyperlinks: bool) -> Iterator[Line]:
    if view.headline:
        yield Line(Text(safe_line(view.headline), style="bold"))
    facts = [safe_line(fact) for fact in (view.outlet, view.byline) if fact]
    if view.published:
        facts.append(day_in_words(view.published, zone))
    if view.article_id is not None:
        facts.append(f"article {view.article_id}")
    if view.version is not None and (view.versions or 1) > 1:
        facts.append(f"version {view.version} of {view.versions}")
    if facts:
        yield Line(Text(" · ".join(facts), style="dim"))
    if view.url:
        yield address_line(view.url, indent=0, hyperlinks=hyperlinks)
    if view.headline or facts or view.url:
        yield Line()


def _marked(text: str, quotes: Sequence[MarkedQuote], names: Sequence[str], *, colours: bool) -> Text:
    body = Text(safe_text(text))
    for quote in quotes:
        for spans, style in ((quote.content, KIND_STYLES[quote.kind]), (quote.source, _SOURCE_STYLE), (quote.cue, _CUE_STYLE)):
            for start, end in spans:
                body.stylize(style, start, end)
    labels = sorted(_labels(quotes, names, colours=colours))
    pieces = body.divide([place for place, _, _ in labels])
    result = pieces[0]
    for (_, _, label), piece in zip(labels, pieces[1:], strict=True):
        result = result.append(label, style="dim").append_text(piece)
    return result


def _labels(quotes: Sequence[MarkedQuote], names: Sequence[str], *, colours: bool) -> Iterator[tuple[int, int, str]]:
    """What to write into the text: (offset, order at that offset, label). What ends somewhere ends before the next begins."""
    for name, quote in zip(names, quotes, strict=True):
        if colours:
            yield max((end for _, end in quote.content), default=0), 0, f" {name}"
            continue
        for start, end in quote.content:
            yield start, 1, f"[{name}: "
            yield end, 0, "]"

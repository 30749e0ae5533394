"""Replies that list something other than quotes: speakers, what the store holds, what was added. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.cards import card, counted, counted_cards, heard
from bot.describing import descriptions
from bot.digests.titles import beginning
from bot.other_languages import in_short, note, stored
from bot.replies import Ingested, Reply, Section
from storage.records import Counts, Figures, SaveOutcome, StoredArticle, StoredQuote, StoredSpeaker

_MOST_CALLED = 5
_RESTS = timedelta(minutes=1)
_NOBODY_POSTS = "Nothing is posted at the moment: 'verbatim serve' does that."
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def article_listed(article: StoredArticle, found: Iterable[StoredQuote]) -> Reply:
    """An article with those of its quotes that nobody rejected."""
    shown = tuple(card(quote) for quote in found if not quote.rejected)
    facts = [fact for fact in (article.outlet, counted_cards(shown)) if fact]
    title = article.headline or beginning(article.text) or article.identity
    return Reply(f"Article {article.id}.", (Section(title, ", ".join(facts), shown),), note(article.language))


def most_quoted(found: Sequence[StoredSpeaker], total: int) -> Reply:
    """The speakers most quoted of `total`, with what the articles call them."""
    if not found:
        return Reply("Speakers.", notes=("Nobody is quoted yet.",))
    notes = _left_out(total - len(found), "people NAME finds one")
    return Reply("Speakers, most quoted first.", tuple(_person(speaker) for speaker in found), notes)


def people_listed(name: str, found: Sequence[StoredSpeaker], total: int, near: Iterable[str]) -> Reply:
    """The first of `total` speakers who go by a name, with what the articles call them; where there are none, the names `near` it."""
    line = f"Speakers called {name}."
    if not found:
        return Reply(line, notes=("There are none.",), suggestions=tuple(f"people {one}" for one in near))
    return Reply(line, tuple(_person(speaker) for speaker in found), _left_out(total - len(found), "a fuller name finds fewer"))


def _left_out(number: int, how: str) -> tuple[str, ...]:
    return (f"And {number:,} more: {how}.",) if number > 0 else ()


def _person(speaker: StoredSpeaker) -> Section:
    lines = []
    if described := descriptions(speaker):
        lines.append(f"described as: {', '.join(described[:_MOST_CALLED])}")
    others = [name for name in speaker.names if name != speaker.name]
    if others:
        lines.append(f"also called: {', '.join(others[:_MOST_CALLED])}")
    return Section(speaker.name, f"#{speaker.id}, {speaker.kind.value}, {heard(speaker.quotes, speaker.attitudes)}", lines=tuple(lines))


def held(
    counts: Counts,
    newest: Sequence[StoredArticle],
    behind: int,
    further: Sequence[str],
    *,
    zone: ZoneInfo,
    unquoted: Mapping[str, int] | None = None,
) -> Reply:
    """What the store holds, and what is told `further`. `unquoted` counts the articles in other languages by these.

    `newest` is the article read last, if there is one; `behind` how many wait for this engine to read them.
    """
    attitudes = f", and {counted(counts.attitudes, 'attitude')}" if counts.attitudes else ""
    lines = [
        f"{counted(counts.articles, 'article')} of {counted(counts.outlets, 'outlet')}",
        *([stored(unquoted)] if unquoted else []),
        f"{counted(counts.quotes, 'quote')} by {counted(counts.speakers, 'speaker')}" + attitudes,
    ]
    if counts.last_read is not None and newest:
        local = counts.last_read.astimezone(zone)
        lines.append(f"Last read: {newest[0].headline or newest[0].identity}, {local.day} {local:%B %Y, %H:%M}")
    notes = (f"{counted(behind, 'article')} read by an older engine; 'verbatim reread' reads them again.",) if behind else ()
    return Reply("What is stored.", (Section("Store", lines=(*lines, *further)),), notes)


def delivered(figures: Figures, now: datetime) -> tuple[Section, tuple[str, ...]]:
    """What is posted by itself, and the note that is needed where no process sees to it."""
    since = None if figures.last_tick is None else max(now - figures.last_tick, timedelta())
    ended = ((figures.sent, "sent"), (figures.skipped, "skipped"), (figures.failed, "failed"), (figures.uncertain, "uncertain"))
    lines = (
        f"{figures.running:,} run, {figures.paused:,} {'is' if figures.paused == 1 else 'are'} paused"
        if figures.running or figures.paused
        else "None is set up",
        f"{figures.due:,} due; in the last day {', '.join(f'{number:,} {outcome}' for number, outcome in ended)}",
        f"Last looked for what is due: {'never' if since is None else f'{_in_words(since)} ago'}",
    )
    waits = (figures.running or figures.due) and (since is None or since > _RESTS)
    return Section("Digests and alerts", lines=lines), (_NOBODY_POSTS,) if waits else ()


def _in_words(past: timedelta) -> str:
    """How long something is past, in its greatest unit: 12 seconds, 1 minute, 3 hours."""
    seconds = int(past.total_seconds())
    for length, unit in _UNITS:
        if seconds >= length:
            return counted(seconds // length, unit)
    return counted(seconds, "second")


def added(items: Sequence[Ingested]) -> Reply:
    """What became of articles that somebody had read."""
    lines = [_added(item) for item in items]
    shown = tuple(f"show {item.article_id}" for item in items if item.article_id is not None and item.quotes)
    return Reply(lines[0], notes=tuple(lines[1:]), suggestions=shown[:3])


def _added(item: Ingested) -> str:
    what = f"{item.headline or item.name}, " + (in_short(item.language) or f"with {counted(item.quotes, 'quote')}")
    match item.outcome:
        case SaveOutcome.ADDED:
            return f"Added as article {item.article_id}: {what}."
        case SaveOutcome.NEW_VERSION:
            return f"Article {item.article_id} was edited since it was read, and has a new version: {what}."
        case SaveOutcome.UNCHANGED:
            return f"Article {item.article_id} is known already: {what}."
        case _:
            return f"{item.headline or item.name}: {item.reason}"

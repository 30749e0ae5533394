"""`verbatim feeds`: the feeds that are read, set up and changed by whoever runs Verbatim."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from adapters.terminal import feed_reading, session
from adapters.terminal.options import AsJson, FeedNumbers, number

if TYPE_CHECKING:
    from adapters.settings import Settings
    from bot.feeding import Feeding
    from bot.feeds.requests import FeedWishes, Which
    from bot.newsroom import Newsroom
    from bot.replies import Export, Reply

app = typer.Typer()
_T = TypeVar("_T")
_PART = 500
_READ_WHERE = "Feeds are read where 'verbatim serve' runs; 'verbatim feeds read' reads them here and now."
_NO_OPTION = {"ignore_unknown_options": True}  # -1 is a number that is none

Url = Annotated[str, typer.Argument(help="The address of a feed, or of a page that has one.", metavar="URL")]
Outlet = Annotated[str | None, typer.Option(help="The outlet of all its articles; '' for what they say themselves.", metavar="NAME")]
Language = Annotated[str | None, typer.Option(help="Their language, such as en or en-GB; '' for what they say.", metavar="TAG")]
Zone = Annotated[str | None, typer.Option(help="The time zone of its dates that name none; '' for none.", metavar="ZONE")]
Filters = Annotated[
    list[str] | None,
    typer.Option(
        "--filter",
        help="Which entries: 'keep headline: ferry, bridge' or 'block section: sport'; may be given again. '' for all.",
        metavar="FILTER",
    ),
]
FullText = Annotated[
    bool | None, typer.Option("--full-text/--feed-text", help="Read the page of each entry (as usual), or only what the feed gives.")
]


@app.callback(invoke_without_command=True)
def feeds(context: typer.Context, as_json: AsJson = False) -> None:
    """List the feeds that are read, add feeds, and see how they do."""
    if context.invoked_subcommand is None:
        list_feeds(as_json=as_json)


@app.command("list")
def list_feeds(
    failing: Annotated[bool, typer.Option("--failing", help="Only those that could not be had the last time.")] = False,
    paused: Annotated[bool, typer.Option("--paused", help="Only those that are paused.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a line of JSON for each.")] = False,
) -> None:
    """List all feeds, those that fail with their reasons."""
    from bot.errors import NotUnderstood
    from bot.feeds.requests import Which

    if failing and paused:
        raise NotUnderstood("No feed both fails and is paused.", "Give --failing or --paused.")
    which = Which.FAILING if failing else Which.PAUSED if paused else Which.ALL
    session.run(lambda newsroom, settings: _list(newsroom.feeds, which, settings, as_json=as_json))


@app.command(context_settings=_NO_OPTION)
def show(
    feed: Annotated[int, typer.Argument(help="Its number.", metavar="NUMBER", parser=number)],
    as_json: AsJson = False,
) -> None:
    """Show how a feed is set and how it does, and what of it could not be read."""
    session.answer(lambda newsroom, _: newsroom.feeds.show(feed, None), as_json=as_json)


@app.command()
def add(
    urls: Annotated[list[str], typer.Argument(help="Addresses of feeds, or of pages that have one.", metavar="URL")],
    outlet: Outlet = None,
    language: Language = None,
    zone: Zone = None,
    filters: Filters = None,
    full_text: FullText = None,
    as_json: AsJson = False,
) -> None:
    """Have feeds read from now on, where 'verbatim serve' runs or 'verbatim feeds read' is called."""
    wishes = _wishes(outlet, language, zone, filters, full_text)
    _each(urls, lambda feeding, url: feeding.add(url, None, wishes), as_json=as_json, then=_READ_WHERE)


@app.command()
def preview(
    url: Url,
    outlet: Outlet = None,
    language: Language = None,
    zone: Zone = None,
    filters: Filters = None,
    full_text: FullText = None,
    as_json: AsJson = False,
) -> None:
    """Print what would come of a feed. Nothing is saved."""
    wishes = _wishes(outlet, language, zone, filters, full_text)
    session.answer(lambda newsroom, _: newsroom.feeds.preview(url, None, wishes), as_json=as_json)


@app.command("set", context_settings=_NO_OPTION)
def change(
    feed: Annotated[int, typer.Argument(help="Its number.", metavar="NUMBER", parser=number)],
    outlet: Outlet = None,
    language: Language = None,
    zone: Zone = None,
    filters: Filters = None,
    full_text: FullText = None,
    as_json: AsJson = False,
) -> None:
    """Have a feed read in another way from now on; what is not given stays."""
    from bot.errors import NotUnderstood
    from bot.feeds.requests import AS_USUAL

    wishes = _wishes(outlet, language, zone, filters, full_text)
    if wishes == AS_USUAL:
        raise NotUnderstood("It is not said what to change.", f'Such as: verbatim feeds set {feed} --outlet "Harbour Post".')
    session.answer(lambda newsroom, _: newsroom.feeds.change(feed, wishes, None), as_json=as_json)


@app.command(context_settings=_NO_OPTION)
def pause(feed: FeedNumbers, as_json: AsJson = False) -> None:
    """Leave feeds alone until they are resumed."""
    _each(feed, lambda feeding, one: feeding.pause(one, None), as_json=as_json)


@app.command(context_settings=_NO_OPTION)
def resume(feed: FeedNumbers, as_json: AsJson = False) -> None:
    """Have feeds read again that were paused."""
    _each(feed, lambda feeding, one: feeding.resume(one, None), as_json=as_json)


@app.command(context_settings=_NO_OPTION)
def check(feed: FeedNumbers, as_json: AsJson = False) -> None:
    """Have feeds looked at next, where 'verbatim serve' runs; 'verbatim feeds read' does so here and now."""
    _each(feed, lambda feeding, one: feeding.check(one, None), as_json=as_json, then=_READ_WHERE)


@app.command(context_settings=_NO_OPTION)
def move(feed: FeedNumbers, as_json: AsJson = False) -> None:
    """Read feeds at the addresses that they say they have now."""
    _each(feed, lambda feeding, one: feeding.move(one, None), as_json=as_json)


@app.command(context_settings=_NO_OPTION)
def remove(
    feed: FeedNumbers,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read feeds no more. What was read of them stays."""

    async def removed(feeding: "Feeding", one: int) -> "Reply":
        if not yes:
            _confirm(await feeding.show(one, None))
        return await feeding.remove(one, None)

    _each(feed, removed, as_json=as_json)


@app.command("import")
def import_list(
    source: Annotated[str, typer.Argument(help="A list of feeds (OPML): a file, a web address, or -.", metavar="FILE|URL|-")],
    as_json: AsJson = False,
) -> None:
    """Have all feeds of a list read, as feed readers export it."""

    async def work(newsroom: "Newsroom", _: "Settings") -> "Reply":
        from bot.feeds.requests import ImportFeeds

        if source.lower().startswith(("http://", "https://")):
            return await newsroom.feeds.do(ImportFeeds(source), None)
        return await newsroom.feeds.import_list(await _list_in(source), None)

    session.answer(work, as_json=as_json)


@app.command()
def export(
    file: Annotated[Path | None, typer.Argument(help="Where to write it; without it, on standard output.", metavar="FILE")] = None,
) -> None:
    """Write all feeds as a list (OPML) that feed readers take."""

    async def work(newsroom: "Newsroom", _: "Settings") -> "Export":
        return await newsroom.feeds.export()

    made = session.run(work)
    if file is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(made.content)
        return
    from adapters.plain import safe_line
    from adapters.terminal.files import write_whole

    write_whole(file, made.content)
    session.print_plain(f"{made.held} written to {safe_line(str(file))}.")


app.command(context_settings=_NO_OPTION)(feed_reading.read)


def _each(those: Iterable[_T], work: "Callable[[Feeding, _T], Awaitable[Reply]]", *, as_json: bool, then: str = "") -> None:
    """Do the same with each, and print what came of it; one that is refused leaves the others alone, and the exit code is 2 then.

    `then` is said on standard error if any was done.
    """
    wanted = list(dict.fromkeys(those))

    async def whole(newsroom: "Newsroom", settings: "Settings") -> bool:
        from bot.errors import StorageError, VerbatimError

        done = refused = 0
        for one in wanted:
            try:
                reply = await work(newsroom.feeds, one)
            except StorageError:
                raise
            except VerbatimError as error:
                refused += 1
                session.refuse(error, str(one) if len(wanted) > 1 else "")
            else:
                if done and not as_json:
                    session.print_plain("")
                done += 1
                session.print_reply(reply, settings, as_json=as_json)
        if then and done:
            session.complain(then)
        return refused > 0

    if session.run(whole):
        raise typer.Exit(session.REFUSED)


async def _list(feeding: "Feeding", which: "Which", settings: "Settings", *, as_json: bool) -> None:
    from adapters.terminal.jsons import feed_json

    suggestions: tuple[str, ...] = ()
    async for part in feeding.all(which, _PART):
        suggestions = suggestions or part.suggestions
        if as_json:
            for feed in part.feeds:
                session.print_plain(feed_json(feed))
        else:
            session.print_reply(replace(part, suggestions=()), settings)
    if suggestions and not as_json:
        from bot.replies import Reply

        session.print_reply(Reply("", suggestions=suggestions), settings)


async def _list_in(source: str) -> bytes:
    """What stands in a file or on standard input, also if it is packed with gzip. Raises ReadingError."""
    from bot.errors import CannotFetch
    from bot.reading.sources import Unreadable, sources_of

    if source != "-" and await asyncio.to_thread(Path(source).is_dir):
        raise CannotFetch(f"{source} is a folder.", "Give the file of a list of feeds (OPML).")
    async with aclosing(sources_of(source, stdin=session.standard_input())) as found:
        item = await anext(found)
        if isinstance(item, Unreadable):
            raise item.error
        return (await item.load()).data


def _wishes(outlet: str | None, language: str | None, zone: str | None, filters: list[str] | None, full_text: bool | None) -> "FeedWishes":
    """What the options say. Raises NotUnderstood for filters that are none."""
    from bot.feeds.filters import parse_all
    from bot.feeds.requests import FeedWishes

    each = tuple(str(one) for typed in filters or () for one in parse_all(typed))
    return FeedWishes(outlet, language, zone, full_text, each if filters else None)


def _confirm(shown: "Reply") -> None:
    """Go on only if the person at the terminal says yes. Raises NotUnderstood where nobody can be asked."""
    from adapters.plain import safe_line
    from bot.errors import NotUnderstood

    if not sys.stdin.isatty():
        raise NotUnderstood("Removing a feed has to be confirmed, and there is no terminal to ask on.", "Add --yes.")
    feed = shown.sections[0]
    typer.confirm(f"Remove feed {safe_line(feed.title)}, {safe_line(feed.subtitle)}?", abort=True, err=True)

"""`verbatim ingest` and `verbatim reread`: articles in, with a word on each that could not be read."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.terminal import session
from adapters.terminal.options import AsJson

if TYPE_CHECKING:
    from adapters.settings import Settings
    from bot.newsroom import Newsroom


def ingest(
    sources: Annotated[list[str], typer.Argument(help="Files, folders, web addresses, or - for standard input.", metavar="PATH|URL|-")],
    outlet: Annotated[str | None, typer.Option(help="Who published it, where it does not say so itself.")] = None,
    url: Annotated[str | None, typer.Option(help="Its web address.")] = None,
    date: Annotated[str | None, typer.Option(help="When it was published: 2024-10-14, 14 October 2024 09:30.")] = None,
    headline: Annotated[str | None, typer.Option(help="Its headline.")] = None,
    restore: Annotated[bool, typer.Option("--restore", help="Read it again even if it was taken down with 'remove'.")] = False,
    processes: Annotated[
        int | None,
        typer.Option(help="How many processes read, at most (without it: one for each processor).", min=1, metavar="NUMBER"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read articles: plain text, Markdown, HTML, JSON Lines, WARC files, all of these as .gz, whole folders, pages of the web.

    Whoever is stopped amid a long file or folder gives it again, and Verbatim goes on there.
    """
    published = _moment(date)

    async def work(newsroom: "Newsroom", _: "Settings") -> int:
        from adapters.terminal.progress import Report
        from bot.reading.documents import Hints

        hints = Hints(outlet=outlet, url=url, published=published, headline=headline)
        given = session.standard_input()
        with Report(as_json=as_json) as report:
            async for item in newsroom.ingest(sources, hints=hints, restore=restore, stdin=given, resumed=report.resume):
                report.add(item)
        return session.REFUSED if report.refused else 0

    raise typer.Exit(session.run(work, processes=processes))


def reread(as_json: AsJson = False) -> None:
    """Take the quotes again out of the articles that an older Verbatim read. Corrections are kept."""

    async def work(newsroom: "Newsroom", _: "Settings") -> int:
        from adapters.terminal.progress import Report

        with Report(as_json=as_json, read_for_meaning=await newsroom.read_for_meaning()) as report:
            async for item in newsroom.reread():
                report.add(item)
        return session.REFUSED if report.refused else 0

    raise typer.Exit(session.run(work))


def _moment(date: str | None) -> datetime | None:
    if date is None:
        return None
    from bot.errors import NotUnderstood
    from bot.reading.dates import published

    moment = published(date)
    if moment is None:
        raise NotUnderstood(f"The date {date!r} is not understood.", "Write it like 2024-10-14 or 14 October 2024 09:30.")
    return moment

"""`verbatim ingest` and `verbatim reread`: articles in, with a word on each that could not be read."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.terminal import session
from adapters.terminal.options import AsJson

if TYPE_CHECKING:
    from adapters.settings import Settings
    from bot.newsroom import Newsroom
    from bot.replies import Ingested

REFUSED = 2


def ingest(
    sources: Annotated[list[str], typer.Argument(help="Files, folders, web addresses, or - for standard input.", metavar="PATH|URL|-")],
    outlet: Annotated[str | None, typer.Option(help="Who published it, where it does not say so itself.")] = None,
    url: Annotated[str | None, typer.Option(help="Its web address.")] = None,
    date: Annotated[str | None, typer.Option(help="When it was published: 2024-10-14, 14 October 2024 09:30.")] = None,
    headline: Annotated[str | None, typer.Option(help="Its headline.")] = None,
    restore: Annotated[bool, typer.Option("--restore", help="Read it again even if it was taken down with 'remove'.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read articles: plain text, Markdown, HTML, JSON Lines, whole folders, pages of the web."""
    published = _moment(date)

    async def work(newsroom: "Newsroom", _: "Settings") -> int:
        from bot.reading.documents import Hints

        hints = Hints(outlet=outlet, url=url, published=published, headline=headline)
        return await _follow(newsroom.ingest(sources, hints=hints, restore=restore, stdin=session.standard_input()), as_json)

    raise typer.Exit(session.run(work))


def reread(as_json: AsJson = False) -> None:
    """Take the quotes again out of the articles that an older Verbatim read. Corrections are kept."""

    async def work(newsroom: "Newsroom", _: "Settings") -> int:
        return await _follow(newsroom.reread(), as_json, read_for_meaning=await newsroom.read_for_meaning())

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


async def _follow(items: "AsyncIterator[Ingested]", as_json: bool, read_for_meaning: int = 0) -> int:
    """Report each item as it comes, and the sum at the end; the exit code says whether anything was refused."""
    from adapters.terminal.progress import Report

    with Report(as_json=as_json, read_for_meaning=read_for_meaning) as report:
        async for item in items:
            report.add(item)
    return REFUSED if report.refused else 0

"""`verbatim quotes`: the quotes of files, marked in their text, as JSON, or as predictions for scorers; nothing is stored."""

import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.terminal import session

if TYPE_CHECKING:
    from adapters.settings import Settings
    from bot.newsroom import Newsroom
    from bot.previews import Preview


def quotes(
    sources: Annotated[list[str], typer.Argument(help="Files, folders, web addresses, or - for standard input.", metavar="FILE|FOLDER")],
    as_json: Annotated[bool, typer.Option("--json", help="Print text and quotes as JSON, one line for each article.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="Take files as they are: nothing is cleaned, places are those in the file.")] = False,
    jsonl: Annotated[
        str | None,
        typer.Option("--jsonl", help="With --raw: write the quotes to a file, a line for each file.", metavar="OUT"),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            help="How many processes read, at most (without it: one for each processor, and no more than 8).", min=1, metavar="NUMBER"
        ),
    ] = None,
) -> None:
    """Print the quotes of files without storing anything."""
    _see_that_they_fit(as_json=as_json, raw=raw, jsonl=jsonl)
    several = len(sources) > 1 or Path(sources[0]).is_dir()

    async def work(newsroom: "Newsroom", settings: "Settings") -> int:
        previews = newsroom.read(sources, raw=raw, processes=jobs, stdin=session.standard_input())
        if jsonl is not None:
            return await _write(previews, Path(jsonl))
        if as_json:
            return await _follow(previews, _json_printer(named=several), with_bar=True)
        return await _follow(previews, _printer(settings, named=several), with_bar=not sys.stdout.isatty())

    raise typer.Exit(session.run(work, stored=False))


def _see_that_they_fit(*, as_json: bool, raw: bool, jsonl: str | None) -> None:
    """Raise NotUnderstood for options that make no sense together."""
    from bot.errors import NotUnderstood

    if as_json and jsonl is not None:
        raise NotUnderstood("--json prints the quotes and --jsonl writes them to a file.", "Give one of them.")
    if jsonl is not None and not raw:
        raise NotUnderstood(
            "--jsonl writes the places of quotes without the text, so they have to be places in the files as they are.",
            "Add --raw; or take --json, which prints the cleaned text with them.",
        )
    if raw and not as_json and jsonl is None:
        raise NotUnderstood("--raw is for programs.", "Add --jsonl OUT to write them to a file, or --json to print them.")


def _json_printer(*, named: bool) -> "Callable[[Preview], None]":
    from adapters.terminal.jsons import quotes_json

    def take(preview: "Preview") -> None:
        for view in preview.articles:
            session.print_plain(quotes_json(view, file=preview.name if named else None))

    return take


def _printer(settings: "Settings", *, named: bool) -> "Callable[[Preview], None]":
    from rich.text import Text

    from adapters.plain import safe_line
    from adapters.terminal.lines import Line, open_console, print_lines

    console = open_console()

    def take(preview: "Preview") -> None:
        for view in preview.articles:
            if named:
                print_lines(console, [Line(Text(safe_line(preview.name), style="reverse"), whole=True), Line()])
            session.print_article(view, settings)
            if named:
                print_lines(console, [Line()])

    return take


async def _write(previews: "AsyncIterator[Preview]", out: Path) -> int:
    from adapters.plain import safe_line
    from adapters.terminal.predictions import Predictions
    from bot.cards import counted

    with Predictions(out) as predictions:
        code = await _follow(previews, lambda preview: predictions.add(preview.name, *preview.articles), with_bar=True)
    if predictions.files:
        session.print_plain(f"{counted(predictions.files, 'file')}, {counted(predictions.quotes, 'quote')}: {safe_line(str(out))}")
    else:
        session.complain(f"Nothing was read, and {out} was left as it was.")
    return code


async def _follow(previews: "AsyncIterator[Preview]", take: "Callable[[Preview], None]", *, with_bar: bool) -> int:
    """Have each preview taken, and say which sources cannot be read; the exit code says whether there were any."""
    from adapters.terminal.progress import Course

    with Course() as course:
        async for preview in previews:
            if with_bar:
                course.show(preview.done, preview.total)
            if preview.reason is None:
                take(preview)
            else:
                course.refuse(preview.name, preview.reason)
    return session.REFUSED if course.refused else 0

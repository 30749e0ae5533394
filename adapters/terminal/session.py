"""One run of a command: the settings, the newsroom opened for as long as it takes, and the answer printed."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, BinaryIO, TextIO, TypeVar

import typer

if TYPE_CHECKING:
    from pathlib import Path

    from adapters.findings import Finding
    from adapters.settings import Settings
    from bot.errors import VerbatimError
    from bot.newsroom import Newsroom
    from bot.replies import ArticleView, Reply

REFUSED = 2
"""The exit code where something was refused: all that was asked for, or a part of it."""

_T = TypeVar("_T")
Work = Callable[["Newsroom", "Settings"], Awaitable[_T]]


def settings_in_force() -> "Settings":
    """The settings, with the log opened as they say. Raises SettingsError."""
    from adapters.settings import load_settings
    from adapters.terminal.logs import start_log

    settings = load_settings()
    start_log(settings)
    return settings


def run(work: Work[_T], *, stored: bool = True, processes: int | None = None) -> _T:
    """Do `work` with the newsroom, and close it again. Work that needs no database says so (`stored`).

    What is read is read in at most so many `processes`, by default one for each processor.
    """
    from adapters import composition

    settings = settings_in_force()

    async def whole() -> _T:
        async with composition.open_newsroom(settings, stored=stored, processes=processes) as newsroom:
            return await work(newsroom, settings)

    return asyncio.run(whole())


def answer(request: "Work[Reply]", *, as_json: bool) -> None:
    """Print what the newsroom replies to `request`; where it refused a part of it, the exit code is 2."""

    async def whole(newsroom: "Newsroom", settings: "Settings") -> "tuple[Reply, Settings]":
        return await request(newsroom, settings), settings

    reply, settings = run(whole)
    print_reply(reply, settings, as_json=as_json)
    if reply.refused:
        raise typer.Exit(REFUSED)


def print_reply(
    reply: "Reply", settings: "Settings", *, as_json: bool = False, at_prompt: bool = False, file: TextIO | None = None
) -> None:
    """Print a reply on `file` (standard output). What it suggests is given as commands, or as it is typed `at_prompt`."""
    if as_json:
        from adapters.terminal.jsons import answer_json

        print_plain(answer_json(reply))
        return
    from adapters.terminal.lines import WIDEST, open_console, print_lines
    from adapters.terminal.rendering import as_command, as_typed, reply_lines

    console = open_console(file)
    typed = as_typed if at_prompt else as_command
    width = min(console.width, WIDEST)
    print_lines(console, reply_lines(reply, zone=settings.zone, hyperlinks=console.is_terminal, typed=typed, width=width))


def print_article(view: "ArticleView", settings: "Settings") -> None:
    """Print an article with its quotes marked on standard output."""
    from adapters.terminal.lines import has_colours, open_console, print_lines
    from adapters.terminal.marking import article_lines

    console = open_console()
    print_lines(console, article_lines(view, zone=settings.zone, colours=has_colours(console), hyperlinks=console.is_terminal))


def keep_picture(drawn: bytes | None, out: "Path") -> None:
    """Write the picture of a chart to a file, if there is one. Raises CannotWrite."""
    from adapters.terminal.files import write_whole

    if drawn is None:
        complain(f"There is nothing to draw, and {out} was left as it was.")
        return
    write_whole(out, drawn)


def standard_input() -> BinaryIO | None:
    """The bytes of standard input; None where it is closed."""
    return getattr(sys.stdin, "buffer", None)


def print_plain(text: str) -> None:
    """Print text that is already safe on standard output, as it is."""
    sys.stdout.write(f"{text}\n")


def print_findings(findings: "Sequence[Finding]") -> bool:
    """Print what a check found, what is wrong of it on standard error, and tell whether all is well."""
    for finding in findings:
        (print_plain if finding.well else complain)(finding.line)
    return all(finding.well for finding in findings)


def refuse(error: "VerbatimError", about: str = "") -> None:
    """Print an error on standard error (`about` what, where there are several things), with what would work as commands."""
    complain(f"{about}: {error}" if about else str(error))
    if error.suggestions:
        from adapters.terminal.rendering import as_command

        complain("\n".join(["Try:", *(f"  {as_command(one)}" for one in error.suggestions)]))


def complain(sentence: str) -> None:
    """Print a sentence on standard error, made safe: names of files and people stand in it."""
    from adapters.plain import safe_text

    sys.stdout.flush()
    sys.stderr.write(f"{safe_text(sentence)}\n")
    sys.stderr.flush()

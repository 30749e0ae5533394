"""The `verbatim` command: its subcommands, and what becomes of every error."""

import contextlib
import errno
import os
import shlex
import sys
from typing import Annotated

import typer

from adapters.terminal import (
    articles,
    asking,
    chat,
    correcting,
    database,
    digests,
    discord,
    feeds,
    introducing,
    people,
    quoting,
    reading,
    serving,
    session,
    slack,
)

FAILED = 1
_OF_PRINTING = (errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""Errors that only what is printed can have here: what else is written has a sentence of its own."""

app = typer.Typer(
    name="verbatim",
    help="Every quote with its speaker and its exact place, from the articles that you give it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    reading.ingest,
    asking.ask,
    asking.export,
    introducing.who,
    quoting.quotes,
    articles.show,
    chat.chat,
    correcting.fix,
    correcting.corrections,
    correcting.undo,
    articles.remove,
    reading.reread,
    database.status,
    serving.serve,
):
    app.command()(command)
app.add_typer(people.app, name="people")
app.add_typer(digests.app, name="digest")
app.add_typer(feeds.app, name="feeds")
app.add_typer(database.app, name="db")
app.add_typer(slack.app, name="slack")
app.add_typer(discord.app, name="discord")


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        session.print_plain(f"verbatim {version('verbatim')}")
        raise typer.Exit


@app.callback()
def _everywhere(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)] = False,
) -> None:
    """Every quote with its speaker and its exact place, from the articles that you give it."""


def main() -> None:
    """Run the command line; the exit code is 0, 2 for what a person can mend, 1 for a mistake of ours, 130 when stopped."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run `arguments` and return the exit code. Every error ends as one sentence on standard error."""
    _print_whatever_comes()
    try:
        code = _run_command(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output has enough of it
        _print_no_more()
        return FAILED
    except OSError as error:
        _print_no_more()
        session.complain(f"What it prints cannot be written: {error.strerror}. Make room, or print it elsewhere, and run it again.")
        return session.REFUSED
    return code


def _run_command(arguments: list[str]) -> int:
    try:
        typer.main.get_command(app).main(arguments, prog_name="verbatim")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # the one place that every error reaches
        if isinstance(error, OSError) and error.errno in _OF_PRINTING:
            raise
        return _explain(error, arguments)
    return 0


def _print_no_more() -> None:
    """What Python flushes at exit goes nowhere."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _explain(error: Exception, arguments: list[str]) -> int:
    from bot.errors import VerbatimError

    if isinstance(error, VerbatimError):
        session.refuse(error)
        return session.REFUSED
    from adapters.terminal.logs import apologise_for

    session.complain(apologise_for(error, shlex.join(["verbatim", *arguments])))
    return FAILED


def _print_whatever_comes() -> None:
    """A terminal that cannot show a character gets another in its place, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")

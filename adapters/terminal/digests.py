"""`verbatim digest`: what was said in a time, as a channel would get it."""

from typing import Annotated

import typer

from adapters.terminal import session
from adapters.terminal.options import AsJson, Since, Until

app = typer.Typer(no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Sum up who said what in a time."""


@app.command()
def preview(
    since: Since = None,
    until: Until = None,
    about: Annotated[str, typer.Option(help="Only what is about this.", metavar="WORDS")] = "",
    as_json: AsJson = False,
) -> None:
    """Print a digest as a channel would get it."""
    session.answer(lambda newsroom, _: newsroom.digest(since=since, until=until, about=about), as_json=as_json)

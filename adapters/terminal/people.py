"""`verbatim people`: who speaks in the articles, and who of them is the same person."""

from typing import Annotated

import typer

from adapters.terminal import session
from adapters.terminal.options import AsJson, number

app = typer.Typer()


@app.callback(invoke_without_command=True)
def people(context: typer.Context, as_json: AsJson = False) -> None:
    """List the people who speak; merge or split them."""
    if context.invoked_subcommand is None:
        list_people(None, as_json)


@app.command("list")
def list_people(
    name: Annotated[list[str] | None, typer.Argument(help="Only those with these words in their names.", metavar="NAME")] = None,
    as_json: AsJson = False,
) -> None:
    """List the people who speak, most quoted first."""
    session.answer(lambda newsroom, _: newsroom.people(" ".join(name) if name else None), as_json=as_json)


@app.command()
def merge(
    first: Annotated[str, typer.Argument(help="The name or number that goes.", metavar="A")],
    second: Annotated[str, typer.Argument(help="The name or number that stays.", metavar="B")],
    as_json: AsJson = False,
) -> None:
    """Say that two people are one."""
    session.answer(lambda newsroom, settings: newsroom.merge(first, second, author=settings.author), as_json=as_json)


@app.command()
def split(
    name: Annotated[str, typer.Argument(help="The one name that stands for two people.", metavar="NAME")],
    article: Annotated[list[int], typer.Option(help="An article in which it is the other one; may be given again.", parser=number)],
    new_name: Annotated[str | None, typer.Option("--as", help="What to call the other one.", metavar="NEW")] = None,
    as_json: AsJson = False,
) -> None:
    """Say that one name is two people."""
    session.answer(lambda newsroom, settings: newsroom.split(name, article, new_name, author=settings.author), as_json=as_json)

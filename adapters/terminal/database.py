"""`verbatim status` and `verbatim db`: what the database holds, and which schema it has."""

import asyncio

import typer

from adapters.terminal import session
from adapters.terminal.options import AsJson

app = typer.Typer(help="Look after the database's schema.", no_args_is_help=True)


def status(as_json: AsJson = False) -> None:
    """Say what the database holds."""
    session.answer(lambda newsroom, _: newsroom.status(to_operator=True), as_json=as_json)


@app.command("status")
def schema_status() -> None:
    """Say whether the database can be reached and has the schema of this version; the exit code says so too."""
    from adapters import composition

    settings = session.settings_in_force()
    current, needed = asyncio.run(composition.schema(settings))
    if current is None:
        session.print_plain("The database is empty; its schema is made when it is first used.")
    elif current == needed:
        session.print_plain(f"The database has schema {current}, which is the newest.")
    else:
        session.print_plain(f"The database has schema {current}, and this version of Verbatim needs {needed}. See: verbatim db upgrade")
        raise typer.Exit(session.REFUSED)


@app.command()
def upgrade() -> None:
    """Bring the database's schema to that of this version. Nothing in it is lost."""
    from adapters import composition

    settings = session.settings_in_force()
    before, _ = asyncio.run(composition.schema(settings))
    asyncio.run(composition.upgrade_schema(settings))
    after, _ = asyncio.run(composition.schema(settings))
    session.print_plain(f"The database already had schema {after}." if before == after else f"The database now has schema {after}.")

"""`verbatim discord`: the link that invites the bot, and whether what is set up works."""

import typer

app = typer.Typer(help="Set Verbatim up in Discord.", no_args_is_help=True)


@app.command()
def invite() -> None:
    """Print the link with which the bot is invited to a server, with just the permissions that it uses."""
    raise NotImplementedError


@app.command()
def check() -> None:
    """Try the token with Discord, and name each permission that is missing; the exit code is 2 where something is wrong."""
    raise NotImplementedError

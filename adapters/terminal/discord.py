"""`verbatim discord`: the link that invites the bot, and whether what is set up works."""

import asyncio
from typing import TYPE_CHECKING

import typer

from adapters.terminal import session

if TYPE_CHECKING:
    from pydantic import SecretStr

    from adapters.findings import Finding
    from adapters.settings import Settings

app = typer.Typer(help="Set Verbatim up in Discord.", no_args_is_help=True)


@app.command()
def invite() -> None:
    """Print the link with which the bot is invited to a server, with just the permissions that it uses."""
    from adapters.discord.inviting import explanation, invitation

    settings = session.settings_in_force()
    session.print_plain(asyncio.run(invitation(settings, _token(settings))))
    session.complain(explanation())


@app.command()
def check() -> None:
    """Try the token with Discord, and name each permission that is missing; the exit code is 2 where something is wrong."""
    if not session.print_findings(asyncio.run(_findings(session.settings_in_force()))):
        raise typer.Exit(session.REFUSED)


async def _findings(settings: "Settings") -> "list[Finding]":
    from adapters import composition
    from adapters.discord.checking import check as checked

    token = _token(settings)
    async with composition.open_newsroom(settings, stored=False) as newsroom:
        return await checked(newsroom, settings, token)


def _token(settings: "Settings") -> "SecretStr":
    from adapters.discord.refusals import not_set_up

    if settings.discord_token is None:
        raise not_set_up()
    return settings.discord_token

"""`verbatim slack`: what Slack needs to make the app, and whether what is set up works."""

import asyncio
import json
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.terminal import session
from bot.errors import NotUnderstood, SettingsError

if TYPE_CHECKING:
    from adapters.findings import Finding
    from adapters.settings import Settings

app = typer.Typer(help="Set Verbatim up in Slack.", no_args_is_help=True)


@app.command()
def manifest(
    http: Annotated[
        str, typer.Option(help="For HTTP in place of Socket Mode: the https:// address of 'verbatim serve' from outside.", metavar="URL")
    ] = "",
) -> None:
    """Print the app manifest, from which Slack makes the app."""
    from adapters.setting_types import address_from_outside
    from adapters.slack.manifest import manifest as made

    settings = session.settings_in_force()
    try:
        public_url = address_from_outside(http) if http else None
    except ValueError:
        raise NotUnderstood(f"--http is {http!r}, and has to be an https:// address.", "Such as https://verbatim.example.org") from None
    session.print_plain(json.dumps(made(settings, public_url=public_url), indent=2, ensure_ascii=False))


@app.command()
def check() -> None:
    """Try the tokens with Slack, and name each scope that is missing; the exit code is 2 where something is wrong."""
    if not session.print_findings(asyncio.run(_findings(session.settings_in_force()))):
        raise typer.Exit(session.REFUSED)


async def _findings(settings: "Settings") -> "list[Finding]":
    from adapters import composition
    from adapters.slack.checking import check as checked
    from adapters.slack.connection import Several, connection

    slack = connection(settings)
    if slack is None:
        raise SettingsError("Slack is not set up.", "Begin with 'verbatim slack manifest'; the README says how to go on.")
    if not isinstance(slack, Several):
        return await checked(settings, slack)
    async with composition.open_installations(settings, slack.client_id) as installations:
        return await checked(settings, slack, await installations.workspaces())

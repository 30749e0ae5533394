"""`verbatim digest`: what channels get by themselves, looked at by whoever runs Verbatim; and what was said in any time."""

from typing import TYPE_CHECKING, Annotated

import typer

from adapters.terminal import session
from adapters.terminal.options import AsJson, ChartFile, Since, Until, number

if TYPE_CHECKING:
    from adapters.settings import Settings
    from bot.newsroom import Newsroom
    from bot.replies import Reply

app = typer.Typer(no_args_is_help=True)
_NUMBER = "The number of a digest or an alert, as 'verbatim digest list' shows it"
_NO_OPTION = {"ignore_unknown_options": True}  # -1 is a number that is none


@app.callback()
def _group() -> None:
    """Look at digests and alerts, and send one now."""


@app.command()
def preview(
    subscription: Annotated[
        int | None,
        typer.Argument(
            help=f"{_NUMBER}; without it, what was published in a time, or read in the last day.", metavar="NUMBER", parser=number
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    about: Annotated[str, typer.Option(help="Only what is about this.", metavar="WORDS")] = "",
    chart: ChartFile = None,
    as_json: AsJson = False,
) -> None:
    """Print a digest as a channel would get it now. Nothing is posted."""
    _see_that_they_fit(subscription, since, until, about)

    async def work(newsroom: "Newsroom", settings: "Settings") -> "tuple[Reply, Settings, bytes | None]":
        if subscription is None:
            reply = await newsroom.digest(since=since, until=until, about=about)
        else:
            reply = await newsroom.scheduled.preview(subscription, None)
        drawn = await newsroom.scheduled.picture(reply.chart) if chart is not None and reply.chart is not None else None
        return reply, settings, drawn

    reply, settings, drawn = session.run(work)
    if chart is not None:
        session.keep_picture(drawn, chart)  # before all that is printed: nobody should have to look for the error above it
    session.print_reply(reply, settings, as_json=as_json)


@app.command("list")
def list_all(as_json: AsJson = False) -> None:
    """List the digests and alerts of all channels."""
    session.answer(lambda newsroom, _: newsroom.scheduled.all(), as_json=as_json)


@app.command(context_settings=_NO_OPTION)
def log(
    subscription: Annotated[int | None, typer.Argument(help=f"{_NUMBER}; without it, all.", metavar="NUMBER", parser=number)] = None,
    as_json: AsJson = False,
) -> None:
    """List what was posted by itself or was not, newest first, and why."""
    session.answer(lambda newsroom, _: newsroom.scheduled.deliveries(subscription, None), as_json=as_json)


@app.command(context_settings=_NO_OPTION)
def send(
    subscription: Annotated[int, typer.Argument(help=f"{_NUMBER}.", metavar="NUMBER", parser=number)],
    as_json: AsJson = False,
) -> None:
    """Have a digest or an alert posted now; its schedule goes on."""
    session.answer(lambda newsroom, _: newsroom.scheduled.send_now(subscription, None), as_json=as_json)


def _see_that_they_fit(subscription: int | None, since: str | None, until: str | None, about: str) -> None:
    """Raise NotUnderstood for the number of a digest together with a time or a restriction of one's own."""
    from bot.errors import NotUnderstood

    if subscription is not None and (since is not None or until is not None or about):
        raise NotUnderstood(
            f"Digest {subscription} has its own time and restriction.", "Leave out --since, --until and --about, or the number."
        )

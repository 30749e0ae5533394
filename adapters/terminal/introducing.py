"""`verbatim who`: who somebody is, with a chart."""

from typing import TYPE_CHECKING, Annotated

import typer

from adapters.terminal import session
from adapters.terminal.options import AsJson, ChartFile

if TYPE_CHECKING:
    from adapters.settings import Settings
    from bot.newsroom import Newsroom
    from bot.replies import Reply


def who(
    name: Annotated[list[str], typer.Argument(help='A name, a role or a number: "Ada Moor", "the harbour master", "#12".', metavar="NAME")],
    chart: ChartFile = None,
    as_json: AsJson = False,
) -> None:
    """Tell who somebody is: roles, names, outlets, topics, the first and the last quote, and how many there are by week."""

    async def work(newsroom: "Newsroom", settings: "Settings") -> "tuple[Reply, Settings, bytes | None]":
        reply = await newsroom.who(" ".join(name))
        drawn = await newsroom.scheduled.picture(reply.chart) if chart is not None and reply.chart is not None else None
        return reply, settings, drawn

    reply, settings, drawn = session.run(work)
    if chart is not None:
        session.keep_picture(drawn, chart)  # before all that is printed: nobody should have to look for the error above it
    session.print_reply(reply, settings, as_json=as_json)

"""`verbatim ask`: a question in plain words."""

from typing import Annotated

import typer

from adapters.terminal import session
from adapters.terminal.options import AsJson, Since, Until


def ask(
    question: Annotated[list[str], typer.Argument(help='Such as "who said what about the ferry", "what did Ada Moor say on Monday".')],
    direct: Annotated[bool, typer.Option("--direct", help="Only what stands inside quotation marks.")] = False,
    attitudes: Annotated[bool, typer.Option("--attitudes", help="Also what people think or want: it comes first, marked.")] = False,
    outlet: Annotated[str | None, typer.Option(help="Only what this outlet published.")] = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int | None, typer.Option(help="At most so many quotes.", min=1, max=1000)] = None,
    as_json: AsJson = False,
) -> None:
    """Ask who said what, and get every quote with its speaker and its place."""
    session.answer(
        lambda newsroom, _: newsroom.ask(
            " ".join(question), direct_only=direct, attitudes=attitudes, outlet=outlet, since=since, until=until, limit=limit
        ),
        as_json=as_json,
    )

"""Commands that set something right, and take that back: `fix`, `corrections`, `undo`."""

from typing import TYPE_CHECKING, Annotated

import typer

from adapters.terminal import session
from adapters.terminal.options import AsJson, Quote, number

if TYPE_CHECKING:
    from adapters.settings import Settings
    from bot.newsroom import Newsroom
    from bot.replies import Reply


def fix(
    quote: Quote,
    speaker: Annotated[str | None, typer.Option(help="Who really said it.", metavar="NAME")] = None,
    not_a_quote: Annotated[bool, typer.Option("--not-a-quote", help="Nobody said it: leave it out of every answer.")] = False,
    as_json: AsJson = False,
) -> None:
    """Correct the speaker of a quote, or say that it is none."""
    if (speaker is None) is not not_a_quote:
        raise typer.BadParameter("Say what is right: --speaker NAME or --not-a-quote.")

    async def work(newsroom: "Newsroom", settings: "Settings") -> "Reply":
        if speaker is None:
            return await newsroom.reject(quote, author=settings.author)
        return await newsroom.fix(quote, speaker, author=settings.author)

    session.answer(work, as_json=as_json)


def corrections(as_json: AsJson = False) -> None:
    """List the corrections, with who made them and when."""
    session.answer(lambda newsroom, _: newsroom.corrections(), as_json=as_json)


def undo(
    correction: Annotated[
        int | None, typer.Argument(help="The number of a correction; without it, the last one.", metavar="NUMBER", parser=number)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take a correction back."""
    session.answer(lambda newsroom, settings: newsroom.undo(correction, author=settings.author), as_json=as_json)

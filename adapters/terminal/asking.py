"""`verbatim ask`: a question in plain words, its further pages, and all of its answer as a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.terminal import session
from adapters.terminal.options import AsJson, Since, Until, number

if TYPE_CHECKING:
    from adapters.settings import Settings
    from bot.newsroom import Newsroom
    from bot.replies import Export, ExportFormat, Reply

_PAGE = 20


def ask(
    question: Annotated[
        list[str] | None, typer.Argument(help='Such as "who said what about the ferry", "what did Ada Moor say on Monday".')
    ] = None,
    direct: Annotated[bool, typer.Option("--direct", help="Only what stands inside quotation marks.")] = False,
    attitudes: Annotated[
        bool | None,
        typer.Option(
            "--attitudes/--no-attitudes",
            help="What people think or want comes first, or is left out. Without either it stands where it fits.",
        ),
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Only what this outlet published.")] = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int | None, typer.Option(help="At most so many quotes at once.", min=1, max=1000)] = None,
    more: Annotated[
        int | None,
        typer.Option(help="The next quotes of the answer with this number.", metavar="ANSWER", parser=number),
    ] = None,
    export: Annotated[
        Path | None, typer.Option(help="Write every quote that answers to a file: .csv, .json or .jsonl.", metavar="FILE")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Ask who said what, and get every quote with its speaker and its place."""
    given = {"direct_only": direct or None, "attitudes": attitudes, "outlet": outlet, "since": since, "until": until}
    text = " ".join(question or ())
    _see_that_they_fit(text, more, export, restricted=any(one is not None for one in given.values()))
    if attitudes is False:
        text = f"{text} without attitudes"

    async def asked(newsroom: "Newsroom", settings: "Settings") -> "Reply":
        from bot.callers import Caller

        caller = Caller(settings.author)
        if more is not None:
            return await newsroom.next_page(more, caller, page=limit or _PAGE)
        return await newsroom.ask(
            text,
            direct_only=direct,
            attitudes=bool(attitudes),
            outlet=outlet,
            since=since,
            until=until,
            limit=limit or _PAGE,
            caller=caller,
        )

    if export is None:
        session.answer(asked, as_json=as_json)
        return
    kind = _kind_of(export)

    async def whole(newsroom: "Newsroom", _: "Settings") -> "Export":
        return await newsroom.ask_for_file(
            text, kind, direct_only=direct, attitudes=bool(attitudes), outlet=outlet, since=since, until=until, limit=limit
        )

    _write(session.run(whole), export)


def export(
    answer: Annotated[int, typer.Argument(help="The number of the answer, as a long one names it.", metavar="ANSWER", parser=number)],
    file: Annotated[Path, typer.Argument(help="Where to write it: .csv, .json or .jsonl.", metavar="FILE")],
) -> None:
    """Write every quote that answers a question asked before to a file."""
    kind = _kind_of(file)
    _write(session.run(lambda newsroom, _: newsroom.export(answer, kind)), file)


def _see_that_they_fit(text: str, more: int | None, export: Path | None, *, restricted: bool) -> None:
    """Raise NotUnderstood for what makes no sense together."""
    from bot.errors import NotUnderstood

    if more is not None and (text or restricted or export is not None):
        raise NotUnderstood(
            "--more goes on with an answer as it was asked.", "Give --more alone, or with --limit and --json; 'verbatim export' writes it."
        )
    if more is None and not text:
        raise NotUnderstood("There is no question.", 'Ask for example: verbatim ask "who said what about the ferry".')


def _kind_of(file: Path) -> "ExportFormat":
    """What a file is to be, by the ending of its name. Raises NotUnderstood."""
    from bot.errors import NotUnderstood
    from bot.replies import ExportFormat

    try:
        return ExportFormat(file.suffix.lower().removeprefix("."))
    except ValueError:
        raise NotUnderstood(f"{file} has no ending that says what to write.", "Name it with .csv, .json or .jsonl.") from None


def _write(made: "Export", file: Path) -> None:
    """Write what was made, and say so; nothing where nothing was found. Raises CannotWrite."""
    from adapters.plain import safe_line
    from adapters.terminal.files import write_whole

    what = "Nothing was found; nothing was written."
    if made.held:
        write_whole(file, made.content)
        what = f"{made.held} written to {safe_line(str(file))}."
    session.print_plain(f"{safe_line(made.title)}\n{what}")

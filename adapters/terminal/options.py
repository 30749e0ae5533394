"""Options and arguments that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
Since = Annotated[str | None, typer.Option(help="Only what was published from then on: Monday, 2024-10-14, October 2024.", metavar="DATE")]
Until = Annotated[str | None, typer.Option(help="Only what was published up to and with then.", metavar="DATE")]
Article = Annotated[list[str], typer.Argument(help="The article: its number, its address, or words of its headline.", metavar="ARTICLE")]


def number(text: str) -> int:
    """A number, as it is shown: #12, or 12. Raises BadParameter."""
    digits = text.strip("# ")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 19):
        raise typer.BadParameter(f"{text!r} is no number. Each quote, article, correction, digest, alert and feed is shown with its own.")
    return int(digits)


def picture(text: str) -> Path:
    """The file of a picture, whose name says what it is. Raises NotUnderstood."""
    from bot.errors import NotUnderstood

    file = Path(text)
    if file.suffix.lower() != ".png":
        raise NotUnderstood(f"{file} has no ending for a PNG picture, which a chart is.", "Name it with .png.")
    return file


ChartFile = Annotated[Path | None, typer.Option(help="Write its chart to a file (.png), as a PNG picture.", metavar="FILE", parser=picture)]
FeedNumbers = Annotated[list[int], typer.Argument(help="Their numbers, as 'verbatim feeds' shows them.", metavar="NUMBER", parser=number)]
Quote = Annotated[int, typer.Argument(help="The number of the quote, as answers show it.", metavar="QUOTE", parser=number)]

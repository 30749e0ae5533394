"""A file of predictions, in the form that scorers of annotated news read: whole, or as it was before."""

from pathlib import Path
from typing import Self, TextIO

from adapters.terminal.files import writing, written_at
from adapters.terminal.jsons import prediction_json
from bot.errors import NotUnderstood
from bot.replies import ArticleView


class Predictions:
    """Takes the quotes of files and writes one line of JSON for each. On leaving without an error they take the place of the file at `out`.

    A device or a pipe is written to as it comes. Every method raises CannotWrite, with the reason.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        self._target, self._part = written_at(out)
        self._file_of: dict[str, Path] = {}
        self._lines: TextIO
        self.quotes = 0

    @property
    def files(self) -> int:
        """How many files have a line so far."""
        return len(self._file_of)

    def __enter__(self) -> Self:
        with writing(self._out):
            self._lines = self._part.open("w", encoding="utf-8")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            with writing(self._out), self._lines:
                self._lines.flush()
            if self._part != self._target and kind is None and self._file_of:
                with writing(self._out):
                    self._part.replace(self._target)
        finally:
            if self._part != self._target:
                self._part.unlink(missing_ok=True)

    def add(self, file: str, view: ArticleView) -> None:
        """Add the quotes of a file, once. It goes by its name without folder and ending; raises NotUnderstood for another of that name."""
        path = Path(file).resolve()
        if path == self._target:
            return  # what an earlier run wrote into the folder that is read
        before = self._file_of.get(path.stem)
        if before == path:
            return
        if before is not None:
            raise NotUnderstood(
                f"{before} and {path} would both be called {path.stem} in {self._out}.",
                "Files go there by their names without folder and ending: read these two into two files.",
            )
        self._file_of[path.stem] = path
        with writing(self._out):
            self._lines.write(f"{prediction_json(view, path.stem)}\n")
        self.quotes += len(view.quotes)

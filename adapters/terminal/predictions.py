"""A file of predictions, in the form that scorers of annotated news read: whole, or as it was before."""

import contextlib
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Self, TextIO

from adapters.terminal.jsons import prediction_json
from bot.errors import CannotWrite, NotUnderstood
from bot.replies import ArticleView


class Predictions:
    """Takes the quotes of files and writes one line of JSON for each. On leaving without an error they take the place of the file at `out`.

    A device or a pipe is written to as it comes. Every method raises CannotWrite, with the reason.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        with self._told(), contextlib.suppress(FileNotFoundError):
            out.stat()  # fails for links that lead in a circle, which some versions of Python resolve and some do not
        self._target = out.resolve()  # where a link leads: the link itself stays
        self._part = self._target.with_name(f".{self._target.name}.{secrets.token_hex(4)}.part")
        self._is_special = self._target.exists() and not self._target.is_file()
        self._file_of: dict[str, Path] = {}
        self._lines: TextIO
        self.quotes = 0

    @property
    def files(self) -> int:
        """How many files have a line so far."""
        return len(self._file_of)

    def __enter__(self) -> Self:
        with self._told():
            self._lines = (self._target if self._is_special else self._part).open("w", encoding="utf-8")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            with self._told(), self._lines:
                self._lines.flush()
            if not self._is_special and kind is None and self._file_of:
                with self._told():
                    self._part.replace(self._target)
        finally:
            if not self._is_special:
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
        with self._told():
            self._lines.write(f"{prediction_json(view, path.stem)}\n")
        self.quotes += len(view.quotes)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            raise
        except OSError as error:
            why = error.strerror or "input/output error"
            raise CannotWrite(f"{self._out} cannot be written: {why[0].lower()}{why[1:]}.", "Name a file that can be.") from error

"""The embedder that comes with Verbatim, loaded when it is first needed: not every command asks or reads."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from storage.records import Span
from storage.records.embeddings import TextVectors

if TYPE_CHECKING:
    from bot.embedding.embedder import Embedder
    from bot.embedding.network import Floats

NAME: Final = "embedding-1"
"""Vectors of other weights lie in another space: whoever changes the weights changes this, and empties both tables by a migration."""
WEIGHTS: Final = Path(__file__).parent / "weights"


class Shipped:
    """Embeds with the weights beside this module; all of a process share one network."""

    name = NAME

    def of_question(self, text: str) -> "Floats":
        """The vector [D] of what is asked about, of length one."""
        return _loaded().of_question(text)

    def of_text(self, text: str, contents: Sequence[Sequence[Span]]) -> TextVectors:
        """The vectors of a text's paragraphs and of the quotes in it, given by the spans of their contents."""
        return _loaded().of_text(text, contents)

    def cells_near(self, question: "Floats", count: int) -> list[int]:
        """The `count` cells in which quotes about a question are likeliest to lie, the likeliest first."""
        return _loaded().cells_near(question, count)


@cache
def _loaded() -> "Embedder":
    from bot.embedding.embedder import Embedder

    return Embedder(WEIGHTS)

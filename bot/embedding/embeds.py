"""What embeds, for those who are handed it: the network and numpy are loaded where something is embedded, and nowhere else."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from storage.records import Span
from storage.records.embeddings import TextVectors

if TYPE_CHECKING:
    from bot.embedding.network import Floats


class Embeds(Protocol):
    """Gives vectors of texts and of questions, all in one space; safe to call from any thread."""

    @property
    def name(self) -> str:
        """Name and version: vectors of another one lie in another space."""

    def of_question(self, text: str) -> "Floats":
        """The vector [D] of what is asked about, of length one."""

    def of_text(self, text: str, contents: Sequence[Sequence[Span]]) -> TextVectors:
        """The vectors of a text's paragraphs and of the quotes in it, given by the spans of their contents."""

    def cells_near(self, question: "Floats", count: int) -> list[int]:
        """The `count` cells in which quotes about a question are likeliest to lie, the likeliest first."""

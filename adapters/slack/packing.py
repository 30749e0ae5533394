"""How much one message or view holds, and what goes into which."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adapters.slack.blocks import Block
from adapters.slack.cutting import size

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
# Slack names no limit for all the words of a message. It has been seen to refuse some 13,200 characters (addresses among them),
# and 125 fewer for each block: this keeps well below.
MOST_WORDS = 9_000
MOST_WORDS_AND_BLOCKS = 12_000
WORDS_A_BLOCK = 125


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks that stay together."""

    blocks: Sequence[Block]

    @property
    def words(self) -> int:
        """How long all that is written in the blocks is, as Slack counts it."""
        return sum(_words(block) for block in self.blocks)


def packed(parts: Iterable[Part], *, most_blocks: int, closing: Part | None = None) -> list[list[Block]]:
    """The blocks of the parts, in order, in as few pages as hold them. `closing` is what there must be room for on each page as well."""
    pages: list[list[Block]] = []
    extra = len(closing.blocks) if closing else 0
    extra_words = closing.words if closing else 0
    words = 0
    for part in parts:
        if not part.blocks:
            continue
        blocks = len(pages[-1]) + len(part.blocks) + extra if pages else 0
        total = words + part.words + extra_words
        if not pages or blocks > most_blocks or total > MOST_WORDS or total + WORDS_A_BLOCK * blocks > MOST_WORDS_AND_BLOCKS:
            pages.append([])
            words = 0
        pages[-1] += part.blocks
        words += part.words
    return pages


def _words(value: object) -> int:
    if isinstance(value, list):
        return sum(_words(inner) for inner in value)
    if not isinstance(value, dict):
        return 0
    return sum(size(inner) if key in {"text", "url"} and isinstance(inner, str) else _words(inner) for key, inner in value.items())

"""How much one message or view holds, and what goes into which."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adapters.slack.blocks import Block, divider
from adapters.slack.escaping import size

WORDS_A_BLOCK = 125


@dataclass(frozen=True, slots=True)
class Room:
    """How many blocks something holds, how long all that is written in them may be, and that with 125 added for each block."""

    blocks: int
    words: int
    words_and_blocks: int

    def holds(self, blocks: int, words: int) -> bool:
        """Whether there is room for that."""
        return blocks <= self.blocks and words <= self.words and words + WORDS_A_BLOCK * blocks <= self.words_and_blocks


# Slack names no limit for all the words of a message (addresses among them). It has been seen to refuse some 13,200, and 125 fewer
# for each block (github.com/slackapi/bolt-js/issues/2509): this keeps well below.
MESSAGE = Room(50, 9_000, 12_000)
VIEW = Room(100, 9_000, 9_000 + 100 * WORDS_A_BLOCK)


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks that stay together. `ruled`: under a rule, unless they begin a page."""

    blocks: Sequence[Block]
    ruled: bool = False

    @property
    def words(self) -> int:
        """How long all that is written in the blocks is, as Slack counts it."""
        return sum(_words(block) for block in self.blocks)


def packed(parts: Iterable[Part], *, room: Room, closing: Part | None = None) -> list[list[Block]]:
    """The blocks of the parts, in order, in as few pages as hold them. `closing` is what there must be room for on each page as well."""
    pages: list[list[Block]] = []
    reserved, reserved_words = (len(closing.blocks), closing.words) if closing else (0, 0)
    words = 0
    for part in parts:
        if not part.blocks:
            continue
        more = part.words
        shown = [divider(), *part.blocks] if part.ruled else part.blocks
        if not pages or not room.holds(len(pages[-1]) + len(shown) + reserved, words + more + reserved_words):
            pages.append([])
            words = 0
            shown = part.blocks
        pages[-1] += shown
        words += more
    return pages


def _words(value: object) -> int:
    if isinstance(value, list):
        return sum(_words(inner) for inner in value)
    if not isinstance(value, dict):
        return 0
    return sum(size(inner) if key in {"text", "url"} and isinstance(inner, str) else _words(inner) for key, inner in value.items())

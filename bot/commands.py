"""The chat grammar of all platforms: a text to one command. Plain questions first; keywords only in the shapes that they have."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.asking.words import plain
from bot.digest_shapes import Asked
from bot.errors import NotUnderstood
from bot.requests import Ask, Command
from bot.shapes import READERS, RESTRICTED_READERS, SHAPES
from bot.typos import mistyped
from bot.usage import KEYWORDS

LONGEST_COMMAND = 4000  # a link can be long


def parse(text: str, *, now: datetime, zone: ZoneInfo, outlets: Collection[str] = ()) -> Command:
    """Read what a person typed. `now` is timezone-aware, `outlets` are the names of the outlets in the store.

    A keyword counts only in its shape, so "help for farmers" and "people on benefits" are questions. Raises NotUnderstood,
    and nothing else, with what would work: for a question that cannot be read, a keyword that lacks something it needs, and
    a keyword with a typing error.
    """
    asked = Asked(now, zone, outlets)
    if len(text) > LONGEST_COMMAND:
        return Ask(asked.question(text))
    line = plain(text).rstrip("?!")
    keyword, _, rest = line.partition(" ")
    rest = rest.strip()
    command: Command | None = None
    if reader := READERS.get(keyword.lower()):
        command = reader(rest)
    elif restricted := RESTRICTED_READERS.get(keyword.lower()):
        command = restricted(rest, asked)
    else:
        _refuse_misspelt(keyword, rest)
    return command or Ask(asked.question(text))


def _refuse_misspelt(keyword: str, rest: str) -> None:
    """Raise for a keyword with one typing error in the shape of that keyword; any other text is a question."""
    for known in KEYWORDS:
        if not mistyped(keyword.lower(), known):
            continue
        try:
            shaped = READERS[known](rest) is not None if known in READERS else bool(SHAPES[known].match(rest))
        except NotUnderstood:
            shaped = False
        if shaped:
            meant = f"{known} {rest}".strip()
            if rest:
                raise NotUnderstood(f"{keyword} is not a keyword.", f"Did you mean: {meant}?", suggestions=(meant,))
            question = f"who said what about {keyword}"
            remedy = f"Did you mean: {meant}? To look for quotes: {question}."
            raise NotUnderstood(f"{keyword} is not a keyword.", remedy, suggestions=(meant, question))

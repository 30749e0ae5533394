"""Answers that go on: what a question finds behind what was given already."""

from collections.abc import Sequence

from bot.asking.finding import found_by
from bot.asking.meaning import meant
from bot.asking.question import Question
from bot.embedding.embeds import Embeds
from storage import quotes
from storage.database import Session

_SOME = 20
"""So many of the quotes that were given tell by whom they are, where the name fits several by now."""


async def further(
    session: Session, asked: Question, given: Sequence[int], *, up_to: int, most: int, embedder: Embeds | None = None
) -> tuple[list[int], bool]:
    """The numbers of what answers a question and was not given yet, at most `most` and none above `up_to`; and whether there are more.

    By what was given, not behind a place in the order: what is dated anew in between is neither passed over nor given twice.
    """
    meaning = await meant(session, asked)
    if not asked.declined:
        meaning = meaning.of_those({quote.speaker_id for quote in await quotes.many(session, given[:_SOME])})
    # Each of several speakers may be the one of whom all was given.
    enough = max(1, len(meaning.names)) * (len(given) + most)
    found = await found_by(session, meaning, enough, embedder, up_to=up_to)
    known = set(given)
    numbers = [number for number in found.numbers if number not in known]
    return numbers[:most], bool(numbers) and (found.more or len(numbers) > most)

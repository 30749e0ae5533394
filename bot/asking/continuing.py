"""Listings that go on: what a question without a topic finds behind the quotes that were given already."""

from collections.abc import Sequence
from dataclasses import replace

from bot.asking.finding import Found, found_again, wanted_by
from bot.asking.meaning import meant
from bot.asking.question import Question
from storage import answers, quotes
from storage.database import Session

_SOME = 20
"""So many of the quotes that were given tell by whom they are, where the name fits several by now."""


def is_listing(asked: Question) -> bool:
    """Whether all quotes by somebody, of an outlet or of a time are asked for, newest first: there may be any number of them."""
    return not (asked.topic or asked.phrase or asked.declined or asked.others)


async def continued(session: Session, asked: Question, given: Sequence[int], *, up_to: int, most: int) -> Found:
    """The newest quotes, at most `most`, that answer a listing, have no number above `up_to` and were not given yet."""
    shown = await quotes.many(session, given[:_SOME])
    meaning = (await meant(session, asked)).of_those({quote.speaker_id for quote in shown})
    settled = meaning.question
    numbers: list[int] = []
    if is_listing(settled) and (wanted := wanted_by(settled, meaning.speakers)):
        for one in settled.sought:
            limit = most + 1 - len(numbers)
            numbers += await answers.further(session, replace(wanted, reports=one, up_to_id=up_to, limit=limit), given)
    return await found_again(session, asked, numbers[:most], more=len(numbers) > most)

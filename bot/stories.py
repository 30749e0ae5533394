"""Stories: an article that tells another one's in its words is joined to it, and whoever published it first is told apart."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.reading.shingles import is_copy, kept, shingles
from storage import stories
from storage.database import Database, Session
from storage.records.stories import Telling

AT_ONCE = 200
"""So many articles are looked at in a second or two."""
_IN_ONE_TRANSACTION = 20
"""Others write in between."""


async def join(session: Session, article_id: int, of_text: Sequence[int], *, is_new: bool = False) -> None:
    """Join an article that was just stored to those whose copy it is, or that are copies of it; `of_text` are its text's shingles.

    One that `is_new` told no story before.
    """
    found_by = kept(of_text)
    await stories.keep(session, article_id, found_by, is_new=is_new)
    likely = await stories.sharing(session, article_id, found_by)
    alike = await asyncio.to_thread(_alike, of_text, likely) if likely else []
    if alike:
        await stories.tell(session, [one.article_id for one in await stories.tellings(session, [article_id, *alike])])
    elif not is_new:
        await stories.leave(session, article_id)  # where it was a copy, or had some, before it was edited


async def catch_up(database: Database, most: int) -> int:
    """Look for copies among what was stored before they were looked for, at most so many articles; returns how many wait still."""
    done = 0
    while done < most:
        limit = min(_IN_ONE_TRANSACTION, most - done)
        async with database.reading() as session:
            texts = await stories.waiting(session, limit)
        if not texts:
            return 0
        of_texts = await asyncio.to_thread(lambda read: {number: shingles(text) for number, text in read.items()}, texts)
        async with database.writing() as session:
            for article_id, text in (await stories.waiting(session, limit)).items():
                if texts.get(article_id) == text:  # it was not edited or taken down meanwhile
                    await join(session, article_id, of_texts[article_id])
        done += len(texts)
    async with database.reading() as session:
        return await stories.count_waiting(session)


def told_by(article_id: int, told: Sequence[Telling], *, places: int = 3) -> tuple[str, ...]:
    """What is said below an article of a story that others tell as well: who published it first, and where else it stands."""
    first = next((one for one in told if one.is_first), None)
    own = next((one for one in told if one.article_id == article_id), None)
    if first is None or own is None:
        return ()
    by_its_word = _naming_another(own, told)
    known_first = () if by_its_word else (article_id, first.article_id)
    others = [one for one in told if one.article_id not in known_first and one.article_id != article_id]
    line: tuple[str, ...] = ()
    if by_its_word:
        says = "as it says itself" if by_its_word is own else f"as {_called(by_its_word)} says"
        line = (f"First published by {by_its_word.credits}, {says}.",)
    elif first is not own:
        line = (f"First published by {_called(first)}.",)
    if not others:
        return line
    more = f" and {len(others) - places:,} more" if len(others) > places else ""
    return (*line, f"Also published by {', '.join(_called(one) for one in others[:places])}{more}.")


def _naming_another(own: Telling, told: Sequence[Telling]) -> Telling | None:
    """The article, rather this `own` one, that names as the first publisher an outlet by which none is stored here."""
    naming = [one for one in (own, *told) if one.credits and all(other.outlet != one.credits for other in told)]
    return naming[0] if naming else None


def _alike(of_text: Sequence[int], texts: Mapping[int, str]) -> list[int]:
    own = set(of_text)
    return [article_id for article_id, text in texts.items() if is_copy(own, set(shingles(text)))]


def _called(one: Telling) -> str:
    return f"{one.outlet or one.headline or 'an unknown outlet'} (article {one.article_id}, {_day(one.dated)})"


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"

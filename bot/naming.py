"""Which stored thing a person means: one article, one speaker, one quote. Errors say what there is instead."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.asking.nearest import nearest_names
from bot.asking.speakers import called
from bot.asking.words import WORD
from bot.errors import Ambiguous, NotFound
from storage import articles, quotes, speakers
from storage.records import SpeakerKind, StoredArticle, StoredQuote, StoredSpeaker

_KNOWN_NAMES = 2000
_MOST_LISTED = 8


async def one_article(session: AsyncSession, reference: str) -> StoredArticle:
    """The article that a number, link or headline's words mean. Raises NotFound or Ambiguous."""
    found = await articles.find(session, reference)
    if not found:
        raise NotFound(
            f"There is no article {reference}.", "Give its number, its link, or words of its headline; 'status' counts what is stored."
        )
    if len(found) > 1:
        listed = "; ".join(f"{one.id}: {one.headline or one.identity}" for one in found[:_MOST_LISTED])
        raise Ambiguous(f"{len(found)} articles fit {reference}.", f"Give a number: {listed}.")
    return found[0]


async def one_quote(session: AsyncSession, quote_id: int) -> StoredQuote:
    """The quote with that number. Raises NotFound."""
    quote = await quotes.get(session, quote_id)
    if quote is None:
        raise NotFound(f"There is no quote {quote_id}.", "Answers show each quote's number; give that.")
    return quote


async def people_called(session: AsyncSession, name: str) -> list[StoredSpeaker]:
    """The speakers whom a person means by `name`, most quoted first; by #number exactly that one."""
    number = name.strip().removeprefix("#")
    if number.isascii() and number.isdigit():
        one = await speakers.get(session, int(number[:18]))
        return [one] if one is not None else []
    words = WORD.findall(name)
    return called(words, await speakers.find(session, words)) if words else []


async def one_speaker(session: AsyncSession, name: str) -> StoredSpeaker:
    """The one speaker whom a person means by `name`. Raises NotFound, with the nearest names, or Ambiguous, with numbers."""
    found = await people_called(session, name)
    if not found:
        near = nearest_names(name, await speakers.names(session, _KNOWN_NAMES))
        raise NotFound(f"Nobody called {name} is known.", f"Did you mean {' or '.join(near)}?" if near else "'people' lists who is quoted.")
    exact = [one for one in found if one.name.casefold() == name.strip().casefold()]
    chosen = exact if len(exact) == 1 else found
    if len(chosen) > 1:
        listed = "; ".join(f"#{one.id} {described(one)}" for one in chosen[:_MOST_LISTED])
        raise Ambiguous(f"{len(chosen)} speakers go by {name}.", f"Give a number: {listed}.")
    return chosen[0]


async def speaker_to_give(session: AsyncSession, name: str, *, article_id: int) -> int:
    """The number of the speaker that a quote of this article is given to: one of the article's, else one known, else a new person.

    Raises Ambiguous where several go by that very name, and NotFound for a number that is nobody's.
    """
    if name.strip().startswith("#"):
        return (await one_speaker(session, name)).id
    words = WORD.findall(name)
    if not words:
        raise NotFound("The speaker's name is missing.", "Give it like this: --speaker 'Ann Bell'.")
    wanted = [word.casefold() for word in words]
    here = _going_by(wanted, await speakers.of_article(session, article_id))
    known = here or _going_by(wanted, await speakers.find(session, words))
    if len(known) > 1:
        raise Ambiguous(
            f"{len(known)} speakers go by {name}.", f"Give a number: {'; '.join(f'#{one.id} {described(one)}' for one in known)}."
        )
    if known:
        return known[0].merged_into or known[0].id
    return await speakers.create(session, " ".join(name.split()), SpeakerKind.PERSON)


def described(speaker: StoredSpeaker) -> str:
    """A speaker with what tells it from others of its name."""
    return f"{speaker.name} ({speaker.descriptions[0]})" if speaker.descriptions else speaker.name


def _going_by(wanted: Sequence[str], found: Sequence[StoredSpeaker]) -> list[StoredSpeaker]:
    return [one for one in found if any([word.casefold() for word in WORD.findall(name)] == wanted for name in (one.name, *one.names))]

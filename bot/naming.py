"""Which stored thing a person means: one article, one speaker, one quote. Errors say what there is instead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.asking.dates import shortened
from bot.asking.nearest import nearest_names
from bot.asking.speakers import by_name, called, name_words, to_look_up
from bot.describing import described
from bot.errors import Ambiguous, NotFound
from storage import articles, quotes, speakers
from storage.database import Session
from storage.records import SpeakerKind, StoredArticle, StoredQuote, StoredSpeaker

_KNOWN_NAMES = 2000
_MOST_LISTED = 8


@dataclass(frozen=True, slots=True)
class Given:
    """The speaker that quotes are given to; `new_name` is set if it was made for that, `near` if somebody is called almost so."""

    speaker_id: int
    new_name: str | None = None
    near: str | None = None


async def one_article(session: Session, reference: str) -> StoredArticle:
    """The article that a number, link or headline's words mean. Raises NotFound or Ambiguous."""
    if not reference.strip():
        raise NotFound("The article is missing.", "Give its number, its link, or words of its headline.")
    found = await articles.find(session, reference)
    if not found:
        raise await _no_article(session, reference)
    if len(found) > 1:
        listed = "; ".join(f"{one.id}: {one.headline or one.identity}" for one in found[:_MOST_LISTED])
        raise Ambiguous(f"{len(found)} articles fit {shortened(reference)}.", f"Give a number: {listed}.")
    return found[0]


async def _no_article(session: Session, reference: str) -> NotFound:
    """What to say where no article is meant; a quote's number is the likeliest mistake, as answers show it with every quote."""
    number = reference.strip().removeprefix("#")
    quote = await quotes.get(session, int(number[:18])) if number.isascii() and number.isdigit() else None
    if quote is None:
        return NotFound(
            f"There is no article {shortened(reference)}.", "Give its link or words of its headline; 'show' then tells its number."
        )
    what = f"There is no article {number}; quote {number} is one of article {quote.article_id}."
    return NotFound(what, f"To see that: show {quote.article_id}.", suggestions=(f"show {quote.article_id}",))


async def one_quote(session: Session, quote_id: int) -> StoredQuote:
    """The quote with that number. Raises NotFound."""
    quote = await quotes.get(session, quote_id)
    if quote is None:
        raise NotFound(f"There is no quote {quote_id}.", "Answers show each quote's number; give that.")
    return quote


async def people_called(session: Session, name: str) -> list[StoredSpeaker]:
    """The speakers whom a person means by `name`, most quoted first; by #number that one, or the one it is merged into.

    Who is not quoted (what is left of a correction that was undone) only counts where nobody else goes by the name.
    """
    words = name_words(name)
    number = name.strip().removeprefix("#")
    if number.isascii() and number.isdigit() and not (number == name and by_name(words, await speakers.find(session, to_look_up(words)))):
        one = await speakers.get(session, int(number[:18]))
        while one is not None and one.merged_into is not None:
            one = await speakers.get(session, one.merged_into)
        return [one] if one is not None else []
    return _heard(called(words, await speakers.find(session, to_look_up(words)))) if words else []


async def is_somebodys_name(session: Session, name: str) -> bool:
    """Whether somebody goes by that very name, or by these parts of it where it is a person's; no description counts."""
    words = name_words(name)
    return bool(words and by_name(words, await speakers.find(session, to_look_up(words))))


async def one_speaker(session: Session, name: str) -> StoredSpeaker:
    """The one speaker whom a person means by `name`. Raises NotFound, with the nearest names, or Ambiguous, with numbers."""
    found = await people_called(session, name)
    if not found:
        near = await names_near(session, name)
        raise NotFound(
            f"Nobody called {shortened(name)} is known.", f"Did you mean {' or '.join(near)}?" if near else "'people' lists who is quoted."
        )
    chosen = _exactly(name, found) or found
    if len(chosen) > 1:
        raise Ambiguous(f"{len(chosen)} speakers go by {shortened(name)}.", f"Give a number: {_numbered(chosen)}.")
    return chosen[0]


async def speaker_to_give(session: Session, name: str, kind: SpeakerKind, *, article_ids: Iterable[int]) -> Given:
    """The speaker that quotes of these articles are given to: one of theirs, else one known by that name, else a new one of `kind`.

    Raises Ambiguous where several can be meant, as by a surname that people of other articles share, and NotFound for a
    number that is nobody's.
    """
    if name.strip().startswith("#"):
        return Given((await one_speaker(session, name)).id)
    words = name_words(name)
    if not words:
        raise NotFound("The speaker's name is missing.", "Give the name, or the number of somebody known, such as #12.")
    known = await speakers.find(session, to_look_up(words))
    here = {one.merged_into or one.id for article_id in article_ids for one in await speakers.of_article(session, article_id)}
    of_these = by_name(words, [one for one in known if one.id in here])
    fitting = _heard(of_these or by_name(words, known) or [one for one in known if _goes_by(name, one)])
    found = _exactly(name, fitting) or fitting
    if len(found) > 1:
        raise Ambiguous(f"{len(found)} speakers go by {shortened(name)}.", f"Give a number or a fuller name: {_numbered(found)}.")
    if found and (of_these or _goes_by(name, found[0])):
        return Given(found[0].id)
    near = await names_near(session, name, limit=1)
    new_name = " ".join(name.split())
    return Given(await speakers.create(session, new_name, kind), new_name, near[0] if near else None)


async def names_near(session: Session, name: str, limit: int = 3) -> list[str]:
    """The names of speakers most quoted that come closest to `name`; none where none is near."""
    return nearest_names(name, await speakers.names(session, _KNOWN_NAMES), limit)


def _numbered(found: Sequence[StoredSpeaker]) -> str:
    return "; ".join(f"#{one.id} {described(one)}" for one in found[:_MOST_LISTED])


def _heard(found: Sequence[StoredSpeaker]) -> list[StoredSpeaker]:
    return [one for one in found if one.quotes] or list(found)


def _exactly(name: str, found: Sequence[StoredSpeaker]) -> list[StoredSpeaker]:
    """Those of that very name, with its accents if somebody's has them so."""
    names = (" ".join(name.split()).casefold(), " ".join(name_words(name)))
    exactly = [one for one in found if one.name.casefold() == names[0]]
    return exactly or [one for one in found if " ".join(name_words(one.name)) == names[1]]


def _goes_by(name: str, speaker: StoredSpeaker) -> bool:
    wanted = name_words(name)
    return any(name_words(known) == wanted for known in (speaker.name, *speaker.names))

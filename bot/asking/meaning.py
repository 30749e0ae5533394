"""Whom the names of a question mean, by what the store knows: by name, title, role, and with typing errors."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.asking import question as questions
from bot.asking.asked import COURTESIES, Question
from bot.asking.choosing import Named, by_far, chosen, saying
from bot.asking.mistyped import edits_allowed, together, words_near
from bot.asking.roles import SMALL, by_surname, called_so, holding, is_described, without_title, wordings
from bot.asking.several import MOST, names_in
from bot.asking.speakers import by_name, name_words, to_look_up
from bot.naming import people_called
from storage import names_near, speakers
from storage.database import Session
from storage.records import SpeakerKind, StoredSpeaker

_MOST_WORDS = 6
"""A name of more words than that is not looked through for typing errors."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A question with its guess decided, and whom each of its names means: none where it asks for anyone's quotes."""

    question: Question
    names: tuple[Named, ...] = ()

    def of_those(self, speaker_ids: Collection[int | None]) -> "Meant":
        """The same where it is known whose quotes were found: a name that fits several by now means whom it meant."""
        return replace(
            self,
            names=tuple(
                replace(name, speakers=tuple(one for one in name.which if one.id in speaker_ids), which=()) if name.which else name
                for name in self.names
            ),
        )

    @property
    def speakers(self) -> list[StoredSpeaker]:
        """All who are meant."""
        return [one for name in self.names for one in name.speakers]


async def meant(session: Session, asked: Question) -> Meant:
    """Whom a question means. One name that joins several is theirs only where nobody goes by all of it."""
    if not asked.speaker:
        return Meant(asked)
    typed = (asked.speaker, *asked.others)
    if asked.otherwise is not None:
        return await _guessed(session, asked, typed)
    if not asked.others:
        whole = await _named(session, asked.speaker, exactly=asked.exactly)
        names = () if whole.is_known or asked.exactly else _joined(asked.speaker)
        if not names or not any([await _goes_by(session, name) for name in names]):
            return Meant(asked, (whole if whole.is_known else await _corrected(session, asked.speaker) or whole,))
        asked, typed = replace(asked, speaker=names[0], others=names[1:]), names
    return Meant(asked, tuple([await _named_or_corrected(session, name) for name in typed]))


async def _guessed(session: Session, asked: Question, typed: Sequence[str]) -> Meant:
    """A name by nothing but its place is one where somebody goes by it; of two side by side one may have a typing error."""
    certainly = replace(asked, otherwise=None)
    if not asked.others:
        if await _goes_by(session, asked.speaker):
            named = await _named(session, asked.speaker)
            return Meant(certainly, (named,)) if asked.topic or _is_somebody(named) else Meant(asked.otherwise or asked)
        if titled := await _titled(session, asked.speaker, _words(asked.speaker)):
            return Meant(certainly, (titled,))
        names = _joined(asked.speaker)
        if not names or not all([await _goes_by(session, name) for name in names]):
            mistyped = None if await _is_written(session, asked.speaker) else await _corrected(session, asked.speaker)
            if mistyped is None and asked.topic and await _is_nobody(session, asked.speaker):
                return Meant(certainly, (Named(asked.speaker),))
            return Meant(certainly, (mistyped,)) if mistyped else Meant(asked.otherwise or asked)
        return Meant(replace(certainly, speaker=names[0], others=names[1:]), tuple([await _named(session, name) for name in names]))
    known = [await _named(session, name) for name in typed]
    if not any(one.is_known for one in known):
        return Meant(asked.otherwise or asked)
    return Meant(certainly, tuple([one if one.is_known else await _corrected(session, one.name) or one for one in known]))


async def _is_written(session: Session, name: str) -> bool:
    """Whether the news has all words of what may be a name: as the topic that it may be as well."""
    return all([await names_near.is_written(session, term) for term in name_words(name)[:_MOST_WORDS]])


async def _is_nobody(session: Session, name: str) -> bool:
    """Whether something is written like a full name, and no text has any word of it."""
    words = _words(name)
    if not 1 < len(words) <= _MOST_WORDS or not all(word[0].isupper() for word in words):
        return False
    return not any([await names_near.is_written(session, term) for term in name_words(name)])


def _is_somebody(named: Named) -> bool:
    """Whether a name by itself means one speaker, or people of that surname: a country, and people called like it, are a topic."""
    return len(by_surname(_words(named.name), named.which)) == len(named.which)


async def _goes_by(session: Session, name: str) -> bool:
    words = _words(name)
    return bool(words and by_name(words, await speakers.find(session, to_look_up(words))))


async def _named_or_corrected(session: Session, name: str) -> Named:
    named = await _named(session, name)
    return named if named.is_known else await _corrected(session, name) or named


async def _named(session: Session, name: str, *, exactly: bool = False) -> Named:
    """Whom a name means as it is typed: by name, else by a title before a surname, else by a role."""
    number = name.removeprefix("#")
    if number.isascii() and number.isdigit():
        return Named(name, tuple(await people_called(session, name)))
    words = _words(name)
    if not words:
        return Named(name)
    fitting = by_name(words, await speakers.find(session, to_look_up(words)))
    if exactly:
        wanted = name_words(name)
        return chosen(name, [one for one in fitting if name_words(one.name) == wanted] or fitting)
    if any(one.kind in (SpeakerKind.PERSON, SpeakerKind.ORGANISATION) for one in fitting):
        return chosen(name, fitting)
    holders = await _holding(session, words)
    if fitting:  # somebody without a name is called so, and stands apart where the one who is described so has by far the most quotes
        one = by_far([*holders, *fitting])
        return Named(name, (one, *fitting) if one and one in holders else tuple(fitting))
    if titled := await _titled(session, name, words):
        return titled
    telling = [word for word in words if word.lower() not in SMALL] or words
    described = await speakers.find(session, telling)
    named = chosen(name, holders or called_so(name_words(" ".join(telling)), described))
    return named if named.is_known else replace(named, offered=tuple(one for one in described if one.quotes))


async def _titled(session: Session, name: str, words: Sequence[str]) -> Named | None:
    """The person of that surname, or full name, behind a title, even where no article gives that very title."""
    rest = without_title(words)
    if not rest:
        return None
    found = by_surname(rest, by_name(rest, await speakers.find(session, to_look_up(rest))))
    title = words[: len(words) - len(rest)]
    described = [one for one in found if is_described(title, one)]
    named = replace(chosen(" ".join(rest), described or found), name=name)
    if described or not named.speakers:
        return named if named.is_known else None
    return saying(named, f"These are quotes by {named.called}, whom no article that was read calls {' '.join(title)}.")


async def _holding(session: Session, words: Sequence[str]) -> list[StoredSpeaker]:
    for same in wordings(words):
        found = {one.id: one for role in same for one in holding(role, await speakers.find(session, role))}
        if found:
            return sorted(found.values(), key=lambda one: (-one.quotes, one.id))
    return []


async def _corrected(session: Session, name: str) -> Named | None:
    """Whom a name means that nobody goes by, if it is a letter or two from one; None for a word that the news has otherwise."""
    if name.split()[0].lower() in COURTESIES - {"mr", "mrs", "ms", "dr", "sir"}:
        return None  # "the plumber" is no mistyped name
    words = _words(name)
    terms = name_words(" ".join(without_title(words) or words))
    if not terms or len(terms) > _MOST_WORDS:
        return None
    near = [
        words_near(term, await names_near.words_like(session, term, longer_or_shorter=edits_allowed(term)) if edits_allowed(term) else ())
        for term in terms
    ]
    written: dict[str, bool] = {}
    for alike in together(near):
        found: dict[int, StoredSpeaker] = {}
        for words_meant in alike:
            for typed, word in zip(terms, words_meant, strict=True):
                if typed != word and typed not in written:
                    written[typed] = await names_near.is_written(session, typed)
            if not any(written.get(typed) and typed != word for typed, word in zip(terms, words_meant, strict=True)):
                fitting = by_name(words_meant, await speakers.find(session, to_look_up(words_meant)))
                found |= {one.id: one for one in (fitting if len(terms) > 1 else _by_main_name(words_meant, fitting))}
        if found:
            named = chosen(" ".join(alike[0]), list(found.values()))
            named = replace(named, name=name, speakers=named.speakers[:1])
            return saying(named, f"Nobody is called {name}; these are quotes by {named.called}.") if named.speakers else named
    return None


def _by_main_name(words: Sequence[str], fitting: Sequence[StoredSpeaker]) -> list[StoredSpeaker]:
    """People by their surname, and what is no person: a first name alone is not made of another word."""
    people = {one.id for one in by_surname(words, fitting)}
    return [one for one in fitting if one.kind is not SpeakerKind.PERSON or one.id in people]


def _words(name: str) -> tuple[str, ...]:
    return questions.Question(speaker=name).speaker_words


def _joined(name: str) -> tuple[str, ...]:
    names = names_in(name)
    return names if 1 < len(names) <= MOST else ()

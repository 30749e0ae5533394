"""Whom an alert is to watch, where the words may be a name: nothing is set up that would never come."""

import re
from dataclasses import replace

from bot.asking.dates import shortened
from bot.asking.question import Question
from bot.errors import NotUnderstood
from bot.naming import is_somebodys_name, names_near, people_called
from bot.subscriptions.restrictions import restriction
from storage.database import Session

_JOINTS = re.compile(r",? (?:and|or|&) |, ?", re.IGNORECASE)
_MOST_NAMES = 5


async def see_who_is_meant(session: Session, asked: Question) -> None:
    """Raise NotUnderstood for several names at once, and for words that may be a known name with a typing error."""
    name = asked.speaker
    if not name or await people_called(session, " ".join(asked.speaker_words)):
        return
    names = _JOINTS.split(name)
    if 1 < len(names) <= _MOST_NAMES and all([_looks_like_a_name(one) or await is_somebodys_name(session, one) for one in names]):
        each = tuple(f"watch {_about(asked, one)}" for one in names)
        raise NotUnderstood("An alert watches one person.", f"Set up one for each: {'; '.join(each)}.", suggestions=each)
    if len(names) > 1 or asked.otherwise is None or len(asked.speaker_words) == 1:
        return
    if near := await names_near(session, name, limit=1):
        meant, topic = f"watch {_about(asked, near[0])}", f"watch {restriction(asked.otherwise)}"
        raise NotUnderstood(
            f"Nobody called {shortened(name)} is quoted in what has been read so far.",
            f"Did you mean: {meant}? For the words as a topic: {topic}.",
            suggestions=(meant, topic),
        )


def name_like(typed: Question) -> str:
    """Two words or more with capitals that may be a name as well as a topic; else ""."""
    return typed.speaker if typed.otherwise and _looks_like_a_name(" ".join(typed.speaker_words)) else ""


def _looks_like_a_name(text: str) -> bool:
    words = text.split()
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _about(asked: Question, name: str) -> str:
    """What to watch, said of one person."""
    alone = not (asked.topic or asked.phrase or asked.outlet)
    return name if alone else restriction(replace(asked, speaker=name, otherwise=None))

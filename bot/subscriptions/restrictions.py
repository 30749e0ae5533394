"""What a subscription is about: between a question and what is stored of it, and in words."""

import re
from typing import TypedDict

from bot.asking.question import Question
from bot.errors import NotUnderstood
from storage.records import NewSubscription

EVERYTHING = "everything"
LONGEST = 100
_STORED_TOPIC = re.compile(r"(?P<words>[^“]*)(?:“(?P<phrase>.*)”)?", re.DOTALL)


class Restriction(TypedDict):
    """What is stored of what a subscription is about; None does not restrict."""

    topic: str | None
    speaker: str | None
    outlet: str | None


def stored_as(asked: Question) -> Restriction:
    """What is stored of a question: exact words stand in quotation marks behind the topic."""
    topic = " ".join((*asked.topic, *([f"“{asked.phrase}”"] if asked.phrase else [])))
    return {"topic": topic or None, "speaker": asked.speaker or None, "outlet": asked.outlet or None}


def asked_of(one: NewSubscription) -> Question:
    """The question that a subscription asks again and again."""
    topic = _STORED_TOPIC.fullmatch(one.topic or "")
    words, phrase = (topic["words"], topic["phrase"] or "") if topic else (one.topic or "", "")
    return Question(topic=tuple(words.split()), phrase=phrase, speaker=one.speaker or "", outlet=one.outlet or "")


def see_that_it_is_of_quotes(asked: Question) -> None:
    """Raise NotUnderstood for who gave no comment, which is asked for; a digest tells it by itself."""
    if asked.declined:
        raise NotUnderstood(
            "Digests and alerts are about what is said; digests tell who gave no comment as well.",
            "To look for that: who declined to comment.",
        )


def see_that_it_is_short(asked: Question) -> None:
    """Raise NotUnderstood for more than a subscription is restricted to, and for what is no quote."""
    see_that_it_is_of_quotes(asked)
    if (length := len(" ".join((*asked.topic, asked.phrase, asked.speaker, asked.outlet)).strip())) > LONGEST:
        raise NotUnderstood(
            f"What it is to be about has {length:,} characters, and a digest or an alert takes at most {LONGEST}.",
            "Give the few words that matter: watch ferries.",
        )


def restriction(asked: Question) -> str:
    """What is asked for, as a phrase that is read back: "about ferries “not for sale” by Ann Bell", or ""."""
    phrase = f"“{asked.phrase}”" if asked.phrase else ""
    if asked.speaker and not asked.topic:  # "about “not for sale” by" would be read as a topic
        about, by = "", f"{asked.speaker} {phrase}"
    else:
        about, by = " ".join((*asked.topic, phrase)), asked.speaker
    parts = (("about", about), ("by", by), ("in", asked.outlet))
    return " ".join(f"{word} {what.strip()}" for word, what in parts if what.strip())


def what(asked: Question) -> str:
    """The same, or "everything"."""
    return restriction(asked) or EVERYTHING


def of_what(asked: Question) -> str:
    """The same behind "a digest": "about ferries", but "of quotes by Ann Bell", as one "by Ann Bell" would be one that she wrote."""
    words = restriction(asked)
    return f"of quotes {words}" if words.startswith(("by ", "in ")) else words or f"of {EVERYTHING}"

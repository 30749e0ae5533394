"""What the articles call a speaker besides a name, as far as it tells something. Pure."""

from bot.asking.speakers import name_words
from storage.records import StoredSpeaker

_ARTICLES = frozenset({"a", "an", "the"})


def descriptions(speaker: StoredSpeaker) -> tuple[str, ...]:
    """The descriptions of a speaker, most used first, without those that only repeat the name ("a letter" of a letter)."""
    return tuple(text for text in speaker.descriptions if tells(text, speaker))


def tells(description: str, speaker: StoredSpeaker) -> bool:
    """Whether a description says more of a speaker than the name does."""
    return not set(name_words(description)) - _ARTICLES <= set(name_words(speaker.name))


def description(speaker: StoredSpeaker) -> str:
    """What tells a speaker best from others of its name; "" where nothing does."""
    return next(iter(descriptions(speaker)), "")


def described(speaker: StoredSpeaker) -> str:
    """A speaker with what tells it from others of its name: Ann Bell (a rower)."""
    told = description(speaker)
    return f"{speaker.name} ({told})" if told else speaker.name

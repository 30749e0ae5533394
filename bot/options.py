"""The options of commands, and which of them something belongs to that was put under another. Pure."""

import re
from dataclasses import dataclass
from typing import Literal

from bot.asking.clauses import take_period
from bot.asking.dates import shortened
from bot.asking.outlets import take_marked_outlet, take_outlet
from bot.asking.words import WORD
from bot.errors import NotUnderstood
from bot.grammar.digest_shapes import Asked
from bot.periods import Calendar, Period

Keyword = Literal["who", "quotes", "digest"]
_OPTIONS = {
    "who": ("about", "outlet", "since", "until"),
    "quotes": ("speaker", "about", "outlet", "since", "until", "direct"),
    "digest": ("about", "since", "until"),
}
_ABOUT = re.compile(r"\w\s+(?:about|regarding|concerning)\s+\w", re.IGNORECASE)
_IN_A_SENTENCE = "Or ask in a sentence: what did Ann Bell say about ferries since Monday."


@dataclass(frozen=True, slots=True)
class Options:
    """What can be given with a command, as typed; "" for what was not."""

    speaker: str = ""
    about: str = ""
    outlet: str = ""
    since: str = ""
    until: str = ""
    direct: bool = False

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """What each option that is a text is called, and what was typed."""
        return (
            ("speaker", self.speaker),
            ("topic", self.about),
            ("outlet", self.outlet),
            ("beginning", self.since),
            ("end", self.until),
        )


def names_a_speaker(keyword: Keyword, text: str) -> NotUnderstood:
    """The error for a topic with the name of a speaker in it."""
    return _belongs(keyword, text, "names a speaker as well", "that", "speaker")


def misplaced(keyword: Keyword, given: Options, asked: Asked) -> NotUnderstood | None:
    """The error for a topic or a speaker that says what belongs to another option; None where neither does."""
    for text, called in ((given.about, "about"), (given.speaker, "speaker")):
        if text and (error := _misplaced(keyword, text, called, asked)):
            return error
    return None


def not_together(given: Options) -> NotUnderstood:
    """The error for options that no line of chat says together."""
    if given.speaker and not given.about:
        return NotUnderstood(f"“{shortened(given.speaker)}” cannot be read as a name.", f"Give a part of it. {_IN_A_SENTENCE}")
    return NotUnderstood("That cannot be asked together.", f"Give less at once. {_IN_A_SENTENCE}")


def _misplaced(keyword: Keyword, text: str, called: str, asked: Asked) -> NotUnderstood | None:
    period, rest = take_period(text, Calendar(asked.now, asked.zone))
    if period != Period():
        is_all = not WORD.search(rest)
        under = "since" if period.since else "until"
        return _belongs(keyword, text, "is a date" if is_all else "holds a date as well", "it" if is_all else "the date", under)
    if take_marked_outlet(text, asked.outlets)[0] or take_outlet(text, asked.outlets)[0]:
        return _belongs(keyword, text, "names an outlet as well", "that", "outlet")
    if called == "speaker" and _ABOUT.search(text):
        return _belongs(keyword, text, "says what about as well", "that", "about")
    read = asked.question(f"quotes about {text}")
    if read.kinds:
        return _belongs(keyword, text, "says which quotes are wanted as well", "that", "direct")
    return names_a_speaker(keyword, text) if called == "about" and read.speaker else None


def _belongs(keyword: Keyword, text: str, what: str, it: str, option: str) -> NotUnderstood:
    put = f"put {it} under {option}" if option in _OPTIONS[keyword] else f"ask for quotes with {it} under {option}"
    return NotUnderstood(f"“{shortened(text)}” {what}: {put}.", _IN_A_SENTENCE)

"""The chat grammar of all platforms: a text to one command. Plain questions first; keywords only in the shapes that they have."""

import re
from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.asking.politeness import without_politeness
from bot.asking.words import STOP_WORDS, plain
from bot.errors import NotUnderstood
from bot.grammar import alert_wordings, digest_wordings, feed_wordings, posting_wordings, zone_shapes
from bot.grammar.digest_shapes import Asked
from bot.grammar.shapes import READERS, RESTRICTED_READERS, SHAPES
from bot.grammar.small_talk import small_talk
from bot.grammar.typos import mistyped
from bot.grammar.usage import KEYWORDS, TIME_ZONE
from bot.grammar.who_shapes import who_is
from bot.requests import Ask, Command, Help

LONGEST_COMMAND = 4000  # a link can be long
# Words of their own with which questions may begin, though they are a letter away from a keyword.
_WORDS = STOP_WORDS | {"blog", "end", "fees", "feds", "logo", "long", "review", "swatch"}
# No word is taken for a mistyped one of these: too many names and topics are a letter away from them (Moore, experts).
_NEVER_MEANT = {"more", "export"}
_ADDRESSED = re.compile(r"[/@]?verbatim(?![\w'’-])[\s,:]*", re.IGNORECASE)


def parse(text: str, *, now: datetime, zone: ZoneInfo, outlets: Collection[str] = ()) -> Command:
    """Read what a person typed. `now` is timezone-aware, `outlets` are the names of the outlets in the store.

    A keyword counts only in its shape, so "help for farmers" and "people on benefits" are questions; a greeting or a call for
    help only where it is all that was typed. Raises NotUnderstood, and nothing else, with what would work: for a question that
    cannot be read, a keyword that lacks something it needs, and a keyword with a typing error.
    """
    asked = Asked(now, zone, outlets)
    if len(text) > LONGEST_COMMAND:
        return Ask(asked.question(text))
    text = plain(text)
    if addressed := _ADDRESSED.match(text):
        text = text[addressed.end() :]
        if not text:
            return Help()
    if talk := small_talk(text):
        return talk
    return _command(without_politeness(text), asked) or Ask(asked.question(text))


def _command(text: str, asked: Asked) -> Command | None:
    """The command that a text on one line is; None where it is a question."""
    line = text.rstrip("?! ")
    for wordings in (feed_wordings, alert_wordings, posting_wordings, digest_wordings, zone_shapes):
        line = wordings.in_keywords(line)
    if talk := small_talk(line or text):
        return talk
    keyword, rest = _parted(line, TIME_ZONE if line.startswith(TIME_ZONE) else "")
    if reader := READERS.get(keyword.lower()):
        return reader(rest)
    if restricted := RESTRICTED_READERS.get(keyword.lower()):
        return restricted(rest, asked)
    if asking := who_is(line, asked):
        return asking
    _refuse_misspelt(line)
    return None


def _parted(line: str, keyword: str) -> tuple[str, str]:
    """The line's first words, as many as the keyword has, and the rest."""
    words = line.split(" ")
    many = keyword.count(" ") + 1
    return " ".join(words[:many]), " ".join(words[many:])


def _refuse_misspelt(line: str) -> None:
    """Raise for a keyword with one typing error in the shape of that keyword; any other text is a question, as are "how" and "who"."""
    if line.partition(" ")[0].lower() in _WORDS:
        return
    for known in KEYWORDS:
        keyword, rest = _parted(line, known)
        if known in _NEVER_MEANT or not mistyped(keyword.lower(), known):
            continue
        try:
            shaped = READERS[known](rest) is not None if known in READERS else bool(SHAPES[known].match(rest))
        except NotUnderstood:
            shaped = False
        if shaped:
            meant = f"{known} {rest}".strip()
            if rest:
                raise NotUnderstood(f"{keyword} is not a keyword.", f"Did you mean: {meant}?", suggestions=(meant,))
            question = f"who said what about {keyword}"
            remedy = f"Did you mean: {meant}? To look for quotes: {question}."
            raise NotUnderstood(f"{keyword} is not a keyword.", remedy, suggestions=(meant, question))

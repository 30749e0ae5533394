"""Requests for digests as people word them, in the words of the chat grammar: "daily digest at 8" is "digest daily at 8"."""

import re

from bot.asking.dates import shortened
from bot.digest_shapes import FREQUENCY, RESTRICTED
from bot.digests.schedule_words import take_schedule
from bot.errors import NotUnderstood

_NUMBER = "#?(?P<number>[0-9]{1,18})"
_ONE = r"(?:the |my )?(?:digest|subscription) "
_LISTED = re.compile(r"(?:(?:list|show)(?: me)? )?(?:all )?(?:my |our |the )?(?:digests|subscriptions)", re.IGNORECASE)
_ENDED = re.compile(rf"(?:(?:stop|cancel|end) (?:{_ONE})?|(?:delete|remove) {_ONE}){_NUMBER}", re.IGNORECASE)
_DELETED = re.compile(rf"delete {_NUMBER}", re.IGNORECASE)
_OFTEN = re.compile(
    r"(?:a |the |my )?(?P<often>daily|weekly|monthly|hourly) digest"
    r"(?: (?P<rest>(?:about|by|from|on|every|each|at (?:[0-9]|noon|midnight)).*))?",
    re.IGNORECASE,
)
_SUBSCRIBED = re.compile(rf"subscribe(?: (?:me|us))?(?: (?P<how>(?:{FREQUENCY}|at [0-9]).*)| to (?P<what>.+))?", re.IGNORECASE)
_QUOTES = re.compile(r"(?:(?:the )?quotes )(?=(?:about|by|from|in|on) )", re.IGNORECASE)
_RESTRICTION = re.compile(rf"{RESTRICTED}|{FREQUENCY}", re.IGNORECASE)
_LONGEST_TOPIC = 6  # words


def in_keywords(line: str) -> str:
    """The line, which has no double spaces, in the words of the grammar if it is about digests in other ones.

    Raises NotUnderstood, with what to type, where a number may be that of an article or of a digest, and where the time is missing.
    """
    if _LISTED.fullmatch(line):
        return "subscriptions"
    if found := _ENDED.fullmatch(line):
        return f"unsubscribe {found['number']}"
    if found := _DELETED.fullmatch(line):
        number = found["number"]
        raise NotUnderstood(
            f"{number} may be an article or a digest.", f"To take an article down: remove {number}. To end a digest: unsubscribe {number}."
        )
    if found := _SUBSCRIBED.fullmatch(line):
        return _subscribed(line, found["how"], found["what"])
    return _digest(_OFTEN.fullmatch(line)) or line


def _subscribed(line: str, how: str | None, what: str | None) -> str:
    if how:
        return f"digest {how}"
    if not what:
        return "help digest"
    if often := _digest(_OFTEN.fullmatch(what)):
        return often
    what = _QUOTES.sub("", what)
    wanted = what if _RESTRICTION.match(what) else f"about {what}"
    if _has_schedule(what):
        return f"digest {wanted}"
    if len(what.split()) > _LONGEST_TOPIC:
        return line
    meant, question = f"digest daily at 8 {wanted}", f"who said what about {shortened(line)}"
    raise NotUnderstood("A digest needs a time.", f"Did you mean: {meant}? To look for quotes: {question}.", suggestions=(meant, question))


def _digest(found: re.Match[str] | None) -> str:
    return f"digest {found['often']} {found['rest'] or ''}".strip() if found else ""


def _has_schedule(text: str) -> bool:
    try:
        return take_schedule(text) is not None
    except NotUnderstood:  # which is told when the digest is read
        return True

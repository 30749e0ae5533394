"""Requests for digests as people word them, in the words of the chat grammar: "daily digest at 8" is "digest daily at 8"."""

import re

from bot.asking.dates import shortened
from bot.digests.schedule_words import take_schedule
from bot.errors import NotUnderstood
from bot.grammar.digest_shapes import FREQUENCY, RESTRICTED

_NUMBER = "#?(?P<number>[0-9]{1,18})"
_ONE = r"(?:the |my )?(?:digest|alert|subscription) "
_POSTED = re.compile(
    r"(?:(?:post|send|give|make|create|schedule|set up|start|add|i want|we want)(?: (?:me|us))? )(?:(?:a|the|one|new) )*"
    r"(?:(?P<length>short|full|long|brief) )?digest(?: (?:here|to me|to us|in here|(?:in|to) this channel|for (?:me|us)))?"
    rf"(?: (?P<rest>(?:{FREQUENCY}|at [0-9]|about |by |on ).*))?",
    re.IGNORECASE,
)
_REMINDED = re.compile(rf"remind (?:me|us) (?P<rest>{FREQUENCY}.*)", re.IGNORECASE)
_ENDED = re.compile(rf"(?:(?:stop|cancel|end) (?:{_ONE})?|(?:delete|remove) {_ONE}){_NUMBER}", re.IGNORECASE)
_DELETED = re.compile(rf"delete {_NUMBER}", re.IGNORECASE)
_KEYWORD_BEHIND = re.compile(r"digests? (?P<keyword>preview|log|send)(?: (?P<rest>.+))?", re.IGNORECASE)
_MADE = re.compile(rf"make (?:{_ONE})?{_NUMBER} (?P<how>.+)", re.IGNORECASE)
_OFTEN = re.compile(
    r"(?:a |the |my )?(?:(?P<length>short|full|long|brief) )?(?P<often>daily|weekly|monthly|hourly) digest"
    r"(?: (?P<rest>(?:about|by|from|on|every|each|at (?:[0-9]|noon|midnight)).*))?",
    re.IGNORECASE,
)
_SUBSCRIBED = re.compile(rf"subscribe(?: (?:me|us))?(?: (?P<how>(?:{FREQUENCY}|at [0-9]).*)| to (?P<what>.+))?", re.IGNORECASE)
_QUOTES = re.compile(r"(?:(?:the )?quotes )(?=(?:about|by|from|in|on) )", re.IGNORECASE)
_RESTRICTION = re.compile(rf"{RESTRICTED}|{FREQUENCY}", re.IGNORECASE)
_FREQUENCY = re.compile(FREQUENCY, re.IGNORECASE)
_LONGEST_TOPIC = 6  # words


def in_keywords(line: str) -> str:
    """The line, which has no double spaces, in the words of the grammar if it is about digests in other ones.

    Raises NotUnderstood, with what to type, where a number may be that of an article or of a digest, and where the time is missing.
    """
    if found := _POSTED.fullmatch(line):
        return f"digest {found['rest'] or ''}".strip() + (f", {found['length']}" if found["length"] else "")
    if found := _REMINDED.fullmatch(line):
        return f"digest {found['rest']}"
    if found := _ENDED.fullmatch(line):
        return f"unsubscribe {found['number']}"
    if found := _DELETED.fullmatch(line):
        number = found["number"]
        raise NotUnderstood(
            f"{number} may be an article or a digest.", f"To take an article down: remove {number}. To end a digest: unsubscribe {number}."
        )
    if found := _KEYWORD_BEHIND.fullmatch(line):
        return _behind_digest(found["keyword"].lower(), found["rest"] or "")
    if found := _MADE.fullmatch(line):
        return f"change {found['number']} to {found['how']}"
    if found := _SUBSCRIBED.fullmatch(line):
        return _subscribed(line, found["how"], found["what"])
    if often := _digest(_OFTEN.fullmatch(line)):
        return often
    _refuse_bare_schedule(line)
    return line


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


def _behind_digest(keyword: str, rest: str) -> str:
    """A keyword that stands behind "digest": what it would show of a restriction is a digest as well."""
    shows_one = keyword == "preview" and rest and not re.fullmatch(f"(?:{_ONE})?{_NUMBER}", rest, re.IGNORECASE)
    return f"preview digest {rest}" if shows_one else f"{keyword} {rest}".strip()


def _digest(found: re.Match[str] | None) -> str:
    if found is None:
        return ""
    length = f", {found['length']}" if found["length"] else ""
    return f"digest {found['often']} {found['rest'] or ''}".strip() + length


def _refuse_bare_schedule(line: str) -> None:
    """Raise for a schedule of a digest without "digest", also with a typing error in it: it would find nothing as a question."""
    if not _FREQUENCY.match(line):
        return
    try:
        taken = take_schedule(line, behind="digest")
    except NotUnderstood as error:
        if error.suggestions:
            raise
        return
    if taken is not None and (not taken.rest or _RESTRICTION.match(taken.rest)):
        meant, question = f"digest {line}", f"who said what about {shortened(line)}"
        remedy = f"Did you mean: {meant}? To look for quotes: {question}."
        raise NotUnderstood("A schedule alone is no question.", remedy, suggestions=(meant, question))


def _has_schedule(text: str) -> bool:
    try:
        return take_schedule(text) is not None
    except NotUnderstood:  # which is told when the digest is read
        return True

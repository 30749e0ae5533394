"""The shapes of alerts: what follows "watch", to a command; None where it is a question."""

import re
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.asking.forms import SAID
from bot.asking.question import Question
from bot.asking.words import STOP_WORDS, WORD, topic_words
from bot.digests.schedule_words import take_schedule
from bot.digests.zones import zone_called
from bot.errors import NotUnderstood
from bot.grammar.digest_shapes import EVERYTHING, Asked, refuse_unread_outlet
from bot.grammar.digest_wishes import take_wishes
from bot.grammar.usage import misused
from bot.requests import Command, Watch

WATCHED = r"(?:(?:quotes|everything)(?: (?:about|on|by|from|in)\b|$)|about|on|by|from|in|what|for|out for)\b|(?:\S+ ?){1,6}$"
_LONGEST_PLAIN = 6  # words
_FOR = re.compile(r"(?:out )?for ", re.IGNORECASE)
_RESTRICTED = re.compile(r"(?:about|on|by|from|in) ", re.IGNORECASE)
_QUOTES = re.compile(r"(?:(?:all |every |any |new )*quotes?|everything|anything) (?=(?:about|on|by|from|in) )", re.IGNORECASE)
_SAYING = re.compile(r"(?:what|whatever|everything|anything) (?=.+ (?:say|says|said)\b)", re.IGNORECASE)
_BY = re.compile(r"\bby ", re.IGNORECASE)
_OFTEN = re.compile(r"(?P<what>.+?),? (?:once )?(?:every|each|per|in) (?P<gap>(?:[0-9]{1,4} ?)?min(?:ute)?s?)", re.IGNORECASE)
# What may be the names of several, which are looked up as those of one may be.
_SEVERAL = re.compile(r"(?P<who>[^“”\"]+? (?:and|or|&) [^“”\"]+?)(?: (?:on|about) (?P<topic>[^“”\"]+))?", re.IGNORECASE)
_ZONE = re.compile(r"(?P<rest>.*?), *(?P<zone>[^,]*[^, ])$")
_TIME = re.compile(r"(?: local)? time(?: ?zone)?$", re.IGNORECASE)


def read_watch(rest: str, asked: Asked) -> Command | None:
    """Whom or what to watch, with wishes and a zone behind commas.

    A few words, which may be a name, are looked up when the alert is set up; what goes on for longer without saying "about", "by"
    or "in" is a question. Raises NotUnderstood for what an alert cannot be.
    """
    if not rest:
        raise misused("watch")
    wishes, about = take_wishes(rest, behind="watch")
    zone, about = _take_zone(about)
    about = _FOR.sub("", about, count=1).strip(" ,;:") if _FOR.match(about) else about.strip(" ,;:")
    wanted = _wanted(about, asked)
    return None if wanted is None else Watch(wanted, zone, wishes)


def _wanted(about: str, asked: Asked) -> Question | None:
    if EVERYTHING.fullmatch(about):
        return Question()
    if outlet := next((one for one in asked.outlets if one.casefold() == about.casefold()), ""):
        return Question(outlet=outlet)
    explicit = bool(_RESTRICTED.match(about) or _QUOTES.match(about) or _SAYING.match(about))
    words = WORD.findall(about)
    if not explicit and (len(words) > _LONGEST_PLAIN or STOP_WORDS.issuperset(word.lower() for word in words)):
        return None
    _refuse_schedule(about, asked)
    found = asked.question(f"quotes {_QUOTES.sub('', about)}" if _RESTRICTED.match(_QUOTES.sub("", about)) else about)
    refuse_unread_outlet(_QUOTES.sub("", about), found)
    if found.when:
        raise NotUnderstood("An alert tells what is said from now on.", "Leave the date out: watch ferries.")
    if found.reports != SAID:
        raise NotUnderstood("An alert tells what is said, and no attitudes.", "Type: watch quotes by Ann Bell.")
    if found.kinds:
        raise NotUnderstood("An alert tells all that is said, direct and indirect quotes alike.", "Leave the kind out: watch ferries.")
    if explicit or _BY.search(about):
        return replace(found, otherwise=None)
    several = _SEVERAL.fullmatch(about)
    if several and not found.speaker:
        return Question(topic=topic_words(several["topic"] or ""), speaker=several["who"], otherwise=found)
    return found


def _take_zone(about: str) -> tuple[ZoneInfo | None, str]:
    """The zone that stands behind the last comma ("Asia/Tokyo", "London time"), and the rest."""
    found = _ZONE.fullmatch(about)
    if found is None or not ("/" in found["zone"] or _TIME.search(found["zone"])):
        return None, about
    zone = zone_called(_TIME.sub("", found["zone"]))
    return (zone, found["rest"]) if zone else (None, about)


def _refuse_schedule(about: str, asked: Asked) -> None:
    if found := _OFTEN.fullmatch(about):
        meant = f"watch {found['what']}, at most every {found['gap']}"
        raise NotUnderstood("An alert comes when something is new.", f"Did you mean: {meant}?", suggestions=(meant,))
    taken = take_schedule(about, outlets=asked.outlets, behind="digest")
    if taken is None:
        return
    restriction = taken.rest if _RESTRICTED.match(taken.rest) or not taken.rest else f"about {taken.rest}"
    meant = f"digest {taken.schedule} {restriction}".strip()
    raise NotUnderstood("An alert comes when something is new, a digest on a schedule.", f"Did you mean: {meant}?", suggestions=(meant,))

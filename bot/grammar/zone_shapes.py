"""The shapes of requests for the time zone that holds where they are typed: asked for, or set. Pure."""

import re

from bot.digests.zones import unknown_zone, zone_called, zones_near
from bot.errors import NotUnderstood
from bot.grammar.correction_shapes import ASKING
from bot.grammar.usage import TIME_ZONE
from bot.requests import Command, TimeZone

_OURS = r"(?:(?:the|my|our|your|this|this server['’]s) )?"
_ASKED = re.compile(
    rf"(?:what|which)(?:['’]s| is)? {_OURS}time[ -]?zone(?: (?:is|holds)(?: (?:it|this|that|set|used))?)?(?: here)?", re.IGNORECASE
)
_SAID = re.compile(
    rf"(?:(?:set|change|switch|use) )?{_OURS}time[ -]?zone(?::|(?= )|$)(?: (?:to|is|as|=)(?= ))? ?(?P<rest>.*)", re.IGNORECASE
)
_MOST_WORDS = 3  # Dar es Salaam
_LONGEST_NAME = 60  # characters


def in_keywords(line: str) -> str:
    """The line in the words of the grammar if it is about the time zone in other ones: "set the timezone to Rome" is "time zone Rome"."""
    if _ASKED.fullmatch(line):
        return TIME_ZONE
    found = _SAID.fullmatch(line)
    return f"{TIME_ZONE} {found['rest']}".strip() if found else line


def read_time_zone(rest: str) -> Command | None:
    """Nothing, or the name of a zone or city. Raises NotUnderstood, with the nearest names, for what can only be meant as one."""
    name = rest.strip(' .,;:"“”')
    if not name:
        return TimeZone()
    if zone := zone_called(name):
        return TimeZone(zone)
    if ASKING.search(name) or len(name.split()) > _MOST_WORDS or len(name) > _LONGEST_NAME:
        return None
    wrong = unknown_zone(name)
    question = f"who said what about {TIME_ZONE} {name}"
    suggestions = (*(f"{TIME_ZONE} {near}" for near in zones_near(name)), question)
    raise NotUnderstood(wrong.what, f"{wrong.remedy} To look for quotes: {question}.", suggestions=suggestions)

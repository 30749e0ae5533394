"""Requests for feeds as people word them, in the words of the chat grammar: "pause the feed 3" is "feeds pause 3"."""

import re

from bot.grammar.usage import FEEDS

_THE = r"(?:(?:the|a|an|this|that|my|our|new|rss|atom) )*"
_WHICH = r"(?P<which>failing|failed|broken|paused)"
_ADDRESS = r"<?(?:https?://|(?:[\w-]+\.)+[^\W\d_]{2,}(?:[/?,; ]|$)).*"
_ONE = re.compile(r"feed(?P<rest>(?: .+)?)", re.IGNORECASE)
_LISTED = re.compile(
    rf"(?:(?:list|show|give)(?: (?:me|us))? )?(?:(?:all|the|my|our|of) )*(?:{_WHICH} )?feeds"
    r"|(?:which|what) feeds (?:are (?:there|read|followed)|do (?:you|we) (?:read|have|follow))"
    rf"|(?:which|what) feeds (?:are )?(?P<standing>fail|failing|broken|paused)",
    re.IGNORECASE,
)
_ADDED = re.compile(rf"(?P<verb>add|subscribe to|follow|preview) {_THE}feed(?:(?: (?:at|from|of))? (?P<rest>{_ADDRESS}))?", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?P<verb>show|set|change|pause|resume|unpause|check|move|remove|delete)(?: (?:me|us))? (?:(?:the|my|our) )?feed (?P<rest>#?[0-9].*)",
    re.IGNORECASE,
)
_UNNUMBERED = re.compile(r"(?P<verb>pause|resume|check|move|remove|delete) (?:(?:the|my|our|a) )?feed", re.IGNORECASE)
_IMPORTED = re.compile(rf"import {_THE}(?:feeds|opml)(?:(?: (?:at|from|of))? (?P<rest>{_ADDRESS}))?", re.IGNORECASE)
_EXPORTED = re.compile(
    r"export (?:(?:all|the|my|our|of) )*(?:feeds(?: (?:as|to) (?:an? )?opml(?: file)?)?|opml)|feeds? as opml", re.IGNORECASE
)
_VERBS = {"subscribe to": "add", "follow": "add", "unpause": "resume", "delete": "remove"}
_STANDING = {"fail": "failing", "failed": "failing", "broken": "failing"}


def in_keywords(line: str) -> str:
    """The line, which has no double spaces, in the words of the grammar if it is about feeds in other ones."""
    if found := _ONE.fullmatch(line):
        return f"{FEEDS}{found['rest']}"
    if found := _LISTED.fullmatch(line):
        which = (found["which"] or found["standing"] or "").lower()
        return f"{FEEDS} {_STANDING.get(which, which)}".rstrip()
    if found := _ADDED.fullmatch(line) or _NUMBERED.fullmatch(line):
        verb = found["verb"].lower()
        return f"{FEEDS} {_VERBS.get(verb, verb)} {found['rest'] or ''}".rstrip()
    if found := _UNNUMBERED.fullmatch(line):
        verb = found["verb"].lower()
        return f"{FEEDS} {_VERBS.get(verb, verb)}"
    if found := _IMPORTED.fullmatch(line):
        return f"{FEEDS} import {found['rest'] or ''}".rstrip()
    return f"{FEEDS} export" if _EXPORTED.fullmatch(line) else line

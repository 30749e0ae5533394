"""Requests about feeds as the command line takes them: "feeds add https://…; outlet: Harbour Post" with an option for each wish. Pure."""

import re
import shlex

_WITH_NUMBER = frozenset({"show", "check", "pause", "resume", "move", "remove"})
_OPTIONS = {"outlet": "--outlet", "language": "--language", "zone": "--zone"}
_LISTS = {"failing": "--failing", "paused": "--paused"}
_PLAIN = {"full text": "--full-text", "feed text": "--feed-text"}
_NONE = "none"


def feed_command(request: str) -> str | None:
    """A request about feeds, as replies suggest it, safe to paste into a shell; None where there is no such command."""
    said, *wishes = re.split(r";\s+", request.removesuffix(";"))
    match said.split():
        case ["feeds"] | ["feeds", "after", _]:
            return "verbatim feeds"
        case ["feeds", which] | ["feeds", which, "after", _] if which in _LISTS:
            return f"verbatim feeds list {_LISTS[which]}"
        case ["feeds", doing, number] if doing in _WITH_NUMBER and number.isdigit():
            return f"verbatim feeds {doing} {number}"
        case ["feeds", "add" | "preview" | "set" | "import" as doing, what]:
            return shlex.join(["verbatim", "feeds", doing, what, *(word for wish in wishes for word in _option(wish))])
        case ["feeds", "export"]:
            return "verbatim feeds export"
    return None


def _option(wish: str) -> tuple[str, ...]:
    name, _, value = wish.partition(": ")
    if wish in _PLAIN:
        return (_PLAIN[wish],)
    if wish == "no filters":
        return "--filter", ""
    if name in _OPTIONS:
        return _OPTIONS[name], "" if value == _NONE else value
    return "--filter", wish

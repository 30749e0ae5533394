"""What is posted in a channel, asked for and stopped as people word it, in the words of the chat grammar."""

import re

from bot.errors import NotUnderstood

_ONE = r"(?:the |my )?(?:digest|alert|subscription) "
_LISTED = re.compile(
    r"(?:(?:list|show)(?: me)? )?(?:all )?(?:my |our |the )?(?:digests|subscriptions)|list"
    r"|what (?:is|gets|will be) posted(?: (?:in )?(?:here|this channel|the channel))?"
    r"|what (?:do|will) you (?:post|send)(?: (?:in )?(?:here|us|me|this channel))?"
    r"|what (?:do|will|does|are) (?:i|we|this channel) get(?:ting)?(?: here)?"
    r"|when (?:is|comes|does|will) (?:the|our|my) next (?:digest|alert)(?: (?:due|come|here|coming))?",
    re.IGNORECASE,
)
_LOGGED = re.compile(
    r"(?:show(?: me)? )?(?:the )?(?:digest |delivery |alert )?log|what (?:was|has been|did you) (?:posted|post|sent|send)"
    r"(?: (?:here|today))?"
    r"|(?:why|where) (?:was|is|were) (?:there )?(?:no|the|my|our) (?:digest|alert)s?"
    r"(?: (?:posted|sent|here|today|yesterday|tonight|this morning|last night))*"
    r"|why did (?:the|my|our|no) (?:digest|alert)s? (?:not )?(?:come|arrive)(?: (?:here|today|yesterday|this morning))?",
    re.IGNORECASE,
)
_SENT = re.compile(rf"post (?:{_ONE})?#?(?P<number>[0-9]{{1,18}})(?: now)?", re.IGNORECASE)
_SNOOZED = re.compile(rf"snooze (?:{_ONE})?(?P<what>#?[0-9]{{1,18}}(?: for .+)?)", re.IGNORECASE)
_SEVERAL = re.compile(
    r"(?P<keyword>mute|unmute|pause|resume|unsubscribe|stop|cancel|end|send|post|snooze)(?: from)?"
    r" (?:(?:the |my )?(?:digests |alerts )?(?P<numbers>#?[0-9]{1,18}(?:(?:,| and|, and|,? &) ?#?[0-9]{1,18})+)"
    r"|all|everything|both|(?:all )?(?:of )?(?:them|(?:the |my |our )?(?:digests|alerts|subscriptions)(?: here)?))",
    re.IGNORECASE,
)
_KEYWORDS = {"stop": "unsubscribe", "cancel": "unsubscribe", "end": "unsubscribe", "post": "send", "snooze": "mute"}
_MOST_SUGGESTED = 5


def in_keywords(line: str) -> str:
    """The line in the words of the grammar if it is about what is posted, or was: "what is posted here" is "subscriptions".

    Raises NotUnderstood, with what to type, for what shall be done with several at once, or with one that is not named.
    """
    if _LISTED.fullmatch(line):
        return "subscriptions"
    if _LOGGED.fullmatch(line):
        return "log"
    if line.lower() in ("stop", "cancel"):
        raise _by_its_number("unsubscribe")
    if several := _SEVERAL.fullmatch(line):
        raise _one_at_a_time(several["keyword"].lower(), several["numbers"] or "")
    if sent := _SENT.fullmatch(line):
        return f"send {sent['number']}"
    if snoozed := _SNOOZED.fullmatch(line):
        return f"mute {snoozed['what']}"
    return line


def _by_its_number(keyword: str) -> NotUnderstood:
    remedy = f"'subscriptions' lists them. Then type: {keyword} 3."
    return NotUnderstood("Digests and alerts go by their numbers, one at a time.", remedy, suggestions=("subscriptions",))


def _one_at_a_time(spoken: str, numbers: str) -> NotUnderstood:
    keyword = _KEYWORDS.get(spoken, spoken)
    meant = tuple(f"{keyword} {number}" for number in re.findall("[0-9]+", numbers))[:_MOST_SUGGESTED]
    if not meant:
        return _by_its_number(keyword)
    return NotUnderstood("Digests and alerts go by their numbers, one at a time.", f"Type: {'; then: '.join(meant)}.", suggestions=meant)

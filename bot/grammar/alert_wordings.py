"""Requests for alerts as people word them, in the words of the chat grammar: "alert me about ferries" is "watch about ferries"."""

import re

from bot.errors import NotUnderstood

_US = "(?: (?:me|us|this channel|the channel|here))"
_ALERT = r"(?:(?:a|an|the|new|some) )*alerts?"
_LISTED = re.compile(r"(?:(?:list|show)(?: me)? )?(?:all )?(?:my |our |the )?(?:alerts|digests and alerts)", re.IGNORECASE)
_ENDED = re.compile(r"(?:unwatch|stop watching|stop alerting (?:me|us) (?:about|to|of|on)) (?P<what>.+)", re.IGNORECASE)
_SET_UP = re.compile(
    rf"(?:(?:set up|create|add|make|start|give (?:me|us)|send (?:me|us)|i want|subscribe(?: (?:me|us))? to) {_ALERT}"
    rf"|(?:notify|alert|warn|ping){_US}|alerts?)"
    r" (?P<word>about|on|of|to|for|by|from|when|whenever|if|as soon as|every time|each time)(?: that)? (?P<what>.+)",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"(?:tell|message) (?:me|us) (?:when|whenever|if|as soon as|every time|each time) (?P<tells>.+)"
    r"|let (?:me|us) know (?:when|whenever|if|as soon as|every time|each time) (?P<lets>.+)",
    re.IGNORECASE,
)
_LOOKED_OUT = re.compile(r"(?:keep an eye (?:out for|on)|look out for|be on the lookout for) (?P<what>.+)", re.IGNORECASE)
_IS = "(?: is|'s|’s| are)"
_SPEAKS = (
    r"(?:speaks?|talks?|comments?|(?:says?|has) (?:something|anything|things)(?: new)?(?: to say)?|says?|is quoted|are quoted"
    r"|makes? (?:a|any) (?:statement|comment))"
)
_SOMEBODY = r"(?:somebody|someone|anybody|anyone|people|a person|they)"
_ABOUT_SOMETHING = re.compile(rf"{_SOMEBODY} {_SPEAKS} (?:about|on) (?P<topic>.+)", re.IGNORECASE)
_BY_SOMEBODY = re.compile(rf"(?P<who>.+?) {_SPEAKS}(?: again)?(?: (?:about|on) (?P<topic>.+))?", re.IGNORECASE)
_NEWS = re.compile(
    rf"there{_IS} (?:(?:something|anything|any|a|an) ?)?(?:new )?(?:news|quotes?)? ?(?:new )?(?P<rest>(?:about|on|by|from|in) .+)",
    re.IGNORECASE,
)
_MENTIONED = re.compile(r"(?P<topic>.+?) (?:is|are|gets?) (?:mentioned|in the news|talked about|discussed)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:the |my )?(?:alert |digest )?#?(?P<number>[0-9]{1,18})", re.IGNORECASE)
_RESTRICTED = re.compile(r"(?:(?:all |any |new )*quotes? )?(?:about|on|by|from|in) ", re.IGNORECASE)


def in_keywords(line: str) -> str:
    """The line, which has no double spaces, in the words of the grammar if it is about alerts in other ones.

    Raises NotUnderstood, with what to type, where it is not said by number which one shall end.
    """
    if _LISTED.fullmatch(line):
        return "subscriptions"
    if ended := _ENDED.fullmatch(line):
        if number := _NUMBER.fullmatch(ended["what"]):
            return f"unsubscribe {number['number']}"
        raise NotUnderstood(
            "An alert ends by its number.", "'subscriptions' lists them. Then type: unsubscribe 3.", suggestions=("subscriptions",)
        )
    if looked_out := _LOOKED_OUT.fullmatch(line):
        return f"watch {looked_out['what']}"
    if set_up := _SET_UP.fullmatch(line):
        word, what = set_up["word"].lower(), set_up["what"]
        if word in ("about", "on", "of"):
            return f"watch {what}" if _RESTRICTED.match(what) else f"watch about {what}"
        if word in ("by", "from"):
            return f"watch {word} {what}"
        return f"watch {what}" if word in ("to", "for") else _when(what) or line
    if told := _TOLD.fullmatch(line):
        return _when(told["tells"] or told["lets"]) or line
    return line


def _when(what: str) -> str:
    """What happens, as what to watch; "" where that is nothing that is told here."""
    if found := _ABOUT_SOMETHING.fullmatch(what):
        return f"watch about {found['topic']}"
    if found := _NEWS.fullmatch(what):
        return f"watch {found['rest']}"
    if found := _BY_SOMEBODY.fullmatch(what):
        about = f" about {found['topic']}" if found["topic"] else ""
        return f"watch quotes by {found['who']}{about}"
    if found := _MENTIONED.fullmatch(what):
        return f"watch about {found['topic']}"
    return ""

"""What people type before they ask anything: greetings, thanks and calls for help. Only a whole text counts as that."""

import re

from bot.grammar.usage import KEYWORDS
from bot.requests import Help, Thanks

_ALSO = {"alert": "watch", "schedule": "digest"}
_KEYWORD = "|".join((*(keyword.removesuffix("s") for keyword in KEYWORDS), *_ALSO))
_CALLS = re.compile(
    r"[?!. ]+|(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day))(?: (?:there|all|everyone|team|verbatim))?"
    r"|(?:i need )?help(?: me)?|(?:can|could) you help(?: me)?"
    r"|(?:who|what) are you|what (?:can|do) you do|what can (?:i|we) (?:do|ask|type)(?: here)?|what(?: is|'s) (?:this|verbatim)"
    r"|how (?:do|can) (?:i|we) use (?:this|it|you|verbatim)|how (?:do|does) (?:this|it|you|verbatim) work",
)
_CALLS_FOR_ONE = re.compile(rf"(?:help(?: me)?(?: (?:with|on|using))?(?: the)?|how do i use(?: the)?) (?P<keyword>{_KEYWORD})s?")
_THANKS = re.compile(r"(?:(?:ok|okay|great|many),? )?(?:thanks|thank you|thx)(?:,? (?:a lot|very much|so much|again|verbatim))?")


def small_talk(text: str) -> Help | Thanks | None:
    """What a text on one line wants that asks nothing of the store; None for any other."""
    said = text.lower().replace("’", "'")
    said = said.rstrip("?!.,:) ") or said
    if _THANKS.fullmatch(said):
        return Thanks()
    if found := _CALLS_FOR_ONE.fullmatch(said):
        if found["keyword"] in _ALSO:
            return Help(_ALSO[found["keyword"]])
        return Help(next(keyword for keyword in KEYWORDS if keyword.removesuffix("s") == found["keyword"]))
    return Help() if _CALLS.fullmatch(said) else None

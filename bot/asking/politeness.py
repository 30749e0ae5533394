"""What people say around a request out of politeness: taken off, so that nobody is asked about "bridge thanks". Pure."""

import re

_BEFORE = re.compile(
    # "Hello Kitty" may be asked about: a greeting is one before a mark, or before a word with which requests begin.
    r"(?:(?:hi|hello|hey|hiya|dear|good\s+(?:morning|afternoon|evening|day)|ok|okay|thanks|thank\s+you)"
    r"(?:\s+(?:there|all|everyone|team|verbatim))?(?:\s*[,!.:;–-]+\s*"
    r"|\s+(?=(?:who|what|where|how|did|does|has|please|can|could|would|show|tell|find|give|any|quotes?|attitudes|i)\b))"
    r"|please\b[,\s]*|kindly\s+|(?:can|could|would|will)\s+you\s+(?:please\s+)?"
    r"|remind\s+(?:me|us)\s+(?:of\s+)?(?=(?:who|what|where|how)\b)"
    r"|help\s+(?:me|us)\s+(?:to\s+)?(?=(?:find|search|look|see|get|learn|know)\b)"
    r"|do\s+you\s+(?:happen\s+to\s+)?know\s+(?=(?:who|what|where|how)\b)"
    r"|(?:i\s+(?:want|need|wish|would\s+like|['’]?d\s+like)|i['’]d\s+like|we\s+(?:want|need|would\s+like))\s+to\s+(?:know|learn|see|find(?:\s+out)?)\s+)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:(?:show(?:\s+(?:me|us))?|tell\s+(?:me|us)|give\s+(?:me|us)|gimme|get(?:\s+(?:me|us))?|list|find(?:\s+(?:me|us))?|pull\s+up|search(?:\s+for)?"
    r"|look\s+(?:for|up)|(?:(?:i['’]?m|i\s+am|we['’]?re|we\s+are)\s+)?(?:looking|searching)\s+for|(?:i|we)\s+(?:want|need|would\s+like)"
    r"|(?:i|we)['’]d\s+like|(?:can|could|may)\s+(?:i|we)\s+(?:get|have|see)|(?:do|have)\s+(?:you|we|i)\s+(?:have|got|get)|(?:is|are)\s+there(?=\s+(?:any|anything|something|quotes?|comments?)\b)"
    r"|what\s+do\s+(?:you|we)\s+(?:have|know)\s+(?:about|on)(?=\s+\S)|(?:and\s+)?(?:what|how)\s+about(?=\s+\S)),?\s+)+",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?:(?:,?\s+please|[,.;:!?–-]+\s*(?:many\s+)?(?:thanks|thx|cheers|ta)|[,.;:!?–-]*\s+(?:many\s+thanks|thank\s+you|thanks\s+in\s+advance))"
    r"(?:\s+(?:a\s+lot|very\s+much|so\s+much|in\s+advance|again|verbatim|all|everyone|team))*[\s!.]*)$",
    re.IGNORECASE,
)


def without_politeness(text: str) -> str:
    """The request in a text on one line; the text itself where it is nothing but politeness."""
    asked = text
    while (found := _BEHIND.search(asked)) and asked[: found.start()].strip():
        asked = asked[: found.start()]
    while (found := _BEFORE.match(asked)) and asked[found.end() :].strip(" ?!.,"):
        asked = asked[found.end() :]
    return asked


def without_lead(text: str) -> str:
    """A text without what asks for an answer before it says which one: "show me", "are there any", "what about"."""
    found = _LEAD.match(text)
    return text[found.end() :] if found else text

"""Questions for the newest quotes: "latest from Healey", "what's new on ferries". Pure."""

import re

_LATEST = r"(?:very\s+latest|latest|newest|most\s+recent)"
_WORDS = r"(?:direct|indirect|mixed|quotes?|quotations?|statements?|comments?|remarks?|attitudes|views|opinions)\b"
_WHAT = r"(?:what(?:['’]?s|\s+(?:is|was|are|were))\s+)?(?:(?:any|all|some|the)\s+)*"
_BEHIND = r"(?=(?:from|by|on|about|in|re|regarding|concerning)\b)"
_SAID = r"(?:say|said|saying|talk|talked|speak|spoke|spoken|mention|mentioned|comment|commented|tell|told)"
_UNITS = r"(?!\s+(?:week|weekend|month|year|night|[a-z]+day|few|couple|[0-9]+|two|three)\b)"

_SHAPES = tuple(
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        (rf"^{_WHAT}(?:{_LATEST}|recent|new)\s+(?={_WORDS})", ""),
        (rf"^{_WHAT}last\s+{_WORDS}\s*(?=(?:from|by|of|on|about)\b)", "quotes "),
        (rf"^{_WHAT}(?:{_LATEST}|last)\s+(?:thing|words?)\s+(?:that\s+)?(?!from\b|by\b|on\b|about\b)(?=\S)", "what "),
        (rf"^{_WHAT}{_LATEST}(?:\s+(?:news|updates?|words?|things?))?(?:\s+{_BEHIND}|$)", "quotes "),
        (rf"^(?:(?:any|some|the|more)\s+)*(?:news|updates?)\s+{_BEHIND}", "quotes "),
        (r"^(?:what(?:['’]?s|\s+is)|anything|something)\s+new\s+with\s+", "quotes about "),
        (rf"^(?:what(?:['’]?s|\s+is)|anything|something)\s+new(?:\s+{_BEHIND}|$)", "quotes "),
        (rf"(?<=['’]s)\s+(?:{_LATEST}|recent|new)\s+(?={_WORDS})", " "),
        (rf"(?<=['’]s)\s+{_LATEST}(?:\s+{_BEHIND}|$)", " quotes "),
        (r"[,;]?\s+\(?(?:newest|latest|most\s+recent)\s+first\)?$", ""),
        (rf"\b(?:last|recently|lately)\s+(?={_SAID}\b)", ""),
        (rf"(?<=\b)(?P<said>{_SAID})\s+(?:last{_UNITS}|recently|lately)\b", r"\g<said>"),
        (r"\s+(?:recently|lately)$", ""),
    )
)


def take_newest(text: str) -> tuple[bool, str]:
    """Whether a text on one line asks for the newest, and the text as one that asks for quotes alone."""
    for shape, instead in _SHAPES:
        if found := shape.search(text):
            return True, " ".join(f"{text[: found.start()]}{found.expand(instead)}{text[found.end() :]}".split())
    return False, text

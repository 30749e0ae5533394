"""The shapes of what corrects quotes and people: what follows a keyword, to a command; None where it is a question all the same."""

import re

from bot.grammar.usage import misused
from bot.requests import Command, Fix, Merge, Reject, Split, Undo

NUMBER = r"(?:quote\s+|article\s+)?(?:#|no\.?\s*)?(?P<number>[0-9]{1,18})"
ASKING = re.compile(r"\b(?:about|on|say|says|said|who|what|since|in|and|for|with|against|of|to|have|are|were|want)\b", re.IGNORECASE)
_FIX = re.compile(rf"{NUMBER}(?:\s*[:,]?\s+(?P<what>.*))?", re.IGNORECASE)
_FIX_SPEAKER = re.compile(r"(?:the\s+)?(?:speaker|by|is\s+by)(?:\s+(?:is|to))?\b\s*[:=]?\s*(?P<name>.*)", re.IGNORECASE)
_NOT_A_QUOTE = re.compile(r"(?:is\s+)?not?\s+(?:a\s+)?quote", re.IGNORECASE)
_MERGE = re.compile(r"(?P<name>.+?)\s+(?:into|with)\s+(?P<into>.+)", re.IGNORECASE)
_SPLIT = re.compile(
    r"(?P<name>.+?)\s*[,:]?\s+(?:in\s+)?articles?\s+(?P<articles>#?[0-9]{1,18}(?:(?:\s*,\s*|\s+and\s+|\s+)#?[0-9]{1,18})*)"
    r"(?:\s+(?:as|into|to)\s+(?P<new>.+))?",
    re.IGNORECASE,
)


def read_merge(rest: str) -> Command | None:
    """Such as "Bell into Ann Bell". Raises NotUnderstood where the second name is missing."""
    if found := _MERGE.fullmatch(rest):
        return Merge(_bare(found["name"]), _bare(found["into"]))
    # "merge ferry companies" is a question; "merge Bell Ann Bell" and "merge a b" lack their "into".
    words = rest.split()
    if not rest or (not ASKING.search(rest) and (len(words) == 2 or all(word[0].isupper() for word in words))):
        raise misused("merge", rest)
    return None


def read_split(rest: str) -> Command | None:
    """Such as "Brandt articles 3, 5 as Lucy Brandt". Raises NotUnderstood for nothing."""
    if found := _SPLIT.fullmatch(rest):
        articles = tuple(dict.fromkeys(int(number) for number in re.findall("[0-9]+", found["articles"])))
        return Split(_bare(found["name"]), articles, _bare(found["new"] or ""))
    if not rest:
        raise misused("split")
    return None


def read_fix(rest: str) -> Command | None:
    """Such as "12 speaker Ann Bell" and "12 not a quote". Raises NotUnderstood for a number with anything else."""
    found = _FIX.fullmatch(rest)
    if found is None:
        if not rest:
            raise misused("fix")
        return None
    number, what = int(found["number"]), (found["what"] or "").strip(" .")
    if _NOT_A_QUOTE.fullmatch(what):
        return Reject(number)
    speaker = _FIX_SPEAKER.fullmatch(what)
    if speaker is None or not (name := _bare(speaker["name"])):
        raise misused("fix", rest)
    return Fix(number, name)


def read_undo(rest: str) -> Command | None:
    """A number, or nothing: one's newest correction."""
    found = re.fullmatch(rf"(?:correction\s+)?{NUMBER}", rest, re.IGNORECASE)
    return Undo(int(found["number"])) if found else None if rest else Undo()


def _bare(name: str) -> str:
    return name.strip().strip("\"“”'‘’").strip()

"""The chat grammar of all platforms: a text to one command. Plain questions first; keywords only in the shapes that they have."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.asking import question
from bot.asking.dates import shortened
from bot.asking.question import Question
from bot.asking.words import plain
from bot.errors import NotUnderstood
from bot.typos import mistyped


@dataclass(frozen=True, slots=True)
class Ask:
    """A question about quotes."""

    question: Question


@dataclass(frozen=True, slots=True)
class Show:
    """An article with its quotes marked; `reference` is its number, URL or words of its headline."""

    reference: str


@dataclass(frozen=True, slots=True)
class People:
    """The speakers, or those who go by `name`."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """Two speakers are one: `name` goes into `into`."""

    name: str
    into: str


@dataclass(frozen=True, slots=True)
class Split:
    """What these articles quote of `name` is another's; `new_name` is "" where the name stays the same."""

    name: str
    articles: tuple[int, ...]
    new_name: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """A quote has another speaker."""

    quote_id: int
    speaker: str


@dataclass(frozen=True, slots=True)
class Reject:
    """A quote is none."""

    quote_id: int


@dataclass(frozen=True, slots=True)
class Undo:
    """A correction is taken back: the one with this number, or the newest."""

    correction_id: int | None = None


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections made."""


@dataclass(frozen=True, slots=True)
class Remove:
    """An article is taken down with all that came from it; `reference` is its number, URL or identity."""

    reference: str


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest. `asked` holds its period, and what it is restricted to, as a question has them."""

    asked: Question


@dataclass(frozen=True, slots=True)
class Status:
    """What the store holds."""


@dataclass(frozen=True, slots=True)
class Help:
    """What can be typed."""


Correction = Fix | Reject | Merge | Split | Undo | Corrections | Remove
Command = Ask | Show | People | Digest | Status | Help | Correction

USAGE = {
    "help": "help",
    "show": "show 12 (an article's number, link, or words of its headline)",
    "quotes": "quotes by Keir Starmer since Monday",
    "attitudes": "attitudes by Keir Starmer since Monday (what people think or want)",
    "people": "people, or people Starmer",
    "merge": "merge Starmer into Keir Starmer",
    "split": "split Brandt articles 3, 5 as Lucy Brandt",
    "fix": "fix 12 speaker Keir Starmer, or fix 12 not a quote",
    "undo": "undo, or undo 3",
    "corrections": "corrections",
    "remove": "remove 12 (an article's number or link)",
    "digest": "digest, or digest about ferries since Monday",
    "status": "status",
}
LONGEST_COMMAND = 4000  # a link can be long


def parse(text: str, *, now: datetime, zone: ZoneInfo, outlets: Collection[str] = ()) -> Command:
    """Read what a person typed. `now` is timezone-aware, `outlets` are the names of the outlets in the store.

    A keyword counts only in its shape, so "help for farmers" and "people on benefits" are questions. Raises NotUnderstood,
    and nothing else, with what would work: for a question that cannot be read, a keyword that lacks something it needs, and
    a keyword with a typing error.
    """
    if len(text) > LONGEST_COMMAND:
        return Ask(question.parse(text, now=now, zone=zone, outlets=outlets))
    line = plain(text).rstrip("?!")
    keyword, _, rest = line.partition(" ")
    if reader := _READERS.get(keyword.lower()):
        if command := reader(rest.strip()):
            return command
    elif keyword.lower() == "digest" and _NOUNS["digest"].match(rest):
        return Digest(question.parse(f"quotes {rest}", now=now, zone=zone, outlets=outlets))
    else:
        _refuse_misspelt(keyword, rest.strip())
    return Ask(question.parse(text, now=now, zone=zone, outlets=outlets))


def is_exact(reference: str) -> bool:
    """Whether it is a number, link or identity, which means one article: words of a headline may fit another than was meant."""
    return bool(_EXACT.fullmatch(reference))


# --- the shapes of the keywords ----------------------------------------------------------------

_NUMBER = r"(?:quote\s+|article\s+)?(?:#|no\.?\s*)?(?P<number>[0-9]{1,18})"
_RESTRICTED = r"(?:about|on|by|from|since|for|in|between|before|after|until|today|yesterday|last|this|the\s+(?:last|past))\b"
_NOUNS = {
    "digest": re.compile(rf"$|{_RESTRICTED}", re.IGNORECASE),
    "quotes": re.compile(_RESTRICTED, re.IGNORECASE),
    "attitudes": re.compile(_RESTRICTED, re.IGNORECASE),
}
_FIX = re.compile(rf"{_NUMBER}(?:\s*[:,]?\s+(?P<what>.*))?", re.IGNORECASE)
_FIX_SPEAKER = re.compile(r"(?:the\s+)?(?:speaker|by|is\s+by)(?:\s+(?:is|to))?\b\s*[:=]?\s*(?P<name>.*)", re.IGNORECASE)
_NOT_A_QUOTE = re.compile(r"(?:is\s+)?not?\s+(?:a\s+)?quote", re.IGNORECASE)
_MERGE = re.compile(r"(?P<name>.+?)\s+(?:into|with)\s+(?P<into>.+)", re.IGNORECASE)
_SPLIT = re.compile(
    r"(?P<name>.+?)\s*[,:]?\s+(?:in\s+)?articles?\s+(?P<articles>#?[0-9]{1,18}(?:(?:\s*,\s*|\s+and\s+|\s+)#?[0-9]{1,18})*)"
    r"(?:\s+(?:as|into|to)\s+(?P<new>.+))?",
    re.IGNORECASE,
)
_EXACT = re.compile(r"#?[0-9]{1,18}|(?:https?://|file:|text:)\S+", re.IGNORECASE)
_ASKING = re.compile(r"\b(?:about|on|say|says|said|who|what|since|in|and|for|with|against|of|to|have|are|were|want)\b", re.IGNORECASE)
_LONGEST_NAME = 6  # words


def _show(rest: str) -> Command | None:
    if re.match(
        r"(?:me|us)\b|(?:(?:only|just|all|the|any)\s+)*(?:direct|indirect|mixed|quotes?|attitudes)\b(?!\s+#?[0-9])", rest, re.IGNORECASE
    ):
        return None
    if not rest:
        raise _usage("show")
    return Show(_reference(rest))


def _people(rest: str) -> Command | None:
    if _ASKING.search(rest) or len(rest.split()) > _LONGEST_NAME:
        return None
    return People(rest)


def _merge(rest: str) -> Command | None:
    if found := _MERGE.fullmatch(rest):
        return Merge(_bare(found["name"]), _bare(found["into"]))
    # "merge ferry companies" is a question; "merge Starmer Keir Starmer" and "merge a b" lack their "into".
    words = rest.split()
    if not rest or (not _ASKING.search(rest) and (len(words) == 2 or all(word[0].isupper() for word in words))):
        raise _usage("merge", rest)
    return None


def _split(rest: str) -> Command | None:
    if found := _SPLIT.fullmatch(rest):
        articles = tuple(dict.fromkeys(int(number) for number in re.findall("[0-9]+", found["articles"])))
        return Split(_bare(found["name"]), articles, _bare(found["new"] or ""))
    if not rest:
        raise _usage("split")
    return None


def _fix(rest: str) -> Command | None:
    found = _FIX.fullmatch(rest)
    if found is None:
        if not rest:
            raise _usage("fix")
        return None
    number, what = int(found["number"]), (found["what"] or "").strip(" .")
    if _NOT_A_QUOTE.fullmatch(what):
        return Reject(number)
    speaker = _FIX_SPEAKER.fullmatch(what)
    if speaker is None or not (name := _bare(speaker["name"])):
        raise _usage("fix", rest)
    return Fix(number, name)


def _undo(rest: str) -> Command | None:
    found = re.fullmatch(rf"(?:correction\s+)?{_NUMBER}", rest, re.IGNORECASE)
    return Undo(int(found["number"])) if found else None if rest else Undo()


def _remove(rest: str) -> Command | None:
    reference = _reference(rest)
    if is_exact(reference):
        return Remove(reference)
    # What cannot be taken back is not done by a guess at words that may be a question.
    raise _usage("remove", rest)


def _alone(command: Command) -> Callable[[str], Command | None]:
    return lambda rest: None if rest else command


_READERS: dict[str, Callable[[str], Command | None]] = {
    "help": _alone(Help()),
    "show": _show,
    "people": _people,
    "merge": _merge,
    "split": _split,
    "fix": _fix,
    "undo": _undo,
    "corrections": _alone(Corrections()),
    "remove": _remove,
    "status": _alone(Status()),
}


def _reference(text: str) -> str:
    number = re.fullmatch(_NUMBER, text, re.IGNORECASE)
    return number["number"] if number else text.strip("<>")


def _bare(name: str) -> str:
    return name.strip().strip("\"“”'‘’").strip()


def _usage(keyword: str, rest: str = "") -> NotUnderstood:
    asking = f" To look for quotes: who said what about {shortened(f'{keyword} {rest}')}." if rest else ""
    return NotUnderstood(f"That is not how {keyword} works.", f"Type: {USAGE[keyword]}.{asking}")


def _refuse_misspelt(keyword: str, rest: str) -> None:
    """Raise for a keyword with one typing error in the shape of that keyword; any other text is a question."""
    for known in USAGE:
        if not mistyped(keyword.lower(), known):
            continue
        try:
            shaped = _READERS[known](rest) is not None if known in _READERS else bool(_NOUNS[known].match(rest))
        except NotUnderstood:
            shaped = False
        if shaped:
            otherwise = "" if rest else f" To look for quotes: who said what about {keyword}."
            raise NotUnderstood(f"{keyword} is not a keyword.", f"Did you mean: {f'{known} {rest}'.strip()}?{otherwise}")

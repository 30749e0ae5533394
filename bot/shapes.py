"""The shapes of the keywords of the chat grammar: what follows a keyword, to a command; None where it is a question all the same."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.asking import question
from bot.asking.dates import shortened
from bot.asking.forms import SAID
from bot.asking.question import Question
from bot.digests.schedule_words import take_schedule
from bot.errors import NotUnderstood
from bot.requests import (
    Add,
    Change,
    Command,
    Corrections,
    Digest,
    Fix,
    Help,
    Merge,
    Pause,
    People,
    Reject,
    Remove,
    Resume,
    Show,
    Split,
    Status,
    Subscribe,
    Subscriptions,
    Undo,
    Unsubscribe,
)

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
    "digest": "digest, or digest about ferries since Monday, or digest daily at 8 about ferries",
    "subscriptions": "subscriptions",
    "change": "change 3 to weekdays at 9, or change 3 to about ferries",
    "pause": "pause 3",
    "resume": "resume 3",
    "unsubscribe": "unsubscribe 3",
    "add": "add https://example.org/news/ferry.html",
    "status": "status",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is read against: the asker's now (timezone-aware) and zone, and the names of the outlets in the store."""

    now: datetime
    zone: ZoneInfo
    outlets: Collection[str]

    def question(self, text: str) -> Question:
        """The question that a text is. Raises NotUnderstood."""
        return question.parse(text, now=self.now, zone=self.zone, outlets=self.outlets)


def is_exact(reference: str) -> bool:
    """Whether it is a number, link or identity, which means one article: words of a headline may fit another than was meant."""
    return bool(_EXACT.fullmatch(reference))


_NUMBER = r"(?:quote\s+|article\s+)?(?:#|no\.?\s*)?(?P<number>[0-9]{1,18})"
_RESTRICTED = r"(?:about|on|by|from|since|for|in|between|before|after|until|today|yesterday|last|this|the\s+(?:last|past))\b"
_SUBSCRIPTION = r"(?:the\s+)?(?:digest\s+|subscription\s+)?#?(?P<number>[0-9]{1,18})"
_FREQUENCY = r"(?:daily|weekly|monthly|hourly|every|each|weekdays?|weekends?)\b"
SHAPES = {
    "digest": re.compile(rf"$|{_RESTRICTED}|{_FREQUENCY}", re.IGNORECASE),
    "quotes": re.compile(_RESTRICTED, re.IGNORECASE),
    "attitudes": re.compile(_RESTRICTED, re.IGNORECASE),
    "change": re.compile(_SUBSCRIPTION, re.IGNORECASE),
}
_CHANGE = re.compile(rf"{_SUBSCRIPTION}(?:\s*[:,]?\s+(?P<what>.*))?", re.IGNORECASE)
_EVERYTHING = re.compile(r"(?:(?:about\s+)?(?:everything|anything|all))?", re.IGNORECASE)
_WEB_PAGE = re.compile(r"<?(?P<url>https?://[^\s<>]+)>?", re.IGNORECASE)
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


def _add(rest: str) -> Command | None:
    if found := _WEB_PAGE.fullmatch(rest):
        return Add(found["url"])
    # "add example.org/ferry" lacks its https://, and two addresses are one too many; "add ferries to it" is no request of ours.
    if not rest or "://" in rest or (" " not in rest and re.search(r"[./]", rest)):
        raise _usage("add", rest)
    return None


def _numbered(keyword: str, command: Callable[[int], Command]) -> Callable[[str], Command | None]:
    def read(rest: str) -> Command | None:
        if not rest:
            raise _usage(keyword)
        found = re.fullmatch(_SUBSCRIPTION, rest, re.IGNORECASE)
        return command(int(found["number"])) if found else None

    return read


def _digest(rest: str, asked: Asked) -> Command | None:
    if taken := take_schedule(rest, outlets=asked.outlets):
        return Subscribe(taken.schedule, taken.zone, _lasting(taken.rest, asked, _usage("digest", rest)) or Question())
    return Digest(asked.question(f"quotes {rest}")) if re.match(rf"$|{_RESTRICTED}", rest, re.IGNORECASE) else None


def _change(rest: str, asked: Asked) -> Command | None:
    found = _CHANGE.fullmatch(rest)
    if found is None:
        if not rest:
            raise _usage("change")
        return None
    what = re.sub(r"^(?:to|into)\s+", "", (found["what"] or "").strip(), flags=re.IGNORECASE)
    taken = take_schedule(what, outlets=asked.outlets)
    wrong = _usage("change", rest)
    asking = _lasting(taken.rest if taken else what, asked, wrong)
    if not what or (taken is None and asking is None and not _EVERYTHING.fullmatch(what)):
        raise wrong
    if taken is None:
        return Change(int(found["number"]), None, None, asking or Question())
    everything = bool(taken.rest) and asking is None
    return Change(int(found["number"]), taken.schedule, taken.zone, Question() if everything else asking)


def _lasting(restriction: str, asked: Asked, wrong: NotUnderstood) -> Question | None:
    """What a digest is restricted to from now on; None where that is nothing. Raises `wrong` for what is no restriction."""
    restriction = restriction.strip(" ,;:")
    if _EVERYTHING.fullmatch(restriction):
        return None
    if not re.match(_RESTRICTED, restriction, re.IGNORECASE):
        raise wrong
    found = asked.question(f"quotes {restriction}")
    if found.when:
        raise NotUnderstood(
            "A digest on a schedule covers the time since the one before it.", "Leave the date out: digest daily at 8 about ferries."
        )
    if found.kinds or found.reports != SAID:
        raise NotUnderstood(
            "A digest on a schedule holds all that was said, direct and indirect quotes alike.",
            "Leave the kind out: digest daily at 8 about ferries.",
        )
    return found


def _alone(command: Command) -> Callable[[str], Command | None]:
    return lambda rest: None if rest else command


READERS: dict[str, Callable[[str], Command | None]] = {
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
    "add": _add,
    "subscriptions": _alone(Subscriptions()),
    "pause": _numbered("pause", Pause),
    "resume": _numbered("resume", Resume),
    "unsubscribe": _numbered("unsubscribe", Unsubscribe),
}
RESTRICTED_READERS: dict[str, Callable[[str, Asked], Command | None]] = {"digest": _digest, "change": _change}


def _reference(text: str) -> str:
    number = re.fullmatch(_NUMBER, text, re.IGNORECASE)
    return number["number"] if number else text.strip("<>")


def _bare(name: str) -> str:
    return name.strip().strip("\"“”'‘’").strip()


def _usage(keyword: str, rest: str = "") -> NotUnderstood:
    asking = f" To look for quotes: who said what about {shortened(f'{keyword} {rest}')}." if rest else ""
    return NotUnderstood(f"That is not how {keyword} works.", f"Type: {USAGE[keyword]}.{asking}")

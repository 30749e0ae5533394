"""The shapes of the keywords of the chat grammar: what follows a keyword, to a command; None where it is a question all the same."""

import re
from collections.abc import Callable

from bot.grammar.alert_shapes import WATCHED, read_watch
from bot.grammar.correction_shapes import ASKING, NUMBER, read_fix, read_merge, read_split, read_undo
from bot.grammar.digest_shapes import (
    FREQUENCY,
    RESTRICTED,
    SUBSCRIPTION,
    Asked,
    numbered,
    read_change,
    read_digest,
    read_log,
    read_mute,
    read_preview,
)
from bot.grammar.feed_shapes import read_feeds
from bot.grammar.usage import FEEDS, TIME_ZONE, misused
from bot.grammar.who_shapes import NAMED, SPEAKER, read_speaker
from bot.grammar.zone_shapes import read_time_zone
from bot.replies import ExportFormat
from bot.requests import (
    Add,
    Command,
    Corrections,
    ExportAnswer,
    Help,
    More,
    Pause,
    People,
    Remove,
    Resume,
    SendNow,
    Show,
    Status,
    Subscriptions,
    Unmute,
    Unsubscribe,
)

SHAPES = {
    "digest": re.compile(rf"$|{RESTRICTED}|{FREQUENCY}", re.IGNORECASE),
    "quotes": re.compile(RESTRICTED, re.IGNORECASE),
    "attitudes": re.compile(RESTRICTED, re.IGNORECASE),
    "change": re.compile(SUBSCRIPTION, re.IGNORECASE),
    "watch": re.compile(WATCHED, re.IGNORECASE),
    SPEAKER: re.compile(NAMED),
    "preview": re.compile(rf"$|{SUBSCRIPTION}$|{FREQUENCY}|digest\b", re.IGNORECASE),
}
_QUOTES_TO_SHOW = re.compile(
    r"(?:me|us)\b|(?:(?:only|just|all|the|any)\s+)*(?:direct|indirect|mixed|quotes?|attitudes)\b(?!\s+#?[0-9])", re.IGNORECASE
)
_MORE_TO_SHOW = re.compile(r"(?:(?:me|us)\s+)?more", re.IGNORECASE)
_WEB_PAGE = re.compile(r"<?(?P<url>https?://[^\s<>]+)>?", re.IGNORECASE)
_EXACT = re.compile(r"#?[0-9]{1,18}|(?:https?://|file:|text:)\S+", re.IGNORECASE)
_FORMATS = "|".join(ExportFormat)
_FORMAT = re.compile(rf"(?:(?:it|this|that|all) )?(?:(?:as|to|in) )?(?:an? )?(?P<format>{_FORMATS})(?: file)?", re.IGNORECASE)
_LONGEST_NAME = 6  # words


def is_exact(reference: str) -> bool:
    """Whether it is a number, link or identity, which means one article: words of a headline may fit another than was meant."""
    return bool(_EXACT.fullmatch(reference))


def _show(rest: str) -> Command | None:
    if _MORE_TO_SHOW.fullmatch(rest):
        return More()
    if _QUOTES_TO_SHOW.match(rest):
        return None
    if not rest:
        raise misused("show")
    return Show(_reference(rest))


def _people(rest: str) -> Command | None:
    if ASKING.search(rest) or len(rest.split()) > _LONGEST_NAME:
        return None
    return People(rest)


def _remove(rest: str) -> Command | None:
    reference = _reference(rest)
    if is_exact(reference):
        return Remove(reference)
    # What cannot be taken back is not done by a guess at words that may be a question.
    raise misused("remove", rest)


def _add(rest: str) -> Command | None:
    if found := _WEB_PAGE.fullmatch(rest):
        return Add(found["url"])
    # "add example.org/ferry" lacks its https://, and two addresses are one too many; "add ferries to it" is no request of ours.
    if not rest or "://" in rest or (" " not in rest and re.search(r"[./]", rest)):
        raise misused("add", rest)
    return None


def _export(rest: str) -> Command | None:
    if not rest:
        return ExportAnswer()
    found = _FORMAT.fullmatch(rest)
    return ExportAnswer(ExportFormat(found["format"].lower())) if found else None


def _alone(command: Command) -> Callable[[str], Command | None]:
    return lambda rest: None if rest else command


READERS: dict[str, Callable[[str], Command | None]] = {
    "help": _alone(Help()),
    "show": _show,
    "more": _alone(More()),
    "export": _export,
    "people": _people,
    "merge": read_merge,
    "split": read_split,
    "fix": read_fix,
    "undo": read_undo,
    "corrections": _alone(Corrections()),
    "remove": _remove,
    "status": _alone(Status()),
    TIME_ZONE: read_time_zone,
    "add": _add,
    FEEDS: read_feeds,
    "subscriptions": _alone(Subscriptions()),
    "pause": numbered("pause", Pause),
    "resume": numbered("resume", Resume),
    "mute": read_mute,
    "unmute": numbered("unmute", Unmute),
    "send": numbered("send", SendNow, "(?: now)?"),
    "log": read_log,
    "unsubscribe": numbered("unsubscribe", Unsubscribe),
}
RESTRICTED_READERS: dict[str, Callable[[str, Asked], Command | None]] = {
    "digest": read_digest,
    "change": read_change,
    "watch": read_watch,
    "preview": read_preview,
    SPEAKER: read_speaker,
}


def _reference(text: str) -> str:
    number = re.fullmatch(NUMBER, text, re.IGNORECASE)
    return number["number"] if number else text.strip("<>")

"""What people type on Discord, as they typed it: Discord sends mentions and times in a form of its own, and people mark words. Pure."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo

# https://docs.discord.com/developers/reference#message-formatting
_SENT = re.compile(
    r"\\(?P<escaped>[^0-9A-Za-z\s])|<(?P<address>https?://[^\s<>]+)>|<(?:(?P<sign>@!?|@&|#)(?P<id>[0-9]+)"
    r"|a?:(?P<emoji>\w+):[0-9]+|(?P<command>/[^<>:]+):[0-9]+|t:(?P<time>[^<>]+))>",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"```(?:\w*\n)?(.+?)```", re.DOTALL)
_LINE_MARK = re.compile(r"^(?:>>> |> |#{1,3} |-# )", re.MULTILINE)
_MARKED = re.compile(r"(?<![^\s(\"'“‘*_~|`])(\*{1,3}|_{1,3}|~~|\|\||`{1,2})(?=\S)(.+?)(?<![\s\\])\1(?!\w)", re.DOTALL)
_MARKS_IN_MARKS = 3
_CODE = re.compile(r"(?<![\\`])(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_QUOTED = re.compile(r"^ *(?:>>> .*|> [^\n]*)", re.MULTILINE | re.DOTALL)
_COURTESY = re.compile(r"\W*(?:please|pls|thanks|thank you|cheers)?\W*", re.IGNORECASE)
_AROUND = " \t\n,:"


def is_addressed(text: str, bot: int) -> bool:
    """Whether a message mentions the bot in so many words. What it only quotes, or shows as code, is not said to the bot."""
    return _mention(bot).search(_spoken(text)) is not None


def typed(text: str, *, bot: int, names: Mapping[str, str], zone: tzinfo) -> str:
    """A message as its author typed it, without marks: what is said to the bot behind its mention, or before it where nothing follows.

    `names` has what people, roles and channels are called, each with its sign and its id: "@12", "@&13", "#14". Moments are told
    by their day in the zone.
    """

    def shown(sent: re.Match[str]) -> str:
        return _shown(sent, names, zone) or sent[0]

    spoken = _spoken(text)
    words = _mention(bot).sub(lambda found: found[0] if spoken[found.start()] == "<" else "", text)
    words = _BLOCK.sub(r"\1", words)
    for _ in range(_MARKS_IN_MARKS):
        words = _MARKED.sub(r"\2", words)
    return _SENT.sub(shown, _LINE_MARK.sub("", _said(words, bot))).strip()


def _spoken(text: str) -> str:
    """The text with blanks for what it quotes and shows as code, so that all else stands where it stood."""
    for pattern in (_CODE, _QUOTED):
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return text


def _said(words: str, bot: int) -> str:
    """What is said to the bot of what is written around its mention: "hey @Verbatim, who said what" and "who said what @Verbatim?"."""
    if not _mention(bot).search(words):
        return words
    before, *others = (part.strip(_AROUND) for part in _mention(bot).split(words))
    behind = " ".join(filter(None, others))
    return before if before and _COURTESY.fullmatch(behind) else behind


def _shown(sent: re.Match[str], names: Mapping[str, str], zone: tzinfo) -> str | None:
    """What people mean by it; None where that is not known. A question about somebody has their name without a sign."""
    if sign := sent["sign"]:
        name = names.get(f"{sign.removesuffix('!')}{sent['id']}")
        return f"#{name}" if name and sign == "#" else name
    if sent["emoji"]:
        return f":{sent['emoji']}:"
    if sent["time"]:
        return _moment(sent["time"], zone)
    return sent["escaped"] or sent["address"] or sent["command"]


def _moment(time: str, zone: tzinfo) -> str | None:
    seconds, _, style = time.partition(":")
    try:
        moment = datetime.fromtimestamp(int(seconds), UTC).astimezone(zone)
    except (ValueError, OverflowError, OSError):
        return None
    return f"{moment:%H:%M}" if style in ("t", "T") else f"{moment.day} {moment:%B %Y}"


def _mention(bot: int) -> re.Pattern[str]:
    return re.compile(rf"<@!?{bot}>")

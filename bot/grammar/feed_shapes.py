"""The shapes of feeds: what follows "feeds", to a command; None where it is a question."""

import re
from collections.abc import Callable

from bot.errors import NotUnderstood
from bot.feeds.requests import (
    AddFeed,
    ChangeFeed,
    CheckFeed,
    ExportFeeds,
    FeedWishes,
    ImportFeeds,
    ListFeeds,
    MoveFeed,
    PauseFeed,
    PreviewFeed,
    RemoveFeed,
    ResumeFeed,
    ShowFeed,
    Which,
)
from bot.grammar.correction_shapes import ASKING
from bot.grammar.feed_wishes import read_wishes
from bot.grammar.typos import mistyped
from bot.grammar.usage import FEEDS, misused
from bot.requests import Command

_DIGITS = "[0-9]{1,18}"
_NUMBER = re.compile(rf"(?:feeds? )?(?:#|no\. ?)?(?P<number>{_DIGITS})[.,;]?", re.IGNORECASE)
_SEVERAL = re.compile(rf"#?{_DIGITS}(?:(?:,? and|,? &|,) ?#?{_DIGITS}| #?{_DIGITS})+")
_LISTED = re.compile(rf"(?P<which>all|failing|paused)?(?:(?:^| )after #?(?P<after>{_DIGITS}))?", re.IGNORECASE)
_BEHIND_WHAT = re.compile(r"(?P<which>failing|paused) after\b.*", re.IGNORECASE)
# A wish that stands right behind the semicolon; with a space before it, anything is one.
_WISH = r"(?:outlet|language|zone|(?:keep|block) [a-z]+) ?: |(?:full text|feed text|no filters)\b"
_ADDRESS = re.compile(rf"<?(?P<url>https?://[^\s<>|]+?)(?:\|[^<>]*)?>?(?:(?:[,;]* [ ,;]*|;(?={_WISH}))(?P<wishes>.*)|[,;]*)", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"<?(?P<address>(?:[\w-]+\.)+[^\W\d_]{2,}(?::[0-9]+)?(?:[/?][^\s<>]*?)?)>?(?P<rest>[,; ].*)?", re.IGNORECASE)
_WISHED = re.compile(rf"(?:feed )?#?(?P<number>{_DIGITS})(?:(?:[ ,;:]+(?:to )?|$)(?P<wishes>.*))", re.IGNORECASE)
_NUMBER_FIRST = re.compile(rf"#?(?P<number>{_DIGITS})[,;:]? (?P<verb>[a-z]+)", re.IGNORECASE)
_SETTINGS_FIRST = re.compile(rf"#?(?P<number>{_DIGITS})[ ,;:]+(?P<wishes>.+)", re.IGNORECASE)
_AS_OPML = re.compile(r"(?:(?:as|to) )?(?:an? )?opml(?: file)?", re.IGNORECASE)
_MOST_SUGGESTED = 5


def read_feeds(rest: str) -> Command | None:
    """A list, one feed, or what shall be done. Raises NotUnderstood for what can only be meant as that and lacks something."""
    if found := _LISTED.fullmatch(rest):
        return ListFeeds(Which((found["which"] or "all").lower()), int(found["after"] or 0))
    if found := _NUMBER.fullmatch(rest):
        return ShowFeed(int(found["number"]))
    verb, _, behind = rest.partition(" ")
    if reader := _READERS.get(verb.rstrip(",;:").lower()):
        return reader(behind)
    _refuse_what_is_nearly_one(rest)
    _refuse_misspelt(verb, behind)
    return None


def _numbered(verb: str, command: Callable[[int], Command]) -> Callable[[str], Command | None]:
    def read(rest: str) -> Command | None:
        if found := _NUMBER.fullmatch(rest):
            return command(int(found["number"]))
        if _SEVERAL.fullmatch(rest):
            meant = tuple(f"{FEEDS} {verb} {number}" for number in re.findall("[0-9]+", rest))[:_MOST_SUGGESTED]
            raise NotUnderstood("Feeds go by their numbers, one at a time.", f"Type: {'; then: '.join(meant)}.", suggestions=meant)
        if not re.match("#|[0-9]", rest) and (" " in rest or ASKING.search(rest)):
            return None
        raise misused(f"{FEEDS} {verb}", rest)

    return read


def _addressed(verb: str, command: Callable[[str, FeedWishes], Command]) -> Callable[[str], Command | None]:
    def read(rest: str) -> Command | None:
        if found := _ADDRESS.fullmatch(rest):
            url = found["url"]
            return command(url, read_wishes(found["wishes"] or "", f"{FEEDS} {verb} {url}"))
        _refuse_bare_address(verb, rest)
        if ASKING.search(rest) and "://" not in rest:
            return None
        raise misused(f"{FEEDS} {verb}", rest)

    return read


def _set(rest: str) -> Command | None:
    found = _WISHED.fullmatch(rest)
    if found and found["wishes"]:
        number = int(found["number"])
        return ChangeFeed(number, read_wishes(found["wishes"], f"{FEEDS} set {number}"))
    if found is None and ASKING.search(rest):
        return None
    raise misused(f"{FEEDS} set", rest)


def _import(rest: str) -> Command | None:
    found = _ADDRESS.fullmatch(rest)
    if found and not found["wishes"]:
        return ImportFeeds(found["url"])
    _refuse_bare_address("import", rest)
    # "feed import tariffs" is a question.
    if rest and "://" not in rest:
        return None
    raise misused(f"{FEEDS} import", rest)


def _export(rest: str) -> Command | None:
    return ExportFeeds() if not rest or _AS_OPML.fullmatch(rest) else None


_READERS: dict[str, Callable[[str], Command | None]] = {
    "show": _numbered("show", ShowFeed),
    "preview": _addressed("preview", PreviewFeed),
    "add": _addressed("add", AddFeed),
    "set": _set,
    "change": _set,
    "pause": _numbered("pause", PauseFeed),
    "resume": _numbered("resume", ResumeFeed),
    "check": _numbered("check", CheckFeed),
    "move": _numbered("move", MoveFeed),
    "remove": _numbered("remove", RemoveFeed),
    "import": _import,
    "export": _export,
}


def _refuse_bare_address(verb: str, rest: str) -> None:
    """Raise for an address without its scheme, as people say them."""
    if found := _BARE_ADDRESS.fullmatch(rest):
        meant = f"{FEEDS} {verb} https://{found['address']}{found['rest'] or ''}"
        raise NotUnderstood("An address begins with https:// or http://.", f"Did you mean: {meant}?", suggestions=(meant,))


def _refuse_what_is_nearly_one(rest: str) -> None:
    """Raise for an address or a number with what is to be done behind it or not said, and for a list that begins nowhere."""
    if _ADDRESS.fullmatch(rest):
        meant = (f"{FEEDS} preview {rest}", f"{FEEDS} add {rest}")
        raise NotUnderstood("It is not said what to do with that address.", f"Did you mean: {' or: '.join(meant)}?", suggestions=meant)
    if found := _BEHIND_WHAT.fullmatch(rest):
        line = f"{FEEDS} {found['which'].lower()}"
        raise NotUnderstood("A list goes on after the number of a feed.", f"Did you mean: {line}?", suggestions=(line,))
    if found := _NUMBER_FIRST.fullmatch(rest):
        _refuse_in_favour_of(f"{found['verb'].lower()} {found['number']}", "The number comes last.")
    if found := _SETTINGS_FIRST.fullmatch(rest):
        _refuse_in_favour_of(f"set {found['number']}; {found['wishes']}", "How a feed is read is set by 'feeds set'.")


def _refuse_in_favour_of(rest: str, why: str) -> None:
    """Raise, if that would be something to do."""
    reader = _READERS.get(rest.partition(" ")[0])
    try:
        meant = reader and reader(rest.partition(" ")[2])
    except NotUnderstood:
        return
    if meant:
        line = f"{FEEDS} {rest}"
        raise NotUnderstood(why, f"Did you mean: {line}?", suggestions=(line,))


def _refuse_misspelt(verb: str, behind: str) -> None:
    """Raise for what is to be done, or a list, with one typing error in it."""
    for known in (*_READERS, *(which for which in Which if which is not Which.ALL)):
        if not mistyped(verb.lower(), known):
            continue
        meant = f"{known} {behind}".strip()
        listed = _LISTED.fullmatch(meant) is not None
        try:
            shaped = listed or _READERS[known](behind) is not None
        except (KeyError, NotUnderstood):
            continue
        if shaped:
            line, question = f"{FEEDS} {meant}", f"who said what about {FEEDS} {verb} {behind}".rstrip()
            also = (f" To look for quotes: {question}.", (question,)) if listed else ("", ())
            raise NotUnderstood(f"{verb} is nothing to do with feeds.", f"Did you mean: {line}?{also[0]}", suggestions=(line, *also[1]))

"""How a digest or an alert is to be, as people say it and in words that are read back: "short, quiet from 22:00 to 07:00". Pure."""

import re
from dataclasses import fields, replace
from typing import Any, TypeVar

from bot.asking.dates import shortened
from bot.digests.due import quiet_of
from bot.digests.schedule_clock import ANY_NUMBER_WORD, CLOCK, clock, count
from bot.errors import NotUnderstood
from bot.grammar.typos import righted
from bot.requests import Wishes
from storage.records import Density, NewSubscription, SubscriptionKind, WhenEmpty

USUAL = {
    SubscriptionKind.DIGEST: Wishes(Density.FULL, WhenEmpty.LINE, quiet=()),
    SubscriptionKind.ALERT: Wishes(quiet=(), gap_minutes=10, daily_cap=12),
}
"""What can be wished of either kind, and what holds where nothing is wished."""

_EXAMPLES = (
    "Wishes look like: short, full, silent if nothing is new, a line if nothing is new, quiet 22-7, no quiet hours;"
    " and of an alert: at most every 20 minutes, at most 5 a day."
)
_QUIET_EXAMPLES = "Quiet hours look like: quiet 22-7, quiet from 22:00 to 07:00, no quiet hours."
_MOST_EXAMPLES = "Limits look like: at most every 20 minutes, at most 5 a day."
_DAY = 24 * 60  # minutes
_MOST_A_DAY = 100
_TIMES = {"once": 1, "twice": 2}

_IS = "(?: is|'s|’s)"
_NOTHING = (
    rf"(?:if|when|whenever|where) (?:there{_IS} |it{_IS} )?"
    rf"(?:nothing(?:{_IS})?(?: (?:new|there|happened|happens|to tell|was said))?|empty|no news|no new quotes?)"
)
_SOMETHING = rf"(?:if|when|whenever) (?:there{_IS} )?(?:(?:something|anything)(?:{_IS})?(?: new)?|news|new quotes?)"
_SILENCE = (
    rf"(?:(?:be |stay |keep )?(?:silent|silence|quiet)|nothing|no (?:post|message|digest)|not"
    rf"|(?:skip|leave out|don['’]t post|do not post|post nothing)(?: it)?) {_NOTHING}|only (?:post )?{_SOMETHING}"
)
_LINE = rf"(?:(?:post |with |write )?(?:a|one)(?: single| short)? (?:line|message|note)|say so|tell (?:me|us)|also|even) {_NOTHING}"
_NO_QUIET = r"(?:no|without) quiet hours?|quiet hours? off|never quiet"
_MOST = r"(?:at (?:the )?most|max(?:imum)?|up to|(?:no|not) more(?: often)? than)"
_MANY = rf"[0-9]{{1,4}}|{ANY_NUMBER_WORD}"


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_SIMPLE = (
    (_pattern(r"(?:(?:be|keep it) )?(?:short|brief)|in short|(?:a |the )?short (?:one|version)"), Wishes(density=Density.SHORT)),
    (_pattern(r"(?:in )?full|long|(?:a |the )?(?:full|long) (?:one|version)"), Wishes(density=Density.FULL)),
    (_pattern(rf"silent|silence|{_SILENCE}"), Wishes(when_empty=WhenEmpty.SILENCE)),
    (_pattern(rf"not silent|{_LINE}"), Wishes(when_empty=WhenEmpty.LINE)),
    (_pattern(_NO_QUIET), Wishes(quiet=())),
)
_QUIET = _pattern(
    r"(?:quiet|silent|nothing|no posts?)(?: hours?)?:? (?:from |between )?"
    rf"(?P<begins>{CLOCK})(?: ?[-–—] ?| (?:to|until|till|and|through) )(?P<ends>{CLOCK})"
)
_GAP = _pattern(
    rf"{_MOST} (?:(?:once |one |one (?:message|alert) )?(?:every|each|in|per|an?) ?(?:(?P<many>{_MANY}) ?)?(?P<unit>min(?:ute)?s?|hours?)"
    r"|(?P<hourly>hourly))"
)
_CAP = _pattern(
    rf"{_MOST} (?:(?P<many>{_MANY}|once|twice)(?: (?:messages?|alerts?|posts?|times?))? (?:an?|per|each|every|in a) ?day|(?P<daily>daily))"
)
# What is meant as a wish though it is none, and what needs no comma before it, as it can be nothing else.
_MEANT_AS_QUIET = _pattern(
    r"(?:quiet|silent)(?: hours?(?: .*)?| (?:from|between|after|before|until|at)? ?(?:[0-9].*|night)| overnight)|quiet|no quiet"
)
_MEANT_AS_MOST = _pattern(rf"{_MOST} .*(?:[0-9]|minutes?\b|mins?\b|hours?\b|day\b|hourly|daily).*")
_BEGINS = _pattern(
    rf"(?:^| )(?:and |but )?(?=quiet (?:hours? )?(?:from |between )?[0-9]|{_NO_QUIET}|{_MOST} (?:every|once|one|hourly|an? hour|[0-9]+)\b"
    rf"|(?:{_SILENCE}|{_LINE})$)"
)
_LEADING = _pattern(r"^(?:and|but) ")
_RESTRICTED_BEHIND = _pattern(r"(?P<wish>.+?) (?P<rest>(?:about|on|by|in) .+)")
_WORDS = re.findall(
    r"\w+",
    "short brief full long silent silence quiet hours nothing something anything new news there post line from between until only"
    " without most maximum more than once twice every hour minute minutes messages alerts times hourly daily",
)
_MOST_WORDS = 10
_PARTS = _pattern(r"(?:“[^”]*”|\"[^\"]*\"|[^,;])+")

Kept = TypeVar("Kept", bound=NewSubscription)


def take_wishes(text: str, *, alone: bool = False, behind: str = "") -> tuple[Wishes, str]:
    """The wishes that stand in a request behind or between commas, or where they can be nothing else, and the rest of the text.

    `alone` says that the text may be wishes and nothing else, so that the first part may be one as well; `behind` is what the text
    stood behind. Raises NotUnderstood for what is plainly meant as a wish but cannot be one, with what would be right where it has a
    typing error, and for two that do not go together.
    """
    wishes, rest = Wishes(), []
    line = " ".join(text.split())
    for number, part in enumerate(_PARTS.findall(line)):
        spoken = part.strip()
        if number or alone:
            named = _LEADING.sub("", spoken)
            if right := _mended(named):
                raise _misspelt(named, f"{behind} {line}".strip(), right)
            wish = _wish(named)
            if wish is None and (found := _RESTRICTED_BEHIND.fullmatch(named)) and (wish := _wish(found["wish"])):
                rest.append(found["rest"])
            if wish is None and alone and not number:
                wish = _several(spoken)
            if wish is not None:
                wishes = together(wishes, wish, spoken)
                continue
        while (found := _BEGINS.search(spoken)) and (wish := _wish(spoken[found.end() :]) or _several(spoken[found.end() :])):
            wishes = together(wishes, wish, spoken[found.end() :])
            spoken = spoken[: found.start()]
        if spoken:
            rest.append(spoken)
    return wishes, ", ".join(rest)


def read_wishes(text: str) -> Wishes:
    """The wishes of a text that is nothing else. Raises NotUnderstood."""
    wishes, rest = take_wishes(text, alone=True)
    if rest:
        raise NotUnderstood(f"“{shortened(rest)}” is no wish.", _EXAMPLES)
    return wishes


def see_that_they_fit(wishes: Wishes, kind: SubscriptionKind) -> None:
    """Raise NotUnderstood for wishes that mean nothing for a digest, or for an alert."""
    if _given(wishes).keys() <= _given(USUAL[kind]).keys():
        return
    if kind == SubscriptionKind.DIGEST:
        raise NotUnderstood(
            "A digest comes when its schedule says, and no more often.", "Leave out how often at most, or change the schedule."
        )
    raise NotUnderstood(
        "An alert comes only when something is new, with what is new.",
        "What can be wished of it: at most every 20 minutes, at most 5 a day, quiet 22-7.",
    )


def wished(one: Kept, wishes: Wishes) -> Kept:
    """The subscription as it is with these wishes; what is not wished stays."""
    begins, ends = one.quiet_from, one.quiet_until
    if wishes.quiet is not None:
        begins, ends = (f"{wall:%H:%M}" for wall in wishes.quiet) if wishes.quiet else (None, None)
    return replace(
        one,
        density=wishes.density or one.density,
        when_empty=wishes.when_empty or one.when_empty,
        quiet_from=begins,
        quiet_until=ends,
        gap_minutes=wishes.gap_minutes or one.gap_minutes,
        daily_cap=wishes.daily_cap or one.daily_cap,
    )


def otherwise_wished(one: NewSubscription, wishes: Wishes) -> str:
    """How a subscription is, in words, in what would have to change for it to be as wished."""
    present = _given(_wishes_of(one))
    return said(Wishes(**{name: present[name] for name, value in _given(wishes).items() if present[name] != value}))


def in_words(one: NewSubscription) -> str:
    """How a subscription is to be, where that is not as usual: "short, quiet from 22:00 to 07:00", or ""."""
    usual = _given(USUAL[one.kind])
    is_so = _given(_wishes_of(one))
    return said(Wishes(**{name: value for name, value in is_so.items() if name in usual and value != usual[name]}))


def said(wishes: Wishes) -> str:
    """Wishes in words that are read back."""
    words: list[str] = []
    if wishes.density:
        words.append(wishes.density)
    if wishes.when_empty:
        words.append("silent if nothing is new" if wishes.when_empty == WhenEmpty.SILENCE else "a line if nothing is new")
    if wishes.gap_minutes:
        words.append(f"at most every {'minute' if wishes.gap_minutes == 1 else f'{wishes.gap_minutes} minutes'}")
    if wishes.daily_cap:
        words.append(f"at most {wishes.daily_cap} a day")
    if wishes.quiet is not None:
        words.append(f"quiet from {wishes.quiet[0]:%H:%M} to {wishes.quiet[1]:%H:%M}" if wishes.quiet else "no quiet hours")
    return ", ".join(words)


def together(first: Wishes, second: Wishes, spoken: str = "") -> Wishes:
    """Both wishes. Raises NotUnderstood, with the second as it was `spoken`, where they wish for different things."""
    given, before = _given(second), _given(first)
    if any(before.get(name, value) != value for name, value in given.items()):
        raise NotUnderstood(f"“{shortened(spoken or said(second))}” does not go with another wish beside it.", "Leave one of the two out.")
    return replace(first, **given)


def otherwise_usual(wishes: Wishes, kind: SubscriptionKind) -> Wishes:
    """The wishes, with what is usual for what they do not say."""
    return Wishes(**{**_given(USUAL[kind]), **_given(wishes)})


def _wishes_of(one: NewSubscription) -> Wishes:
    return Wishes(one.density, one.when_empty, quiet_of(one) or (), one.gap_minutes, one.daily_cap)


def _given(wishes: Wishes) -> dict[str, Any]:
    return {one.name: value for one in fields(wishes) if (value := getattr(wishes, one.name)) is not None}


def _mended(text: str) -> str:
    """The wish that a text with typing errors is meant as; "" where it is none."""
    if text.count(" ") >= _MOST_WORDS:
        return ""
    right = righted(text, _WORDS)
    return right if right != text and not _is_wish(text) and _is_wish(right) else ""


def _is_wish(text: str) -> bool:
    try:
        return _wish(text) is not None
    except NotUnderstood:
        return False


def _misspelt(spoken: str, line: str, right: str) -> NotUnderstood:
    meant = right.join(line.rsplit(spoken, 1))
    return NotUnderstood(f"“{shortened(spoken)}” is no wish.", f"Did you mean: {meant}?", suggestions=(meant,))


def _several(text: str) -> Wishes | None:
    """Two wishes or more with an "and" between them."""
    for joint in re.finditer(" (?:and|but) ", text):
        first, others = _wish(text[: joint.start()]), text[joint.end() :]
        if first and (second := _wish(others) or _several(others)):
            return together(first, second, text)
    return None


def _wish(text: str) -> Wishes | None:
    """The one wish that a text is."""
    for pattern, wish in _SIMPLE:
        if pattern.fullmatch(text):
            return wish
    if found := _QUIET.fullmatch(text):
        begins, ends = clock(found["begins"]), clock(found["ends"])
        if begins == ends:
            raise NotUnderstood("Those quiet hours are the whole day.", f"{_QUIET_EXAMPLES} To let it rest: pause 3, or mute 3 for a day.")
        return Wishes(quiet=(begins, ends))
    if _MEANT_AS_QUIET.fullmatch(text) and not _several(text):
        raise NotUnderstood("The quiet hours are not understood.", _QUIET_EXAMPLES)
    return _limit(text)


def _limit(text: str) -> Wishes | None:
    """How often an alert comes at most."""
    if found := _GAP.fullmatch(text):
        gap = count(found["many"] or "1") * (60 if found["hourly"] or found["unit"].lower().startswith("h") else 1)
        if not 1 <= gap <= _DAY:
            raise NotUnderstood("Alerts come at most every 1 minute to 24 hours.", _MOST_EXAMPLES)
        return Wishes(gap_minutes=gap)
    if found := _CAP.fullmatch(text):
        many = (found["many"] or "once").lower()
        cap = _TIMES[many] if many in _TIMES else count(many)
        if not 1 <= cap <= _MOST_A_DAY:
            raise NotUnderstood(f"The most messages of an alert in a day are from 1 to {_MOST_A_DAY}.", _MOST_EXAMPLES)
        return Wishes(daily_cap=cap)
    if _MEANT_AS_MOST.fullmatch(text) and not _several(text):
        raise NotUnderstood("How often at most is not understood.", _MOST_EXAMPLES)
    return None

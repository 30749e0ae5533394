"""Questions that are restricted further by options beside them, and the line of chat that says the same. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from bot.asking import question as questions
from bot.asking.dates import shortened
from bot.asking.finding import within
from bot.asking.forms import THOUGHT_AND_SAID
from bot.asking.nearest import nearest_names
from bot.asking.outlets import outlet_named
from bot.asking.question import Question
from bot.cards import listed
from bot.errors import NotUnderstood
from storage.records import QuoteKind

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Restrictions:
    """What restricts a question further, but for `attitudes`, which come before quotes then; dates as people write them."""

    direct_only: bool = False
    attitudes: bool = False
    outlet: str | None = None
    since: str | None = None
    until: str | None = None


def restricted(text: str, given: Restrictions, *, now: datetime, zone: ZoneInfo, outlets: Collection[str]) -> Question:
    """The question that a text asks, with these restrictions. Raises NotUnderstood."""
    asked = questions.parse(text, now=now, zone=zone, outlets=outlets)
    if given.direct_only:
        asked = asked.only(kinds=(QuoteKind.DIRECT,))
    if given.attitudes:
        asked = asked.only(reports=THOUGHT_AND_SAID)
    if given.outlet is not None:
        asked = asked.only(outlet=_known(given.outlet, outlets))
    if given.since is not None or given.until is not None:
        asked = within(asked, given.since, given.until, now=now, zone=zone)
    return asked


def _known(name: str, outlets: Collection[str]) -> str:
    """The outlet that goes by a name; while none is known, the name. Raises NotUnderstood with those that come nearest, or with some."""
    outlet = outlet_named(name, outlets)
    if outlet in outlets or not outlets:
        return outlet
    near = nearest_names(name, list(outlets))
    remedy = f"Did you mean {' or '.join(near)}?" if near else f"Known are {listed(_some(outlets))}."
    raise NotUnderstood(f"No outlet is called {shortened(name)}.", remedy)


def _some(outlets: Collection[str]) -> list[str]:
    others = len(outlets) - _MOST_NAMED
    return [*islice(outlets, _MOST_NAMED), *([f"{others:,} more"] if others > 0 else [])]


def line_of(text: str, given: Restrictions, asked: Question, *, now: datetime, zone: ZoneInfo, outlets: Collection[str]) -> str | None:
    """A line of chat that asks the same but for `direct_only`; None where the restrictions cannot be said so behind the text."""
    parts = (
        ("with attitudes", given.attitudes),
        (f"in “{asked.outlet}”", given.outlet),
        (f"since {given.since}", given.since),
        (f"until {given.until}", given.until),
    )
    line = " ".join((text, *(said for said, holds in parts if holds)))
    try:
        read = questions.parse(line, now=now, zone=zone, outlets=outlets)
    except NotUnderstood:
        return None
    if given.direct_only:
        read = read.only(kinds=(QuoteKind.DIRECT,))
    return line if _meaning(read) == _meaning(asked) else None


def _meaning(asked: Question) -> Question:
    """The question without how its time is said back."""
    return replace(asked, when="", otherwise=asked.otherwise and _meaning(asked.otherwise))

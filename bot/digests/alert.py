"""What an alert says, and what becomes of it when a day has had enough of them. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from bot.cards import cards, copies_together, counted, outlets_of
from bot.digests.compiled import Compiled
from bot.digests.due import Quiet, after_quiet
from bot.digests.schedule import Schedule, first_moment, ordinal
from bot.replies import QuoteKind, Reply, Section, Sureness
from bot.sureness import sureness
from bot.wordings import wording
from storage.records import SpeakerKind, StoredQuote

SHOWN = (6, 3, 1)
"""How many quotes an alert shows, and how many it shows instead where that is too long for a message."""
MORNING = time(8)
OLD = timedelta(days=7)
_EVERY_MORNING = Schedule((MORNING,))
_DAY = timedelta(days=1)
_MOST_NAMES = 3
_SURENESS_RANK = {Sureness.SURE: 0, Sureness.LIKELY: 1, Sureness.UNSURE: 2}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth")

Group = Sequence[StoredQuote]
"""Quotes of the same words by the same speaker: the first to be shown, the others its copies."""


def digest_at(moment: datetime, told: Iterable[datetime], cap: int, zone: ZoneInfo, quiet: Quiet | None) -> datetime | None:
    """When a digest tells what was read at `moment`, as that local day had all its alerts; None where it had not.

    `told` is when alerts were opened. The digest comes at 8 on the local morning after, or when quiet hours then end.
    """
    day = moment.astimezone(zone).date()
    if sum(one.astimezone(zone).date() == day for one in told) < cap:
        return None
    morning = first_moment(datetime.combine(day, MORNING), zone) or moment
    return after_quiet(next(_EVERY_MORNING.following(morning, zone)), zone, quiet)


def news(quotes: Iterable[StoredQuote], after: int) -> list[StoredQuote]:
    """Those numbered above `after`, but for words that their speaker has said in one before: a copy of it tells nothing new."""
    found = list(quotes)
    known = {_said(quote) for quote in found if quote.id <= after}
    return [quote for quote in found if quote.id > after and _said(quote) not in known]


def compile_alert(quotes: Sequence[StoredQuote], *, restricted: str, last_of_day: str = "") -> Compiled:
    """An alert of new quotes, of which it shows the surest and newest.

    `restricted` says what they were restricted to, as a phrase ("about ferries by Ann Bell"); `last_of_day` is what is said where
    no other alert comes on that day.
    """
    ranked = _ranked(quotes)
    if not ranked:
        return Compiled((), 0)
    return Compiled(tuple(_alert(ranked, most, restricted, last_of_day) for most in _lengths(len(ranked))), len(ranked))


def all_of(quotes: Sequence[StoredQuote], *, restricted: str) -> Reply:
    """All that an alert holds."""
    ranked = _ranked(quotes)
    return _alert(ranked, len(ranked), restricted, "")


def last_of_day(number: int, opened: datetime, digest: datetime, zone: ZoneInfo) -> str:
    """What is said in the alert after which its day has had enough of them; `digest` is when the rest comes."""
    which = "only" if number == 1 else _ORDINALS[number - 1] if number <= len(_ORDINALS) else ordinal(number)
    today, then = opened.astimezone(zone), digest.astimezone(zone)
    day = "tomorrow" if then.date() == today.date() + _DAY else f"on {then:%A}"
    return f"This is the {which} alert today: the rest comes as a digest {day} at {then:%H:%M}."


def by_whom(names: Iterable[str], asked: str) -> tuple[str, ...]:
    """The names of those who speak, or the name that was asked for where they are many."""
    once = tuple(dict.fromkeys(names))
    return once if len(once) <= _MOST_NAMES else (asked,)


def _said(quote: StoredQuote) -> tuple[int | None, str]:
    return quote.speaker_id, wording(quote.words)


def _lengths(count: int) -> Sequence[int]:
    most = min(count, SHOWN[0])
    return [most, *(fewer for fewer in SHOWN if fewer < most)]


def _alert(ranked: Sequence[Group], most: int, restricted: str, last: str) -> Reply:
    shown = ranked[:most]
    line = " ".join(part for part in (counted(len(ranked), "new quote"), restricted) if part) + "."
    left = len(ranked) - len(shown)
    notes = (f"And {left:,} more." if left else "", _how_old([group[0] for group in ranked]), last)
    return Reply(line, tuple(_by_article(shown)), tuple(note for note in notes if note))


def _by_article(shown: Sequence[Group]) -> Iterable[Section]:
    articles: dict[int, list[Group]] = {}
    for group in shown:
        articles.setdefault(group[0].article_id, []).append(group)
    for groups in articles.values():
        quotes = list(chain.from_iterable(groups))
        yield Section(quotes[0].headline or "Without a headline", ", ".join(outlets_of(quotes)), cards(quotes))


def _ranked(quotes: Sequence[StoredQuote]) -> list[Group]:
    """The quotes with their copies: the surest first, and of those the ones with most copies, direct words, named people, the newest."""
    return sorted(
        copies_together(sorted(quotes, key=lambda quote: quote.id)),
        key=lambda group: (
            min(_SURENESS_RANK[sureness(quote.confidence)] for quote in group),
            -len({quote.article_id for quote in group}),
            group[0].kind is not QuoteKind.DIRECT,
            group[0].speaker_kind is not SpeakerKind.PERSON,
            -group[0].id,
        ),
    )


def _how_old(quotes: Sequence[StoredQuote]) -> str:
    """What is said of quotes all of which were published long before they were read; "" where that is not so."""
    published = sorted(quote.published for quote in quotes if quote.published and quote.read_at - quote.published > OLD)
    if len(published) < len(quotes):
        return ""
    first, last = (f"{moment:%B %Y}" for moment in (published[0], published[-1]))
    return f"All of this was published in {first}." if first == last else f"All of this was published from {first} to {last}."

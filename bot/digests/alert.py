"""What an alert says, and what becomes of it when a day has had enough of them. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.cards import cards, copies_together, counted
from bot.digests.compiled import Compiled
from bot.digests.due import Quiet, after_quiet
from bot.digests.leading import leading
from bot.digests.lengths import MOST_SHOWN
from bot.digests.schedule import Schedule, first_moment, ordinal
from bot.digests.titles import named, title_of
from bot.replies import QuoteCard, Reply, Section
from bot.wordings import wording
from storage.records import StoredQuote

SHOWN = (6, 3, 1)
"""How many quotes an alert shows, and how many it shows instead where that is too long for a message."""
MORNING = time(8)
OLD = timedelta(days=7)
_EVERY_MORNING = Schedule((MORNING,))
_DAY = timedelta(days=1)
_MOST_NAMES = 3
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth")


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


def compile_alert(quotes: Sequence[StoredQuote], *, restricted: str, last_of_day: str = "", aside: Collection[int] = ()) -> Compiled:
    """An alert of new quotes, of which it shows those that matter, and those numbered in `aside` behind the others.

    `restricted` says what they were restricted to, as a phrase ("about ferries by Ann Bell"); `last_of_day` is what is said where
    no other alert comes on that day.
    """
    count = len(copies_together(quotes))
    if not count:
        return Compiled((), 0)
    most = min(count, SHOWN[0])
    lengths = [most, *(fewer for fewer in SHOWN if fewer < most)]
    shown = [leading(_newest_first(quotes), length, aside) for length in lengths]
    replies = tuple(_alert(quotes, some, restricted, last_of_day) for some in shown)
    return Compiled(replies, count, complete=len(shown[0]) == count)


def all_of(quotes: Sequence[StoredQuote], *, restricted: str) -> Reply:
    """All that an alert holds, of a great many quotes the newest."""
    return _alert(quotes, cards(_newest_first(quotes))[:MOST_SHOWN], restricted, "")


def last_of_day(number: int, opened: datetime, digest: datetime, zone: ZoneInfo) -> str:
    """What is said in the alert after which its day has had enough of them; `digest` is when the rest comes."""
    which = "only" if number == 1 else _ORDINALS[number - 1] if number <= len(_ORDINALS) else ordinal(number)
    today, then = opened.astimezone(zone), digest.astimezone(zone)
    day = "tomorrow" if then.date() == today.date() + _DAY else f"on {then:%A}"
    return f"This is the {which} alert today: the rest comes as a digest {day} at {then:%H:%M}."


def rest_of_day(reply: Reply, last: datetime, zone: ZoneInfo) -> Reply:
    """The digest of what came after all the alerts that a day may have; `last` is when the last one was."""
    line = f"{reply.understood[:1].lower()}{reply.understood[1:]}"
    return replace(reply, understood=f"What came after the last alert of {last.astimezone(zone):%A}: {line}")


def by_whom(names: Iterable[str], asked: str) -> tuple[str, ...]:
    """The names of those who speak, or the name that was asked for where they are many."""
    once = tuple(dict.fromkeys(names))
    return once if len(once) <= _MOST_NAMES else (asked,)


def _said(quote: StoredQuote) -> tuple[str | None, str]:
    """By the name: whoever goes without one ("the government") is another speaker in each article."""
    return quote.speaker_name, wording(quote.words)


def _newest_first(quotes: Iterable[StoredQuote]) -> list[StoredQuote]:
    """The quotes in the order of the text, those of the article that was read last first."""
    return sorted(quotes, key=lambda quote: (-quote.read_at.timestamp(), quote.article_id, quote.id))


def _alert(quotes: Sequence[StoredQuote], shown: Sequence[QuoteCard], restricted: str, last: str) -> Reply:
    count = len(copies_together(quotes))
    left = count - len(shown)
    notes = (f"And {left:,} more." if left else "", _how_old(quotes), last)
    line = f"{' '.join(filter(None, ('New', restricted)))}: {counted(count, 'quote')} in {_where(quotes)}."
    return Reply(line, tuple(_by_article(shown)), tuple(note for note in notes if note))


def _where(quotes: Sequence[StoredQuote]) -> str:
    """The headline of the article, or how many there are: the first line is all that a notification shows."""
    articles = {quote.article_id for quote in quotes}
    return named(quotes[0].headline) if len(articles) == 1 else counted(len(articles), "article")


def _by_article(shown: Iterable[QuoteCard]) -> Iterable[Section]:
    """The articles with their quotes, in the order of the first quote of each."""
    articles: dict[int, list[QuoteCard]] = {}
    for one in shown:
        articles.setdefault(one.place.article_id, []).append(one)
    for together in articles.values():
        places = [place for one in together for place in (one.place, *one.also)]
        outlets = dict.fromkeys(place.outlet for place in places if place.outlet)
        yield Section(title_of(together[0].place.headline), ", ".join(outlets), tuple(together))


def _how_old(quotes: Sequence[StoredQuote]) -> str:
    """What is said of quotes all of which were published long before they were read; "" where that is not so."""
    published = sorted(quote.published for quote in quotes if quote.published and quote.read_at - quote.published > OLD)
    if len(published) < len(quotes):
        return ""
    first, last = (f"{moment:%B %Y}" for moment in (published[0], published[-1]))
    return f"All of this was published in {first}." if first == last else f"All of this was published from {first} to {last}."

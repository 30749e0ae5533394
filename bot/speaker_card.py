"""Who somebody is, as the articles have it: names and roles with their days, outlets, topics, the first and the last quote. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.asking.forms import THOUGHT
from bot.asking.question import Question
from bot.asking.speakers import name_words
from bot.asking.typed import quotes_by, said_by, written
from bot.cards import card, counted, listed
from bot.describing import described, tells
from bot.digests.times import day_in_words
from bot.replies import Chart, QuoteKind, Reply, Section
from bot.role_words import is_role
from storage.records import AliasKind, Called, Carried, Reports, SpeakerKind, StoredQuote, StoredSpeaker

MOST_TOPICS = 8
_MOST_NAMES, _MOST_ROLES, _NEWEST = 5, 8, 2
_MOST_OUTLETS = 8
_MOST_TOPICS_SUGGESTED = 2
_TIMES = {1: "once", 2: "twice"}
_ARTICLES = frozenset({"a", "an", "the"})
_UNDATED = "Undated articles count by the day they were read."


@dataclass(frozen=True, slots=True)
class Profile:
    """What the store knows of a speaker. `first` and `last` are quotes with their copies, none where nothing was said.

    `others` are those whom the name that was asked by fits as well, `read` says how it was read where that is not as it was typed.
    So many quotes of `undated` articles are neither in the chart nor looked at for the first and the last one.
    """

    speaker: StoredSpeaker
    called: Sequence[Called]
    carried: Sequence[Carried]
    first: Sequence[StoredQuote]
    last: Sequence[StoredQuote]
    topics: Sequence[str]
    chart: Chart | None
    others: Sequence[StoredSpeaker] = ()
    read: str = ""
    undated: int = 0


def speaker_card(profile: Profile, zone: ZoneInfo) -> Reply:
    """The card of a speaker, days told in `zone`; the newest role comes first."""
    speaker = profile.speaker
    described_so = [one for one in profile.called if one.kind is AliasKind.DESCRIPTION and tells(one.text, speaker)]
    roles = [one for one in described_so if speaker.kind is not SpeakerKind.PERSON or is_role(one.text)]
    names = [one for one in profile.called if one.kind is AliasKind.NAME]
    sections = (
        Section(speaker.name, f"#{speaker.id}, {speaker.kind.value}", lines=tuple(_facts(profile))),
        *_uses("Roles", roles, _MOST_ROLES, zone),
        *_uses("Names", names, _MOST_NAMES, zone),
        *_ends(profile),
    )
    return Reply(
        f"Who {speaker.name} is, as the articles have it.",
        sections,
        notes=tuple(_notes(profile)),
        suggestions=tuple(_suggested(profile)),
        again=f"speaker #{speaker.id}",
        chart=profile.chart,
    )


def _facts(profile: Profile) -> Iterable[str]:
    speech = [one for one in profile.carried if one.reports is Reports.SPEECH]
    attitudes = sum(one.quotes for one in profile.carried if one.reports is Reports.ATTITUDE)
    said = sum(one.quotes for one in speech)
    kinds = Counter[QuoteKind]()
    for one in speech:
        kinds[one.kind] += one.quotes
    by_kind = f": {listed([f'{kinds[kind]:,} {kind}' for kind in QuoteKind if kinds[kind]])}" if said else ""
    yield f"{counted(said, 'quote')}{by_kind}"
    if attitudes:
        yield f"{counted(attitudes, 'attitude')} besides"
    outlets = Counter[str | None]()
    for one in speech or profile.carried:
        outlets[one.outlet] += one.quotes
    if outlets:
        yield f"In {_outlets(outlets)}"
    if profile.topics:
        yield f"About {', '.join(profile.topics[:MOST_TOPICS])}"


def _outlets(quotes: Counter[str | None]) -> str:
    """The outlets with how many quotes they carry, those with the most first."""
    shown = [f"{outlet or 'no known outlet'} ({number:,})" for outlet, number in quotes.most_common(_MOST_OUTLETS)]
    more = len(quotes) - len(shown)
    return listed([*shown, *([counted(more, "more outlet")] if more else [])])


def _uses(title: str, called: Iterable[Called], most: int, zone: ZoneInfo) -> Iterable[Section]:
    """The texts that are used most and the newest, the newest first, with their days."""
    together = _together(called)
    most_used = sorted(together, key=lambda one: (one.times, one.last), reverse=True)[: most - _NEWEST]
    newest = [one for one in sorted(together, key=lambda one: (one.last, one.times), reverse=True) if one not in most_used][:_NEWEST]
    shown = sorted((*most_used, *newest), key=lambda one: (one.last, one.times), reverse=True)
    if shown:
        left_out = "the most used and the newest" if len(shown) < len(together) else ""
        yield Section(title, left_out, lines=tuple(f"{one.text}: {_used(one, zone)}" for one in shown))


def _together(called: Iterable[Called]) -> list[Called]:
    """What differs by no more than an article, case and accents as one, in the form that is used most; by dated articles if there are."""
    found: dict[tuple[str, ...], list[Called]] = {}
    for one in called:
        words = name_words(one.text)
        found.setdefault(tuple(word for word in words if word not in _ARTICLES) or words, []).append(one)
    return [
        replace(
            max(same, key=lambda one: one.times),
            times=sum(one.times for one in same),
            first=min(one.first for one in _dated(same)),
            last=max(one.last for one in _dated(same)),
            articles=sum(one.articles for one in same),
            undated=sum(one.undated for one in same),
        )
        for same in found.values()
    ]


def _dated(called: Sequence[Called]) -> Sequence[Called]:
    return [one for one in called if one.undated < one.articles] or called


def _used(one: Called, zone: ZoneInfo) -> str:
    first, last = day_in_words(one.first, zone), day_in_words(one.last, zone)
    when = f"on {last}" if first == last else f"from {first} to {last}"
    read = "in what was read " if one.undated == one.articles else ""
    return f"{_TIMES.get(one.times) or f'{one.times:,} times'}, {read}{when}"


def _ends(profile: Profile) -> Iterable[Section]:
    ends = {quotes[0].id: quotes for quotes in (profile.first, profile.last) if quotes}
    titles = ("First quote", "Last quote") if len(ends) > 1 else ("The only quote",)
    for title, (quote, *copies) in zip(titles, ends.values(), strict=False):
        yield Section(title, quotes=(card(quote, copies),))


def _notes(profile: Profile) -> Iterable[str]:
    if profile.read:
        yield profile.read
    if profile.others:
        others = [f"#{one.id} {described(one)}" for one in profile.others]
        yield f"There {'is' if len(others) == 1 else 'are'} also {listed(others)}."
    if profile.undated:
        counts, are = ("counts", "is") if profile.undated == 1 else ("count", "are")
        yield f"{counted(profile.undated, 'quote')} without a date {counts} above, but {are} not in the chart, nor first or last."
    if any(one.undated for one in profile.called) or any(quote.published is None for quote in (*profile.first, *profile.last)):
        yield _UNDATED


def _suggested(profile: Profile) -> Iterable[str]:
    yield from (f"speaker #{one.id}" for one in profile.others)
    name = profile.speaker.name
    if profile.last:
        yield said_by(name)
        yield from (quotes_by(written(name), Question(topic=(topic,))) for topic in profile.topics[:_MOST_TOPICS_SUGGESTED])
    if profile.speaker.attitudes:
        yield quotes_by(written(name), Question(reports=THOUGHT))

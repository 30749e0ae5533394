"""Feeds in words: lists of them, and one by itself. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.digests.times import moment_in_words
from bot.digests.titles import cut, plain
from bot.feeds.requests import Which
from bot.feeds.rhythm import in_words
from bot.replies import FeedStanding, FeedView, Reply, Section
from storage.records import EntryState, FeedFigures, NewFeed, StoredEntry, StoredFeed
from storage.terms import beginning, terms

MOST_LISTED = 20
_MOST_SHOWN = 10
_LONGEST_REASON = 300
_NONE = "None is read yet."
_HOW = "'feeds add' with the address of a feed, or of a page that has one, begins with it."
_BY = "by "
_IS_PAUSED = "The feed is paused: "


def called(feed: NewFeed) -> str:
    """What a feed goes by: its outlet, or what it calls itself, or its address, in which behind the question mark a key may stand."""
    return cut(plain(feed.outlet or feed.title or "")) or cut(feed.address.partition("?")[0])


def like(typed: str, known: Iterable[tuple[int, NewFeed]]) -> list[tuple[int, str]]:
    """Those of the feeds that fit what is typed, each with what it goes by: the one of that number first, then in their order.

    Each word typed begins one of its outlet, what it calls itself or its addresses; or its number begins so.
    """
    if typed.strip() and not terms(typed):
        return []
    number, fits = typed.strip().removeprefix("#"), beginning(typed)
    found = [
        (one, called(feed))
        for one, feed in known
        if (number and str(one).startswith(number)) or fits(" ".join(filter(None, (feed.outlet, feed.title, feed.home, feed.address))))
    ]
    return sorted(found, key=lambda named: str(named[0]) != number)


def numbered(feed: StoredFeed) -> str:
    """A feed as a sentence begins: "Feed 3, Harbour Post,"."""
    return f"Feed {feed.id}, {called(feed)},"


def paused_by(person: str) -> str:
    """Why a feed is paused that a person paused."""
    return f"{_BY}{person}"


def seen_elsewhere(feed: StoredFeed) -> StoredFeed:
    """A feed as those are shown it who are elsewhere: without who let it rest, and without the keys that its addresses may hold."""
    by_somebody = feed.paused_reason is not None and feed.paused_reason.startswith(_BY)
    reason = paused_by("somebody who may") if by_somebody else feed.paused_reason
    moved_to = None if feed.moved_to is None else _without_key(feed.moved_to)
    return replace(feed, paused_reason=reason, address=_without_key(feed.address), moved_to=moved_to)


def listed(found: Sequence[StoredFeed], which: Which, figures: FeedFigures, more: bool, now: datetime, zone: ZoneInfo) -> Reply:
    """A page of the feeds; `more` says that there are others behind them."""
    if not figures.feeds:
        return Reply("Feeds.", notes=(_NONE, _HOW))
    title = "Feeds." if which is Which.ALL else f"Feeds that are {which}."
    if not found:
        there_are = {Which.ALL: figures.feeds, Which.FAILING: figures.failing, Which.PAUSED: figures.paused}[which]
        return Reply(title, notes=("No more follow." if there_are else "There are none.",))
    of = "" if which is Which.ALL else f"{which} "
    onwards = (f"feeds {of}after {found[-1].id}",) if more else ()
    return Reply(
        f"{title} {summed_up(figures)}",
        tuple(Section(f"{feed.id}: {called(feed)}", feed.address, lines=_standing(feed, now, zone)) for feed in found),
        ("More follow.",) if more else (),
        suggestions=(*onwards, *(("feeds failing",) if figures.failing and which is Which.ALL else ())),
        feeds=tuple(map(view_of, found)),
    )


def figures_section(figures: FeedFigures, failing: Sequence[StoredFeed], now: datetime) -> Section | None:
    """How the feeds do, for `status`, with the reasons of a few that fail; None where there are none."""
    if not figures.feeds:
        return None
    looked = "never" if figures.last_checked is None else _past(figures.last_checked, now)
    reasons = [f"{feed.id}, {called(feed)}: {reason_of(feed)}" for feed in failing]
    left = figures.failing + figures.paused - len(failing)
    more = [f"'feeds failing' and 'feeds paused' list them, {left:,} more among them"] if failing and left > 0 else []
    return Section(
        "Feeds",
        lines=(
            summed_up(figures).rstrip("."),
            f"{figures.new:,} new {'entry' if figures.new == 1 else 'entries'} in the last day, {figures.waiting:,} still to be read",
            f"Last looked at one: {looked}",
            *reasons,
            *more,
        ),
    )


def shown(feed: StoredFeed, tally: Mapping[EntryState, int], failed: Sequence[StoredEntry], now: datetime, zone: ZoneInfo) -> Reply:
    """A feed, how it is set, how it goes, and what of it could not be read."""
    done = ", ".join(f"{tally[state]:,} {_STATES[state]}" for state in EntryState if tally.get(state))
    lines = [*_standing(feed, now, zone), f"Entries: {done or 'none yet'}"]
    if feed.moved_to:
        lines.append(f"It says that it has moved for good, to {feed.moved_to}")
    sections = [Section(f"{feed.id}: {called(feed)}", feed.address, lines=(*lines, *settings_in_words(feed)))]
    if failed:
        could_not = tuple(_could_not(entry, feed, now, zone) for entry in failed)
        sections.append(Section("Could not be read, the newest first", lines=could_not))
    return Reply(f"Feed {feed.id}.", tuple(sections), suggestions=_next(feed), feeds=(view_of(feed),))


def view_of(feed: StoredFeed) -> FeedView:
    """A feed by its figures, for whoever reads them by program."""
    standing = FeedStanding.PAUSED if feed.paused_at else FeedStanding.FAILING if feed.first_failed_at else FeedStanding.READ
    return FeedView(
        number=feed.id,
        name=called(feed),
        address=feed.address,
        standing=standing,
        reason=feed.paused_reason or feed.reason,
        failures=feed.failures,
        failing_since=feed.first_failed_at,
        last_checked=feed.last_checked,
        last_new=feed.last_new,
        next_check=None if feed.paused_at else feed.next_check,
        moved_to=feed.moved_to,
        outlet=feed.outlet,
        language=feed.language,
        time_zone=feed.time_zone,
        full_text=feed.full_text,
        filters=feed.filters,
    )


def settings_in_words(feed: NewFeed) -> tuple[str, ...]:
    """What is set for a feed, a line for each that is not as usual."""
    given = {"Outlet": feed.outlet, "Language": feed.language, "Zone": feed.time_zone}
    lines = [f"{name}: {value}" for name, value in given.items() if value]
    if not feed.full_text:
        lines.append("Read: what the feed gives, not the pages")
    if feed.filters:
        lines.append(f"Filters: {'; '.join(feed.filters)}")
    return tuple(lines)


_STATES = {
    EntryState.WAITING: "to be read",
    EntryState.READ: "read",
    EntryState.PASSED_OVER: "passed over",
    EntryState.FAILED: "could not be read",
}


def summed_up(figures: FeedFigures) -> str:
    """How many are read, fail and are paused, as a sentence."""
    running = figures.feeds - figures.paused
    told = [f"{running:,} {'is' if running == 1 else 'are'} read"]
    if figures.failing:
        told.append(f"{figures.failing:,} of these {'fails' if figures.failing == 1 else 'fail'}")
    if figures.paused:
        told.append(f"{figures.paused:,} {'is' if figures.paused == 1 else 'are'} paused")
    return f"{', '.join(told)}."


def _standing(feed: StoredFeed, now: datetime, zone: ZoneInfo) -> tuple[str, ...]:
    looked = "not looked at yet" if feed.last_checked is None else f"looked at {_past(feed.last_checked, now)}"
    if feed.paused_at is not None:
        return (f"Paused since {moment_in_words(feed.paused_at, now, zone)}{why(feed)}", *_last(feed))
    wait = feed.next_check - now
    again = "next now" if wait.total_seconds() <= 0 else f"next in {in_words(wait)}"
    new = f", last new {_past(feed.last_new, now)}" if feed.last_new else ""
    return (f"{looked[0].upper()}{looked[1:]}, {again}{new}", *_last(feed))


def _past(moment: datetime, now: datetime) -> str:
    return "just now" if now - moment < timedelta(minutes=1) else f"{in_words(now - moment)} ago"


def why(feed: StoredFeed) -> str:
    """Why a feed is paused, as it follows on that: ": the reason", or who did it."""
    reason = cut((feed.paused_reason or "").removeprefix(_IS_PAUSED), _LONGEST_REASON)
    return f" {reason}" if reason.startswith(_BY) else f": {reason}"


def _last(feed: StoredFeed) -> tuple[str, ...]:
    if not feed.reason or feed.reason == feed.paused_reason:
        return ()
    times = "Failed" if feed.failures == 1 else f"Failed {feed.failures} times in a row"
    return (f"{times}: {cut(feed.reason, _LONGEST_REASON)}",)


def _without_key(address: str) -> str:
    place, mark, _ = address.partition("?")
    return f"{place}?…" if mark else address


def reason_of(feed: StoredFeed) -> str:
    """Why a feed could not be had the last time; "" where it could."""
    return cut(feed.reason or feed.paused_reason or "", _LONGEST_REASON)


def _could_not(entry: StoredEntry, feed: StoredFeed, now: datetime, zone: ZoneInfo) -> str:
    when = moment_in_words(entry.published or entry.first_seen, now, zone)
    return f"{when}: {entry.page or called(feed)}: {cut(entry.reason or '', _LONGEST_REASON)}"


def _next(feed: StoredFeed) -> tuple[str, ...]:
    go_on = f"feeds resume {feed.id}" if feed.paused_at else f"feeds check {feed.id}"
    return (go_on, *((f"feeds move {feed.id}",) if feed.moved_to else ()))

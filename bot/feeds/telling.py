"""What people are told when they do something with feeds, and what owners are told of theirs. Pure."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.asking.politeness import without_politeness
from bot.cards import counted
from bot.digests.times import moment_in_words
from bot.digests.titles import cut, named, plain
from bot.feeds.adding import Offered
from bot.feeds.feed import Entry
from bot.feeds.filters import allows, parse
from bot.feeds.listing import called, numbered, reason_of, settings_in_words, why
from bot.feeds.requests import FeedWishes
from bot.replies import Reply, Section
from storage.records import NewFeed, StoredFeed

_MOST_SHOWN = 10


def previewed(offered: Offered, wished: NewFeed, url: str, given: FeedWishes, first_entries: int, now: datetime, zone: ZoneInfo) -> Reply:
    """What would come of a feed, of which so many entries are read at first, and what its filters leave out."""
    feed, wanted = offered.feed, [parse(one) for one in wished.filters]
    taken = [entry for entry in feed.entries if allows(wanted, entry)]
    some = tuple(_entry(entry, now, zone) for entry in taken[:_MOST_SHOWN])
    notes = [f"{len(taken):,} of its {len(feed.entries):,} entries pass the filters." if wanted else ""]
    if len(taken) > _MOST_SHOWN:
        notes.append(f"And {len(taken) - _MOST_SHOWN:,} more.")
    if not feed.entries:
        notes.append("It has no entries now; what it gives later is read.")
    facts = f"{feed.format.upper()}, {offered.address}"
    title = cut(plain(wished.outlet or feed.title or "")) or cut(offered.address)
    return Reply(
        f"What would come of it. {_at_first(first_entries)}; nothing is saved.",
        (Section(title, facts, lines=(*some, *settings_in_words(wished))),),
        tuple(filter(None, notes)),
        suggestions=(f"feeds add {url}{wishes_typed(given)}",),
    )


def added(feed: StoredFeed, first_entries: int) -> Reply:
    """A feed that is read from now on, of which so many entries are read at first."""
    return Reply(
        f"Added as feed {feed.id}: {called(feed)}, {feed.address}.",
        notes=(
            *settings_in_words(feed),
            f"{_at_first(first_entries)}, without alerts; then what is new." if first_entries else f"{_at_first(0)}.",
        ),
        suggestions=(f"feeds show {feed.id}",),
    )


def known(feed: StoredFeed) -> Reply:
    """A feed that was there already."""
    return Reply(
        f"Feed {feed.id} is that already: {called(feed)}, {feed.address}. Nothing was changed.",
        suggestions=(f"feeds show {feed.id}", *((f"feeds resume {feed.id}",) if feed.paused_at else ())),
    )


def paused(feed: StoredFeed, *, now: bool) -> Reply:
    """A feed that is left alone, `now` or already."""
    reason = "" if now else f" already{why(feed)}"
    return Reply(f"{numbered(feed)} is paused{reason.rstrip('.')}.", suggestions=(f"feeds resume {feed.id}",))


def resumed(feed: StoredFeed, *, now: bool) -> Reply:
    """A feed that goes on, `now` or since long, and where it says that it is."""
    goes_on = "goes on: it is looked at next" if now else "is not paused"
    notes = (f"It says that it has moved for good, to {feed.moved_to}.",) if feed.moved_to else ()
    moving = (f"feeds move {feed.id}",) if feed.moved_to else ()
    return Reply(f"{numbered(feed)} {goes_on}.", notes=notes, suggestions=(*moving, f"feeds show {feed.id}"))


def in_trouble(feed: StoredFeed) -> str:
    """Why a feed could not be had the last time, and the pause that this led to."""
    trouble = f"{numbered(feed)} could not be had. {reason_of(feed)}"
    return f"{trouble} It is paused{why(feed)}" if feed.paused_at else trouble


def moved(feed: StoredFeed, address: str) -> Reply:
    """A feed that is read at another address, and the pause that it is still in."""
    notes = ("It is paused still.",) if feed.paused_at else ()
    next_ = f"feeds resume {feed.id}" if feed.paused_at else f"feeds show {feed.id}"
    return Reply(f"{numbered(feed)} is read at {address} from now on.", notes=notes, suggestions=(next_,))


def imported(new: int, known_before: int, refused: Sequence[tuple[str, str]]) -> Reply:
    """What became of a list of feeds; each that was refused with its reason."""
    notes = [f"{cut(plain(address))}: {reason}" for address, reason in refused[:_MOST_SHOWN]]
    if len(refused) > _MOST_SHOWN:
        notes.append(f"And {len(refused) - _MOST_SHOWN:,} more were left out.")
    if known_before:
        notes.insert(0, f"{counted(known_before, 'feed')} {'was' if known_before == 1 else 'were'} there already.")
    if refused:
        notes.append("Check these addresses in your list, and import it again: what is there already stays as it is.")
    return Reply(f"{counted(new, 'feed')} added.", notes=tuple(notes), suggestions=("feeds",) if new else (), refused=len(refused))


def paused_by_themselves(paused: Sequence[StoredFeed]) -> Reply:
    """What the owner of feeds is told that were paused after they failed for long."""
    feed, *others = paused
    if others:
        named = tuple(f"{one.id}, {called(one)}{why(one)}" for one in paused[:_MOST_SHOWN])
        more = (f"And {len(paused) - _MOST_SHOWN:,} more.",) if len(paused) > _MOST_SHOWN else ()
        return Reply(
            f"{len(paused):,} of your feeds are paused: they failed for long.", notes=(*named, *more), suggestions=("feeds paused",)
        )
    return Reply(
        f"{numbered(feed)} is paused{why(feed)}",
        notes=(f"Last time: {reason_of(feed)}",) if feed.reason and feed.reason != feed.paused_reason else (),
        suggestions=(f"feeds show {feed.id}", f"feeds resume {feed.id}"),
    )


def wishes_typed(wishes: FeedWishes) -> str:
    """Wishes as they are typed behind an address or a number: "; outlet: Harbour Post; keep section: ferries"; "" for none."""
    typed = []
    for name, value in (("outlet", wishes.outlet), ("language", wishes.language), ("zone", wishes.time_zone)):
        if value is not None:
            typed.append(f"{name}: {value or 'none'}")
    if wishes.full_text is not None:
        typed.append("full text" if wishes.full_text else "feed text")
    if wishes.filters is not None:
        typed += wishes.filters or ["no filters"]
    line = "".join(f"; {one}" for one in typed)
    return line if line == without_politeness(line).rstrip("?! ") else f"{line};"  # behind which nothing is taken for a mere ending


def _at_first(entries: int) -> str:
    if not entries:
        return "Of what it has now nothing is read, only what is new"
    return "At first its last entry is read" if entries == 1 else f"At first its last {entries} entries are read"


def _entry(entry: Entry, now: datetime, zone: ZoneInfo) -> str:
    when = f"{moment_in_words(entry.published, now, zone)}: " if entry.published else ""
    return f"{when}{named(entry.headline)} {entry.url or ''}".rstrip()

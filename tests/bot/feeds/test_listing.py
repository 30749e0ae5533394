"""Feeds in words: short lists, reasons where people see them, and nothing that a hostile feed could make of them."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.feeds import listing, telling
from bot.feeds.adding import Offered
from bot.feeds.feed import Entry, Feed, FeedFormat
from bot.feeds.requests import AS_USUAL, FeedWishes, Which
from bot.replies import FeedStanding, Reply
from storage.records import EntryState, FeedFigures, NewFeed, StoredEntry, StoredFeed
from tests.newsrooms import LONDON, lines_of
from tests.storage.test_feeds import KEPT_TIDES

NOW = datetime(2026, 11, 6, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TIDES = replace(KEPT_TIDES, added_at=NOW, next_check=NOW + HOUR, filters=(), outlet=None, language=None, time_zone=None)
FAILING = replace(TIDES, last_checked=NOW - HOUR, failures=2, first_failed_at=NOW - HOUR, reason="It answers 500. Wait.")
HOSTILE = "<!channel> @everyone\n`x` <https://evil.example.org|Bank>\u202e" + "long " * 99


def of(feeds: int, *, paused: int = 0, failing: int = 0) -> FeedFigures:
    return FeedFigures(feeds, paused, failing, waiting=4, new=1, last_checked=NOW - HOUR)


def page_of(*found: StoredFeed, which: Which = Which.ALL, more: bool = False, figures: FeedFigures | None = None) -> Reply:
    return listing.listed(found, which, figures or of(3, paused=1, failing=1), more, NOW, LONDON)


def test_a_store_without_feeds_says_how_to_begin() -> None:
    reply = page_of(figures=of(0))
    assert "'feeds add'" in reply.notes[1]
    assert page_of(which=Which.FAILING, figures=of(1)).notes == ("There are none.",)
    assert page_of(which=Which.FAILING, figures=of(3, failing=1)).notes == ("No more follow.",)


def test_23_a_list_says_how_each_goes_and_why_it_fails() -> None:
    paused = replace(FAILING, id=3, paused_at=NOW, paused_reason="The feed is paused: it failed 20 times in 14 days. Look.")
    reply = page_of(TIDES, replace(FAILING, id=2), paused, figures=of(3, paused=1, failing=1))
    assert reply.understood == "Feeds. 2 are read, 1 of these fails, 1 is paused."
    assert [section.lines for section in reply.sections] == [
        ("Not looked at yet, next in 1 hour",),
        ("Looked at 1 hour ago, next in 1 hour", "Failed 2 times in a row: It answers 500. Wait."),
        (
            "Paused since 12:00: it failed 20 times in 14 days. Look.",
            "Failed 2 times in a row: It answers 500. Wait.",
        ),
    ]
    assert reply.suggestions == ("feeds failing",)
    assert [(one.number, one.standing, one.next_check, one.reason) for one in reply.feeds] == [
        (TIDES.id, FeedStanding.READ, NOW + HOUR, None),
        (2, FeedStanding.FAILING, NOW + HOUR, FAILING.reason),
        (3, FeedStanding.PAUSED, None, paused.paused_reason),
    ]


def test_what_was_seen_less_than_a_minute_past_was_so_just_now() -> None:
    seen = replace(TIDES, last_checked=NOW - timedelta(seconds=59), last_new=NOW - timedelta(seconds=60))
    assert page_of(seen).sections[0].lines == ("Looked at just now, next in 1 hour, last new 1 minute ago",)


@pytest.mark.parametrize(("which", "line"), [(Which.ALL, "feeds after 40"), (Which.FAILING, "feeds failing after 40")])
def test_a_long_list_goes_on_behind_its_last_number(which: Which, line: str) -> None:
    reply = page_of(replace(FAILING, id=40), which=which, more=True, figures=of(1_000, failing=900))
    assert reply.suggestions[0] == line
    assert reply.understood.endswith("1,000 are read, 900 of these fail.")


def test_no_list_and_no_feed_shows_who_added_it() -> None:
    owned = replace(FAILING, owner="U0SECRET", workspace="T0SECRET")
    for reply in (page_of(owned), listing.shown(owned, {}, [], NOW, LONDON), telling.added(owned, 20), telling.known(owned)):
        assert "SECRET" not in repr(reply)


def test_12_what_a_hostile_feed_calls_itself_stands_on_one_short_line() -> None:
    address = f"https://tides.example.org/{'a' * 2_000}"
    for feed in (replace(FAILING, title=HOSTILE, reason=HOSTILE * 9), replace(FAILING, title="\u200b", address=address)):
        for reply in (page_of(feed), listing.shown(feed, {}, [], NOW, LONDON), telling.paused_by_themselves([feed, feed])):
            titles = [section.title for section in reply.sections]
            assert all(len(title) <= 80 and "\n" not in title and "\u202e" not in title for title in titles)
            assert max(map(len, [*lines_of(reply), *reply.notes, ""])) <= 500


def test_a_feed_by_itself_says_what_is_set_what_came_of_it_and_what_could_not_be_read() -> None:
    feed = replace(FAILING, outlet="Harbour Post", full_text=False, filters=("block section: sport",), moved_to="https://new.example.org/")
    none = dict.fromkeys(field.name for field in fields(StoredEntry))
    entry = StoredEntry(**none | {"first_seen": NOW, "page": "https://a.example.org/", "reason": "404."})  # type: ignore[arg-type]
    reply = listing.shown(feed, {EntryState.READ: 1_200, EntryState.FAILED: 1}, [entry], NOW, LONDON)
    assert reply.sections[0].lines[2:] == (
        "Entries: 1,200 read, 1 could not be read",
        "It says that it has moved for good, to https://new.example.org/",
        "Outlet: Harbour Post",
        "Read: what the feed gives, not the pages",
        "Filters: block section: sport",
    )
    assert reply.sections[1].lines == ("12:00: https://a.example.org/: 404.",)
    assert reply.suggestions == ("feeds check 1", "feeds move 1")


def test_23_a_feed_that_is_gone_for_good_is_told_to_be_paused_with_what_to_do() -> None:
    assert telling.in_trouble(replace(FAILING, id=3)) == "Feed 3, Tides, could not be had. It answers 500. Wait."
    gone = replace(FAILING, id=3, paused_at=NOW, paused_reason="The feed is paused: its site says so (410). Look for another.")
    assert telling.in_trouble(gone) == (
        "Feed 3, Tides, could not be had. It answers 500. Wait. It is paused: its site says so (410). Look for another."
    )


@pytest.mark.parametrize(("entries", "shown", "notes"), [(0, 0, 1), (3, 3, 0), (500, 10, 1)])
def test_a_preview_shows_what_would_come_first_and_how_to_have_it(entries: int, shown: int, notes: int) -> None:
    feed = Feed(
        FeedFormat.RSS, "Harbour News", None, None, tuple(Entry(None, None, headline=f"Ferry {number}") for number in range(entries))
    )
    reply = telling.previewed(
        Offered("https://harbour.example.org/feed", feed), NewFeed(""), "https://harbour.example.org/", AS_USUAL, 20, NOW, LONDON
    )
    assert (len(lines_of(reply)), len(reply.notes)) == (shown, notes)
    assert reply.suggestions == ("feeds add https://harbour.example.org/",)


def test_a_preview_shows_what_its_filters_let_through() -> None:
    feed = Feed(FeedFormat.ATOM, None, None, None, (Entry(None, None, headline="Ferry"), Entry(None, None, headline="Tea")))
    given = FeedWishes(filters=("keep title: ferry",))
    wished = NewFeed("", filters=("keep headline: ferry",))
    reply = telling.previewed(Offered("https://a.example.org/", feed), wished, "https://a.example.org/", given, 20, NOW, LONDON)
    assert lines_of(reply)[0] == "“Ferry”"
    assert reply.notes == ("1 of its 2 entries pass the filters.",)
    assert reply.suggestions == ("feeds add https://a.example.org/; keep title: ferry",)


def test_of_an_import_the_first_that_were_refused_are_named() -> None:
    reply = telling.imported(2, 1, [(HOSTILE, "It is no address of the web.")] * 12)
    assert reply.understood == "2 feeds added."
    assert len(reply.notes) == 13
    assert reply.notes[11] == "And 2 more were left out."


def test_the_status_says_nothing_without_feeds() -> None:
    assert listing.figures_section(of(0), [], NOW) is None
    section = listing.figures_section(of(5, paused=2, failing=2), [FAILING], NOW)
    assert section is not None
    assert section.lines[:3] == (
        "3 are read, 2 of these fail, 2 are paused",
        "1 new entry in the last day, 4 still to be read",
        "Last looked at one: 1 hour ago",
    )
    assert section.lines[3:] == (
        "1, Tides: It answers 500. Wait.",
        "'feeds failing' and 'feeds paused' list them, 3 more among them",
    )

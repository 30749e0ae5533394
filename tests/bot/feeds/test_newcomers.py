"""Which entries are new: identities change, are shared or missing, feeds shrink, grow back and reorder, headlines are edited."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds.feed import Entry
from bot.feeds.newcomers import Judged, Keys, News, dated, first_taken, judged, keys_of

NOW = datetime(2026, 11, 4, 12, 0, tzinfo=UTC)
NEW, EDITED, KNOWN, PASSED_OVER = News.NEW, News.EDITED, News.KNOWN, News.PASSED_OVER


def ferry(number: int) -> Entry:
    return Entry(
        f"http://example.org/?p={number}", f"https://example.org/ferry/{number}", f"Ferry {number} sails again", summary="<p>It did.</p>"
    )


FERRIES = tuple(ferry(number) for number in range(5))


def known(*entries: Entry) -> list[Keys]:
    """What is known once a feed with these entries was read."""
    return [one.keys for one in judged(entries, list[Keys]()) if one.news is NEW]


def news(entries: tuple[Entry, ...], before: list[Keys]) -> list[News]:
    return [one.news for one in judged(entries, before)]


def anew(*entries: Entry, **changes: str | None) -> tuple[Entry, ...]:
    return tuple(replace(one, **changes) for one in entries)  # type: ignore[arg-type]


# --- identities that change -----------------------------------------------------------------------


def test_failures_17_guids_and_urls_that_change_from_http_to_https_are_the_same() -> None:
    https = tuple(replace(one, guid=f"https://example.org/?p={number}") for number, one in enumerate(FERRIES))
    found = judged(https, known(*FERRIES))
    assert [one.news for one in found] == [KNOWN] * 5
    assert not any(one.has_other_keys for one in found)
    assert news(tuple(replace(one, url=None) for one in https), known(*(replace(one, url=None) for one in FERRIES))) == [KNOWN] * 5
    assert news(tuple(replace(one, url=(one.url or "").replace("https", "http")) for one in FERRIES), known(*FERRIES)) == [KNOWN] * 5


def test_failures_17_when_all_guids_change_at_once_nothing_is_new_and_the_new_ones_are_learnt() -> None:
    for without_pages in (False, True):
        before = tuple(replace(one, url=None) for one in FERRIES) if without_pages else FERRIES
        after = tuple(replace(one, guid=f"tag:example.org,2026:{number}") for number, one in enumerate(before))
        found = judged(after, known(*before))
        assert [one.news for one in found] == [KNOWN] * 5
        assert all(one.has_other_keys for one in found)


def test_failures_17_two_entries_that_share_a_guid_are_two() -> None:
    for pages in (True, False):
        pair = tuple(replace(one, guid="1", url=one.url if pages else None) for one in FERRIES[:2])
        assert news(pair, []) == [NEW, NEW]
        assert news(pair, known(*pair)) == [KNOWN, KNOWN]
        assert news(pair[1:], known(*pair)) == [KNOWN]


def test_failures_17_a_guid_that_comes_again_with_another_page_and_headline_is_another_entry() -> None:
    one, other = (replace(entry, guid="1") for entry in FERRIES[:2])
    assert news((other,), known(one)) == [NEW]
    assert news((replace(other, headline=one.headline),), known(one)) == [KNOWN]


def test_failures_17_guids_that_only_number_the_places_in_the_feed_lose_and_double_nothing() -> None:
    for pages in (True, False):
        entries = [entry if pages else replace(entry, url=None) for entry in FERRIES]
        before = tuple(replace(entry, guid=str(place)) for place, entry in enumerate(entries[1:]))
        after = tuple(replace(entry, guid=str(place)) for place, entry in enumerate(entries))
        assert news(after, known(*before)) == [NEW, KNOWN, KNOWN, KNOWN, KNOWN]


def test_failures_17_entries_without_guids_are_known_by_their_pages() -> None:
    assert news(anew(*FERRIES, guid=None), known(*anew(*FERRIES[:3], guid=None))) == [KNOWN] * 3 + [NEW] * 2


def test_failures_17_entries_without_guid_and_url_are_known_by_what_they_say() -> None:
    bare = anew(*FERRIES, guid=None, url=None)
    assert news(bare, []) == [NEW] * 5
    assert news(anew(*bare, summary="It <b>did</b>."), known(*bare)) == [KNOWN] * 5


def test_tracking_parameters_and_fragments_make_no_new_entries() -> None:
    for added in ("?utm_source=rss", "#top", "?at_medium=RSS&at_campaign=rss"):
        tracked = replace(FERRIES[0], guid=None, url=f"{FERRIES[0].url}{added}")
        assert news((tracked,), known(FERRIES[0])) == [KNOWN]


def test_entries_that_all_link_to_the_front_page_are_told_apart_by_their_guids() -> None:
    front = anew(*FERRIES, url="https://example.org/")
    assert news(front, []) == [NEW] * 5
    assert news(front, known(*front[1:])) == [NEW, KNOWN, KNOWN, KNOWN, KNOWN]
    assert news(front[:1], known(front[1])) == [NEW]


def test_entries_of_one_page_with_guids_and_headlines_of_their_own_are_several() -> None:
    live = tuple(
        replace(entry, guid=f"https://example.org/live#{number}", url="https://example.org/live") for number, entry in enumerate(FERRIES)
    )
    assert news(live, []) == [NEW] * 5
    assert news(live, known(*live[2:])) == [NEW, NEW, KNOWN, KNOWN, KNOWN]


def test_entries_of_one_page_without_guids_are_told_apart_by_their_headlines_and_their_places_on_it() -> None:
    for places in (True, False):
        live = tuple(Entry(None, f"https://example.org/live{f'#{number}' * places}", f"Ferry {number} sails again") for number in range(4))
        before = known(*live[3:])
        for first in (2, 1, 0):
            found = judged(live[first:], before)
            assert [one.news for one in found] == [NEW, *[KNOWN] * (3 - first)]
            before += [one.keys for one in found if one.news is NEW]
        assert [news((entry,), before) for entry in live] == [[KNOWN]] * 4
        assert news(live[::-1], before) == [KNOWN] * 4


def test_fragments_that_change_make_no_new_entries() -> None:
    one, other = (tuple(replace(entry, guid=None, url=f"{entry.url}#xtor={day}") for entry in FERRIES) for day in "ab")
    assert news(other, known(*one)) == [KNOWN] * 5


def test_pages_with_the_same_headline_are_different_entries() -> None:
    crosswords = tuple(Entry(None, f"https://example.org/crossword/{number}", "Crossword") for number in range(3))
    assert news(crosswords, known(*crosswords[1:])) == [NEW, KNOWN, KNOWN]


# --- feeds that come and go -----------------------------------------------------------------------


def test_failures_18_a_feed_that_shrinks_and_grows_back_has_nothing_new() -> None:
    before = known(*FERRIES)
    assert news(FERRIES[:1], before) == [KNOWN]
    assert news((), before) == []
    assert news(FERRIES, before) == [KNOWN] * 5


def test_failures_18_old_entries_that_come_again_and_feeds_that_reorder_have_nothing_new() -> None:
    assert news(FERRIES[::-1], known(*FERRIES)) == [KNOWN] * 5
    assert news((*FERRIES[3:], ferry(9), *FERRIES[:3]), known(*FERRIES)) == [KNOWN, KNOWN, NEW, KNOWN, KNOWN, KNOWN]


def test_an_entry_that_stands_in_a_feed_twice_is_one() -> None:
    assert news((*FERRIES, FERRIES[0]), []) == [NEW] * 5 + [KNOWN]
    found = judged((FERRIES[0], *FERRIES), known(*FERRIES))
    assert [(one.news, one.of is None) for one in found[:2]] == [(KNOWN, False), (KNOWN, True)]


def test_failures_18_a_first_subscribe_takes_the_newest_twenty_by_date() -> None:
    entries = tuple(replace(ferry(number), published=NOW - timedelta(days=30 - number)) for number in range(30))
    found = first_taken(judged(entries, list[Keys]()), NOW)
    assert [one.news for one in found] == [PASSED_OVER] * 10 + [NEW] * 20
    assert news(entries, [one.keys for one in found]) == [KNOWN] * 30


def test_failures_18_a_first_subscribe_without_all_dates_takes_those_that_stand_first() -> None:
    dates = (NOW, None, NOW - timedelta(days=9), NOW, NOW)
    entries = tuple(replace(entry, published=date) for entry, date in zip(FERRIES, dates, strict=True))
    taken = first_taken(judged(entries, list[Keys]()), NOW, 3)
    assert [one.news for one in taken] == [NEW, NEW, NEW, PASSED_OVER, PASSED_OVER]
    assert first_taken(list[Judged[Keys]](), NOW) == ()


# --- edits ----------------------------------------------------------------------------------------


def test_failures_22_an_edited_headline_is_a_new_version_of_the_same_entry() -> None:
    for changes in ({}, {"guid": None}, {"url": None}, {"guid": "changed as well"}):
        edited = replace(FERRIES[0], headline="Ferry 0 does not sail", **changes)
        before = known(*FERRIES)
        (found,) = judged((edited,), before)
        assert (found.news, found.of) == (EDITED, before[0])
        assert found.keys.url_key == before[0].url_key
        assert news((edited,), [found.keys]) == [KNOWN]


def test_a_text_that_was_edited_is_an_edit_and_new_markup_is_none() -> None:
    assert news(anew(FERRIES[0], summary="<p>It did not.</p>"), known(*FERRIES)) == [EDITED]
    assert news(anew(FERRIES[0], summary='<div class="x">It&nbsp;did.</div><img src="1.png">'), known(*FERRIES)) == [KNOWN]
    assert news(anew(FERRIES[0], headline=None, summary=None), known(*FERRIES)) == [KNOWN]


def test_an_edit_that_stands_beside_what_it_replaces_does_not_go_to_and_fro() -> None:
    edited = replace(FERRIES[0], headline="Ferry 0 does not sail")
    assert news((edited, FERRIES[0]), known(FERRIES[0])) == [KNOWN, KNOWN]
    assert news((edited,), known(FERRIES[0])) == [EDITED]


# --- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "updated", "expected"),
    [
        (None, None, NOW),
        (NOW + timedelta(days=400), None, NOW),
        (datetime(9999, 12, 31, tzinfo=UTC), None, NOW),
        (datetime(1970, 1, 1, tzinfo=UTC), None, NOW),
        (datetime(1, 1, 1, tzinfo=UTC), NOW - timedelta(days=1), NOW - timedelta(days=1)),
        (NOW - timedelta(days=2), NOW, NOW - timedelta(days=2)),
        (datetime(2026, 11, 4, tzinfo=UTC), None, datetime(2026, 11, 4, tzinfo=UTC)),
    ],
)
def test_failures_19_a_date_that_is_missing_or_in_the_future_is_when_it_was_first_seen(
    published: datetime | None, updated: datetime | None, expected: datetime
) -> None:
    assert dated(Entry(None, None, published=published, updated=updated), NOW) == expected


# --- whatever it is -------------------------------------------------------------------------------

few = st.sampled_from(
    [None, "", "a", "b", "https://example.org/a", "http://example.org/b?utm_source=x", "https://example.org/", "ftp://x", "é"]
)
entries_of_any_kind = st.lists(st.builds(Entry, few, few, few, summary=few), max_size=8).map(tuple)


@settings(max_examples=30)
@given(entries_of_any_kind)
def test_what_was_read_once_is_not_new_again_forwards_or_backwards(entries: tuple[Entry, ...]) -> None:
    before = known(*entries)
    assert News.NEW not in news(entries, before)
    assert News.NEW not in news(entries[::-1], before)


@settings(max_examples=20)
@given(st.permutations(FERRIES), st.integers(0, 5))
def test_failures_18_no_part_of_a_feed_in_no_order_is_new_again(entries: list[Entry], many: int) -> None:
    assert set(news(tuple(entries[:many]), known(*FERRIES))) <= {KNOWN}


@settings(max_examples=30)
@given(entries_of_any_kind, entries_of_any_kind)
def test_each_earlier_entry_is_one_entry_of_a_reading_and_new_ones_are_none(earlier: tuple[Entry, ...], entries: tuple[Entry, ...]) -> None:
    before = list(dict.fromkeys(known(*earlier)))
    found = judged(entries, before)
    assert [one.entry for one in found] == list(entries)
    of = [id(one.of) for one in found if one.of is not None]
    assert len(of) == len(set(of))
    assert all(one.of is None for one in found if one.news is NEW)
    assert all(one.of is not None for one in found if one.news is EDITED)


def test_entries_with_different_words_and_no_other_identity_have_different_keys() -> None:
    assert keys_of(Entry(None, None, "Ann Bell")) != keys_of(Entry(None, None, "Ada Moor"))
    assert keys_of(Entry(" ", "mailto:ann@example.org", "")) == Keys(None, None, None, None)

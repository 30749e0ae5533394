"""Feeds in the grammar of the chat: what is asked for, what is refused with what was meant, and what stays a question."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NotUnderstood
from bot.feeds.filters import Field, Filter, Verdict
from bot.feeds.requests import (
    AS_USUAL,
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
from bot.feeds.telling import wishes_typed
from bot.grammar.commands import parse
from bot.requests import Add, Ask, Command, Pause, Show, only_asks
from tests.newsrooms import LONDON

TUESDAY = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)
FEED = "https://harbour.example.org/feed"
ALL_WISHES = FeedWishes("Harbour Post", "en", "Europe/London", False, ("keep headline: ferry, bridge", "block section: sport"))


def typed(text: str) -> Command:
    return parse(text, now=TUESDAY, zone=LONDON, outlets=["The Mill"])


def refused(text: str) -> NotUnderstood:
    with pytest.raises(NotUnderstood) as caught:
        typed(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("feeds", ListFeeds()),
        ("Feed", ListFeeds()),
        ("list all feeds", ListFeeds()),
        ("please show me the feeds", ListFeeds()),
        ("which feeds do we read?", ListFeeds()),
        ("feeds failing", ListFeeds(Which.FAILING)),
        ("which feeds are broken", ListFeeds(Which.FAILING)),
        ("show paused feeds", ListFeeds(Which.PAUSED)),
        ("feeds after 40", ListFeeds(after=40)),
        ("feeds failing after 40", ListFeeds(Which.FAILING, 40)),
        ("feeds 3", ShowFeed(3)),
        ("feed #3", ShowFeed(3)),
        ("feeds show 3", ShowFeed(3)),
        ("show me feed 3", ShowFeed(3)),
        ("feeds pause 3", PauseFeed(3)),
        ("pause feed 3", PauseFeed(3)),
        ("resume the feed 3", ResumeFeed(3)),
        ("unpause feed 3", ResumeFeed(3)),
        ("feeds check 3", CheckFeed(3)),
        ("feeds move 3", MoveFeed(3)),
        ("feeds remove feed 3", RemoveFeed(3)),
        ("delete feed 3", RemoveFeed(3)),
        (f"feeds add {FEED}", AddFeed(FEED)),
        (f"add feed {FEED}", AddFeed(FEED)),
        (f"can you add the RSS feed at <{FEED}>", AddFeed(FEED)),
        (f"feeds add <{FEED}|harbour.example.org/feed>", AddFeed(FEED)),
        (f"subscribe to the feed {FEED}", AddFeed(FEED)),
        (f"feeds preview {FEED}, full text", PreviewFeed(FEED, FeedWishes(full_text=True))),
        (f"feeds import {FEED}", ImportFeeds(FEED)),
        (f"import feeds from {FEED}", ImportFeeds(FEED)),
        ("feeds export", ExportFeeds()),
        ("export all feeds as OPML", ExportFeeds()),
    ],
)
def test_a_request_for_feeds_says_what_is_to_be_done(text: str, command: Command) -> None:
    assert typed(text) == command
    assert only_asks(command) == isinstance(command, ListFeeds | ShowFeed | PreviewFeed | ExportFeeds)


@pytest.mark.parametrize("between", [" ", "; ", " ; ", ", ", ";"])
def test_wishes_stand_behind_an_address_with_semicolons_between_them(between: str) -> None:
    wishes = "outlet: Harbour Post; language: en; zone: Europe/London; keep headline: ferry, bridge; block section: sport; feed text"
    assert typed(f"feeds add {FEED}{between}{wishes}") == AddFeed(FEED, ALL_WISHES)


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("outlet: none; full text; no filters; zone: London", FeedWishes("", None, "Europe/London", True, ())),
        ("outlet to The Mill", FeedWishes(outlet="The Mill")),
        ("no outlet; no language; without zone", FeedWishes("", "", "")),
        ("time zone is New York time", FeedWishes(time_zone="America/New_York")),
        ("outlte = The Mill", FeedWishes(outlet="The Mill")),
        ("filters: none", FeedWishes(filters=())),
        ("no filters; skip titles: live", FeedWishes(filters=("block headline: live",))),
        ("no section: sport", FeedWishes(filters=("block section: sport",))),
        ("feed text only", FeedWishes(full_text=False)),
    ],
)
def test_a_feed_is_set_to_what_is_wished_for_in_several_words(text: str, wishes: FeedWishes) -> None:
    for between in (" ", "; ", " to "):
        assert typed(f"feeds set 3{between}{text}") == ChangeFeed(3, wishes)
    assert typed(f"change feed 3; {text}") == ChangeFeed(3, wishes)


_WORD = (
    st.text(st.sampled_from("abcé z9/-.:'?!"), min_size=1, max_size=9)
    .map(lambda word: " ".join(word.split()))
    .filter(lambda word: any(map(str.isalnum, word)))
)
_FILTERS = st.builds(
    Filter, st.sampled_from(Verdict), st.sampled_from(Field), st.lists(_WORD, min_size=1, max_size=3, unique=True).map(tuple)
)
_NAMES = st.sampled_from(["", "Harbour Post", "Outlet: The Mill, zone", "Full Text", "Tides, Ltd.", "To the Lighthouse", "Yes, please"])


@settings(max_examples=30, deadline=None)
@given(
    outlet=st.none() | _NAMES,
    language=st.sampled_from([None, "", "en-GB"]),
    time_zone=st.sampled_from([None, "", "Europe/London"]),
    full_text=st.sampled_from([None, True, False]),
    filters=st.none() | st.lists(_FILTERS, max_size=3, unique=True).map(lambda some: tuple(map(str, some))),
    address=st.sampled_from([FEED, f"{FEED};a=1,b", "https://harbour.example.org/?outlet=2&full=text"]),
)
def test_wishes_that_are_written_are_read_as_the_same(address: str, **wished: object) -> None:
    wishes = FeedWishes(**wished)  # type: ignore[arg-type] # each is drawn for its field
    assert typed(f"feeds add {address}{wishes_typed(wishes)}") == AddFeed(address, wishes)
    if wishes != AS_USUAL:
        assert typed(f"feeds set 3{wishes_typed(wishes)}") == ChangeFeed(3, wishes)


@pytest.mark.parametrize(
    "text",
    [
        *("feeds for livestock", "feed prices", "feed import tariffs", "feeds export ban", "who said what about feeds", "feeding the poor"),
        *("feeds failing farmers", "feeds 3 million cattle", "feed remove hormones from beef", "feeds add to costs for farmers"),
        *("fees", "feds", "what do feeds add", "show feeds of cattle to us"),
    ],
)
def test_what_is_about_other_feeds_is_no_request_for_ours(text: str) -> None:
    assert isinstance(typed(text), Ask | Show)


def test_other_keywords_mean_what_they_meant() -> None:
    assert [typed("pause 3"), typed(f"add {FEED}"), typed("show 3")] == [Pause(3), Add(FEED), Show("3")]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("feeds pasue 3", "feeds pause 3"),
        ("feeds pasued", "feeds paused"),
        ("feesd pause 3", "feeds pause 3"),
        (f"feeds ad {FEED}", f"feeds add {FEED}"),
        ("feeds add harbour.example.org", "feeds add https://harbour.example.org"),
        ("add feed harbour.example.org/a; full text", "feeds add https://harbour.example.org/a; full text"),
        ("feeds import harbour.example.org/a.opml", "feeds import https://harbour.example.org/a.opml"),
        (f"feeds {FEED}", f"feeds preview {FEED}"),
        ("feeds 3 pause", "feeds pause 3"),
        ("feeds 3; outlet: The Mill", "feeds set 3; outlet: The Mill"),
        ("feeds pause 3 and 4", "feeds pause 3"),
        ("feeds failing after x", "feeds failing"),
        ("feeds set 3; full text; zone: Lodnon; no outlet", "feeds set 3; full text; zone: Europe/London; no outlet"),
        ("feeds set 3; keep headline ferry", "feeds set 3; keep headline: ferry"),
    ],
)
def test_a_request_that_nearly_is_one_is_refused_with_what_was_meant_which_is_one(text: str, meant: str) -> None:
    error = refused(text)
    assert error.suggestions[0] == meant
    assert meant.removeprefix("feeds set 3; ") in error.remedy or meant.partition("zone: ")[2].partition(";")[0] in error.remedy
    assert not isinstance(typed(meant), Ask)


@pytest.mark.parametrize(
    ("text", "what", "remedy"),
    [
        ("feeds add", "not how feeds add works", "feeds add https://"),
        ("add a feed", "not how feeds add works", "feeds add https://"),
        ("feeds add a b", "not how feeds add works", "who said what about feeds add a b"),
        ("feeds add ftp://harbour.example.org", "not how feeds add works", "feeds add https://"),
        ("feeds preview", "not how feeds preview works", "feeds preview https://"),
        ("feeds pause", "not how feeds pause works", "feeds pause 3"),
        ("pause the feed", "not how feeds pause works", "feeds pause 3"),
        ("feeds pause three", "not how feeds pause works", "feeds pause 3"),
        ("feeds remove 1234567890123456789", "not how feeds remove works", "feeds remove 3"),
        ("feeds import", "not how feeds import works", "feeds import https://"),
        (f"feeds import {FEED} {FEED}", "not how feeds import works", "feeds import https://"),
        ("feeds set 3", "not how feeds set works", "feeds set 3; "),
        ("feeds set; full text", "not how feeds set works", "feeds set 3; "),
        (f"feeds add {FEED} {FEED}", "is no filter", "outlet: Harbour Post"),
        (f"feeds add {FEED}; blue", "“blue” is nothing that a feed can be set to", "keep headline: ferry"),
        ("feeds set 3; colour: blue", "“colour: blue” is no filter", "keep headline: ferry"),
        ("feeds set 3; keep mood: blue", "not at “mood”", "keep headline: ferry"),
        ("feeds set 3; outlet:", "“outlet:” does not say which", "outlet: Harbour Post"),
        ("feeds set 3; zone: EST", "EST is not the time of one place", "New York"),
        ("feeds set 3; outlet: A; outlet: B", "“outlet: B”", "Say it once"),
        ("feeds set 3; full text; feed text", "“feed text”", "Say it once"),
    ],
)
def test_a_request_that_lacks_something_is_refused_with_what_to_type(text: str, what: str, remedy: str) -> None:
    error = refused(text)
    assert what in error.what
    assert remedy in error.remedy
    for one in error.suggestions:
        typed(one)

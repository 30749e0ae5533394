"""Feeds on the command line: every command asks the newsroom, what is refused is told and the rest is done."""

import io
import json
import shlex
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.terminal.app import run
from adapters.terminal.progress import Course
from adapters.terminal.rendering import as_command
from bot.errors import CannotFetch, DatabaseBusy, NotFound
from bot.feeds.requests import AS_USUAL, FeedWishes, ImportFeeds, Which
from bot.feeds.telling import wishes_typed
from bot.replies import FeedStanding, FeedView, Ingested, Reply, SaveOutcome, Section
from tests.fakes.newsroom import FakeNewsroom

Captured = pytest.CaptureFixture[str]
FEED = "https://tides.example.org/feed"
GIVEN = ["--outlet", "Harbour Post", "--language", "en", "--zone", "Europe/London", "--filter", "keep headline: ferry; block url: /live/"]
WISHES = FeedWishes("Harbour Post", "en", "Europe/London", None, ("keep headline: ferry", "block url: /live/"))
PART = Reply("Feeds.", (Section("1: The Tide", FEED, lines=("Not looked at yet",)),), suggestions=("feeds failing",))


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (["feeds"], ("all", Which.ALL)),
        (["feeds", "list", "--failing"], ("all", Which.FAILING)),
        (["feeds", "list", "--paused"], ("all", Which.PAUSED)),
        (["feeds", "show", "#3"], ("show", 3, None)),
        (["feeds", "add", FEED], ("add", FEED, None, AS_USUAL)),
        (["feeds", "add", FEED, *GIVEN], ("add", FEED, None, WISHES)),
        (["feeds", "preview", FEED, "--feed-text"], ("preview", FEED, None, FeedWishes(full_text=False))),
        (
            ["feeds", "set", "3", "--outlet", "", "--filter", "", "--full-text"],
            ("change", 3, None, FeedWishes(outlet="", full_text=True, filters=())),
        ),
        (["feeds", "pause", "3"], ("pause", 3, None)),
        (["feeds", "resume", "3"], ("resume", 3, None)),
        (["feeds", "check", "3"], ("check", 3, None)),
        (["feeds", "move", "3"], ("move", 3, None)),
        (["feeds", "remove", "3", "--yes"], ("remove", 3, None)),
        (["feeds", "import", "https://example.org/a.opml"], ("do", ImportFeeds("https://example.org/a.opml"), None)),
    ],
)
def test_every_command_asks_for_what_it_says(
    arguments: list[str], asked: tuple[object, ...], newsroom: FakeNewsroom, capsys: Captured
) -> None:
    assert run(arguments) == 0
    assert newsroom.asked == [asked]
    assert "We will not wait," in capsys.readouterr().out


def test_of_several_feeds_one_that_is_refused_leaves_the_others_alone(newsroom: FakeNewsroom, capsys: Captured) -> None:
    newsroom.feeds.refused[4] = NotFound("There is no feed 4.", suggestions=("feeds show 3",))
    assert run(["feeds", "pause", "3", "4", "5", "3"]) == 2
    assert [one[:2] for one in newsroom.asked] == [("pause", 3), ("pause", 5)]
    assert capsys.readouterr().err == "4: There is no feed 4.\nTry:\n  verbatim feeds show 3\n"


@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_a_list_of_which_a_part_is_refused_is_told_whole_and_ends_with_2(
    as_json: list[str], newsroom: FakeNewsroom, capsys: Captured
) -> None:
    newsroom.reply = Reply("1 feed added.", notes=("The Mill: It is no address of the web.",), refused=1)
    assert run(["feeds", "import", "https://example.org/a.opml", *as_json]) == 2
    printed = capsys.readouterr()
    assert "1 feed added." in printed.out
    assert "The Mill: It is no address of the web." in printed.out
    assert printed.err == ""


def test_trouble_of_the_store_ends_all_of_it(newsroom: FakeNewsroom) -> None:
    newsroom.feeds.refused[4] = DatabaseBusy("It is busy.")
    assert run(["feeds", "pause", "4", "5"]) == 2
    assert newsroom.asked == []


def test_whoever_adds_a_feed_is_told_where_it_is_read(newsroom: FakeNewsroom, capsys: Captured) -> None:
    assert run(["feeds", "add", FEED]) == 0
    assert "'verbatim serve'" in capsys.readouterr().err
    newsroom.feeds.refused[FEED] = CannotFetch("It is no address.")
    assert run(["feeds", "add", FEED]) == 2
    assert capsys.readouterr().err == "It is no address.\n"


def view(number: int, name: str) -> FeedView:
    return FeedView(
        number=number,
        name=name,
        address=FEED,
        standing=FeedStanding.READ,
        reason=None,
        failures=0,
        failing_since=None,
        last_checked=None,
        last_new=None,
        next_check=None,
        moved_to=None,
        outlet=None,
        language=None,
        time_zone=None,
        full_text=True,
        filters=(),
    )


def test_a_list_in_many_parts_is_one_list(newsroom: FakeNewsroom, capsys: Captured) -> None:
    tide, mill = (view(number, name) for number, name in enumerate(("The Tide", "The Mill"), 1))
    section = Section("2: The Mill", "https://mill.example.org/feed")
    newsroom.feeds.parts = [replace(PART, feeds=(tide,)), Reply("", (section,), feeds=(mill,))]
    assert run(["feeds", "list"]) == 0
    told = capsys.readouterr().out
    assert told.index("1: The Tide") < told.index("2: The Mill") < told.index("verbatim feeds list --failing")
    assert run(["feeds", "list", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["number"], one["name"], one["standing"]) for one in lines] == [(1, "The Tide", "read"), (2, "The Mill", "read")]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["list", "--failing", "--paused"], "Give --failing or --paused."),
        (["set", "3"], "It is not said what to change."),
        (["add", FEED, "--filter", "kep headlne ferry"], "is no filter"),
        (["show", "three"], "is no number"),
        (["remove", "3"], "Add --yes."),
        (["import", "/nowhere/list.opml"], "There is no file or folder"),
        (["import", "."], "is a folder"),
        (["export", "/nowhere/list.opml"], "cannot be written"),
    ],
)
def test_what_makes_no_sense_is_said_in_a_sentence(arguments: list[str], told: str, newsroom: FakeNewsroom, capsys: Captured) -> None:
    assert run(["feeds", *arguments]) == 2
    assert told in " ".join(capsys.readouterr().err.split())
    assert not {"change", "add", "remove", "import_list"} & {str(one[0]) for one in newsroom.asked}


def test_lists_come_from_files_and_standard_input_and_go_to_files_and_standard_output(
    newsroom: FakeNewsroom, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("in.opml").write_bytes(b"<opml version='2.0'/>")
    assert run(["feeds", "import", "in.opml"]) == 0
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"<opml version='1.0'/>")))
    assert run(["feeds", "import", "-"]) == 0
    assert newsroom.asked == [("import_list", b"<opml version='2.0'/>", None), ("import_list", b"<opml version='1.0'/>", None)]
    capsysbinary.readouterr()
    newsroom.feeds.opml = "<opml>Ålesund</opml>".encode()
    assert run(["feeds", "export"]) == 0
    assert capsysbinary.readouterr().out == newsroom.feeds.opml
    assert run(["feeds", "export", "out.opml"]) == 0
    assert Path("out.opml").read_bytes() == newsroom.feeds.opml


def test_reading_once_looks_until_nothing_is_due_and_brings_until_nothing_waits(
    newsroom: FakeNewsroom, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = list[int]()
    monkeypatch.setattr(Course, "show", lambda _, done, *__: shown.append(done))
    newsroom.feeds.due = 37
    newsroom.feeds.waiting = [Ingested(f"https://tides.example.org/{n}", SaveOutcome.ADDED, n, f"Boat {n}", 2) for n in range(1, 20)]
    assert run(["feeds", "read"]) == 0
    printed = capsys.readouterr()
    assert "37 feeds were looked at." in printed.err
    assert "Article 19 added, 2 quotes: Boat 19" in printed.out
    assert "19 added; 38 quotes." in printed.out
    assert shown == list(range(1, 20)), "how many are read is counted over all feeds"


def test_whoever_reads_before_there_is_a_feed_is_told_how_to_begin(newsroom: FakeNewsroom, capsys: Captured) -> None:
    assert newsroom.feeds.known.feeds == 0
    assert run(["feeds", "read"]) == 0
    printed = capsys.readouterr()
    assert "begins: verbatim feeds add https://example.org/" in printed.err
    assert printed.out == ""


def test_reading_some_feeds_reads_no_others_and_says_why_one_cannot_be_had(newsroom: FakeNewsroom, capsys: Captured) -> None:
    newsroom.feeds.refused["look 4"] = CannotFetch("Feed 4 could not be had. The site is out.")
    assert run(["feeds", "read", "3", "4"]) == 2
    assert newsroom.asked[:2] == [("check", 3, None), ("check", 4, None)]
    assert {tuple(one[1]) for one in newsroom.asked if one[0] in ("look", "bring") and isinstance(one[1], list)} == {(3, 4)}
    assert "Feed 4 could not be had. The site is out." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("request_", "command"),
    [
        ("feeds", "verbatim feeds"),
        ("feeds after 40", "verbatim feeds"),
        ("feeds failing", "verbatim feeds list --failing"),
        ("feeds paused after 40", "verbatim feeds list --paused"),
        ("feeds show 3", "verbatim feeds show 3"),
        ("feeds export", "verbatim feeds export"),
        (f"feeds preview {FEED}?a=1&b=2; feed text", f"verbatim feeds preview '{FEED}?a=1&b=2' --feed-text"),
        (
            f"feeds add {FEED}; outlet: Ann's; keep section: y",
            f"verbatim feeds add {FEED} --outlet 'Ann'\"'\"'s' --filter 'keep section: y'",
        ),
        ("feeds set 3; keep title: who says so?;", "verbatim feeds set 3 --filter 'keep title: who says so?'"),
        ("feeds set 3; outlet: none; no filters; zone: none", "verbatim feeds set 3 --outlet '' --filter '' --zone ''"),
    ],
)
def test_requests_about_feeds_are_commands_here(request_: str, command: str) -> None:
    assert as_command(request_) == command


NAMES = st.text(st.characters(blacklist_characters=";\r\n", blacklist_categories=("C", "Z")), min_size=1, max_size=9)


@settings(max_examples=30)
@given(outlet=NAMES, word=NAMES)
def test_no_word_of_a_wish_reaches_a_shell_as_anything_else(outlet: str, word: str) -> None:
    wishes = FeedWishes(outlet=outlet, filters=(f"keep headline: {word}",))
    words = shlex.split(as_command(f"feeds add {FEED}{wishes_typed(wishes)}"))
    assert words == ["verbatim", "feeds", "add", FEED, "--outlet", "" if outlet == "none" else outlet, "--filter", f"keep headline: {word}"]

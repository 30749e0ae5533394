import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from adapters.plain import safe_text
from adapters.terminal.lines import print_lines
from adapters.terminal.marking import article_lines
from adapters.terminal.rendering import as_command, as_typed, reply_lines
from bot.callers import Channel
from bot.replies import (
    ArticleView,
    Kept,
    MarkedQuote,
    Place,
    QuoteCard,
    QuoteKind,
    Reply,
    Reports,
    Section,
    SubscriptionView,
    Sureness,
)
from tests.fakes.newsroom import ARTICLE, PLACE, card

UTC_ZONE = ZoneInfo("UTC")
HOSTILE = "\x1b[31mred\x1b]8;;https://evil.example.org\x07 \x9b2J [bold]markup[/bold] \u202egnp.exe\x00\r\b\ud800"
_STYLES_AND_LINKS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^;]*;[\x20-\x7e]*\x1b\\")
_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def _console(*, terminal: bool = False, width: int = 80, no_color: bool = False) -> Console:
    return Console(
        file=io.StringIO(),
        force_terminal=terminal,
        color_system="standard" if terminal else None,
        width=width,
        no_color=no_color,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )


def _printed(reply: Reply, *, terminal: bool = False, width: int = 80) -> str:
    console = _console(terminal=terminal, width=width)
    print_lines(console, reply_lines(reply, zone=UTC_ZONE, hyperlinks=terminal))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def _shown(view: ArticleView, *, terminal: bool = False) -> str:
    console = _console(terminal=terminal)
    print_lines(console, article_lines(view, zone=UTC_ZONE, colours=terminal, hyperlinks=terminal))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def _one(quote: QuoteCard, title: str = "Ada Moor") -> Reply:
    return Reply("Quotes about the ferry", (Section(title, "1 quote", (quote,)),))


def test_a_reply_in_a_pipe_is_plain_text_with_the_whole_address() -> None:
    assert _printed(_one(card())).splitlines() == [
        "Quotes about the ferry",
        "",
        "Ada Moor  1 quote",
        "  “We will not wait,” … “Nobody should.”",
        "    #7 direct · Harbour Post · 14 October 2024 · Ferry late",
        "    https://harbour.example.org/ferry#:~:text=We%20will%20not%20wait",
    ]


def test_on_a_terminal_the_address_is_short_and_opens_at_the_words() -> None:
    printed = _printed(_one(card()), terminal=True)
    assert re.search(r"\x1b\]8;[^;]*;https://harbour\.example\.org/ferry#:~:text=We%20will%20not%20wait\x1b\\", printed)
    assert "https://harbour.example.org/ferry\x1b" in printed


def test_only_direct_words_get_quotation_marks() -> None:
    reported = replace(card(("the ferry would be “a disgrace” for years",)), kind=QuoteKind.MIXED)
    assert "  the ferry would be “a disgrace” for years" in _printed(_one(reported)).splitlines()


def test_what_is_only_reported_stands_behind_its_cue() -> None:
    denied = replace(card(("he had been told to wait",)), kind=QuoteKind.INDIRECT, cue="denied")
    assert "  denied: he had been told to wait" in _printed(_one(denied)).splitlines()
    assert "said: " not in _printed(_one(replace(card(), cue="said")))


def test_a_doubtful_quote_says_so_and_a_sure_one_does_not() -> None:
    assert "direct · unsure ·" in _printed(_one(replace(card(), sureness=Sureness.UNSURE)))
    assert "direct · likely ·" in _printed(_one(replace(card(), sureness=Sureness.LIKELY)))
    assert "direct · corrected ·" in _printed(_one(replace(card(), sureness=Sureness.LIKELY, corrected=True)))
    assert "sure" not in _printed(_one(card()))


def test_an_attitude_is_marked_as_one() -> None:
    wanted = replace(card(("a ferry",)), kind=QuoteKind.INDIRECT, reports=Reports.ATTITUDE, cue="wants")
    lines = _printed(_one(wanted)).splitlines()
    assert lines[3:5] == ["  wants: a ferry", "    #7 indirect · attitude · Harbour Post · 14 October 2024 · Ferry late"]
    assert "attitude" not in _printed(_one(card()))


def test_a_speaker_is_named_at_the_quote_where_the_heading_names_another_thing() -> None:
    assert "  Ada Moor: “We will not wait,”" in _printed(_one(card(), title="The ferry"))
    assert "Ada Moor: " not in _printed(_one(card()))


def test_the_headline_that_heads_a_story_is_not_told_again_at_its_quotes() -> None:
    other = replace(card(), place=replace(PLACE, headline="Ferries at last"))
    lines = _printed(Reply("A digest.", (Section("Ferry late", "Harbour Post", (card(), other)),))).splitlines()
    assert [line for line in lines if "#7" in line] == [
        "    #7 direct · Harbour Post · 14 October 2024",
        "    #7 direct · Harbour Post · 14 October 2024 · Ferries at last",
    ]


def test_copies_are_named_with_their_outlet_and_day() -> None:
    copy = Place(2, "Island Courier", "Wait", datetime(2024, 10, 15, 8, tzinfo=UTC), None)
    bare = Place(3, None, None, None, None)
    assert "    also in Island Courier, 15 October 2024; article 3\n" in _printed(_one(replace(card(), also=(copy, bare))))


def test_notes_and_suggestions_follow_the_answer() -> None:
    reply = Reply("Nothing found", notes=("No quote holds “fery”.",), suggestions=("who said what about ferry",))
    assert _printed(reply).splitlines() == ["Nothing found", "", "No quote holds “fery”.", "", "Try:", "  who said what about ferry"]


def test_subscriptions_are_listed_with_their_times_in_their_own_zone() -> None:
    channel = Channel("slack", "T1", "C1")
    due = (datetime(2024, 10, 26, 7, tzinfo=UTC), datetime(2024, 10, 27, 8, tzinfo=UTC))
    runs = SubscriptionView(3, "about ferries", "daily at 08:00", "Europe/London", channel, "U1", following=due)
    rests = SubscriptionView(4, "everything", "weekdays at 09:00", "UTC", channel, "U1", paused="the channel is archived")
    assert _printed(Reply("Digests in this channel.", subscriptions=(runs, rests)), width=200).splitlines() == [
        "Digests in this channel.",
        "",
        "Digest 3: about ferries",
        "  daily at 08:00, Europe/London · next: Saturday 26 October 2024, 08:00; Sunday 27 October 2024, 08:00 · channel C1",
        "",
        "Digest 4: everything",
        "  weekdays at 09:00, UTC · paused: the channel is archived · channel C1",
    ]


def test_a_page_of_an_answer_says_where_it_stands_and_how_to_go_on() -> None:
    ends = {
        Kept(5, 0, 9, 7, can_narrow=True): "\nQuotes 1 to 1 of 10\nThe next ones: more 5\n",
        Kept(5, 20, 0, 7, can_narrow=True, more=True): "\nQuotes 21 to 21\nThe next ones: more 5\n",
        Kept(5, 20, 0, 7, can_narrow=True): "\nQuotes 21 to 21 of 21\n",
        Kept(5, 0, 0, 7, can_narrow=True): "",
    }
    for kept, end in ends.items():
        assert _printed(replace(_one(card()), kept=kept)) == _printed(_one(card())) + end


def test_an_answer_is_gone_on_with_by_its_number_in_a_shell_and_at_a_prompt_without() -> None:
    assert (as_command("more 5"), as_typed("more 5")) == ("verbatim ask --more 5", "more")
    assert as_typed("who said more 5") == "who said more 5"


@pytest.mark.parametrize(
    ("request_", "command"),
    [
        ("who said what about ferries", 'verbatim ask "who said what about ferries"'),
        ("what did Maeve O'Hara say", 'verbatim ask "what did Maeve O\'Hara say"'),
        ("undo", "verbatim undo"),
        ("undo 3", "verbatim undo 3"),
        ("people Margaret Thorne", 'verbatim people list "Margaret Thorne"'),
        ("show me the money", 'verbatim ask "show me the money"'),
        ('what about "$(rm x)"', "verbatim ask 'what about \"$(rm x)\"'"),
    ],
)
def test_a_suggestion_is_a_command_that_a_shell_can_be_given(request_: str, command: str) -> None:
    assert as_command(request_) == command


@pytest.mark.parametrize(("typed", "line"), [(str, "undo 4"), (as_command, "verbatim undo 4")])
def test_a_correction_is_said_to_be_undone_as_it_is_typed_there(typed: Callable[[str], str], line: str) -> None:
    console = _console(terminal=False)
    print_lines(console, reply_lines(Reply("Done.", undo=4), zone=UTC_ZONE, hyperlinks=False, typed=typed))
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue().splitlines() == ["Done.", "", f"Undo it with: {line}"]


def test_long_words_wrap_between_words_on_a_terminal_and_not_at_all_in_a_pipe() -> None:
    words = " ".join(["windscreen"] * 30)
    wrapped = _STYLES_AND_LINKS.sub("", _printed(_one(card((words,))), terminal=True, width=40)).splitlines()
    assert max(len(line) for line in wrapped if "http" not in line) <= 40
    assert all(set(line.replace("“", "").replace("”", "").split()) <= {"windscreen"} for line in wrapped if "wind" in line)
    assert f"  “{words}”" in _printed(_one(card((words,))), width=40).splitlines()


def _hostile_reply() -> Reply:
    place = Place(1, HOSTILE, HOSTILE, None, f"https://example.org/{HOSTILE}")
    quote = QuoteCard(1, HOSTILE, (HOSTILE, HOSTILE), QuoteKind.DIRECT, Reports.SPEECH, place, 0.5, Sureness.LIKELY, also=(place,))
    unlinked = replace(quote, place=replace(place, link=f"javascript:alert(1){HOSTILE}"))
    return Reply(HOSTILE, (Section(HOSTILE, HOSTILE, (quote, unlinked), (HOSTILE,)),), (HOSTILE,), (HOSTILE,))


@pytest.mark.parametrize("terminal", [False, True])
def test_control_characters_and_markup_of_an_article_never_reach_the_terminal(terminal: bool) -> None:
    printed = _printed(_hostile_reply(), terminal=terminal, width=200)
    assert "[bold]markup[/bold]" in printed
    assert "javascript" not in "".join(re.findall(r"\x1b\]8;[^\x1b]*", printed))
    left = _STYLES_AND_LINKS.sub("", printed)
    assert not _UNSAFE.search(left), ascii(left)
    if not terminal:
        assert left == printed


def test_a_headline_with_line_breaks_cannot_forge_a_line() -> None:
    forged = replace(card(), place=replace(PLACE, headline="Ferry\n  “I resign.”\u2028x"))
    assert "Ferry   “I resign.” x" in _printed(_one(forged))


def test_an_article_in_a_pipe_has_its_quotes_in_brackets_and_a_list_of_them() -> None:
    assert _shown(ARTICLE).splitlines() == [
        "Ferry late",
        "Harbour Post · 14 October 2024 · article 1 · version 2 of 2",
        "https://harbour.example.org/ferry",
        "",
        "The ferry was late.",
        "",
        "“[#7: We will not wait,]” Ada Moor said. “[#7: Nobody should.]”",
        "",
        "She hoped [#8: for better].",
        "",
        "#7 Ada Moor · direct",
        "#8 Ada Moor · indirect · attitude · likely",
    ]


def test_an_article_on_a_terminal_has_its_quotes_in_colour() -> None:
    shown = _shown(ARTICLE, terminal=True)
    assert "\x1b[32mWe will not wait,\x1b[0m" in shown
    assert "\x1b[35mfor better\x1b[0m" in shown
    assert "[#7: " not in _STYLES_AND_LINKS.sub("", shown)


def test_quotes_of_a_text_that_is_not_stored_are_numbered() -> None:
    view = ArticleView(ARTICLE.text, tuple(replace(quote, quote_id=None) for quote in ARTICLE.quotes))
    assert _shown(view).splitlines()[0] == "The ferry was late."
    assert _shown(view).splitlines()[-2:] == ["1 Ada Moor · direct", "2 Ada Moor · indirect · attitude · likely"]


def test_an_article_without_quotes_says_so() -> None:
    assert _shown(ArticleView("A short text.", ())).splitlines() == ["A short text.", "", "No quotes."]
    noted = ArticleView("A short text.", (), notes=("Quotes are marked elsewhere.",))
    assert _shown(noted).splitlines() == ["A short text.", "", "Quotes are marked elsewhere."]


_SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), min_size=1, max_size=3)


@given(text=st.text(st.characters(), max_size=60), drawn=st.lists(_SPANS, max_size=4))
def test_marking_leaves_every_character_of_a_text_in_its_place(text: str, drawn: list[list[tuple[int, int]]]) -> None:
    bounded = [tuple((min(start, len(text)), min(start + length, len(text))) for start, length in spans) for spans in drawn]
    quotes = tuple(
        MarkedQuote(n, spans, (), (), None, QuoteKind.DIRECT, Reports.SPEECH, 1.0, Sureness.SURE) for n, spans in enumerate(bounded, 1000)
    )
    lines = [line.text.plain for line in article_lines(ArticleView(text, quotes), zone=UTC_ZONE, colours=False, hyperlinks=False)]
    body = "\n".join(lines[: len(lines) - max(len(quotes), 1)])
    unmarked = re.sub(r"\[#10\d\d: ", "", body)
    assert re.sub(r"[\s\]]", "", unmarked) == re.sub(r"[\s\]]", "", safe_text(text))

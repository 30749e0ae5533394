from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking.dates import the_date
from bot.asking.question import Question
from bot.asking.words import WORD, topic_words
from bot.callers import Caller
from bot.errors import NotUnderstood
from bot.grammar.commands import parse
from bot.grammar.digest_shapes import Asked
from bot.grammar.request_lines import possible_names, request_line
from bot.options import Keyword, Options
from bot.requests import Ask, Digest
from storage.records import QuoteKind, Reports
from tests.newsrooms import ED, Room, article, words_of

LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)
OUTLETS = ("The Northern Ledger", "The Mill", "Said and Done", "Oar")
ASKED = Asked(TUESDAY, LONDON, OUTLETS)


def read_back(line: str, keyword: Keyword) -> Question:
    command = parse(line, now=TUESDAY, zone=LONDON, outlets=OUTLETS)
    assert isinstance(command, Digest if keyword == "digest" else Ask)
    read = command.asked if isinstance(command, Digest) else command.question
    assert read.otherwise is None
    assert read.reports == (Reports.SPEECH,)
    return read


@pytest.mark.parametrize(
    ("keyword", "options", "line"),
    [
        ("who", Options(about="ferries"), "who said what about ferries"),
        ("who", Options(about="ferries", since="Monday"), "who said what about ferries since Monday"),
        ("who", Options(since="Monday", until="yesterday"), "who said what since Monday until yesterday"),
        ("who", Options(about="ferries", outlet="the mill"), "who said what about ferries in The Mill"),
        ("who", Options(about="ferries", outlet="Ledger"), "who said what about ferries in The Northern Ledger"),
        ("who", Options(about="the Department for Transport"), "who said what about the Department for Transport"),
        ("who", Options(about="attacks by rebels"), "who said what about attacks by rebels"),
        ("who", Options(about="May elections", since="May", until="June"), "who said what about May elections since May until June"),
        ("quotes", Options(speaker="Ann Bell"), "what did Ann Bell say"),
        ("quotes", Options(speaker="Ann Bell", about="ferries"), "what did Ann Bell say about ferries"),
        ("quotes", Options(speaker="Ann Bell", direct=True), "direct quotes by Ann Bell"),
        ("quotes", Options(speaker="O'Brien", about="ferries"), "what did O'Brien say about ferries"),
        ("quotes", Options(speaker='Bo "The Oar" Lund'), "what did Bo The Oar Lund say"),
        ("quotes", Options(speaker="the Department for Transport"), "what did the Department for Transport say"),
        ("quotes", Options(speaker="Bank of Mull", direct=True, about="rates"), "direct quotes by Bank of Mull about rates"),
        ("quotes", Options(speaker="May", since="May"), "what did May say since May"),
        ("quotes", Options(about="attacks by rebels", direct=True), "who said what about attacks by rebels only direct quotes"),
        ("quotes", Options(about="quotes and words"), "quotes about quotes and words"),
        ("quotes", Options(outlet="Oar"), "quotes in Oar"),
        ("quotes", Options(speaker="The Mill"), "what did The Mill say"),
        ("quotes", Options(speaker="The Mill", direct=True), "The Mill's direct quotes only"),
        ("quotes", Options(speaker="Ann Bell", about="“row on”", direct=True), "direct quotes by Ann Bell “row on”"),
        ("digest", Options(), "digest"),
        ("digest", Options(about="ferries"), "digest about ferries"),
        ("digest", Options(about="ferries", since="last week", until="yesterday"), "digest about ferries since last week until yesterday"),
    ],
)
def test_options_are_a_line_that_a_person_would_type(keyword: Keyword, options: Options, line: str) -> None:
    assert request_line(keyword, options, ASKED) == line
    read_back(line, keyword)


@pytest.mark.parametrize(
    ("keyword", "options", "what"),
    [
        ("who", Options(), "nothing to look for"),
        ("quotes", Options(direct=True), "nothing to look for"),
        ("who", Options(about="🙂"), "no words in the topic"),
        ("quotes", Options(speaker="..."), "no words in the speaker"),
        ("who", Options(about="ferries since Monday"), "“ferries since Monday” holds a date as well: put the date under since"),
        ("who", Options(about="ferries in The Mill"), "“ferries in The Mill” names an outlet as well: put that under outlet"),
        (
            "digest",
            Options(about="ferries by Ann Bell"),
            "“ferries by Ann Bell” names a speaker as well: ask for quotes with that",
        ),
        ("quotes", Options(speaker="anyone"), "“anyone” cannot be read as a name"),
        ("who", Options(about="last week"), "^“last week” is a date: put it under since"),
        ("quotes", Options(about="until 5 November"), "“until 5 November” is a date: put it under until"),
        ("digest", Options(about="in The Mill"), "“in The Mill” names an outlet as well: ask for quotes with that under outlet"),
        ("quotes", Options(about="ferries, only direct quotes"), "says which quotes are wanted as well: put that under direct"),
        ("quotes", Options(speaker="Ann Bell since Monday", about="ferries"), "“Ann Bell since Monday” holds a date as well: put the date"),
        (
            "quotes",
            Options(speaker="Ann Bell about ferries"),
            "“Ann Bell about ferries” says what about as well: put that under about",
        ),
        ("quotes", Options(speaker="Ann Bell in The Mill"), "“Ann Bell in The Mill” names an outlet as well: put that under outlet"),
        ("quotes", Options(speaker="her"), "needs a name"),
        ("who", Options(about="ferries", since="Blursday"), "Blursday is no date"),
        ("who", Options(about="ferries", until="31 June"), "no such date"),
        ("who", Options(about="ferries", outlet="The Nowhere"), "No article of The Nowhere has been read"),
        ("who", Options(about="x" * 1200), "The question has"),
    ],
)
def test_what_no_line_says_is_refused_with_what_to_do(keyword: Keyword, options: Options, what: str) -> None:
    with pytest.raises(NotUnderstood, match=what) as refused:
        request_line(keyword, options, ASKED)
    assert refused.value.remedy
    assert len(refused.value.what) < 200


PIECES = (
    *("about", "since", "until", "by", "from", "in", "of", "on", "and", "the", "for", "to", "not", "only", "said", "says", "say", "want"),
    *("quotes", "quote", "direct", "indirect", "attitudes", "digest", "daily", "at", "8", "who", "what", "did", "help", "status", "him"),
    *("Ann", "Bell", "O'Brien", "O’Brien's", "ferries", "Department", "Transport", "Mill", "The", "Oar", "Said", "Done", "people"),
    *("Monday", "May", "2024", "5", "week", "last", "time", "zone", '"', "“row", "on”", "'all", "of us'", ",", "?", "!", ":", "("),
    *("🙂", "é", "%", "\u202e"),
)
words = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join)
dates = st.sampled_from(("", "", "Monday", "May", "last week", "5 November", "2026-11-05", "3 days ago", "yesterday", "2024", "the 3rd"))
given_options = st.builds(
    Options,
    speaker=st.just("") | words,
    about=st.just("") | words,
    outlet=st.sampled_from(("", "", *OUTLETS)),
    since=dates,
    until=dates,
    direct=st.booleans(),
)
kinds_of_request: st.SearchStrategy[Keyword] = st.sampled_from(("who", "quotes", "digest"))


@settings(max_examples=100)
@given(keyword=kinds_of_request, options=given_options)
def test_what_options_make_is_read_back_as_it_was_meant_or_refused(keyword: Keyword, options: Options) -> None:
    try:
        line = request_line(keyword, options, ASKED)
        read = read_back(line, keyword)
    except NotUnderstood as refused:
        assert refused.remedy  # noqa: PT017 - either is right
        return
    assert WORD.findall(read.speaker) == WORD.findall(plainly(options.speaker))
    about = {word.casefold() for word in topic_words(options.about)}
    assert {word.casefold() for word in topic_words(" ".join((*read.topic, read.phrase)))} == about
    assert read.outlet == options.outlet
    assert read.kinds == ((QuoteKind.DIRECT,) if options.direct and keyword != "digest" else None)
    assert read.since == (the_date(options.since, now=TUESDAY, zone=LONDON).since if options.since else None)
    assert read.until == (the_date(options.until, now=TUESDAY, zone=LONDON).until if options.until else None)


def plainly(text: str) -> str:
    return text.replace("\u202e", "")


@pytest.mark.parametrize(("keyword", "what"), [("who", "ask for quotes with that under speaker"), ("quotes", "put that under speaker")])
def test_a_topic_that_names_somebody_who_is_known_is_refused_with_where_to_put_the_name(keyword: Keyword, what: str) -> None:
    options = Options(about="ferries by Ann Bell")
    assert possible_names(options) == ("Ann Bell",)
    with pytest.raises(NotUnderstood, match=rf"^“ferries by Ann Bell” names a speaker as well: {what}"):
        request_line(keyword, options, ASKED, ["Ann Bell"])
    assert request_line("who", options, ASKED) == "who said what about ferries by Ann Bell"
    assert request_line("who", Options(about="“rows by Ann Bell”"), ASKED, ["Ann Bell"]) == "who said what about “rows by Ann Bell”"


def test_a_name_that_is_known_is_asked_for_whatever_words_are_in_it() -> None:
    name = "a letter by The Mill since Monday"
    assert possible_names(Options(speaker=name)) == (name,)
    line = request_line("quotes", Options(name, "ferries", "Said and Done", "5 May", direct=True), ASKED, [name])
    assert line == f"direct quotes by “{name}” about ferries in Said and Done since 5 May"
    assert read_back(line, "quotes").speaker == name


async def test_options_are_asked_of_the_store(room: Room) -> None:
    await room.read(
        article('Ann Bell said: "The ferry is late."', outlet="Bell"),
        article('Tom Cook said: "The ferry is early."', outlet="The Oar"),
    )
    for options, found in (
        (Options(about="ferry", outlet="Oar"), ["The ferry is early."]),
        (Options(about="ferry", since="yesterday", until="yesterday"), ["The ferry is early.", "The ferry is late."]),
        (Options(speaker="Bell", direct=True), ["The ferry is late."]),
    ):
        line = await room.newsroom.request_line("quotes", options, Caller(ED))
        assert sorted(words_of(await room.newsroom.handle(line, Caller(ED)))) == found
    with pytest.raises(NotUnderstood, match="No article of The Mill has been read"):
        await room.newsroom.request_line("who", Options(outlet="The Mill"), Caller(ED))

import re

import pytest

from bot.callers import Caller, Channel
from bot.commands import parse
from bot.help import Known, keyword_explained, known, typed
from bot.replies import Reply
from bot.usage import COMMANDS, KEYWORDS
from tests.fakes.clock import FakeClock
from tests.newsrooms import ED, LONDON, Room, article, lines_of

KNOWN = Known(["many", "Ann Bell", "Tom Cook"], ["tariffs", "bridges", "boats"])
SCHEDULED = {usage.keyword for usages in COMMANDS.values() for usage in usages if usage.scheduled}


def keywords_in(reply: Reply) -> set[str]:
    return {words for line in lines_of(reply) for words in re.findall("^(?:time zone|[^ ,]+)", line)}


def test_help_shows_every_keyword_with_what_it_does() -> None:
    reply = typed(KNOWN, in_channel=True)
    assert keywords_in(reply) >= set(KEYWORDS) - {"help"}
    assert all(line.endswith(")") for line in lines_of(reply))


def test_help_is_short() -> None:
    lines = lines_of(typed(KNOWN, in_channel=True))
    assert len(lines) <= 25
    assert max(len(line) for line in lines) <= 110


def test_what_sets_something_is_shown_only_where_settings_are_kept() -> None:
    setting = "time zone Europe/London (set it)"
    assert setting in lines_of(typed(KNOWN, in_channel=True, at_home=True))
    assert setting not in lines_of(typed(KNOWN, in_channel=True))
    assert setting in lines_of(keyword_explained("time zone", KNOWN, in_channel=True, at_home=True))
    assert setting not in lines_of(keyword_explained("time zone", KNOWN, in_channel=True))


def test_help_asks_about_people_and_topics_of_the_store() -> None:
    said = "\n".join(lines_of(typed(KNOWN, in_channel=True)))
    assert "quotes by Ann Bell since Monday" in said
    assert "merge Bell into Ann Bell" in said
    assert "digest daily at 8 about tariffs" in said
    assert "Starmer" not in said


def test_what_the_store_can_answer_is_suggested_and_not_listed_once_more() -> None:
    reply = typed(KNOWN, in_channel=True)
    assert reply.suggestions == KNOWN.examples == ("who said what about tariffs", "who said what about bridges", "what has many said")
    assert not set(reply.suggestions) & set(lines_of(reply))


def test_help_in_an_empty_store_shows_how_questions_look_and_suggests_none() -> None:
    reply = typed(Known(), in_channel=True)
    assert "who said what about ferries" in lines_of(reply)
    assert reply.suggestions == ()


def test_what_needs_a_channel_is_left_out_where_there_is_none() -> None:
    assert {"subscriptions", "pause", "unsubscribe"} <= SCHEDULED
    without = typed(KNOWN, in_channel=False)
    assert not any(line.startswith("digest daily") for line in lines_of(without))
    assert keywords_in(without) == keywords_in(typed(KNOWN, in_channel=True)) - SCHEDULED | {"digest"}


@pytest.mark.parametrize("line", [*lines_of(typed(Known(), in_channel=True)), *lines_of(typed(KNOWN, in_channel=True)), *KNOWN.examples])
def test_what_help_shows_is_understood(line: str) -> None:
    for one in line.partition(" (")[0].split(", or "):
        assert parse(one, now=FakeClock().now, zone=LONDON)


@pytest.mark.parametrize("keyword", KEYWORDS)
def test_each_keyword_is_explained_with_a_request_and_what_it_does(keyword: str) -> None:
    reply = keyword_explained(keyword, KNOWN, in_channel=True)
    assert reply.understood == f"How {keyword} works."
    assert keywords_in(reply) == {keyword}
    assert reply.notes == ()


def test_where_there_is_no_channel_it_is_said_of_what_needs_one() -> None:
    (note,) = keyword_explained("pause", KNOWN, in_channel=False).notes
    assert "channel" in note


async def test_help_knows_the_store_and_where_it_is_asked(room: Room) -> None:
    await room.read(article('Ann Bell said: "The tariffs are low."', headline="Tariffs again"))
    at_prompt = await room.newsroom.handle("hello", Caller(ED))
    in_channel = await room.newsroom.handle("hello", Caller(ED, channel=Channel("slack", "T1", "C1")))
    assert "quotes by Ann Bell since Monday (what somebody said)" in lines_of(at_prompt)
    assert len(lines_of(in_channel)) == len(lines_of(at_prompt)) + 6
    assert lines_of(await room.newsroom.handle("help fix", Caller(ED)))[0].startswith("fix 12 speaker Ann Bell")


async def test_thanks_are_answered_and_nothing_is_asked(room: Room) -> None:
    assert await room.newsroom.handle("Thank you!", Caller(ED)) == Reply("You are welcome.")


def test_examples_are_about_what_headlines_and_quotes_have_in_common_and_about_who_is_quoted_most() -> None:
    headlines = ["Ferry row grows", "Ferry is back", "Bridge to stay"]
    said = ["The ferry is late", "The ferry is early", "The bridge is shut", "The weather is fine"]
    assert known(["Ann Bell", "Tom Cook"], headlines, said).examples == (
        "who said what about ferry",
        "who said what about bridge",
        "what has Ann Bell said",
    )


def test_where_headlines_have_nothing_in_common_with_the_quotes_the_quotes_are_asked_about() -> None:
    assert known([], ["Nothing new"], ["The ferry is late"]).examples == ("who said what about ferry",)
    assert known([], [], []).examples == ()

import re

import pytest

from bot.callers import Caller, Channel, Home, Right
from bot.grammar.commands import parse
from bot.grammar.usage import COMMANDS, KEYWORDS
from bot.help import Known, Reach, keyword_explained, known, typed
from bot.replies import Reply
from tests.fakes.clock import FakeClock
from tests.newsrooms import ED, LONDON, Room, article, lines_of

KNOWN = Known(["many", "Tom Cook", "Ann Bell"], ["tariffs", "bridges", "boats"])
ALL = Reach(in_channel=True)
SCHEDULED = {keyword for usages in COMMANDS.values() for usage in usages if usage.scheduled for keyword in usage.keywords}


def keywords_in(reply: Reply) -> set[str]:
    requests = [one for line in lines_of(reply) for one in line.partition(" (")[0].split(", or ")]
    return {found[0] for one in requests if (found := re.match("time zone|[^ ,]+", one))}


def test_help_shows_every_keyword_with_what_it_does() -> None:
    reply = typed(KNOWN, ALL)
    assert keywords_in(reply) >= set(KEYWORDS) - {"help"}
    assert all(line.endswith(")") for line in lines_of(reply))


def test_help_is_short() -> None:
    lines = lines_of(typed(KNOWN, ALL))
    assert len(lines) <= 30
    assert max(len(line) for line in lines) <= 110


ADMIN = frozenset(Right)
KEPT = {
    Right.ADD: {"add https", "feeds preview", "feeds pause"},
    Right.REMOVE: {"remove 12"},
    Right.CORRECT: {"fix 12", "merge ", "split ", "undo"},
    Right.SUBSCRIBE: {
        *("digest daily", "watch ", "change 3 to weekdays", "change 3 to short", "send 3", "mute 3", "pause 3"),
    },
    Right.CONFIGURE: {"time zone Europe/London"},
}


@pytest.mark.parametrize("right", Right)
def test_help_leaves_out_what_the_person_may_not_do(right: Right) -> None:
    lines = lines_of(typed(KNOWN, ALL))
    left_out = set(lines) - set(lines_of(typed(KNOWN, Reach(in_channel=True, rights=ADMIN - {right}))))
    assert left_out == {line for line in lines if line.startswith(tuple(KEPT[right]))}
    assert len(left_out) == len(KEPT[right])


def test_a_keyword_that_somebody_may_not_use_is_explained_with_who_may() -> None:
    reach = Reach(in_channel=True, rights=ADMIN - {Right.REMOVE}, who_may="Ask Ed to {}.".format)
    reply = keyword_explained("remove", KNOWN, reach)
    assert keywords_in(reply) == {"remove"}
    assert reply.notes == ("You may not take articles down. Ask Ed to take articles down.",)
    assert keyword_explained("time zone", KNOWN, Reach(in_channel=True, rights=())).notes == ()


async def test_help_goes_by_what_the_caller_may_do(room: Room) -> None:
    async def may(right: Right) -> bool:
        return right is Right.ADD

    home = Home("discord", "G1")
    for caller, shown in (
        (Caller(ED, may=may, home=home), {"add"}),
        (Caller(ED, may=may, home=Home("discord", "@me", "U1")), {"add", "time zone Europe/London"}),
        (Caller(ED, home=home), {"add", "fix", "remove", "time zone Europe/London"}),
        (Caller(ED), {"add", "fix", "remove"}),
    ):
        lines = lines_of(await room.newsroom.handle("help", caller))
        kept = ("add", "fix", "remove", "time zone Europe/London")
        assert {start for start in kept for line in lines if line.startswith(start)} == shown


def test_help_asks_about_people_and_topics_of_the_store() -> None:
    said = "\n".join(lines_of(typed(KNOWN, ALL)))
    assert "quotes by Tom Cook since Monday" in said
    assert "merge Cook into Tom Cook" in said
    assert "digest daily at 8 about tariffs" in said
    assert "Bell" not in said


def test_what_the_store_can_answer_is_suggested_and_not_listed_once_more() -> None:
    reply = typed(KNOWN, ALL)
    assert reply.suggestions == KNOWN.examples == ("who said what about tariffs", "who said what about bridges", "what has many said")
    assert not set(reply.suggestions) & set(lines_of(reply))


def test_help_in_an_empty_store_shows_how_questions_look_and_suggests_none() -> None:
    reply = typed(Known(), ALL)
    assert "who said what about ferries" in lines_of(reply)
    assert reply.suggestions == ()


def test_what_needs_a_channel_is_left_out_where_there_is_none() -> None:
    assert {"subscriptions", "pause", "unsubscribe"} <= SCHEDULED
    without = typed(KNOWN, Reach(in_channel=False))
    assert not any(line.startswith("digest daily") for line in lines_of(without))
    assert keywords_in(without) == keywords_in(typed(KNOWN, ALL)) - SCHEDULED | {"digest"}


@pytest.mark.parametrize("line", [*lines_of(typed(Known(), ALL)), *lines_of(typed(KNOWN, ALL)), *KNOWN.examples])
def test_what_help_shows_is_understood(line: str) -> None:
    for one in line.partition(" (")[0].split(", or "):
        assert parse(one, now=FakeClock().now, zone=LONDON)


@pytest.mark.parametrize("keyword", KEYWORDS)
def test_each_keyword_is_explained_with_a_request_and_what_it_does(keyword: str) -> None:
    reply = keyword_explained(keyword, KNOWN, ALL)
    assert reply.understood == f"How {keyword} works."
    assert keyword in keywords_in(reply)
    assert reply.notes == ()


def test_where_there_is_no_channel_it_is_said_of_what_needs_one() -> None:
    (note,) = keyword_explained("pause", KNOWN, Reach(in_channel=False)).notes
    assert "channel" in note


async def test_help_knows_the_store_and_where_it_is_asked(room: Room) -> None:
    await room.read(article('Ann Bell said: "The tariffs are low."', headline="Tariffs again"))
    at_prompt = await room.newsroom.handle("hello", Caller(ED))
    in_channel = await room.newsroom.handle("hello", Caller(ED, channel=Channel("slack", "T1", "C1")))
    assert "quotes by Ann Bell since Monday (what somebody said)" in lines_of(at_prompt)
    assert len(lines_of(in_channel)) == len(lines_of(at_prompt)) + 10
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

"""What people think and want, from the article to the answer: kept and shown with the article, and answered with behind what was said."""

import pytest

from bot.callers import Caller
from bot.replies import Reports
from tests.databases import sqlite_alone
from tests.fakes.engine import FakeEngine
from tests.newsrooms import ED, Room, article, cards_of, lines_of, words_of

engine = sqlite_alone

SAID, WANTED, FEARED = "The ferry will sail on Sundays.", "a ferry on every Sunday", "a bridge in the place of the ferry"
ROW = article(f'Ann Bell said: "{SAID}"', f'Ann Bell wants: "{WANTED}"', f'Tom Cook wants: "{FEARED}"', headline="Ferry row")


@pytest.fixture
async def asked(room: Room) -> Room:
    """A newsroom that has read an article with one quote and two attitudes."""
    await room.has_read(ROW)
    return room


async def test_an_answer_has_attitudes_behind_what_was_said_and_before_it_where_they_are_asked_for(asked: Room) -> None:
    for question, answer in [
        ("who said what about ferries", [SAID, WANTED, FEARED]),
        ("quotes by Ann Bell", [SAID, WANTED]),
        ("who said what about Sundays", [SAID, WANTED]),
        ("what does Ann Bell think about ferries", [WANTED, SAID]),
        ("what does Ann Bell want", [WANTED, SAID]),
        ("who wants a bridge", [FEARED]),
        ("attitudes about ferries by Ann Bell", [WANTED]),
        ("quotes and attitudes about Sundays", [WANTED, SAID]),
        ("who said what about ferries without attitudes", [SAID]),
        ("what did Ann Bell say about ferries, no attitudes", [SAID]),
        ("quotes by Ann Bell, only what was said", [SAID]),
    ]:
        for reply in (await asked.newsroom.ask(question), await asked.newsroom.handle(question, Caller(ED))):
            assert words_of(reply) == answer, question
            assert [card.reports is Reports.SPEECH for card in cards_of(reply)] == [words == SAID for words in answer], question


async def test_the_option_adds_attitudes_to_any_question(asked: Room) -> None:
    reply = await asked.newsroom.ask("who said what about Sundays", attitudes=True)
    assert reply.understood == "Attitudes and quotes about Sundays by anyone."
    assert words_of(reply) == [WANTED, SAID]
    assert [section.subtitle for section in reply.sections] == ["1 quote and 1 attitude in 1 outlet"]
    assert words_of(await asked.newsroom.ask("Ann Bell", attitudes=True, direct_only=True)) == [SAID]


async def test_a_limit_holds_for_both_together(asked: Room) -> None:
    reply = await asked.newsroom.ask("what does Ann Bell want", limit=1)
    assert words_of(reply) == [WANTED]
    assert reply.notes == ("There are more than the 1 best: name a speaker, an outlet or a date to see fewer.",)
    assert (await asked.newsroom.ask("what does Ann Bell want", limit=2)).notes == ()


@pytest.mark.parametrize(
    "question", ["what did Tom Cook say", "who said what about the bridge", f'who said "{FEARED}"', "bridge in The Mill"]
)
async def test_where_nobody_said_it_the_attitude_is_the_answer_unless_none_is_wanted(asked: Room, question: str) -> None:
    (card,) = cards_of(await asked.newsroom.ask(question))
    assert (card.words, card.reports) == ((FEARED,), Reports.ATTITUDE)
    reply = await asked.newsroom.ask(f"{question} without attitudes")
    assert words_of(reply) == []
    assert "without attitudes" in reply.understood
    assert reply.notes == ("Nothing was found: no quote in what has been read fits.",)


async def test_an_article_is_shown_with_its_attitudes_and_counted_without(asked: Room) -> None:
    view = await asked.newsroom.show("1")
    assert [quote.reports for quote in view.quotes] == [Reports.SPEECH, Reports.ATTITUDE, Reports.ATTITUDE]
    (section,) = (await asked.newsroom.handle("show 1", Caller(ED))).sections
    assert section.subtitle == "The Mill, 1 quote and 2 attitudes"
    (again,) = await asked.read(ROW)
    assert again.quotes == 1


async def test_a_digest_and_the_counts_are_of_speech(asked: Room) -> None:
    assert words_of(await asked.newsroom.digest()) == [SAID]
    assert words_of(await asked.newsroom.digest(about="ferries")) == [SAID]
    assert lines_of(await asked.newsroom.status())[1] == "1 quote by 1 speaker, and 2 attitudes"
    assert [section.title for section in (await asked.newsroom.people(None)).sections] == ["Ann Bell"]
    (cook,) = (await asked.newsroom.people("Cook")).sections
    assert cook.subtitle.endswith("person, 1 attitude")


async def test_an_article_is_taken_down_with_as_many_quotes_as_it_was_added_with(asked: Room) -> None:
    reply = await asked.newsroom.remove("1", author=ED)
    assert reply.understood.endswith("is taken down with 1 quote.")


async def test_an_attitude_is_of_no_statement_though_an_outlet_words_it_as_another_does(asked: Room) -> None:
    words = "We mean to have a ferry on every day of the week"
    for outlet in ("The Oar", "The Beacon"):
        await asked.read(article(f'Ann Bell said: "{words}"', f'Ann Bell wants: "{words}"', outlet=outlet))
    (statement,) = await asked.statements()
    assert {(await asked.quote(number)).reports for number in statement} == {Reports.SPEECH}
    assert len(statement) == 2


async def test_an_attitude_can_be_corrected_like_any_quote(asked: Room) -> None:
    await asked.newsroom.fix(2, "Tom Cook", author=ED)
    await asked.newsroom.reject(3, author=ED)
    assert words_of(await asked.newsroom.ask("what does Tom Cook want")) == [WANTED]
    await asked.newsroom.undo(None, author=ED)
    assert sorted(words_of(await asked.newsroom.ask("what does Tom Cook want"))) == sorted([WANTED, FEARED])


async def test_another_engine_may_see_that_what_was_said_is_only_wanted(room: Room) -> None:
    await room.read(article('Ann Bell said: "a ferry on every Sunday"'))
    await room.read_by(FakeEngine("fake-2")).read(article('Ann Bell wants: "a ferry on every Sunday"'))
    (quote,) = await room.quotes()
    assert (quote.id, quote.reports) == (1, Reports.ATTITUDE)

"""The answer to who gave no comment."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.asking.question import Question
from bot.asking.refusing import Refused
from bot.replies import Cited, Reply
from storage.database import Database
from tests.databases import sqlite_alone
from tests.newsrooms import REAL_ENGINE, Room, article, cards_of
from tests.stored_quotes import PUBLISHED, stored_refusal

engine = sqlite_alone

SAID = 'Ann Bell said: "The ferry was late."'
BELL = "Ann Bell declined to comment on the tender."
SPOKESMAN = "A spokesman for Ann Bell did not respond to requests for comment."
TRUST = "The Harbour Trust could not be reached."
READ = (
    article(SAID, f"The tender is over. {BELL}", number=1),
    article(SAID, BELL, number=1, outlet="The Oar", headline="Tender", published="2026-11-05T15:00:00Z"),
    article(SAID, SPOKESMAN, number=2, headline="Interference at the quay", published="2026-11-04T12:00:00Z"),
    article(TRUST, number=3, published="2026-10-04T12:00:00Z"),
)


@pytest.fixture
async def room(database: Database) -> Room:
    room = Room.over(database)
    await room.has_read(*READ)
    return room


def cited(reply: Reply) -> list[Cited]:
    return [one for section in reply.sections for one in section.cited]


def shown(reply: Reply) -> dict[str, list[str]]:
    """The sentences by the titles under which they stand."""
    return {section.title: [one.words for one in section.cited] for section in reply.sections}


async def test_who_gave_no_comment_is_answered_in_the_articles_own_sentences(room: Room) -> None:
    for question, understood, answer in [
        (
            "who declined to comment?",
            "Who gave no comment.",
            {"Ann Bell": [BELL], "A spokesman for Ann Bell": [SPOKESMAN], "The Harbour Trust": [TRUST]},
        ),
        ("who declined to comment on the tenders", "Who gave no comment about tenders.", {"Ann Bell": [BELL]}),
        ("who gave no comment about interfering", "Who gave no comment about interfering.", {"A spokesman for Ann Bell": [SPOKESMAN]}),
        ("who did not respond", "Who did not respond.", {"A spokesman for Ann Bell": [SPOKESMAN]}),
        ("who could not be reached", "Who could not be reached.", {"The Harbour Trust": [TRUST]}),
        ("who gave no comment in the Oar", "Who gave no comment in The Oar.", {"Ann Bell": [BELL]}),
        (
            "who refused to comment since 5 November 2026",
            "Who gave no comment, since 5 November 2026.",
            {"Ann Bell": [BELL]},
        ),
        (
            "did Bell decline to comment?",
            "Whether Ann Bell gave no comment.",
            {"Ann Bell": [BELL], "A spokesman for Ann Bell": [SPOKESMAN]},
        ),
        (
            "has Ann Bell declined to comment on the tender",
            "Whether Ann Bell gave no comment about tender.",
            {"Ann Bell": [BELL]},
        ),
        ("did the Harbour Trust refuse to comment", "Whether the Harbour Trust gave no comment.", {"The Harbour Trust": [TRUST]}),
    ]:
        reply = await room.newsroom.ask(question)
        assert (reply.understood, shown(reply)) == (understood, answer), question
        assert cards_of(reply) == [], "no refusal is a quote"


async def test_a_sentence_that_outlets_share_stands_once_with_all_its_places_and_their_links(room: Room) -> None:
    (one,) = cited(await room.newsroom.ask("who declined to comment on the tender"))
    assert (one.place.outlet, one.place.headline) == ("The Oar", "Tender")
    assert one.place.link == "https://oar.example.org/1#:~:text=Ann%20Bell%20declined%20to%20comment%20on%20the%20tender."
    assert [(also.outlet, also.headline) for also in one.also] == [("The Mill", "Headline 1")]
    assert (one.begins, one.ends) == (True, True)


async def test_what_was_understood_can_be_asked(room: Room) -> None:
    for question in ("who declined to comment on the tender", "did Ann Bell decline to comment", "who could not be reached in the Mill"):
        reply = await room.newsroom.ask(question)
        again = await room.newsroom.ask(reply.understood)
        assert (again.understood, again.sections) == (reply.understood, reply.sections)


async def test_where_nothing_is_found_it_says_so_and_offers_what_finds_something(room: Room) -> None:
    reply = await room.newsroom.ask("did Ann Bell decline to comment on the bridge since 5 November 2026")
    assert reply.sections == ()
    assert reply.notes == ("Nothing was found: no article that was read says it of somebody whom it names there.",)
    assert "refusals to comment by Ann Bell" in reply.suggestions
    assert "who declined to comment" in reply.suggestions
    for suggestion in reply.suggestions:
        assert (await room.newsroom.ask(suggestion)).sections
    nobody = await room.newsroom.ask("did Zebedee decline to comment")
    assert nobody.understood == "Whether Zebedee gave no comment."
    assert nobody.suggestions == ("who declined to comment",)


NEAR = "No refusal stands beside those words: these stand beside related ones, or in articles with quotes about it."


async def test_where_no_refusal_stands_beside_the_words_those_of_articles_with_quotes_about_it_are_shown(room: Room) -> None:
    reply = await room.newsroom.ask("who declined to comment on the ferry")
    assert shown(reply) == {"Ann Bell": [BELL], "A spokesman for Ann Bell": [SPOKESMAN]}
    assert reply.notes == (NEAR,)
    in_the_oar = await room.newsroom.ask("who declined to comment on the ferry in the Oar")
    assert shown(in_the_oar) == {"Ann Bell": [BELL]}
    nothing = await room.newsroom.ask("did the Harbour Trust decline to comment on the ferry")
    assert nothing.sections == ()
    assert (await room.newsroom.ask('who declined to comment on "the ferry"')).sections == (), "exact words are meant as they are"


async def test_beside_a_related_word_is_near_enough(database: Database) -> None:
    room = Room.over(database)
    await room.has_read(article("Tom Cook declined to comment on when she would depart."))
    reply = await room.newsroom.ask("who declined to comment on the resignation")
    assert list(shown(reply)) == ["Tom Cook"]
    assert reply.notes == (NEAR,)


async def test_whoever_has_an_office_of_which_only_a_pronoun_tells_is_found(database: Database) -> None:
    room = Room.over(database).read_by(REAL_ENGINE)
    await room.has_read(
        article("“It sails at eight,” said Helena Moor."),
        article("“It rained,” said Tom Cook.", "Helena Moor, the minister, comes next week. Her office refused to comment.", number=2),
    )
    for question in ("did Moor decline to comment", "did Helena Moor decline to comment"):
        assert list(shown(await room.newsroom.ask(question)).values()) == [["Her office refused to comment."]], question


async def test_the_outlet_that_asked_is_the_outlet_of_the_article(room: Room) -> None:
    for question in ("who did not respond to the Mill", "who did not reply to The Mill"):
        reply = await room.newsroom.ask(question)
        assert reply.understood == "Who did not respond in The Mill.", question
        assert list(shown(reply)) == ["A spokesman for Ann Bell"]


async def test_nothing_is_suggested_to_an_empty_store(database: Database) -> None:
    reply = await Room.over(database).newsroom.ask("who declined to comment on the tender")
    assert (reply.sections, reply.suggestions) == ((), ())


async def test_a_long_answer_says_how_much_more_there_is(room: Room) -> None:
    reply = await room.newsroom.ask("who declined to comment", limit=1)
    assert [one.words for one in cited(reply)] == [BELL]
    assert reply.notes == ("There are more than the 1 newest: name an outlet or a date to see fewer.",)


async def test_what_an_earlier_verbatim_stored_is_looked_through_when_it_is_asked_about(room: Room) -> None:
    async with room.database.writing() as session:
        for statement in ("DELETE FROM refusal_index", "DELETE FROM refusals", "INSERT INTO refusals_waiting SELECT id FROM versions"):
            await session.execute(text(statement))
    assert len(cited(await room.newsroom.ask("who declined to comment"))) == 3


async def test_hostile_words_are_answered(room: Room) -> None:
    for question in [
        "who declined to comment on “",
        'who gave no comment about NEAR("',
        "who declined to comment on * AND",
        "did '' decline to comment",
        "did #1 decline to comment",
        "who did not respond about 🙂",
    ]:
        assert (await room.newsroom.ask(question)).understood, question


def test_one_sentence_is_one_within_days_and_of_nobody_named_only_under_one_headline() -> None:
    campaign = "The campaign declined to comment."
    found = [
        stored_refusal(),
        stored_refusal(dated=PUBLISHED - timedelta(days=1)),
        stored_refusal(dated=PUBLISHED - timedelta(days=9)),
        stored_refusal(campaign, who="The campaign"),
        stored_refusal(campaign, who="The campaign"),
    ]
    reply = Refused(Question(declined=True), (), found).reply()
    assert [(section.title, section.subtitle, [len(one.also) for one in section.cited]) for section in reply.sections] == [
        ("Ann Bell", "2 sentences in 1 outlet", [1, 0]),
        ("The campaign", "", [0]),
        ("The campaign", "", [0]),
    ]


def test_it_says_what_is_not_looked_through_yet_and_that_undated_articles_count_by_their_reading() -> None:
    asked = Question(declined=True, since=PUBLISHED, when="since Monday")
    reply = Refused(asked, (), [stored_refusal(published=None)], waiting=1200).reply()
    assert reply.notes == (
        "Undated articles count by the day they were read.",
        "1,200 texts that an earlier Verbatim stored are still to be looked through: that goes on while it serves, and 'verbatim reread'"
        " does it at once.",
    )

"""The promise that holds the whole together, from files to replies, over the sample articles and the real engine."""

from pathlib import Path

import pytest

from bot.callers import Caller
from bot.options import Options
from bot.replies import QuoteCard, Reply, SaveOutcome
from storage import articles, quotes
from storage.database import Database
from tests.newsrooms import ED, REAL_ENGINE, Room, cards_of

SAMPLES = Path(__file__).parents[2] / "samples"
QUESTIONS = (
    "who said what about interference",
    "what did Margaret Thorne say",
    "quotes by Osei since October",
    "who said what in The Harbour Post",
    "who said what about the bridge in October 2026, only direct quotes",
    'who said "the next person who picks up that telephone"',
    "the opposition leader on ferries",
    "letter",
    "digest",
    "digest about ferries by Brandt",
)


@pytest.fixture
async def room(database: Database) -> Room:
    """A newsroom that has read the sample articles."""
    room = Room.over(database, REAL_ENGINE)
    read = await room.ingest(str(SAMPLES))
    assert {item.outcome for item in read} == {SaveOutcome.ADDED}
    return room


async def see_that_it_stands(room: Room, card: QuoteCard) -> None:
    """See that the words of a card are those of its quote, at its offsets in the article that the card names."""
    async with room.database.reading() as session:
        quote = await quotes.get(session, card.quote_id)
        assert quote is not None
        article = await articles.get(session, quote.article_id)
        assert article is not None
        assert tuple(article.text[start:end] for start, end in quote.content) == card.words
        assert quote.version_id == article.version_id
        assert (card.speaker, card.kind) == (quote.speaker_name, quote.kind)
        place = card.place
        assert (place.article_id, place.outlet, place.headline, place.published) == (
            article.id,
            article.outlet,
            article.headline,
            article.published,
        )
        for copy in card.also:
            assert await articles.get(session, copy.article_id) is not None


async def see_that_all_stands(room: Room, reply: Reply) -> int:
    for card in cards_of(reply):
        await see_that_it_stands(room, card)
    return len(cards_of(reply))


async def test_every_word_of_every_answer_stands_in_a_stored_article_at_stored_offsets(room: Room) -> None:
    for question in QUESTIONS:
        assert await see_that_all_stands(room, await room.newsroom.handle(question, Caller(ED))) > 0, question


async def test_every_quote_of_every_article_stands_at_its_offsets(room: Room) -> None:
    async with room.database.reading() as session:
        numbers = await articles.all_ids(session)
    shown = 0
    for number in numbers:
        view = await room.newsroom.show(str(number))
        reply = await room.newsroom.handle(f"show {number}", Caller(ED))
        shown += await see_that_all_stands(room, reply)
        assert [tuple(view.text[start:end] for start, end in quote.content) for quote in view.quotes] == [
            card.words for card in cards_of(reply)
        ]
    assert shown > 100


async def test_it_still_does_after_corrections_an_edit_and_a_removal(room: Room, tmp_path: Path) -> None:
    (first, second, third, *_) = cards_of(await room.newsroom.ask("what did Helena Marsh say", direct_only=True))
    await room.newsroom.fix(first.quote_id, "Tomas Redfern", author=ED)
    await room.newsroom.reject(second.quote_id, author=ED)
    await room.newsroom.merge("Ewan Pryce", "Daniel Osei", author=ED)
    source = SAMPLES / "northern-ledger-minister-denies.md"
    (tmp_path / "edited.md").write_text(source.read_text(encoding="utf-8").replace("Helena Marsh said", "Yesterday Helena Marsh said"))
    (edited,) = await room.ingest(str(tmp_path / "edited.md"))
    assert edited.outcome is SaveOutcome.NEW_VERSION
    await room.newsroom.remove(str(third.place.article_id), author=ED)
    for question in QUESTIONS:
        reply = await room.newsroom.handle(question, Caller(ED))
        await see_that_all_stands(room, reply)
        shown = {card.quote_id for card in cards_of(reply)}
        assert not shown & {second.quote_id, third.quote_id}


async def test_nobody_is_named_whom_no_article_names(room: Room) -> None:
    async with room.database.reading() as session:
        texts = [article.text for number in await articles.all_ids(session) if (article := await articles.get(session, number))]
    for section in (await room.newsroom.people(None)).sections:
        assert any(section.title in text or section.title[0].upper() + section.title[1:] in text for text in texts), section.title


async def test_whoever_is_quoted_can_be_asked_about_by_name(room: Room) -> None:
    people = (await room.newsroom.people(None)).sections
    assert len(people) > 20
    for person in people:
        reply = await room.newsroom.ask(f"what has {person.title} said")
        assert person.title in [section.title for section in reply.sections]


async def test_whatever_is_suggested_for_an_option_can_be_asked_with_it(room: Room) -> None:
    newsroom, caller = room.newsroom, Caller(ED)
    typed = ("", *"abcdefghijklmnopqrstuvwxyz")
    speakers = {name for one in typed for name in await newsroom.speakers_like(one)}
    topics = {name for one in typed for name in await newsroom.topics_like(one)}
    outlets = {name for one in typed for name in await newsroom.outlets_like(one)}
    assert "a report obtained by The Harbour Post" in speakers
    options = (
        *(Options(speaker=one) for one in speakers),
        *(Options(about=one) for one in topics),
        *(Options(outlet=one) for one in outlets),
    )
    for given in options:
        reply = await newsroom.handle(await newsroom.request_line("quotes", given, caller), caller)
        assert reply.sections, given
        assert not given.speaker or given.speaker in {section.title for section in reply.sections}

import random
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest
from sqlalchemy import text

from bot.callers import Caller
from bot.corrections import effective, merged
from bot.errors import Ambiguous, NotFound, NotUnderstood, VerbatimError
from bot.replies import Reply
from storage import corrections, quotes, speakers
from storage.records import AliasKind, CorrectionKind, NewAlias
from tests.databases import sqlite_alone
from tests.fakes.engine import FakeEngine
from tests.newsrooms import ED, Room, article, cards_of, everything, lines_of, words_of

engine = sqlite_alone

ROW = 'Ann Bell said: "We will row to the island in May."'
ASKED = 'Tom Cook said: "Nobody asked the ferrymen."'
WAITED = 'Cook said: "So we waited for a boat."'
OTHER = 'Bell said: "I sold my oars a year ago."'
MENDED = 'Eve Dale said: "The boat was mended twice."'
PAID = 'Sam Earl said: "Somebody will have to pay for the boat."'


async def read_all(room: Room) -> None:
    """1 Ann Bell, 2 Tom Cook; 3 Cook, 4 Bell; 5 Eve Dale, 6 Sam Earl; 7 Ann Bell of another outlet, with the words of 1."""
    await room.has_read(
        article(ROW, ASKED), article(WAITED, OTHER, number=2), article(MENDED, PAID, number=3), article(ROW, outlet="The Oar")
    )


async def refused(attempt: Awaitable[Reply]) -> str:
    with pytest.raises(VerbatimError) as error:
        await attempt
    return str(error.value)


# --- fix ---------------------------------------------------------------------------------------


async def test_a_quote_is_given_to_another_speaker_and_back(room: Room) -> None:
    await read_all(room)
    reply = await room.newsroom.fix(1, "Tom Cook", author=ED)
    assert reply.understood == "Quote 1 is now by Tom Cook; it was by Ann Bell."
    assert (reply.notes, reply.undo) == ((), 1)
    assert [(card.speaker, card.corrected) for card in cards_of(reply)] == [("Tom Cook", True)]
    assert await room.by(1) == "Tom Cook"
    assert words_of(await room.newsroom.ask("what did Tom Cook say about May")) == ["We will row to the island in May."]
    undone = await room.newsroom.undo(1, author=ED)
    assert undone.understood == "Undone: quote 1 is by Ann Bell again."
    assert [(card.quote_id, card.speaker, card.corrected) for card in cards_of(undone)] == [(1, "Ann Bell", False)]
    assert await room.by(1) == "Ann Bell"
    assert not (await room.quote(1)).corrected


async def test_to_give_a_quote_to_its_own_speaker_confirms_it(room: Room) -> None:
    await read_all(room)
    reply = await room.newsroom.fix(1, "Ann Bell", author=ED)
    assert (reply.understood, reply.undo) == ("Quote 1 is by Ann Bell: confirmed.", 1)
    assert [card.corrected for card in cards_of(reply)] == [True]
    assert (await room.newsroom.undo(1, author=ED)).understood == "Undone: quote 1 is still by Ann Bell."


async def test_a_speaker_who_exists_nowhere_is_made(room: Room) -> None:
    await read_all(room)
    await room.newsroom.fix(1, "  Nell   Frith ", author=ED)
    assert await room.by(1) == "Nell Frith"
    assert words_of(await room.newsroom.ask("what did Frith say")) == ["We will row to the island in May."]
    await room.newsroom.fix(2, "nell frith", author=ED)
    assert (await room.quote(1)).speaker_id == (await room.quote(2)).speaker_id


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("Nell Frith", "Nell Frith is a new speaker."),
        (" Ann  Bel", "Ann Bel is a new speaker. Did you mean Ann Bell? fix 2 speaker Ann Bell"),
    ],
)
async def test_a_new_speaker_is_said_to_be_new_and_whom_else_it_may_be(room: Room, name: str, note: str) -> None:
    await read_all(room)
    reply = await room.newsroom.fix(2, name, author=ED)
    assert reply.notes == (note,)
    assert await room.by(2) == " ".join(name.split())
    assert (await room.newsroom.fix(1, name, author=ED)).notes == (), "it is known now"
    if "fix" in note:
        await room.newsroom.handle(note.partition("? ")[2], Caller(ED))
        assert await room.by(2) == "Ann Bell"


@pytest.mark.parametrize("name", ["Dara Briain", "Dara Briáin", "dara briáin", "Dara Bria\u0301in"])
async def test_a_name_is_known_with_and_without_its_accents(room: Room, name: str) -> None:
    await room.read(article('Dara Briáin said: "The tide is in."', ROW))
    assert words_of(await room.newsroom.ask(f"what did {name} say")) == ["The tide is in."]
    reply = await room.newsroom.fix(2, name, author=ED)
    assert reply.understood == "Quote 2 is now by Dara Briáin; it was by Ann Bell."
    assert reply.notes == ()


async def test_of_two_who_differ_by_an_accent_each_is_known_by_its_own_name(room: Room) -> None:
    await room.read(article('Dara Briáin said: "The tide is in."', 'Dara Briain said: "The tide is out."', ROW))
    for name in ("Dara Briáin", "Dara Briain"):
        await room.newsroom.fix(3, name, author=ED)
        assert await room.by(3) == name


async def test_a_surname_means_the_speaker_of_that_name_in_the_article(room: Room) -> None:
    await read_all(room)
    await room.newsroom.fix(1, "Cook", author=ED)
    assert (await room.quote(1)).speaker_id == (await room.quote(2)).speaker_id
    await room.newsroom.fix(4, "Cook", author=ED)
    assert (await room.quote(4)).speaker_id == (await room.quote(3)).speaker_id


async def test_a_surname_of_two_in_the_article_must_be_said_in_full(room: Room) -> None:
    await room.read(article(ASKED, 'Kit Cook said: "I asked one of them."'))
    assert (
        await refused(room.newsroom.fix(1, "Cook", author=ED))
        == "2 speakers go by Cook. Give a number or a fuller name: #1 Tom Cook; #2 Kit Cook."
    )
    await room.newsroom.fix(1, "#2", author=ED)
    assert await room.by(1) == "Kit Cook"
    assert await refused(room.newsroom.fix(1, "#99", author=ED)) == "Nobody called #99 is known. 'people' lists who is quoted."


async def test_a_surname_that_people_of_other_articles_share_must_be_said_in_full(room: Room) -> None:
    await room.read(article(ASKED), article('Kit Cook said: "I asked one of them."', number=2), article(MENDED, number=3))
    before = await room.rows()
    said = await refused(room.newsroom.fix(3, "Cook", author=ED))
    assert said == "2 speakers go by Cook. Give a number or a fuller name: #1 Tom Cook; #2 Kit Cook."
    assert await room.rows() == before
    for name in ("Kit Cook", "#1", "Nell Cook"):
        await room.newsroom.fix(3, name, author=ED)
    assert [await room.by(number) for number in (1, 2, 3)] == ["Tom Cook", "Kit Cook", "Nell Cook"]


async def test_a_surname_that_one_of_two_is_often_called_by_alone_is_not_taken_for_that_one(room: Room) -> None:
    await room.read(article(ASKED), article('Kit Cook said: "I asked one of them."', number=2), article(MENDED, number=3))
    async with room.database.writing() as session:
        await speakers.record_aliases(session, 1, 1, [NewAlias("Cook", AliasKind.NAME)])
    assert (await refused(room.newsroom.fix(3, "Cook", author=ED))).startswith("2 speakers go by Cook.")


async def test_a_fix_that_names_no_quote_or_nobody_is_refused_with_a_sentence(room: Room) -> None:
    await read_all(room)
    before = await room.rows()
    for number in (99, 0, -1, 10**30):
        said = await refused(room.newsroom.fix(number, "Cook", author=ED))
        assert said == f"There is no quote {number}. Answers show each quote's number; give that."
    missing = "The speaker's name is missing. Give the name, or the number of somebody known, such as #12."
    assert await refused(room.newsroom.fix(1, " !? ", author=ED)) == missing
    assert await room.rows() == before


async def test_the_last_fix_holds_and_undoing_it_gives_back_the_one_before(room: Room) -> None:
    await read_all(room)
    await room.newsroom.fix(1, "Tom Cook", author=ED)
    await room.newsroom.fix(1, "Eve Dale", author=ED)
    assert await room.by(1) == "Eve Dale"
    assert (await room.newsroom.undo(None, author=ED)).understood == "Undone: quote 1 is by Tom Cook again."
    assert await room.by(1) == "Tom Cook"
    await room.newsroom.undo(None, author=ED)
    assert await room.by(1) == "Ann Bell"


async def test_undoing_a_fix_before_the_last_says_that_the_last_still_holds(room: Room) -> None:
    await read_all(room)
    await room.newsroom.fix(1, "Tom Cook", author=ED)
    await room.newsroom.fix(1, "Eve Dale", author=ED)
    assert (await room.newsroom.undo(1, author=ED)).understood == "Undone: quote 1 is still by Eve Dale."


async def test_a_quote_that_changes_hands_leaves_its_statement_and_comes_back_to_it(room: Room) -> None:
    await read_all(room)
    assert await room.statements() == {frozenset({1, 7})}
    await room.newsroom.fix(1, "Tom Cook", author=ED)
    assert await room.statements() == set()
    await room.newsroom.fix(7, "Tom Cook", author=ED)
    assert await room.statements() == {frozenset({1, 7})}
    await room.newsroom.undo(1, author=ED)
    await room.newsroom.undo(2, author=ED)
    assert await room.statements() == {frozenset({1, 7})}


# --- not a quote -------------------------------------------------------------------------------


async def test_what_is_no_quote_is_found_no_more_until_that_is_undone(room: Room) -> None:
    await read_all(room)
    before = await room.found(), await room.statements()
    reply = await room.newsroom.reject(1, author=ED)
    assert reply.understood == "Quote 1 is no longer shown: it is not a quote."
    assert 1 not in [number for number, _ in await room.found()]
    assert [quote.quote_id for quote in (await room.newsroom.show("1")).quotes] == [2]
    assert await room.statements() == set()
    assert (await room.newsroom.reject(1, author=ED)).understood == "Quote 1 is already marked as not a quote."
    undone = await room.newsroom.undo(1, author=ED)
    assert undone.understood == "Undone: quote 1 is a quote again."
    assert words_of(undone) == ["We will row to the island in May."]
    assert (await room.found(), await room.statements()) == before


async def test_what_is_no_quote_is_one_by_a_fix_and_none_again_when_that_is_undone(room: Room) -> None:
    await read_all(room)
    await room.newsroom.reject(1, author=ED)
    await room.newsroom.fix(1, "Tom Cook", author=ED)
    undone = await room.newsroom.undo(2, author=ED)
    assert (undone.understood, undone.sections) == ("Undone: quote 1 is again marked as not a quote.", ())
    assert (await room.quote(1)).rejected


# --- merge -------------------------------------------------------------------------------------


async def test_two_speakers_become_one_and_two_again(room: Room) -> None:
    await read_all(room)
    before = await room.found()
    reply = await room.newsroom.merge("Bell", "Ann Bell", author=ED)
    assert reply.understood == "Bell now counts as Ann Bell, with 3 quotes in all."
    assert [await room.by(number) for number in (1, 4, 7)] == ["Ann Bell"] * 3
    assert not (await room.quote(4)).corrected
    assert len(words_of(await room.newsroom.ask("what did Bell say"))) == 2
    assert (await room.newsroom.undo(1, author=ED)).understood == "Undone: Bell is a speaker of its own again."
    assert await room.found() == before


async def test_a_merge_brings_statements_together_and_undoing_it_takes_them_apart(room: Room) -> None:
    await room.read(article(ROW), article(ROW.replace("Ann Bell", "Nan Bell"), outlet="The Oar"))
    assert await room.statements() == set()
    await room.newsroom.merge("Nan Bell", "Ann Bell", author=ED)
    assert await room.statements() == {frozenset({1, 2})}
    await room.newsroom.undo(1, author=ED)
    assert await room.statements() == set()


async def test_undoing_a_merge_that_another_one_repeats_says_what_still_holds(room: Room) -> None:
    await read_all(room)
    dale, earl = await room.speaker_id("Eve Dale"), await room.speaker_id("Sam Earl")
    await room.newsroom.merge("Eve Dale", "Sam Earl", author=ED)
    await room.newsroom.merge("Sam Earl", "Ann Bell", author=ED)
    async with room.database.writing() as session:
        await corrections.add(session, CorrectionKind.MERGE, author=ED, at=room.clock(), speaker_id=earl, other_speaker_id=dale)
    assert (await room.newsroom.undo(1, author=ED)).understood == "Undone: Eve Dale still counts as Ann Bell."


async def test_new_articles_follow_a_merge(room: Room) -> None:
    await read_all(room)
    await room.newsroom.merge("Eve Dale", "Sam Earl", author=ED)
    await room.read(article('Eve Dale said: "It will sink again."', number=9))
    assert await room.by(8) == "Sam Earl"
    await room.newsroom.undo(1, author=ED)
    assert await room.by(8) == "Eve Dale"


async def test_undoing_a_merge_in_the_middle_takes_back_all_who_came_through_it(room: Room) -> None:
    await read_all(room)
    for name, into in (("Bell", "Ann Bell"), ("Ann Bell", "Eve Dale"), ("Eve Dale", "Sam Earl")):
        await room.newsroom.merge(name, into, author=ED)
    assert {await room.by(number) for number in (1, 4, 5, 6, 7)} == {"Sam Earl"}
    await room.newsroom.undo(2, author=ED)
    assert [await room.by(number) for number in (1, 4, 5, 6, 7)] == ["Ann Bell", "Ann Bell", "Sam Earl", "Sam Earl", "Ann Bell"]
    assert [section.title for section in (await room.newsroom.people("Bell")).sections] == ["Ann Bell"]


async def test_who_is_merged_already_is_named_by_the_one_they_count_for(room: Room) -> None:
    await read_all(room)
    bell, dale = await room.speaker_id("Ann Bell"), await room.speaker_id("Eve Dale")
    await room.newsroom.merge("Ann Bell", "Sam Earl", author=ED)
    assert (
        await room.newsroom.merge("Ann Bell", "Sam Earl", author=ED)
    ).understood == "Ann Bell and Sam Earl are one speaker already: Sam Earl."
    await room.newsroom.fix(2, f"#{bell}", author=ED)
    assert await room.by(2) == "Sam Earl"
    await room.newsroom.merge(f"#{bell}", f"#{dale}", author=ED)
    assert {await room.by(number) for number in (1, 2, 5, 6)} == {"Eve Dale"}
    assert (await room.newsroom.undo(1, author=ED)).understood == "Undone: Ann Bell is a speaker of its own again."
    assert [await room.by(number) for number in (1, 2, 5, 6)] == ["Ann Bell", "Eve Dale", "Eve Dale", "Eve Dale"]


async def test_undoing_a_merge_leaves_what_was_fixed_since(room: Room) -> None:
    await read_all(room)
    await room.newsroom.merge("Ann Bell", "Sam Earl", author=ED)
    await room.newsroom.fix(1, "Tom Cook", author=ED)
    await room.newsroom.undo(1, author=ED)
    assert [await room.by(1), await room.by(7)] == ["Tom Cook", "Ann Bell"]
    await room.newsroom.undo(2, author=ED)
    assert await room.by(1) == "Ann Bell"


async def test_names_that_are_unknown_or_of_several_are_refused_with_what_to_give(room: Room) -> None:
    await read_all(room)
    before = await room.rows()
    said = await refused(room.newsroom.merge("Ann Bll", "Sam Earl", author=ED))
    assert said == "Nobody called Ann Bll is known. Did you mean Ann Bell?"
    said = await refused(room.newsroom.merge("Sam Earl", "xyzzy", author=ED))
    assert said == "Nobody called xyzzy is known. 'people' lists who is quoted."
    await room.read(article('Joan Earl said: "I had no time to ask."', number=10))
    with pytest.raises(Ambiguous, match=r"^2 speakers go by Earl\. Give a number: #\d+ \w+ Earl; #\d+ \w+ Earl\.$"):
        await room.newsroom.merge("Earl", "Ann Bell", author=ED)
    assert (await room.rows())["corrections"] == before["corrections"]


# --- split -------------------------------------------------------------------------------------


async def test_what_some_articles_quote_goes_to_somebody_else_and_back(room: Room) -> None:
    await read_all(room)
    before = await room.found()
    reply = await room.newsroom.split("Ann Bell", [4], "Nan Bell", author=ED)
    assert reply.understood.startswith("Ann Bell in article 4 is now Nan Bell (#")
    assert reply.understood.endswith("): 1 quote.")
    assert [await room.by(1), await room.by(7)] == ["Ann Bell", "Nan Bell"]
    assert await room.statements() == set()
    number = await room.speaker_id("Nan Bell")
    assert (await room.newsroom.undo(1, author=ED)).understood == f"Undone: Nan Bell (#{number}) in article 4 is Ann Bell again."
    assert await room.found() == before
    assert await room.statements() == {frozenset({1, 7})}


async def test_who_is_split_off_under_the_same_name_is_told_apart_by_number(room: Room) -> None:
    await read_all(room)
    await room.newsroom.split("Ann Bell", [4], None, author=ED)
    first, second = (await room.quote(1)).speaker_id, (await room.quote(7)).speaker_id
    assert first != second
    assert await refused(room.newsroom.merge("Ann Bell", "Sam Earl", author=ED)) == (
        f"2 speakers go by Ann Bell. Give a number: #{first} Ann Bell; #{second} Ann Bell."
    )
    await room.newsroom.undo(1, author=ED)
    assert (await room.newsroom.merge("Ann Bell", "Sam Earl", author=ED)).understood.endswith("with 3 quotes in all.")


async def test_quotes_split_off_to_somebody_known_go_to_that_very_speaker(room: Room) -> None:
    await read_all(room)
    await room.newsroom.split("Ann Bell", [4], "eve dale", author=ED)
    assert (await room.quote(7)).speaker_id == (await room.quote(5)).speaker_id


async def test_a_new_article_is_not_taken_for_one_of_a_split(room: Room) -> None:
    await read_all(room)
    await room.newsroom.split("Ann Bell", [4], None, author=ED)
    await room.read(article('Ann Bell said: "It will sink again."', number=9))
    assert (await room.quote(8)).speaker_id == (await room.quote(1)).speaker_id


async def test_a_split_that_makes_no_sense_is_refused_with_a_sentence(room: Room) -> None:
    await read_all(room)
    before = await room.rows()
    assert await refused(room.newsroom.split("Ann Bell", [99], None, author=ED)) == ("There is no article 99. These quote Ann Bell: 1, 4.")
    assert await refused(room.newsroom.split("Ann Bell", [3], None, author=ED)) == "Article 3 quotes nothing of Ann Bell. These do: 1, 4."
    with pytest.raises(NotUnderstood, match="That would leave Ann Bell without a quote"):
        await room.newsroom.split("Ann Bell", [1, 4], None, author=ED)
    assert await room.rows() == before


# --- who, when, and undoing --------------------------------------------------------------------


async def test_who_corrected_what_and_when_is_kept_even_when_it_is_undone(room: Room) -> None:
    await read_all(room)
    assert (await room.newsroom.corrections()).notes == ("None has been made.",)
    await room.newsroom.fix(1, "Tom Cook", author="Ada")
    room.clock.forward(hours=2)
    await room.newsroom.reject(2, author="Bo")
    await room.newsroom.merge("Bell", "Ann Bell", author="Cy")
    await room.newsroom.split("Ann Bell", [4], "Nan Bell", author="Di")
    room.clock.forward(days=1)
    await room.newsroom.undo(1, author="Eli")
    number = await room.speaker_id("Nan Bell")
    assert lines_of(await room.newsroom.corrections()) == [
        f"4: Ann Bell in article 4 is Nan Bell (#{number}); corrected by Di on 6 November 2026, 14:00.",
        "3: Bell counts as Ann Bell; corrected by Cy on 6 November 2026, 14:00.",
        "2: quote 2 is not a quote; corrected by Bo on 6 November 2026, 14:00.",
        "1: quote 1 is by Tom Cook; corrected by Ada on 6 November 2026, 12:00; undone by Eli on 7 November 2026, 14:00.",
    ]


async def test_nothing_is_undone_twice(room: Room) -> None:
    await read_all(room)
    said = await refused(room.newsroom.undo(None, author=ED))
    assert said == "There is no correction of yours to undo. 'corrections' lists all: give the number of one."
    await room.newsroom.fix(1, "Tom Cook", author=ED)
    await room.newsroom.undo(1, author=ED)
    for number in (1, 99, 10**30):
        with pytest.raises(NotFound, match=f"^There is no correction {number} that stands"):
            await room.newsroom.undo(number, author=ED)
    with pytest.raises(NotFound):
        await room.newsroom.undo(None, author=ED)


async def test_corrections_of_a_removed_article_go_with_it(room: Room) -> None:
    await read_all(room)
    await room.newsroom.fix(1, "Tom Cook", author=ED)
    await room.newsroom.merge("Bell", "Ann Bell", author=ED)
    reply = await room.newsroom.remove("1", author=ED)
    assert reply.understood == "Article 1, Headline 1, is taken down with 2 quotes."
    assert reply.notes == ("It does not come back by itself; whoever runs Verbatim can have it read again with 'ingest --restore'.",)
    assert [line.split(";")[0] for line in lines_of(await room.newsroom.corrections())] == ["2: Bell counts as Ann Bell"]
    await room.newsroom.undo(2, author=ED)
    assert await room.by(4) == "Bell"


# --- kept --------------------------------------------------------------------------------------

REREAD = {
    "the same again": FakeEngine("fake-2"),
    "cut otherwise": FakeEngine("fake-2", cut=11),
    "other names": FakeEngine("fake-2", misread={"Ann Bell": "Anna Belle", "Tom Cook": "Thomas Cooke"}),
}


@pytest.mark.parametrize("how", REREAD)
async def test_corrections_of_a_quote_are_kept_when_another_engine_reads_it(room: Room, how: str) -> None:
    await read_all(room)
    await room.newsroom.fix(1, "Nell Frith", author=ED)
    await room.newsroom.reject(2, author=ED)
    await everything(room.read_by(REREAD[how]).newsroom.reread())
    assert [(await room.by(1)), (await room.quote(1)).corrected, (await room.quote(2)).rejected] == ["Nell Frith", True, True]
    assert [number for number, _ in await room.found()] == [1, 3, 4, 5, 6, 7]
    await room.newsroom.undo(2, author=ED)
    await room.newsroom.undo(1, author=ED)
    found = {quote_id: speaker for quote_id, speaker in await room.found() if quote_id < 3}
    assert found == ({1: "Anna Belle", 2: "Thomas Cooke"} if how == "other names" else {1: "Ann Bell", 2: "Tom Cook"})


@pytest.mark.parametrize("how", ["the same again", "cut otherwise"])
async def test_merges_and_splits_are_kept_when_another_engine_reads_the_articles(room: Room, how: str) -> None:
    await read_all(room)
    await room.newsroom.merge("Bell", "Ann Bell", author=ED)
    await room.newsroom.split("Ann Bell", [4], "Nan Bell", author=ED)
    before = await room.found()
    await everything(room.read_by(REREAD[how]).newsroom.reread())
    assert await room.found() == before


async def test_merges_and_splits_are_kept_when_an_article_is_edited(room: Room) -> None:
    await read_all(room)
    await room.newsroom.merge("Bell", "Ann Bell", author=ED)
    await room.newsroom.split("Ann Bell", [4], "Nan Bell", author=ED)
    before = await room.found()
    await room.read(article("Corrected.", WAITED, OTHER, number=2), article("Corrected.", ROW, outlet="The Oar"))
    assert await room.found() == before


# --- all together ------------------------------------------------------------------------------


async def consistent(room: Room) -> None:
    """See that what is stored is what a replay of all corrections over what was read gives."""
    async with room.database.reading() as session:
        active = await corrections.active(session)
        all_quotes = await quotes.base(session, quote_ids=range(1, 50))
    held = sorted((found.quote_id, found.speaker_id, found.corrected, found.rejected) for found in effective(all_quotes, active))
    async with room.database.reading() as session:
        stored = await session.execute(text("SELECT id, speaker_id, corrected, rejected FROM quotes ORDER BY id"))
        assert [tuple(row) for row in stored] == held
    assert await room.merged() == merged(active)


async def correct_at_random(room: Room, chance: random.Random) -> None:
    """Make a correction that may or may not make sense; one that is refused changes nothing."""
    ids = [row[0] for row in (await room.rows())["speakers"]]
    one, other = (f"#{chance.choice(ids)}" for _ in range(2))
    quote_id, article_id, new_name = chance.randint(1, 7), chance.randint(1, 4), chance.choice([None, "Nan Bell", other])
    newsroom = room.newsroom
    attempts: list[Callable[[], Awaitable[Reply]]] = [
        lambda: newsroom.fix(quote_id, one, author=ED),
        lambda: newsroom.fix(quote_id, "Nell Frith", author=ED),
        lambda: newsroom.reject(quote_id, author=ED),
        lambda: newsroom.merge(one, other, author=ED),
        lambda: newsroom.merge(other, one, author=ED),
        lambda: newsroom.split(one, [article_id], new_name, author=ED),
    ]
    with suppress(VerbatimError):
        await chance.choice(attempts)()


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_is_corrected_and_undone_in_whatever_order_it_is_in_the_end_as_if_never_made(room: Room, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    await read_all(room)
    before = await room.found(), await room.statements(), [await room.said(number) for number in range(1, 5)]
    for _ in range(14):
        await correct_at_random(room, chance)
        await consistent(room)
    async with room.database.reading() as session:
        made = [one.id for one in await corrections.active(session)]
    assert len(made) > 3
    chance.shuffle(made)
    for number in made:
        await room.newsroom.undo(number, author=ED)
        await consistent(room)
    assert (await room.found(), await room.statements(), [await room.said(number) for number in range(1, 5)]) == before
    assert await room.merged() == {}

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import articles, corrections, quotes, search, speakers, statements
from storage.database import Database
from storage.records import (
    AliasKind,
    BaseQuote,
    CorrectionKind,
    Effective,
    NewAlias,
    NewArticle,
    NewQuote,
    QuoteFilter,
    QuoteKind,
    Reports,
    SpeakerKind,
    StoredQuote,
    words_at,
)
from storage.rows import MOST_AT_ONCE, pieces
from tests.storage.sample import DAY, HOUR, NOON, person, said, store

TEXT = 'The ferry stops.\n"We will row," said Ada Quill, the harbour master. "All of us." Later she called it a pause.'
URL = "https://ferry.example.org/1"
ADA = person("Ada Quill", "the harbour master")
BO = person("Bo Lund")


async def test_the_first_quotes_of_an_article_are_added_as_replacing_none_would_store_them(database: Database) -> None:
    words = ("We will row", "to the island", "in May")
    text = f"{' and '.join(words)}, said Ada."
    new = [said(text, one, speaker=0) for one in words]
    shown: list[list[StoredQuote]] = []
    for added in (True, False):
        async with database.writing() as session:
            saved = await articles.save(session, NewArticle(f"https://a.example.org/{added}", text, headline="Oars"), at=NOON)
            speaker_ids = [await speakers.save(session, person("Ada Quill"), article_id=saved.article_id or 0)]
            version_id = saved.version_id or 0
            if added:
                numbers = await quotes.add(session, version_id, new, speaker_ids)
            else:
                numbers = await quotes.replace(session, version_id, new, speaker_ids, {})
            found = await quotes.of_article(session, saved.article_id or 0)
            assert [quote.id for quote in found] == numbers
            searched = await search.quotes(session, QuoteFilter(words=("oars",), article_ids=(saved.article_id or 0,)))
            assert {quote.id for quote in searched} == set(numbers)
        shown.append([replace(quote, id=0, article_id=0, version_id=0, url=None) for quote in found])
    assert shown[0] == shown[1]
    assert [quote.words for quote in shown[0]] == [(one,) for one in words]


async def test_a_quote_comes_back_with_all_that_an_answer_shows(database: Database) -> None:
    async with database.writing() as session:
        stored = await store(session, TEXT, speaker=ADA, url=URL, headline="Ferry stops", outlet="The Ferry", published=NOON - DAY)
        new = NewQuote(((18, 29), (68, 77)), ((36, 45),), ((31, 35),), QuoteKind.MIXED, Reports.SPEECH, 0.75, 0, (17, 109))
        (number,) = await quotes.replace(session, stored.version_id, [new], stored.speakers, {})
    async with database.reading() as session:
        quote = await quotes.get(session, number)
        assert await quotes.of_article(session, stored.article_id) == [quote]
    assert quote is not None
    assert (quote.id, quote.article_id, quote.version_id) == (number, stored.article_id, stored.version_id)
    assert (quote.content, quote.source, quote.cue) == (new.content, new.source, new.cue)
    assert quote.words == words_at(TEXT, new.content)
    assert (quote.kind, quote.confidence) == (QuoteKind.MIXED, 0.75)
    assert (quote.speaker_id, quote.speaker_name, quote.speaker_kind) == (stored.speakers[0], "Ada Quill", SpeakerKind.PERSON)
    assert (quote.corrected, quote.rejected, quote.gone, quote.statement_id) == (False, False, False, None)
    assert (quote.outlet, quote.url, quote.headline) == ("The Ferry", URL, "Ferry stops")
    assert (quote.published, quote.read_at) == (NOON - DAY, NOON)


async def test_a_quote_without_a_speaker_is_kept(database: Database) -> None:
    async with database.writing() as session:
        stored = await store(session, TEXT, "a pause")
        quote = await quotes.get(session, stored.quotes[0])
    assert quote is not None
    assert (quote.speaker_id, quote.speaker_name, quote.speaker_kind) == (None, None, None)


@given(st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"])), st.data())
def test_the_pieces_of_a_quote_are_cut_again_out_of_its_words(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = tuple(zip(places[::2], places[1::2], strict=False))
    assert pieces(" ".join(words_at(text, spans)), spans) == words_at(text, spans)


@pytest.mark.parametrize("piece", ["a  b ", "two\nlines", "\t", "naïve 🙂 e\u0301", "“nested ‘quotes’”", "\u200b", "x" * 50_000])
async def test_the_words_of_a_stored_quote_are_the_text_at_its_offsets(database: Database, piece: str) -> None:
    text = f"Before {piece} between {piece} after."
    first = text.index(piece)
    spans = ((first, first + len(piece)), (text.rindex(piece), text.rindex(piece) + len(piece)))
    async with database.writing() as session:
        stored = await store(session, text)
        await quotes.replace(
            session, stored.version_id, [NewQuote(spans, (), (), QuoteKind.DIRECT, Reports.SPEECH, 1.0, None, (0, len(text)))], [], {}
        )
    async with database.reading() as session:
        (quote,) = await quotes.of_article(session, stored.article_id)
        article = await articles.get(session, stored.article_id)
    assert article is not None
    assert quote.words == words_at(article.text, quote.content) == (piece, piece)


async def test_reading_again_keeps_the_number_of_a_carried_quote(database: Database) -> None:
    async with database.writing() as session:
        stored = await store(session, TEXT, "We will row", "All of us", speaker=ADA)
        again = [said(TEXT, "a pause", kind=QuoteKind.INDIRECT), said(TEXT, "All of us")]
        numbers = await quotes.replace(session, stored.version_id, again, stored.speakers, {1: stored.quotes[1]})
        assert numbers[1] == stored.quotes[1]
        assert numbers[0] not in stored.quotes
        assert [(quote.id, quote.words) for quote in await quotes.of_article(session, stored.article_id)] == [
            (numbers[0], ("a pause",)),
            (numbers[1], ("All of us",)),
        ]


async def test_a_quote_that_an_edit_took_away_is_gone_and_kept(database: Database) -> None:
    async with database.writing() as session:
        before = await store(session, TEXT, "We will row", "All of us", speaker=ADA, identity="file:f")
        edited = TEXT.replace(' "All of us."', "")
        after = await store(session, edited, "We will row", speaker=ADA, identity="file:f", carry=before.quotes[:1])
        assert after.quotes == before.quotes[:1]
        shown = await quotes.of_article(session, before.article_id)
        everything = await quotes.of_article(session, before.article_id, include_gone=True)
        first_version = await articles.get(session, before.article_id, version=1)
    assert [quote.id for quote in shown] == [before.quotes[0]]
    assert [(quote.id, quote.gone, quote.version_id) for quote in everything] == [
        (before.quotes[0], False, after.version_id),
        (before.quotes[1], True, before.version_id),
    ]
    assert first_version is not None
    assert words_at(first_version.text, everything[1].content) == everything[1].words == ("All of us",)


async def test_a_gone_quote_is_not_found_until_it_comes_back(database: Database) -> None:
    async with database.writing() as session:
        before = await store(session, TEXT, "We will row", speaker=ADA, identity="file:f")
        await store(session, TEXT + " Then nothing.", speaker=ADA, identity="file:f")
        for wanted in (QuoteFilter(words=("row",)), QuoteFilter()):
            assert await search.quotes(session, wanted) == []
        await store(session, TEXT, "We will row", speaker=ADA, identity="file:f", carry=before.quotes)
        for wanted in (QuoteFilter(words=("row",)), QuoteFilter()):
            assert [quote.id for quote in await search.quotes(session, wanted)] == [before.quotes[0]]


async def test_a_carried_quote_shows_its_newest_version_and_the_time_it_was_first_read(database: Database) -> None:
    async with database.writing() as session:
        before = await store(session, TEXT, "We will row", speaker=ADA, url=URL, headline="Old")
        after = await store(
            session, "New: " + TEXT, "We will row", speaker=ADA, url=URL, headline="New", read_at=NOON + HOUR, carry=before.quotes
        )
        quote = await quotes.get(session, before.quotes[0])
    assert quote is not None
    assert (quote.version_id, quote.headline, quote.content, quote.read_at) == (after.version_id, "New", ((23, 34),), NOON)


@pytest.mark.parametrize("case", ["twice", "another article", "unknown"])
async def test_a_carry_that_makes_no_sense_is_refused(database: Database, case: str) -> None:
    async with database.writing() as session:
        one = await store(session, TEXT, "We will row", speaker=ADA)
        other = await store(session, "Other. " + TEXT, "We will row", speaker=ADA)
        carry = {"twice": {0: one.quotes[0], 1: one.quotes[0]}, "another article": {0: other.quotes[0]}, "unknown": {0: 99}}[case]
        with pytest.raises(ValueError, match="carried"):
            await quotes.replace(session, one.version_id, [said(TEXT, "We will row"), said(TEXT, "All of us")], one.speakers, carry)


async def test_what_a_person_corrected_survives_reading_again(database: Database) -> None:
    async with database.writing() as session:
        stored = await store(session, TEXT, "We will row", "All of us", speaker=ADA)
        bo = await speakers.create(session, "Bo Lund", SpeakerKind.PERSON)
        await quotes.set_effective(session, [Effective(stored.quotes[0], bo, corrected=True, rejected=False)])
        await quotes.set_effective(session, [Effective(stored.quotes[1], stored.speakers[0], corrected=False, rejected=True)])
        again = [said(TEXT, "We will row"), said(TEXT, "All of us")]
        await quotes.replace(session, stored.version_id, again, stored.speakers, dict(enumerate(stored.quotes)))
        kept, rejected = await quotes.of_article(session, stored.article_id)
        assert (kept.speaker_id, kept.corrected) == (bo, True)
        assert rejected.rejected
        assert [quote.id for quote in await search.quotes(session, QuoteFilter(words=("ferry",)))] == [kept.id]
        assert [one.read_speaker_id for one in await quotes.base(session, article_id=stored.article_id)] == [stored.speakers[0]] * 2


async def test_an_uncorrected_quote_follows_a_new_reading_of_its_speaker(database: Database) -> None:
    async with database.writing() as session:
        stored = await store(session, TEXT, "We will row", speaker=ADA)
        bo = await speakers.save(session, BO, article_id=stored.article_id)
        await quotes.replace(session, stored.version_id, [said(TEXT, "We will row")], [bo], {0: stored.quotes[0]})
        quote = await quotes.get(session, stored.quotes[0])
    assert quote is not None
    assert quote.speaker_name == "Bo Lund"


async def test_a_rejected_quote_is_not_found_and_comes_back_when_that_is_undone(database: Database) -> None:
    async with database.writing() as session:
        stored = await store(session, TEXT, "We will row", speaker=ADA, headline="Ferry stops")
        ada, number = stored.speakers[0], stored.quotes[0]
        wanted = [QuoteFilter(), QuoteFilter(words=("row",)), QuoteFilter(words=("ferries",)), QuoteFilter(phrase="we will")]
        await quotes.set_effective(session, [Effective(number, ada, corrected=True, rejected=True)])
        assert [await search.quotes(session, one) for one in wanted] == [[]] * 4
        assert (await articles.counts(session)).quotes == 0
        await quotes.set_effective(session, [Effective(number, ada, corrected=False, rejected=False)])
        assert [[quote.id for quote in await search.quotes(session, one)] for one in wanted] == [[number]] * 4


async def test_a_quote_that_is_rejected_or_gone_leaves_its_statement(database: Database) -> None:
    async with database.writing() as session:
        stored = [await store(session, f"{number}. {TEXT}", "We will row", speaker=ADA, identity=f"file:{number}") for number in range(4)]
        first, second, third, fourth = (one.quotes[0] for one in stored)
        await statements.assign(session, [(first, second, third, fourth)])
        await quotes.set_effective(session, [Effective(first, stored[0].speakers[0], corrected=True, rejected=True)])
        await quotes.replace(session, stored[1].version_id, [], [], {})
        told = [(await quotes.get(session, number)) for number in (first, second, third, fourth)]
        assert [quote.statement_id is None for quote in told if quote] == [True, True, False, False]
        await quotes.replace(session, stored[2].version_id, [], [], {})
        last = await quotes.get(session, fourth)
    assert last is not None
    assert last.statement_id is None


async def test_a_quote_that_is_read_as_an_attitude_keeps_its_number(database: Database) -> None:
    async with database.writing() as session:
        stored = await store(session, "We row, said Ada.", "We row", speaker=ADA)
        now = said("We row, said Ada.", "We row", reports=Reports.ATTITUDE)
        assert await quotes.replace(session, stored.version_id, [now], stored.speakers, {0: stored.quotes[0]}) == [*stored.quotes]
        kept = await quotes.get(session, stored.quotes[0])
    assert kept is not None
    assert kept.reports is Reports.ATTITUDE


async def test_the_words_of_the_newest_quotes_that_can_be_found_are_listed(database: Database) -> None:
    async with database.writing() as session:
        await store(session, "We row, said Ada.", "We row", speaker=ADA, read_at=NOON)
        new = await store(session, "No, and never, he said.", "No", "never", "and", speaker=BO, read_at=NOON + DAY)
        await quotes.set_effective(session, [Effective(new.quotes[1], new.speakers[0], corrected=False, rejected=True)])
        await store(session, "Gone, he said.", "Gone", speaker=BO, url=URL)
        await store(session, "Back, he said.", "Back", speaker=BO, url=URL)
        await store(session, "She wants oars.", "oars", reports=Reports.ATTITUDE, read_at=NOON + DAY)
        assert await quotes.newest_words(session, 5) == ["and", "No", "Back", "We row"]
        assert await quotes.newest_words(session, 2) == ["and", "No"]


async def test_many_quotes_come_in_the_order_in_which_they_are_asked_for(database: Database) -> None:
    async with database.writing() as session:
        stored = await store(session, TEXT, "We will row", "All of us", "a pause", url=URL)
        first, second, third = stored.quotes
        assert [one.id for one in await quotes.many(session, [third, first, second, first])] == [third, first, second]
        assert await quotes.many(session, iter([second])) == [await quotes.get(session, second)]
        assert await quotes.many(session, []) == []


async def test_many_quotes_are_without_those_that_cannot_be_found_any_more(database: Database) -> None:
    async with database.writing() as session:
        stored = await store(session, TEXT, "We will row", "All of us", "a pause", url=URL)
        rejected, gone, standing = stored.quotes
        await quotes.set_effective(session, [Effective(rejected, None, True, True)])
        await quotes.replace(session, stored.version_id, [said(TEXT, "a pause", speaker=None)], [], {0: standing})
        asked = [2**31, rejected, 10**30, gone, -1, 0, 9_999, standing]
        assert [one.id for one in await quotes.many(session, asked)] == [standing]


async def test_the_speakers_of_quotes_are_told_by_number_article_and_speaker(database: Database) -> None:
    async with database.writing() as session:
        by_ada = await store(session, TEXT, "We will row", "All of us", speaker=ADA)
        by_bo = await store(session, "No, he said.", "No", speaker=BO)
        cleo = await speakers.create(session, "Cleo Marsh", SpeakerKind.PERSON)
        dan = await speakers.create(session, "Dan Pike", SpeakerKind.PERSON)
        (ada,), (bo,) = by_ada.speakers, by_bo.speakers
        await quotes.set_effective(session, [Effective(by_ada.quotes[0], bo, corrected=True, rejected=False)])
        given = await corrections.add(
            session, CorrectionKind.SPEAKER, author="ed", at=NOON, quote_id=by_ada.quotes[1], speaker_id=cleo, other_speaker_id=dan
        )
    one = BaseQuote(by_ada.quotes[0], by_ada.article_id, ada, bo, corrected=True)
    two = BaseQuote(by_ada.quotes[1], by_ada.article_id, ada, ada)
    three = BaseQuote(by_bo.quotes[0], by_bo.article_id, bo, bo)
    async with database.reading() as session:
        assert await quotes.base(session, quote_ids=[three.id, one.id, 99]) == [one, three]
        assert await quotes.base(session, article_id=one.article_id) == [one, two]
        assert await quotes.base(session, speaker_ids=[bo]) == [one, three]
        assert await quotes.base(session, speaker_ids=[ada]) == [one, two]
        assert await quotes.base(session, speaker_ids=[cleo]) == await quotes.base(session, speaker_ids=[dan]) == [two]
        assert await quotes.base(session, article_id=three.article_id, quote_ids=[one.id]) == [one, three]
        assert await quotes.base(session) == []
    async with database.writing() as session:
        await corrections.undo(session, given, "ed", NOON)
        assert await quotes.base(session, speaker_ids=[cleo]) == []


async def test_what_an_older_version_called_a_speaker_is_forgotten(database: Database) -> None:
    async with database.writing() as session:
        before = await store(session, TEXT, "We will row", speaker=ADA, identity="file:f")
        await store(session, "Edited. " + TEXT, "We will row", speaker=person("Ada Quill"), identity="file:f", carry=before.quotes)
        speaker = await speakers.get(session, before.speakers[0])
    assert speaker is not None
    assert (speaker.names, speaker.descriptions) == (("Ada Quill",), ())


async def test_a_speaker_whom_another_reading_does_not_find_loses_the_aliases_of_the_version(database: Database) -> None:
    async with database.writing() as session:
        stored = await store(session, TEXT, "We will row", speaker=ADA)
        bo = await speakers.save(session, BO, article_id=stored.article_id)
        await speakers.record_aliases(session, bo, stored.version_id, [NewAlias("Bo", AliasKind.NAME)])
        await quotes.replace(session, stored.version_id, [said(TEXT, "We will row")], [bo], {0: stored.quotes[0]})
        assert [one.id for one in await speakers.of_article(session, stored.article_id)] == [bo]


@pytest.mark.parametrize("number", [0, -1, 99, 2**31, 2**63, 10**40])
async def test_an_unknown_number_is_no_quote(database: Database, number: int) -> None:
    async with database.reading() as session:
        assert await quotes.get(session, number) is None


async def test_an_article_may_have_very_many_quotes(database: Database) -> None:
    many = MOST_AT_ONCE + 1
    async with database.writing() as session:
        stored = await store(session, TEXT, speaker=ADA)
        numbers = await quotes.replace(session, stored.version_id, [said(TEXT, "a pause", context=(0, 9))] * many, stored.speakers, {})
        assert len(set(numbers)) == len(await quotes.base(session, quote_ids=numbers)) == many
        assert [one.id for one in await quotes.many(session, reversed(numbers))] == numbers[::-1]
        await quotes.replace(session, stored.version_id, [], stored.speakers, {})
        assert await search.quotes(session, QuoteFilter(words=("ferry",))) == []


async def test_a_quote_that_turns_out_to_be_none_is_gone_and_keeps_its_number(database: Database) -> None:
    async with database.writing() as session:
        stored = await store(session, TEXT, "We will row", "All of us", speaker=ADA)
        first, second = stored.quotes
        await quotes.let_go(session, [first, 10**6])
        of_versions = await quotes.of_versions(session, [stored.version_id])
        assert [quote.id for quote in of_versions[stored.version_id]] == [second]
        assert await search.quotes(session, QuoteFilter(words=("row",), own=True)) == []
        assert [quote.id for quote in await quotes.of_article(session, stored.article_id, include_gone=True)] == [second, first]

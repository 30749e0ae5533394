from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from storage import articles, quotes, search, speakers
from storage.database import Database
from storage.records import Effective, NewArticle, NewQuote, NewSpeaker, QuoteFilter, QuoteKind, Reports, SpeakerKind
from tests.storage.sample import DAY, HOUR, NOON, at, person, said, store

HOSTILE = [
    "don't",
    "no-deal",
    "who said:",
    '"x',
    "x'",
    "AND",
    "OR NOT",
    "NEAR(",
    "NEAR(a b, 2)",
    "*",
    "row*",
    "col:",
    "words:row",
    "-words : row",
    "{words context} : row",
    "^row",
    "row + ferry",
    "🙂",
    "",
    " ",
    "(",
    ")",
    "&|!<->:*",
    "'row':A",
    "\\",
    "%_",
    ";--",
    "\x00",
    "\ud83d",
    "x" * 10_000,
    "row " * 2_500,
    " ".join(f"word{number}" for number in range(2_000)),
    "row-" * 2_500,
    "'" * 10_000,
    "ﬀ ẞ İ ı ſ",
    "१२३ ٣ ½ ² Ⅷ",
    "北京 สวัสดี हिन्दी",
    "1e5 -5 3.14 a@example.org https://example.org/x?y=z&w",
]


async def found(session: AsyncSession, wanted: QuoteFilter) -> list[tuple[str, ...]]:
    return [quote.words for quote in await search.quotes(session, wanted)]


async def say(database: Database, *words: str, headline: str | None = None) -> None:
    """An article for each of the words, each a paragraph and a quote of its own, the first the oldest."""
    async with database.writing() as session:
        for number, one in enumerate(words):
            await store(session, one, one, identity=f"file:{one}", headline=headline, published=NOON + number * HOUR)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("They interfered in it", "interference"),
        ("an interfering act", "interfere"),
        ("the interference", "interfering"),
        ("Two ferries", "FERRY"),
        ("the café", "cafe"),
        ("the cafe", "Café"),
        ("We don’t know", "don't"),
        ("We don't know", "don’t"),
        ("We dont know", "don't"),
        ("the mayor’s plan", "mayor"),
        ("the mayor", "mayor's"),
        ("a no-deal exit", "no-deal"),
        ("a no deal exit", "no-deal"),
        ("a no-deal exit", "deal"),
        ("by 5G in 2024", "2024"),
        ("by 5G in 2024", "5g"),
        ("the who and the what", "the"),
        ("Straße", "strasse"),
        ("the inter\u00adference", "interference"),
        ("It is “over”, they said", "over"),
        ("北京 is far", "北京"),
        ("a war_torn port", "torn"),
    ],
)
async def test_a_quote_is_found_by_its_words_however_they_are_inflected_and_written(database: Database, said: str, asked: str) -> None:
    await say(database, said, "Something else.")
    async with database.reading() as session:
        assert await found(session, QuoteFilter(words=(asked,))) == [(said,)]


@pytest.mark.parametrize(
    ("said", "asked"), [("a deal with no exit", "no-deal"), ("internal", "interference"), ("rowing", "ferry"), ("caf", "café")]
)
async def test_a_quote_is_not_found_by_other_words(database: Database, said: str, asked: str) -> None:
    await say(database, said)
    async with database.reading() as session:
        assert await found(session, QuoteFilter(words=(asked,))) == []


async def test_all_words_must_match_but_may_be_spread_over_quote_context_and_headline(database: Database) -> None:
    paragraph = "The harbour was quiet. We will row, she said."
    text = f"{paragraph}\nElsewhere it rained."
    async with database.writing() as session:
        stored = await store(session, text, headline="Ferry strike")
        quote = NewQuote((at(text, "We will row"),), (), (), QuoteKind.DIRECT, Reports.SPEECH, 1.0, None, at(text, paragraph))
        await quotes.replace(session, stored.version_id, [quote], [], {})
        for words in (["row", "harbour", "strike"], ["strikes", "rowed"], ["quiet"]):
            assert await found(session, QuoteFilter(words=tuple(words))) == [("We will row",)]
        for words in (["row", "rain"], ["rained"], ["elsewhere", "row"]):
            assert await found(session, QuoteFilter(words=tuple(words))) == []


async def test_a_match_in_the_quote_comes_before_one_in_the_context_and_that_before_one_in_the_headline(database: Database) -> None:
    texts = {
        "row": "We row, he said. Bye.",
        "context": "Bye, he said of the row. And left.",
        "headline": "Bye, he said once more. And left.",
    }
    async with database.writing() as session:
        for place in ("headline", "context", "row"):
            text = texts[place]
            words = "We row" if place == "row" else "Bye"
            await store(
                session, text, words, identity=f"file:{place}", headline="A row" if place == "headline" else "A day", published=NOON
            )
        for number in range(20):
            await store(session, f"{number}. Nothing to see, he said.", "Nothing to see", headline="A day")
        best = await search.quotes(session, QuoteFilter(words=("row",)))
    assert [quote.headline for quote in best] == ["A day", "A day", "A row"]
    assert best[0].words == ("We row",)
    assert best[0].score > best[1].score > best[2].score > 0


async def test_equally_good_quotes_come_newest_first(database: Database) -> None:
    await say(database, "one tide", "two tide", "six tide")
    async with database.reading() as session:
        assert await found(session, QuoteFilter(words=("tide",))) == [("six tide",), ("two tide",), ("one tide",)]


async def test_without_words_the_newest_quotes_come_first(database: Database) -> None:
    await say(database, "one", "two", "three")
    async with database.writing() as session:
        await store(session, "undated", "undated", read_at=NOON + 90 * HOUR / 60)
        assert await found(session, QuoteFilter()) == [("three",), ("undated",), ("two",), ("one",)]
        assert await found(session, QuoteFilter(limit=2)) == [("three",), ("undated",)]
        assert await found(session, QuoteFilter(words=("one",), limit=0)) == await found(session, QuoteFilter(limit=-1)) == []


@pytest.mark.parametrize(
    ("phrase", "is_found"),
    [
        ("will row home", True),
        ("will ROWING home", True),
        ("Don’t", True),
        ("row we will", False),
        ("will home", False),
        ("home tomorrow", False),
        ("strike", False),
    ],
)
async def test_a_phrase_is_matched_as_consecutive_words_of_the_quote(database: Database, phrase: str, is_found: bool) -> None:
    text = "We will row home, she said. Don't ask. Tomorrow all will be over."
    async with database.writing() as session:
        stored = await store(session, text, headline="Strike")
        quote = NewQuote(
            (at(text, "We will row home"), at(text, "Don't ask")), (), (), QuoteKind.DIRECT, Reports.SPEECH, 1.0, None, (0, len(text))
        )
        await quotes.replace(session, stored.version_id, [quote], [], {})
        assert bool(await found(session, QuoteFilter(phrase=phrase))) == is_found
        assert bool(await found(session, QuoteFilter(phrase=phrase, words=("tomorrow", "strike")))) == is_found


async def test_whatever_is_typed_gets_an_answer(database: Database) -> None:
    await say(database, "We row on")
    async with database.reading() as session:
        for asked in HOSTILE:
            for wanted in (
                QuoteFilter(words=(asked,)),
                QuoteFilter(words=tuple(asked.split())),
                QuoteFilter(phrase=asked),
                QuoteFilter(outlets=(asked,)),
            ):
                assert set(await found(session, wanted)) <= {("We row on",)}, asked


async def test_whatever_is_said_can_be_indexed_and_found(database: Database) -> None:
    said = [f"Well, {one} indeed.".replace("\x00", "").replace("\ud83d", "") for one in HOSTILE]
    await say(database, *said)
    async with database.reading() as session:
        assert sorted(await found(session, QuoteFilter(words=("well",)))) == sorted({(one,) for one in said})


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=60))
async def test_a_quote_is_found_by_all_of_its_own_words_whatever_they_are(database: Database, said: str) -> None:
    async with database.writing() as session:
        stored = await store(session, f"Well {said}", identity="file:one")
        quote = NewQuote(((0, len(said) + 5),), (), (), QuoteKind.DIRECT, Reports.SPEECH, 1.0, None, (0, len(said) + 5))
        await quotes.replace(session, stored.version_id, [quote], [], {})
        assert len(await search.quotes(session, QuoteFilter(words=("well", *said.split())))) == 1
        assert len(await search.quotes(session, QuoteFilter(phrase=f"well {said}"))) == 1


async def test_what_holds_no_word_matches_nothing_but_does_not_spoil_words_beside_it(database: Database) -> None:
    await say(database, "We row on")
    for asked in ["🙂", "!?", " ", "—"]:
        async with database.reading() as session:
            assert await found(session, QuoteFilter(words=(asked,))) == await found(session, QuoteFilter(phrase=asked)) == [], asked
            assert await found(session, QuoteFilter(words=(asked, "row"))) == [("We row on",)], asked


async def test_a_paragraph_without_end_is_no_context(database: Database) -> None:
    far = "herring " * 5_000
    text = f"{far}We row on, she said. {far}Anchovy."
    async with database.writing() as session:
        await store(session, text, "We row on")
        assert await found(session, QuoteFilter(words=("row", "herring"))) == [("We row on",)]
        assert await found(session, QuoteFilter(words=("row", "anchovy"))) == []


async def test_a_quote_of_many_thousand_words_is_indexed(database: Database) -> None:
    long = " ".join(f"wort{number}x" for number in range(60_000))
    await say(database, long)
    async with database.reading() as session:
        assert await found(session, QuoteFilter(words=("wort17x",))) == [(long,)]


async def test_quotes_are_narrowed_by_speaker_outlet_kind_and_article(database: Database) -> None:
    ada, bo = person("Ada Quill"), person("Bo Lund")
    async with database.writing() as session:
        one = await store(session, "1. We row on.", "We row on", speaker=ada, outlet="The Ferry")
        two = await store(session, "2. We row on.", "We row on", speaker=bo, outlet="Échos", kind=QuoteKind.INDIRECT)
        three = await store(session, "3. We row on.", "We row on", kind=QuoteKind.MIXED, reports=Reports.ATTITUDE)

        async def numbers(**narrowed: object) -> set[int]:
            plain = {quote.id for quote in await search.quotes(session, QuoteFilter(**narrowed))}  # type: ignore[arg-type]
            by_words = {quote.id for quote in await search.quotes(session, QuoteFilter(words=("row",), **narrowed))}  # type: ignore[arg-type]
            assert plain == by_words
            return plain

        (first,), (second,), (third,) = one.quotes, two.quotes, three.quotes
        assert await numbers() == {first, second, third}
        assert await numbers(speaker_ids=one.speakers) == {first}
        assert await numbers(speaker_ids=one.speakers + two.speakers) == {first, second}
        assert await numbers(outlets=("the ferry", "Nowhere")) == {first}
        assert await numbers(outlets=("echos",)) == {second}
        assert await numbers(kinds=(QuoteKind.DIRECT, QuoteKind.MIXED)) == {first, third}
        assert await numbers(reports=Reports.SPEECH) == {first, second}
        assert await numbers(reports=Reports.ATTITUDE) == {third}
        assert await numbers(article_ids=(three.article_id, 99)) == {third}
        assert await numbers(outlets=("echos",), kinds=(QuoteKind.DIRECT,)) == set()
        for field in ("speaker_ids", "outlets", "kinds", "article_ids"):
            assert await numbers(**{field: ()}) == set()


async def test_times_are_half_open_and_an_undated_article_counts_from_its_reading(database: Database) -> None:
    async with database.writing() as session:
        dated = await store(session, "1. We row on.", "We row on", published=NOON - DAY, read_at=NOON)
        undated = await store(session, "2. We row on.", "We row on", read_at=NOON + HOUR)
        (one,), (two,) = dated.quotes, undated.quotes

        async def numbers(**bounds: object) -> set[int]:
            return {quote.id for quote in await search.quotes(session, QuoteFilter(words=("row",), **bounds))}  # type: ignore[arg-type]

        assert await numbers(since=NOON - DAY) == {one, two}
        assert await numbers(since=NOON - DAY + HOUR / 60) == {two}
        assert await numbers(until=NOON - DAY) == set()
        assert await numbers(until=NOON + HOUR) == {one}
        assert await numbers(since=NOON + HOUR, until=NOON + 2 * HOUR) == {two}
        assert await numbers(read_since=NOON, read_until=NOON + HOUR) == {one}
        assert await numbers(read_since=NOON + HOUR) == {two}
        assert await numbers(read_until=NOON) == set()


async def test_a_correction_of_the_speaker_is_followed_by_the_search(database: Database) -> None:
    async with database.writing() as session:
        stored = await store(session, "We row on.", "We row on", speaker=person("Ada Quill"))
        bo = await speakers.create(session, "Bo Lund", SpeakerKind.PERSON)
        await quotes.set_effective(session, [Effective(stored.quotes[0], bo, corrected=True, rejected=False)])
        assert await search.quotes(session, QuoteFilter(speaker_ids=stored.speakers)) == []
        (quote,) = await search.quotes(session, QuoteFilter(speaker_ids=(bo,)))
    assert (quote.speaker_name, quote.corrected) == ("Bo Lund", True)


async def test_the_headline_of_the_newest_version_is_the_one_that_is_searched(database: Database) -> None:
    async with database.writing() as session:
        before = await store(session, "We row on.", "We row on", identity="file:f", headline="Old")
        await store(session, "We row on.", "We row on", identity="file:f", headline="Fresh", carry=before.quotes)
        assert await found(session, QuoteFilter(words=("old",))) == []
        assert await found(session, QuoteFilter(words=("fresh",))) == [("We row on",)]


async def test_every_quote_found_stands_in_its_article(database: Database) -> None:
    speaker = NewSpeaker("a spokesman", SpeakerKind.UNNAMED, None)
    async with database.writing() as session:
        await store(session, "“We row on,” he said.\nBye.", "We row on,", "Bye", speaker=speaker, headline="Row")
    async with database.reading() as session:
        for quote in await search.quotes(session, QuoteFilter(words=("row",))):
            article = await articles.get(session, quote.article_id)
            assert article is not None
            assert quote.words == tuple(article.text[start:end] for start, end in quote.content)


async def test_more_speakers_than_one_statement_lists_can_be_asked_for(database: Database) -> None:
    await say(database, "We row on")
    async with database.reading() as session:
        assert await found(session, QuoteFilter(speaker_ids=tuple(range(1, 20_000)))) == []
        assert await found(session, QuoteFilter(article_ids=tuple(range(1, 20_000)))) == [("We row on",)]


async def test_quotes_are_found_by_the_numbers_above_one_and_up_to_another(database: Database) -> None:
    await say(database, "one row", "two rows", "three rowed", "four rowing")
    async with database.reading() as session:
        numbers = {quote.words[0]: quote.id for quote in await search.quotes(session, QuoteFilter())}
        between = QuoteFilter(after_id=numbers["one row"], up_to_id=numbers["three rowed"])
        assert await found(session, between) == [("three rowed",), ("two rows",)]
        assert set(await found(session, replace(between, words=("row",)))) == {("three rowed",), ("two rows",)}
        assert await found(session, QuoteFilter(words=("row",), after_id=numbers["four rowing"])) == []


async def test_the_newest_that_match_are_found_instead_of_the_best(database: Database) -> None:
    await say(database, "row row row", "a row among many other words that are no match")
    async with database.reading() as session:
        assert await found(session, QuoteFilter(words=("row",), limit=1)) == [("row row row",)]
        assert await found(session, QuoteFilter(words=("row",), limit=1, newest=True)) != [("row row row",)]
        best, _ = await found(session, QuoteFilter(words=("row",), limit=2, newest=True))
        assert best == ("row row row",)


async def test_what_is_near_holds_the_words_itself_or_in_its_paragraph(database: Database) -> None:
    text = "“We saw a seal,” she said.\n\nOf the bridge she said “it is safe”. “The bridge is old.”"
    async with database.writing() as session:
        article = NewArticle("file:1", text, headline="The old bridge")
        saved = await articles.save(session, article, at=NOON)
        paragraph = text.index("\n\n")
        far = replace(said(text, "We saw a seal", speaker=None), context=(0, paragraph))
        near = [replace(said(text, words, speaker=None), context=(paragraph, len(text))) for words in ("it is safe", "The bridge is old")]
        numbers = await quotes.replace(session, saved.version_id or 0, [far, *near], [], {})
    async with database.reading() as session:
        assert await search.numbers(session, QuoteFilter(words=("bridges",))) == set(numbers)
        assert await search.numbers(session, QuoteFilter(words=("bridges",), near=True)) == set(numbers[1:])
        assert await search.numbers(session, QuoteFilter(words=("old-bridge",))) == set(numbers)
        assert await search.numbers(session, QuoteFilter(words=("old-bridge",), near=True)) == set()
        assert await search.numbers(session, QuoteFilter(words=("!",), near=True)) == set()


async def test_what_is_to_be_announced_leaves_out_unannounced_articles_with_words_and_without(database: Database) -> None:
    async with database.writing() as session:
        for number in range(4):
            text = f"We row {number}, she said."
            saved = await articles.save(session, NewArticle(f"file:{number}", text, unannounced=number % 2 == 0), at=NOON)
            await quotes.add(session, saved.version_id or 0, [said(text, f"We row {number}", speaker=None)], [])
    rows = QuoteFilter(words=("row",))
    async with database.reading() as session:
        for wanted in (rows, replace(rows, newest=True, after_id=1), QuoteFilter(reports=Reports.SPEECH)):
            assert sorted(await found(session, replace(wanted, announced=True))) == [("We row 1",), ("We row 3",)]
        assert len(await found(session, rows)) == 4
        assert await search.newest_numbers(session, replace(rows, announced=True)) == [4, 2]

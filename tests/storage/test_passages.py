import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import articles, passages, quotes
from storage.database import Database
from storage.passages import LONGEST_PASSAGE, passage
from storage.records import NewArticle, NewQuote, Span, StoredPassage
from tests.storage.sample import NOON, at, said

TEXT = "First 🚣🏽 paragraph.\n\nAda Quill said: “We row on.” And “so on”.\n\nLast café."
SECOND = at(TEXT, "Ada Quill said: “We row on.” And “so on”.")


async def around(database: Database, text: str, quote: NewQuote) -> StoredPassage | None:
    async with database.writing() as session:
        saved = await articles.save(session, NewArticle("file:x", text), at=NOON)
        assert saved.version_id is not None
        (number,) = await quotes.add(session, saved.version_id, [quote], [])
        return await passages.around(session, number)


def shown(text: str, start: int, end: int) -> StoredPassage:
    return StoredPassage(text[start:end], start, begins=start == 0, ends=end == len(text))


async def test_a_passage_is_the_paragraph_of_the_quote(database: Database) -> None:
    found = await around(database, TEXT, said(TEXT, "We row on", speaker=None, context=SECOND))
    assert found == StoredPassage("Ada Quill said: “We row on.” And “so on”.", TEXT.index("Ada"), begins=False, ends=False)


async def test_a_passage_says_that_the_article_begins_or_ends_with_it(database: Database) -> None:
    first = at(TEXT, "First 🚣🏽 paragraph.")
    assert await around(database, TEXT, said(TEXT, "paragraph", speaker=None, context=first)) == shown(TEXT, *first)


async def test_the_whole_article_is_a_passage_that_begins_and_ends_with_it(database: Database) -> None:
    found = await around(database, TEXT, said(TEXT, "We row on", speaker=None))
    assert found == StoredPassage(TEXT, 0, begins=True, ends=True)


async def test_a_passage_reaches_to_all_words_of_a_quote_that_leaves_its_paragraph(database: Database) -> None:
    quote = said(TEXT, "We row on", "so on", "Last café.", speaker=None, context=SECOND)
    assert await around(database, TEXT, quote) == shown(TEXT, SECOND[0], len(TEXT))


async def test_of_a_text_without_paragraphs_only_what_stands_near_is_shown(database: Database) -> None:
    text = "🌊" * 20_000 + "We row on" + "é" * 20_000
    found = await around(database, text, said(text, "We row on", speaker=None))
    assert found is not None
    assert len(found.text) == LONGEST_PASSAGE
    assert found == shown(text, found.start, found.start + LONGEST_PASSAGE)
    assert "🌊We row oné" in found.text


async def test_a_quote_that_is_too_long_by_itself_is_shown_whole_and_alone(database: Database) -> None:
    text = f"before {'row ' * LONGEST_PASSAGE}after"
    found = await around(database, text, said(text, "row " * LONGEST_PASSAGE, speaker=None))
    assert found == shown(text, *at(text, "row " * LONGEST_PASSAGE))


@pytest.mark.parametrize("number", [-1, 0, 1, 2**31, 10**30])
async def test_there_is_no_passage_of_a_quote_that_is_not_there(database: Database, number: int) -> None:
    async with database.reading() as session:
        assert await passages.around(session, number) is None


def spans(most: int) -> st.SearchStrategy[Span]:
    return st.lists(st.integers(0, most), min_size=2, max_size=2, unique=True).map(lambda ends: (min(ends), max(ends)))


@given(context=spans(4 * LONGEST_PASSAGE), content=spans(4 * LONGEST_PASSAGE))
def test_a_passage_holds_the_quote_and_no_more_than_its_context_and_is_as_long_as_it_may_be(context: Span, content: Span) -> None:
    start, end = passage(context, [content])
    widest = min(context[0], content[0]), max(context[1], content[1])
    assert widest[0] <= start <= content[0]
    assert content[1] <= end <= widest[1]
    assert end - start == max(content[1] - content[0], min(LONGEST_PASSAGE, widest[1] - widest[0]))

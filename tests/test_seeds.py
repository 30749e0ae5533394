"""The four real articles beside the project, from file to answer. Quotes are named here by a few of their words only."""

from pathlib import Path

import pytest

from bot.replies import MarkedQuote, QuoteKind
from storage.database import Database
from tests.newsrooms import REAL_ENGINE, Room, words_of

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"

# The beginning of every quotation that somebody says, with who says it. Those of the prime minister are found by his role alone.
SAID = {
    1: {"I stayed in a motel": "John Cook", "It's all done": "John Cook"},
    2: {
        '"interference" in the': "a complaint to the US federal electoral commission",
        '"about how to earn': "a complaint to the US federal electoral commission",
        '"attended a convention': "a complaint to the US federal electoral commission",
        '"got in touch': "Deborah Mattinson",
        "I said, 'fine'": "Deborah Mattinson",
        '"to understand who': "Deborah Mattinson",
        "And that was what": "Deborah Mattinson",
        '"but we talked': "Deborah Mattinson",
        "so they were all": "Deborah Mattinson",
        '"was set up': "Deborah Mattinson",
        "I'm worried about": "Deborah Mattinson",
        "It is common practice": "a Labour Party spokesman",
    },
    3: {"It is up to": "Steve Reed", "“foreign assistance”": "Donald Trump"},
    4: {
        "I have 10 spots": "Sofia Patel",
        "blatant foreign": "the Trump campaign",
        "The last time": "the Trump campaign’s deputy general counsel",
        "The Labour Party has": "Keir Starmer",
        "This is standard": "John Healey",
        "President Trump will": "Susie Wiles",
    },
}
BOILERPLATE = (
    "comments",
    "privilege, not a right",
    "report this",
    "politics latest",
    "disclaimer",
    "donate:",
    "share:",
    "read more",
    "more from",
)


@pytest.fixture
async def room(database: Database) -> Room:
    """A newsroom that has read the four articles, which are numbered as their files are."""
    if not SEEDS.is_dir():
        pytest.skip("The real articles do not lie beside the project.")
    room = Room.over(database, REAL_ENGINE)
    assert [item.reason for item in await room.ingest(str(SEEDS))] == [None] * 4
    return room


async def quote_with(room: Room, article: int, words: str) -> tuple[MarkedQuote, str]:
    """The one quote in whose content `words` begin, and the article's text."""
    view = await room.newsroom.show(str(article))
    place = view.text.index(words)
    (found,) = [quote for quote in view.quotes if any(start <= place < end for start, end in quote.content)]
    return found, view.text


@pytest.mark.parametrize("article", SAID)
async def test_every_quotation_that_somebody_says_is_a_quote_with_its_speaker(room: Room, article: int) -> None:
    assert {words: (await quote_with(room, article, words))[0].speaker for words in SAID[article]} == SAID[article]


async def test_nothing_else_in_quotation_marks_is_a_direct_quote(room: Room) -> None:
    for article, said in SAID.items():
        view = await room.newsroom.show(str(article))
        direct = [quote for quote in view.quotes if quote.kind is QuoteKind.DIRECT]
        begins = [view.text[quote.content[0][0] :][:30] for quote in direct]
        assert all(any(beginning.startswith(words[:20]) for words in said) for beginning in begins), begins


async def test_what_nobody_says_has_no_speaker(room: Room) -> None:
    view = await room.newsroom.show("4")
    place = view.text.index("third way")
    assert not [quote for quote in view.quotes if any(start <= place < end for start, end in quote.content)]


@pytest.mark.parametrize(("article", "words"), [(1, "I stayed in a motel"), (2, "It is common practice")])
async def test_a_quote_over_several_paragraphs_is_one_with_a_span_for_each(room: Room, article: int, words: str) -> None:
    quote, text = await quote_with(room, article, words)
    assert len(quote.content) == 2
    assert "\n" in text[quote.content[0][1] : quote.content[1][0]]


@pytest.mark.parametrize(
    ("article", "words", "source", "cue", "speaker"),
    [
        (1, "I stayed in a motel", "He", "said", "John Cook"),
        (2, "I said, 'fine'", "she", "added", "Deborah Mattinson"),
        (2, "has not been jeopardised", "Sir Keir", "has insisted", "Keir Starmer"),
        (2, "It is common practice", "A Labour Party spokesman", "said", "a Labour Party spokesman"),
        (3, "It is up to", "He", "said", "Steve Reed"),
        (4, "I have 10 spots", "she", "wrote", "Sofia Patel"),
        (4, "President Trump will", "she", "asserted", "Susie Wiles"),
    ],
)
async def test_pronouns_titles_and_roles_lead_to_their_speaker(
    room: Room, article: int, words: str, source: str, cue: str, speaker: str
) -> None:
    quote, text = await quote_with(room, article, words)
    assert [text[start:end] for start, end in quote.source] == [source]
    assert [text[start:end] for start, end in quote.cue] == [cue]
    assert quote.speaker == speaker


async def test_a_speaker_of_two_articles_is_one(room: Room) -> None:
    found = {
        quote.place.article_id for section in (await room.newsroom.ask("what did Keir Starmer say")).sections for quote in section.quotes
    }
    assert found == {2, 3, 4}


async def test_no_boilerplate_is_in_any_text(room: Room) -> None:
    for article in SAID:
        text = (await room.newsroom.show(str(article))).text.lower()
        assert not [line for line in BOILERPLATE if line in text]


async def test_who_said_what_about_interference_is_answered(room: Room) -> None:
    reply = await room.newsroom.ask("who said what about interference")
    assert {"Donald Trump", "the Trump campaign", "Keir Starmer"} <= {section.title for section in reply.sections}
    assert any("blatant" in words for words in words_of(reply))
    assert words_of(await room.newsroom.ask("what did Keir Starmer say about volunteers"))

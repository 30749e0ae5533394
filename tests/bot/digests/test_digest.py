from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.digests.digest import MOST_STORIES, compile_digest
from bot.digests.stories import stories
from bot.replies import Reply, Section
from storage.records import QuoteKind, StoredQuote
from tests.stored_quotes import stored_quote

LONDON = ZoneInfo("Europe/London")
SINCE = datetime(2026, 11, 16, tzinfo=UTC)


def digest_of(*quotes: StoredQuote) -> Reply:
    return compile_digest(quotes, zone=LONDON, since=SINCE)


def section_called(reply: Reply, title: str) -> Section:
    return next(section for section in reply.sections if section.title == title)


def test_nothing_new_is_one_line() -> None:
    reply = compile_digest([], zone=LONDON, since=SINCE, restricted="about ferries")
    assert reply == Reply("Digest of what was read about ferries since 16 November 2026.", notes=("Nothing new.",))


def test_articles_that_carry_the_same_words_are_one_story() -> None:
    words = "I acted in good faith throughout"
    found = stories(
        [
            stored_quote(words, article_id=1, headline="Procurement chief quits", outlet="The Evening Beacon"),
            stored_quote(f"“{words}”", article_id=2, headline="Sir Alistair steps down", outlet="Island Courier"),
            stored_quote("Boats are wonderful.", article_id=3, headline="School boat sails", outlet="The Northern Ledger"),
        ]
    )
    assert [story.articles for story in found] == [(1, 2), (3,)]
    assert found[0].outlets == ("The Evening Beacon", "Island Courier")


def test_articles_of_one_statement_are_one_story() -> None:
    quotes = [stored_quote("X", article_id=1, statement_id=5, headline="A"), stored_quote("Y", article_id=2, statement_id=5, headline="B")]
    assert [story.articles for story in stories(quotes)] == [(1, 2)]


def test_articles_with_headlines_alike_are_one_story() -> None:
    quotes = [
        stored_quote("X", article_id=1, speaker_id=1, headline="Aldermoor Bridge closed after cracks are found"),
        stored_quote("Y", article_id=2, speaker_id=2, headline="Cracks found: Aldermoor Bridge is closed"),
        stored_quote("Z", article_id=3, speaker_id=3, headline="Island council closed for the holidays"),
    ]
    assert [story.articles for story in stories(quotes)] == [(1, 2), (3,)]


def test_articles_that_quote_the_same_two_people_on_one_subject_are_one_story() -> None:
    quotes = [
        stored_quote("A", article_id=1, speaker_id=1, headline="Ferry letter leaked"),
        stored_quote("B", article_id=1, speaker_id=2, headline="Ferry letter leaked"),
        stored_quote("C", article_id=2, speaker_id=1, headline="Minister denies meddling in the ferry tender"),
        stored_quote("D", article_id=2, speaker_id=2, headline="Minister denies meddling in the ferry tender"),
        stored_quote("E", article_id=3, speaker_id=1, headline="Hospital opens"),
        stored_quote("F", article_id=3, speaker_id=2, headline="Hospital opens"),
        stored_quote("G", article_id=4, speaker_id=1, headline="Ferry museum planned"),
        stored_quote("H", article_id=4, speaker_id=None, headline="Ferry museum planned"),
    ]
    assert [story.articles for story in stories(quotes)] == [(1, 2), (3,), (4,)]


def test_a_short_phrase_in_common_makes_no_story() -> None:
    quotes = [stored_quote("No comment", article_id=1, headline="A"), stored_quote("no comment", article_id=2, headline="B")]
    assert [story.articles for story in stories(quotes)] == [(1,), (2,)]


def test_links_from_article_to_article_make_one_story_of_all() -> None:
    quotes = [
        stored_quote("One", article_id=1, statement_id=1),
        stored_quote("Two", article_id=2, statement_id=1),
        stored_quote("Three", article_id=2, statement_id=2),
        stored_quote("Four", article_id=3, statement_id=2),
    ]
    assert [story.articles for story in stories(quotes)] == [(1, 2, 3)]


def test_the_story_of_most_outlets_comes_first() -> None:
    quotes = [
        *(stored_quote(f"Quote {number}", article_id=1, headline="Many quotes in one paper") for number in range(5)),
        stored_quote("Same words in both papers", article_id=2, outlet="A", headline="B"),
        stored_quote("Same words in both papers", article_id=3, outlet="C", headline="D"),
    ]
    assert [section.subtitle for section in digest_of(*quotes).sections[:2]] == [
        "A, C · 2 articles · 2 quotes",
        "The Harbour Post · 1 article · 5 quotes",
    ]


def test_a_story_shows_its_most_confident_quotes_of_different_speakers() -> None:
    quotes = [
        stored_quote("Sure, Marsh.", article_id=1, speaker_id=1, speaker_name="Helena Marsh", confidence=0.99, headline="H"),
        stored_quote("Sure too, Marsh.", article_id=1, speaker_id=1, speaker_name="Helena Marsh", confidence=0.98, headline="H"),
        stored_quote("Likely, Redfern.", article_id=1, speaker_id=2, speaker_name="Tomas Redfern", confidence=0.7, headline="H"),
        stored_quote("Unsure.", article_id=1, speaker_id=None, speaker_name=None, confidence=0.3, headline="H"),
    ]
    shown = section_called(digest_of(*quotes), "H").quotes
    assert [card.words[0] for card in shown] == ["Sure, Marsh.", "Likely, Redfern.", "Sure too, Marsh."]


def test_direct_quotes_come_before_reported_ones_of_the_same_confidence() -> None:
    quotes = [
        stored_quote("reported", article_id=1, kind=QuoteKind.INDIRECT, headline="H"),
        stored_quote("Direct.", article_id=1, kind=QuoteKind.DIRECT, headline="H"),
    ]
    assert [card.words[0] for card in section_called(digest_of(*quotes), "H").quotes] == ["Direct.", "reported"]


def test_words_that_several_outlets_carry_and_the_main_voices_lead_a_story() -> None:
    quotes = [
        stored_quote("A bystander.", article_id=1, speaker_id=3, speaker_name="Bystander", confidence=0.99, headline="H"),
        stored_quote("Main voice.", article_id=1, speaker_id=2, speaker_name="Tomas Redfern", confidence=0.95, headline="H"),
        stored_quote("Main voice again.", article_id=1, speaker_id=2, speaker_name="Tomas Redfern", confidence=0.92, headline="H"),
        stored_quote("Carried by two outlets.", article_id=1, confidence=0.93, headline="H"),
        stored_quote("Carried by two outlets.", article_id=2, confidence=0.93, headline="H"),
    ]
    shown = section_called(digest_of(*quotes), "H").quotes
    assert [card.words[0] for card in shown] == ["Carried by two outlets.", "Main voice.", "A bystander."]


def test_the_most_quoted_are_counted_by_what_they_said_not_by_copies() -> None:
    quotes = [
        *(stored_quote("The very same words again", outlet=outlet) for outlet in ("A", "B", "C")),
        stored_quote("First.", speaker_id=2, speaker_name="Tomas Redfern", outlet="A"),
        stored_quote("Second.", speaker_id=2, speaker_name="Tomas Redfern", outlet="B"),
    ]
    assert section_called(digest_of(*quotes), "Most quoted").lines == ("Tomas Redfern: 2 quotes in A and B",)


def test_statements_that_outlets_word_differently_are_shown_side_by_side() -> None:
    quotes = [
        stored_quote("I did not interfere in it", statement_id=3, outlet="A"),
        stored_quote("I did not interfere with it", statement_id=3, outlet="B"),
        stored_quote("Copied by all of them", statement_id=4, outlet="A"),
        stored_quote("copied by all of them", statement_id=4, outlet="B"),
    ]
    section = section_called(digest_of(*quotes), "Helena Marsh, in different words")
    assert [card.words[0] for card in section.quotes] == ["I did not interfere in it", "I did not interfere with it"]
    assert sum("different words" in section.title for section in digest_of(*quotes).sections) == 1


def test_more_stories_than_fit_are_counted() -> None:
    quotes = [stored_quote(headline=f"Story{number}", speaker_id=number) for number in range(MOST_STORIES + 2)]
    assert digest_of(*quotes).notes == ("And 2 more stories.",)


def test_an_article_without_a_headline_or_outlet_is_still_in_the_digest() -> None:
    reply = digest_of(stored_quote("Never.", headline=None, outlet=None))
    assert [(section.title, section.subtitle) for section in reply.sections] == [("Without a headline", "1 article · 1 quote")]

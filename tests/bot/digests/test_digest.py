from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.digests.compiled import Compiled
from bot.digests.digest import Found, Times, compile_digest, whole_digest
from bot.digests.leading import leading
from bot.digests.lengths import LENGTHS, MOST_SHOWN
from bot.digests.stories import stories
from bot.replies import Reply, Section
from storage.records import Density, QuoteKind, SpeakerKind, StoredQuote
from tests.newsrooms import words_of
from tests.stored_quotes import stored_quote, stored_refusal

LONDON = ZoneInfo("Europe/London")
SINCE = datetime(2026, 11, 5, 8, tzinfo=UTC)
NOW = datetime(2026, 11, 6, 8, tzinfo=UTC)


def lengths_of(found: Found, density: Density = Density.FULL) -> tuple[Reply, ...]:
    return compile_digest(found, now=NOW, zone=LONDON, density=density).lengths


def digest_of(*quotes: StoredQuote, density: Density = Density.FULL, **given: Any) -> Reply:  # noqa: ANN401 - any field of what is found
    return lengths_of(Found(quotes, since=SINCE, **given), density)[0]


def section_called(reply: Reply, title: str) -> Section:
    return next(section for section in reply.sections if section.title == title)


def test_nothing_new_is_one_line() -> None:
    compiled = compile_digest(Found([], "about ferries", SINCE), now=NOW, zone=LONDON)
    assert compiled == Compiled((Reply("Nothing new about ferries since Thursday 08:00."),), 0)
    assert whole_digest(Found([], "about ferries", SINCE), now=NOW, zone=LONDON) == compiled.lengths[0]


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
        "A, C · 2 articles · 1 quote",
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
    assert section_called(digest_of(*quotes), "Most quoted").lines == ("Tomas Redfern 2.",)


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


def unrelated(number: int, words: str = "Words", **given: Any) -> StoredQuote:  # noqa: ANN401 - any field of the record
    """A quote of a story of its own."""
    return stored_quote(f"{words}{number}", speaker_id=number, headline=f"Story{number}", **given)


def test_more_stories_than_are_shown_are_counted_with_their_quotes() -> None:
    quotes = [unrelated(number) for number in range(10)]
    assert digest_of(*quotes).notes == ("And 4 more stories with 4 quotes.",)
    assert digest_of(*quotes, density=Density.SHORT).notes == ("And 7 more stories with 7 quotes.",)


def test_each_length_is_shorter_than_the_one_before_and_the_last_is_one_quote() -> None:
    quotes = [stored_quote(headline=f"Story{number // 4}", article_id=number // 4, speaker_id=number) for number in range(40)]
    for density in Density:
        shown = [sum(len(section.quotes) for section in reply.sections) for reply in lengths_of(Found(quotes, since=SINCE), density)]
        assert shown == sorted(shown, reverse=True)
        longest = LENGTHS[density][0]
        assert (shown[0], shown[-1]) == (longest.leads * longest.quotes + longest.stories - longest.leads, 1)


def test_of_one_quote_there_is_one_length() -> None:
    assert len(lengths_of(Found([stored_quote()], since=SINCE))) == 1


def test_a_short_digest_has_at_most_three_stories_and_its_speakers_in_a_line() -> None:
    quotes = [
        stored_quote(headline=f"Story{number // 3}", article_id=number // 3, speaker_id=number % 3, speaker_name=f"Voice {number % 3}")
        for number in range(15)
    ]
    reply = digest_of(*quotes, newcomers=frozenset({1, 2}), described=[(2, "ferry captain")], density=Density.SHORT)
    assert [(section.title, len(section.quotes)) for section in reply.sections] == [
        ("Story0", 2),
        ("Story1", 1),
        ("Story2", 1),
        ("New voices", 0),
        ("Most quoted", 0),
    ]
    assert section_called(reply, "New voices").lines == ("Voice 1 and Voice 2 (ferry captain).",)
    assert section_called(reply, "Most quoted").lines == ("Voice 0 5, Voice 1 5 and Voice 2 5.",)


def test_new_voices_are_told_with_what_articles_call_them_people_first() -> None:
    quotes = [
        stored_quote("A.", speaker_id=1, speaker_name="Northgate Council", speaker_kind=SpeakerKind.ORGANISATION, outlet="A"),
        stored_quote("B.", speaker_id=1, speaker_name="Northgate Council", speaker_kind=SpeakerKind.ORGANISATION, outlet="B"),
        stored_quote("C.", speaker_id=2, speaker_name="Ann Bell", outlet="A"),
        stored_quote("D.", speaker_id=3, speaker_name="Known Before", outlet="A"),
    ]
    reply = digest_of(*quotes, newcomers=frozenset({1, 2}), described=[(2, "environment secretary")])
    assert section_called(reply, "New voices").lines == (
        "Ann Bell (environment secretary): 1 quote in A",
        "Northgate Council: 2 quotes in A and B",
    )


def test_the_whole_holds_what_the_longest_message_leaves_out() -> None:
    found = Found([unrelated(number) for number in range(20)], since=SINCE)
    whole = whole_digest(found, now=NOW, zone=LONDON)
    assert len(whole.sections) == 20
    assert not whole.notes


def test_the_whole_holds_every_quote_of_a_story_copies_once() -> None:
    quotes = [stored_quote(f"Words {number}", article_id=1, statement_id=number % 30, speaker_id=number) for number in range(70)]
    copies = [stored_quote(*quote.words, article_id=2, statement_id=quote.statement_id, speaker_id=quote.speaker_id) for quote in quotes]
    whole = whole_digest(Found([*quotes, *copies], since=SINCE), now=NOW, zone=LONDON)
    assert sorted(words_of(whole)) == sorted(quote.words[0] for quote in quotes)


def test_the_whole_of_a_great_many_says_what_it_leaves_out() -> None:
    stories_of = [[unrelated(number, f"Words {place} ") for place in range(200)] for number in range(3)]
    quotes = [replace(quote, article_id=number) for number, its in enumerate(stories_of) for quote in its]
    whole = whole_digest(Found(quotes, since=SINCE), now=NOW, zone=LONDON)
    assert len(words_of(whole)) == MOST_SHOWN
    assert whole.notes[0] == "And 1 more story with 200 quotes."
    assert str(MOST_SHOWN) in whole.notes[1]


def is_complete(*quotes: StoredQuote, density: Density = Density.FULL, **given: Any) -> bool:  # noqa: ANN401 - any field of what is found
    return compile_digest(Found(quotes, since=SINCE, **given), now=NOW, zone=LONDON, density=density).complete


def test_a_digest_is_complete_only_if_nothing_is_left_out() -> None:
    four = [unrelated(number) for number in range(4)]
    assert is_complete(*four)
    assert not is_complete(*four, density=Density.SHORT)
    of_one_story = [stored_quote(f"Words {number}", article_id=1, speaker_id=number) for number in range(4)]
    assert is_complete(*of_one_story[:3])
    assert not is_complete(*of_one_story)
    assert is_complete(*of_one_story[:2], density=Density.SHORT, newcomers=frozenset({0, 1}))
    many = [stored_quote("Same", article_id=1, speaker_id=number) for number in range(200)]
    assert not is_complete(*many)


def test_what_every_wording_of_a_statement_says_is_part_of_the_whole() -> None:
    two = [stored_quote(words, statement_id=3, outlet=words) for words in ("I did not interfere in it", "I never meddled with that")]
    assert is_complete(*two)
    assert not is_complete(*two, density=Density.SHORT)


def test_of_an_archive_what_has_no_date_is_no_newer() -> None:
    old = SINCE - timedelta(days=900)
    quotes = [
        stored_quote("Undated", headline="Undated", published=None),
        *(stored_quote("Said in many papers long ago", outlet=outlet, headline="Old", published=old) for outlet in ("A", "B")),
    ]
    assert [section.title for section in digest_of(*quotes).sections[:2]] == ["Old", "Undated"]


def test_what_an_archive_said_long_ago_comes_behind_what_is_new() -> None:
    old = SINCE - timedelta(days=900)
    quotes = [
        *(stored_quote("Said in many papers long ago", outlet=outlet, headline="Old", published=old) for outlet in ("A", "B", "C")),
        stored_quote("Said yesterday.", headline="New", published=SINCE),
    ]
    assert [section.title for section in digest_of(*quotes).sections[:2]] == ["New", "Old"]


def test_it_says_when_not_everything_that_is_new_was_looked_at() -> None:
    assert digest_of(stored_quote(), more=True).notes == ("There is more than this digest was made of: the 1 quote published last.",)


def first_line(**given: Any) -> str:  # noqa: ANN401 - any field of what is found
    """What the first line says of the digest of a quote, without what is in it."""
    line, _, figures = lengths_of(Found([stored_quote(headline="H")], **{"since": SINCE, **given}))[0].understood.partition(": 1 quote")
    assert figures == " in “H”."
    return line


def test_a_digest_of_somebody_is_not_one_that_they_wrote() -> None:
    assert first_line(about="by Ann Bell") == "Digest of quotes by Ann Bell since Thursday 08:00"
    assert first_line(about="about ferries by Ann Bell") == "Digest about ferries by Ann Bell since Thursday 08:00"
    assert first_line() == "Digest since Thursday 08:00"


def test_the_first_line_says_whether_its_time_is_that_of_reading_or_of_publishing() -> None:
    assert first_line(times=Times.READ) == "Digest of quotes read since Thursday 08:00"
    assert first_line(times=Times.PUBLISHED, about="in The Mill") == "Digest of quotes in The Mill, published since Thursday 08:00"
    over = {"times": Times.PUBLISHED, "until": SINCE + timedelta(hours=2)}
    assert first_line(**over) == "Digest of quotes published from 5 November 2026, 08:00 to 5 November 2026, 10:00"
    assert first_line(**over | {"since": None}) == "Digest of quotes published before 5 November 2026, 10:00"
    nothing = [compile_digest(Found([], "by Ann Bell", SINCE, times=times), now=NOW, zone=LONDON).lengths[0] for times in Times]
    assert [reply.understood for reply in nothing] == [
        "Nothing new by Ann Bell since Thursday 08:00.",
        "Nothing by Ann Bell was read since Thursday 08:00.",
        "Nothing by Ann Bell was published since Thursday 08:00.",
    ]


def test_the_first_line_says_how_much_there_is_and_what_leads_it_in_plain_characters() -> None:
    quotes = [
        *(stored_quote("Carried by both", article_id=number, headline="A “ferry”\u202e\n*sinks*", outlet=f"{number}") for number in (1, 2)),
        unrelated(3, published=SINCE),
    ]
    assert digest_of(*quotes).understood == "Digest since Thursday 08:00: 2 stories, 2 quotes, first “A ferry *sinks*”."
    long = digest_of(stored_quote(headline="Ferries " * 40)).understood
    assert long.endswith("Ferries …”.")
    assert len(long) < 130


def test_four_sure_words_come_before_what_is_likely_or_reported() -> None:
    quotes = [
        stored_quote(
            "ministers had been told of all the risks in May", article_id=1, speaker_id=1, kind=QuoteKind.INDIRECT, confidence=0.95
        ),
        stored_quote("Nobody ever asked me whether I wanted it.", article_id=1, speaker_id=2, confidence=0.6),
        stored_quote("We had no choice", article_id=1, speaker_id=3, confidence=0.95, outlet="A"),
        stored_quote("We had no choice", article_id=2, speaker_id=3, confidence=0.95, outlet="B"),
        stored_quote("No comment.", article_id=1, speaker_id=4, confidence=0.99),
        stored_quote("I row the long way round.", article_id=1, speaker_id=5, confidence=0.95),
    ]
    assert [one.words[0] for one in leading(quotes, 9)] == [
        "We had no choice",
        "I row the long way round.",
        "ministers had been told of all the risks in May",
        "Nobody ever asked me whether I wanted it.",
        "No comment.",
    ]


def test_what_is_about_the_topic_by_its_headline_alone_comes_behind_the_rest() -> None:
    seal = stored_quote("We saw a seal", article_id=1, headline="Bridge closed", confidence=0.99)
    bridge = stored_quote("The bridge is old", article_id=1, headline="Bridge closed", confidence=0.6)
    seals = [stored_quote("They saw another", article_id=number, headline="Bridge to nowhere", outlet=f"{number}") for number in (2, 3)]
    reply = digest_of(seal, bridge, *seals, aside={seal.id, *(quote.id for quote in seals)})
    assert words_of(reply) == ["The bridge is old", "We saw a seal", "They saw another"]


def test_what_belongs_together_does_so_whatever_is_asked_for() -> None:
    quotes = [stored_quote("One", article_id=1, headline="A"), stored_quote("Two", article_id=2, headline="B")]
    around = [stored_quote("Both say these very words", article_id=number) for number in (1, 2)]
    assert [story.articles for story in stories(quotes)] == [(1,), (2,)]
    (story,) = stories(quotes, around=around)
    assert [quote.words[0] for quote in story.quotes] == ["One", "Two"]


def test_what_is_too_short_to_tell_anything_is_shown_last() -> None:
    quotes = [
        stored_quote("interference", article_id=1, speaker_id=1, headline="H", confidence=0.99),
        stored_quote("Nobody ever asked me whether I wanted it.", article_id=1, speaker_id=2, headline="H", confidence=0.6),
    ]
    assert [card.words[0] for card in section_called(digest_of(*quotes), "H").quotes] == [
        "Nobody ever asked me whether I wanted it.",
        "interference",
    ]


def test_a_story_tells_no_statement_twice() -> None:
    quotes = [
        stored_quote("I did not interfere in it at all", article_id=1, statement_id=1, headline="H"),
        stored_quote("I did not interfere with it at all", article_id=2, statement_id=1, headline="H"),
    ]
    assert len(section_called(digest_of(*quotes), "H").quotes) == 1


def test_an_outlet_that_quotes_less_of_a_statement_does_not_word_it_differently() -> None:
    quotes = [
        stored_quote("I did not interfere in it", statement_id=3, outlet="A"),
        stored_quote("I did not interfere in it, and I never would", statement_id=3, outlet="B"),
    ]
    assert not any("different words" in section.title for section in digest_of(*quotes).sections)


def test_a_statement_that_is_worded_differently_stands_once_under_its_story() -> None:
    quotes = [
        stored_quote("I did not interfere in it", article_id=1, statement_id=3, outlet="A", headline="Ferry row"),
        stored_quote("I never meddled with that", article_id=2, statement_id=3, outlet="B", headline="Ferry"),
        stored_quote("It rained on all of us", article_id=1, speaker_id=2, outlet="A", headline="Ferry row"),
        unrelated(7, outlet="A"),
    ]
    reply = digest_of(*quotes)
    assert [section.title for section in reply.sections] == ["Ferry row", "Helena Marsh, in different words", "Story7", "Most quoted"]
    numbers = [card.quote_id for section in reply.sections for card in section.quotes]
    assert len(numbers) == len(set(numbers)) == 4


def test_a_wording_of_before_stands_beside_the_new_one() -> None:
    new = stored_quote("I did not interfere in it", statement_id=3, outlet="A")
    before = stored_quote("I had no part in that award", statement_id=3, outlet="B")
    gone = stored_quote("I never heard of any of it", statement_id=3, outlet="C", gone=True)
    reply = digest_of(new, told={3: [before, new, gone]})
    shown = section_called(reply, "Helena Marsh, in different words").quotes
    assert [card.words[0] for card in shown] == ["I did not interfere in it", "I had no part in that award"]


def test_who_gave_no_comment_is_told_in_the_words_of_the_article_with_its_place() -> None:
    about: dict[str, Any] = {"headline": "Ferry row", "dated": SINCE}
    found = [
        stored_refusal(outlet="The Mill", **about),
        stored_refusal(outlet="The Oar", **about),
        stored_refusal("a council\nrefused to comment on", outlet=None, begins=False, ends=False, **about),
    ]
    lines = section_called(digest_of(stored_quote(), declined=found), "No comment").lines
    assert lines == (
        "Ann Bell declined to comment. (The Mill and The Oar, 5 November 2026: Ferry row)",
        "… a council refused to comment on … (an article, 5 November 2026: Ferry row)",
    )


def test_an_article_without_a_headline_or_outlet_is_still_in_the_digest() -> None:
    reply = digest_of(stored_quote("Never.", headline=None, outlet=None))
    assert [(section.title, section.subtitle) for section in reply.sections] == [("Without a headline", "1 article · 1 quote")]


def test_what_each_article_calls_the_government_is_counted_and_drawn_once() -> None:
    quotes = [
        stored_quote(words, speaker_id=number, speaker_name="the government", speaker_kind=SpeakerKind.ORGANISATION)
        for number, words in enumerate(("One", "Two", "Two"), 1)
    ]
    namesakes = [stored_quote("X", speaker_id=number, speaker_name="Ann Bell") for number in (8, 9)]
    reply = digest_of(*quotes, *namesakes)
    assert section_called(reply, "Most quoted").lines == ("the government 2.",)
    assert reply.chart is not None
    assert reply.chart.bars == (("the government", 2), ("Ann Bell", 1), ("Ann Bell", 1))

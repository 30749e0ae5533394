from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.asking.answer import compose
from bot.asking.nearest import nearest_names, nearest_topics
from bot.asking.question import Question, parse
from bot.asking.topics import telling_words
from bot.cards import UNKNOWN_SPEAKER
from storage.records import QuoteKind, Reports, StoredQuote
from tests.stored_quotes import stored_quote, stored_speaker

LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)
HEADLINES = ("Ferry inquiry told of interference", "Ferry bids marked again", "Bridge closed after cracks found")
SPEAKERS = ("Helena Marsh", "Tomas Redfern", "Margaret Thorne")


def asked(text: str) -> Question:
    return parse(text, now=TUESDAY, zone=LONDON, outlets=["The Harbour Post"])


ABOUT_INTERFERENCE = asked("who said what about interference")


def ranking(*places: tuple[str, int | None]) -> list[StoredQuote]:
    """Quotes of these words by these speakers, the best first."""
    return [stored_quote(words, speaker_id=number, speaker_name=number and f"Speaker {number}") for words, number in places]


def turns(quotes: Sequence[StoredQuote]) -> list[tuple[str, list[str]]]:
    """The title and the words of each section of an answer with these quotes."""
    sections = compose(ABOUT_INTERFERENCE, quotes).sections
    return [(section.title, [card.words[0] for card in section.quotes]) for section in sections]


def test_quotes_are_grouped_by_speaker_with_the_best_first() -> None:
    quotes = ranking(("One.", 2), ("Two.", 1), ("Three.", 2))
    reply = compose(ABOUT_INTERFERENCE, quotes)
    assert reply.understood == "Quotes about interference by anyone."
    assert turns(quotes) == [("Speaker 2", ["One.", "Three."]), ("Speaker 1", ["Two."])]
    assert reply.sections[0].subtitle == "2 quotes in 1 outlet"


def test_nobody_fills_the_answer_before_others_have_their_turn() -> None:
    quotes = ranking(*((f"One {number}.", 1) for number in range(5)), ("Two.", 2), ("Three.", 3))
    assert turns(quotes) == [
        ("Speaker 1", ["One 0.", "One 1.", "One 2."]),
        ("Speaker 2", ["Two."]),
        ("Speaker 1", ["One 3.", "One 4."]),
        ("Speaker 3", ["Three."]),
    ]


def test_what_is_far_worse_is_not_drawn_to_the_best_of_its_speaker() -> None:
    quotes = ranking(("Best.", 1), *((f"Two {number}.", number) for number in range(2, 11)), ("Far.", 1))
    assert turns(quotes)[0] == ("Speaker 1", ["Best."])
    assert turns(quotes)[-1] == ("Speaker 1", ["Far."])
    assert turns([quotes[0], *quotes[2:]])[0] == ("Speaker 1", ["Best.", "Far."])


def test_one_speaker_has_all_in_one_turn() -> None:
    quotes = ranking(*((f"One {number}.", 1) for number in range(20)))
    assert turns(quotes) == [("Speaker 1", [f"One {number}." for number in range(20)])]


def test_quotes_without_a_speaker_stand_by_their_rank() -> None:
    assert turns(ranking(("One.", None), ("Two.", 1))) == [(UNKNOWN_SPEAKER, ["One."]), ("Speaker 1", ["Two."])]
    assert turns(ranking(("Two.", 1), ("One.", None))) == [("Speaker 1", ["Two."]), (UNKNOWN_SPEAKER, ["One."])]


def test_two_speakers_of_one_name_have_a_section_each() -> None:
    quotes = [stored_quote("One.", speaker_id=1, speaker_name="Brandt"), stored_quote("Two.", speaker_id=2, speaker_name="Brandt")]
    assert len(compose(ABOUT_INTERFERENCE, quotes).sections) == 2


@pytest.mark.parametrize(("text", "told"), [("quotes since Monday", True), ("quotes until Monday", True), ("quotes about ferries", False)])
def test_undated_articles_in_a_time_asked_about_are_told(text: str, told: bool) -> None:
    undated, dated = stored_quote("One.", published=None), stored_quote("Two.", published=TUESDAY)
    note = "Undated articles count by the day they were read."
    assert (note in compose(asked(text), [undated, dated]).notes) is told
    assert note not in compose(asked(text), [dated]).notes


def test_people_described_so_are_offered_where_a_description_is_taken_for_a_name() -> None:
    question = asked("what did the opposition leader say about ferries")
    instead = "quotes by Tomas Redfern about ferries"
    assert compose(question, [stored_quote("One.")], described=["Tomas Redfern"]).suggestions == (instead,)
    assert compose(question, [], described=["Tomas Redfern"]).suggestions[0] == instead


def test_copies_are_collapsed_in_an_answer() -> None:
    quotes = [stored_quote("“Never,”", outlet="The Evening Beacon"), stored_quote("Never", outlet="Island Courier")]
    (section,) = compose(ABOUT_INTERFERENCE, quotes).sections
    assert [[place.outlet for place in card.also] for card in section.quotes] == [["Island Courier"]]
    assert section.subtitle == "1 quote in 2 outlets"
    assert section.lines == ()


def test_wordings_of_one_statement_stand_together_and_are_named_as_such() -> None:
    first = stored_quote("I did not interfere in the award", statement_id=4, outlet="The Harbour Post", score=9.0)
    between = stored_quote("I asked one question", score=8.0)
    second = stored_quote("I did not interfere with the award", statement_id=4, outlet="The Northern Ledger", score=7.0)
    (section,) = compose(ABOUT_INTERFERENCE, [first, between, second], wordings={4: [first, second]}).sections
    assert [card.quote_id for card in section.quotes] == [first.id, second.id, between.id]
    assert section.lines == (
        f"#{first.id} and #{second.id} may be one statement, worded differently by The Harbour Post and The Northern Ledger.",
    )


def test_where_one_outlet_words_it_differently_it_is_in_its_articles() -> None:
    both = [stored_quote(f"I did not interfere {how} the award", statement_id=4, outlet="The Mill") for how in ("in", "with")]
    (section,) = compose(ABOUT_INTERFERENCE, both, wordings={4: both}).sections
    assert section.lines[0].endswith("may be one statement, worded differently by The Mill in its articles.")


def test_the_same_words_are_not_said_to_be_worded_differently() -> None:
    denied = stored_quote("I did not interfere", statement_id=4, kind=QuoteKind.INDIRECT, cue_words="denied", outlet="The Mill")
    said = stored_quote("“I did not interfere”", statement_id=4, kind=QuoteKind.MIXED, cue_words="told", outlet="The Tide")
    wrote = stored_quote("I did not interfere", statement_id=4, kind=QuoteKind.INDIRECT, cue_words="wrote", outlet="The Oar")
    (section,) = compose(ABOUT_INTERFERENCE, [denied, said, wrote], wordings={4: [denied, said, wrote]}).sections
    assert [(card.cue, len(card.also)) for card in section.quotes] == [("denied", 0), ("told", 1)]
    assert section.lines == ()


def test_a_wording_that_lacks_the_askers_word_is_shown_beside_the_one_that_has_it() -> None:
    found = stored_quote("I did not interfere", statement_id=4, outlet="The Harbour Post")
    other = stored_quote("I did not meddle", statement_id=4, outlet="Island Courier")
    (section,) = compose(ABOUT_INTERFERENCE, [found], wordings={4: [found, other]}).sections
    assert [card.words[0] for card in section.quotes] == ["I did not interfere", "I did not meddle"]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("direct quotes about interference", {"kind": QuoteKind.INDIRECT}),
        ("who said what about interference in the Harbour Post", {"outlet": "Island Courier"}),
        ("who said what about interference since Monday", {"published": datetime(2026, 11, 15, tzinfo=UTC)}),
        ("who said what about interference before Monday", {"published": datetime(2026, 11, 16, tzinfo=UTC)}),
        ("who said what about interference", {"gone": True}),
        ("who said what about interference", {"rejected": True}),
        ("who said what about interference", {"speaker_id": 99}),
    ],
)
def test_a_wording_that_the_question_excludes_is_not_added(text: str, other: dict[str, object]) -> None:
    found = stored_quote("I did not interfere", statement_id=4)
    excluded = stored_quote("I did not meddle", statement_id=4, **other)
    (section,) = compose(asked(text), [found], wordings={4: [found, excluded]}).sections
    assert [card.quote_id for card in section.quotes] == [found.id]


def test_an_attitude_is_never_one_statement_with_what_was_said_or_with_another_attitude() -> None:
    words = "a ferry on every day of the week"
    said = stored_quote(words, kind=QuoteKind.INDIRECT, cue_words="promised")
    wanted = stored_quote(words, reports=Reports.ATTITUDE, kind=QuoteKind.INDIRECT, cue_words="wants")
    feared = stored_quote(words, reports=Reports.ATTITUDE, kind=QuoteKind.INDIRECT, cue_words="fears")
    copied = stored_quote(words, reports=Reports.ATTITUDE, kind=QuoteKind.INDIRECT, cue_words="wants", outlet="Island Courier")
    (section,) = compose(asked("what does Marsh think about ferries"), [wanted, feared, said, copied]).sections
    assert [(card.cue, card.reports, len(card.also)) for card in section.quotes] == [
        ("wants", Reports.ATTITUDE, 1),
        ("fears", Reports.ATTITUDE, 0),
        ("promised", Reports.SPEECH, 0),
    ]
    assert section.subtitle == "1 quote and 2 attitudes in 2 outlets"
    assert section.lines == ()


def test_no_quote_is_lost_or_shown_twice() -> None:
    quotes = [
        stored_quote("A b c", statement_id=1),
        stored_quote("A b c", statement_id=2),
        stored_quote("A b d", statement_id=2),
        stored_quote("A b d", statement_id=3),
        stored_quote("X"),
        stored_quote("x."),
    ]
    (section,) = compose(ABOUT_INTERFERENCE, quotes, wordings={2: quotes[1:3], 3: quotes[3:4]}).sections
    shown = [place.article_id for card in section.quotes for place in (card.place, *card.also)]
    assert sorted(shown) == sorted(quote.article_id for quote in quotes)


def test_an_answer_cut_at_its_limit_says_so() -> None:
    reply = compose(ABOUT_INTERFERENCE, [stored_quote("One.")], more=True)
    assert reply.notes == ("There are more than the 1 best: name a speaker, an outlet or a date to see fewer.",)


def test_a_name_that_several_speakers_share_is_pointed_out() -> None:
    speakers = [stored_speaker("Sir Alistair Brandt"), stored_speaker("Lucy Brandt")]
    reply = compose(asked("what has Brandt said"), [stored_quote("One.")], speakers=speakers)
    assert reply.understood == "Quotes by Sir Alistair Brandt or Lucy Brandt."
    assert reply.notes == ("2 speakers go by Brandt: Sir Alistair Brandt and Lucy Brandt.",)


def test_speakers_of_one_name_are_named_once() -> None:
    reply = compose(asked("quotes by the company"), [stored_quote("One.")], speakers=[stored_speaker("the company")] * 2)
    assert reply.understood == "Quotes by the company."
    assert reply.notes == ("2 speakers go by the company.",)


def test_nobody_of_that_name_offers_the_nearest_names() -> None:
    reply = compose(asked("what did Helen Marsh say about ferries"), [], known_speakers=SPEAKERS, texts=HEADLINES)
    assert reply.sections == ()
    assert reply.notes == ("Nothing was found: nobody called Helen Marsh is quoted in what has been read.",)
    assert reply.suggestions == ("what has Helena Marsh said", "who said what about ferry")


def test_a_speaker_who_said_nothing_about_it_is_offered_with_all_they_said() -> None:
    reply = compose(
        asked("what did Marsh say about whales"),
        [],
        speakers=[stored_speaker("Helena Marsh", quotes=4)],
        known_speakers=SPEAKERS,
        texts=HEADLINES,
    )
    assert reply.notes == ("Nothing was found: no quote in what has been read fits.",)
    assert reply.suggestions == ("what has Helena Marsh said",)


def test_a_topic_with_a_typing_error_offers_the_nearest_topic() -> None:
    reply = compose(asked("who said what about interferense"), [], known_speakers=SPEAKERS, texts=HEADLINES)
    assert reply.suggestions == ("who said what about interference",)


def test_a_known_topic_under_too_many_restrictions_is_offered_without_them() -> None:
    reply = compose(asked("who said what about ferry since yesterday"), [], known_speakers=SPEAKERS, texts=HEADLINES)
    assert "who said what about ferry" in reply.suggestions


def test_a_name_asked_about_as_a_topic_is_still_recognised() -> None:
    reply = compose(Question(topic=("Margret", "Thorn")), [], known_speakers=SPEAKERS, texts=HEADLINES)
    assert reply.suggestions == ("what has Margaret Thorne said",)


@pytest.mark.parametrize("text", ["who said what about xylophones", "quotes by Nobody Known", 'who said "no such words"'])
def test_where_nothing_known_is_near_nothing_is_offered(text: str) -> None:
    assert compose(asked(text), [], known_speakers=SPEAKERS, texts=HEADLINES).suggestions == ()


def test_where_nobody_thinks_it_what_was_said_is_offered() -> None:
    reply = compose(asked("attitudes about ferry"), [], known_speakers=SPEAKERS, texts=HEADLINES)
    assert reply.notes == ("Nothing was found: no attitude in what has been read fits.",)
    assert reply.suggestions == ("who said what about ferry",)


def test_an_empty_store_says_that_nothing_was_read() -> None:
    reply = compose(ABOUT_INTERFERENCE, [])
    assert reply.notes == ("Nothing was found: no article with quotes has been read yet.",)
    assert reply.suggestions == ()


def test_no_verb_of_saying_is_suggested_as_a_topic() -> None:
    texts = ["Minister told and asked, according to the ferry inquiry", "Ferry inquiry tells all: adding nothing"]
    assert telling_words(texts) == ["ferry", "inquiry", "minister"]


def test_every_suggestion_is_a_question_that_can_be_read() -> None:
    reply = compose(asked("what did Helen Marsh say about brigde"), [], known_speakers=SPEAKERS, texts=HEADLINES)
    read = [asked(suggestion) for suggestion in reply.suggestions]
    assert [(question.speaker, question.topic) for question in read] == [("Helena Marsh", ()), ("", ("bridge",))]


def test_names_are_near_by_their_words_in_any_order() -> None:
    assert nearest_names("redfern tomás", SPEAKERS) == ["Tomas Redfern"]
    assert nearest_names("Zed", SPEAKERS) == []
    assert nearest_names("?!", SPEAKERS) == []


def test_topics_of_several_words_are_offered_one_by_one() -> None:
    assert nearest_topics(["ferry", "zeppelin"], telling_words(HEADLINES)) == ["ferry"]
    assert nearest_topics(["ferry"], telling_words(HEADLINES)) == []

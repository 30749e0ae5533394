import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking.outlets import outlet_named
from bot.asking.question import LONGEST_QUESTION, Question, parse, settled, understood
from bot.errors import NotUnderstood
from storage.records import QuoteKind, Reports, SpeakerKind
from tests.stored_quotes import stored_speaker

LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)
OUTLETS = ("The Harbour Post", "The Northern Ledger", "Island Courier", "The Evening Beacon")


def asked(text: str, outlets: tuple[str, ...] = OUTLETS) -> Question:
    return parse(text, now=TUESDAY, zone=LONDON, outlets=outlets)


@pytest.mark.parametrize(
    ("text", "speaker", "topic"),
    [
        ("who said what about interference", "", "interference"),
        ("Who said what about interference?", "", "interference"),
        ("who has said anything about the ferry contract", "", "ferry contract"),
        ("who's talking about ferries", "", "ferries"),
        ("who mentioned the letter", "", "letter"),
        ("who said what", "", ""),
        ("what did Keir Starmer say about volunteers", "Keir Starmer", "volunteers"),
        ("what has Marsh said", "Marsh", ""),
        ("what has Sir Alistair Brandt been saying about the board?", "Sir Alistair Brandt", "board"),
        ("what did the transport minister really say on ferries", "the transport minister", "ferries"),
        ("what Marsh said about the letter", "Marsh", "letter"),
        ("what was said about the bridge", "", "bridge"),
        ("what's been said about the bridge", "", "bridge"),
        ("what do people think of the ferry", "", "ferry"),
        ("has anyone said anything about the letter", "", "letter"),
        ("did Daniel Osei say anything about boats", "Daniel Osei", "boats"),
        ("quotes by Patel", "Patel", ""),
        ("quotes", "", ""),
        ("quotes about ferries", "", "ferries"),
        ("all quotes from Helena Marsh about the ferry contract", "Helena Marsh", "ferry contract"),
        ("quotes about the ferry by Helena Marsh", "Helena Marsh", "ferry"),
        ("anything from Patel about volunteers", "Patel", "volunteers"),
        ("Helena Marsh's views on ferries", "Helena Marsh", "ferries"),
        ("please show me what Marsh said about the letter", "Marsh", "letter"),
        ("Marsh said what about ferries", "Marsh", "ferries"),
        ("Trump on NATO", "Trump", "NATO"),
        ("who interfered in the tender", "", "interfered tender"),
        ("how was the ferry contract marked", "", "ferry contract marked"),
    ],
)
def test_who_is_asked_about_and_what_is_read(text: str, speaker: str, topic: str) -> None:
    question = asked(text)
    assert (question.speaker, " ".join(question.topic)) == (speaker, topic)


@pytest.mark.parametrize(
    ("text", "speaker", "topic"),
    [
        ("what does Marsh think about ferries", "Marsh", "ferries"),
        ("What does Helena Marsh want?", "Helena Marsh", ""),
        ("what do people want from the ferries", "", "ferries"),
        ("what Marsh wants for the islands", "Marsh", "islands"),
        ("what does Marsh want Cook to say about ferries", "Marsh", "Cook ferries"),
        ("what does Marsh hope for", "Marsh", ""),
        ("what does Marsh want to do about it", "Marsh", ""),
        ("does Marsh really support the ferry contract", "Marsh", "ferry contract"),
        ("is Marsh against the bridge", "Marsh", "bridge"),
        ("is there support for ferries", "", "ferries"),
        ("how does Marsh feel about the bridge", "Marsh", "bridge"),
        ("where does the transport minister stand on ferries", "the transport minister", "ferries"),
        ("who wants a bridge", "", "bridge"),
        ("who believes the ferry is late", "", "ferry late"),
        ("who supports the ferry contract", "", "ferry contract"),
        ("who's in favour of the bridge", "", "bridge"),
        ("who thinks what about ferries since Monday", "", "ferries"),
        ("Marsh's position on the bridge", "Marsh", "bridge"),
        ("Marsh thinks what about ferries", "Marsh", "ferries"),
        ("views on ferries", "", "ferries"),
        ("quotes and attitudes by Marsh about ferries", "Marsh", "ferries"),
        ("attitudes and quotes about ferries", "", "ferries"),
        ("what did Marsh say about ferries, including attitudes", "Marsh", "ferries"),
        ("ferries with attitudes", "ferries", ""),
    ],
)
def test_who_asks_what_somebody_thinks_or_wants_gets_attitudes_first_and_then_quotes(text: str, speaker: str, topic: str) -> None:
    question = asked(text)
    assert (question.speaker, " ".join(question.topic)) == (speaker, topic)
    assert question.reports == (Reports.ATTITUDE, Reports.SPEECH)
    assert understood(question).startswith("Attitudes and quotes")


@pytest.mark.parametrize(
    ("text", "speaker", "topic"),
    [
        ("attitudes", "", ""),
        ("attitudes about ferries", "", "ferries"),
        ("show all attitudes to ferries since Monday", "", "ferries"),
        ("attitudes towards the ferry in the Ledger", "", "ferry"),
        ("attitudes of Helena Marsh about ferries", "Helena Marsh", "ferries"),
    ],
)
def test_attitudes_alone_can_be_asked_for(text: str, speaker: str, topic: str) -> None:
    question = asked(text)
    assert (question.speaker, " ".join(question.topic)) == (speaker, topic)
    assert question.reports == (Reports.ATTITUDE,)
    assert understood(question).startswith("Attitudes ")


@pytest.mark.parametrize(
    ("text", "speaker", "topic"),
    [
        ("what did Bob Hope say about ferries", "Bob Hope", "ferries"),
        ("what has the ferry support group said about backing the bridge", "the ferry support group", "backing bridge"),
        ("did Hope not Hate say anything about the march", "Hope not Hate", "march"),
        ("what is the hope for the ferry", "", "hope ferry"),
        ("who said what about opinion polls", "", "opinion polls"),
        ("opinion polls", "opinion polls", ""),
        ("Marsh's comments on attitudes", "Marsh", "attitudes"),
    ],
)
def test_a_name_or_topic_that_sounds_like_thinking_asks_for_speech(text: str, speaker: str, topic: str) -> None:
    question = asked(text)
    assert (question.speaker, " ".join(question.topic)) == (speaker, topic)
    assert question.reports == (Reports.SPEECH,)


def test_attitudes_that_are_asked_for_stay_so_whichever_way_a_name_is_read() -> None:
    question = asked("ferries with attitudes")
    assert settled(question, []).topic == ("ferries",)
    assert settled(question, []).reports == question.reports == (Reports.ATTITUDE, Reports.SPEECH)


def test_a_question_can_hold_all_restrictions_at_once() -> None:
    question = asked("what did Helena Marsh say about the letter in the Ledger between 26 October and 3 November, only direct quotes")
    assert question == Question(
        topic=("letter",),
        speaker="Helena Marsh",
        outlet="The Northern Ledger",
        since=datetime(2026, 10, 26, tzinfo=UTC),
        until=datetime(2026, 11, 4, tzinfo=UTC),
        when="from 26 October 2026 to 3 November 2026",
        kinds=(QuoteKind.DIRECT,),
    )


@pytest.mark.parametrize(
    "text", ["only direct quotes", "direct quotes only", "direct quotes about ferries", "what did Marsh say, just the direct quotes"]
)
def test_only_direct_quotes_can_be_asked_for(text: str) -> None:
    assert asked(text).kinds == (QuoteKind.DIRECT,)
    assert "direct" not in asked(text).topic


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ('who said "no case to answer"', "no case to answer"),
        ("who said “no case to answer”?", "no case to answer"),
        ("who said ‘it wasn’t me’", "it wasn’t me"),
        ("who said 'it wasn't me'", "it wasn't me"),
        ("who said «no case to answer.»", "no case to answer"),
        ('did Marsh really say "I never would" on Tuesday', "I never would"),
    ],
)
def test_exact_words_are_taken_from_quotation_marks(text: str, phrase: str) -> None:
    question = asked(text)
    assert question.phrase == phrase
    assert question.topic == ()


@pytest.mark.parametrize(
    ("text", "outlet", "topic"),
    [
        ("anything from the harbour post about interference", "The Harbour Post", "interference"),
        ("who said what about ferries in The Northern Ledger", "The Northern Ledger", "ferries"),
        ("who said what about ferries in the Ledger", "The Northern Ledger", "ferries"),
        ("quotes from Island Courier", "Island Courier", ""),
        ("everything according to the Evening Beacon on ferries", "The Evening Beacon", "ferries"),
        ("who said what about parcels in the post", "", "parcels post"),
    ],
)
def test_a_known_outlet_is_found_by_its_name_or_its_last_word(text: str, outlet: str, topic: str) -> None:
    question = asked(text)
    assert (question.outlet, " ".join(question.topic)) == (outlet, topic)


def test_an_outlet_is_guessed_from_its_article_when_none_is_known() -> None:
    assert asked("anything from the Guardian about interference", ()).outlet == "the Guardian"
    assert asked("anything from the prime minister about interference", ()).speaker == "the prime minister"


def test_a_word_shared_by_two_outlets_names_neither() -> None:
    question = asked("anything from the Post about ferries", ("The Harbour Post", "The Island Post"))
    assert question.outlet == ""


@pytest.mark.parametrize("name", ["Theresa May", "April Jones", "June Second", "Will Sat"])
def test_names_that_look_like_dates_stay_names(name: str) -> None:
    question = asked(f"what did {name} say about the march since Monday")
    assert (question.speaker, question.topic, question.when) == (name, ("march",), "since 16 November 2026")


def test_stop_words_are_dropped_and_the_order_is_kept() -> None:
    assert asked("who said what about the cost of the ferry to the islands and the cost of US help").topic == (
        "cost",
        "ferry",
        "islands",
        "US",
        "help",
    )


def test_a_question_of_stop_words_alone_keeps_them() -> None:
    assert asked("who said what about to be or not to be").topic == ("to", "be", "or", "not")


@pytest.mark.parametrize(
    "text", ["don't", "no-deal", "who said:", '"x', "AND", "NEAR(", "col:", "x" * LONGEST_QUESTION, "OR NOT AND", "a\0b"]
)
def test_text_that_breaks_raw_full_text_queries_is_a_question(text: str) -> None:
    question = asked(text)
    assert all(word.replace("'", "").replace("-", "").isalnum() for word in question.topic)
    assert understood(question).startswith("Quotes")


@pytest.mark.parametrize("text", ["", "   ", "*", "🙂", "👩‍👩‍👧 ❤️", '""', "?!", "\u200b\u202e"])
def test_a_question_without_words_is_answered_with_examples(text: str) -> None:
    with pytest.raises(NotUnderstood, match=r"no words in that question.*who said what about interference"):
        asked(text)


def test_a_question_of_ten_thousand_characters_is_refused_in_a_sentence() -> None:
    with pytest.raises(NotUnderstood, match="10,000 characters"):
        asked("ferries " * 1250)


def test_a_pronoun_is_not_taken_for_a_name() -> None:
    with pytest.raises(NotUnderstood, match="whom he means"):
        asked("what did he say about ferries")


def test_a_bare_name_is_the_speaker_when_somebody_goes_by_it() -> None:
    question = settled(asked("brandt"), [stored_speaker("Sir Alistair Brandt"), stored_speaker("Lucy Brandt")])
    assert (question.speaker, question.topic, question.otherwise) == ("brandt", (), None)


def test_a_bare_word_is_a_topic_when_nobody_goes_by_it() -> None:
    oduya = stored_speaker("Grace Oduya", descriptions=("convener of the ferry union",))
    union = stored_speaker("Selwick Ferry Company", kind=SpeakerKind.ORGANISATION)
    question = settled(asked("ferry"), [oduya, union])
    assert (question.speaker, question.topic) == ("", ("ferry",))


def test_an_organisation_is_the_speaker_by_its_whole_name() -> None:
    company = stored_speaker("The Selwick Ferry Company", kind=SpeakerKind.ORGANISATION)
    assert settled(asked("selwick ferry company"), [company]).speaker == "selwick ferry company"


def test_a_name_before_on_is_a_topic_when_nobody_goes_by_it() -> None:
    assert settled(asked("Report on bridges since Monday"), []).topic == ("Report", "bridges")
    assert settled(asked("Trump on NATO"), [stored_speaker("Donald Trump")]).topic == ("NATO",)


def test_a_question_that_names_its_speaker_stays_as_it_is() -> None:
    question = asked("what has Marsh said")
    assert settled(question, []) is question


def test_options_restrict_a_question_whichever_way_it_is_read() -> None:
    since = datetime(2026, 11, 2, tzinfo=UTC)
    question = asked("ferry until 5 November").only(kinds=(QuoteKind.DIRECT,), outlet="Island Courier", since=since, zone=LONDON)
    assert understood(question) == "Direct quotes by ferry in Island Courier, from 2 November 2026 to 5 November 2026."
    assert (
        understood(settled(question, []))
        == "Direct quotes about ferry by anyone in Island Courier, from 2 November 2026 to 5 November 2026."
    )


def test_an_option_that_leaves_no_time_is_refused() -> None:
    with pytest.raises(NotUnderstood, match="ends before it begins"):
        asked("ferry before 5 November").only(since=TUESDAY, zone=LONDON)


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("harbour post", "The Harbour Post"),
        ("the  Harbour Post", "The Harbour Post"),
        ("ledger", "The Northern Ledger"),
        ("Gazette", "Gazette"),
    ],
)
def test_an_option_names_an_outlet_as_people_call_it(name: str, outlet: str) -> None:
    assert outlet_named(name, OUTLETS) == outlet


@pytest.mark.parametrize(
    ("text", "speaker", "topic", "outlet"),
    [
        ("quotes by “a letter seen by The Mill” about ferries", "a letter seen by The Mill", ("ferries",), ""),
        ('direct quotes by "May" about attacks by rebels', "May", ("attacks", "rebels"), ""),
        ('attitudes by "the" in "The Northern Ledger"', "the", (), "The Northern Ledger"),
        ("who said what about ferries from “the northern ledger”", "", ("ferries",), "The Northern Ledger"),
    ],
)
def test_a_name_in_quotation_marks_is_one_whatever_words_are_in_it(text: str, speaker: str, topic: tuple[str, ...], outlet: str) -> None:
    question = asked(text)
    assert (question.speaker, question.topic, question.outlet, question.phrase) == (speaker, topic, outlet, "")
    assert question.otherwise is None


@pytest.mark.parametrize(
    "text", ["quotes “row on”", "who said “row on” in “a huff”", "quotes about attacks by “row on”", 'what did Bell say "row on"']
)
def test_words_in_quotation_marks_elsewhere_are_exact_words(text: str) -> None:
    assert asked(text).phrase == "row on"


def test_titles_do_not_hide_a_name() -> None:
    assert asked("what did Sir Keir Starmer say").speaker_words == ("Keir", "Starmer")
    assert asked("what did the Lord say").speaker_words == ("the", "Lord")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("who said what about interference since Monday", "Quotes about interference by anyone, since 16 November 2026."),
        ("direct quotes by Marsh in the Ledger", "Direct quotes by Marsh in The Northern Ledger."),
        ('who said "no case to answer"', "Quotes with the words “no case to answer” by anyone."),
        ("yesterday", "Quotes by anyone, on 16 November 2026."),
    ],
)
def test_how_a_question_was_read_is_said_in_plain_words(text: str, line: str) -> None:
    assert understood(asked(text)) == line


def test_the_names_found_are_said_back() -> None:
    assert understood(asked("what has Brandt said"), ["Sir Alistair Brandt", "Lucy Brandt"]) == (
        "Quotes by Sir Alistair Brandt or Lucy Brandt."
    )


_WORDS = st.sampled_from(
    re.findall(
        r"\S+",
        "who said what about did say quotes by from the on in since Monday May only direct 's \" “ ” ' ‘ ’ * NEAR( Ledger Marsh 3 and "
        "between 🙂 \u200d \0 ? anything has he think wants attitudes supports against does",
    )
)


@settings(max_examples=100)
@given(st.one_of(st.text(), st.lists(_WORDS, max_size=25).map(" ".join)))
def test_no_text_raises_anything_but_not_understood(text: str) -> None:
    question = asked_or_refused(text)
    assert question is None or understood(question).endswith(".")


@pytest.mark.parametrize(
    "piece", ["who has ", "what has been ", "a's ", "does want ", "attitudes of ", "since ", "last ", "on 3 ", "'a ", "quotes by ", "“"]
)
def test_a_text_made_to_be_slow_to_read_is_still_read(piece: str) -> None:
    question = asked_or_refused((piece * LONGEST_QUESTION)[:LONGEST_QUESTION])
    assert question is None or understood(question).endswith(".")


def asked_or_refused(text: str) -> Question | None:
    """The question, or None if it was refused with something to do about it."""
    try:
        return asked(text)
    except NotUnderstood as error:
        if not error.remedy:
            raise
        return None

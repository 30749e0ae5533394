"""What often goes wrong with quotes, item by item, by the rules and by the network: the exact words, and who says them."""

import pytest

from bot.quoting.engine import QuotingEngine
from bot.quoting.learned import LearnedTagger
from bot.quoting.rules import RuleTagger
from storage.records import QuoteKind, words_at

ENGINES = [pytest.param(QuotingEngine(RuleTagger()), id="rules"), pytest.param(QuotingEngine(LearnedTagger()), id="network")]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> QuotingEngine:
    """One engine after the other."""
    found: QuotingEngine = request.param
    return found


def direct(engine: QuotingEngine, text: str) -> list[tuple[str | None, tuple[str, ...]]]:
    """What stands in quotation marks and is somebody's: the speaker, and the pieces said."""
    extraction = engine.extract(text)
    return [
        (None if quote.speaker is None else extraction.speakers[quote.speaker].name, words_at(text, quote.content))
        for quote in extraction.quotes
        if quote.kind is QuoteKind.DIRECT
    ]


def test_an_unclosed_quote_ends_where_its_sentence_goes_on(engine: QuotingEngine) -> None:
    text = "“We will not close the swimming bath, said Dana Moor on Friday. The council meets again in June.\n\nBuses run as usual."
    assert direct(engine, text) == [("Dana Moor", ("We will not close the swimming bath",))]


def test_an_unclosed_quote_swallows_no_other_paragraph(engine: QuotingEngine) -> None:
    text = 'Dana Moor said: "We will keep the bath open.\n\n"The roof is safe," said Tom Reddy, who built it.'
    assert direct(engine, text)[-1] == ("Tom Reddy", ("The roof is safe",))


def test_a_quote_over_several_paragraphs_is_one(engine: QuotingEngine) -> None:
    text = (
        "Dana Moor, who owns the mill, wrote to her staff.\n\n“We have lost the looms and the yarn.\n\n“We have not lost each other.\n\n"
        "“And we will weave again in the spring,” she wrote.\n\nThe letter was read aloud on Monday."
    )
    pieces = ("We have lost the looms and the yarn.", "We have not lost each other.", "And we will weave again in the spring")
    assert direct(engine, text) == [("Dana Moor", pieces)]


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""', "‘’", "''"])
def test_curly_straight_and_single_marks_are_alike(engine: QuotingEngine, opening: str, closing: str) -> None:
    text = f"{opening}The looms are gone,{closing} said Dana Moor, who owns the mill."
    assert direct(engine, text) == [("Dana Moor", ("The looms are gone",))]


@pytest.mark.parametrize("apostrophe", "'’")
def test_apostrophes_end_nothing(engine: QuotingEngine, apostrophe: str) -> None:
    said = "It's the weavers' wages that I can't sleep over, and I don't know what we'll do".replace("'", apostrophe)
    opening = "‘" if apostrophe == "’" else "'"
    assert direct(engine, f"{opening}{said},{apostrophe} said Dana Moor, who owns the mill.") == [("Dana Moor", (said,))]


def test_apostrophes_begin_nothing(engine: QuotingEngine) -> None:
    assert direct(engine, "The miners' strike of '84 closed the pit, and the Smiths' dog wouldn't leave the gate.") == []


@pytest.mark.parametrize("text", ["“My father told me, ‘Never sell the looms,’ and I never have,”", "‘They cried “Sell!” and we said no,’"])
def test_a_nested_quote_belongs_to_the_one_around_it(engine: QuotingEngine, text: str) -> None:
    assert direct(engine, f"{text} said Dana Moor, who owns the mill.") == [("Dana Moor", (text[1:-2],))]


def test_scare_quotes_and_names_of_things_are_nobodys(engine: QuotingEngine) -> None:
    assert direct(engine, "The so-called “people’s mill” has a “green” roof and a café called “The Shuttle”.") == []


def test_a_quote_split_by_its_cue_is_one(engine: QuotingEngine) -> None:
    text = "“We have lost the looms,” said Dana Moor, who owns the mill, “but we have not lost each other.” The mill is insured."
    assert direct(engine, text) == [("Dana Moor", ("We have lost the looms", "but we have not lost each other."))]


def test_the_speaker_may_stand_behind_the_quote(engine: QuotingEngine) -> None:
    text = "Tom Reddy saw the smoke. “We have lost the looms,” said Dana Moor. A neighbour, Eve Lamb, brought tea."
    assert direct(engine, text) == [("Dana Moor", ("We have lost the looms",))]


def test_from_the_desk_of_somebody(engine: QuotingEngine) -> None:
    text = "From the desk of Dana Moor: “We have lost the looms, and we will weave again in the spring.”"
    assert direct(engine, text) == [("Dana Moor", ("We have lost the looms, and we will weave again in the spring.",))]


@pytest.mark.parametrize("between", [" – ", " — ", "\n– ", "\n\n— "])
def test_a_quote_with_a_dash_and_a_name(engine: QuotingEngine, between: str) -> None:
    text = f"The mill burned on Sunday.\n\n“We will weave again in the spring.”{between}Dana Moor"
    assert direct(engine, text) == [("Dana Moor", ("We will weave again in the spring.",))]


def test_quoted_words_of_a_headline_are_not_given_to_whoever_comes_next(engine: QuotingEngine) -> None:
    text = "Mill fire ‘preventable’\n\nThe mill burned for two days. “We have lost the looms,” said Dana Moor, who owns it."
    assert [one for one in direct(engine, text) if one[0] is not None] == [("Dana Moor", ("We have lost the looms",))]


def test_a_pronoun_is_whoever_fits(engine: QuotingEngine) -> None:
    text = "Dana Moor owns the mill. Her neighbour Tom Reddy saw the smoke. “I ran down the lane in my socks,” he said."
    assert direct(engine, text) == [("Tom Reddy", ("I ran down the lane in my socks",))]
    text = "Tom Reddy saw the smoke. Dana Moor, who owns the mill, was away. “I came home to ashes,” she said."
    assert direct(engine, text) == [("Dana Moor", ("I came home to ashes",))]


def test_two_people_of_one_surname_are_told_apart(engine: QuotingEngine) -> None:
    text = (
        "Bill Harker and his wife, Susan Harker, run the mill. “We lost the looms,” Mr Harker said. "
        "“The insurance had lapsed,” Mrs Harker said. “It was my fault,” said Bill Harker."
    )
    said = [("Bill Harker", "We lost the looms"), ("Susan Harker", "The insurance had lapsed"), ("Bill Harker", "It was my fault")]
    assert direct(engine, text) == [(speaker, (words,)) for speaker, words in said]


def test_titles_are_no_names_unless_they_are_the_name(engine: QuotingEngine) -> None:
    text = "Sir Alan Reeve saw the mill. “It is a wreck,” Sir Alan said. “I never saw the like,” said Lord Penn of Thorley, who came too."
    assert direct(engine, text) == [("Alan Reeve", ("It is a wreck",)), ("Lord Penn of Thorley", ("I never saw the like",))]


def test_a_role_is_whoever_has_it(engine: QuotingEngine) -> None:
    text = "The prime minister, Rose Adeyemi, came to the mill on Monday. “Nobody will be left without work,” the prime minister said."
    assert direct(engine, text) == [("Rose Adeyemi", ("Nobody will be left without work",))]


def test_a_spokesman_without_a_name_is_nobody_else(engine: QuotingEngine) -> None:
    text = "Dana Moor owns the mill. “Nobody will be left without work,” a spokesman for the council said. Tom Reddy was there."
    assert direct(engine, text) == [("a spokesman for the council", ("Nobody will be left without work",))]


def test_documents_say_things(engine: QuotingEngine) -> None:
    text = "Dana Moor read the report on the fire. “The doors had been locked from the outside,” the report says."
    assert direct(engine, text) == [("the report", ("The doors had been locked from the outside",))]


def test_the_words_shown_are_those_of_the_text_to_the_letter(engine: QuotingEngine) -> None:
    text = "“The  looms\u00a0— all twelve\u2009— are gone\u200b,”\tsaid Dana Moor 🧵. “Nai\u0308ve, I know…”"
    (found,) = engine.extract(text).quotes
    assert words_at(text, found.content) == ("The  looms\u00a0— all twelve\u2009— are gone\u200b", "Nai\u0308ve, I know…")
    assert all(text[start:end] in text for start, end in found.content)


def test_a_court_that_hears_a_quote_does_not_say_it(engine: QuotingEngine) -> None:
    assert direct(engine, "The court heard that Doyle told officers: “I never touched her.”") == [("Doyle", ("I never touched her.",))]


def test_nothing_of_another_paragraph_is_said_or_speaks(engine: QuotingEngine) -> None:
    text = "Read more\n\n“We will not wait,” Ada Moor said.\n\n‘We will play on,’ – Cobb\n\nManager Stan Cobb insisted the side were ready."
    assert direct(engine, text) == [("Ada Moor", ("We will not wait",)), ("Stan Cobb", ("We will play on",))]


@pytest.mark.parametrize("marks", ["“”", '""'])
def test_a_quote_of_paragraphs_printed_in_one_line_ends_where_it_ends(engine: QuotingEngine, marks: str) -> None:
    text = "Ann Hoyle said: “Our members have been messed about. “We did not want this strike.” Tim Rudge said: “We are sad.”"
    assert direct(engine, text.replace("“", marks[0]).replace("”", marks[1])) == [
        ("Ann Hoyle", ("Our members have been messed about.", "We did not want this strike.")),
        ("Tim Rudge", ("We are sad.",)),
    ]


@pytest.mark.parametrize("marks", ["“”", '""'])
def test_a_forgotten_closing_mark_gives_nobody_the_words_of_others(engine: QuotingEngine, marks: str) -> None:
    text = "“We went, said Ann Hoyle. It was late. Tim Rudge said: “I saw it.” Nobody else did. “Fine,” said Abigail Cole."
    found = direct(engine, text.replace("“", marks[0]).replace("”", marks[1]))
    assert found[-2:] == [("Tim Rudge", ("I saw it.",)), ("Abigail Cole", ("Fine",))]


def test_a_single_mark_that_stays_open_is_closed_by_no_possessive(engine: QuotingEngine) -> None:
    text = "Len Hobday said: 'We have nothing left.\n\n'The farmers' union did nothing.\n\n'We are on our own.'\n\nHe is 83."
    assert direct(engine, text) == [("Len Hobday", ("We have nothing left.", "The farmers' union did nothing.", "We are on our own."))]


def test_those_who_take_turns_are_not_taken_for_one_another(engine: QuotingEngine) -> None:
    text = "“Did you see it?” asked Rory Blane. “I did,” said Nell Garvey. “Are you sure?” “As sure as I am sitting here.”"
    assert direct(engine, text) == [("Rory Blane", ("Did you see it?",)), ("Nell Garvey", ("I did",))]


def test_what_nobody_said_is_nobodys() -> None:
    text = "Neither Ada Moor nor Tom Pell said the ferry would sail. No minister has said the fund will be cut."
    assert QuotingEngine().extract(text).quotes == ()

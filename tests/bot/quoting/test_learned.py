"""The learned tagger: what it finds in papers of several countries, and what holds of it on any text."""

import pytest

from bot.quoting.attributions import Analysis, Attribution
from bot.quoting.engine import QuotingEngine
from bot.quoting.learned import LearnedTagger
from storage.records import QuoteKind, words_at

TAGGER = LearnedTagger()
ENGINE = QuotingEngine(TAGGER)


def read(text: str) -> list[Attribution]:
    return TAGGER.attributions(Analysis(text))


def said(text: str) -> list[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """Content, source and cue of everything that is found, in words."""
    return [(words_at(text, a.content), words_at(text, a.source), words_at(text, a.cue)) for a in read(text)]


# --- papers of several countries ------------------------------------------------------------------


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""', "‘’", "''"])
def test_a_quotation_is_found_whatever_its_marks(opening: str, closing: str) -> None:
    text = (
        f"The ferry left at noon.\n\n{opening}We waited for two hours and nobody told us anything,{closing} said Mara Quill, a passenger."
    )
    ((content, source, cue),) = said(text)
    assert content == ("We waited for two hours and nobody told us anything",)
    assert "Mara Quill" in source[0]
    assert cue == ("said",)


def test_a_british_comma_behind_the_mark_is_not_said() -> None:
    ((content, source, _),) = said("‘The ferry was late again this morning’, Mr Brandt told the council on Tuesday.")
    assert content == ("The ferry was late again this morning",)
    assert source == ("Mr Brandt",)


def test_an_apostrophe_within_single_marks_ends_nothing() -> None:
    ((content, _, _),) = said("‘We don’t know when it’s leaving, and we can’t wait any longer,’ said Aoife Nolan.")
    assert content == ("We don’t know when it’s leaving, and we can’t wait any longer",)


def test_double_marks_within_single_ones_belong_to_the_quote_around_them() -> None:
    ((content, _, _),) = said("‘He told me “never again” and then he left the harbour for good,’ said Priya Menon.")
    assert content == ("He told me “never again” and then he left the harbour for good",)


def test_words_quoted_within_a_reported_sentence_stay_in_it() -> None:
    text = "Lachlan Weir, the harbour master, said the new timetable was “a complete shambles” and would have to be withdrawn."
    ((content, source, cue),) = said(text)
    assert "the new timetable was “a complete shambles” and would have to be withdrawn" in content[0]
    assert (source[0].startswith("Lachlan Weir"), cue) == (True, ("said",))


def test_a_reported_sentence_without_marks_is_found() -> None:
    ((content, source, _),) = said("The harbour master said that the ferry would not sail until the storm had passed.")
    assert "the ferry would not sail until the storm had passed" in content[0]
    assert source == ("The harbour master",)


def test_a_quote_cut_in_two_by_its_cue_is_one() -> None:
    ((content, _, _),) = said("“The ferry,” said Mara Quill, “has been late every day this month.”")
    assert content == ("The ferry", "has been late every day this month.")


def test_a_quote_over_paragraphs_is_one() -> None:
    text = "Mara Quill said: “The ferry is late.\n\n“It will be later still.\n\n“That is all.”\n\nNobody clapped."
    ((content, source, _),) = said(text)
    assert content == ("The ferry is late.", "It will be later still.", "That is all.")
    assert source == ("Mara Quill",)


def test_a_story_in_which_nobody_speaks_has_no_quotes() -> None:
    assert said("The ferry left the harbour at noon. It carried forty cars and a bus. The crossing took two hours.") == []


def test_words_between_marks_are_direct_for_the_engine() -> None:
    (quote,) = ENGINE.extract("“We waited for two hours,” said Mara Quill, a passenger.").quotes
    assert quote.kind is QuoteKind.DIRECT


def test_a_long_text_is_read_alike_in_all_its_parts() -> None:
    story = "The ferry left at noon.\n\n“We waited for two hours,” said Mara Quill, a passenger.\n\nThe harbour was empty by three.\n\n"
    found = read(story * 300)
    assert len(found) >= 299
    assert {words_at(story * 300, a.content) for a in found} == {("We waited for two hours",)}


# --- any text -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " ", "\n", "\u200b", "“", "”", "x", "🙂", "said"])
def test_next_to_nothing_is_read_as_nothing(text: str) -> None:
    assert read(text) == []


def test_the_tagger_names_itself_with_its_version() -> None:
    assert TAGGER.name.startswith("learned-")

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.declining import LONGEST, declining

NAMED = {
    "Ann Bell declined to comment.": "Ann Bell",
    "A spokeswoman for the Harbour Trust did not quickly respond to requests for comment.": "A spokeswoman for the Harbour Trust",
    "Calloway Marine refused to comment on the leak.": "Calloway Marine",
    "Tom Cook, who could not be reached, left the board in May.": "Tom Cook",
    "The ministry had no comment.": "The ministry",
    "Northgate Council didn’t return calls seeking comment.": "Northgate Council",
    "The foundation has refused to comment on the gift.": "The foundation",
    "Eve Dale was unavailable for comment.": "Eve Dale",
    "The owners have not responded to requests for an interview.": "The owners",
    "Ann Bell confirmed the sale but declined to comment on its price.": "Ann Bell",
    "Through her office, Ann Bell declined to be interviewed.": "Ann Bell",
    "But Tom Cook would not comment on Monday.": "Tom Cook",
    "Ann Bell and Tom Cook declined to comment.": "Ann Bell and Tom Cook",
    "A police spokesman declined comment.": "A police spokesman",
    "Eve Dale, the harbour master, did not reply to emails.": "Eve Dale, the harbour master",
    "A palace aide would not comment on leaks.": "A palace aide",
    "The minister refused to be drawn.": "The minister",
    "Tom Cook refused to be drawn on the tender.": "Tom Cook",
    "Eve Dale would not be drawn on whether she knew.": "Eve Dale",
    "Bo Lund wouldn’t be drawn any further.": "Bo Lund",
    "The developer did not return calls.": "The developer",
    "The union failed to respond to the Post’s requests for comment.": "The union",
    "Ann Bell would not discuss the letter.": "Ann Bell",
    "The company declined to discuss the outage.": "The company",
    "Tom Cook declined to say why the ferry was sold.": "Tom Cook",
    "Bo Lund refused to say exactly how much was paid.": "Bo Lund",
    "The ministry would not say whether it knew.": "The ministry",
    "Eve Dale declined to answer a question about the tender.": "Eve Dale",
    "Eve Dale declined to answer reporters’ questions.": "Eve Dale",
    "Tom Cook declined to elaborate on the plan.": "Tom Cook",
    "Ann Bell refused to speak to reporters.": "Ann Bell",
    "The trust declined to provide further details.": "The trust",
}
SILENT = (
    "Ann Bell refused to resign.",
    "Ann Bell refused to say sorry.",
    "Tom Cook refused to answer the door.",
    "The council refused to discuss the border with the islanders.",
    "The trust refused to provide lifeboats.",
    "Eve Dale declined to speak at the gala.",
    "She declined to comment.",
    "His lawyer refused to comment.",
    "“Ann Bell declined to comment,” said Tom Cook.",
    "Ann Bell has never declined to comment.",
    "He asked whether Ann Bell declined to comment.",
    "Ann Bell commented on the leak.",
    "Ann Bell declined to run again.",
    "The lighthouse could not be reached by road.",
    "An agreement could not be reached.",
    "Ann Bell refused to be drawn into the fight.",
    "The map would not be drawn by Tom Cook.",
    "The map would not be drawn on by anybody.",
    "Comments are closed.",
    "The agency did not respond to his request for the documents.",
    "Trump hadn't answered the question.",
    "No comment.",
    "",
)


def shown(text: str) -> list[tuple[str, str]]:
    """Who gave no comment, and the words that say so."""
    return [(text[slice(*one.who)], text[slice(*one.shown)]) for one in declining(text)]


@pytest.mark.parametrize("sentence", NAMED)
def test_it_is_found_who_gave_no_comment(sentence: str) -> None:
    text = f"The ferry sailed at eight.\n\n“We are late,” said Bo Lund. {sentence} The trial goes on."
    assert shown(text) == [(NAMED[sentence], sentence)]


@pytest.mark.parametrize("sentence", SILENT)
def test_nothing_is_found_where_nobody_is_named_or_nobody_declined(sentence: str) -> None:
    assert shown(f"The ferry sailed at eight. {sentence} The trial goes on.") == []


def test_of_a_long_sentence_as_much_is_shown_as_says_it() -> None:
    before = "After many weeks of talks in which little was agreed and less was written down, " * 4
    text = f"{before}Ann Bell declined to comment on the sale{' and on all that followed from it' * 9}."
    (one,) = declining(text)
    words = text[slice(*one.shown)]
    assert words.startswith("Ann Bell declined to comment on the sale and")
    assert len(words) <= LONGEST
    assert (one.begins, one.ends) == (False, False)


def test_a_bracket_that_was_opened_before_does_not_belong_to_the_sentence() -> None:
    assert shown("(The ferry sailed. Ann Bell declined to comment.)\n\nIt rained.") == [("Ann Bell", "Ann Bell declined to comment.")]
    assert shown("(Ann Bell declined to comment.)\n\nIt rained.") == [("Ann Bell", "(Ann Bell declined to comment.)")]


@settings(max_examples=30)
@given(st.lists(st.sampled_from([*NAMED, *SILENT, "“", "\n", "\n\n", "x" * 400, "and", "🙂", "(", "\x00"]), max_size=12))
def test_what_is_found_are_spans_of_the_text_in_order(parts: list[str]) -> None:
    text = " ".join(parts)
    end = 0
    for one in declining(text):
        start, until = one.shown
        assert end <= start <= one.who[0] < one.who[1] <= until <= len(text)
        assert text[slice(*one.who)].strip()
        end = until


def test_whom_a_pronoun_names_is_known_by_whoever_found_the_subject_of_its_cue() -> None:
    text = "Ann Bell left. Her office declined to comment. “She declined to comment,” said Bo Lund. It never declined to comment."
    sources = [((text.index(cue), text.index(cue) + 8), (text.index(who), text.index(who) + len(who))) for cue, who in _FOUND_ELSEWHERE]
    (one,) = declining(text, sources)
    assert text[slice(*one.who)] == "Her office"
    assert text[slice(*one.cue)] == "declined to comment"
    assert one.by_pronoun


_FOUND_ELSEWHERE = (
    ("declined to comment. “", "Her office"),
    ("declined to comment,”", "She"),
    ("never declined", "It"),
)


def test_a_text_of_nothing_but_refusals_ends_soon() -> None:
    assert len(declining("Ann Bell declined to comment. " * 3000)) <= 20

"""Who says what: the shapes in which newspapers report speech."""

import pytest

from storage.records import QuoteKind
from tests.bot.quoting.reading import BY_RULES, only, said, speakers

pytestmark = pytest.mark.usefixtures("engine")

DIRECT, MIXED, INDIRECT = QuoteKind.DIRECT, QuoteKind.MIXED, QuoteKind.INDIRECT


# --- where speaker and cue stand ------------------------------------------------------------------


def test_the_speaker_after_the_quote() -> None:
    quote = only('"The ferry is late," Mara Quill said on Tuesday.')
    assert quote.words == ("The ferry is late",)
    assert (quote.speaker, quote.source, quote.cue, quote.kind) == ("Mara Quill", ("Mara Quill",), ("said",), DIRECT)


def test_the_cue_before_the_speaker() -> None:
    quote = only("“The ferry is late,” said Mara Quill, a spokeswoman for the harbour, on Tuesday.")
    assert (quote.speaker, quote.cue) == ("Mara Quill", ("said",))


def test_the_speaker_before_the_quote() -> None:
    quote = only('Mara Quill told reporters on Tuesday: "The ferry is late."')
    assert (quote.words, quote.speaker, quote.kind) == (("The ferry is late.",), "Mara Quill", DIRECT)


def test_a_quote_split_by_its_cue_is_one_quote_with_two_spans() -> None:
    quote = only('"The ferry is late," said Mara Quill. "It will be later still."')
    assert quote.words == ("The ferry is late", "It will be later still.")
    quote = only('"The ferry," said Mara Quill, "is late."')
    assert quote.words == ("The ferry", "is late.")


def test_a_question_before_the_cue_stays_one_sentence() -> None:
    quote = only('"Where is the ferry?" Mara Quill asked.')
    assert (quote.words, quote.speaker) == (("Where is the ferry?",), "Mara Quill")


def test_a_quote_announced_at_the_end_of_a_paragraph() -> None:
    quote = only("Mara Quill said in a statement:\n\n“The ferry is late.”")
    assert (quote.words, quote.speaker) == (("The ferry is late.",), "Mara Quill")


def test_a_name_and_a_colon_are_a_cue() -> None:
    quote = only("Mara Quill: “The ferry is late.”")
    assert (quote.speaker, quote.cue) == ("Mara Quill", (":",))


def test_a_dash_and_a_name_behind_the_quote_are_a_cue() -> None:
    quote = only('"The ferry is always late." – Mara Quill')
    assert (quote.words, quote.speaker, quote.cue) == (("The ferry is always late.",), "Mara Quill", ("–",))


def test_according_to_before_and_behind() -> None:
    assert only("According to Mara Quill, the ferry was two hours late.").speaker == "Mara Quill"
    quote = only("The ferry was two hours late, according to Mara Quill.")
    assert (quote.speaker, quote.words, quote.kind) == ("Mara Quill", ("The ferry was two hours late",), INDIRECT)


# --- how much of it is quoted ---------------------------------------------------------------------


def test_a_reported_sentence_is_indirect() -> None:
    quote = only("Mara Quill said that the ferry would be two hours late.")
    assert (quote.words, quote.kind) == (("the ferry would be two hours late",), INDIRECT)


def test_a_reported_sentence_with_quoted_words_is_mixed() -> None:
    quote = only('Mara Quill said the ferry was "a disgrace" and would stay one.')
    assert (quote.words, quote.kind) == (('the ferry was "a disgrace" and would stay one',), MIXED)


def test_a_quote_is_only_direct_if_no_word_of_it_stands_outside_the_marks() -> None:
    quote = only('Mara Quill said there had been "a long and wholly avoidable delay to every crossing".')
    assert quote.kind is MIXED


def test_a_quote_over_several_paragraphs_is_one_quote() -> None:
    text = 'Mara Quill said: "The ferry is late.\n\n"It will be later still.\n\n"That is all."\n\nNobody clapped.'
    quote = only(text)
    assert quote.words == ("The ferry is late.", "It will be later still.", "That is all.")
    assert (quote.speaker, quote.kind) == ("Mara Quill", DIRECT)


def test_a_quote_whose_speaker_stands_in_its_last_paragraph_is_one_quote() -> None:
    quote = only("“The ferry is late.\n\n“It will be later still,” said Mara Quill.")
    assert (quote.words, quote.speaker) == (("The ferry is late.", "It will be later still"), "Mara Quill")


def test_a_nested_quotation_belongs_to_the_quote_around_it() -> None:
    quote = only("\"I said, 'never',\" Mara Quill added.")
    assert (quote.words, quote.speaker) == (("I said, 'never'",), "Mara Quill")


def test_the_next_paragraph_of_a_run_has_the_same_speaker() -> None:
    found = said("“The ferry is late,” said Mara Quill.\n\n“It will be later still.”")
    assert [(one.speaker, words) for one in found for words in one.words] == [
        ("Mara Quill", "The ferry is late"),
        ("Mara Quill", "It will be later still."),
    ]


@BY_RULES
def test_the_next_paragraph_of_a_run_has_no_source_and_is_less_sure() -> None:
    first, second = said("“The ferry is late,” said Mara Quill.\n\n“It will be later still.”")
    assert (second.speaker, second.source, second.cue) == ("Mara Quill", (), ())
    assert second.confidence < first.confidence


def test_an_unclosed_quote_is_less_sure_than_a_closed_one() -> None:
    closed = only('Mara Quill said: "The ferry is late."')
    unclosed = only('Mara Quill said: "The ferry is late.')
    assert unclosed.words == closed.words
    assert unclosed.confidence < closed.confidence


# --- what nobody says -----------------------------------------------------------------------------


def test_a_headline_with_quoted_words_has_no_speaker() -> None:
    assert said("Harbour latest: row over ferry 'meddling'") == []


def test_scare_quotes_and_titles_are_nobodys() -> None:
    assert said('The so-called "ghost ferry" sailed. The film "From the Desk of a Captain" was shown aboard.') == []


def test_declining_to_speak_is_no_quote() -> None:
    assert said("Mara Quill declined to comment. The harbour did not respond to questions. She refused to say why.") == []


def test_a_noun_that_looks_like_a_cue_is_none() -> None:
    assert said("The company's claims fell. His reports of the ferry were long. The state warned of nothing.") == []


def test_being_told_is_not_telling() -> None:
    assert said("Mara Quill was told nothing. The ferry is called the Swan.") == []


# --- who it is ------------------------------------------------------------------------------------


def test_surnames_and_titles_are_the_person_named_before() -> None:
    text = (
        "Mara Quill runs the harbour. Sir Oliver Brandt owns the ferry.\n\n“It is late,” Ms Quill said.\n\n"
        "“It is not,” Sir Oliver replied.\n\n“It always was,” said Quill."
    )
    assert speakers(text) == ["Mara Quill", "Oliver Brandt", "Mara Quill"]


def test_pronouns_are_the_nearest_person_who_fits() -> None:
    text = "Mara Quill met Oliver Brandt at the ferry. “It is late,” she said.\n\nHe said the ferry would leave at noon."
    assert speakers(text) == ["Mara Quill", "Oliver Brandt"]


def test_a_name_inside_a_genitive_is_not_whom_he_means() -> None:
    text = "Oliver Brandt spent a week helping Peter Stone's campaign. He said it had been long-planned by the party."
    assert speakers(text) == ["Oliver Brandt"]


def test_two_people_with_one_surname_are_told_apart_by_title_and_given_name() -> None:
    text = (
        "Lucy Brandt and her uncle Oliver Brandt disagree.\n\n“It is late,” Ms Brandt said.\n\n“It is not,” Mr Brandt said.\n\n"
        "“It is,” said Lucy Brandt."
    )
    assert speakers(text) == ["Lucy Brandt", "Oliver Brandt", "Lucy Brandt"]


def test_a_bare_surname_that_two_people_have_is_less_sure() -> None:
    text = "Lucy Brandt and Oliver Brandt disagree. “It is late,” Brandt said."
    assert only(text).confidence < only("Lucy Brandt disagrees. “It is late,” Brandt said.").confidence


def test_a_role_is_the_person_the_article_gives_it_to() -> None:
    text = "Transport minister Oliver Brandt came by ferry. “It is late,” the minister said."
    assert speakers(text) == ["Oliver Brandt"]
    text = "Mara Quill, the mayor of Ely, came by ferry. “It is late,” the mayor said."
    assert speakers(text) == ["Mara Quill"]


def test_whom_the_first_sentence_only_describes_is_who_is_named_next() -> None:
    text = (
        "A ferry captain has explained how she missed the tide.\n\nMara Quill, who sails the Swan, said nobody had warned her of it.\n\n"
        "“It was dark,” the captain said."
    )
    assert speakers(text) == ["Mara Quill", "Mara Quill", "Mara Quill"]


def test_a_peer_keeps_the_title_that_is_the_name() -> None:
    assert only("Lord Quill of Ely said the ferry had been late before.").speaker == "Lord Quill of Ely"


def test_a_spokesman_without_a_name_is_a_speaker() -> None:
    assert only("A harbour spokesman said: “The ferry is late.”").speaker == "a harbour spokesman"


def test_a_spokesman_for_somebody_is_not_that_person() -> None:
    assert only("“It is late,” said a spokesman for Mara Quill.").speaker == "a spokesman for Mara Quill"


def test_somebodys_campaign_is_not_that_person() -> None:
    assert only("Mara Quill’s campaign said that the ferry was late again.").speaker == "Mara Quill’s campaign"


def test_documents_say_things_too() -> None:
    assert only("The report said that the ferry had been late all year.").speaker == "the report"


def test_a_name_given_as_an_apposition_to_a_role_is_the_speaker() -> None:
    assert only("The group's director, Mara Quill, said the ferry was late again.").speaker == "Mara Quill"


def test_two_who_speak_together_are_both_named() -> None:
    text = "Mara Quill and Oliver Brandt met. “It is late,” Quill and Brandt said."
    assert speakers(text) == ["Mara Quill and Oliver Brandt"]


def test_an_organisation_may_be_given_by_its_initials() -> None:
    assert speakers("The Harbour Safety Board met. “It is late,” the HSB said.") == ["Harbour Safety Board"]


def test_a_name_is_shown_as_the_article_has_it() -> None:
    assert only("The judge, Mr Justice Holt, said the claim was “hopeless”.").speaker == "Mr Justice Holt"
    assert only("“It is late,” Mr. Quill said.").speaker == "Mr. Quill"
    assert only("“It is late,” said Sen. Jane Quill, D-Vt., who chairs the panel.").speaker == "Jane Quill"


def test_a_title_alone_is_a_role_and_nobodys_name() -> None:
    assert speakers("Taoiseach Mara Quill arrived. “It is late,” the Taoiseach said.") == ["Mara Quill"]
    assert only("The Tánaiste, Sarah Nolan, agreed, saying: “It is late.”").speaker == "Sarah Nolan"


def test_a_company_given_as_an_apposition_is_the_speaker() -> None:
    assert only("The company, Calder Ltd, said it was “deeply sorry” for the delay.").speaker == "Calder Ltd"


def test_a_speaker_with_an_age() -> None:
    for text in (
        "“It was late,” 72-year-old Joan Fisher recalls.",
        "Joan Fisher, 72, said: “It was late.”",
        "Joan Fisher, nine, one of the pupils, said: “It was late.”",
        "Joan Fisher (72) said: “It was late.”",
    ):
        assert only(text).speaker == "Joan Fisher", text


def test_asked_before_an_answer_is_no_cue() -> None:
    assert [one.speaker for one in said("Asked whether he would go, Mr Stone said: “No.”")] == ["Mr Stone"]


def test_two_speakers_take_turns_in_one_paragraph() -> None:
    text = "“Is it late?” asked Joan Fisher. “No,” replied Alan Stone. “It is early.”"
    assert [(one.speaker, one.words) for one in said(text)] == [
        ("Joan Fisher", ("Is it late?",)),
        ("Alan Stone", ("No", "It is early.")),
    ]


def test_single_marks_as_british_papers_use_them() -> None:
    quote = only("'It's the farmers' ferry, isn't it?' said Maeve O'Hara. 'Nobody asked us.'")
    assert (quote.words, quote.speaker) == (("It's the farmers' ferry, isn't it?", "Nobody asked us."), "Maeve O'Hara")


def test_a_comma_behind_the_closing_mark_as_british_papers_set_it() -> None:
    assert only('"It is late", Mr Murphy told Radio Cork on Sunday.').words == ("It is late",)


def test_the_person_before_a_relative_clause_speaks() -> None:
    assert only("The authority that runs the bridge says that the boats meet every rule.").speaker == "the authority that runs the bridge"
    assert only("A letter, dated 14 May and signed by an official, says that the ferry was late.").speaker == "a letter"


@BY_RULES
def test_what_nobody_has_said_yet_is_no_quote() -> None:
    assert said("The union will strike until the government explains how the contract was won.") == []


def test_it_is_unknown_where_the_sentence_before_leaves_a_doubt() -> None:
    text = "The Harbour Board said: “We regret it.”\n\nMara Quill has put up a chalkboard. It reads: “Open, unlike some.”"
    assert speakers(text) == ["Harbour Board", None]


def test_a_bare_role_right_behind_a_named_speaker_is_the_same_person() -> None:
    first, second = said("Mara Quill said she would think about it. “I have had ruder letters,” the mayor said.")
    assert (first.speaker, second.speaker) == ("Mara Quill", "Mara Quill")
    assert second.confidence < first.confidence
    assert speakers("Ferry captain Mara Quill said it was late. “It is not,” the mayor said.")[1] == "the mayor"


def test_what_a_document_records_is_not_its_own_subject() -> None:
    found = said("The document, first reported by The Harbour Post, records that the board agreed to score the bids again.")
    assert all(one.speaker != "records that the board" for one in found)


def test_a_courtesy_title_is_no_role() -> None:
    text = "Dr Mara Quill, the chief engineer of the bridge, was there. “It is repairable,” the engineer said."
    assert speakers(text) == ["Mara Quill"]


def test_a_verb_behind_a_name_between_commas_is_no_description() -> None:
    text = "The minister, Mara Quill, met Sir Oliver Brandt at the pier. She said it had been long."
    assert speakers(text) == ["Mara Quill"]

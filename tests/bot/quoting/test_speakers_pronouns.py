"""Whom he, she, it, they, who and which mean."""

import pytest

from tests.bot.quoting.sources import certainty, last, who


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # the nearest name is somebody else
        ("Mara Quill met Oliver Brandt's lawyer. [She] said the talks went well.", "Mara Quill"),
        ("Oliver Brandt was in the harbour when Peter Stone sailed. [He] said it was cold.", "Oliver Brandt"),
        ("When Peter Stone sailed, Oliver Brandt stayed at home. [He] said it was cold.", "Oliver Brandt"),
        ("Oliver Brandt thanked Peter Stone for the boat. [He] said it was seaworthy.", "Oliver Brandt"),
        ("[Oliver Brandt] said so. Peter Stone's party disagreed. [He] added that the boat was safe.", "Oliver Brandt"),
        # whom the words are about is not who says them
        ("Oliver Brandt came to the quay. Peter Stone is no sailor, [he] said.", "Oliver Brandt"),
        # whose gender is known comes before whose is not
        ("Mo Vexley praised Mara Quill. The harbour was cold when [she] said the boat was late.", "Mara Quill"),
        # but not before who is spoken of since
        ("Mara Quill rose. [Aldith Brandt] said no more. It was late, [she] said.", "Aldith Brandt"),
        ("[Mara Quill] said so.\n\nAldith Brandt disagreed.\n\nIt was late, [she] said.", "Aldith Brandt"),
        ("[Mara Quill] said so.\n\nPeter Brandt disagreed.\n\nIt was late, [she] said.", "Mara Quill"),
        # a place, a storm or an undertaking is not she
        ("Mara Quill ran. Storm Aldith struck in May. It was late, [she] said.", "Mara Quill"),
        ("Mara Quill ran. Upper Drumlin Farm was sold. It was late, [she] said.", "Mara Quill"),
        ("Mara Quill ran a school in Drumlin Quarry. Drumlin Quarry has two. It was late, [she] said.", "Mara Quill"),
        # what is no person is not he
        ("Oliver Brandt came. A grey field lay there. [He] said the boat was late.", "Oliver Brandt"),
        # what a title, a kinship or a given name tells
        ("Mr. Quill and Ms. Brandt disagree. [She] said the boat was late.", "Ms. Brandt"),
        ("Robin Quill spoke to Oliver Brandt. Ms. Quill waited. [She] said the boat was late.", "Robin Quill"),
        # who is told something is not who tells it
        ("Oliver Brandt met Peter Stone. Stone smiled and sat down. “It was late,” [he] told Stone.", "Oliver Brandt"),
        # who is spoken of in the sentence itself comes before who spoke last
        ("[Oliver Brandt] said so. Peter Stone is old, and [he] called the boat late, unsafe and cold.", "Peter Stone"),
        # As for …
        ("Peter Stone likes boats. As for Oliver Brandt, [he] said they were too slow.", "Oliver Brandt"),
        # a pronoun before the name
        ("In [his] reply, Oliver Brandt said the boat was safe.", "Oliver Brandt"),
        ("Peter Stone lost. In [his] reply to the harbour board, Oliver Brandt called the boat safe.", "Oliver Brandt"),
        # he's, she'd
        ("Oliver Brandt came to the quay. [He]'s saying that the boat is safe.", "Oliver Brandt"),
    ],
)
def test_a_pronoun_means_whom_a_reader_takes_it_to_mean(text: str, speaker: str) -> None:
    assert last(text) == speaker


def test_who_is_asked_a_question_answers_it() -> None:
    assert last("“Is the boat safe?” [a reporter] asked Oliver Brandt. “It is,” [he] said.") == "Oliver Brandt"


def test_a_pronoun_that_may_mean_two_people_is_less_sure() -> None:
    clear = "Oliver Brandt came to the quay. [He] said the boat was safe."
    doubtful = "Oliver Brandt came to the quay. Peter Stone came to the quay. Oliver Brandt saw Peter Stone. [He] said the boat was safe."
    assert certainty(doubtful) < certainty(clear)


def test_that_two_capitals_are_a_person_is_a_guess() -> None:
    told = "Mara Quill left. The boats were old. Captain Aldith Brandt runs the quay. Brandt waved. It was late, [she] said."
    guessed = told.replace("Captain ", "")
    assert last(guessed) == last(told) == "Aldith Brandt"
    assert certainty(guessed) < 0.9 <= certainty(told)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Oliver Brandt, [who] thinks the boat safe, stayed at home.", "Oliver Brandt"),
        ("Oliver Brandt, the mayor of Ely, [who] thinks the boat safe, stayed at home.", "Oliver Brandt"),
        ("Oliver Brandt, who owns a boat and [who] thinks it safe, stayed at home.", "Oliver Brandt"),
        ("The board heard sailors from the north [who] think the boat unsafe.", "sailors from the north"),
        ("Some of the voters [who] want a bridge were there.", "Some of the voters"),
        ("Oliver Brandt, the head of the Harbour Safety Board, [which] wants a new boat, left.", "Harbour Safety Board"),
        ("The board wrote a letter in 2014 [that] called the boat late.", "a letter"),
        ("It was cold, said an adviser to Oliver Brandt, [who] thinks the boat unsafe.", "an adviser to Oliver Brandt"),
        ("It shook those with Oliver Brandt, [who] are late.", "those with Oliver Brandt"),
        ("It pleased a Brandt supporter [who] thinks the boat unsafe.", "a Brandt supporter"),
        ("It shook the harbour board, [which] wants a new boat.", "the harbour board"),
        ("It shook the Harbour Safety Board, [which] wants a new boat.", "Harbour Safety Board"),
    ],
)
def test_a_relative_pronoun_goes_back_to_what_stands_before_it(text: str, speaker: str) -> None:
    assert last(text) == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("European leaders met in Paris. [They] said the talks went well.", "European leaders"),
        ("Mara Quill and Oliver Brandt met in Paris. [They] said the talks went well.", "Mara Quill and Oliver Brandt"),
        ("Senior welders met in Kenya. [They] said the talks went well.", "Senior welders"),
        ("These sailors left the harbour to open boats. [They] said the talks went well.", "These sailors"),
        ("Mara Quill, Max Holt and Oliver Brandt met. [They] said the talks went well.", "Mara Quill, Max Holt and Oliver Brandt"),
        ("Kenya closed its harbours on Monday. [It] fears a storm.", "Kenya"),
        ("Northgate said so on Monday. [It] fears a storm.", "Northgate"),
        ("Ms. Holt came. Kenya was cold, Holt said. [It] fears a storm.", "Kenya"),
        ("The harbour board is building a quay in what [it] hopes will be a year of trade.", "the harbour board"),
    ],
)
def test_it_and_they_mean_what_the_sentence_is_about(text: str, speaker: str) -> None:
    assert last(text) == speaker


def test_i_and_we_outside_quotation_marks_are_the_writers() -> None:
    assert who("[I] think the boat was late. [We] believe it sank.") == [None, None]


def test_a_source_that_goes_on_behind_its_relative_pronoun_is_the_same() -> None:
    assert last("Oliver Brandt, [who owns a boat], thinks it safe.") == "Oliver Brandt"
    assert last("[Many sailors that] said the boat was safe.") == "Many sailors"

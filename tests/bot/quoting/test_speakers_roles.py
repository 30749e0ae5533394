"""Roles, documents, groups and unnamed sources."""

import pytest

from bot.quoting.attributions import Analysis, Attribution
from bot.quoting.speakers import resolve
from storage.records import SpeakerKind
from tests.bot.quoting.sources import certainty, last, resolved, who


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # the title before the name, and what it stands for
        ("Sen. Mara Quill came to the quay. [The senator] said the boat was late.", "Mara Quill"),
        ("Gov. Mara Quill met Mayor Oliver Brandt. [The governor] said the boat was late.", "Mara Quill"),
        ("Prime Minister Oliver Brandt came to the quay. [The prime minister] said the boat was late.", "Oliver Brandt"),
        ("Oliver Brandt, the prime minister, came to the quay. [The prime minister] said the boat was late.", "Oliver Brandt"),
        # whose government it is
        ("Sir Oliver Brandt's government met. Mara Quill was away. [The prime minister] said the boat was late.", "Oliver Brandt"),
        # the one of two whom the words beside the role fit
        ("Home secretary Mara Quill met environment secretary Amy Holt. [The home secretary] said the boat was late.", "Mara Quill"),
        # an office that the article gives to nobody is that of whoever is in mind
        ("Peter Stone came to the quay. [The Vermont senator] said the boat was late.", "Peter Stone"),
        ("Sen. Amy Holt left. Peter Stone came to the quay. [The Vermont senator] said the boat was late.", "Peter Stone"),
        ("Peter Stone came to the quay. [The billionaire developer] said the boat was late.", "Peter Stone"),
        ("Peter Stone came to the quay. [The Vermont Republican] said the boat was late.", "Peter Stone"),
        # whom the article gives an office may be long gone
        (
            "Sen. Amy Holt left. " + "The harbour was cold and full of boats. " * 40 + "Peter Stone came. [The senator] said so.",
            "Peter Stone",
        ),
        # a place that somebody is not of
        ("Mayor Amy Holt of Boston and Texas Sen. Peter Stone met. Peter Stone left. [The Boston mayor] said so.", "Amy Holt"),
        ("Sen. Amy Holt met Texas Sen. Peter Stone. [The Vermont senator] said the boat was late.", "Amy Holt"),
        # who held the office once does not hold it
        ("Former senator Amy Holt left. Peter Stone came to the quay. [The senator] said the boat was late.", "Peter Stone"),
        ("Former senator Amy Holt met Peter Stone. [The former senator] said the boat was late.", "Amy Holt"),
        # who is told to be in politics, and who is told to be of that party, runs sooner
        ("Republican Amy Holt was there. Peter Stone met Max Hull. [The Republican candidate] said so.", "Amy Holt"),
        # whom the article calls a judge only later
        ("Peter Stone came to court. Stone sat down. [The judge] was late. Judge Amy Holt said no more.", "Amy Holt"),
        # a president is no businessman
        ("Peter Stone met President Max Hull. President Max Hull left. [The billionaire] said the boat was late.", "Peter Stone"),
        # a party that somebody is not of
        ("Peter Stone, a Republican, came to the quay. Amy Holt, a Democrat, did too. [The Republican nominee] said so.", "Peter Stone"),
        # who manages a campaign is nobody's candidate
        ("Peter Stone hired campaign chairman Max Holt. [The nominee] said the boat was late.", "Peter Stone"),
    ],
)
def test_a_role_is_whoever_the_article_gives_it_to_or_has_in_mind(text: str, speaker: str) -> None:
    assert last(text) == speaker


def test_a_role_that_the_article_gives_to_nobody_is_less_sure() -> None:
    given = "Sen. Peter Stone came to the quay. [The senator] said the boat was late."
    guessed = "Peter Stone came to the quay. [The senator] said the boat was late."
    assert certainty(guessed) < certainty(given)


def test_a_trade_is_that_of_the_only_one_who_may_be_called_so_and_less_sure() -> None:
    alone = "Oliver Brandt scored twice and thanked his mother. [The striker] said it was late."
    assert last(alone) == "Oliver Brandt"
    assert certainty(alone) < 0.9
    assert last("Oliver Brandt scored twice. Coach Amy Holt was glad. [The striker] said it was late.") == "Oliver Brandt"


@pytest.mark.parametrize(
    "text",
    [
        "Oliver Brandt scored twice. Peter Stone did not. [The striker] said it was late.",
        "Oliver Brandt scored twice. [The actress] said it was late.",
        "The actor Oliver Brandt met her. [The singer] said it was late.",
        "Oliver Brandt was in court. [The driver] said it was late.",
        "Mayor Oliver Brandt came. [The striker] said it was late.",
    ],
)
def test_a_trade_that_may_be_somebody_elses_is_nobodys_by_name(text: str) -> None:
    assert last(text) in {"the striker", "the actress", "the driver", "the singer"}


def test_a_profession_is_not_given_to_whoever_is_in_mind() -> None:
    assert last("Peter Stone came to the quay and slept in the boat. [The nurse from Ely] said it was late.") == "the nurse from Ely"


def test_whom_headline_and_lead_describe_is_who_is_named_with_that_role() -> None:
    text = (
        "[Ely lawmaker] wants boats banned\n\n[A lawmaker in Ely] has called for a ban on boats.\n\n"
        "[Rep. Mara Quill] said they were too slow.\n\n[The lawmaker] has no boat."
    )
    assert who(text) == ["Mara Quill"] * 4


def test_whom_the_lead_describes_is_not_the_next_speaker_with_another_role() -> None:
    text = (
        "[A ferry captain] has explained how the tide was missed.\n\n[Ann Holt, a harbour clerk], said it was dark.\n\n"
        "[Mara Quill] said nobody had warned her."
    )
    assert who(text) == ["Mara Quill", "Ann Holt", "Mara Quill"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Peter Stone spoke. [His core supporters] said the boat was late.", "Stone's core supporters"),
        ("Mara Quill's campaign met. [The campaign] said the boat was late.", "Mara Quill"),
        ("[Stone's campaign] said so. Amy Holt's campaign met. [The campaign] said the boat was late.", "Amy Holt"),
        ("[Several sailors supporting Stone] said the boat was late.", "Several sailors supporting Stone"),
        ("[His fellow Republicans] said the boat was late.", "His fellow Republicans"),
    ],
)
def test_what_is_somebodys_is_not_that_person(text: str, speaker: str) -> None:
    assert (last(text) or "").startswith(speaker)
    assert resolved(text).speakers[-1].kind is not SpeakerKind.PERSON


def test_the_campaign_of_a_person_is_one_in_articles_that_give_the_full_name_and_that_do_not() -> None:
    in_full = resolved("Peter Stone came. [Peter Stone's campaign] said so.").speakers[0]
    in_short = resolved("[The Stone campaign] said so.").speakers[0]
    assert in_full.key == in_short.key is not None


def test_two_campaigns_of_one_surname_are_two() -> None:
    found = resolved("[Peter Stone's campaign] said so. [Amy Stone's campaign] denied it.").speakers
    assert len({speaker.key for speaker in found}) == 2


def test_the_campaign_of_a_person_is_one_however_it_is_written() -> None:
    names = who("Peter Stone came. [Peter Stone's campaign] said so. [The Stone campaign] denied it. [The campaign] said no more.")
    assert len(set(names)) == 1


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("A report by the harbour board is out. [The report] said the boat was late.", "a report by the harbour board"),
        ("A poll by the harbour board is out. [The same poll] said the boat was late.", "a poll by the harbour board"),
        ("Holt sailed. A University of Ely poll is out. [The poll] said the boat was late.", "a University of Ely poll"),
        ("Most voters want a bridge. [The voters] said the boat was late.", "the voters"),
        ("[A scripted message] warned of rain. [The message] said the boat was late.", "a scripted message"),
        ("European leaders met in Paris. [The leaders] said the boat was late.", "European leaders"),
        ("The Ely harbour board met. [The board] said the boat was late.", "the Ely harbour board"),
        ("[especially from Republicans], the boat was late.", "Republicans"),
        ("[The “Boats for All” paper] said the boat was late.", "the “Boats for All” paper"),
    ],
)
def test_what_was_spoken_of_before_is_shown_by_its_fullest_description(text: str, speaker: str) -> None:
    assert last(text) == speaker


def test_an_unnamed_source_stays_unnamed_beside_people_who_are() -> None:
    found = resolved("Sen. Mara Quill came. [A Stone campaign official] said so. [One senator] disagreed.")
    assert [speaker.name for speaker in found.speakers] == ["a Stone campaign official", "One senator"]
    assert {speaker.kind for speaker in found.speakers} == {SpeakerKind.UNNAMED}


def test_what_somebody_says_by_the_way_is_the_subjects() -> None:
    text = "Mara Quill left the quay, saying the boat was late."
    saying, said = text.index("saying"), text.index("the boat")
    by_the_way = Attribution(((said, len(text) - 1),), (), ((saying, saying + 6),), 1.0)
    found = resolve(Analysis(text), [by_the_way])
    assert [found.speakers[k].name for k in found.speaker_of if k is not None] == ["Mara Quill"]
    assert max(found.certainty) < 0.9


def test_only_a_quotation_goes_on_with_nobody_named() -> None:
    text = "Mara Quill said the boat was late. “It will be later,” but the tide was said to turn."
    analysis = Analysis(text)
    named = Attribution(((16, 33),), ((0, 10),), (), 1.0)
    quoted = text.index("It will be later")
    reported = text.index("the tide")
    goes_on = Attribution(((quoted, quoted + 16),), (), (), 1.0)
    of_nobody = Attribution(((reported, len(text) - 1),), (), (), 1.0)
    assert resolve(analysis, [named, goes_on, of_nobody]).speaker_of == (0, 0, None)

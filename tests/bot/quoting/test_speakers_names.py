"""Names to people and organisations: the names of an article taken together."""

import pytest

from storage.records import SpeakerKind
from tests.bot.quoting.reading import speakers
from tests.bot.quoting.sources import certainty, last, resolved, who


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # a surname before the full name, and inside a headline
        ("[Quill] said the boat was late. Mara Quill owns it.", "Mara Quill"),
        ("Mara Quill Slams Peter Stone Over Late Boats\n\n[Quill] said the boat was late.", "Mara Quill"),
        # what stands before a name is no part of it
        ("[Former Secretary of State Mara Quill] said the boat was late.", "Mara Quill"),
        ("[Harbour News Mara Quill] said the boat was late.", "Mara Quill"),
        ("[Billionaire Peter Stone] said the boat was late.", "Peter Stone"),
        ("[Senior Adviser Peter Stone] said the boat was late.", "Peter Stone"),
        ("[Developer Aldith Quill] said the boat was late.", "Aldith Quill"),
        ("[Biologist Aldith Quill] said the boat was late.", "Aldith Quill"),
        ("[Environmentalist Aldith Quill] said the boat was late.", "Aldith Quill"),
        ("[Mother-of-two Kerry Quill] said the boat was late.", "Kerry Quill"),
        ("[Minister for Harbours Conor Quill] said the boat was late.", "Conor Quill"),
        ("[The Minister for Harbours] said the boat was late.", "the Minister for Harbours"),
        ("Drumlin Shire Mayor Trent Quill came. [Cr Quill] said the boat was late.", "Trent Quill"),
        ("[Coun. Trent Quill] said the boat was late.", "Trent Quill"),
        ("[Coun. Trent Quill, who owns it], said the boat was late.", "Trent Quill"),
        ("[Clr Trent Quill] said the boat was late.", "Trent Quill"),
        ("Fr Donal Quill came. [Fr Quill] said the boat was late.", "Donal Quill"),
        ("[Sr Bríd Quill] said the boat was late.", "Bríd Quill"),
        ("[Peter Quill Sr.] said the boat was late.", "Peter Quill Sr"),
        ("[Peter Quill, Sr.], said the boat was late.", "Peter Quill Sr"),
        # whoever bears the name of his father is another person
        ("Conor Quill built boats. [Conor Quill Jr.] said the boat was late.", "Conor Quill Jr"),
        ("Conor Quill Jr. built boats. [Conor Quill] said the boat was late.", "Conor Quill"),
        ("Conor Quill III built boats. [Conor Quill, Jr.], said the boat was late.", "Conor Quill Jr"),
        ("Conor Quill Jr. built boats. Conor Quill came. [Quill Jr.] said the boat was late.", "Conor Quill Jr"),
        ("Conor Quill Jr. built boats. [Quill Jr.] said the boat was late.", "Conor Quill Jr"),
        ("Conor Quill Jr. built boats. [Quill] said the boat was late.", "Conor Quill Jr"),
        ("Conor Quill came. Conor Quill Jr. built boats. Quill Jr. slept. [Quill] said the boat was late.", "Conor Quill"),
        ("“I like Peter Stone Jr.,” said Mara Quill. [Stone] said the boat was late.", "Stone"),
        ("Olivia Senior came. Mark Senior left. [Olivia Senior] said the boat was late.", "Olivia Senior"),
        # the form given most often; initials and middle names are no other person
        ("Mara J. Quill came. Mara Quill left. Mara Quill slept. [Ms. Quill] said the boat was late.", "Mara Quill"),
        ("Enrique Vega Soto came to the quay. [Enrique Vega] said the boat was late.", "Enrique Vega Soto"),
        ("Ann Reed Bell came to the quay. [Reed Bell] said the boat was late.", "Ann Reed Bell"),
        ("Ann Bell came. [Ann] said the boat was late.", "Ann Bell"),
        ("Aldith Brandt came to the quay. [Aldith] said the boat was late.", "Aldith Brandt"),
        ("Aldith Brandt came. Aldith's sister left. [Aldith] said the boat was late.", "Aldith Brandt"),
        ("Aldith Brandt met Peter Aldith. [Aldith] said the boat was late.", "Peter Aldith"),
        # only somebody's words give the full name
        ("“I like Peter Stone,” said Mara Quill. [Stone] said the boat was late.", "Peter Stone"),
        # names that are other words too
        ("Whitney Hull lives in Houston. Peter Houston owns a boat. [Houston] said it was late.", "Peter Houston"),
        ("Peter King owns a boat. [Mr. King] said it was late.", "Peter King"),
        ("David French owns a boat. [French] said it was late.", "David French"),
        # a courtesy title tells more than a given name that men and women have
        ("Lee Brandt owns a boat. [Ms. Brandt] said it was late.", "Lee Brandt"),
        # only somebody's words name who is quoted
        ("“It was late, said [Ann Holt, a captain,] and cold.”", "Ann Holt"),
        # a source that ends before its noun
        ("Ann Bell came to the quay. [An always cheerful] Bell said the boat was late.", "Ann Bell"),
        # a tower, a prize, a label
        ("Stone opened Stone Tower. [Stone] said the boat was late.", "Stone"),
        ("Amy Holt got the Amber Heart for her service. [She] said the boat was late.", "Amy Holt"),
        ("ABSTRACT.\n\nSailors met. [They] said the boat was late.", "Sailors"),
        ("The quay was full when Woods came. It was late, Woods said. [She] waited.", "Woods"),
        # a role, a comma, a name
        ("[The assailant, Peter Stone], said the boat was late.", "Peter Stone"),
        ("[His sister, the captain Amy Holt], said the boat was late.", "Amy Holt"),
        ("[Her son, the actor Peter Holt], said the boat was late.", "Peter Holt"),
        ("[The mayor of Drumlin, Ill., Amy Holt], said the boat was late.", "Amy Holt"),
        # the state or province in which a town lies
        ("[The mayor of Drumlin, Ill.,] said the boat was late.", "the mayor of Drumlin"),
        ("[The sheriff of Quarry Bay, Pa.,] said the boat was late.", "the sheriff of Quarry Bay"),
        ("[The mayor of Quarry Lake, Ont.,] said the boat was late.", "the mayor of Quarry Lake"),
        ("[The mayor of Quarry Bay, W.A.,] said the boat was late.", "the mayor of Quarry Bay"),
    ],
)
def test_a_name_is_shown_in_full_and_without_what_stands_before_it(text: str, speaker: str) -> None:
    assert last(text) == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Calder Post broke the news. [The Post] said the boat was late.", "Calder Post"),
        ("The Harbour Safety Board met. [HSB] said the boat was late.", "Harbour Safety Board"),
        ("Quarry University polled sailors. [Quarry] said most were late.", "Quarry University"),
        ("[The Centre for Safe Harbours] said the boat was late.", "Centre for Safe Harbours"),
        ("[The Calder People’s Party] said the boat was late.", "Calder People’s Party"),
        ("[The People’s Bugle] said the boat was late.", "People’s Bugle"),
        ("The judge cited Harbour Stores v. Holt, [which] said the boat was late.", "Harbour Stores v. Holt"),
        ("[The U.S. Court of Harbours for the North] said the boat was late.", "U.S. Court of Harbours"),
        ("The Harbour Times has the news. [The paper] said the boat was late.", "Harbour Times"),
        ("[American officials] said the boat was late.", "American officials"),
        ("Georgia Republicans met. [Republicans] said the boat was late.", "Republicans"),
    ],
)
def test_an_organisation_may_be_given_in_short(text: str, speaker: str) -> None:
    assert last(text) == speaker


@pytest.mark.parametrize(
    "text",
    [
        "[Quill and Brandt] said the boat was late. Mara Quill and Oliver Brandt own it.",
        "Mara Quill and Oliver Brandt own a boat. [Both Quill and Brandt] said it was late.",
        "[Professors Quill and Brandt] said the boat was late. Mara Quill and Oliver Brandt own it.",
        "[The two leading Republicans, Mara Quill and Mayor Oliver Brandt], said the boat was late.",
        "Mara Quill and Oliver Brandt own a boat. [The two] said it was late.",
        "Mara Quill and Oliver Brandt own a boat. [The two sailors] said it was late.",
        "Mara Quill owns a boat, and Oliver Brandt sails it. [Both sailors] said it was late.",
        "Mara Quill and Oliver Brandt own a boat. [Neither Quill nor Brandt] said it was late.",
        "Mara Quill and Oliver Brandt own a boat. [The two sailors, Ms. Quill and Mr. Brandt], said it was late.",
    ],
)
def test_two_who_speak_together_are_shown_by_their_full_names(text: str) -> None:
    assert "Mara Quill and Oliver Brandt" in who(text)


def test_whom_somebody_tells_is_not_thereby_shown_to_be_a_person() -> None:
    assert last("Oliver Brandt told Harbour Nation it was cold. [The candidate] said the boat was late.") == "Oliver Brandt"


def test_a_list_that_ends_in_others_is_a_group() -> None:
    assert last("[Mara Quill, Oliver Brandt and other sailors] said the boat was late.") == "Mara Quill, Oliver Brandt and other sailors"


def test_she_and_somebody_are_both() -> None:
    assert last("Mara Quill came to the quay. [She and Oliver Brandt] said the boat was late.") == "Mara Quill and Oliver Brandt"


def test_of_two_with_one_surname_the_one_just_named_is_meant_and_less_sure() -> None:
    two = "Mara Quill and her brother Oliver Quill own boats.\n\n" + "The harbour was full of boats. " * 30
    assert last(two + "Oliver Quill came to the quay. [Quill] said it was late.") == "Oliver Quill"
    assert last(two + "[Quill] said it was late.") == "Mara Quill"
    assert certainty(two + "[Quill] said it was late.") < certainty("Mara Quill came. [Quill] said it was late.")


@pytest.mark.parametrize("town", ["Chennai", "Drumlinpur"])
def test_the_town_that_a_report_comes_from_says_nothing(town: str) -> None:
    report = f"{town}: The harbour board will buy five new boats, Chief Minister B. Ramanathan said here on Monday."
    assert speakers(report) == ["B. Ramanathan"]


@pytest.mark.parametrize("nobody", ["one", "One", "Q", "Q:", "A", "A."])
def test_a_number_or_the_letter_of_an_interview_is_nobodys_name(nobody: str) -> None:
    assert last(f"Mara Quill met two sailors. It was late, said [{nobody}]") is None


def test_who_stands_before_a_colon_and_speaks_is_no_town() -> None:
    assert speakers("Mara Quill: “The boat was late.”") == ["Mara Quill"]


def test_a_place_is_an_organisation_and_no_person() -> None:
    found = resolved("Mara Quill went to New Hampshire. [New Hampshire] wants a bridge. [She] said the boat was late.")
    assert [speaker.kind for speaker in found.speakers] == [SpeakerKind.ORGANISATION, SpeakerKind.PERSON]

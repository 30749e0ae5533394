import pytest

from bot.asking.roles import by_surname, called_so, holding, is_described, without_title, wordings
from storage.records import SpeakerKind
from tests.stored_quotes import stored_speaker


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("Senator Moor", "Moor"),
        ("mayor de Vries", "de Vries"),
        ("prime minister Ann Bell", "Ann Bell"),
        ("Ann Bell", ""),
        ("Dean Moor", ""),
        ("the mayor", ""),
        ("senator", ""),
    ],
)
def test_titles_before_a_name_are_no_part_of_it(name: str, rest: str) -> None:
    assert " ".join(without_title(name.split())) == rest


def test_a_surname_is_the_end_of_a_name() -> None:
    found = [stored_speaker("Ann Moor"), stored_speaker("Moor Bell"), stored_speaker("Piet de Vries"), stored_speaker("Moor Council")]
    assert [one.name for one in by_surname(["moor"], found)] == ["Ann Moor"]
    assert [one.name for one in by_surname(["de", "Vries"], found)] == ["Piet de Vries"]


@pytest.mark.parametrize(
    ("role", "described"),
    [
        ("mayor of Northam", "Northam mayor"),
        ("mayor of Northam", "the mayor of Northam town"),
        ("Tide director", "director of the Tide"),
        ("Tide ceo", "chief executive of Tide"),
        ("Tide chief executive", "Tide CEO"),
        ("Tide boss", "the chief executive of Tide"),
        ("PM", "prime minister"),
        ("senator", "Sen"),
        ("Sen", "senator from Northam"),
        ("governor", "Gov"),
        ("attorney general", "Atty Gen"),
        ("professor", "Prof"),
        ("Tide chief", "head of the Tide"),
        ("Tide leader", "chairwoman of the Tide"),
        ("former mayor", "a former mayor"),
        ("mayor's spokesman", "the mayor’s spokesman"),
    ],
)
def test_who_is_described_so_holds_the_role_however_it_is_worded(role: str, described: str) -> None:
    one = stored_speaker("Ann Bell", descriptions=(described,))
    assert any(holding(words, [one]) for same in wordings(role.split()) for words in same)


@pytest.mark.parametrize(
    ("role", "described"),
    [
        ("mayor", "former mayor"),
        ("mayor", "mayor's spokesman"),
        ("mayor", "deputy mayor of Northam"),
        ("mayor", "spokesman for the mayor"),
        ("president", "vice president"),
        ("ferry union", "convener of the ferry union"),
    ],
)
def test_who_is_near_a_role_does_not_hold_it(role: str, described: str) -> None:
    one = stored_speaker("Ann Bell", descriptions=(described,))
    assert not any(holding(words, [one]) for same in wordings(role.split()) for words in same)


def test_who_is_called_that_and_nothing_more_goes_before_others() -> None:
    northam, other = stored_speaker("Ann Bell", descriptions=("mayor",)), stored_speaker("Tom Cook", descriptions=("Selwick mayor",))
    assert holding(("mayor",), [other, northam]) == [northam]
    assert holding(("selwick", "mayor"), [other, northam]) == [other]


def test_what_is_no_person_is_called_by_a_description_or_a_part_of_its_name() -> None:
    company = stored_speaker("Selwick Ferry Company", kind=SpeakerKind.ORGANISATION)
    campaign = stored_speaker("Ann Bell’s campaign", kind=SpeakerKind.ORGANISATION, descriptions=("the Bell campaign",))
    assert called_so(("bell", "campaign"), [company, campaign]) == [campaign]
    assert called_so(("selwick",), [company, campaign]) == [company]
    assert called_so(("ferry", "company"), [stored_speaker("Ferry Company")]) == []


def test_a_title_is_known_by_any_description() -> None:
    one = stored_speaker("Ann Bell", descriptions=("junior senator for Northam",))
    assert is_described(["Sen."], one)
    assert not is_described(["Mayor"], one)

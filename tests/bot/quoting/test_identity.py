"""When two articles speak of one person, and when of two of one name."""

import pytest

from bot.quoting.identity import are_two, speaker_key
from storage.records import SpeakerKind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["the nurse"], ["footballer"]),
        (["a teacher at the school in Ely"], ["the former striker"]),
        (["Prime Minister"], ["a nurse on the ward"]),
        (["the mayor of Ely"], ["mayor of York"]),
    ],
)
def test_work_that_excludes_the_other_is_that_of_two_people(one: list[str], other: list[str]) -> None:
    assert are_two(one, other)
    assert are_two(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([], ["footballer"]),
        (["the senator from the north"], ["the Republican nominee", "businessman"]),
        (["a lawyer"], ["governor"]),
        (["the mayor of Ely"], ["mayor of Ely and a sailor"]),
        (["the mayor of New York"], ["the mayor of New York City"]),
        (["the nurse", "a mother of two"], ["a mother of two", "footballer"]),
        (["the chair of the harbour board"], ["footballer"]),
        # words that are used of any work
        (["chief executive officer of a bank"], ["the Republican candidate"]),
        (["a former police officer"], ["director of the agency"]),
        (["a school superintendent"], ["a teacher"]),
        (["a key player in the talks"], ["the senator"]),
        (["a student leader"], ["a councillor"]),
    ],
)
def test_people_of_one_name_are_one_where_nothing_speaks_against_it(one: list[str], other: list[str]) -> None:
    assert not are_two(one, other)
    assert not are_two(other, one)


def test_a_bare_surname_is_no_key() -> None:
    assert speaker_key(("Quill",), SpeakerKind.PERSON, "Quill") is None
    assert speaker_key(("Mara", "J", "Quill"), SpeakerKind.PERSON, "Mara J. Quill") == "mara quill"


@pytest.mark.parametrize("suffix", ["Jr", "Jr.", "Junior"])
def test_a_son_who_bears_his_fathers_name_has_a_key_of_his_own(suffix: str) -> None:
    words = ("Conor", "J.", "Quill", suffix)
    assert speaker_key(words, SpeakerKind.PERSON, " ".join(words)) == "conor quill jr"


@pytest.mark.parametrize("words", [("Quill", "Jr."), ("Quill", "III")])
def test_a_bare_surname_with_jr_is_no_key(words: tuple[str, ...]) -> None:
    assert speaker_key(words, SpeakerKind.PERSON, " ".join(words)) is None


def test_what_is_a_surname_too_tells_no_generation() -> None:
    assert speaker_key(("Ann", "Senior"), SpeakerKind.PERSON, "Ann Senior") == "ann senior"

import pytest

from bot.asking.nearest import nearest_names
from bot.asking.speakers import by_name, called
from storage.records import SpeakerKind
from tests.stored_quotes import stored_speaker

COMIC = stored_speaker("Ó Briain")
AGENT = stored_speaker("a spokesman", kind=SpeakerKind.UNNAMED, descriptions=("a spokesman for Ó Briain",))
UNION = stored_speaker("the Ferry Union", kind=SpeakerKind.ORGANISATION)


@pytest.mark.parametrize("name", ["Ó Briain", "O Briain", "o briáin"])
def test_a_name_is_the_same_with_and_without_accents(name: str) -> None:
    assert called(name.split(), [AGENT, COMIC]) == [COMIC]
    assert by_name(name.split(), [AGENT, COMIC]) == [COMIC]


def test_a_description_means_somebody_only_where_nobody_has_the_name() -> None:
    assert called(["spokesman"], [AGENT]) == [AGENT]
    assert by_name(["spokesman"], [COMIC]) == []


def test_an_organisation_goes_by_its_whole_name_only() -> None:
    assert by_name(["ferry"], [UNION]) == []
    assert by_name(["Ferry", "Union"], [UNION]) == [UNION]


def test_the_nearest_name_is_found_without_its_accents() -> None:
    assert nearest_names("Dara O Brian", ["Ann Bell", "Dara Ó Briain"]) == ["Dara Ó Briain"]

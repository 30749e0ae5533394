import pytest

from bot.describing import described, description
from storage.records import SpeakerKind, StoredSpeaker


def speaker(name: str, *descriptions: str) -> StoredSpeaker:
    return StoredSpeaker(
        id=1,
        name=name,
        kind=SpeakerKind.PERSON,
        key=None,
        article_id=None,
        merged_into=None,
        names=(name,),
        descriptions=descriptions,
        quotes=1,
        attitudes=0,
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (speaker("a letter", "letter", "the letter"), ""),
        (speaker("Letter", "a letter", "a long letter"), "a long letter"),
        (speaker("Ann Bell", "the rower", "a swimmer"), "the rower"),
        (speaker("Mayor Ann Bell", "the mayor"), ""),
        (speaker("Dara Briáin", "Briain"), ""),
        (speaker("Ann Bell"), ""),
    ],
)
def test_a_description_counts_that_says_more_than_the_name(given: StoredSpeaker, told: str) -> None:
    assert description(given) == told
    assert described(given) == (f"{given.name} ({told})" if told else given.name)

from datetime import timedelta
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.likeness import MOST_COMPARED, ONE_STORY
from bot.digests.stories import stories
from storage.records import SpeakerKind, StoredQuote
from tests.stored_quotes import PUBLISHED, stored_quote

COUNCIL = "The council voted against raising harbour charges because fishermen threatened to leave for Brackhaven."
FISHERMEN = "Raising those harbour charges would drive every fishermen we have towards Brackhaven, the council voted knowing that."
WEATHER = "Nobody remembers colder mornings; sheep froze standing beside their own water troughs."


def groups(*quotes: StoredQuote) -> set[frozenset[int]]:
    """The articles that are one story."""
    return {frozenset(story.articles) for story in stories(quotes)}


def of(article: int, words: str, headline: str | None = None, **given: Any) -> StoredQuote:  # noqa: ANN401 - any field of the record
    return stored_quote(words, article_id=article, speaker_id=article, headline=headline, **given)


def test_articles_without_headlines_in_which_the_same_is_said_are_one_story() -> None:
    assert groups(of(1, COUNCIL), of(2, FISHERMEN), of(3, WEATHER)) == {frozenset({1, 2}), frozenset({3})}


def test_what_all_of_a_few_articles_say_joins_them_as_it_would_among_many() -> None:
    shared = "council fishermen harbour charges Brackhaven"
    one, other = [f"{shared} {' '.join(f'word{number}{side}' for number in range(18))}" for side in ("left", "right")]
    many = [of(number, f"Something unlike{number} it happened{number} elsewhere{number}.") for number in range(10, 50)]
    assert groups(of(1, one), of(2, other)) == {frozenset({1, 2})}
    assert frozenset({1, 2}) in groups(of(1, one), of(2, other), *many)


def test_what_was_said_in_another_month_is_another_story() -> None:
    before = PUBLISHED - ONE_STORY - timedelta(days=1)
    assert groups(of(1, COUNCIL), of(2, FISHERMEN, published=before)) == {frozenset({1}), frozenset({2})}


def test_a_word_in_common_in_headlines_is_no_more_than_a_subject() -> None:
    assert groups(of(1, "One.", "Ferries"), of(2, "Two.", "Ferries sail to Brackhaven")) == {frozenset({1}), frozenset({2})}
    assert groups(of(1, "One.", "Ferries"), of(2, "Two.", "The ferries")) == {frozenset({1, 2})}


def test_whoever_speaks_everywhere_and_sources_without_a_name_make_no_story() -> None:
    def both(article: int, kind: SpeakerKind) -> list[StoredQuote]:
        return [
            stored_quote(f"W{article}{who}", article_id=article, speaker_id=who, headline=f"Harbour {article}", speaker_kind=kind)
            for who in (1, 2)
        ]

    assert len(groups(*both(1, SpeakerKind.PERSON), *both(2, SpeakerKind.PERSON))) == 1
    assert len(groups(*both(1, SpeakerKind.UNNAMED), *both(2, SpeakerKind.UNNAMED))) == 2
    many = [quote for article in range(MOST_COMPARED + 1) for quote in both(article, SpeakerKind.PERSON)]
    assert len(groups(*many)) == MOST_COMPARED + 1


def test_a_busy_day_of_one_headline_is_one_story_without_comparing_all_with_all() -> None:
    assert len(groups(*(of(number, f"W{number}.", "Cracks close Aldermoor Bridge") for number in range(500)))) == 1


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from([COUNCIL, FISHERMEN, WEATHER, "", "🙂", "A."])), max_size=12))
def test_each_article_is_in_one_story_with_all_its_quotes(said: list[tuple[int, str]]) -> None:
    quotes = [of(article, words) for article, words in said]
    found = stories(quotes)
    assert all(not {*one.articles} & {*other.articles} for one, other in combinations(found, 2))
    assert sorted(quote.id for story in found for quote in story.quotes) == [quote.id for quote in quotes]

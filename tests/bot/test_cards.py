import pytest

from bot.cards import card, cards, counted, listed
from bot.replies import QuoteKind, Sureness
from bot.sureness import sureness
from bot.wordings import wording
from tests.stored_quotes import stored_quote


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["“It wasn’t me,”", "“honestly.”"], ["It wasn't me; honestly"]),
        (["A well-known  “fact”"], ["a well known fact."]),
        (["Then it rang.\n\n“I went."], ["Then it rang. I went."]),
        (["ﬁne words"], ["Fine words!"]),
    ],
)
def test_marks_case_and_line_breaks_make_no_other_wording(one: list[str], other: list[str]) -> None:
    assert wording(one) == wording(other)


@pytest.mark.parametrize(("one", "other"), [("I did not interfere", "I did interfere"), ("in the award", "with the award"), ("10", "1 0")])
def test_other_words_are_another_wording(one: str, other: str) -> None:
    assert wording([one]) != wording([other])


def test_wire_copies_are_one_card_that_names_the_other_places() -> None:
    beacon = stored_quote("I acted in good faith,", outlet="The Evening Beacon")
    courier = stored_quote("“I acted in good faith”", outlet="Island Courier")
    (shown,) = cards([beacon, courier])
    assert shown.words == ("I acted in good faith,",)
    assert shown.place.outlet == "The Evening Beacon"
    assert [place.outlet for place in shown.also] == ["Island Courier"]
    assert shown.also[0].link == f"{courier.url}#:~:text=%E2%80%9CI%20acted%20in%20good%20faith%E2%80%9D"


def test_the_same_words_twice_in_one_article_are_not_another_place() -> None:
    first = stored_quote("Never.", article_id=7)
    again = stored_quote("Never.", article_id=7)
    assert card(first, [again]).also == ()


def test_a_card_says_that_a_person_set_the_speaker() -> None:
    assert card(stored_quote("Never.", corrected=True)).corrected


@pytest.mark.parametrize(
    ("confidence", "word"),
    [
        (1, Sureness.SURE),
        (0.92, Sureness.SURE),
        (0.89, Sureness.LIKELY),
        (0.5, Sureness.LIKELY),
        (0.49, Sureness.UNSURE),
        (0, Sureness.UNSURE),
    ],
)
def test_confidence_becomes_a_word_at_its_thresholds(confidence: float, word: Sureness) -> None:
    assert sureness(confidence) is word


def test_numbers_and_lists_read_as_prose() -> None:
    assert [counted(0, "quote"), counted(1, "quote"), counted(1204, "quote")] == ["0 quotes", "1 quote", "1,204 quotes"]
    assert [listed([]), listed(["A"]), listed(["A", "B"]), listed(["A", "B", "C"])] == ["", "A", "A and B", "A, B and C"]


def test_a_card_carries_the_cue_so_that_a_denial_is_not_read_as_a_claim() -> None:
    assert card(stored_quote("he had been told", kind=QuoteKind.INDIRECT, cue_words="denied")).cue == "denied"


def test_the_same_words_of_two_people_are_two_cards() -> None:
    marsh, redfern = stored_quote("No comment"), stored_quote("No comment", speaker_id=2, speaker_name="Tomas Redfern")
    assert [(one.speaker, one.also) for one in cards([marsh, redfern])] == [("Helena Marsh", ()), ("Tomas Redfern", ())]


def test_the_same_words_are_one_card_however_it_is_told_that_they_were_said() -> None:
    told = (
        stored_quote("The ferry is late.", outlet="The Mill"),
        stored_quote("the ferry is  late", kind=QuoteKind.INDIRECT, cue_words="according to", outlet="The Tide"),
        stored_quote("“The ferry is late”", kind=QuoteKind.MIXED, cue_words="tweeted this:", outlet="The Oar"),
    )
    (only,) = cards(told)
    assert [place.outlet for place in only.also] == ["The Tide", "The Oar"]


def test_what_one_outlet_has_denied_is_no_copy_of_what_another_has_said() -> None:
    denied = stored_quote("he had been told", kind=QuoteKind.INDIRECT, cue_words="denied")
    said = stored_quote("he had been told", kind=QuoteKind.INDIRECT, cue_words="said")
    assert [one.cue for one in cards([denied, said])] == ["denied", "said"]

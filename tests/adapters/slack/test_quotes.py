from dataclasses import replace
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings

from adapters.plain import safe_text
from adapters.slack.quotes import LONGEST_PASSAGE, passage, words_block
from bot.replies import Passage, Place, QuoteKind, Sureness
from tests.adapters.hostile import PASSAGES
from tests.adapters.slack.seen import bold, lines, links, pings, quotations
from tests.fakes.newsroom import PLACE, PUBLISHED, card
from tests.fakes.slack_blocks import check_blocks, too_long

ZONE = ZoneInfo("Europe/London")
TEXT = "“We will not wait,” Ada Moor said. “Nobody should.”"


def _span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


FOUND = Passage(card(), TEXT, (_span("We will not wait,"), _span("Nobody should.")), begins=False, ends=False)


def test_a_passage_shows_the_words_of_the_quote_bold_in_what_stands_around_them() -> None:
    shown = passage(FOUND, zone=ZONE)
    assert lines(shown) == ["Ada Moor", f"> … {TEXT} …", "Harbour Post · 14 October 2024 · Ferry late · article 1"]
    assert bold(shown) == ["Ada Moor", "We will not wait,", "Nobody should."]
    assert links(shown) == {"Ferry late": PLACE.link}


def test_a_passage_has_dots_only_where_the_article_goes_on() -> None:
    assert quotations(passage(replace(FOUND, begins=True, ends=True), zone=ZONE)) == [TEXT]
    assert quotations(passage(replace(FOUND, begins=True), zone=ZONE)) == [f"{TEXT} …"]


def test_a_passage_names_every_other_place_with_its_link_and_its_articles_number() -> None:
    copy = Place(2, "Island Courier", None, PUBLISHED, "https://island.example.org/wait")
    shown = passage(replace(FOUND, card=replace(card(), also=(copy, Place(3, None, "Wait", None, None)))), zone=ZONE)
    assert lines(shown)[-3:] == ["Also in", "Island Courier · 14 October 2024 · article 2", "article 3 · Wait"]
    assert links(shown)["Island Courier"] == "https://island.example.org/wait"


def test_a_passage_says_how_many_places_are_not_named() -> None:
    also = tuple(Place(number, "Island Courier", "Wait " * 50, PUBLISHED, None) for number in range(30))
    assert lines(passage(replace(FOUND, card=replace(card(), also=also)), zone=ZONE))[-1] == "and 25 more"


def test_a_doubt_is_repeated_at_the_passage() -> None:
    shown = passage(replace(FOUND, card=replace(card(), sureness=Sureness.LIKELY)), zone=ZONE)
    assert lines(shown)[-1] == "(Likely, but not certain: check it in the article.)"


def test_a_passage_that_is_too_long_is_shown_around_the_quote() -> None:
    text = "before " * 2000 + "the words" + " after" * 2000
    start = text.index("the words")
    shown = passage(Passage(card(), text, ((start, start + 9),), begins=True, ends=True), zone=ZONE)
    [words] = quotations(shown)
    assert words.startswith("… ")
    assert words.endswith(" …")
    assert len(words) <= LONGEST_PASSAGE + 4
    assert words[2:-2] in text
    assert bold(shown) == ["Ada Moor", "the words"]


def test_a_quote_that_is_too_long_for_a_passage_says_how_much_is_missing() -> None:
    shown = passage(Passage(card(), "a" * 5000, ((0, 5000),), begins=True, ends=True), zone=ZONE)
    assert lines(shown)[1].endswith(" … (1,000 more characters of the quote stand in the article)")


def test_the_words_of_a_quote_alone_have_nothing_to_press() -> None:
    assert lines([words_block(replace(card(("to wait",)), kind=QuoteKind.INDIRECT, cue="refused"))]) == ["Ada Moor · refused", "> to wait"]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(found=PASSAGES)
def test_whatever_an_article_holds_its_passages_are_shown_word_for_word(found: Passage) -> None:
    shown = passage(found, zone=ZONE)
    assert check_blocks(shown, "modal") == []
    assert not too_long(shown)
    assert pings(shown) == []
    [words] = quotations(shown)
    assert words.removeprefix("… ").removesuffix(" …") in safe_text(found.text) or words in f"… {safe_text(found.text)} …"

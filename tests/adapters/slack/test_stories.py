"""The quotes of a story in a post: together, in their exact words, each with its speaker, its doubts and its place."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from adapters.plain import safe_text
from adapters.slack.packing import Part
from adapters.slack.rendering import in_one_of_these
from adapters.slack.stories import LONGEST_WORDS, story_parts
from bot.replies import Place, QuoteKind, Reply, Reports, Section, Sureness
from tests.adapters.hostile import NASTY
from tests.adapters.slack.seen import bold, lines, links, pings, quotations
from tests.fakes.newsroom import PLACE, card
from tests.fakes.slack_blocks import check_blocks

ZONE = ZoneInfo("Europe/London")
LINK = "https://harbour.example.org/ferry#:~:text=We%20will%20not%20wait"
ELSEWHERE = Place(2, "Island Courier", "Boats late", datetime(2024, 10, 15, 8, tzinfo=UTC), "https://courier.example.org/boats")


def _blocks(section: Section) -> list[dict[str, object]]:
    found = [block for part in story_parts(section, zone=ZONE, ruled=False) for block in part.blocks]
    assert check_blocks(found) == []
    return found


def test_a_story_is_one_block_with_a_line_above_each_of_its_quotes() -> None:
    denied = replace(card(("he had been told",), "Tom Cook"), kind=QuoteKind.INDIRECT, cue="denied", sureness=Sureness.LIKELY, quote_id=8)
    shown = _blocks(Section("Ferry late", "Harbour Post, Island Courier", (card(), replace(denied, place=ELSEWHERE))))
    assert len(shown) == 1
    assert lines(shown) == [
        "Ferry late  Harbour Post, Island Courier",
        "Ada Moor · Harbour Post · 14 October 2024 · direct · #7",
        "> “We will not wait,” … “Nobody should.”",
        "Tom Cook · denied · Island Courier · 15 October 2024 · indirect · likely · #8",
        "> he had been told",
    ]
    assert bold(shown) == ["Ferry late", "Ada Moor", "Tom Cook"]
    assert links(shown) == {"Harbour Post": LINK, "Island Courier": ELSEWHERE.link}


def test_what_a_person_set_and_what_was_only_wanted_say_so() -> None:
    wanted = replace(card(), kind=QuoteKind.INDIRECT, reports=Reports.ATTITUDE, corrected=True)
    assert "· indirect · attitude · corrected · #7" in lines(_blocks(Section("Ferry late", quotes=(wanted,))))[1]


def test_copies_are_named_beside_the_place() -> None:
    copied = replace(card(), also=(ELSEWHERE,))
    assert lines(_blocks(Section("Ferry late", quotes=(copied,))))[1].endswith(" · #7 · also in Island Courier, 15 October 2024")


def test_an_article_of_which_little_is_known_is_named_by_its_number() -> None:
    bare = replace(card(speaker=None), place=Place(3, None, None, None, None))
    assert lines(_blocks(Section("Without a headline", quotes=(bare,))))[1] == "Speaker unknown · article 3 · direct · #7"


def test_long_words_are_cut_to_be_seen_inside_their_marks() -> None:
    assert quotations(_blocks(Section("Ferry late", quotes=(card(("a" * LONGEST_WORDS,)),)))) == [f"“{'a' * LONGEST_WORDS}”"]
    cut = lines(_blocks(Section("Ferry late", quotes=(card(("a" * (LONGEST_WORDS + 9),)),))))
    assert cut[2] == f"> “{'a' * LONGEST_WORDS} …” (9 more characters)"


def test_a_long_story_takes_several_blocks_under_one_heading() -> None:
    shown = _blocks(Section("Ferry late", quotes=(card(),) * 11))
    assert len(shown) == 3
    assert lines(shown).count("Ferry late") == 1
    assert len(quotations(shown)) == 11


def test_a_rule_parts_the_stories_of_a_post() -> None:
    reply = Reply("Digest.", (Section("Ferry late", quotes=(card(),)), Section("Boats late", quotes=(card(),))))
    shown = in_one_of_these((reply,), zone=ZONE, closing=Part(()))
    assert [block["type"] for block in shown.blocks] == ["header", "rich_text", "divider", "rich_text"]


@pytest.mark.parametrize("text", NASTY)
def test_what_an_article_holds_is_shown_as_it_stands_there(text: str) -> None:
    hostile = f"a{text}z"
    place = replace(PLACE, outlet=hostile, headline=hostile)
    shown = _blocks(Section(hostile, hostile, (replace(card((hostile,), hostile), cue=hostile, place=place, also=(place,)),)))
    assert quotations(shown) == [f"“{safe_text(hostile)}”"]
    assert pings(shown) == []

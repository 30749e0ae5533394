import colorsys
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import discord
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.discord.components import Button, Menu
from adapters.discord.embeds import COLOURS, LONGEST_LINK, LONGEST_PASSAGE, LONGEST_QUOTE, PICTURE_URL, words_quoted
from adapters.discord.packing import Message, Picture
from adapters.discord.rendering import PAGE, answer, digests, error, messages, passage, posted, sharer
from adapters.plain import chat_link, safe_line, safe_text
from adapters.wording import quotation_marks
from bot.callers import Channel
from bot.delivery.posting import Post
from bot.replies import Kept, Passage, Place, QuoteCard, QuoteKind, Reply, Reports, Section, SubscriptionKind, SubscriptionView, Sureness
from tests.adapters.discord.limits import problems
from tests.adapters.discord.markdown_model import Mark, Seen, seen, shown
from tests.adapters.hostile import NASTY, PASSAGES, REPLIES
from tests.fakes.newsroom import PLACE, TEXT, card, span

ZONE = ZoneInfo("Europe/London")
KEPT = Kept(answer_id=5, before=6, after=9, last=7, can_narrow=True, since=4)
LINK = "https://harbour.example.org/ferry#:~:text=We%20will%20not%20wait"
WORDS = "“We will not wait,” … “Nobody should.”"
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
RUNS = SubscriptionView(
    3,
    "about ferries",
    "daily at 08:00",
    "Europe/London",
    Channel("discord", "1", "2"),
    "9",
    following=(datetime(2024, 10, 26, 7, tzinfo=UTC),),
)


def _one(*quotes: QuoteCard, title: str = "Ada Moor", kept: Kept | None = None) -> Reply:
    shown = quotes or (card(),)
    kept = kept and replace(kept, order=tuple(one.quote_id for one in shown))
    return Reply("Quotes about the ferry.", (Section(title, "1 quote in 1 outlet", shown),), kept=kept)


def _rendered(reply: Reply, *, private: bool = False) -> Message:
    [message] = messages(reply, zone=ZONE, private=private)
    assert problems(message) == []
    assert answer(reply, zone=ZONE, private=private) == message
    return message


def _lines(embed: discord.Embed) -> list[str]:
    """What is seen of an embed, from above."""
    parts = [embed.author.name, shown(embed.title or ""), shown(embed.description or ""), embed.footer.text]
    return [line for part in parts if part for line in part.split("\n")]


def _quotations(found: Sequence[Message]) -> list[str]:
    return [words for message in found for embed in message.embeds for words in seen(embed.description or "").of("quote")]


def _contrast(colour: int, other: int) -> float:
    """How far two colours are apart in brightness, as WCAG 2 counts."""

    def brightness(rgb: discord.Colour) -> float:
        parts = (part / 255 for part in rgb.to_rgb())
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted(map(brightness, map(discord.Colour, (colour, other))))
    return (lighter + 0.05) / (darker + 0.05)


def _pressed(message: Message) -> dict[str, str]:
    return {component.label: component.custom_id for row in message.rows for component in row if isinstance(component, Button)}


def test_an_answer_says_what_was_understood_who_said_what_and_where_it_stands() -> None:
    message = _rendered(_one())
    assert message.content == "**Quotes about the ferry.**"
    [embed] = message.embeds
    assert _lines(embed) == [
        "Harbour Post",
        "Ada Moor",
        "1 quote in 1 outlet",
        WORDS,
        "14 October 2024 · Ferry late",
        "direct · #7",
    ]
    assert seen(embed.description or "").marks == (Mark("quote", WORDS), Mark("link", "Ferry late", LINK))
    assert embed.author.url == LINK


def test_an_outlet_has_a_colour_of_its_own_that_stays() -> None:
    colours = [_rendered(_one(replace(card(), place=replace(PLACE, outlet=name)))).embeds[0].colour for name in ("A", "a", "B", "C")]
    assert colours[0] == colours[1]
    assert len(set(colours)) == 3
    assert colours[0] == discord.Colour(0x3C7DFF)  # of the name alone: another process finds the same


def test_the_colours_of_outlets_are_told_from_each_other_and_seen_on_each_theme() -> None:
    hues = sorted(colorsys.rgb_to_hsv(*(part / 255 for part in discord.Colour(colour).to_rgb()))[0] * 360 for colour in COLOURS)
    assert min(after - before for before, after in pairwise([*hues, hues[0] + 360])) >= 20
    for theme in (0xFFFFFF, 0xF2F3F5, 0x393A41, 0x2B2D31):
        assert min(_contrast(colour, theme) for colour in COLOURS) >= 3  # what can be seen of a sign, says WCAG


def test_a_heading_that_is_not_the_speaker_stands_large_above_the_quote() -> None:
    heading, quote = _rendered(_one(title="# Ferries *stop*")).embeds
    assert _lines(heading) == ["# Ferries *stop*", "1 quote in 1 outlet"]
    assert seen(heading.description or "").marks == (Mark("heading", "# Ferries *stop*"),)
    assert _lines(quote)[1:3] == ["Ada Moor", WORDS]


def test_only_direct_words_get_quotation_marks_and_others_their_cue() -> None:
    denied = replace(card(("he had been told to “wait”",)), kind=QuoteKind.MIXED, cue="denied")
    [embed] = _rendered(_one(denied)).embeds
    assert embed.title == "Ada Moor · denied"
    assert seen(embed.description or "").of("quote") == ["he had been told to “wait”"]
    assert _rendered(_one(replace(card(), cue="said"))).embeds[0].title == "Ada Moor"


@pytest.mark.parametrize(
    ("quote", "footer"),
    [
        (replace(card(), kind=QuoteKind.INDIRECT, reports=Reports.ATTITUDE), "indirect · attitude · #7"),
        (replace(card(), sureness=Sureness.LIKELY), "direct · #7\nLikely, but not certain: check it in the article."),
        (replace(card(), sureness=Sureness.UNSURE), "direct · #7\nUnsure: read it in the article before you use it."),
        (replace(card(), sureness=Sureness.UNSURE, corrected=True), "direct · #7\nCorrected: a person set the speaker."),
        (
            replace(card(), also=(Place(2, "Island *Courier*", "Wait", None, None), Place(3, None, None, None, None))),
            "direct · #7\nalso in Island *Courier*; article 3",
        ),
    ],
)
def test_the_footer_says_what_sort_of_quote_it_is_and_who_else_carries_it(quote: QuoteCard, footer: str) -> None:
    assert _rendered(_one(quote)).embeds[0].footer.text == footer


def test_what_is_not_known_is_not_made_up() -> None:
    unknown = replace(card(speaker=None), place=Place(3, None, None, None, "https://example.org/a"))
    [embed] = _rendered(_one(unknown, title="Speaker unknown")).embeds
    assert _lines(embed) == ["article 3", "Speaker unknown", "1 quote in 1 outlet", WORDS, "Read it there", "direct · #7"]


@pytest.mark.parametrize("headline", ["[Live] Ferry late", "Ferry late] (again)", "See https://example.org"])
def test_a_headline_that_cannot_be_a_link_has_one_behind_it(headline: str) -> None:
    [embed] = _rendered(_one(replace(card(), place=replace(PLACE, headline=headline)))).embeds
    assert f"14 October 2024 · {headline} · Read it there" in _lines(embed)
    assert [mark.target for mark in seen(embed.description or "").marks if mark.kind == "link"] == [LINK]


@pytest.mark.parametrize("address", [None, "javascript:alert(1)", "file:///etc/passwd", "https://example.org/" + "a" * 3000])
def test_an_article_without_an_address_that_can_be_shown_is_named_without_a_link(address: str | None) -> None:
    [embed] = _rendered(_one(replace(card(), place=replace(PLACE, link=address)))).embeds
    assert seen(embed.description or "").of("link") == []
    assert embed.author.url is None
    assert "14 October 2024 · Ferry late" in _lines(embed)


def test_an_address_at_its_limit_leads_to_the_words_and_one_over_to_the_article() -> None:
    page = "https://example.org/ferry"
    fits = f"{page}#:~:text=".ljust(LONGEST_LINK, "a")
    for address, leads in ((fits, fits), (f"{fits}a", page)):
        [embed] = _rendered(_one(replace(card(), place=replace(PLACE, link=address)))).embeds
        assert embed.author.url == leads
        assert seen(embed.description or "").marks[1].target == leads


def test_a_kept_answer_has_buttons_that_know_their_page() -> None:
    message = _rendered(_one(kept=KEPT), private=True)
    assert message.content == "**Quotes about the ferry.**\n-# Quotes 7 to 7 of 16"
    assert _pressed(message) == {
        "Show context": "context:7:5:4",
        "Wrong speaker?": "speaker:7:5:4",
        "More (9)": "more:5:7",
        "Only direct": "direct:5:4",
        "Export CSV": "export:5:4",
        "Export JSON": "export-json:5:4",
        "Share in channel": "share:5:4",
    }


def test_where_it_is_not_known_how_many_quotes_there_are_no_number_is_said() -> None:
    message = _rendered(_one(kept=replace(KEPT, after=0, more=True)))
    assert message.content == "**Quotes about the ferry.**\n-# Quotes 7 to 7"
    assert _pressed(message)["More"] == "more:5:7"


def test_what_can_be_pressed_stands_in_rows_of_five() -> None:
    message = _rendered(replace(_one(kept=KEPT), undo=3), private=True)
    assert [len(row) for row in message.rows] == [2, 5, 1]


def test_an_answer_without_quotes_has_nothing_to_press() -> None:
    whole = Kept(answer_id=5, before=0, after=0, last=7, can_narrow=False)
    message = _rendered(Reply("Quotes about fery.", notes=("Nothing was found.",), kept=whole), private=True)
    assert message == Message("Quotes about fery.\nNothing was found.")


def test_a_private_answer_that_is_not_kept_knows_what_to_ask_to_share_it() -> None:
    assert _pressed(_rendered(Reply("Status.", again=" status\n"), private=True)) == {"Share in channel": "share-asked:status"}
    assert _pressed(_rendered(Reply("Status.", again="status"))) == {}


@pytest.mark.parametrize(("length", "shared"), [(88, True), (89, False)])
def test_a_request_that_no_button_holds_is_not_asked_again(length: int, shared: bool) -> None:
    assert bool(_pressed(_rendered(Reply("People.", again="a" * length), private=True))) is shared


def test_a_shared_answer_names_who_shared_it_and_cannot_be_shared_again() -> None:
    message = answer(_one(kept=KEPT), zone=ZONE, private=False, shared_by="-# Shared by *Ben*\n-# Shared by Eve")
    assert "Share in channel" not in _pressed(message)
    assert sharer(message.content) == "-# Shared by *Ben* -# Shared by Eve"
    assert sharer(_rendered(replace(_one(), understood="-# Shared by Ben")).content) == ""
    assert sharer(_rendered(Reply("-# Shared by Ben")).content) == ""


def test_a_correction_can_be_undone() -> None:
    message = _rendered(Reply("Quote 7 is now by Ada Moor.", undo=4))
    assert message.content == "Quote 7 is now by Ada Moor."
    assert _pressed(message) == {"Undo": "undo:4"}


def test_lists_are_bullets_under_their_heading() -> None:
    reply = Reply("What is stored.", (Section("Store", lines=("2 articles of 1 outlet", "9 quotes")), Section("Ada Moor", "#3, person")))
    message = _rendered(reply)
    assert message.content == "**What is stored.**"
    assert [_lines(embed) for embed in message.embeds] == [["Store", "• 2 articles of 1 outlet", "• 9 quotes", "Ada Moor  #3, person"]]


def test_nothing_found_comes_with_requests_to_press() -> None:
    long = "who said what about " + "ferries " * 20
    message = _rendered(
        Reply("Quotes about fery.", notes=("Nothing was found.",), suggestions=("who said what about ferries", long, "status"))
    )
    assert message.content == f"Quotes about fery.\nNothing was found.\n• {long.strip()}\nTry:"
    assert _pressed(message) == {"who said what about ferries": "ask:0:who said what about ferries", "status": "ask:2:status"}


def test_a_digest_has_its_times_and_buttons() -> None:
    rests = replace(RUNS, number=4, paused="the channel is gone", following=(), channel=Channel("discord", "@me", "5"))
    message = _rendered(Reply("Digests in this channel.", subscriptions=(RUNS, rests)))
    assert [(embed.title, embed.description) for embed in message.embeds] == [
        (
            "Digest 3: about ferries",
            "daily at 08\\:00, Europe/London · next: Saturday 26 October 2024, 08\\:00 · <#2>",
        ),
        ("Digest 4: about ferries", "daily at 08\\:00, Europe/London · paused: the channel is gone · direct message"),
    ]
    assert [[component.custom_id for component in row] for row in message.rows] == [
        ["digest:change:3:0", "digest:pause:3:0", "digest:preview:3:0", "digest:send:3:0", "digest:delete:3:0"],
        ["digest:change:4:1", "digest:resume:4:1", "digest:preview:4:1", "digest:send:4:1", "digest:delete:4:1"],
    ]


def test_of_several_digests_each_button_says_which_one_it_is_about() -> None:
    several = _rendered(Reply("Digests here.", subscriptions=(RUNS, replace(RUNS, number=4, paused=""))))
    assert list(_pressed(several)) == [
        *("Change 3", "Pause 3", "Preview 3", "Send now 3", "Delete 3"),
        *("Change 4", "Resume 4", "Preview 4", "Send now 4", "Delete 4"),
    ]


@pytest.mark.parametrize(
    ("state", "labels"),
    [
        ({}, ["Change", "Pause", "Preview", "Send now", "Delete", "Mute for a day", "What was sent"]),
        ({"paused": "by Ada Moor"}, ["Change", "Resume", "Preview", "Send now", "Delete", "What was sent"]),
        ({"muted_until": datetime(2024, 10, 27, 9, tzinfo=UTC)}, ["Change", "Go on", "Preview", "Send now", "Delete", "What was sent"]),
    ],
)
def test_what_stands_alone_has_all_buttons_that_do_something(state: dict[str, Any], labels: list[str]) -> None:
    assert list(_pressed(_rendered(Reply("Set up.", subscriptions=(replace(RUNS, **state),))))) == labels


def test_who_may_not_change_a_digest_finds_no_buttons_for_that_but_where_others_see_it_too() -> None:
    kept_from = Reply("Digests here.", subscriptions=(replace(RUNS, changeable=False),))
    for rendered in (answer, digests):
        assert list(_pressed(rendered(kept_from, zone=ZONE, private=True))) == ["Preview", "What was sent"]
        assert {"Change", "Delete", "Mute for a day"} <= set(_pressed(rendered(kept_from, zone=ZONE, private=False)))


def test_an_alert_says_how_it_is_and_until_when_it_is_muted() -> None:
    muted = replace(
        RUNS, kind=SubscriptionKind.ALERT, schedule="", wishes="at most 5 a day", muted_until=datetime(2024, 10, 27, 9, tzinfo=UTC)
    )
    [embed] = _rendered(Reply("Muted.", subscriptions=(replace(muted, following=()),))).embeds
    assert embed.title == "Alert 3: about ferries"
    assert shown(embed.description or "") == ("Europe/London · at most 5 a day · muted until Sunday 27 October 2024, 09:00 · <#2>")


def test_a_digest_is_deleted_only_after_a_question() -> None:
    message = digests(Reply("Delete digest 3?", subscriptions=(RUNS, replace(RUNS, number=4))), zone=ZONE, private=True, deleting=3)
    assert problems(message) == []
    assert _pressed(message) == {
        "Delete it": "digest:really-delete:3",
        "Keep it": "digest:keep:3",
        "Change 4": "digest:change:4:1",
        "Pause 4": "digest:pause:4:1",
        "Preview 4": "digest:preview:4:1",
        "Send now 4": "digest:send:4:1",
        "Delete 4": "digest:delete:4:1",
    }


def test_digests_are_five_to_a_message_as_each_has_its_row() -> None:
    found = messages(Reply("Digests.", subscriptions=(RUNS,) * 11), zone=ZONE, private=True)
    assert [len(message.embeds) for message in found] == [5, 5, 1]
    assert all(problems(message) == [] for message in found)


def test_what_was_understood_is_whole_at_its_limit_and_cut_one_over() -> None:
    assert _rendered(replace(_one(), understood="a" * 1500)).content == f"**{'a' * 1500}**"
    assert _rendered(replace(_one(), understood="a" * 1501)).content == f"**{'a' * 1499}…**"


def test_a_quote_at_its_limit_is_whole_and_one_over_says_how_much_is_missing() -> None:
    for sign, longest in (("a", LONGEST_QUOTE), ("*", LONGEST_QUOTE // 2)):
        whole, cut = (_rendered(_one(card((sign * length,)))) for length in (longest, longest + 1))
        assert _quotations([whole]) == [f"“{sign * longest}”"]
        assert _quotations([cut]) == [f"“{sign * longest} …”"]
        assert "(1 more characters: Show context)" in _lines(cut.embeds[0])
        assert not any("Show context)" in line for line in _lines(whole.embeds[0]))


def test_a_page_of_five_quotes_with_headings_fits_into_a_message() -> None:
    quotes = tuple(replace(card(("a" * 500,)), quote_id=number) for number in range(1, PAGE + 1))
    sections = tuple(Section(f"Story {quote.quote_id}", "1 quote", (quote,)) for quote in quotes)
    message = _rendered(Reply("Quotes.", sections, kept=KEPT), private=True)
    assert len(message.embeds) == 10
    assert _quotations([message]) == [f"“{'a' * 500}”"] * PAGE


def test_quotes_that_do_not_fit_come_with_the_next_page_and_the_message_says_so() -> None:
    quotes = tuple(replace(card(("a" * 2000,)), quote_id=number) for number in range(1, 6))
    message = _rendered(replace(_one(*quotes, kept=replace(KEPT, last=5)), notes=("A note.",)))
    assert len(_quotations([message])) == 2
    assert _lines(message.embeds[-1]) == ["A note.", "3 quotes that did not fit here come with the next page."]
    assert message.content.endswith("-# Quotes 7 to 8 of 20")
    assert _pressed(message)["More (12)"] == "more:5:2"


def test_a_long_answer_that_is_not_kept_is_split_and_nothing_is_lost() -> None:
    quotes = tuple(replace(card((f"{number} " + "a" * 500,)), quote_id=number) for number in range(1, 41))
    split = messages(_one(*quotes), zone=ZONE, private=False)
    assert len(split) > 1
    assert _quotations(split) == [f"“{quote.words[0]}”" for quote in quotes]


def test_every_message_of_a_long_answer_lets_people_choose_its_quotes_alike() -> None:
    quotes = [replace(card(("We wait. " * 200,)), quote_id=number) for number in range(7)]
    found = messages(_one(*quotes), zone=ZONE, private=True)
    assert [len(message.embeds) for message in found] == [3, 3, 1]
    assert all([isinstance(row[0], Menu) for row in message.rows] == [True, True] for message in found)


def test_where_there_can_be_only_one_message_it_says_that_there_is_more() -> None:
    quotes = tuple(replace(card(("a" * 500,)), quote_id=number) for number in range(1, 41))
    message = answer(replace(_one(*quotes), undo=4), zone=ZONE, private=True)
    assert problems(message) == []
    assert _lines(message.embeds[-1]) == ["There is more than one message holds."]
    assert _pressed(message) == {"Undo": "undo:4"}


@pytest.mark.parametrize("sign", ["*", "[", "\n", "-\n", "\U0001f600", ":"])
def test_the_longest_quote_fits_beside_the_longest_of_everything(sign: str) -> None:
    most = sign * 10_000
    place = Place(1, most, most, PLACE.published, "https://example.org/" + "(" * 260)
    quote = QuoteCard(1, most, (most, most), QuoteKind.INDIRECT, Reports.SPEECH, place, 0.5, Sureness.UNSURE, cue=most, also=(place,) * 50)
    quotes = tuple(replace(quote, quote_id=number) for number in range(1, 7))
    [message] = messages(replace(_one(*quotes, title=most, kept=KEPT), understood=most), zone=ZONE, private=True, shared_by=most)
    assert problems(message) == []
    assert len(_quotations([message])) == 1
    assert problems(passage(Passage(quote, most, ((5000, 5100),), begins=False, ends=False), zone=ZONE)) == []


def test_an_error_is_a_sentence() -> None:
    message = error("There is no quote 12. @everyone")
    assert message == Message("There is no quote 12. \\@everyone")
    assert problems(error("*" * 3000)) == problems(error("")) == []


def test_a_sentence_of_many_thousand_characters_takes_several_messages() -> None:
    found = messages(Reply("ferries " * 2000), zone=ZONE, private=True)
    assert "".join(message.content for message in found).replace("\n", "") == ("ferries " * 2000).strip()
    assert not any(problems(message) for message in found)


def test_a_reply_that_says_nothing_is_still_a_message() -> None:
    assert _rendered(Reply("")) == Message("There is nothing to show.")


def test_a_passage_shows_the_words_bold_in_what_stands_around_them() -> None:
    found = Passage(card(), TEXT, (span("We will not wait,"), span("Nobody should.")), begins=True, ends=False)
    message = passage(found, zone=ZONE)
    assert problems(message) == []
    [embed] = message.embeds
    marks = seen(embed.description or "")
    assert marks.of("quote") == [f"{TEXT} …"]
    assert marks.of("bold") == ["We will not wait,", "Nobody should."]
    assert marks.of("link") == ["Ferry late"]
    assert _lines(embed)[-2:] == ["14 October 2024 · Ferry late · article 1", "direct · #7"]


def test_a_passage_names_every_other_place_with_its_link_and_its_articles_number() -> None:
    copy = Place(2, "Island Courier", "Wait", datetime(2024, 10, 15, 8, tzinfo=UTC), "https://courier.example.org/wait")
    found = Passage(replace(card(), also=(copy, Place(3, None, None, None, None))), TEXT, (span("said"),), begins=True, ends=True)
    _, copies = passage(found, zone=ZONE).embeds
    assert _lines(copies) == ["Also in", "Island Courier · 15 October 2024 · Wait · article 2", "article 3"]
    assert seen(copies.description or "").marks == (Mark("link", "Wait", "https://courier.example.org/wait"),)


def test_pieces_of_a_quote_that_touch_each_other_are_one_in_a_passage() -> None:
    found = Passage(card(), "abcdef", ((1, 3), (3, 5), (2, 4)), begins=True, ends=True)
    assert seen(passage(found, zone=ZONE).embeds[0].description or "").of("bold") == ["bcde"]


def test_a_long_passage_begins_near_the_quote_and_says_what_is_missing() -> None:
    text = "a" * 5000 + "b" * 5000
    found = Passage(card(), text, ((5000, 10_000),), begins=True, ends=True)
    message = passage(found, zone=ZONE)
    assert problems(message) == []
    marks = seen(message.embeds[0].description or "")
    [words], [quote] = marks.of("bold"), marks.of("quote")
    assert quote == f"… {'a' * 800}{words} …"
    assert len(words) == LONGEST_PASSAGE - 800 - len("****")
    assert f"({5000 - len(words):,} more characters of the quote stand in the article)" in marks.text


@pytest.mark.parametrize("text", NASTY)
def test_what_an_article_holds_is_shown_as_it_stands_there(text: str) -> None:
    place = replace(PLACE, headline=f"a{text}z", link=f"https://example.org/{text}")
    quote = replace(card((f"a{text}z",)), speaker=f"a{text}z", place=place)
    [embed] = _rendered(_one(quote, title=f"a{text}z")).embeds
    assert seen(embed.title or "", lines=False) == Seen(safe_line(f"a{text}z"), ())
    found = seen(embed.description or "")
    assert found.of("quote") == [f"“{safe_text(f'a{text}z')}”"]
    assert {mark.kind for mark in found.marks} <= {"quote", "link"}
    address = chat_link(place.link)
    assert [mark.target for mark in found.marks if mark.kind == "link"] == ([_as_target(address)] if address else [])


def _as_target(address: str) -> str:
    return address.replace("(", "%28").replace(")", "%29")


EXPENSIVE = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def _digest(reply: Reply) -> Reply:
    """The reply with the line with which each digest begins."""
    return replace(reply, understood=f"Digest {reply.understood}")


def _forged(message: Message) -> list[Mark]:
    """Marks that none of our own words have (whole moments they have), and links to somewhere else than where an article stands."""
    found = [mark for mark in seen(message.content).marks if mark.kind not in {"bold", "subtext"}]
    for embed in message.embeds:
        found += seen(embed.title or "", lines=False).marks
        description = embed.description or ""
        found += [
            mark
            for mark in seen(description.removeprefix("### ")).marks
            if (mark.kind not in {"quote", "bold", "link"} and not (mark.kind == "timestamp" and mark.shown.endswith(":f>")))
            or (mark.kind == "link" and not mark.target.startswith("https://example.org/"))
        ]
    return found


@EXPENSIVE
@given(reply=REPLIES, private=st.booleans(), shared_by=st.sampled_from(NASTY))
def test_whatever_an_article_holds_discord_takes_the_messages_and_nobody_is_pinged(reply: Reply, private: bool, shared_by: str) -> None:
    found = messages(reply, zone=ZONE, private=private, shared_by=shared_by)
    for message in [*found, answer(reply, zone=ZONE, private=private, shared_by=shared_by)]:
        assert problems(message) == []
        assert _forged(message) == []
        assert not UNSAFE.search(message.content + "".join(line for embed in message.embeds for line in _lines(embed)))


@settings(EXPENSIVE, max_examples=8)
@given(
    lengths=st.lists(REPLIES.map(_digest), min_size=1, max_size=3), mutable=st.booleans(), complete=st.booleans(), is_drawn=st.booleans()
)
def test_whatever_comes_by_itself_is_one_message_that_discord_takes(
    lengths: list[Reply], mutable: bool, complete: bool, is_drawn: bool
) -> None:
    post = Post(7, "verbatim-7", Channel("discord", "1", "2"), lengths, datetime(2024, 10, 26, tzinfo=UTC), ZONE, mutable, complete)
    message = posted(post, picture=Picture(b"", "Numbers.") if is_drawn else None)
    assert problems(message) == []
    assert _forged(message) == []
    assert "delivery:manage:7" in _pressed(message).values()
    assert (message.picture is not None) is any(embed.image.url == PICTURE_URL for embed in message.embeds)
    assert problems(message.without_picture()) == []


def test_the_quotes_of_a_story_stand_together_in_a_post_and_each_keeps_its_facts() -> None:
    reported = replace(card(("they would wait",)), kind=QuoteKind.INDIRECT, cue="denied that", quote_id=13, sureness=Sureness.UNSURE)
    story = Reply("Digest.", (Section("Ferries late", "The Mill · 1 article", (card(), reported)),))
    message = posted(Post(7, "verbatim-7", Channel("discord", "1", "2"), [story], datetime(2024, 10, 26, tzinfo=UTC), ZONE))
    [embed] = message.embeds
    lines = _lines(embed)
    assert lines[:2] == ["Ferries late", "The Mill · 1 article"]
    assert words_quoted(embed) == [WORDS, "they would wait"]
    assert any(line.startswith("Ada Moor · denied that · ") for line in lines)
    assert lines[-2:] == ["14 October 2024 · Ferry late · indirect · #13", "Unsure: read it in the article before you use it."]


@EXPENSIVE
@given(found=PASSAGES)
def test_whatever_a_passage_holds_discord_takes_it_and_shows_it_exactly(found: Passage) -> None:
    message = passage(found, zone=ZONE)
    assert problems(message) == []
    assert _forged(message) == []
    [words] = seen(message.embeds[0].description or "").of("quote")
    assert words.removeprefix("… ").removesuffix(" …") in safe_text(found.text) or words in safe_text(found.text)


@EXPENSIVE
@given(reply=REPLIES)
def test_every_quote_is_shown_in_its_exact_words_or_comes_with_the_next_page(reply: Reply) -> None:
    found = messages(reply, zone=ZONE, private=False)
    quotes = [quote for section in reply.sections for quote in section.quotes]
    words = _quotations(found)
    if reply.kept is None:
        assert len(words) == len(quotes)
    elif quotes:
        more = [custom_id for message in found for label, custom_id in _pressed(message).items() if label.startswith("More (")]
        assert 1 <= len(words) <= len(quotes)
        if len(words) < len(quotes):
            assert more == [f"more:{reply.kept.answer_id}:{quotes[len(words) - 1].quote_id}"]
    for one, quote in zip(words, quotes, strict=False):
        opening, closing = quotation_marks(quote.kind)
        whole = " … ".join(f"{opening}{safe_text(piece)}{closing}" for piece in quote.words if piece)
        assert one in (whole, " … ") or (one.endswith(f" …{closing}") and whole.startswith(one.removesuffix(f" …{closing}")))


@EXPENSIVE
@given(notes=st.lists(st.text(max_size=400).map(lambda text: text * 40), max_size=3), listed=st.lists(st.text(max_size=3000), max_size=5))
def test_long_notes_and_lines_are_wrapped_and_nothing_of_them_is_lost(notes: list[str], listed: list[str]) -> None:
    found = messages(Reply("Something.", (Section("A list", lines=tuple(listed)),), tuple(notes)), zone=ZONE, private=False)
    seen_at_all = "".join(shown(embed.description or "") for message in found for embed in message.embeds)
    for text in (*notes, *listed):
        assert re.sub(r"[\W_]", "", safe_text(text)) in re.sub(r"[\W_]", "", seen_at_all)


@pytest.mark.parametrize("kept", [None, KEPT])
def test_two_hundred_quotes_of_a_hundred_thousand_characters_are_shown_as_far_as_there_is_room(kept: Kept | None) -> None:
    quotes = tuple(replace(card(("".join(NASTY) * 200,)), quote_id=number) for number in range(1, 201))
    found = messages(_one(*quotes, kept=kept), zone=ZONE, private=False)
    assert sum(len(_quotations([message])) for message in found) == (2 if kept else 200)
    assert not any(problems(message) for message in found)

import html
import re
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.pages import Page, read_page
from adapters.plain import chat_link, safe_text
from adapters.slack import actions
from adapters.slack.actions import QuoteChoice, read_choice
from adapters.slack.quotes import LONGEST_QUOTE
from adapters.slack.rendering import Message, answer, error, messages, sharer
from adapters.wording import quotation_marks
from bot.callers import Channel
from bot.replies import Kept, Place, QuoteCard, QuoteKind, Reply, Reports, Section, SubscriptionView, Sureness
from tests.adapters.hostile import NASTY, REPLIES
from tests.adapters.slack.seen import bold, lines, links, pings, pressed, quotations
from tests.fakes.newsroom import PLACE, card
from tests.fakes.slack_blocks import check_blocks, elements, too_long

ZONE = ZoneInfo("Europe/London")
KEPT = Kept(answer_id=5, before=6, after=9, last=7, can_narrow=True, since=4)
RUNS = SubscriptionView(
    3,
    "about ferries",
    "daily at 08:00",
    "Europe/London",
    Channel("slack", "T1", "C1"),
    "U1",
    following=(datetime(2024, 10, 26, 7, tzinfo=UTC),),
)
LINK = "https://harbour.example.org/ferry#:~:text=We%20will%20not%20wait"


def _one(*quotes: QuoteCard, title: str = "Ada Moor", kept: Kept | None = None) -> Reply:
    shown = quotes or (card(),)
    kept = kept and replace(kept, order=tuple(one.quote_id for one in shown))
    return Reply("Quotes about the ferry.", (Section(title, "1 quote in 1 outlet", shown),), kept=kept)


def _rendered(reply: Reply, *, private: bool = False) -> Message:
    [message] = messages(reply, zone=ZONE, private=private)
    assert check_blocks(message.blocks) == []
    assert answer(reply, zone=ZONE, private=private) == message
    return message


def _seen(reply: Reply, *, private: bool = False) -> list[str]:
    return lines(_rendered(reply, private=private).blocks)


def test_an_answer_says_what_was_understood_who_said_what_and_where_it_stands() -> None:
    message = _rendered(_one())
    assert lines(message.blocks) == [
        "# Quotes about the ferry.",
        "(Ada Moor · 1 quote in 1 outlet)",
        "Ada Moor",
        "> “We will not wait,” … “Nobody should.”",
        "Harbour Post · 14 October 2024 · Ferry late",
        "direct · #7 [Show context|Wrong speaker?|About Ada Moor]",
    ]
    assert bold(message.blocks) == ["Ada Moor"]
    assert links(message.blocks) == {"Ferry late": LINK}
    assert message.text == "Quotes about the ferry."


def test_a_heading_that_is_not_the_speaker_is_bold() -> None:
    message = _rendered(_one(title="Ferries stop"))
    assert bold(message.blocks) == ["Ferries stop", "Ada Moor"]
    assert "Ferries stop  1 quote in 1 outlet" in lines(message.blocks)


def test_a_rule_parts_the_heading_of_a_section_from_the_quotes_above_it() -> None:
    likely = replace(card(), sureness=Sureness.LIKELY)
    shown = _seen(
        Reply("Quotes about the ferry.", (Section("Ada Moor", "2 quotes", (likely, likely)), Section("Ada Moor", "1 quote", (likely,))))
    )
    doubt = "(Likely, but not certain: check it in the article.)"
    assert [line for line in shown if line.startswith(("(", "-"))] == [
        "(Ada Moor · 2 quotes)",
        doubt,
        doubt,
        "---",
        "(Ada Moor · 1 quote)",
        doubt,
    ]


def test_no_message_begins_with_a_rule() -> None:
    told = messages(Reply("Quotes.", tuple(Section("Ada Moor", "1 quote", (card(),)) for _ in range(40))), zone=ZONE, private=False)
    shown = [block["type"] for message in told for block in message.blocks]
    assert len(told) > 1
    assert all(message.blocks[0]["type"] != "divider" for message in told)
    assert shown.count("divider") == 40 - len(told)


def test_only_direct_words_get_quotation_marks_and_others_their_cue() -> None:
    denied = replace(card(("he had been told to “wait”",)), kind=QuoteKind.MIXED, cue="denied")
    seen = _seen(_one(denied))
    assert "Ada Moor · denied" in seen
    assert "> he had been told to “wait”" in seen
    assert "Ada Moor · said" not in _seen(_one(replace(card(), cue="said")))


def test_the_sort_of_a_quote_stands_beside_its_menu() -> None:
    wanted = replace(card(("a ferry",)), kind=QuoteKind.INDIRECT, reports=Reports.ATTITUDE)
    assert "indirect · attitude · #7 [Show context|Wrong speaker?|About Ada Moor]" in _seen(_one(wanted))


def test_a_doubtful_quote_says_so_in_a_small_line_and_a_sure_one_does_not() -> None:
    assert "(Likely, but not certain: check it in the article.)" in _seen(_one(replace(card(), sureness=Sureness.LIKELY)))
    assert "(Unsure: read it in the article before you use it.)" in _seen(_one(replace(card(), sureness=Sureness.UNSURE)))
    assert "(Corrected: a person set the speaker.)" in _seen(_one(replace(card(), sureness=Sureness.UNSURE, corrected=True)))
    assert len(_seen(_one())) == 6


def test_copies_are_named_in_a_small_line() -> None:
    copy = Place(2, "Island Courier", "Wait", datetime(2024, 10, 15, 8, tzinfo=UTC), None)
    assert "(also in Island Courier, 15 October 2024; article 3)" in _seen(
        _one(replace(card(), also=(copy, Place(3, None, None, None, None))))
    )


def test_what_is_not_known_is_not_made_up() -> None:
    unknown = replace(card(speaker=None), place=Place(3, None, None, None, "https://example.org/a"))
    message = _rendered(_one(unknown, title="Speaker unknown"))
    assert lines(message.blocks)[1:5] == [
        "(Speaker unknown · 1 quote in 1 outlet)",
        "Speaker unknown",
        lines(_rendered(_one()).blocks)[3],
        "article 3",
    ]
    assert links(message.blocks) == {"article 3": "https://example.org/a"}


def test_an_article_without_a_web_address_is_named_without_a_link() -> None:
    for address in (None, "javascript:alert(1)", "file:///etc/passwd", "https://example.org/" + "a" * 3000):
        message = _rendered(_one(replace(card(), place=replace(PLACE, link=address))))
        assert links(message.blocks) == {}
        assert "Harbour Post · 14 October 2024 · Ferry late" in lines(message.blocks)


def test_a_kept_answer_has_buttons_that_know_their_page() -> None:
    message = _rendered(_one(kept=KEPT), private=True)
    assert lines(message.blocks)[-2:] == ["(Quotes 7 to 7 of 16)", "[More (9)] [Only direct] [Export CSV] [Export JSON] [Share in channel]"]
    assert {name: read_page(value or "") for name, value in pressed(message.blocks).items()} == {
        "More (9)": Page(5, 7),
        "Only direct": Page(5, 4),
        "Export CSV": Page(5, 4),
        "Export JSON": Page(5, 4),
        "Share in channel": Page(5, 4),
    }
    [menu] = [element for element in elements(message.blocks) if element["type"] == "overflow"]
    assert [read_choice(option["value"]) for option in menu["options"]] == [
        QuoteChoice(actions.CONTEXT, 7, Page(5, 4)),
        QuoteChoice(actions.SPEAKER, 7, Page(5, 4)),
        QuoteChoice(actions.WHO, 7, Page(5, 4)),
    ]


def test_where_it_is_not_known_how_many_quotes_there_are_no_number_is_said() -> None:
    message = _rendered(_one(kept=replace(KEPT, after=0, more=True)))
    assert lines(message.blocks)[-2:] == ["(Quotes 7 to 7)", "[More] [Only direct] [Export CSV] [Export JSON]"]


def test_an_answer_has_only_the_buttons_that_lead_somewhere() -> None:
    whole = Kept(answer_id=5, before=0, after=0, last=7, can_narrow=False)
    assert _seen(_one(kept=whole))[-1] == "[Export CSV] [Export JSON]"
    assert pressed(_rendered(Reply("Quotes about fery.", notes=("Nothing was found.",), kept=whole), private=True).blocks) == {}
    assert pressed(_rendered(_one()).blocks) == {}


def test_a_private_answer_that_is_not_kept_knows_what_to_ask_to_share_it() -> None:
    assert pressed(_rendered(replace(_one(), again="digest"), private=True).blocks) == {"Share in channel": "digest"}
    assert pressed(_rendered(replace(_one(), again="digest")).blocks) == {}


@pytest.mark.parametrize(("length", "shared"), [(2000, True), (2001, False)])
def test_a_request_that_no_button_holds_is_not_asked_again(length: int, shared: bool) -> None:
    assert bool(pressed(_rendered(replace(_one(), again="a" * length), private=True).blocks)) is shared


def test_a_shared_answer_names_who_shared_it_and_cannot_be_shared_again() -> None:
    message = answer(_one(kept=KEPT), zone=ZONE, private=False, shared_by="Ben Reed")
    assert lines(message.blocks)[1] == "(Shared by Ben Reed)"
    assert "Share in channel" not in pressed(message.blocks)
    assert sharer(message.blocks) == "Ben Reed"
    assert sharer(_rendered(_one()).blocks) == ""


def test_a_correction_can_be_undone() -> None:
    message = _rendered(Reply("Quote 7 is now by Ada Moor.", undo=4))
    assert lines(message.blocks) == ["Quote 7 is now by Ada Moor.", "[Undo]"]
    assert pressed(message.blocks) == {"Undo": "4"}


def test_lists_are_bullets_under_their_heading() -> None:
    reply = Reply("What is stored.", (Section("Store", lines=("2 articles of 1 outlet", "9 quotes")), Section("Ada Moor", "#3, person")))
    assert _seen(reply) == ["# What is stored.", "Store", "- 2 articles of 1 outlet", "- 9 quotes", "Ada Moor  #3, person"]


def test_nothing_found_comes_with_requests_to_press() -> None:
    long = "who said what about " + "ferries " * 9
    message = _rendered(Reply("Quotes about fery.", notes=("Nothing was found.",), suggestions=("who said what about ferries", long)))
    assert lines(message.blocks) == [
        "Quotes about fery.",
        "Nothing was found.",
        "Try:",
        "[who said what about ferries]",
        f"{long.strip()} [Ask]",
    ]
    assert pressed(message.blocks) == {"who said what about ferries": "who said what about ferries", "Ask": long.strip()}


@pytest.mark.parametrize(("length", "label"), [(75, "a" * 75), (76, "Ask")])
def test_a_request_stands_on_its_button_as_long_as_a_button_takes_it(length: int, label: str) -> None:
    assert pressed(_rendered(Reply("?", suggestions=("a" * length,))).blocks) == {label: "a" * length}


def test_a_subscription_has_its_times_and_buttons() -> None:
    rests = replace(RUNS, number=4, paused="the channel is archived", following=(), channel=Channel("slack", "T1", "D1"))
    message = _rendered(Reply("Digests in this channel.", subscriptions=(RUNS, rests)))
    assert lines(message.blocks) == [
        "# Digests in this channel.",
        "Digest 3: about ferries",
        "daily at 08:00, Europe/London · next: Saturday 26 October 2024, 08:00 · #C1",
        "[Change] [Pause] [Mute for a day] [Send now] [Preview] [Delete]",
        "Digest 4: about ferries",
        "daily at 08:00, Europe/London · paused: the channel is archived · direct message",
        "[Change] [Resume] [Preview] [Delete]",
    ]
    buttons = list(elements(message.blocks))
    assert [(button["action_id"], button["value"]) for button in buttons[:3]] == [
        ("subscription-change:1", "3"),
        ("subscription-pause:1", "3"),
        ("subscription-mute:1", "3"),
    ]
    assert ["confirm" in button for button in buttons] == [False] * 5 + [True] + [False] * 3 + [True]


def test_a_headline_at_its_limit_is_whole_and_one_over_is_cut_with_the_whole_line_below() -> None:
    fits, over = "a" * 150, "a" * 151
    assert _seen(replace(_one(), understood=fits))[0] == f"# {fits}"
    assert _seen(replace(_one(), understood=over))[:2] == [f"# {'a' * 149}…", over]


def test_a_quote_at_its_limit_is_whole_and_one_over_says_how_much_is_missing() -> None:
    assert f"> “{'a' * LONGEST_QUOTE}”" in _seen(_one(card(("a" * LONGEST_QUOTE,))))
    cut = _seen(_one(card(("a" * (LONGEST_QUOTE + 1204),))))
    assert f"> “{'a' * LONGEST_QUOTE} …” (1,204 more characters: Show context)" in cut


def test_the_same_quote_twice_in_a_message_is_taken() -> None:
    message = _rendered(Reply("Digest.", (Section("A story", quotes=(card(),)), Section("In other words", quotes=(card(),)))))
    assert [element["action_id"] for element in elements(message.blocks)] == ["quote:1", "quote:2"]


def test_quotes_that_do_not_fit_come_with_the_next_page_and_the_message_says_so() -> None:
    quotes = tuple(replace(card(("a" * 2000,)), quote_id=number) for number in range(1, 7))
    kept = replace(KEPT, last=6)
    message = _rendered(replace(_one(*quotes, kept=kept), notes=("A note.",)))
    assert len(quotations(message.blocks)) == 4
    assert lines(message.blocks)[-4:] == [
        "A note.",
        "2 quotes that did not fit here come with the next page.",
        "(Quotes 7 to 10 of 21)",
        "[More (11)] [Only direct] [Export CSV] [Export JSON]",
    ]
    assert read_page(pressed(message.blocks)["More (11)"] or "") == Page(5, 4)


def test_a_long_answer_that_is_not_kept_is_split_and_nothing_is_lost() -> None:
    quotes = tuple(replace(card((f"{number} " + "a" * 500,)), quote_id=number) for number in range(1, 41))
    split = messages(_one(*quotes), zone=ZONE, private=False)
    assert len(split) > 1
    assert split[0].text == f"Quotes about the ferry. (1 of {len(split)})"
    assert [words for message in split for words in quotations(message.blocks)] == [f"“{quote.words[0]}”" for quote in quotes]


def test_where_there_can_be_only_one_message_it_says_that_there_is_more() -> None:
    quotes = tuple(replace(card(("a" * 500,)), quote_id=number) for number in range(1, 41))
    message = answer(replace(_one(*quotes), undo=4), zone=ZONE, private=True)
    assert check_blocks(message.blocks) == []
    assert not too_long(message.blocks)
    assert lines(message.blocks)[-2:] == ["(There is more than one message holds.)", "[Undo]"]


def test_a_view_holds_more_blocks_than_a_message() -> None:
    quotes = tuple(replace(card(("Wait.",)), quote_id=number) for number in range(1, 31))
    assert [len(quotations(message.blocks)) for message in messages(_one(*quotes), zone=ZONE, private=False)] == [24, 6]
    assert [len(quotations(message.blocks)) for message in messages(_one(*quotes), zone=ZONE, private=False, in_modal=True)] == [30]


def test_the_longest_quote_fits_beside_the_longest_of_everything() -> None:
    most = "&" * 10_000
    place = Place(1, most, most, PLACE.published, "https://example.org/" + "a" * 2980)
    quote = QuoteCard(1, most, (most, most), QuoteKind.INDIRECT, Reports.SPEECH, place, 0.5, Sureness.UNSURE, cue=most, also=(place,) * 50)
    quotes = tuple(replace(quote, quote_id=number) for number in range(1, 7))
    reply = replace(_one(*quotes, title=most, kept=KEPT), understood=most)
    [message] = messages(reply, zone=ZONE, private=True)
    assert len(quotations(message.blocks)) == 1
    assert not too_long(message.blocks)


def test_an_error_is_a_sentence() -> None:
    message = error("There is no quote 12. <!channel>")
    assert lines(message.blocks) == ["There is no quote 12. <!channel>"]
    assert message.text == "There is no quote 12. &lt;!channel&gt;"


def test_a_sentence_of_many_thousand_characters_takes_several_messages() -> None:
    found = messages(Reply("ferries " * 2000), zone=ZONE, private=True)
    assert "".join(line for message in found for line in lines(message.blocks)) == ("ferries " * 2000).strip()
    assert len(found) == 2
    assert not any(too_long(message.blocks) for message in found)


def test_a_reply_that_says_nothing_is_still_a_message() -> None:
    assert _seen(Reply("")) == ["There is nothing to show."]


@pytest.mark.parametrize("text", NASTY)
def test_what_an_article_holds_is_shown_as_it_stands_there(text: str) -> None:
    link = f"https://example.org/{text}"
    quote = replace(card((f"a{text}z",)), speaker=f"a{text}z", place=replace(PLACE, headline=f"a{text}z", link=link))
    message = _rendered(_one(quote))
    assert quotations(message.blocks) == [f"“{safe_text(f'a{text}z')}”"]
    assert pings(message.blocks) == []
    assert list(links(message.blocks).values()) == list(filter(None, [chat_link(link)]))


_EXPENSIVE = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@_EXPENSIVE
@given(reply=REPLIES, private=st.booleans(), in_modal=st.booleans(), shared_by=st.sampled_from(NASTY))
def test_whatever_an_article_holds_slack_takes_the_messages_and_nobody_is_pinged(
    reply: Reply, private: bool, in_modal: bool, shared_by: str
) -> None:
    found = messages(reply, zone=ZONE, private=private, in_modal=in_modal, shared_by=shared_by)
    for message in [*found, answer(reply, zone=ZONE, private=private, in_modal=in_modal, shared_by=shared_by)]:
        assert check_blocks(message.blocks, "modal" if in_modal else "message") == []
        assert message.blocks
        assert in_modal or not too_long(message.blocks)
        assert pings(message.blocks) == []
        assert message.text.strip()
        assert not re.search("[<>]", message.text)
        assert not re.search(
            "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", str(lines(message.blocks)) + message.text
        )


@_EXPENSIVE
@given(reply=REPLIES)
def test_every_quote_is_shown_in_its_exact_words_or_comes_with_the_next_page(reply: Reply) -> None:
    found = messages(reply, zone=ZONE, private=False)
    quotes = [quote for section in reply.sections for quote in section.quotes]
    shown = [words for message in found for words in quotations(message.blocks)]
    if reply.kept is None:
        assert len(shown) == len(quotes)
    elif quotes:
        more = [value for message in found for name, value in pressed(message.blocks).items() if name.startswith("More (")]
        assert 1 <= len(shown) <= len(quotes)
        if len(shown) < len(quotes):
            assert [read_page(value or "") for value in more] == [Page(reply.kept.answer_id, quotes[len(shown) - 1].quote_id)]
    for words, quote in zip(shown, quotes, strict=False):
        opening, closing = quotation_marks(quote.kind)
        whole = " … ".join(f"{opening}{safe_text(piece)}{closing}" for piece in quote.words if piece)
        assert words in (whole, " … ") or (words.endswith(f" …{closing}") and whole.startswith(words.removesuffix(f" …{closing}")))


@_EXPENSIVE
@given(notes=st.lists(st.text(max_size=400).map(lambda text: text * 40), max_size=3), listed=st.lists(st.text(max_size=3000), max_size=5))
def test_long_notes_and_lines_are_wrapped_and_nothing_of_them_is_lost(notes: list[str], listed: list[str]) -> None:
    reply = Reply("Something.", (Section("A list", lines=tuple(listed)),), tuple(notes))
    shown = "".join(line.removeprefix("- ") for message in messages(reply, zone=ZONE, private=False) for line in lines(message.blocks))
    for text in (*notes, *listed):
        assert re.sub(r"[\W_]", "", safe_text(text)) in re.sub(r"[\W_]", "", shown)


@pytest.mark.parametrize("kept", [None, KEPT])
def test_two_hundred_quotes_of_a_hundred_thousand_characters_are_shown_as_far_as_there_is_room(kept: Kept | None) -> None:
    quotes = tuple(replace(card(("".join(NASTY) * 500,)), quote_id=number) for number in range(1, 201))
    found = messages(_one(*quotes, kept=kept), zone=ZONE, private=False)
    assert sum(len(quotations(message.blocks)) for message in found) == (3 if kept else 200)
    assert not any(check_blocks(message.blocks) or too_long(message.blocks) for message in found)


def test_the_text_of_a_notification_is_escaped_after_it_was_cut() -> None:
    message = answer(replace(_one(), understood="<!channel> & " * 100), zone=ZONE, private=False)
    assert len(message.text) <= 150
    assert html.unescape(message.text).startswith("<!channel> & <!channel>")
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", message.text)

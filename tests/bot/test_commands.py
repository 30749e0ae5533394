import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NotUnderstood
from bot.grammar.commands import parse
from bot.grammar.usage import Subject, usage_of
from bot.replies import ExportFormat
from bot.requests import (
    Add,
    Ask,
    Command,
    Corrections,
    Digest,
    ExportAnswer,
    Fix,
    Help,
    Merge,
    More,
    Pause,
    People,
    Reject,
    Remove,
    Resume,
    Show,
    Split,
    Status,
    Subscriptions,
    Undo,
    Unsubscribe,
)

LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2026, 11, 17, 14, 30, tzinfo=UTC)


def typed(text: str) -> Command:
    return parse(text, now=TUESDAY, zone=LONDON, outlets=["The Northern Ledger"])


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("help", Help()),
        ("HELP!", Help()),
        ("  help\n", Help()),
        ("status", Status()),
        ("status?", Status()),
        ("status please", Status()),
        ("Please, status!", Status()),
        ("add https://example.org/a please", Add("https://example.org/a")),
        ("/verbatim status", Status()),
        ("verbatim status", Status()),
        ("@Verbatim: status", Status()),
        ("/verbatim", Help()),
        ("corrections", Corrections()),
        ("more", More()),
        ("More!", More()),
        ("more please", More()),
        ("show more", More()),
        ("show me more", More()),
        ("export", ExportAnswer()),
        ("export csv", ExportAnswer(ExportFormat.CSV)),
        ("export it as a JSON file", ExportAnswer(ExportFormat.JSON)),
        ("Export JSONL", ExportAnswer(ExportFormat.JSONL)),
        ("show 12", Show("12")),
        ("show #12", Show("12")),
        ("show article 12", Show("12")),
        ("show https://northern-ledger.example.org/a(b)?c=d", Show("https://northern-ledger.example.org/a(b)?c=d")),
        ("show <https://northern-ledger.example.org/a>", Show("https://northern-ledger.example.org/a")),
        ("show minister denies meddling", Show("minister denies meddling")),
        ("people", People()),
        ("people Brandt", People("Brandt")),
        ("merge Starmer into Keir Starmer", Merge("Starmer", "Keir Starmer")),
        ('Merge "Starmer" into “Keir Starmer”', Merge("Starmer", "Keir Starmer")),
        ("split Brandt articles 3, 5 and #9 as Lucy Brandt", Split("Brandt", (3, 5, 9), "Lucy Brandt")),
        ("split Lucy Brandt article 3", Split("Lucy Brandt", (3,))),
        ("split Brandt articles 3 3 4", Split("Brandt", (3, 4))),
        ("fix 12 speaker Helena Marsh", Fix(12, "Helena Marsh")),
        ("fix #12 speaker: “Helena Marsh”", Fix(12, "Helena Marsh")),
        ("fix quote 12 speaker is Helena Marsh", Fix(12, "Helena Marsh")),
        ("fix 12 not a quote", Reject(12)),
        ("fix 12: not a quote.", Reject(12)),
        ("undo", Undo()),
        ("undo 3", Undo(3)),
        ("undo correction #3", Undo(3)),
        ("remove 12", Remove("12")),
        ("remove article 12", Remove("12")),
        ("remove https://northern-ledger.example.org/a", Remove("https://northern-ledger.example.org/a")),
        ("remove file:samples/a.txt", Remove("file:samples/a.txt")),
        ("add https://example.org/a(b)?c=d", Add("https://example.org/a(b)?c=d")),
        ("Add <http://example.org/a>", Add("http://example.org/a")),
        ("subscriptions", Subscriptions()),
        ("Subscriptions?", Subscriptions()),
        ("pause 3", Pause(3)),
        ("Pause #3!", Pause(3)),
        ("pause the digest 3", Pause(3)),
        ("resume subscription #3", Resume(3)),
        ("unsubscribe 3", Unsubscribe(3)),
    ],
)
def test_a_keyword_in_its_shape_is_a_command(text: str, command: Command) -> None:
    assert typed(text) == command


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("interference", "interference"),
        ("help for farmers", "help farmers"),
        ("people on benefits", "people benefits"),
        ("status of the bridge", "status bridge"),
        ("corrections to the record", "corrections record"),
        ("undo the damage", "undo damage"),
        ("merge of ferry companies", "merge ferry companies"),
        ("merge ferry companies now", "merge ferry companies now"),
        ("split in the party", "split party"),
        ("fix the bridge", "fix bridge"),
        ("change of plan", "change plan"),
        ("change the law", "change law"),
        ("pause in fighting", "pause fighting"),
        ("resume talks", "resume talks"),
        ("unsubscribe from it", "unsubscribe"),
        ("subscriptions of the paper", "subscriptions paper"),
        ("add ferries to it", "ferries"),
        ("pause 99999999999999999999", "pause 99999999999999999999"),
        ("hemp", "hemp"),
        ("held", "held"),
        ("removed", "removed"),
        ("state", "state"),
        ("fox hunting", "fox hunting"),
        ("shop 12", "shop 12"),
    ],
)
def test_a_bare_question_stays_a_question(text: str, topic: str) -> None:
    command = typed(text)
    assert isinstance(command, Ask)
    question = command.question.otherwise or command.question
    assert " ".join(question.topic) == topic


@pytest.mark.parametrize(
    "text",
    [
        "show me what Marsh said about ferries",
        "show quotes by Marsh about ferries",
        "quotes by Marsh about ferries",
        "show attitudes of Marsh about ferries",
    ],
)
def test_a_question_that_begins_with_a_keyword_is_asked(text: str) -> None:
    command = typed(text)
    assert isinstance(command, Ask)
    assert (command.question.speaker, command.question.topic) == ("Marsh", ("ferries",))


@pytest.mark.parametrize("text", ["who said what about ferries", "quotes by Marsh since Monday", "direct quotes about the digest"])
@pytest.mark.parametrize("addressed", ["/verbatim {}", "Verbatim, {}", "@verbatim {}"])
def test_a_question_may_be_addressed_to_verbatim(text: str, addressed: str) -> None:
    assert typed(addressed.format(text)) == typed(text)


@pytest.mark.parametrize(
    "text", ["how do i use a ferry", "how do people feel about ferries", "who show 12", "had 12", "hem", "Moore", "exports", "expert"]
)
def test_a_word_that_begins_a_question_is_not_corrected_into_a_keyword(text: str) -> None:
    assert isinstance(typed(text), Ask)


def test_a_digest_has_a_period_a_topic_and_an_outlet_like_a_question() -> None:
    command = typed("digest about ferries in the Ledger since Monday")
    assert isinstance(command, Digest)
    assert (command.asked.topic, command.asked.outlet, command.asked.when) == (
        ("ferries",),
        "The Northern Ledger",
        "since 16 November 2026",
    )
    assert typed("digest") == typed("Digest!")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("hlep", "help"),
        ("stauts", "status"),
        ("statsu", "status"),
        ("sttatus", "status"),
        ("poeple", "people"),
        ("shwo 12", "show 12"),
        ("mrege Starmer into Keir Starmer", "merge Starmer into Keir Starmer"),
        ("fxi 12 not a quote", "fix 12 not a quote"),
        ("remvoe 12", "remove 12"),
        ("digset about ferries", "digest about ferries"),
        ("qoutes by Marsh", "quotes by Marsh"),
        ("atitudes by Marsh", "attitudes by Marsh"),
        ("corractions", "corrections"),
        ("subscription", "subscriptions"),
        ("paues 3", "pause 3"),
        ("resmue 3", "resume 3"),
        ("unsubscrib 3", "unsubscribe 3"),
        ("chnage 3 to hourly", "change 3 to hourly"),
        ("digset daily at 8", "digest daily at 8"),
        ("add: https://example.org/a", "add https://example.org/a"),
    ],
)
def test_a_typing_error_in_a_keyword_is_answered_with_what_was_meant(text: str, meant: str) -> None:
    with pytest.raises(NotUnderstood, match=re.escape(f"Did you mean: {meant}?")) as refused:
        typed(text)
    assert refused.value.suggestions[0] == meant
    typed(meant)


def test_a_word_taken_for_a_typing_error_can_still_be_asked_about() -> None:
    with pytest.raises(NotUnderstood, match="who said what about stats") as refused:
        typed("stats")
    assert refused.value.suggestions == ("status", "who said what about stats")
    command = typed("who said what about stats")
    assert isinstance(command, Ask)
    assert command.question.topic == ("stats",)


@pytest.mark.parametrize(
    ("text", "usage"),
    [
        ("show", "show"),
        ("merge", "merge"),
        ("merge a b", "merge"),
        ("merge Starmer Keir Starmer", "merge"),
        ("split", "split"),
        ("fix", "fix"),
        ("fix 12", "fix"),
        ("fix 12 Helena Marsh", "fix"),
        ("fix 12 speaker", "fix"),
        ("remove", "remove"),
        ("remove VAT from fuel", "remove"),
        ("add", "add"),
        ("add example.org/a", "add"),
        ("add https://example.org/a https://example.org/b", "add"),
        ("add file:///etc/passwd", "add"),
        ("add /etc/passwd", "add"),
        ("pause", "pause"),
        ("resume", "resume"),
        ("unsubscribe", "unsubscribe"),
        ("change", "change"),
        ("change 3", "change"),
        ("change 3 to", "change"),
        ("change 3 to ,", "change"),
        ("change 3 to ferries", "change"),
        ("change 3 to daily at 8 ferries", "change"),
        ("change 10 Downing Street policies", "change"),
    ],
)
def test_a_keyword_that_lacks_something_says_how_it_works(text: str, usage: str) -> None:
    with pytest.raises(
        NotUnderstood, match=re.escape(f"That is not how {usage} works. Type: {usage_of(usage)[0].line(Subject())}")
    ) as refused:
        typed(text)
    for suggestion in refused.value.suggestions:
        assert isinstance(typed(suggestion), Ask)


def test_nothing_is_removed_on_a_guess_at_words() -> None:
    with pytest.raises(NotUnderstood, match="who said what about remove minister denies meddling"):
        typed("remove minister denies meddling")


def test_numbers_too_long_for_any_store_are_no_numbers() -> None:
    assert typed("show " + "9" * 19) == Show("9" * 19)
    with pytest.raises(NotUnderstood):
        typed("remove file")


def test_an_unknown_date_in_a_digest_is_refused() -> None:
    with pytest.raises(NotUnderstood, match="Blursday"):
        typed("digest since Blursday")


_WORDS = st.sampled_from(
    re.findall(
        r"\S+",
        "help hlep show people merge into split articles article as fix speaker not a quote undo corrections remove digest status quotes "
        "12 #3 99999999999999999999 , Marsh https://a.example.org about by since Monday \" ' 🙂 : ? \0 "
        "add change pause resume unsubscribe subscriptions to everything daily weekdays every hourly at 8 7:30 25:99 cron 1-5 Tokyo "
        "time zone timezone set the what is EST UTC+2 Londno",
    )
)


@settings(max_examples=100)
@given(st.one_of(st.text(), st.lists(_WORDS, max_size=12).map(" ".join), st.text(min_size=3990, max_size=4100)))
def test_no_text_raises_anything_but_not_understood(text: str) -> None:
    try:
        command = typed(text)
    except NotUnderstood as error:
        if not error.remedy:
            raise
        return
    assert isinstance(command, Command)

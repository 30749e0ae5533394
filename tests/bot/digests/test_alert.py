from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.digests.alert import SHOWN, all_of, by_whom, compile_alert, digest_at, last_of_day, news
from bot.digests.lengths import MOST_SHOWN
from bot.replies import Reply
from storage.records import StoredQuote
from tests.newsrooms import cards_of, words_of
from tests.stored_quotes import READ_AT, stored_quote

LONDON = ZoneInfo("Europe/London")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
APIA = ZoneInfo("Pacific/Apia")


def alert(*quotes: StoredQuote, restricted: str = "about ferries", last_of_day: str = "") -> Reply:
    return compile_alert(quotes, restricted=restricted, last_of_day=last_of_day).lengths[0]


def many(count: int) -> list[StoredQuote]:
    return [stored_quote(f"The ferry is late for the {number}th time") for number in range(count)]


# --- what it says ------------------------------------------------------------------------------


def test_the_first_line_says_how_many_are_new_and_about_what() -> None:
    assert alert(*many(3)).understood == "New about ferries: 3 quotes in 3 articles."
    assert alert(*many(2), restricted="").understood == "New: 2 quotes in 2 articles."


def test_the_first_line_names_the_article_if_it_is_one() -> None:
    two = [stored_quote(headline="Bridge “bolts”\u202e were\nweak", article_id=70) for _ in range(2)]
    assert alert(*two, restricted="by Helena Marsh").understood == "New by Helena Marsh: 2 quotes in “Bridge bolts were weak”."
    long = stored_quote(headline="@everyone " * 20)
    line = alert(long, restricted="").understood
    assert line.startswith("New: 1 quote in “@everyone @everyone")
    assert line.endswith("@everyone …”.")
    assert len(line) < 100


def test_an_alert_without_anything_new_has_nothing_to_say() -> None:
    assert compile_alert([], restricted="about ferries").lengths == ()
    assert compile_alert([], restricted="about ferries").count == 0


def test_quotes_stand_under_the_headline_of_their_article() -> None:
    first, other = [stored_quote(f"Words {number}", article_id=70, headline="Ferry sinks", outlet="The Mill") for number in range(2)]
    reply = alert(first, stored_quote("Else", headline=None, outlet=None), other)
    assert {(section.title, section.subtitle): len(section.quotes) for section in reply.sections} == {
        ("Ferry sinks", "The Mill"): 2,
        ("Without a headline", ""): 1,
    }


def test_copies_of_one_wording_are_one_quote_that_names_all_who_carry_it() -> None:
    words = "We row on"
    reply = alert(stored_quote(words, outlet="The Mill"), stored_quote(f"“{words}”", outlet="The Post"), stored_quote("Else"))
    assert reply.understood == "New about ferries: 2 quotes in 3 articles."
    (copied,) = [card for card in cards_of(reply) if card.words == (words,)]
    assert [place.outlet for place in copied.also] == ["The Post"]
    assert reply.sections[0].subtitle == "The Mill, The Post"


def test_those_are_shown_that_matter_with_each_voice_before_one_is_heard_twice() -> None:
    ann = [stored_quote(f"Ann says much about this, time {number}", article_id=70) for number in range(6)]
    bo = stored_quote("Bo has a word to say about it", speaker_id=2, speaker_name="Bo Lund", confidence=0.95, article_id=70)
    assert bo.words in [card.words for card in cards_of(compile_alert([*ann, bo], restricted="").lengths[1])]


def test_the_surest_come_first_and_of_those_alike_what_was_read_last_in_the_order_of_the_text() -> None:
    older = stored_quote("The older one is told behind it", read_at=READ_AT - timedelta(hours=1))
    unsure = stored_quote("Nobody knows whether this was said", confidence=0.3, article_id=71)
    first, second = [stored_quote(f"The newer one says this, part {part}", article_id=70) for part in (1, 2)]
    assert words_of(alert(unsure, second, older, first)) == [*first.words, *second.words, *older.words, *unsure.words]


def test_more_than_a_handful_are_not_all_shown_but_counted() -> None:
    reply = alert(*many(20))
    assert reply.understood == "New about ferries: 20 quotes in 20 articles."
    assert len(cards_of(reply)) == SHOWN[0]
    assert reply.notes == ("And 14 more.",)


def test_an_alert_that_is_too_long_for_a_message_shows_fewer_and_says_so() -> None:
    lengths = compile_alert(many(8), restricted="").lengths
    assert [(len(cards_of(reply)), *reply.notes) for reply in lengths] == [(6, "And 2 more."), (3, "And 5 more."), (1, "And 7 more.")]
    assert [len(cards_of(reply)) for reply in compile_alert(many(3), restricted="").lengths] == [3, 1]
    assert [len(cards_of(reply)) for reply in compile_alert(many(1), restricted="").lengths] == [1]


def test_all_of_an_alert_can_be_shown() -> None:
    reply = all_of(many(20), restricted="about ferries")
    assert len(cards_of(reply)) == 20
    assert not reply.notes
    assert all_of(many(MOST_SHOWN + 2), restricted="").notes == ("And 2 more.",)


def test_an_alert_is_complete_only_if_it_shows_all_that_there_is() -> None:
    assert compile_alert(many(6), restricted="").complete
    assert not compile_alert(many(7), restricted="").complete
    again = [stored_quote("I did not interfere in it at all", statement_id=9), stored_quote("I never did interfere in it", statement_id=9)]
    compiled = compile_alert([*many(4), *again], restricted="")
    assert compiled.lengths[0].notes == ("And 1 more.",)
    assert not compiled.complete


def test_what_is_about_the_topic_by_its_headline_alone_comes_last() -> None:
    seal, bridge = stored_quote("We saw a seal out there on the rocks", confidence=0.99), stored_quote("The bridge is old", confidence=0.6)
    lengths = compile_alert([seal, bridge], restricted="", aside={seal.id}).lengths
    assert [words_of(reply) for reply in lengths] == [[*bridge.words, *seal.words], [*bridge.words]]


def test_what_was_published_long_before_it_was_read_is_said_to_be_old() -> None:
    old = datetime(2019, 3, 2, tzinfo=UTC)
    assert alert(stored_quote("A", published=old)).notes == ("All of this was published in March 2019.",)
    assert alert(stored_quote("A", published=old), stored_quote("B", published=old + timedelta(days=70))).notes == (
        "All of this was published from March 2019 to May 2019.",
    )


@pytest.mark.parametrize("other", [{"published": READ_AT - timedelta(days=7)}, {"published": None}])
def test_what_is_new_or_undated_is_not_said_to_be_old(other: dict[str, datetime | None]) -> None:
    assert alert(stored_quote("A", published=datetime(2019, 3, 2, tzinfo=UTC)), stored_quote("B", **other)).notes == ()


def test_the_names_of_those_who_speak_are_given_unless_they_are_many() -> None:
    assert by_whom(["Ann Bell", "Ann Bell", "Tom Bell"], "Bell") == ("Ann Bell", "Tom Bell")
    assert by_whom(["A Bell", "B Bell", "C Bell", "D Bell"], "Bell") == ("Bell",)
    assert by_whom([], "Bell") == ()


# --- what is new -------------------------------------------------------------------------------


def test_a_copy_of_what_its_speaker_said_before_is_no_news() -> None:
    told, copied = stored_quote("We row on."), stored_quote("“We row on”")
    others, else_said = stored_quote("We row on.", speaker_name="Bo Lund"), stored_quote("We stop.")
    assert news([copied, others, else_said, told], told.id) == [others, else_said]


def test_what_an_unnamed_speaker_of_another_article_said_in_the_same_words_is_a_copy() -> None:
    told = stored_quote("It is on course", speaker_id=5, speaker_name="the company")
    copied = stored_quote("It is on course", speaker_id=6, speaker_name="the company")
    assert news([copied, told], told.id) == []


def test_copies_that_come_together_are_news() -> None:
    first, copied = stored_quote("We row on."), stored_quote("We row on.")
    assert news([first, copied], first.id - 1) == [first, copied]


# --- when a day has had enough -----------------------------------------------------------------


def at(zone: ZoneInfo, year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=zone).astimezone(UTC)


def test_a_day_that_has_not_had_all_its_alerts_has_another() -> None:
    told = [at(LONDON, 2026, 11, 5, 23), at(LONDON, 2026, 11, 6, 0, 10)]
    assert digest_at(at(LONDON, 2026, 11, 6, 9), told, 2, LONDON, None) is None


def test_a_day_that_has_had_all_its_alerts_has_the_rest_at_8_on_the_next_morning() -> None:
    told = [at(LONDON, 2026, 11, 6, 1), at(LONDON, 2026, 11, 6, 2)]
    for hour in (2, 9, 23):
        assert digest_at(at(LONDON, 2026, 11, 6, hour), told, 2, LONDON, None) == at(LONDON, 2026, 11, 7, 8)
    assert digest_at(at(LONDON, 2026, 11, 7, 0), told, 2, LONDON, None) is None


def test_the_digest_of_the_rest_waits_until_quiet_hours_end() -> None:
    told = [at(LONDON, 2026, 11, 6, 1)]
    assert digest_at(at(LONDON, 2026, 11, 6, 9), told, 1, LONDON, (time(22), time(9, 30))) == at(LONDON, 2026, 11, 7, 9, 30)


def test_a_day_of_23_or_25_hours_is_one_day() -> None:
    """Lord Howe's clocks go forward by half an hour on 4 October 2026, and London's back by one on 25 October."""
    told = [at(LORD_HOWE, 2026, 10, 4, 0, 10), at(LORD_HOWE, 2026, 10, 4, 23, 50)]
    assert digest_at(told[1], told, 2, LORD_HOWE, None) == at(LORD_HOWE, 2026, 10, 5, 8)
    told = [at(LONDON, 2026, 10, 25, 0, 10), at(LONDON, 2026, 10, 25, 23, 50)]
    assert digest_at(told[1], told, 2, LONDON, None) == at(LONDON, 2026, 10, 26, 8)


def test_a_date_that_a_zone_leaves_out_has_no_morning() -> None:
    """Apia had no 30 December 2011."""
    told = [at(APIA, 2011, 12, 29, 12)]
    assert digest_at(at(APIA, 2011, 12, 29, 13), told, 1, APIA, None) == at(APIA, 2011, 12, 31, 8)


@pytest.mark.parametrize(
    ("number", "digest", "said"),
    [
        (12, (7, 8), "This is the twelfth alert today: the rest comes as a digest tomorrow at 08:00."),
        (1, (7, 8), "This is the only alert today: the rest comes as a digest tomorrow at 08:00."),
        (22, (7, 9), "This is the 22nd alert today: the rest comes as a digest tomorrow at 09:00."),
        (2, (8, 2), "This is the second alert today: the rest comes as a digest on Sunday at 02:00."),
    ],
)
def test_the_last_alert_of_a_day_says_that_it_is(number: int, digest: tuple[int, int], said: str) -> None:
    opened = at(LONDON, 2026, 11, 6, 17)
    assert last_of_day(number, opened, at(LONDON, 2026, 11, *digest), LONDON) == said
    assert alert(*many(7), last_of_day=said).notes == ("And 1 more.", said)

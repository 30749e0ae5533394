from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.replies import Chart, QuoteKind, Reply, Section, Unit
from bot.speaker_card import Profile, speaker_card
from storage.records import AliasKind, Called, Carried, Reports
from tests.stored_quotes import stored_quote, stored_speaker

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def role(text: str, times: int = 1, first: int = 0, last: int | None = None, undated: int = 0) -> Called:
    """A role that a speaker has from one day after Monday to another, in as many articles as times."""
    end = first if last is None else last
    return Called(text, AliasKind.DESCRIPTION, times, MONDAY + first * DAY, MONDAY + end * DAY, times, undated)


def name(text: str, times: int = 1) -> Called:
    return Called(text, AliasKind.NAME, times, MONDAY, MONDAY, times)


def card(*called: Called, carried: tuple[Carried, ...] = (), **given: object) -> Reply:
    values: dict[str, object] = {"first": (), "last": (), "topics": (), "chart": None}
    return speaker_card(Profile(stored_speaker("Helena Marsh", id=4), called, carried, **(values | given)), LONDON)  # type: ignore[arg-type]


def titled(reply: Reply, title: str) -> Section:
    (found,) = [section for section in reply.sections if section.title == title]
    return found


def test_a_card_begins_with_whose_it_is() -> None:
    reply = card()
    assert reply.understood == "Who Helena Marsh is, as the articles have it."
    assert reply.sections == (Section("Helena Marsh", "#4, person", lines=("0 quotes",)),)
    assert reply.again == "speaker #4"
    assert reply.suggestions == reply.notes == ()


def test_quotes_are_counted_by_kind_and_attitudes_apart() -> None:
    carried = (
        Carried("The Mill", QuoteKind.DIRECT, Reports.SPEECH, 1200),
        Carried("The Tide", QuoteKind.DIRECT, Reports.SPEECH, 3),
        Carried(None, QuoteKind.INDIRECT, Reports.SPEECH, 2),
        Carried("The Mill", QuoteKind.INDIRECT, Reports.ATTITUDE, 1),
    )
    assert card(carried=carried).sections[0].lines == (
        "1,205 quotes: 1,203 direct and 2 indirect",
        "1 attitude besides",
        "In The Mill (1,200), The Tide (3) and no known outlet (2)",
    )


def test_many_outlets_are_counted_behind_those_with_the_most_quotes() -> None:
    carried = tuple(Carried(f"Outlet {number}", QuoteKind.MIXED, Reports.SPEECH, 20 - number) for number in range(11))
    assert card(carried=carried).sections[0].lines[-1].endswith("Outlet 7 (13) and 3 more outlets")


def test_of_whom_there_are_attitudes_alone_the_outlets_of_those_are_told() -> None:
    reply = card(carried=(Carried("The Mill", QuoteKind.INDIRECT, Reports.ATTITUDE, 2),))
    assert reply.sections[0].lines == ("0 quotes", "2 attitudes besides", "In The Mill (2)")


def test_the_newest_role_comes_first_with_the_days_of_its_use() -> None:
    reply = card(role("minister for ferries", 3, 0, 9), role("backbencher", 1, 20), role("harbour master", 2, -60, -30))
    assert titled(reply, "Roles").lines == (
        "backbencher: once, on 22 November 2026",
        "minister for ferries: 3 times, from 2 November 2026 to 11 November 2026",
        "harbour master: twice, from 3 September 2026 to 3 October 2026",
    )


def test_a_description_that_says_no_more_than_the_name_is_no_role() -> None:
    assert [section.title for section in card(role("the Marsh")).sections] == ["Helena Marsh"]


def test_a_description_of_a_person_that_is_no_role_is_left_out() -> None:
    assert titled(card(role("friend", 9), role("mayor")), "Roles").lines == ("mayor: once, on 2 November 2026",)


def test_one_role_in_several_forms_is_one_in_the_form_used_most() -> None:
    reply = card(role("the Transport Minister", 2, 3), role("transport minister", 5, 0), role("a transport minister", 1, 9))
    assert titled(reply, "Roles").lines == ("transport minister: 8 times, from 2 November 2026 to 11 November 2026",)


def test_what_only_undated_articles_say_has_the_day_of_its_reading_and_that_is_told() -> None:
    reply = card(role("minister", 1, undated=1), role("mayor", 3, undated=1))
    assert titled(reply, "Roles").lines == ("mayor: 3 times, on 2 November 2026", "minister: once, in what was read on 2 November 2026")
    assert reply.notes == ("Undated articles count by the day they were read.",)


def test_an_undated_form_of_a_dated_role_does_not_change_its_days() -> None:
    reply = card(role("the mayor", 1, 40, undated=1), role("mayor", 3, 1))
    assert titled(reply, "Roles").lines == ("mayor: 4 times, on 3 November 2026",)


def test_of_many_roles_the_most_used_and_the_newest_are_shown() -> None:
    often = [role(f"role {number}", 9, number) for number in range(6)]
    once = [role(f"word {number}", 1, 10 + number) for number in range(6)]
    roles = titled(card(*often, *once), "Roles")
    assert [line.partition(":")[0] for line in roles.lines] == [
        *("word 5", "word 4"),
        *(f"role {number}" for number in reversed(range(6))),
    ]
    assert roles.subtitle == "the most used and the newest"


def test_names_are_told_as_roles_are() -> None:
    assert titled(card(name("Helena Marsh", 7), name("Ms Marsh")), "Names").lines == (
        "Helena Marsh: 7 times, on 2 November 2026",
        "Ms Marsh: once, on 2 November 2026",
    )


def test_the_first_and_the_last_quote_are_shown_with_their_copies() -> None:
    first, last = stored_quote("We begin."), stored_quote("We end.")
    copy = stored_quote("We end.", outlet="The Tide")
    reply = card(first=(first,), last=(last, copy))
    assert [(section.title, section.quotes[0].words) for section in reply.sections[1:]] == [
        ("First quote", ("We begin.",)),
        ("Last quote", ("We end.",)),
    ]
    assert [place.outlet for place in titled(reply, "Last quote").quotes[0].also] == ["The Tide"]
    assert reply.suggestions == ("what has Helena Marsh said",)


def test_one_quote_is_shown_once() -> None:
    only = stored_quote("We begin.", published=None)
    reply = card(first=(only,), last=(only,))
    assert [section.title for section in reply.sections] == ["Helena Marsh", "The only quote"]
    assert reply.notes == ("Undated articles count by the day they were read.",)


def test_how_many_quotes_without_a_date_are_left_out_is_told() -> None:
    assert card(undated=1).notes == ("1 quote without a date counts above, but is not in the chart, nor first or last.",)
    assert card(undated=2).notes == ("2 quotes without a date count above, but are not in the chart, nor first or last.",)


def test_topics_are_told_and_can_be_asked_about() -> None:
    reply = card(first=(stored_quote(),), last=(stored_quote(),), topics=("ferries", "bridge", "tax"))
    assert reply.sections[0].lines[-1] == "About ferries, bridge, tax"
    assert reply.suggestions == (
        "what has Helena Marsh said",
        "quotes by Helena Marsh about ferries",
        "quotes by Helena Marsh about bridge",
    )


def test_attitudes_can_be_asked_for() -> None:
    speaker = stored_speaker("Friends of the Oar", id=4, attitudes=1)
    assert speaker_card(Profile(speaker, (), (), (), (), (), None), LONDON).suggestions == ("attitudes by “Friends of the Oar”",)


def test_who_else_may_have_been_meant_is_told_and_can_be_asked_for() -> None:
    reply = card(others=[stored_speaker("Eve Marsh", id=7)], read="Marhs was read as Helena Marsh.")
    assert reply.notes == ("Marhs was read as Helena Marsh.", "There is also #7 Eve Marsh.")
    assert reply.suggestions == ("speaker #7",)


def test_the_chart_stands_under_the_card() -> None:
    chart = Chart("Quotes by week", (("2 Nov", 1),), "One.", Unit.WEEK)
    assert card(chart=chart).chart == chart

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.callers import Caller
from bot.listings import added, delivered
from bot.replies import Figures, Ingested, SaveOutcome
from tests.newsrooms import ED, Room, article

NOW = datetime(2026, 11, 6, 12, tzinfo=UTC)
FIGURES = Figures(last_tick=NOW - timedelta(seconds=12), due=1, sent=4, skipped=3, failed=0, uncertain=2, running=5, paused=1)


def item(outcome: SaveOutcome | None, **given: object) -> Ingested:
    values: dict[str, object] = {"name": "a", "article_id": 3, "headline": "Ferry row grows", "quotes": 2}
    return Ingested(outcome=outcome, **(values | given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "line", "suggestions"),
    [
        (item(SaveOutcome.ADDED), "Added as article 3: Ferry row grows, with 2 quotes.", ("show 3",)),
        (item(SaveOutcome.ADDED, quotes=0), "Added as article 3: Ferry row grows, with 0 quotes.", ()),
        (item(SaveOutcome.UNCHANGED), "Article 3 is known already: Ferry row grows, with 2 quotes.", ("show 3",)),
        (
            item(SaveOutcome.NEW_VERSION, headline=None, quotes=1),
            "Article 3 was edited since it was read, and has a new version: a, with 1 quote.",
            ("show 3",),
        ),
        (item(SaveOutcome.REMOVED, article_id=None, quotes=0, reason="It was taken down."), "Ferry row grows: It was taken down.", ()),
        (item(None, article_id=None, headline=None, quotes=0, reason="It is empty."), "a: It is empty.", ()),
    ],
)
def test_what_became_of_an_article_is_told(one: Ingested, line: str, suggestions: tuple[str, ...]) -> None:
    reply = added([one])
    assert (reply.understood, reply.notes, reply.suggestions) == (line, (), suggestions)


def test_of_several_articles_each_has_a_line_and_the_first_are_offered() -> None:
    reply = added([item(SaveOutcome.ADDED, article_id=number) for number in (1, 2, 3, 4)])
    assert len(reply.notes) == 3
    assert reply.suggestions == ("show 1", "show 2", "show 3")


def test_what_is_posted_is_told_in_three_lines() -> None:
    section, notes = delivered(FIGURES, NOW)
    assert section.title == "Digests and alerts"
    assert section.lines == (
        "5 run, 1 is paused",
        "1 due; in the last day 4 sent, 3 skipped, 0 failed, 2 uncertain",
        "Last looked for what is due: 12 seconds ago",
    )
    assert notes == ()


def test_where_none_is_set_up_that_is_said() -> None:
    assert delivered(replace(FIGURES, running=0, paused=0), NOW)[0].lines[0] == "None is set up"


@pytest.mark.parametrize(
    ("past", "told"),
    [
        (timedelta(seconds=-3), "0 seconds"),  # another machine's clock goes ahead
        (timedelta(seconds=1), "1 second"),
        (timedelta(seconds=119), "1 minute"),
        (timedelta(hours=5, minutes=50), "5 hours"),
        (timedelta(days=40), "40 days"),
    ],
)
def test_when_it_was_last_looked_is_told_in_one_unit(past: timedelta, told: str) -> None:
    section, _ = delivered(replace(FIGURES, last_tick=NOW - past), NOW)
    assert section.lines[-1] == f"Last looked for what is due: {told} ago"


@pytest.mark.parametrize("last_tick", [None, NOW - timedelta(seconds=61)])
def test_where_no_process_posts_what_runs_it_is_said_which_command_does(last_tick: datetime | None) -> None:
    _, notes = delivered(replace(FIGURES, last_tick=last_tick), NOW)
    assert notes == ("Nothing is posted at the moment: 'verbatim serve' does that.",)
    assert delivered(replace(FIGURES, last_tick=last_tick, running=0, due=0), NOW)[1] == ()


async def test_an_article_without_a_headline_goes_by_its_first_words(room: Room) -> None:
    await room.read(article('Ann Bell said: "Ships sail."', headline=None))
    (section,) = (await room.newsroom.handle("show 1", Caller(ED), page=6)).sections
    assert section.title == "Ann Bell said: Ships sail."

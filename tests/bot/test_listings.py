import pytest

from bot.commands import parse
from bot.listings import added, askable, typed
from bot.replies import Ingested, SaveOutcome
from bot.usage import EVERY_USAGE, Subject
from tests.fakes.clock import FakeClock
from tests.newsrooms import LONDON, lines_of

EXAMPLES = ("who said what about ferries", "what has Ann Bell said")


def test_help_shows_every_keyword_and_what_the_store_can_answer() -> None:
    reply = typed(EXAMPLES)
    assert [section.title for section in reply.sections] == ["Questions", "Commands"]
    questions, commands = reply.sections
    assert questions.lines == (*EXAMPLES, 'who said "the exact words"')
    assert reply.suggestions == EXAMPLES
    assert list(commands.lines) == [usage.line(Subject()) for usage in EVERY_USAGE if usage.keyword != "help"]


def test_help_in_an_empty_store_shows_how_questions_look_and_suggests_none() -> None:
    reply = typed(())
    assert len(reply.sections[0].lines) == 4
    assert reply.suggestions == ()


@pytest.mark.parametrize("line", [*lines_of(typed(())), *EXAMPLES])
def test_what_help_shows_is_understood(line: str) -> None:
    for one in line.split(", or "):
        assert parse(one.partition(" (")[0], now=FakeClock().now, zone=LONDON)


def test_examples_are_about_what_headlines_and_quotes_have_in_common_and_about_who_is_quoted_most() -> None:
    headlines = ["Ferry row grows", "Ferry is back", "Bridge to stay"]
    said = ["The ferry is late", "The ferry is early", "The bridge is shut", "The weather is fine"]
    assert askable(["Ann Bell", "Tom Cook"], headlines, said) == (
        "who said what about ferry",
        "who said what about bridge",
        "what has Ann Bell said",
    )


def test_where_headlines_have_nothing_in_common_with_the_quotes_the_quotes_are_asked_about() -> None:
    assert askable([], ["Nothing new"], ["The ferry is late"]) == ("who said what about ferry", "who said what about late")
    assert askable([], [], []) == ()


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

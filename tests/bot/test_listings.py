import pytest

from bot.listings import added
from bot.replies import Ingested, SaveOutcome


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

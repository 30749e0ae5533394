"""Whom a repost names as its first publisher is read from a line above or below it, and from nothing that the article tells."""

import pytest

from bot.reading.documents import parse
from bot.reading.first_publishers import first_outlet

STORY = ["Ann Bell said: “The bridge is shut.”", *(f"The ferry number {number} is late again, says the harbour." for number in range(9))]


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("First published by Harbour Post", "Harbour Post"),
        ("This article was originally published in The Harbour Post on 3 November 2026.", "The Harbour Post"),
        ("This story first appeared in Harbour Post.", "Harbour Post"),
        ("A version of this article was first published on harbourpost.example.org, and is republished here.", "harbourpost.example.org"),
        ("Originally published at Islands & Coast under a Creative Commons licence.", "Islands & Coast"),
        ("Republished with permission from Harbour Post. All rights are its own.", "Harbour Post"),
        ("Source: Harbour Post", "Harbour Post"),
        ("Via: The Journal of the Isles.", "The Journal of the Isles"),
        ("The post Bridge shut appeared first on Harbour Post.", "Harbour Post"),
        ("Read the original article in Harbour Post.", "Harbour Post"),
        ("This article was first published in 2024.", None),
        ("This article was originally published on Monday.", None),
        ("The report was first published by the ministry on Monday.", None),
        ("Source: the author's own count", None),
        ("Ann Bell said that it was originally published by Harbour Post.", None),
        ("Via the bridge it takes an hour.", None),
        ("First published by The Oar", None),
        ("Reposting this article is for information only. The copyright of this story belongs to the original publisher.", ""),
    ],
)
def test_a_line_names_the_first_publisher_or_none(line: str, outlet: str | None) -> None:
    assert first_outlet([*STORY, line], own="the oar") == outlet
    assert first_outlet([line, *STORY], own="the oar") == outlet


def test_what_the_article_itself_tells_is_no_credit() -> None:
    told = "This report was first published by Harbour Post."
    assert first_outlet([*STORY, told, *STORY], own=None) is None


def test_the_line_is_no_text_and_its_outlet_is_kept() -> None:
    (article,) = parse("\n\n".join([*STORY, "This article was originally published in Harbour Post."]).encode(), name="a.txt")
    assert article.first_outlet == "Harbour Post"
    assert "Harbour Post" not in article.text

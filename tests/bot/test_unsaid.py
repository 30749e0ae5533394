"""Which quotes of an engine are none, as they report only that somebody gave no comment."""

import pytest

from bot.unsaid import unsaid, without
from tests.newsrooms import REAL_ENGINE

NONE = (
    "Ann Bell declined to comment on the tender.",
    "Ann Bell refused to comment.",
    "Ann Bell did not immediately respond to requests for comment.",
    "Ann Bell would not discuss the letter.",
    "Ann Bell declined to say why the ferry was sold.",
    "She declined to elaborate on the plan.",
    "Her office refused to comment.",
    "Ann Bell would not comment on “the mess”.",
)
SOME = {
    "Ann Bell refused to resign.": "to resign",
    "Ann Bell declined to comment but said: “We are late.”": "We are late.",
    "“We are late,” said Ann Bell, who declined to comment on the tender.": "We are late,",
    "Ann Bell denied the claim and declined to comment further.": "the claim",
}
BEFORE = "“It sails at eight,” said Ann Bell, the harbour master.\n\n"


def quoted(text: str) -> list[str]:
    """The words of the quotes that are left of a text."""
    extraction = REAL_ENGINE.extract(text)
    left = without(extraction, unsaid(text, extraction.quotes))
    return [text[quote.content[0][0] : quote.content[-1][1]].strip("“”,") for quote in left.quotes]


@pytest.mark.parametrize("sentence", NONE)
def test_what_only_says_that_there_was_no_comment_is_no_quote(sentence: str) -> None:
    assert quoted(f"{BEFORE}{sentence}") == ["It sails at eight"]


@pytest.mark.parametrize("sentence", SOME)
def test_what_is_said_or_refused_otherwise_stays_one(sentence: str) -> None:
    assert quoted(f"{BEFORE}{sentence}") == ["It sails at eight", SOME[sentence].strip(",")]

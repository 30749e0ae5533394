from datetime import datetime, timedelta
from itertools import permutations

import pytest

from bot.utterances import SOON, WITHIN, utterances
from storage.records import QuoteKind, StatementQuote
from tests.stored_quotes import PUBLISHED

HOUR = timedelta(hours=1)
ROW = "We will row to the island in May, and nobody will stop us"


def quote(
    number: int,
    words: str = ROW,
    *,
    speaker: int = 1,
    article: int = 0,
    statement: int | None = None,
    kind: QuoteKind = QuoteKind.DIRECT,
    dated: datetime = PUBLISHED,
) -> StatementQuote:
    """A quote in an article of its own unless another is given."""
    return StatementQuote(number, article or number, speaker, statement, (words,), kind, dated)


def groups(*quotes: StatementQuote, of: list[int] | None = None) -> list[list[int]]:
    ordered = sorted(quotes, key=lambda one: (one.dated, one.id))
    return sorted(utterances(ordered, of=[one.id for one in quotes] if of is None else of))


def test_a_wire_copy_is_the_same_utterance() -> None:
    assert groups(quote(1), quote(2, f"“{ROW.upper()}.”")) == [[1, 2]]


@pytest.mark.parametrize(
    "words",
    [
        "We will row to the island in May and no one will stop us",
        "We will row to the island in May",
        "We'll row to the island in May, and nobody will stop us. We have the oars.",
    ],
)
def test_another_wording_of_it_is_the_same_utterance(words: str) -> None:
    assert groups(quote(1), quote(2, words)) == [[1, 2]]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("I will stand down as leader of the party in May", "I will not stand down as leader of the party in May"),
        ("I will stand down as leader of the party in May", "I won’t stand down as leader of the party in May"),
        ("I will stand down as leader of the party in May", "I will never stand down as leader of the party in May"),
        (
            "I will stand down as leader of the party in May",
            "Let me be clear to all of you here. I will not stand down as leader of the party",
        ),
        ("We will accept the findings", "We will not accept the findings"),
        ("We met Bell in the harbour on Sunday", "We met Lindqvist in the harbour on Sunday"),
        ("we would do it with a ferry on Sundays", "we would do it without a ferry on Sundays"),
        ("we lost 20 boats in the storm last night", "we lost 30 boats in the storm last night"),
        ("we lost two boats in the storm last night", "we lost three boats in the storm last night"),
        ("it cost us 2 million to mend the quay", "it cost us 2 billion to mend the quay"),
    ],
)
def test_what_one_outlet_has_denied_counted_or_named_otherwise_that_day_is_the_same_utterance(said: str, words: str) -> None:
    assert groups(quote(1, said), quote(2, words, dated=PUBLISHED + SOON - HOUR)) == [[1, 2]]
    assert groups(quote(1, words), quote(2, said)) == [[1, 2]]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("I will stand down as leader of the party in May", "I will not stand down as leader of the party in May"),
        ("we lost 20 boats in the storm last night", "we lost 30 boats in the storm last night"),
    ],
)
def test_what_is_denied_or_counted_otherwise_a_day_later_is_another_utterance(said: str, words: str) -> None:
    assert groups(quote(1, said), quote(2, words, dated=PUBLISHED + SOON)) == [[1], [2]]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("We won 12 seats in Kent", "We won 21 seats in Essex"),
        ("we lost 20 boats and 3 nets in the storm", "we lost 30 boats and 5 nets in the storm"),
        ("we would accept the findings of the board", "we would not accept the findings of this board"),
        ("somebody in this room knew about the ferry", "Nobody in this room knew about the ferry"),
        (
            "stand down as leader of the party in May",
            "Let me be clear to all of you here. I will not stand down as leader of the party in May",
        ),
    ],
)
def test_what_is_denied_or_counted_otherwise_and_not_word_for_word_the_same_besides_is_another_utterance(said: str, words: str) -> None:
    assert groups(quote(1, said), quote(2, words)) == [[1], [2]]
    assert groups(quote(1, words), quote(2, said)) == [[1], [2]]


def test_in_an_outlets_own_words_another_denial_is_the_same_utterance_and_another_number_or_name_is_not() -> None:
    def reported(number: int, words: str) -> StatementQuote:
        return quote(number, words, kind=QuoteKind.INDIRECT)

    assert groups(reported(1, "she would accept the findings"), reported(2, "she would not accept the findings")) == [[1, 2]]
    assert groups(reported(1, "that 12 people had been hurt"), reported(2, "that 13 people had been hurt")) == [[1], [2]]
    assert groups(reported(1, "that they had met Lindqvist at noon"), reported(2, "that they had met Bell at noon")) == [[1], [2]]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("I will not stand down as leader of the party in May", "I won't stand down as leader of the party in May"),
        ("we lost two boats in the storm last night", "We lost 2 boats in the storm last night"),
        ("We lost 20 boats in the storm last night", "We lost 20 boats in the storm last night. Nobody drowned, and 3 were towed in."),
    ],
)
def test_a_denial_or_number_in_other_letters_is_the_same_utterance(said: str, words: str) -> None:
    assert groups(quote(1, said), quote(2, words)) == [[1, 2]]
    assert groups(quote(1, words), quote(2, said)) == [[1, 2]]


def test_other_words_are_another_utterance() -> None:
    assert groups(quote(1), quote(2, "Nobody asked the ferrymen what they thought of it")) == [[1], [2]]


def test_a_few_common_words_found_here_and_there_in_a_long_quote_do_not_make_it_the_same() -> None:
    long = "It was in May that we said nobody will stop the boats, and to this day the island will not row back on us, whatever they say"
    assert groups(quote(1, "we will row in May"), quote(2, long)) == [[1], [2]]


def test_short_words_are_the_same_only_if_nothing_differs() -> None:
    assert groups(quote(1, "No comment"), quote(2, "no comment.")) == [[1, 2]]
    assert groups(quote(1, "No comments"), quote(2, "No comment")) == [[1], [2]]


def test_two_speakers_do_not_share_an_utterance() -> None:
    assert groups(quote(1), quote(2, speaker=2)) == [[1], [2]]


def test_one_article_does_not_report_an_utterance_twice() -> None:
    assert groups(quote(1, article=7), quote(2, article=7)) == [[1], [2]]


def test_what_is_said_days_later_is_said_again() -> None:
    assert groups(quote(1), quote(2, dated=PUBLISHED + WITHIN)) == [[1], [2]]
    assert groups(quote(1), quote(2, dated=PUBLISHED + WITHIN - HOUR)) == [[1, 2]]


def test_a_third_report_joins_two_that_were_apart() -> None:
    first, last = quote(1), quote(3, dated=PUBLISHED + 2 * WITHIN - 2 * HOUR)
    assert groups(first, last) == [[1], [3]]
    assert groups(first, last, quote(2, dated=PUBLISHED + WITHIN - HOUR)) == [[1, 2, 3]]


def test_a_new_report_joins_the_statement_that_is_known() -> None:
    known = [quote(1, statement=5), quote(2, statement=5), quote(3, "Something else that was said at the time", statement=6)]
    assert groups(*known, quote(4), of=[4]) == [[1, 2, 4]]


def test_known_statements_are_left_alone() -> None:
    assert groups(quote(1, statement=5), quote(2, statement=5), of=[]) == []


def test_numbers_that_are_no_more_are_passed_over() -> None:
    assert groups(quote(1), of=[1, 99]) == [[1]]


def test_the_order_in_which_reports_are_looked_at_makes_no_difference() -> None:
    given = [quote(1), quote(2, "We will row to the island in May"), quote(3, "Nobody asked the ferrymen what they thought"), quote(4)]
    assert {tuple(map(tuple, groups(*given, of=list(order)))) for order in permutations([1, 2, 3, 4])} == {((1, 2, 4), (3,))}

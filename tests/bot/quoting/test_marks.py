"""What stands between quotation marks: every kind of mark, open and nested, and what only looks like one."""

import pytest

from bot.quoting.marks import quotations


def inside(text: str) -> list[str]:
    return [text[q.inner[0] : q.inner[1]] for q in quotations(text)]


@pytest.mark.parametrize(
    "text",
    [
        'The warden said: "Nobody crosses tonight."',
        "The warden said: “Nobody crosses tonight.”",
        "The warden said: 'Nobody crosses tonight.'",
        "The warden said: ‘Nobody crosses tonight.’",
        "The warden said: ''Nobody crosses tonight.''",
        "The warden said: „Nobody crosses tonight.“",
        "The warden said: «Nobody crosses tonight.»",
    ],
)
def test_every_kind_of_mark_encloses_a_quotation(text: str) -> None:
    assert inside(text) == ["Nobody crosses tonight."]


def test_apostrophes_are_not_marks() -> None:
    assert inside("The farmers' dog didn't bark, and it's the '90s dog of O'Hara's.") == []


def test_a_plural_possessive_does_not_close_a_single_quotation() -> None:
    assert inside("‘It is the farmers’ dog that barked,’ she said.") == ["It is the farmers’ dog that barked,"]
    assert inside("'It is the farmers' dog that barked,' she said.") == ["It is the farmers' dog that barked,"]


def test_the_inner_quotation_belongs_to_the_outer_one() -> None:
    assert inside("\"He wrote 'never' on the wall,\" she said.") == ["He wrote 'never' on the wall,"]
    assert inside("‘He wrote “never” on the wall,’ she said.") == ["He wrote “never” on the wall,"]
    assert inside("“He wrote “never” on the wall,” she said.") == ["He wrote “never” on the wall,"]


def test_inches_and_minutes_are_not_marks() -> None:
    assert inside('The 6" pipe and the 4" pipe are "safe", he said.') == ["safe"]


def test_a_quotation_left_open_ends_with_its_paragraph() -> None:
    [found] = quotations('She said: "We go on.\nThe road is closed.')
    assert not found.closed
    assert not found.continued
    assert found.inner == (11, 20)


def test_a_quotation_left_open_ends_where_its_sentence_goes_on_outside_it() -> None:
    assert inside("“The road is closed, he said. The county agreed.") == ["The road is closed,"]


def test_a_quotation_over_three_paragraphs_is_carried_on_twice() -> None:
    found = quotations("“One.\n\n“Two.\n\n“Three.” The end.")
    assert [q.continued for q in found] == [True, True, False]
    assert [q.closed for q in found] == [False, False, True]


def test_single_marks_carry_a_quotation_on_as_double_ones_do() -> None:
    text = "Ann Cook is 71. ‘I open at six,’ she said. ‘I am never late.\n\n‘I was late once.\n\n‘It was snowing.’ The shop is blue."
    found = quotations(text)
    assert [text[slice(*q.inner)] for q in found] == ["I open at six,", "I am never late.", "I was late once.", "It was snowing."]
    assert [q.continued for q in found] == [False, True, True, False]


def test_a_single_mark_that_no_paragraph_takes_up_opens_nothing() -> None:
    assert inside("The ‘nothing “We go on,” she said.\n\nThe road is closed.") == ["We go on,"]


def test_what_carries_a_quotation_on_may_stay_open_itself() -> None:
    found = quotations("‘One.\n\n‘Two.\n\nThe end.")
    assert [(q.continued, q.closed) for q in found] == [(True, False), (False, False)]


def test_a_mark_of_the_other_kind_carries_nothing_on() -> None:
    assert [q.continued for q in quotations("“One.\n‘Two.’")] == [False, False]


def test_an_empty_quotation_is_none() -> None:
    assert inside('He said "" and “” and left.') == []

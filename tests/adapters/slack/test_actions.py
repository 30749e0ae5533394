import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.pages import Page
from adapters.slack.actions import CONTEXT, MORE, QUOTE, SPEAKER, WHO, QuoteChoice, matching, numbered, read_choice

_NUMBERS = st.integers(1, 10**18)
_PAGES = st.builds(Page, _NUMBERS, st.none() | _NUMBERS)


@given(st.builds(QuoteChoice, st.sampled_from((CONTEXT, SPEAKER, WHO)), _NUMBERS, st.none() | _PAGES))
def test_a_choice_comes_out_of_a_menu_as_it_went_in(choice: QuoteChoice) -> None:
    assert read_choice(choice.value) == choice
    assert len(choice.value) <= 150


@pytest.mark.parametrize("value", ["", "context", "context:", "context:x", "delete:5", "context:5:6", "speaker:5:6:7:8"])
def test_a_value_that_is_no_choice_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="is no choice"):
        read_choice(value)


def test_an_action_is_known_with_and_without_its_number() -> None:
    assert matching(QUOTE).search(numbered(QUOTE, 12))
    assert matching(MORE).search("more")
    assert not matching(QUOTE).search("quotes:12")
    assert not matching("subscription-pause").search("subscription-pause:x")

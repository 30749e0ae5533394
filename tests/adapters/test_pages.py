import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.pages import PAGE, Page, page_found, read_page

PAGES = st.builds(Page, st.integers(1, 10**18), st.none() | st.integers(1, 10**18))


@given(PAGES)
def test_a_page_comes_out_of_a_button_as_it_went_in(page: Page) -> None:
    assert read_page(page.value) == page


@given(st.none() | PAGES)
def test_a_page_is_found_in_a_longer_value_that_names_one(page: Page | None) -> None:
    found = re.fullmatch(rf"quote(?::{PAGE})?", f"quote:{page.value}" if page else "quote")
    assert found
    assert page_found(found.groupdict()) == page


@pytest.mark.parametrize("value", ["", "5", "five:", "5:6:7", "-5:", "5: 6"])
def test_a_value_that_is_no_page_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="is no page"):
        read_page(value)

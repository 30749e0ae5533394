import html

import pytest
from hypothesis import given, settings

from adapters.slack.escaping import escaped, size
from tests.adapters.hostile import TEXTS


def test_a_text_is_as_long_as_its_utf16_units_with_entities_for_the_signs_of_markup() -> None:
    assert size("abc") == 3
    assert size("\U0001f600") == 2
    assert size("a & b < c > d") == len("a &amp; b &lt; c &gt; d")


@settings(max_examples=100)
@given(text=TEXTS)
def test_an_escaped_text_is_as_long_as_was_said_and_says_the_same(text: str) -> None:
    assert len(escaped(text).encode("utf-16-le", "surrogatepass")) == 2 * size(text)
    assert html.unescape(escaped(text)) == text


@pytest.mark.parametrize("mention", ["<!channel>", "<@U1>", "<https://evil.example.org|text>", "&lt;!here&gt;"])
def test_escaped_text_mentions_nobody_and_links_nowhere(mention: str) -> None:
    assert not set(escaped(mention)) & {"<", ">"}
    assert html.unescape(escaped(mention)) == mention

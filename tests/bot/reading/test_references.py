"""References of HTML in what is text."""

import pytest

from bot.reading.references import written_out


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("R&amp;D", "R&D"),
        ("&#8220;No,&#x201D; she said&hellip;", "“No,” she said…"),
        ("it&#146;s", "it’s"),
        ("&amp;quot;", "&quot;"),
        ("news&notes, arts&times, &copyright; AT&T; Q&A", "news&notes, arts&times, &copyright; AT&T; Q&A"),
        ("&unknown; &#; &#x; &", "&unknown; &#; &#x; &"),
        ("", ""),
    ],
)
def test_references_are_written_out_once_and_what_is_none_stays(given: str, meant: str) -> None:
    assert written_out(given) == meant

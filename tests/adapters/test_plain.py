import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.plain import LONGEST_LINK, chat_link, safe_json, safe_line, safe_link, safe_text

_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@settings(max_examples=100)
@given(st.text(st.characters()))
def test_safe_text_has_the_length_of_the_text_and_nothing_unsafe(text: str) -> None:
    assert len(safe_text(text)) == len(text)
    assert not _UNSAFE.search(safe_text(text))
    assert not _UNSAFE.search(safe_line(text))
    assert "\n" not in safe_line(text)
    assert all(" " <= character <= "~" for character in safe_link(f"https://example.org/{text}") or "")


def test_safe_json_means_the_same() -> None:
    assert safe_json('"a\x9b\u202e\x7f"') == '"a\\u009b\\u202e\\u007f"'


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/ferry_(ship)?a=1&b=2#:~:text=We%20wait", "https://example.org/ferry_(ship)?a=1&b=2#:~:text=We%20wait"),
        ('https://example.org/a|b c<d>"e"', "https://example.org/a%7Cb%20c%3Cd%3E%22e%22"),
        ("https://fähre.example.org/öl", "https://xn--fhre-loa.example.org/%C3%B6l"),
        ("HTTPS://Harbour.Example.ORG:8080/A", "https://harbour.example.org:8080/A"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
        ("https://good.example.org@evil.example.org/", "https://good.example.org@evil.example.org/"),
        ("https://example.org/\ud800\x00\u202e", "https://example.org/?%00%E2%80%AE"),
    ],
)
def test_an_address_of_the_web_is_a_link_in_printable_ascii(url: str, link: str) -> None:
    assert chat_link(url) == link


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "ftp://example.org/a",
        "mailto:ada@example.org",
        "https://",
        "https:///path",
        "https://a..b/",
        "https://exa mple.org/",
        "https://example.org:port/",
        "https://example.org:99999/",
        "https://[nothing/",
        "https://evil.example.org\\@good.example.org/",
        "https://evil|good.example.org/",
        f"https://{'ä' * 70}.example.org/",
    ],
)
def test_what_is_no_address_of_the_web_is_no_link(url: str | None) -> None:
    assert chat_link(url) is None


def test_an_address_is_a_link_up_to_the_length_that_platforms_take() -> None:
    page = "https://example.org/"
    assert chat_link(page + "a" * (LONGEST_LINK - len(page))) is not None
    assert chat_link(page + "a" * (LONGEST_LINK - len(page) + 1)) is None


@given(st.text(st.characters()))
def test_a_link_never_holds_what_would_end_it(text: str) -> None:
    for url in (text, f"https://{text}", f"https://example.org/{text}"):
        link = chat_link(url)
        assert link is None or (link.startswith(("http://", "https://")) and not re.search(r"[^!-~]|[<>|\"\\]", link))

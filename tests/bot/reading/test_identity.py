from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.identity import canonical_url, file_identity, is_of_site, text_identity, url_identity


@pytest.mark.parametrize(
    ("given_url", "canonical"),
    [
        ("https://News.Example.ORG/a", "https://news.example.org/a"),
        ("HTTPS://news.example.org:443/a", "https://news.example.org/a"),
        ("http://news.example.org:80/a", "http://news.example.org/a"),
        ("https://news.example.org:8443/a", "https://news.example.org:8443/a"),
        ("https://news.example.org", "https://news.example.org/"),
        ("https://news.example.org./a", "https://news.example.org/a"),
        ("https://news.example.org/a#comments", "https://news.example.org/a"),
        ("https://news.example.org/a#!/story/7", "https://news.example.org/a#!/story/7"),
        ("https://news.example.org/a?utm_source=x&id=7&fbclid=y", "https://news.example.org/a?id=7"),
        ("https://news.example.org/a?utm_source=x", "https://news.example.org/a"),
        ("https://news.example.org/a?b=2&a=1", "https://news.example.org/a?b=2&a=1"),
        ("https://news.example.org/a?at_medium=RSS&at_campaign=KARANGA", "https://news.example.org/a"),
        ("https://news.example.org/a/../b/./c", "https://news.example.org/b/c"),
        ("https://news.example.org/a (b)|c", "https://news.example.org/a%20(b)%7Cc"),
        ("https://news.example.org/caf%c3%a9", "https://news.example.org/caf%C3%A9"),
        ("https://news.example.org/café", "https://news.example.org/caf%C3%A9"),
        ("https://news.example.org/%7Equill", "https://news.example.org/~quill"),
        ("https://news.example.org/100%", "https://news.example.org/100%25"),
        ("https://Köln.example/a", "https://xn--kln-sna.example/a"),
        ("https://name:secret@news.example.org/a", "https://news.example.org/a"),
        ("  https://news.example.org/a\n", "https://news.example.org/a"),
    ],
)
def test_a_url_has_one_canonical_form(given_url: str, canonical: str) -> None:
    assert canonical_url(given_url) == canonical


@pytest.mark.parametrize(
    "address",
    [
        "",
        "news.example.org/a",
        "ftp://news.example.org/a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https:///a",
        "http://[::1",
        "http://a b/",
        "https://x:99999/",
    ],
)
def test_what_is_no_web_address_has_no_canonical_form(address: str) -> None:
    assert canonical_url(address) is None


def test_the_query_is_kept_whole_for_fetching() -> None:
    assert (
        canonical_url("https://news.example.org/a?utm_source=x&id=7#top", keep_tracking=True)
        == "https://news.example.org/a?utm_source=x&id=7"
    )


def test_http_and_https_are_one_identity() -> None:
    assert url_identity("http://news.example.org/a") == url_identity("https://news.example.org/a") == "https://news.example.org/a"


def test_a_file_is_the_same_by_whatever_path(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    article = tmp_path / "an article.txt"
    article.touch()

    assert file_identity(tmp_path / "folder" / ".." / "an article.txt") == file_identity(article)
    assert file_identity(article).startswith("file:///")


def test_a_text_is_identified_by_its_words() -> None:
    assert text_identity("a") == text_identity("a") != text_identity("b")
    assert text_identity("a").startswith("text:")


@given(st.one_of(st.text(), st.text().map(lambda text: f"https://news.example.org/{text}"), st.text().map(lambda text: f"https://{text}/")))
def test_the_canonical_form_of_a_canonical_form_is_itself(address: str) -> None:
    canonical = canonical_url(address)

    assert canonical is None or canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    ("url", "of", "is_of_it"),
    [
        ("https://www.tide.example.org/1", "http://tide.example.org:8080/feed", True),
        ("https://www.tide.example.org/1", "https://feeds.tide.example.org/all", True),
        ("https://tide.example.org/1", "https://rss.tide.example.org/all", True),
        ("https://tide.example.org/1", "https://mud.tide.example.org/all", False),
        ("https://mud.tide.example.org/1", "https://tide.example.org/all", False),
        ("https://tide.example.org/1", "https://tide.example.org.mud.example/all", False),
        ("https://org/1", "https://feeds.org/all", False),
        ("nowhere", "nowhere", False),
        ("https://[x/1", "https://[x/1", False),
    ],
)
def test_an_address_is_of_a_site_whose_own_feeds_and_pages_may_name_it(url: str, of: str, is_of_it: bool) -> None:
    assert is_of_site(url, of) is is_of_it

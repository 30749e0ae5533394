"""Pages that mean harm, or that somebody's program has mangled: an article or a reason, in good time, and nothing else."""

import time
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ReadingError
from bot.reading.documents import parse
from storage.records import NewArticle
from storage.terms import storable
from tests.newsrooms import REAL_ENGINE

ADDRESS = "https://news.example.org/2026/boats"
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Boats are late | The Tide</title>'
    '<link rel="canonical" href="https://news.example.org/2026/boats"><meta property="og:site_name" content="The Tide">'
    '<meta property="article:published_time" content="2026-11-05T09:00:00Z"><script type="application/ld+json">'
    '{"@type": "NewsArticle", "headline": "Boats are late", "author": {"name": "Ada Moor"}, "datePublished": "2026-11-05"}</script></head>'
    "<body><nav><a href='/'>Home</a></nav><article><h1>Boats are late</h1><p class=byline>By Ada Moor</p>"
    "<p>Ann Bell said: &ldquo;The boat was late again on Monday.&rdquo;</p><figure><img src=x><figcaption>The pier</figcaption></figure>"
    "<p>“We can’t wait,” said Zoë Quill, the mayor of Port Ansel.<br>She left the hall &amp; the town.</p>"
    "<ul><li>Five islands have no boat.</li></ul><blockquote><p>No boat, no school.</p></blockquote></article>"
    "<footer>© 2026 The Tide</footer></body></html>"
).encode()
ODD = st.sampled_from(
    ["<", ">", "</", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE", "<script>", "</script>", "<svg>", "<math><mi>", "<template>",
     "<p>", "</p>", "<table><tr>", "<select>", "<q>", "&#0;", "&#xD800;", "&#x10FFFF;", "&ldquo", "\x00", "\ufffe", "\u202e", "“", "’",
     '<meta charset="utf-7">', '<meta http-equiv=content-type content="text/html; charset=utf-16">', '{"@graph": [', "said: ", ' lang="',
     '<link rel=canonical href="http://[">', "<time datetime='9999-99-99'>", "<a href='https://mill.example.org/'>"]
).map(lambda text: text.encode("utf-8"))  # fmt: skip
EDITS = st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 80), st.binary(max_size=8) | ODD), min_size=1, max_size=8)
MEDIA_TYPES = st.sampled_from([None, "text/html", "text/html; charset=shift_jis", "text/html; charset=no-such", "application/xhtml+xml"])


def read(data: bytes, media_type: str | None = "text/html") -> list[NewArticle]:
    """The articles of a page; none where it is refused with a reason."""
    try:
        return parse(data, name="page.html", media_type=media_type, address=ADDRESS)
    except ReadingError:
        return []


def assert_whole(data: bytes, found: list[NewArticle]) -> None:
    """What a page gives is bounded by it, can be stored, claims no other site's address, and has its quotes where their offsets say."""
    for one in found:
        assert one.text == one.text.strip() != ""
        assert len(one.text) <= 4 * len(data)
        assert all(storable(text) for text in (one.text, one.identity, one.url, one.headline, one.byline, one.outlet, one.language) if text)
        assert all(len(text) <= 500 for text in (one.headline, one.byline, one.outlet) if text)
        assert one.url is None or urlsplit(one.url).hostname == "news.example.org"
        assert one.published is None or one.published.tzinfo is not None
        for quote in REAL_ENGINE.extract(one.text[:2000]).quotes:
            assert all(one.text[start:end].strip() for start, end in (*quote.content, *quote.source, *quote.cue))


def test_the_page_that_is_mangled_here_is_an_article() -> None:
    (one,) = read(PAGE)

    assert (one.headline, one.byline, one.outlet) == ("Boats are late", "Ada Moor", "The Tide")
    assert "“We can’t wait,” said Zoë Quill" in one.text
    assert_whole(PAGE, [one])


@settings(max_examples=60, deadline=None)
@given(EDITS, MEDIA_TYPES)
def test_failures_21_any_mangled_page_gives_an_article_or_a_reason(edits: list[tuple[int, int, bytes]], media_type: str | None) -> None:
    data = PAGE
    for at, length, inserted in edits:
        at %= len(data) + 1
        data = data[:at] + inserted + data[at + length :]

    assert_whole(data, read(data, media_type))


@settings(max_examples=40, deadline=None)
@given(st.lists(ODD | st.binary(max_size=30), max_size=30).map(b"".join), MEDIA_TYPES)
def test_failures_21_any_bytes_that_are_called_a_page_give_an_article_or_a_reason(data: bytes, media_type: str | None) -> None:
    within = PAGE.replace(b"<ul>", data + b"<ul>")

    assert_whole(data, read(data, media_type))
    assert_whole(within, read(within, media_type))


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * 20_000 + b"<p>The mayor said no.</p>",
        b"<p>The mayor said no.</p>" + b"</div>" * 50_000,
        b"<!--" * 100_000,
        b"<a " * 100_000,
        b"<table><tr><td>" * 5_000,
        b"<p>" + b"&" * 300_000,
        b"<p>" + b"<b><i>" * 10_000 + b"The mayor said no.",
        b"<script type='application/ld+json'>" + b"[" * 100_000 + b"</script><p>The mayor said no.</p>",
        b"<p>" + "“".encode() * 50_000,
        b"<title>" + b"x " * 200_000,
        b"<p>" + b"The mayor said no. " * 20_000,
        b"<p " + b"a=b " * 100_000 + b">The mayor said no.",
    ],
    ids=range(12),
)
def test_failures_21_time_grows_with_the_length_of_a_page_and_no_faster(data: bytes) -> None:
    """FAILURES 21: a parser that hangs (trafilatura#704). What grows by the square takes minutes here."""
    page = b"<html><body><article>" + data
    began = time.process_time()

    assert_whole(page, read(page))

    assert time.process_time() - began < 8

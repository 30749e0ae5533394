import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds.discovery import MAX_OFFERS, Offer, feeds_of, guesses
from bot.feeds.feed import FeedFormat

ADDRESS = "https://example.org/news/front.html"


def offers(page: str) -> tuple[Offer, ...]:
    return feeds_of(page.encode(), media_type="text/html; charset=utf-8", address=ADDRESS)


def link(href: str, media_type: str = "application/rss+xml", title: str = "", rel: str = "alternate") -> str:
    return f'<link rel="{rel}" type="{media_type}" title="{title}" href="{href}">'


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        ("application/rss+xml", FeedFormat.RSS),
        ("Application/RSS+XML; charset=utf-8", FeedFormat.RSS),
        ("application/atom+xml", FeedFormat.ATOM),
        ("application/rdf+xml", FeedFormat.RDF),
        ("application/feed+json", FeedFormat.JSON),
        ("application/json", FeedFormat.JSON),
        ("text/xml", None),
    ],
)
def test_a_page_names_its_feed_and_its_format(media_type: str, expected: FeedFormat | None) -> None:
    page = f"<html><head>{link('/feed.json', media_type, 'The Courier &amp; more')}</head><body></body></html>"

    assert offers(page) == (Offer("https://example.org/feed.json", "The Courier & more", expected),)


@pytest.mark.parametrize(
    "other",
    [
        link("/a.css", "text/css", rel="alternate stylesheet"),
        link("/a.xml", "text/xml", rel="stylesheet"),
        link("/fr/", "text/html"),
        link("/wp-json/pages/2", "application/json"),
        link("/oembed", "application/json+oembed"),
        link("/oembed", "text/xml+oembed"),
        link("javascript:x"),
        link(""),
        "<link rel='alternate' href='/feed'>",
        "<!-- " + link("/feed") + " -->",
        "<script>var x = '" + link("/feed") + "'</script>",
    ],
)
def test_other_links_are_no_feeds(other: str) -> None:
    assert offers(f"<head>{other}</head>") == ()


def test_feeds_come_in_the_pages_order_with_comments_last() -> None:
    page = link("/comments/feed/", title="x") + link("/feed/") + link("/b", title="The Courier » Comments Feed") + link("/commentary/feed/")

    assert [offer.url.removeprefix("https://example.org") for offer in offers(page)] == [
        "/feed/",
        "/commentary/feed/",
        "/comments/feed/",
        "/b",
    ]


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("", "https://example.org/news/rss"),
        ("<base href='https://feeds.example.org/x/'>", "https://feeds.example.org/x/rss"),
        ("<base target='_top'><base href='/x/'>", "https://example.org/x/rss"),
        ("<base href='javascript:x'>", "https://example.org/news/rss"),
    ],
)
def test_the_base_of_the_page_is_obeyed(base: str, url: str) -> None:
    assert [offer.url for offer in offers(f"<head>{base}{link('rss')}</head>")] == [url]


def test_a_feed_named_twice_is_offered_once_and_never_too_many() -> None:
    assert len(offers(link("/feed", title="a") + link("/feed", title="b"))) == 1
    assert offers(link("/feed", title="a") + link("/feed", title="b"))[0].title == "a"
    assert len(offers(link("/feed") + link("http://example.org/feed") + link("https://EXAMPLE.org:443/feed#x"))) == 1
    assert len(offers("".join(link(f"/{number}") for number in range(MAX_OFFERS + 9)))) == MAX_OFFERS


def test_the_links_of_a_broken_page_are_found() -> None:
    assert len(offers(f"<p><title>x<body>{link('/feed')}</p></head>".replace("<title>x", ""))) == 1


def test_an_index_of_sitemaps_offers_them_with_news_first() -> None:
    page = (
        "<?xml version='1.0'?><sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
        "<sitemap><loc>https://example.org/old.xml</loc></sitemap><sitemap><loc>https://example.org/news.xml</loc></sitemap></sitemapindex>"
    )

    assert [(offer.url, offer.format) for offer in offers(page)] == [
        ("https://example.org/news.xml", FeedFormat.SITEMAP),
        ("https://example.org/old.xml", FeedFormat.SITEMAP),
    ]


def test_a_site_that_names_no_feed_is_asked_at_the_common_places() -> None:
    assert guesses("https://ann@example.org:8443/news/?x=1") == tuple(
        f"https://example.org:8443{place}" for place in ("/feed", "/rss", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/feed.json")
    )
    assert guesses("ftp://example.org/") == guesses("nothing") == ()


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=300),
    st.lists(st.sampled_from([link("/a"), "<head>", "<base href='http://[' >", "<!--", "<link", "'", ">", "</", "\x00"])),
)
def test_any_page_offers_web_addresses_or_nothing(data: bytes, pieces: list[str]) -> None:
    for page in (data, "".join(pieces).encode() + data):
        for offer in feeds_of(page, media_type=None, address=ADDRESS):
            assert offer.url.startswith(("http://", "https://"))

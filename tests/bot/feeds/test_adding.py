"""What a person gives for a feed may be the feed, a page that names it, or a site that has one where most have theirs."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeVar, cast

import pytest

from bot.bounded import Workers
from bot.errors import Ambiguous, CannotFetch, NotFound, ReadingError
from bot.feeds.adding import LONGEST_ADDRESS, Adding, see_that_it_is_an_address
from bot.feeds.pacing import Pacer
from bot.reading.pages import Answer, FeedFetcher, Refused, Trouble, Validators

SITE = "https://tides.example.org"
RSS = b"<?xml version='1.0'?><rss version='2.0'><channel><title>Tides</title><item><title>Boats</title></item></channel></rss>"
MISSING = Refused(Trouble.MISSING, CannotFetch("There is no page at this address.", "Check the address."), 404)
_Result = TypeVar("_Result")


def page(*links: str, title: str = "Tides") -> bytes:
    named = "".join(f'<link rel="alternate" type="application/rss+xml" title="{title} {link}" href="{link}">' for link in links)
    return f"<!doctype html><html><head><title>Tides</title>{named}</head><body><p>Boats are late.</p></body></html>".encode()


class Web:
    """What stands at these addresses; all others have nothing."""

    def __init__(self, places: Mapping[str, bytes | Answer]) -> None:
        self._places = places
        self.asked: list[str] = []

    async def fetch_feed(self, url: str, *, validators: Validators) -> Answer | Refused:
        assert validators == Validators()
        self.asked.append(url)
        found = self._places.get(url, MISSING)
        return Answer(url, None, found) if isinstance(found, bytes) else found


class Here:
    """Runs the work of workers in this very process."""

    async def run(self, function: Callable[[], _Result]) -> _Result:
        return function()


def adding(web: Web) -> Adding:
    async def sleep(_: float) -> None:
        """Wait for nothing."""

    pacer = Pacer(lambda: datetime(2026, 11, 6, 12, tzinfo=UTC), sleep)
    return Adding(cast("FeedFetcher", web), cast("Workers", Here()), pacer)


@pytest.mark.parametrize(
    ("places", "given", "address"),
    [
        ({f"{SITE}/feed": RSS}, f"{SITE}/feed", f"{SITE}/feed"),
        ({f"{SITE}/": page("/news.xml"), f"{SITE}/news.xml": RSS}, f"{SITE}/", f"{SITE}/news.xml"),
        ({f"{SITE}/": page("/comments/feed/", "/feed/"), f"{SITE}/feed/": RSS}, f"{SITE}/", f"{SITE}/feed/"),
        ({f"{SITE}/": page("/comments/feed/"), f"{SITE}/comments/feed/": RSS}, f"{SITE}/", f"{SITE}/comments/feed/"),
        ({f"{SITE}/news/1": page(), f"{SITE}/rss.xml": RSS}, f"{SITE}/news/1", f"{SITE}/rss.xml"),
        ({f"{SITE}/old": Answer(f"{SITE}/new", None, RSS, moved=True)}, f"{SITE}/old", f"{SITE}/new"),
        ({f"{SITE}/now": Answer(f"{SITE}/today", None, RSS)}, f"{SITE}/now", f"{SITE}/now"),
    ],
    ids=[
        "a feed",
        "a page that names one",
        "one and its comments",
        "comments alone",
        "a site that names none",
        "moved for good",
        "moved for now",
    ],
)
async def test_the_feed_that_is_meant_is_found(places: Mapping[str, bytes | Answer], given: str, address: str) -> None:
    offered = await adding(Web(places)).offered(given)
    assert (offered.address, offered.feed.title, len(offered.feed.entries)) == (address, "Tides", 1)


async def test_of_a_page_with_several_feeds_a_person_chooses() -> None:
    web = Web({f"{SITE}/": page("/news.xml", "/sport.xml"), f"{SITE}/news.xml": RSS})
    with pytest.raises(Ambiguous, match="The page has 2 feeds") as caught:
        await adding(web).offered(f"{SITE}/")
    assert caught.value.suggestions == (f"{SITE}/news.xml", f"{SITE}/sport.xml")
    assert "Tides /news.xml" in caught.value.remedy
    assert web.asked == [f"{SITE}/"]


async def test_a_site_without_any_feed_says_what_to_look_for() -> None:
    with pytest.raises(NotFound, match="the page names none"):
        await adding(Web({f"{SITE}/": page()})).offered(f"{SITE}/")


async def test_what_cannot_be_had_says_why() -> None:
    with pytest.raises(ReadingError, match="no page at this address"):
        await adding(Web({})).offered(f"{SITE}/feed")


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ("", "no address of the web"),
        ("tides.example.org/feed", "no address of the web"),
        ("ftp://tides.example.org/feed", "no address of the web"),
        ("javascript:alert(1)", "no address of the web"),
        ("http://[", "no address of the web"),
        (f"{SITE}/{'x' * LONGEST_ADDRESS}", "longer than 2,048 characters"),
        (f"{SITE}/{'é' * 1000}", "longer than 2,048 characters when"),
        ("https://ann:secret@tides.example.org/feed", "a password"),
    ],
)
async def test_what_is_no_address_of_the_web_or_too_long_is_refused_before_anybody_is_asked(given: str, what: str) -> None:
    web = Web({})
    with pytest.raises(CannotFetch, match=what) as caught:
        await adding(web).offered(given)
    assert web.asked == []
    assert caught.value.remedy
    assert "secret" not in str(caught.value)


def test_an_address_of_the_longest_length_is_one() -> None:
    see_that_it_is_an_address(f"{SITE}/".ljust(LONGEST_ADDRESS, "x"))


async def test_a_feed_that_a_page_names_and_that_is_not_there_says_so() -> None:
    with pytest.raises(ReadingError, match="no page at this address"):
        await adding(Web({f"{SITE}/": page("/news.xml")})).offered(f"{SITE}/")

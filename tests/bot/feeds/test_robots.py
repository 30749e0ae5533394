from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import CannotFetch
from bot.feeds.robots import MAX_BYTES, MAX_DELAY, parse_robots, read_robots, robots_address
from bot.reading.pages import Answer, Refused, Trouble

SITE = "https://lantern.example.org"
PAGE = f"{SITE}/news/mayor"


def allows(text: str, path: str = "/news/mayor") -> bool:
    return parse_robots(text.encode()).allows(SITE + path)


def test_the_file_stands_at_the_root_of_the_page_s_scheme_host_and_port() -> None:
    assert robots_address("http://lantern.example.org:8080/news/mayor?page=2#top") == "http://lantern.example.org:8080/robots.txt"


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /sport", True),
        ("USER-AGENT: *\r\nDISALLOW: /news/ # all of it\r\n", False),
        ("User-agent: Verbatim\nDisallow: /", False),
        ("User-agent: verbatim/0.1\nDisallow: /", False),
        ("User-agent: Verbatim\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Verbatim\nDisallow: /sport", True),
        ("User-agent: Verba\nDisallow: /", True),
        ("User-agent: VerbatimPlus\nDisallow: /", True),
        ("User-agent: GPTBot\nUser-agent: Verbatim\nDisallow: /", False),
        ("User-agent: GPTBot\nDisallow: /\n\nUser-agent: CCBot\nDisallow: /", True),
        ("User-agent: Verbatim\nDisallow: /sport\n\nUser-agent: Verbatim\nDisallow: /news", False),
        ("User-agent: *\nDisallow: /news\nAllow: /news/mayor", True),
        ("User-agent: *\nAllow: /news\nDisallow: /news/mayor", False),
        ("User-agent: *\nDisallow: /*mayor$", False),
        ("User-agent: *\nDisallow: /news/%6Dayor", False),
        ("Disallow: /", True),
        ("<html><body>There is no such page.</body></html>", True),
        ("\ufeffUser-agent: *\nDisallow: /", False),
    ],
)
def test_the_rules_are_those_of_the_standard(text: str, allowed: bool) -> None:
    assert allows(text) is allowed


@pytest.mark.parametrize(
    ("line", "delay"),
    [
        ("Crawl-delay: 10", timedelta(seconds=10)),
        ("Crawl-delay: 0.5", timedelta(seconds=0.5)),
        ("Crawl-delay: 0", timedelta()),
        ("Crawl-delay: 1e300", MAX_DELAY),
        ("Crawl-delay: -5", None),
        ("Crawl-delay: nan", None),
        ("Crawl-delay: inf", None),
        ("Crawl-delay: soon", None),
        ("Disallow: /sport", None),
    ],
)
def test_20_a_site_may_ask_for_a_longer_pause(line: str, delay: timedelta | None) -> None:
    assert parse_robots(f"User-agent: *\n{line}".encode()).delay == delay


@pytest.mark.parametrize(
    ("trouble", "status", "allowed"),
    [
        (Trouble.MISSING, 404, True),
        (Trouble.GONE, 410, True),
        (Trouble.FORBIDDEN, 403, True),
        (Trouble.STATUS, 400, True),
        (Trouble.REDIRECTS, None, True),
        (Trouble.ADDRESS, None, True),
        (Trouble.LIMITED, 429, False),
        (Trouble.FAILING, 503, False),
        (Trouble.UNREACHABLE, None, False),
        (Trouble.NO_HOST, None, False),
        (Trouble.TIMEOUT, None, False),
        (Trouble.PRIVATE, None, False),
    ],
)
def test_no_file_allows_everything_and_a_failing_site_nothing_for_now(trouble: Trouble, status: int | None, allowed: bool) -> None:
    robots = read_robots(Refused(trouble, CannotFetch("It cannot be had."), status))

    assert (robots.answered, robots.allows(PAGE), robots.delay) == (allowed, allowed, None)


def test_what_was_fetched_is_read() -> None:
    robots = read_robots(Answer(f"{SITE}/robots.txt", "text/plain", b"User-agent: *\nDisallow: /news\nCrawl-delay: 3"))

    assert not robots.allows(PAGE)
    assert robots.allows(f"{SITE}/sport")
    assert robots.delay == timedelta(seconds=3)


def test_21_only_the_first_half_megabyte_counts() -> None:
    assert allows("User-agent: *\n" + "# no\n" * (MAX_BYTES // 5) + "Disallow: /")


def test_21_thousands_of_agents_with_thousands_of_rules_are_read_once() -> None:
    agents = "".join(f"User-agent: bot{number}\n" for number in range(9_000))

    robots = parse_robots((agents + "User-agent: *\n" + "Disallow: /news\n" * 9_000).encode())

    assert not robots.allows(PAGE)
    assert robots.rules is not None
    assert len(robots.rules._user_agents) == 2


@given(
    st.binary(max_size=300)
    | st.lists(st.sampled_from(["User-agent: *", "Disallow: *$*%", "Allow", "Crawl-delay: 9", "\x00:"])).map("\n".join).map(str.encode)
)
@settings(max_examples=30)
def test_21_any_bytes_are_rules_or_none(data: bytes) -> None:
    robots = parse_robots(data)

    assert robots.allows(PAGE) in (True, False)
    assert robots.delay is None or timedelta() <= robots.delay <= MAX_DELAY

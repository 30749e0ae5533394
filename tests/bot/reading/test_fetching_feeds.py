import asyncio
import gzip
import socket
import sys
import zlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from unittest.mock import Mock

import aiohttp
import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ReadingError
from bot.feeds.asking import ask
from bot.feeds.pacing import Pacer
from bot.reading.fetching import WebFetcher, user_agent
from bot.reading.pages import MAX_REDIRECTS, Answer, Freshness, Redirected, Refused, Trouble, Unchanged, Validators
from bot.reading.refusing import by_failure
from bot.reading.wanted import FEED
from tests.fakes.raw_server import RawServer, answer, endless, raw_server, to
from tests.fakes.web_server import Names

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

HOST = "feeds.example.org"
EVIL = "evil.example.org"
RSS = b"<?xml version='1.0'?><rss version='2.0'><channel><title>The Lantern</title></channel></rss>"
ETAG = 'W/"a7, or so"'
ODD_DATE = "Fri, 6 Nov 2026 12:00:00 +0100 (CET)"
PACKED = {
    "gzip": gzip.compress(RSS),
    "x-gzip": gzip.compress(RSS),
    "deflate": zlib.compress(RSS),
    "br": brotli.compress(RSS),
    "zstd": zstd.compress(RSS),
    "identity": RSS,
    "gzip, br": brotli.compress(gzip.compress(RSS)),
}


@pytest.fixture
async def server() -> AsyncIterator[RawServer]:
    async with raw_server() as running:
        yield running


def fetcher(names: Names | None = None, *, max_bytes: int = 1_000_000, seconds: float = 20.0) -> WebFetcher:
    names = names or Names({HOST: [["127.0.0.1"]], EVIL: [["127.0.0.1"]]})
    return WebFetcher(allow_hosts=[HOST], max_bytes=max_bytes, timeout_seconds=seconds, resolver=names, contact="https://example.org/bot")


async def asked(
    server: RawServer, web: WebFetcher | None = None, path: str = "/feed", validators: Validators | None = None
) -> Answer | Unchanged | Refused:
    """What comes of asking for a feed, wherever it redirects to."""
    pacer = Pacer(lambda: datetime.now(UTC), pause=timedelta())
    async with web or fetcher() as opened:
        fetch = partial(opened.fetch_feed, validators=validators or Validators())
        got = await ask(pacer, f"http://{HOST}:{server.port}{path}", fetch)
    assert isinstance(got, Answer | Unchanged | Refused)
    return got


async def refused(server: RawServer, web: WebFetcher | None = None, path: str = "/feed") -> Refused:
    got = await asked(server, web, path)
    assert isinstance(got, Refused)
    assert got.error.what.endswith(".")
    assert got.error.remedy
    assert "://" not in got.error.what
    return got


async def test_a_feed_comes_with_all_that_its_server_says_of_it(server: RawServer) -> None:
    headers = {"ETag": ETAG, "Last-Modified": ODD_DATE, "Cache-Control": "public, Max-Age=600", "Expires": "Fri, 06 Nov 2026 12:10:00 GMT"}
    server.answers["/feed"] = answer(200, {**headers, "Content-Type": "application/rss+xml; charset=utf-8", "Retry-After": "60"}, RSS)

    got = await asked(server)

    assert got == Answer(
        f"http://{HOST}:{server.port}/feed",
        "application/rss+xml; charset=utf-8",
        RSS,
        moved=False,
        validators=Validators(ETAG, ODD_DATE),
        freshness=Freshness(timedelta(seconds=600), datetime(2026, 11, 6, 12, 10, tzinfo=UTC)),
        retry_after="60",
        received=len(RSS),
    )


async def test_a_feed_is_asked_for_by_an_honest_name_with_a_contact_and_by_what_it_may_be(server: RawServer) -> None:
    await asked(server)

    headers = server.asked[0].headers
    assert headers["user-agent"] == user_agent("https://example.org/bot")
    assert headers["user-agent"].endswith(" (+https://example.org/bot)")
    assert headers["accept"].startswith("application/rss+xml,application/atom+xml,application/feed+json")
    assert headers["accept-encoding"] == "gzip, deflate, br, zstd"
    assert "if-none-match" not in headers
    assert "if-modified-since" not in headers
    assert "cookie" not in headers


def test_who_gives_no_contact_is_named_by_the_version_alone() -> None:
    assert user_agent().startswith("Verbatim/")
    assert "(" not in user_agent()


async def test_validators_are_sent_back_exactly_as_they_were_given_and_nothing_new_is_no_bytes(server: RawServer) -> None:
    server.answers["/feed"] = answer(304, {"Cache-Control": "max-age=60"})

    got = await asked(server, validators=Validators(ETAG, ODD_DATE))

    assert server.asked[0].headers["if-none-match"] == ETAG
    assert server.asked[0].headers["if-modified-since"] == ODD_DATE
    assert isinstance(got, Unchanged)
    assert got.validators == Validators(ETAG, ODD_DATE)
    assert got.freshness.max_age == timedelta(seconds=60)


async def test_a_server_may_give_a_new_validator_for_what_has_not_changed(server: RawServer) -> None:
    server.answers["/feed"] = answer(304, {"ETag": '"new"'})

    got = await asked(server, validators=Validators(ETAG, ODD_DATE))

    assert isinstance(got, Unchanged)
    assert got.validators == Validators('"new"', ODD_DATE)


async def test_validators_are_sent_to_where_a_feed_has_moved(server: RawServer) -> None:
    server.answers |= {"/feed": to("/new"), "/new": answer(304)}

    got = await asked(server, validators=Validators(ETAG))

    assert server.asked[1].headers["if-none-match"] == ETAG
    assert isinstance(got, Unchanged)
    assert got.moved
    assert got.url.endswith("/new")


async def test_not_modified_without_having_been_asked_is_an_error(server: RawServer) -> None:
    server.answers["/feed"] = answer(304)

    assert (await refused(server)).status == 304


@pytest.mark.parametrize("etag", ["caf\udce9", "x" * 2000, " ", "smile \N{GRINNING FACE}"])
async def test_a_validator_that_could_not_be_stored_or_sent_back_is_let_go(server: RawServer, etag: str) -> None:
    server.answers["/feed"] = answer(200, {"ETag": etag}, RSS)

    got = await asked(server)

    assert isinstance(got, Answer)
    assert got.validators == Validators()


@pytest.mark.parametrize("etag", ["a\r\nHost: evil.example.org", "\x00", "", "caf\udce9"])
async def test_a_stored_validator_that_is_no_header_is_not_sent(server: RawServer, etag: str) -> None:
    server.answers["/feed"] = answer(200, {}, RSS)

    assert isinstance(await asked(server, validators=Validators(etag)), Answer)
    assert "if-none-match" not in server.asked[0].headers


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [
        ((301,), True),
        ((308,), True),
        ((301, 308), True),
        ((302,), False),
        ((307,), False),
        ((303,), False),
        ((301, 302), False),
        ((), False),
    ],
)
async def test_a_feed_has_moved_if_every_redirect_is_permanent(server: RawServer, statuses: tuple[int, ...], moved: bool) -> None:
    stops = ["/feed", "/second", "/third"]
    for number, status in enumerate(statuses):
        server.answers[stops[number]] = to(stops[number + 1], status)
    server.answers[stops[len(statuses)]] = answer(200, {}, RSS)

    got = await asked(server)

    assert isinstance(got, Answer)
    assert got.moved is moved
    assert got.url == f"http://{HOST}:{server.port}{stops[len(statuses)]}"


@pytest.mark.parametrize("coding", PACKED)
async def test_a_compressed_feed_is_unpacked_and_counted_as_it_came(server: RawServer, coding: str) -> None:
    server.answers["/feed"] = answer(200, {"Content-Encoding": coding}, PACKED[coding])

    got = await asked(server)

    assert isinstance(got, Answer)
    assert got.data == RSS
    assert got.received == len(PACKED[coding])


async def test_a_sitemap_that_is_a_compressed_file_is_unpacked(server: RawServer) -> None:
    server.answers["/feed"] = answer(200, {"Content-Type": "application/x-gzip"}, gzip.compress(RSS))

    got = await asked(server)

    assert isinstance(got, Answer)
    assert got.data == RSS


@pytest.mark.parametrize(
    "media_type", ["text/plain", "text/html", "application/octet-stream", "binary/octet-stream", "application/json", "nonsense", ""]
)
async def test_what_a_feed_is_is_not_left_to_its_media_type(server: RawServer, media_type: str) -> None:
    server.answers["/feed"] = answer(200, {"Content-Type": media_type}, RSS)

    assert isinstance(await asked(server), Answer)


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (404, Trouble.MISSING),
        (410, Trouble.GONE),
        (401, Trouble.FORBIDDEN),
        (403, Trouble.FORBIDDEN),
        (429, Trouble.LIMITED),
        (500, Trouble.FAILING),
        (503, Trouble.FAILING),
        (206, Trouble.STATUS),
        (301, Trouble.STATUS),
    ],
)
async def test_20_a_refusal_is_told_with_its_status_and_when_to_come_again(server: RawServer, status: int, trouble: Trouble) -> None:
    server.answers["/feed"] = answer(status, {"Retry-After": "Fri, 06 Nov 2026 13:00:00 GMT"})

    got = await refused(server)

    assert (got.trouble, got.status, got.retry_after) == (trouble, status, "Fri, 06 Nov 2026 13:00:00 GMT")


@pytest.mark.parametrize("media_type", ["image/jpeg", "audio/mpeg", "VIDEO/mp4; codecs=avc1", "application/pdf"])
async def test_21_what_no_feed_can_be_is_not_even_read(server: RawServer, media_type: str) -> None:
    server.answers["/feed"] = answer(200, {"Content-Type": media_type}, RSS)

    assert (await refused(server)).trouble is Trouble.TYPE


async def test_20_a_site_that_hangs_up_is_not_asked_again_at_once(server: RawServer) -> None:
    server.answers["/feed"] = b""

    got = await refused(server)

    assert (got.trouble, server.paths) == (Trouble.UNREACHABLE, ["/feed"])


async def test_21_a_feed_that_says_it_is_longer_than_it_is_breaks_off(server: RawServer) -> None:
    server.answers["/feed"] = answer(200, {}, RSS, length=len(RSS) + 10)

    got = await refused(server)

    assert (got.trouble, got.error.what) == (Trouble.BROKEN, "The feed breaks off before its end.")


async def test_21_a_feed_that_says_it_is_shorter_than_it_is_makes_no_sense(server: RawServer) -> None:
    server.answers["/feed"] = answer(200, {}, RSS, length=20)

    got = await refused(server)

    assert (got.trouble, got.error.what) == (Trouble.BROKEN, "The site's answer makes no sense as HTTP.")


@pytest.mark.parametrize("length", ["-1", "1e3", "99999999999999999999999999", "20, 21"])
async def test_21_a_length_that_is_none_is_an_error_of_the_site(server: RawServer, length: str) -> None:
    server.answers["/feed"] = answer(200, {"Content-Length": length}, RSS)

    assert (await refused(server)).trouble is Trouble.BROKEN


@pytest.mark.parametrize(
    ("beginning", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"x" * 4096),
        (b"HTTP/1.1 200 OK\r\n", b"X-Again: and again\r\n"),
        (b"HTTP/1.1 200 ", b"OK" * 4096),
        (b"", b"\x00\xff" * 4096),
    ],
)
async def test_21_a_header_without_end_is_given_up_long_before_the_time_is(server: RawServer, beginning: bytes, piece: bytes) -> None:
    server.answers["/feed"] = endless(beginning, piece)

    assert (await refused(server)).trouble is Trouble.BROKEN


@pytest.mark.parametrize(
    ("beginning", "piece"),
    [
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"<"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n<\r\n"),
    ],
)
async def test_21_a_slow_drip_is_given_up_when_its_time_is(server: RawServer, beginning: bytes, piece: bytes) -> None:
    server.answers["/feed"] = endless(beginning, piece, pause=0.005)

    got = await refused(server, fetcher(seconds=0.1))

    assert (got.trouble, got.error.what) == (Trouble.TIMEOUT, "The feed took longer than 0.1 seconds.")


async def test_21_a_feed_without_end_is_cut_off(server: RawServer) -> None:
    server.answers["/feed"] = endless(b"HTTP/1.1 200 OK\r\n\r\n", RSS * 100)

    got = await refused(server, fetcher(max_bytes=100_000))

    assert (got.trouble, got.error.what) == (Trouble.TOO_LONG, "The feed is longer than 0.1 MB.")


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, brotli.compress, zstd.compress])
async def test_21_a_bomb_is_not_unpacked(server: RawServer, pack: Callable[[bytes], bytes]) -> None:
    coding = {gzip.compress: "gzip", zlib.compress: "deflate", brotli.compress: "br", zstd.compress: "zstd"}[pack]
    server.answers["/feed"] = answer(200, {"Content-Encoding": coding}, pack(bytes(3_000_000)))

    assert (await refused(server, fetcher(max_bytes=100_000))).trouble is Trouble.TOO_LONG


async def test_21_a_bomb_in_a_file_is_not_unpacked(server: RawServer) -> None:
    server.answers["/feed"] = answer(200, {"Content-Type": "application/gzip"}, gzip.compress(bytes(3_000_000)))

    assert (await refused(server, fetcher(max_bytes=100_000))).trouble is Trouble.TOO_LONG


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, br"])
async def test_21_compressed_bytes_that_end_too_soon_are_told(server: RawServer, coding: str) -> None:
    server.answers["/feed"] = answer(200, {"Content-Encoding": coding}, PACKED[coding][:-3])

    assert (await refused(server)).error.what == "The feed is compressed, and broken."


@pytest.mark.parametrize("coding", ["compress", "gzip, gzip, gzip", "aes128gcm"])
async def test_a_compression_that_was_not_asked_for_is_told(server: RawServer, coding: str) -> None:
    server.answers["/feed"] = answer(200, {"Content-Encoding": coding}, RSS)

    assert "not asked for" in (await refused(server)).error.what


async def test_21_redirects_without_end_are_followed_so_far(server: RawServer) -> None:
    server.answers["/feed"] = to("/feed")

    assert (await refused(server)).trouble is Trouble.REDIRECTS
    assert len(server.asked) == MAX_REDIRECTS + 1


async def test_20_where_a_site_redirects_to_is_told_and_not_asked(server: RawServer) -> None:
    server.answers = dict.fromkeys(("/feed", "/robots.txt"), to("https://mill.example.org/other", 302))

    async with fetcher() as web:
        got = [await fetch(f"http://{HOST}:{server.port}/feed") for fetch in (web.fetch_feed, web.fetch_page, web.fetch_robots)]

    assert got == [Redirected("https://mill.example.org/other")] * 3
    assert server.paths == ["/feed"] * 3


PRIVATE = ["127.0.0.1", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "100.64.0.1", "10.0.0.1", "0.0.0.0", EVIL]  # noqa: S104


@pytest.mark.parametrize("host", PRIVATE)
async def test_24_a_feed_is_not_fetched_from_a_private_address_at_first(server: RawServer, host: str) -> None:
    async with fetcher() as web:
        for fetch in (web.fetch_feed, web.fetch_page, web.fetch_robots):
            got = await fetch(f"http://{host}:{server.port}/feed")
            assert isinstance(got, Refused)
            assert got.trouble is Trouble.PRIVATE

    assert not server.asked


@pytest.mark.parametrize("host", PRIVATE)
async def test_24_a_feed_is_not_fetched_from_a_private_address_to_which_it_is_redirected(server: RawServer, host: str) -> None:
    server.answers |= {"/feed": to("/second", 302), "/second": to(f"http://{host}:{server.port}/secret")}

    assert (await refused(server)).trouble is Trouble.PRIVATE
    assert server.paths == ["/feed", "/second"]


@pytest.mark.parametrize("answers", [["8.8.8.8", "127.0.0.1"], ["127.0.0.1", "8.8.8.8"], ["2606:4700:4700::1111", "::1"]])
async def test_24_a_name_with_a_public_and_a_private_address_is_not_asked(server: RawServer, answers: list[str]) -> None:
    server.answers["/feed"] = to(f"http://{EVIL}:{server.port}/secret")
    names = Names({HOST: [["127.0.0.1"]], EVIL: [answers]})

    assert (await refused(server, fetcher(names))).trouble is Trouble.PRIVATE
    assert server.paths == ["/feed"]


async def test_24_a_name_that_changes_its_answer_gains_nothing(server: RawServer) -> None:
    server.answers["/feed"] = to(f"http://{EVIL}:{server.port}/again")
    names = Names({HOST: [["127.0.0.1"]], EVIL: [["127.0.0.1"], ["8.8.8.8"]]})

    assert (await refused(server, fetcher(names))).trouble is Trouble.PRIVATE
    assert names.asked == [HOST, EVIL]
    assert server.paths == ["/feed"]


async def test_24_the_first_answer_for_a_name_is_the_one_connected_to(server: RawServer) -> None:
    server.answers["/feed"] = answer(200, {}, RSS)
    names = Names({HOST: [["127.0.0.1"], ["169.254.169.254"]]})

    assert isinstance(await asked(server, fetcher(names)), Answer)
    assert names.asked == [HOST]


async def test_a_name_that_does_not_exist_and_a_port_where_nobody_listens_are_told_apart(server: RawServer) -> None:
    async with raw_server() as other:
        closed = other
    async with fetcher() as web:
        nobody = await web.fetch_feed("http://nowhere.example.org/feed")
    assert isinstance(nobody, Refused)
    assert nobody.trouble is Trouble.NO_HOST
    assert (await refused(closed)).trouble is Trouble.UNREACHABLE
    assert not server.asked


async def test_21_a_site_that_breaks_off_a_secure_connection_is_not_waited_for(server: RawServer) -> None:
    async with fetcher() as web:
        got = await web.fetch_feed(f"https://{HOST}:{server.port}/feed")

    assert isinstance(got, Refused)
    assert got.trouble in (Trouble.UNTRUSTED, Trouble.UNREACHABLE)


def test_a_bad_certificate_and_a_deaf_name_server_are_told() -> None:
    key = Mock(host=HOST, port=443, is_ssl=True, ssl=True)
    certificate = by_failure(aiohttp.ClientConnectorCertificateError(key, ValueError()), FEED)
    busy = by_failure(aiohttp.ClientConnectorDNSError(key, socket.gaierror(socket.EAI_AGAIN, "Try again")), FEED)

    assert (certificate.trouble, certificate.error.what) == (Trouble.UNTRUSTED, "The certificate of the site cannot be trusted.")
    assert (busy.trouble, busy.error.what) == (Trouble.UNREACHABLE, f"The name {HOST} cannot be looked up.")


async def test_the_first_half_megabyte_of_a_robots_txt_is_read(server: RawServer) -> None:
    server.answers["/robots.txt"] = endless(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", b"User-agent: *\n" * 1000)

    async with fetcher() as web:
        got = await web.fetch_robots(f"http://{HOST}:{server.port}/robots.txt")

    assert isinstance(got, Answer)
    assert len(got.data) == 500_000


async def test_a_page_that_is_refused_is_told_with_its_status(server: RawServer) -> None:
    server.answers["/page"] = answer(429, {"Retry-After": "120"})

    async with fetcher() as web:
        got = await web.fetch_page(f"http://{HOST}:{server.port}/page")

    assert isinstance(got, Refused)
    assert (got.trouble, got.retry_after) == (Trouble.LIMITED, "120")


ANYTHING = st.binary(max_size=60)
HEADERS = st.sampled_from(
    [b"Content-Type", b"Content-Length", b"Content-Encoding", b"Transfer-Encoding", b"Location", b"ETag", b"Last-Modified", b"Expires",
     b"Cache-Control", b"Retry-After", b"Connection", b"Set-Cookie"]
)  # fmt: skip
VALUES = ANYTHING | st.sampled_from([b"gzip", b"br", b"zstd", b"chunked", b"http://[", b"/", b"max-age=9", b"text/html", b"9", b"//\xff"])


@given(
    status=st.sampled_from([b"200 OK", b"301 M", b"304 N", b"429 T", b"503", b"099 x", b"999 \xff"]),
    headers=st.lists(st.tuples(HEADERS, VALUES), max_size=5),
    body=ANYTHING,
    head=st.sampled_from([b"HTTP/1.1 ", b"HTTP/1.1 ", b"HTTP/1.1 ", b"HTTP/9.9 ", b"\x00"]),
)
@settings(max_examples=100, deadline=None)
def test_21_whatever_bytes_a_server_answers_with_something_is_made_of_them(
    status: bytes, headers: list[tuple[bytes, bytes]], body: bytes, head: bytes
) -> None:
    async def ask() -> Answer | Unchanged | Refused:
        async with raw_server() as server:
            said = b"\r\n".join([head + status, *(name + b": " + value for name, value in headers), b"", body])
            server.answers = dict.fromkeys(("/feed", "/"), said)
            return await asked(server, fetcher(seconds=2), validators=Validators(ETAG))

    got = asyncio.run(ask())

    if isinstance(got, Refused):
        assert isinstance(got.error, ReadingError)
    elif isinstance(got, Answer):
        assert got.url.startswith("http://")

from collections.abc import AsyncIterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import CannotFetch, NotAnArticle, ReadingError
from bot.reading.addresses import is_public
from bot.reading.documents import parse
from bot.reading.fetching import WebFetcher, user_agent
from bot.reading.pages import MAX_REDIRECTS
from tests.fakes.web_server import PAGE, Names, WebServer, web_server

HOST = "news.example.org"
LOOPBACK = {HOST: [["127.0.0.1"]], "evil.example.org": [["127.0.0.1"]]}


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with web_server() as running:
        yield running


def fetcher(names: Names | None = None, *, max_bytes: int = 1_000_000, timeout_seconds: float = 20.0) -> WebFetcher:
    return WebFetcher(allow_hosts=[HOST.upper()], max_bytes=max_bytes, timeout_seconds=timeout_seconds, resolver=names or Names(LOOPBACK))


async def refusal(url: str, web: WebFetcher) -> ReadingError:
    async with web:
        with pytest.raises(ReadingError) as refused:
            await web.fetch(url)
    assert refused.value.remedy
    return refused.value


async def test_a_page_is_fetched_with_an_honest_name_and_without_cookies(server: WebServer) -> None:
    async with fetcher() as web:
        page = await web.fetch(f"http://{HOST}:{server.port}/article?id=7#top")

    assert page.url == f"http://{HOST}:{server.port}/article?id=7"
    assert page.data.decode() == PAGE
    assert server.headers["User-Agent"] == user_agent()
    assert "Cookie" not in server.headers
    assert parse(page.data, name=page.url, media_type=page.media_type, address=page.url)[0].url == page.url


async def test_a_compressed_page_is_unpacked(server: WebServer) -> None:
    async with fetcher() as web:
        assert (await web.fetch(f"http://{HOST}:{server.port}/gzip")).data.decode() == PAGE


async def test_redirects_are_followed_up_to_the_limit_and_the_page_has_its_last_address(server: WebServer) -> None:
    async with fetcher() as web:
        page = await web.fetch(f"http://{HOST}:{server.port}/hops/{MAX_REDIRECTS}")

    assert page.url == f"http://{HOST}:{server.port}/article"
    error = await refusal(f"http://{HOST}:{server.port}/hops/{MAX_REDIRECTS + 1}", fetcher())
    assert "redirects more than 5 times" in error.what


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:{port}/article",
        "http://[::1]:{port}/article",
        "http://[::ffff:127.0.0.1]:{port}/article",
        "http://2130706433:{port}/article",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://evil.example.org:{port}/article",
        "//127.0.0.1:{port}/article",
        "file:///etc/passwd",
        "gopher://news.example.org/",
        "http://[",
        "http://user:pass@news.example.org:{port}/article",
    ],
)
async def test_24_a_redirect_leads_no_further_than_a_first_address_would(server: WebServer, location: str) -> None:
    target = location.format(port=server.port)

    error = await refusal(f"http://{HOST}:{server.port}/to?location={target}", fetcher())

    assert isinstance(error, CannotFetch)
    assert server.requests == ["/to"]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "127.0.0.2", "2130706433", "0177.0.0.1", "0x7f000001", "0x7f.1", "0", "１２７.0.0.1", "127.0.0.1.",
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.2.1", "224.0.0.1", "255.255.255.255",
        "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[::127.0.0.1]", "[fe80::1]", "[fe80::1%25lo]", "[fc00::1]",
        "[fd00:ec2::254]", "[fec0::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::1]", "[ff02::1]", "localhost",
    ],
)  # fmt: skip
async def test_24_an_address_that_is_not_public_is_refused(server: WebServer, host: str) -> None:
    error = await refusal(f"http://{host}:{server.port}/article", WebFetcher(timeout_seconds=20))

    assert isinstance(error, CannotFetch)
    assert "private network" in error.what or "no web address" in error.what
    assert not server.requests


async def test_24_a_name_with_a_private_address_is_refused_even_beside_a_public_one(server: WebServer) -> None:
    names = Names({"evil.example.org": [["8.8.8.8", "127.0.0.1"]]})

    error = await refusal(f"http://evil.example.org:{server.port}/article", fetcher(names))

    assert error.what == "The address leads to a private network."
    assert error.remedy == "If it is to be read, whoever runs Verbatim can allow its host: VERBATIM_ALLOW_HOSTS."
    assert not server.requests


async def test_the_connection_goes_to_the_address_that_was_looked_at(server: WebServer) -> None:
    names = Names({HOST: [["127.0.0.1"], ["192.0.2.1"]]})

    async with fetcher(names) as web:
        assert (await web.fetch(f"http://{HOST}:{server.port}/article")).data

    assert names.asked == [HOST]


async def test_a_name_is_looked_at_anew_for_each_redirect(server: WebServer) -> None:
    names = Names({HOST: [["127.0.0.1"]], "evil.example.org": [["127.0.0.1"]]})

    error = await refusal(f"http://{HOST}:{server.port}/to?location=http://evil.example.org:{server.port}/article", fetcher(names))

    assert "private network" in error.what
    assert names.asked == [HOST, "evil.example.org"]


async def test_a_host_is_allowed_by_its_name_and_no_other_by_the_same_address(server: WebServer) -> None:
    async with WebFetcher(allow_hosts=["127.0.0.1"]) as web:
        assert (await web.fetch(f"http://127.0.0.1:{server.port}/article")).data

    assert "private network" in (await refusal(f"http://127.0.0.1:{server.port}/article", fetcher())).what


@pytest.mark.parametrize(
    "url", ["ftp://news.example.org/a", "file:///etc/passwd", "news.example.org", "http://", "http://[::1", "http://a b/"]
)
async def test_only_web_addresses_are_fetched(url: str) -> None:
    assert "no web address" in (await refusal(url, fetcher())).what


@pytest.mark.parametrize(
    ("status", "what"),
    [
        (404, "There is no page at"),
        (410, "There is no page at"),
        (401, "does not let"),
        (403, "does not let"),
        (451, "does not let"),
        (429, "left alone"),
        (500, "is failing (500)"),
        (503, "is failing (503)"),
        (204, "status 204"),
        (304, "status 304"),
    ],
)
async def test_an_answer_that_is_no_page_is_told_in_a_sentence(server: WebServer, status: int, what: str) -> None:
    error = await refusal(f"http://{HOST}:{server.port}/status/{status}", fetcher())

    assert isinstance(error, CannotFetch)
    assert what in error.what


@pytest.mark.parametrize("media_type", ["application/pdf", "image/jpeg", "video/mp4", "application/octet-stream", "text/css"])
async def test_what_is_no_page_is_told_by_its_type(server: WebServer, media_type: str) -> None:
    error = await refusal(f"http://{HOST}:{server.port}/typed/{media_type}", fetcher())

    assert isinstance(error, NotAnArticle)
    assert error.what.endswith(f"is no web page but {media_type}.")


@pytest.mark.parametrize("media_type", ["text/html", "TEXT/HTML; charset=utf-8", "application/xhtml+xml", "text/plain"])
async def test_the_types_of_pages_are_read(server: WebServer, media_type: str) -> None:
    async with fetcher() as web:
        assert (await web.fetch(f"http://{HOST}:{server.port}/typed/{media_type}")).data


async def test_a_page_of_the_allowed_size_is_read_and_one_byte_more_is_refused(server: WebServer) -> None:
    async with fetcher(max_bytes=1000) as web:
        assert len((await web.fetch(f"http://{HOST}:{server.port}/sized/1000")).data) == 1000

    assert "is longer than" in (await refusal(f"http://{HOST}:{server.port}/sized/1001", fetcher(max_bytes=1000))).what


@pytest.mark.parametrize("path", ["bomb", "endless"])
async def test_a_bomb_and_an_endless_page_are_cut_off(server: WebServer, path: str) -> None:
    error = await refusal(f"http://{HOST}:{server.port}/{path}", fetcher(max_bytes=100_000))

    assert isinstance(error, NotAnArticle)
    assert "is longer than 0.1 MB" in error.what
    await server.streaming_stopped.wait()


@pytest.mark.parametrize("path", ["drip", "silence"])
async def test_a_server_that_dawdles_is_given_up(server: WebServer, path: str) -> None:
    error = await refusal(f"http://{HOST}:{server.port}/{path}", fetcher(timeout_seconds=0.3))

    assert isinstance(error, CannotFetch)
    assert "took longer than 0.3 seconds" in error.what


@pytest.mark.parametrize(
    ("path", "what"), [("cut", "broken"), ("coded/gzip", "broken"), ("coded/br", "broken"), ("coded/lzma", "not asked for (lzma)")]
)
async def test_a_page_whose_compression_is_wrong_is_told_so(server: WebServer, path: str, what: str) -> None:
    assert what in (await refusal(f"http://{HOST}:{server.port}/{path}", fetcher())).what


async def test_a_host_that_does_not_exist_and_one_that_does_not_answer_are_told_apart() -> None:
    assert "no host by the name nowhere.example.org." in (await refusal("http://nowhere.example.org/", fetcher())).what
    async with web_server() as other:
        closed = other.port
    assert "cannot be reached" in (await refusal(f"http://{HOST}:{closed}/article", fetcher())).what


async def test_no_message_gives_away_what_an_address_keeps_secret(server: WebServer) -> None:
    error = await refusal(f"http://name:secret1@{HOST}:{server.port}/status/404?token=secret2#secret3", fetcher())

    assert "secret" not in f"{error!r} {error}"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/article",
        "http://nowhere.example.org:{port}/article",
        "http://news.example.org:{port}/status/404",
        "http://news.example.org:{port}/status/403",
        "http://news.example.org:{port}/status/429",
        "http://news.example.org:{port}/status/503",
        "http://news.example.org:{port}/status/204",
        "http://news.example.org:{port}/typed/image/jpeg",
        "http://news.example.org:{port}/sized/1001",
        "http://news.example.org:{port}/hops/6",
        "http://news.example.org:{port}/cut",
        "http://news.example.org:{port}/coded/br",
        "http://name:word@news.example.org:{port}/article",
        "ftp://news.example.org/article",
    ],
)
async def test_a_reason_does_not_repeat_the_address_that_is_named_before_it(server: WebServer, url: str) -> None:
    error = await refusal(url.format(port=server.port), fetcher(max_bytes=1000))

    assert "://" not in error.what
    assert error.what[0].isupper()


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@settings(max_examples=100)
@given(st.ip_addresses(v=4))
def test_an_ipv4_address_inside_ipv6_is_as_public_as_it_is_alone(address: object) -> None:
    assert is_public(f"::ffff:{address}") == is_public(f"64:ff9b::{address}") == is_public(f"{address}")


@settings(max_examples=100)
@given(st.text(alphabet=st.characters(exclude_characters=".:")))
def test_what_is_no_address_is_not_public(text: str) -> None:
    assert not is_public(text)

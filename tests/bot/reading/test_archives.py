"""Archives of articles: gzip and WARC files, whole and broken, and folders of files."""

import gzip
import json
import random
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NotAnArticle
from bot.reading import gzipped, warc
from bot.reading.documents import MAX_ARTICLE_BYTES
from bot.reading.sources import Source, Unreadable, count, extent, sources, sources_of
from tests.newsrooms import everything

TEXT = "Ann Bell said the harbour was closed on Monday, and that the boats lay still."
PAGE = f"<html><head><title>Harbour</title></head><body><article><p>{TEXT}</p></article></body></html>".encode()
HTML = b"Content-Type: text/html; charset=utf-8\r\n"
URL = "https://news.example.org/harbour"


def lines(number: int) -> bytes:
    return b"".join(json.dumps({"text": f"{place}. {TEXT}"}).encode() + b"\n" for place in range(1, number + 1))


def record(block: bytes, *, kind: str = "response", uri: str = URL, head: bytes = b"", length: int | None = None) -> bytes:
    begins = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Length: {len(block) if length is None else length}\r\n"
    return begins.encode() + head + b"\r\n" + block + b"\r\n\r\n"


def answer(body: bytes, head: bytes = HTML, status: bytes = b"HTTP/1.1 200 OK") -> bytes:
    return status + b"\r\n" + head + b"\r\n" + body


def pages(data: bytes) -> list[warc.Kept | warc.Lost]:
    return list(warc.pages(b"", BytesIO(data)))


async def read(path: Path, after: int = 0) -> list[tuple[str, str]]:
    """What comes of a file: the name of each source behind its own, with its bytes or the reason why there are none."""
    found = []
    for item in await everything(sources_of(str(path), after=after)):
        said = item.error.what if isinstance(item, Unreadable) else (await item.load()).data.decode()
        found.append((item.name.removeprefix(str(path)), said))
    return found


async def test_lines_in_gzip_are_read_as_if_they_were_not_packed_and_some_are_passed_over(tmp_path: Path) -> None:
    packed, plain = tmp_path / "archive.jsonl.gz", tmp_path / "archive.jsonl"
    plain.write_bytes(lines(20))
    packed.write_bytes(gzip.compress(lines(9)) + gzip.compress(lines(20)[len(lines(9)) :]))  # two members: gzip files are joined so
    assert await read(packed) == await read(plain)
    assert await read(packed, after=17) == (await read(plain))[17:]
    assert await read(packed, after=21) == []
    assert await count([str(packed)]) is None


async def test_a_page_in_gzip_is_one_article(tmp_path: Path) -> None:
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(PAGE))
    (only,) = await everything(sources([str(tmp_path)]))
    assert isinstance(only, Source)
    document = await only.load()
    assert (document.data, Path(document.name).name) == (PAGE, "page.html")


async def test_how_far_reading_is_is_told_in_bytes_of_the_packed_files(tmp_path: Path) -> None:
    noise = random.Random(7)  # noqa: S311 - what packs badly
    rows = [json.dumps({"text": f"{noise.getrandbits(8000):x}"}) for _ in range(400)]
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl.gz").write_bytes(gzip.compress("\n".join(rows).encode()))
    found = await everything(sources([str(tmp_path)]))
    size = (await extent([str(tmp_path)])).size
    reached = [item.reached for item in found]
    assert reached == sorted(reached)
    assert size / 2 < reached[400] < reached[600] < size == reached[-1]


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (lambda packed: packed[:-30], "It ends too soon"),
        (lambda packed: packed[: len(packed) // 2] + bytes(40) + packed[len(packed) // 2 :], "It is a broken gzip file."),
        (lambda packed: packed + b"and more", "It is a broken gzip file."),
    ],
)
async def test_what_stands_before_a_break_is_read_and_the_break_is_told(
    tmp_path: Path, broken: Callable[[bytes], bytes], told: str
) -> None:
    path = tmp_path / "archive.jsonl.gz"
    noise = random.Random(7)  # noqa: S311
    rows = [json.dumps({"text": f"{noise.getrandbits(8000):x}"}) for _ in range(200)]
    path.write_bytes(broken(gzip.compress("\n".join(rows).encode())))
    found = await read(path)
    assert found[-1][0] == ""
    assert found[-1][1].startswith(told)
    assert [said for _, said in found[:50]] == rows[:50]


async def test_a_gzip_bomb_is_named_before_it_goes_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """FAILURES 21: of a file that unpacks to a thousand times its size no more is unpacked than is always allowed."""
    monkeypatch.setattr(gzipped, "_ALWAYS", 1_000_000)
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress(lines(1) + b" " * 50_000_000))
    found = await read(path)
    assert [said[:40] for _, said in found][-1] == "It unpacks to more than 200 times its si"
    assert len(found) == 2


def test_of_a_warc_file_the_pages_are_taken_that_were_answered_with_200() -> None:
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    given = [
        record(b"software: a crawler", kind="warcinfo", uri=""),
        record(b"GET /harbour HTTP/1.1\r\n\r\n", kind="request"),
        record(answer(PAGE)),
        record(answer(b"not there", status=b"HTTP/1.1 404 Not Found")),
        record(answer(b"\xff\xd8", b"Content-Type: image/jpeg\r\n")),
        record(answer(gzip.compress(PAGE), HTML + b"Content-Encoding: gzip\r\n", b"HTTP/2 200")),
        record(answer(chunked, HTML + b"Transfer-Encoding: chunked\r\n")),
        record(PAGE, kind="resource", head=HTML),
        record(answer(b""), kind="revisit"),
        record(b"203.0.113.7", uri="dns:news.example.org"),
    ]
    found = pages(b"".join(given))
    assert [(one.number, one.address, one.data) for one in found if isinstance(one, warc.Kept)] == [(n, URL, PAGE) for n in (3, 6, 7, 8)]
    assert len(found) == 4


def test_a_page_of_a_warc_file_that_is_too_large_or_a_bomb_is_lost_and_the_rest_is_not() -> None:
    """FAILURES 21: a page of a few bytes that unpacks to a great many, and one that is great as it is."""
    bomb = gzip.compress(b" " * (MAX_ARTICLE_BYTES + 1))
    given = [
        record(answer(b" " * (MAX_ARTICLE_BYTES + 100_000))),
        record(answer(bomb, HTML + b"Content-Encoding: gzip\r\n")),
        record(answer(b"no gzip", HTML + b"Content-Encoding: gzip\r\n")),
        record(answer(PAGE)),
    ]
    *lost, kept = pages(b"".join(given))
    assert [one.error.what.partition(":")[0] for one in lost if isinstance(one, warc.Lost)] == [
        "It is too large for one article",
        "It is too large for one article",
        "The page is packed in a way that cannot be read.",
    ]
    assert isinstance(kept, warc.Kept)


@pytest.mark.parametrize(
    "head",
    [
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Encoding: gzip\r\n",
        b"Content-Encoding: br\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Encoding: gzip\r\nContent-Length: 90\r\n",
        b"Content-Length: 90\r\n",
    ],
)
def test_a_page_is_taken_whole_whose_crawler_unpacked_it_and_left_the_head_as_it_was(head: bytes) -> None:
    (kept,) = pages(record(answer(PAGE, HTML + head)))
    assert isinstance(kept, warc.Kept)
    assert kept.data == PAGE


@pytest.mark.parametrize(
    "given",
    [
        record(answer(PAGE[:100], HTML + b"Content-Length: %d\r\n" % len(PAGE))),
        record(answer(b"%x\r\n%b" % (len(PAGE), PAGE[:100]), HTML + b"Transfer-Encoding: chunked\r\n")),
        record(answer(b"%x\r\n%b\r\n" % (len(PAGE), PAGE), HTML + b"Transfer-Encoding: chunked\r\n")),
        record(answer(PAGE[:100]), head=b"WARC-Truncated: length\r\n"),
        record(answer(PAGE[:100]), head=b"WARC-Segment-Number: 1\r\n"),
        record(PAGE[:100], kind="resource", head=HTML + b"WARC-Truncated: time\r\n"),
    ],
)
def test_a_page_that_was_kept_in_part_is_none(given: bytes) -> None:
    """Its last quote might end in the middle."""
    lost, kept = pages(given + record(answer(PAGE)))
    assert isinstance(lost, warc.Lost)
    assert str(lost.error) == "The page was kept in part only: it was cut off. Get that page itself."
    assert isinstance(kept, warc.Kept)


@pytest.mark.parametrize(
    "given",
    [
        answer(PAGE, b"no field\r\n" + HTML),
        answer(PAGE, HTML.replace(b":", b" :")),
        answer(PAGE, b"X-Id: 1\r\n" * 120 + HTML),
        answer(PAGE, b"X-Policy: %b\r\n" % (b"x" * 70_000) + HTML),
        answer(PAGE, b"Content-Type: text/html, text/html; charset=utf-8\r\n"),
        answer(PAGE, b"Content-Type: text/html;\r\n\tcharset=utf-8\r\n"),
        answer(PAGE, b"Server: x\r\n"),
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + answer(PAGE),
        answer(PAGE).replace(b"\r\n", b"\n"),
    ],
)
def test_a_page_is_taken_whatever_else_its_server_wrote_into_the_head(given: bytes) -> None:
    (kept,) = pages(record(given))
    assert isinstance(kept, warc.Kept)
    assert kept.data == PAGE


def test_a_packed_page_that_ends_too_soon_is_none() -> None:
    (lost,) = pages(record(answer(gzip.compress(PAGE)[:-20], HTML + b"Content-Encoding: gzip\r\n")))
    assert isinstance(lost, warc.Lost)
    assert lost.error.what == "The page is packed in a way that cannot be read."


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (record(answer(PAGE))[:-200], "It ends too soon"),
        (record(answer(PAGE), length=10**15), "It ends too soon"),
        (record(answer(PAGE))[:40], "It ends too soon"),
        (b"<html>", "What stands in the place of its record 2 is no WARC record."),
        (record(answer(PAGE)).replace(b"Length: ", b"Length: minus "), "What stands in the place of its record 2"),
        (record(answer(PAGE), head=b"X: " + bytes(9_000_000)), "What stands in the place of its record 2"),
    ],
)
async def test_a_warc_file_that_is_cut_off_or_broken_gives_what_stands_before(tmp_path: Path, second: bytes, told: str) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(gzip.compress(record(answer(PAGE))) + gzip.compress(second))
    first, then = await read(path)
    assert first == (", record 1", PAGE.decode())
    assert then[1].startswith(told)


@settings(max_examples=30)
@given(st.binary(max_size=300), st.integers(0, 600))
def test_whatever_stands_in_a_warc_file_it_is_read_or_refused(noise: bytes, place: int) -> None:
    given = record(answer(PAGE, HTML + b"Transfer-Encoding: chunked\r\n")) + record(answer(zlib.compress(PAGE)))
    with suppress(NotAnArticle):
        pages(given[:place] + noise + given[place:])

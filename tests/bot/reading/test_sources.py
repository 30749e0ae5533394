import asyncio
import io
import json
import os
import random
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import CannotFetch, ReadingError
from bot.reading.bulk import cut_lines
from bot.reading.documents import MAX_ARTICLE_BYTES, parse
from bot.reading.pages import Fetcher, Page
from bot.reading.sources import STANDARD_INPUT, Source, Unreadable, count, sources

TEXT = "The harbour council voted on Monday to close the ferry line."
RECORD = json.dumps({"text": TEXT})


class OnePage:
    """A web of one page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def fetch(self, url: str) -> Page:
        if url != self._page.url:
            raise CannotFetch(f"There is no page at {url}.", "Check the address.")
        return self._page


async def read(arguments: Sequence[str], stdin: BinaryIO | None = None, fetcher: Fetcher | None = None) -> dict[str, str]:
    """What became of each source by name: the text of its article or the reason why it has none."""
    found: dict[str, str] = {}
    async for item in sources(arguments, stdin=stdin, fetcher=fetcher):
        if isinstance(item, Unreadable):
            found[item.name] = item.error.what
            continue
        assert isinstance(item, Source)
        try:
            document = await item.load()
            (article,) = parse(document.data, name=document.name, media_type=document.media_type, address=document.address)
            found[item.name] = article.text
        except ReadingError as error:
            found[item.name] = error.what
    return found


@pytest.fixture
def no_superuser() -> Iterator[None]:
    """The test runs without the superuser's right to read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder that any user may go through."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name)
        path.chmod(0o755)
        yield path


async def test_a_file_is_a_source_identified_by_where_it_lies(folder: Path) -> None:
    path = folder / "a.txt"
    path.write_text(TEXT)

    assert await read([str(path)]) == {str(path): TEXT}
    (item,) = [item async for item in sources([str(path)])]
    assert isinstance(item, Source)
    assert (await item.load()).address == path.resolve().as_uri()


async def test_a_folder_is_walked_in_order_without_its_hidden_files(folder: Path) -> None:
    for name in ("b/c.txt", "a.txt", "b/a.txt", ".hidden/x.txt", ".y.txt", "d.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(TEXT)

    found = await read([str(folder)])

    assert list(found) == [str(folder / name) for name in ("a.txt", "b/a.txt", "b/c.txt", "d.txt")]
    assert await count([str(folder)]) == 4


async def test_one_bad_file_does_not_end_the_run(folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.txt").touch()
    (folder / "c.txt").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)))
    (folder / "d.txt").write_bytes(f"{TEXT} “No,” said Zoë.".encode()[:-2])
    (folder / "e.txt").write_text(TEXT)

    found = await read([str(folder), str(folder / "missing.txt"), str(folder / "e.txt")])

    assert found[str(folder / "a.txt")] == found[str(folder / "e.txt")] == TEXT
    assert found[str(folder / "b.txt")] == "It is empty."
    assert found[str(folder / "c.txt")] == "It is a JPEG image, not text."
    assert "not valid UTF-8" in found[str(folder / "d.txt")]
    assert found[str(folder / "missing.txt")] == f"There is no file or folder {folder / 'missing.txt'}."


async def test_a_mistyped_path_is_answered_with_the_nearest_name(folder: Path) -> None:
    (folder / "article.txt").write_text(TEXT)

    (item,) = [item async for item in sources([str(folder / "aritcle.txt")])]

    assert isinstance(item, Unreadable)
    assert item.error.remedy == f"Did you mean {folder / 'article.txt'}?"


@pytest.mark.parametrize("argument", ["", "\x00", "x" * 5000, "www.example.org/news"])
async def test_what_cannot_be_a_path_is_reported_and_not_raised(argument: str) -> None:
    (item,) = [item async for item in sources([argument])]

    assert isinstance(item, Unreadable)


async def test_a_text_of_50_mb_is_refused_by_its_size_before_it_is_read(folder: Path) -> None:
    path = folder / "huge.txt"
    with path.open("wb") as file:
        file.write(b"The mayor said no. " * 10_000)
        file.truncate(50_000_000)

    assert await read([str(path)]) == {str(path): "It is too large for one article: 50 MB, where 20 MB is the limit."}


async def test_standard_input_is_not_read_beyond_the_limit() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            buffer[:] = (b"The mayor said no. " * (len(buffer) // 19 + 1))[: len(buffer)]
            self.given += len(buffer)
            return len(buffer)

    endless = Endless()

    found = await read(["-"], stdin=io.BufferedReader(endless))

    assert found[STANDARD_INPUT].startswith("It is too large for one article")
    assert endless.given < MAX_ARTICLE_BYTES + 1_000_000


@pytest.mark.usefixtures("no_superuser")
async def test_a_file_and_a_folder_without_rights_are_reported() -> None:
    with tempfile.TemporaryDirectory() as name:
        closed = Path(name) / "closed"
        closed.mkdir()
        secret = Path(name) / "secret.txt"
        secret.write_text(TEXT)
        good = Path(name) / "good.txt"
        good.write_text(TEXT)
        closed.chmod(0)
        secret.chmod(0)

        found = await read([name, str(closed / "x.txt")])
        closed.chmod(0o700)

    assert found[str(closed)] == "It may not be read by this user."
    assert found[str(secret)] == "It may not be read by this user."
    assert found[str(closed / "x.txt")] == "It may not be read by this user."
    assert found[str(good)] == TEXT


async def test_an_empty_folder_is_reported(folder: Path) -> None:
    assert await read([str(folder)]) == {str(folder): "The folder holds no files."}


async def test_a_link_that_leads_in_a_circle_is_not_followed_and_a_pipe_is_not_waited_for(folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT)
    (folder / "circle").symlink_to(folder)
    (folder / "nowhere").symlink_to(folder / "missing")
    os.mkfifo(folder / "pipe")

    found = await asyncio.wait_for(read([str(folder)]), 10)

    assert found[str(folder / "a.txt")] == TEXT
    assert found[str(folder / "pipe")] == "It is neither a file nor a folder."
    assert found[str(folder / "nowhere")] == "It is a link to what is not there."
    assert len(found) == 3


async def test_a_bad_line_of_json_lines_is_named_and_the_others_go_on(folder: Path) -> None:
    path = folder / "bulk.jsonl"
    path.write_bytes(
        b"\xef\xbb\xbf" + f'{RECORD}\n\n{{"text": \n{RECORD}\r\n{{"title": "x"}}\n'.encode() + b'{"text": "\xff\xfe"}\n' + RECORD.encode()
    )

    found = await read([str(path)])

    assert list(found) == [f"{path}, line {number}" for number in (1, 3, 4, 5, 6, 7)]
    assert found[f"{path}, line 1"] == found[f"{path}, line 4"] == found[f"{path}, line 7"] == TEXT
    assert found[f"{path}, line 3"].startswith("It is not valid JSON")
    assert found[f"{path}, line 5"].startswith("It has neither")
    assert "UTF-8" in found[f"{path}, line 6"] or found[f"{path}, line 6"] == "It holds no prose."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
async def test_json_lines_are_read_in_the_encodings_of_newsrooms(folder: Path, encoding: str) -> None:
    path = folder / "bulk.jsonl"
    path.write_bytes(f"{RECORD}\n{RECORD}\n".encode(encoding))

    assert list((await read([str(path)])).values()) == [TEXT, TEXT]


async def test_json_lines_larger_than_an_article_are_streamed_and_a_line_larger_than_one_is_refused(folder: Path) -> None:
    path = folder / "bulk.jsonl"
    with path.open("wb") as file:
        for _ in range(3):
            file.write(json.dumps({"text": TEXT, "padding": "x" * 9_000_000}).encode() + b"\n")
        file.write(b'{"text": "' + b"x" * (MAX_ARTICLE_BYTES + 1) + b'"}\n')
        file.write(RECORD.encode())

    found = await read([str(path)])

    assert list(found.values())[:3] == [TEXT] * 3
    assert found[f"{path}, line 4"].startswith("It is too large")
    assert found[f"{path}, line 5"] == TEXT


async def test_a_json_array_gives_a_source_for_each_of_its_articles(folder: Path) -> None:
    path = folder / "bulk.json"
    path.write_text(f"[{RECORD},\n 7, {RECORD}]")

    found = await read([str(path)])

    assert found[f"{path}, article 1"] == found[f"{path}, article 3"] == TEXT
    assert found[f"{path}, article 2"].startswith("It is JSON, but")


async def test_one_json_object_is_one_article_of_its_file(folder: Path) -> None:
    path = folder / "one.json"
    path.write_text(json.dumps({"text": TEXT}, indent=2))

    (item,) = [item async for item in sources([str(path)])]

    assert isinstance(item, Source)
    assert (item.name, (await item.load()).address) == (str(path), path.resolve().as_uri())


@pytest.mark.parametrize(("text", "reason"), [("[]", "It holds no articles."), ("[1", "It is not valid JSON"), ("", "It is empty.")])
async def test_a_json_file_without_articles_is_reported(folder: Path, text: str, reason: str) -> None:
    path = folder / "bulk.json"
    path.write_text(text)

    assert (await read([str(path)]))[str(path)].startswith(reason)


async def test_standard_input_is_text_or_json_lines() -> None:
    assert await read(["-"], stdin=io.BytesIO(TEXT.encode())) == {STANDARD_INPUT: TEXT}
    assert list(await read(["-"], stdin=io.BytesIO(f"{RECORD}\n{RECORD}\n".encode()))) == [f"{STANDARD_INPUT}, line {n}" for n in (1, 2)]
    assert await read(["-"], stdin=io.BytesIO(b"")) == {STANDARD_INPUT: "It is empty."}
    assert await read(["-"]) == {STANDARD_INPUT: "There is no standard input here."}


async def test_a_web_address_is_fetched_when_its_turn_comes() -> None:
    page = Page("https://lantern.example.org/1", "text/plain", TEXT.encode())

    found = await read(["https://lantern.example.org/1", "https://lantern.example.org/2", "ftp://x/y"], fetcher=OnePage(page))

    assert found["https://lantern.example.org/1"] == TEXT
    assert found["https://lantern.example.org/2"] == "There is no page at https://lantern.example.org/2."
    assert found["ftp://x/y"].startswith("Addresses that begin with ftp: cannot be read")
    assert await read(["https://lantern.example.org/1"]) == {"https://lantern.example.org/1": "Web addresses cannot be read here."}


async def test_how_many_sources_there_are_is_known_where_nothing_needs_to_be_read(folder: Path) -> None:
    (folder / "a.txt").touch()
    (folder / "b.txt").touch()

    assert await count([str(folder), "https://example.org/a", str(folder / "missing")]) == 4
    assert await count([str(folder), "-"]) is None
    (folder / "c.jsonl").touch()
    assert await count([str(folder)]) is None


@pytest.mark.parametrize("name", ["archive", "archive.json", "archive.jsonl"])
async def test_json_lines_whose_first_record_is_a_long_page_are_read_line_by_line(folder: Path, name: str) -> None:
    """An article with the whole page around it: what is read at first of the file ends within it."""
    long = json.dumps({"html": f"<html><body><!--{'x' * 70_000}--><article><p>{TEXT}</p></article></body></html>"})
    path = folder / name
    path.write_text("\n".join(["", long, "{broken", RECORD, *[f' {RECORD[:-1]}, "notes": "{"x" * 60_000}"}}'] * 350]))

    found = await read([str(path)])

    assert len(found) == 353
    assert found.pop(f"{path}, line 3").startswith("It is not valid JSON")
    assert set(found.values()) == {TEXT}


async def test_a_record_on_one_line_that_is_too_large_for_an_article_is_refused(folder: Path) -> None:
    path = folder / "archive"
    path.write_text(f'{{"text": "{"x" * MAX_ARTICLE_BYTES}"}}')

    assert (await read([str(path)]))[str(path)].startswith("It is too large for one article")


async def test_a_zero_byte_in_one_line_costs_that_line_and_not_the_archive(folder: Path) -> None:
    """A machine that lost its power leaves some in what it was about to write."""
    path = folder / "bulk.jsonl"
    path.write_bytes(b"\n".join([RECORD.encode(), bytes(30), RECORD.encode().replace(b"on", b"o\x00"), RECORD.encode()]))

    found = await read([str(path)])

    assert [found[f"{path}, line {number}"] for number in (1, 4)] == [TEXT, TEXT]
    assert [found[f"{path}, line {number}"] for number in (2, 3)] == ["It is a binary file, not text."] * 2


async def test_an_archive_of_another_kind_is_refused_as_such_however_large_it_is(folder: Path) -> None:
    path = folder / "archive.jsonl.gz"
    with tarfile.open(path, "w:gz") as packed:
        text = tarfile.TarInfo("a.jsonl")
        text.size = MAX_ARTICLE_BYTES + 1
        packed.addfile(text, io.BytesIO(random.Random(7).randbytes(1_000_000) * 21))  # noqa: S311 - what packs badly

    (item,) = [item async for item in sources([str(path)])]

    assert isinstance(item, Unreadable)
    assert str(item.error) == "It is a tar archive, not text. Unpack it, and give what it holds."


async def test_json_lines_of_nothing_but_empty_lines_are_empty(folder: Path) -> None:
    (folder / "a.jsonl").write_bytes(b"\n  \r\n\n")

    assert await read([str(folder / "a.jsonl")]) == {str(folder / "a.jsonl"): "It is empty."}


@pytest.mark.parametrize("name", ["answer.json", "answer"])
async def test_of_the_articles_in_one_object_a_bad_one_is_named_and_the_others_go_on(folder: Path, name: str) -> None:
    path = folder / name
    path.write_text(
        json.dumps({"status": "ok", "articles": [{"text": TEXT}, {"text": None}, {"text": TEXT, "url": "https://example.org"}]})
    )

    found = await read([str(path)])

    assert list(found) == [f"{path}, article {number}" for number in (1, 2, 3)]
    assert list(found.values()) == [TEXT, "It has neither 'text' nor 'html'.", TEXT]


@pytest.mark.parametrize("indent", [None, 1])
async def test_an_array_over_several_lines_is_one_whatever_its_file_is_called(folder: Path, indent: int | None) -> None:
    path = folder / "a.jsonl"
    rows = ",\n".join(json.dumps({"text": TEXT, "url": f"https://example.org/{number}"}, indent=indent) for number in range(3))
    path.write_text(f"[\n{rows}\n]\n")

    assert await read([str(path)]) == {f"{path}, article {number}": TEXT for number in (1, 2, 3)}


async def test_of_a_file_alone_it_is_seen_whether_it_holds_several_articles(folder: Path) -> None:
    """Else an address of one's own would be given to each of them, and they were versions of one article."""
    (folder / "one").write_text(TEXT)
    (folder / "many").write_text(f"{RECORD}\n{RECORD}")

    assert await count([str(folder / "one")]) == 1
    assert await count([str(folder / "many")]) is None


@given(st.lists(st.binary(max_size=20), max_size=10), st.integers(1, 7))
def test_lines_are_cut_alike_whatever_the_pieces_they_come_in(lines: list[bytes], size: int) -> None:
    stream = io.BytesIO(b"{" + b"\n".join(lines))
    whole = stream.getvalue()

    cut = list(cut_lines(stream.read(64), lambda: stream.read(size), longest=100))

    expected = whole.split(b"\n")
    if not whole.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) and b"\x00" not in whole:
        assert cut == (expected if expected[-1] else expected[:-1])


@given(st.integers(0, 6), st.integers(1, 9))
def test_a_line_is_too_long_from_one_byte_over_the_limit(over: int, size: int) -> None:
    stream = io.BytesIO(b"a" * (100 + over) + b"\nb")

    assert list(cut_lines(stream.read(size), lambda: stream.read(size), longest=100)) == [None if over else b"a" * 100, b"b"]

"""The `quotes` command: over a newsroom that holds one article, and over a real one with files."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.terminal.app import run
from adapters.terminal.predictions import Predictions
from bot.errors import CannotWrite
from bot.replies import ArticleView
from tests.fakes.newsroom import TEXT, FakeNewsroom

Captured = pytest.CaptureFixture[str]
FERRY = "The ferry was late.\n“We will not wait,” Ada Moor said. “Nobody should.”\n"
KEYS = ["content", "source", "cue", "speaker", "kind", "reports", "confidence"]


def rows(path: Path) -> list[dict[str, object]]:
    """What stands in a file of JSON Lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def written(folder: Path) -> set[str]:
    """The names in a folder, but for that of the log's."""
    return {path.name for path in folder.iterdir()} - {"state"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with articles, one of them in a folder of its own."""
    made = tmp_path / "articles"
    (made / "older").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "older/c.txt"):
        (made / name).write_text(FERRY.replace("Ada", f"Ada{name[-5]}"), encoding="utf-8")
    return made


# --- over the newsroom of these tests -------------------------------------------------------------


def test_the_quotes_of_a_file_are_json_with_spans_that_give_the_words_back(newsroom: FakeNewsroom, capsys: Captured) -> None:
    assert run(["quotes", "ferry.txt", "--json"]) == 0
    assert (newsroom.stored, newsroom.asked) == ([False], [("read", "ferry.txt", False, None, True)])
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["text", "quotes"]
    assert found["text"] == TEXT
    assert [list(quote) for quote in found["quotes"]] == [KEYS] * 2
    first = found["quotes"][0]
    assert [TEXT[start:end] for start, end in first["content"]] == ["We will not wait,", "Nobody should."]
    assert [TEXT[start:end] for start, end in (*first["source"], *first["cue"])] == ["Ada Moor", "said"]
    assert (first["speaker"], first["kind"], first["confidence"]) == ("Ada Moor", "direct", 0.95)


def test_each_of_several_files_has_a_line_that_names_it(newsroom: FakeNewsroom, capsys: Captured) -> None:
    assert run(["quotes", "a.txt", "b.txt", "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(list(one), one["file"]) for one in found] == [(["file", "text", "quotes"], "a.txt"), (["file", "text", "quotes"], "b.txt")]
    assert newsroom.opened == 0


def test_each_of_several_files_is_printed_under_its_name(newsroom: FakeNewsroom, capsys: Captured) -> None:
    assert run(["quotes", "a.txt", "\x1b[2Jb.txt"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("a.txt\n\nFerry late\n")
    assert "\n�[2Jb.txt\n\nFerry late\n" in printed
    assert printed.count("“[1: We will not wait,]” Ada Moor said.") == 2
    assert newsroom.opened == 0


def test_one_file_is_printed_without_its_name(newsroom: FakeNewsroom, capsys: Captured) -> None:
    assert run(["quotes", "a.txt"]) == 0
    assert capsys.readouterr().out.startswith("Ferry late\n")
    assert newsroom.opened == 0


def test_what_is_no_article_is_named_and_the_rest_is_printed(newsroom: FakeNewsroom, capsys: Captured) -> None:
    assert run(["quotes", "a.txt", "b.jpg", "c.txt", "--json"]) == 2
    printed = capsys.readouterr()
    assert printed.err == "b.jpg: It is a picture.\n"
    assert [json.loads(line)["file"] for line in printed.out.splitlines()] == ["a.txt", "c.txt"]
    assert newsroom.opened == 0


def test_a_hostile_article_is_harmless_as_json(newsroom: FakeNewsroom, capsys: Captured) -> None:
    newsroom.preview = ArticleView("\x1b[31m \x9b2J \u202e \ud800", ())
    assert run(["quotes", "x", "--json"]) == 0
    printed = capsys.readouterr().out
    assert not re.search("[\x1b\x9b\u202e\ud800]", printed)
    assert json.loads(printed)["text"] == "\x1b[31m \x9b2J \u202e \ud800"


@pytest.mark.parametrize(
    ("options", "missing"),
    [(["--jsonl", "out"], "Add --raw"), (["--raw"], "Add --jsonl OUT"), (["--raw", "--jsonl", "out", "--json"], "Give one of them")],
)
def test_options_that_make_no_sense_together_are_refused(
    options: list[str], missing: str, newsroom: FakeNewsroom, capsys: Captured, tmp_path: Path
) -> None:
    assert run(["quotes", "a.txt", *options]) == 2
    printed = capsys.readouterr()
    assert missing in printed.err
    assert (printed.out, newsroom.asked, list(tmp_path.iterdir())) == ("", [], [])


def test_how_many_processes_may_read_is_asked_for(newsroom: FakeNewsroom, tmp_path: Path) -> None:
    assert run(["quotes", "a.txt", "--raw", "--jsonl", str(tmp_path / "out"), "--jobs", "3"]) == 0
    assert newsroom.asked == [("read", "a.txt", True, 3, True)]
    assert run(["quotes", "a.txt", "--jobs", "0"]) == 2


# --- predictions ----------------------------------------------------------------------------------


def test_predictions_have_a_line_for_each_file_known_by_its_name(newsroom: FakeNewsroom, capsys: Captured, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("what an earlier run wrote")
    assert run(["quotes", "news/a.b.txt", "b.jpg", "news/c", "--raw", "--jsonl", str(out)]) == 2
    assert [(list(row), row["id"]) for row in rows(out)] == [(["id", "quotes"], "a.b"), (["id", "quotes"], "c")]
    found = rows(out)[0]["quotes"]
    assert isinstance(found, list)
    assert [list(quote) for quote in found] == [KEYS] * 2
    printed = capsys.readouterr()
    assert printed.out == f"2 files, 4 quotes: {out}\n"
    assert printed.err == "b.jpg: It is a picture.\n"
    assert newsroom.opened == 0


def test_a_run_that_fails_leaves_the_file_as_it_was_and_nothing_beside_it(newsroom: FakeNewsroom, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("before")
    newsroom.mishap = RuntimeError()
    assert run(["quotes", "a.txt", "--raw", "--jsonl", str(out)]) == 1
    assert out.read_text() == "before"
    assert written(tmp_path) == {"out.jsonl"}


def test_where_nothing_was_read_nothing_is_written(newsroom: FakeNewsroom, capsys: Captured, tmp_path: Path) -> None:
    assert run(["quotes", "b.jpg", "--raw", "--jsonl", "out.jsonl"]) == 2
    assert capsys.readouterr().err.splitlines() == ["b.jpg: It is a picture.", "Nothing was read, and out.jsonl was left as it was."]
    assert written(tmp_path) == set()
    assert newsroom.opened == 0


def test_two_files_of_one_name_are_refused(newsroom: FakeNewsroom, capsys: Captured, tmp_path: Path) -> None:
    assert run(["quotes", "old/a.txt", "new/a.md", "--raw", "--jsonl", "out.jsonl"]) == 2
    assert f"{tmp_path}/old/a.txt and {tmp_path}/new/a.md would both be called a in out.jsonl." in capsys.readouterr().err
    assert written(tmp_path) == set()
    assert newsroom.opened == 0


def test_a_file_that_is_given_twice_has_one_line(newsroom: FakeNewsroom, tmp_path: Path) -> None:
    assert run(["quotes", "a.txt", "./a.txt", "--raw", "--jsonl", "out.jsonl"]) == 0
    assert [row["id"] for row in rows(tmp_path / "out.jsonl")] == ["a"]
    assert newsroom.opened == 0


@pytest.mark.parametrize(
    ("out", "why"),
    [("none/out.jsonl", "no such file or directory"), (".", "is a directory"), ("circle", "too many levels of symbolic links")],
)
def test_a_file_that_cannot_be_written_is_refused_before_anything_is_read(
    out: str, why: str, newsroom: FakeNewsroom, capsys: Captured, tmp_path: Path
) -> None:
    (tmp_path / "circle").symlink_to("circle")
    assert run(["quotes", "a.txt", "--raw", "--jsonl", out]) == 2
    assert f"{out} cannot be written: {why}." in capsys.readouterr().err
    assert newsroom.opened == 0


def test_a_disk_that_is_full_is_told() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("This machine has no /dev/full.")
    with pytest.raises(CannotWrite, match="no space left on device"), Predictions(Path("/dev/full")) as predictions:
        predictions.add("a.txt", ArticleView("A text.", ()))


def test_a_link_stays_a_link(newsroom: FakeNewsroom, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert run(["quotes", "a.txt", "--raw", "--jsonl", "link"]) == 0
    assert (tmp_path / "link").is_symlink()
    assert [row["id"] for row in rows(tmp_path / "real")] == ["a"]
    assert newsroom.opened == 0


# --- over a real newsroom -------------------------------------------------------------------------


def test_the_files_of_a_folder_are_predicted_in_order_however_many_processes_read(folder: Path, tmp_path: Path) -> None:
    for number in range(12):
        (folder / f"n{number:02}.txt").write_text(FERRY * (12 - number), encoding="utf-8")
    assert run(["quotes", str(folder), "--raw", "--jsonl", "one.jsonl", "--jobs", "1"]) == 0
    assert run(["quotes", str(folder), "--raw", "--jsonl", "two.jsonl", "--jobs", "2"]) == 0
    one, two = ((tmp_path / name).read_bytes() for name in ("one.jsonl", "two.jsonl"))
    assert one == two
    assert [row["id"] for row in rows(tmp_path / "two.jsonl")] == ["a", "b", *(f"n{number:02}" for number in range(12)), "c"]


def test_places_are_those_in_the_file_as_it_is(tmp_path: Path) -> None:
    """What whoever opens the file as UTF-8 with every line break kept finds there."""
    awkward = "\ufeff\r\n  The ferry was late again.\r\n\r\n“We will not wait,”\tAda Moor said.\r\n© 2024\n\n"
    awkward += "🙂\u2028“Nobody should,” said Bo Lee.\r"
    (tmp_path / "a.txt").write_bytes(awkward.encode())
    assert run(["quotes", "a.txt", "--raw", "--jsonl", "out.jsonl"]) == 0
    with (tmp_path / "a.txt").open(encoding="utf-8", newline="") as file:
        text = file.read()
    found = rows(tmp_path / "out.jsonl")[0]["quotes"]
    assert isinstance(found, list)
    said = [("".join(text[s:e] for s, e in one["content"]).rstrip(","), text[slice(*one["source"][0])], one["speaker"]) for one in found]
    assert said == [("We will not wait", "Ada Moor", "Ada Moor"), ("Nobody should", "Bo Lee", "Bo Lee")]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_a_file_in_another_encoding_is_read_as_well(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(FERRY.encode(encoding))
    assert run(["quotes", "a.txt", "--raw", "--json"]) == 0


def test_a_file_as_it_is_may_be_printed_with_its_quotes(folder: Path, capsys: Captured) -> None:
    assert run(["quotes", str(folder / "a.txt"), "--raw", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["text", "quotes"]
    assert found["text"].encode() == (folder / "a.txt").read_bytes()


def test_an_empty_file_has_no_quotes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    assert run(["quotes", "a.txt", "--raw", "--jsonl", "out.jsonl"]) == 0
    assert rows(tmp_path / "out.jsonl") == [{"id": "a", "quotes": []}]


def test_what_an_earlier_run_wrote_into_the_folder_is_no_article(folder: Path) -> None:
    out = folder / "out.jsonl"
    for _ in range(2):
        assert run(["quotes", str(folder), "--raw", "--jsonl", str(out)]) == 0
        assert [row["id"] for row in rows(out)] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("prepare", "argument", "told"),
    [
        (lambda _: None, "none.txt", "none.txt: There is no file or folder none.txt."),
        (lambda here: (here / "empty").mkdir(), "empty", "empty: The folder holds no files."),
        (lambda here: (here / "picture").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256))), "picture", "picture: It is a JPEG image"),
        (lambda _: None, "", ": An empty path leads nowhere."),
    ],
)
@pytest.mark.parametrize("options", [[], ["--json"], ["--raw", "--json"], ["--raw", "--jsonl", "out.jsonl"]])
def test_what_cannot_be_read_is_told_and_the_exit_code_is_2(
    prepare: Callable[[Path], object], argument: str, told: str, options: list[str], tmp_path: Path, capsys: Captured
) -> None:
    prepare(tmp_path)
    assert run(["quotes", argument, *options]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith(told)
    assert printed.out == ""


@pytest.mark.parametrize("argument", ["-", "https://example.org/ferry"])
def test_only_files_can_be_taken_as_they_are(argument: str, capsys: Captured) -> None:
    assert run(["quotes", argument, "--raw", "--json"]) == 2
    assert capsys.readouterr().err == f"{argument}: It is no file. Save it as one, and give its path.\n"


def test_a_bar_on_a_terminal_leaves_what_goes_elsewhere_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from adapters.terminal import progress

    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(progress, "_LONG_SECONDS", -1.0)
    before = sys.stdout
    with progress.Course() as course:
        course.show(1, 2)
        assert sys.stdout is before

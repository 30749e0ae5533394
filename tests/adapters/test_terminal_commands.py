import inspect
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters import composition
from adapters.settings import Settings
from adapters.terminal.app import run
from bot.errors import DatabaseReadOnly
from bot.newsroom import Newsroom
from bot.reading.documents import Hints
from bot.replies import ArticleView, Export, ExportFormat, Ingested, Kept
from bot.scheduled import Scheduled
from tests.fakes.newsroom import ARTICLE, TEXT, FakeNewsroom, FakeScheduled

AUTHOR = "Bo Tester"
OF_THE_NETWORK = ["numpy", "onnxruntime", "tokenizers"]
Captured = pytest.CaptureFixture[str]


class Terminal(io.StringIO):
    """Standard input of a person at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (["ask", "who said what", "about ferries"], ("ask", "who said what about ferries", False, False, None, None, None, 20, AUTHOR)),
        (
            ["ask", "ferries", "--direct", "--attitudes", "--outlet", "Post", "--since", "Monday", "--until", "today", "--limit", "3"],
            ("ask", "ferries", True, True, "Post", "Monday", "today", 3, AUTHOR),
        ),
        (["ask", "ferries", "--no-attitudes"], ("ask", "ferries without attitudes", False, False, None, None, None, 20, AUTHOR)),
        (["ask", "--more", "12"], ("next_page", 12, AUTHOR, 20)),
        (["ask", "--more", "#12", "--limit", "3"], ("next_page", 12, AUTHOR, 3)),
        (["show", "1", "--version", "1"], ("show", "1", 1)),
        (["fix", "#7", "--speaker", "Ada Moor"], ("fix", 7, "Ada Moor", AUTHOR)),
        (["fix", "7", "--not-a-quote"], ("reject", 7, AUTHOR)),
        (["who", "Ada", "Moor"], ("who", "Ada Moor")),
        (["who", "#12"], ("who", "#12")),
        (["people"], ("people", None)),
        (["people", "list"], ("people", None)),
        (["people", "list", "Ada", "Moor"], ("people", "Ada Moor")),
        (["people", "merge", "Moor", "Ada Moor"], ("merge", "Moor", "Ada Moor", AUTHOR)),
        (["people", "split", "Moor", "--article", "3", "--article", "#4", "--as", "Eve"], ("split", "Moor", (3, 4), "Eve", AUTHOR)),
        (["people", "split", "Moor", "--article", "3"], ("split", "Moor", (3,), None, AUTHOR)),
        (["corrections"], ("corrections",)),
        (["undo"], ("undo", None, AUTHOR)),
        (["undo", "4"], ("undo", 4, AUTHOR)),
        (["remove", "1", "--yes"], ("remove", "1", AUTHOR)),
        (["digest", "preview", "--since", "Monday", "--about", "ferries"], ("digest", "Monday", None, "ferries")),
        (["digest", "preview", "#3"], ("preview", 3, None)),
        (["digest", "list"], ("all",)),
        (["digest", "log"], ("deliveries", None, None)),
        (["digest", "log", "3"], ("deliveries", 3, None)),
        (["digest", "send", "3"], ("send_now", 3, None)),
        (["status"], ("status",)),
    ],
)
def test_every_command_asks_the_newsroom_and_prints_its_answer(
    arguments: list[str], asked: tuple[object, ...], newsroom: FakeNewsroom, capsys: Captured
) -> None:
    assert run(arguments) == 0
    assert newsroom.asked == [asked]
    assert newsroom.opened == 0
    printed = capsys.readouterr()
    assert "We will not wait," in printed.out
    assert printed.err == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "x"],
        ["ask", "--more", "12"],
        ["people"],
        ["fix", "7", "--speaker", "A"],
        ["undo"],
        ["digest", "preview"],
        ["digest", "preview", "3"],
        ["digest", "list"],
        ["digest", "log"],
        ["digest", "send", "3"],
    ],
)
def test_every_answer_can_be_had_as_json(arguments: list[str], newsroom: FakeNewsroom, capsys: Captured) -> None:
    assert run([*arguments, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["understood"] == newsroom.reply.understood
    quote = answer["sections"][0]["quotes"][0]
    assert quote["words"] == ["We will not wait,", "Nobody should."]
    assert quote["place"]["published"] == "2024-10-14T09:30:00+00:00"


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (["ask", "ferries", "--direct", "--export"], ("ask_for_file", "ferries", ExportFormat.JSON, True, False, None, None, None, None)),
        (["export", "12"], ("export", 12, ExportFormat.JSON)),
    ],
)
def test_all_of_an_answer_is_written_whole_in_the_form_that_the_ending_says(
    arguments: list[str], asked: tuple[object, ...], newsroom: FakeNewsroom, capsys: Captured, tmp_path: Path
) -> None:
    out = tmp_path / "Out.JSON"
    out.write_text("before")
    assert run([*arguments, str(out)]) == 0
    assert newsroom.asked == [asked]
    assert (out.read_bytes(), [*tmp_path.glob("*Out*")]) == (b"We will not wait,", [out])
    assert capsys.readouterr().out == f"Quotes about the ferry\n1 quote written to {out}.\n"


@pytest.mark.usefixtures("newsroom")
def test_of_nothing_no_file_is_written(capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: object, **__: object) -> Export:
        return Export("ferry.csv", b"quote,speaker", "Quotes about the ferry", "")

    monkeypatch.setattr(FakeNewsroom, "ask_for_file", nothing)
    out = tmp_path / "out.csv"
    assert run(["ask", "ferry", "--export", str(out)]) == 0
    assert capsys.readouterr().out == "Quotes about the ferry\nNothing was found; nothing was written.\n"
    assert not out.exists()


def test_an_answer_that_goes_on_says_how_and_in_json_by_its_number(newsroom: FakeNewsroom, capsys: Captured) -> None:
    newsroom.reply = replace(newsroom.reply, kept=Kept(12, 20, 36, 7, can_narrow=False))
    assert run(["ask", "ferries"]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == ["Quotes 21 to 21 of 57", "The next ones: verbatim ask --more 12"]
    assert run(["ask", "ferries", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["answer"], answer["more"]) == (12, True)


def test_an_article_is_shown_marked_or_as_json(newsroom: FakeNewsroom, capsys: Captured) -> None:
    assert run(["show", "1"]) == 0
    assert "“[#7: We will not wait,]” Ada Moor said." in capsys.readouterr().out
    assert run(["show", "1", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["text"], shown["article_id"], shown["versions"]) == (TEXT, 1, 2)
    assert run(["show", "2"]) == 2
    assert capsys.readouterr().err == "There is no article 2. See 'verbatim status'.\n"
    assert newsroom.opened == 0


def test_what_these_tests_ask_of_a_newsroom_can_be_asked_so_of_the_real_one() -> None:
    def face(kind: type) -> dict[str, str]:
        methods = inspect.getmembers(kind, inspect.isfunction)
        return {name: parameters(inspect.signature(method)) for name, method in methods if name[0] != "_"}

    def parameters(signature: inspect.Signature) -> str:
        """All of them with their defaults, but for functions: each is another."""
        kept = [one.replace(default=one.empty) if callable(one.default) else one for one in signature.parameters.values()]
        return str(signature.replace(parameters=kept, return_annotation=""))

    real, fake = face(Newsroom), face(FakeNewsroom)
    del fake["opener"], fake["answer"]
    assert fake == {name: parameters for name, parameters in real.items() if name in fake}
    real, fake = face(Scheduled), face(FakeScheduled)
    del fake["until"]
    assert fake == {name: parameters for name, parameters in real.items() if name in fake}


# --- reading -----------------------------------------------------------------------------------


def test_what_was_read_is_listed_and_summed_up(newsroom: FakeNewsroom, capsys: Captured) -> None:
    options = ["--outlet", "Post", "--url", "https://example.org/a", "--date", "14 October 2024", "--headline", "H", "--restore"]
    assert run(["ingest", "a.txt", "b.txt", *options]) == 0
    hints = Hints("Post", "https://example.org/a", datetime(2024, 10, 14, tzinfo=UTC), "H")
    assert newsroom.asked == [("ingest", "a.txt", "b.txt", hints, True, True)]
    assert capsys.readouterr().out.splitlines() == [
        "Article 1 added, 2 quotes: Headline of a.txt",
        "Article 2 added, 2 quotes: Headline of b.txt",
        "2 added; 4 quotes.",
    ]


def test_an_archive_that_was_begun_before_is_gone_on_with_and_that_is_said(newsroom: FakeNewsroom, capsys: Captured) -> None:
    newsroom.left_off = ("archive.jsonl.gz", 412_000)
    assert run(["ingest", "archive.jsonl.gz", "--processes", "3"]) == 0
    assert capsys.readouterr().err == "archive.jsonl.gz was begun before: going on after 412,000 articles.\n"
    assert newsroom.processes == 3


def test_of_a_long_run_without_a_terminal_a_line_is_told_now_and_then(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    from adapters.terminal import progress

    moments = iter((0.0, 10.0, 40.0, 50.0))
    monkeypatch.setattr(progress, "monotonic", lambda: next(moments))
    with progress.Course() as course:
        for done, share in ((100, 0.1), (400, 0.3), (500, 0.4)):
            course.show(done, None, share)
    assert capsys.readouterr().err == "400 articles so far, 10.0 articles/s, about 2 minutes left\n"


def test_what_is_no_article_is_named_with_its_reason_and_the_rest_goes_on(newsroom: FakeNewsroom, capsys: Captured) -> None:
    assert run(["ingest", "a.txt", "\x1b[2Jb.jpg", "c.txt"]) == 2
    printed = capsys.readouterr()
    assert printed.err == "�[2Jb.jpg: It is a picture.\n"
    assert printed.out.splitlines()[-1] == "2 added, 1 refused; 4 quotes."
    assert newsroom.opened == 0


def test_many_articles_are_only_summed_up(newsroom: FakeNewsroom, capsys: Captured) -> None:
    assert run(["ingest", *[f"{n}.txt" for n in range(21)]]) == 0
    assert capsys.readouterr().out == "21 added; 42 quotes.\n"
    assert newsroom.asked


def test_reading_tells_its_story_as_json_lines(newsroom: FakeNewsroom, capsys: Captured) -> None:
    assert run(["ingest", "a.txt", "b.jpg", "--json"]) == 2
    items = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(item["name"], item["outcome"], item["reason"]) for item in items] == [
        ("a.txt", "added", None),
        ("b.jpg", None, "It is a picture."),
    ]
    assert run(["reread", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["outcome"] == "unchanged"
    assert newsroom.asked[-1] == ("reread",)


@pytest.mark.usefixtures("newsroom")
def test_what_was_read_for_its_meaning_is_told(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    async def thirty(_: FakeNewsroom) -> int:
        return 30

    async def none(_: FakeNewsroom) -> AsyncIterator[Ingested]:
        for item in list[Ingested]():
            yield item

    monkeypatch.setattr(FakeNewsroom, "read_for_meaning", thirty)
    assert run(["reread"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 unchanged, 30 articles read for their meaning; 2 quotes."
    monkeypatch.setattr(FakeNewsroom, "reread", none)
    assert run(["reread"]) == 0
    assert capsys.readouterr().out == "30 articles read for their meaning.\n"


def test_an_unknown_date_is_refused_before_anything_is_read(newsroom: FakeNewsroom, capsys: Captured) -> None:
    assert run(["ingest", "a.txt", "--date", "someday"]) == 2
    assert capsys.readouterr().err == "The date 'someday' is not understood. Write it like 2024-10-14 or 14 October 2024 09:30.\n"
    assert newsroom.asked == []


# --- what can go wrong -------------------------------------------------------------------------


def test_an_error_a_person_can_mend_is_one_sentence_and_exit_code_2(newsroom: FakeNewsroom, capsys: Captured) -> None:
    newsroom.mishap = DatabaseReadOnly("The database \x1b[31mx.db is read-only.", "Make it writable.")
    assert run(["ask", "x"]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "The database �[31mx.db is read-only. Make it writable.\n")


def test_a_mistake_of_ours_is_logged_under_the_id_that_the_apology_names(newsroom: FakeNewsroom, capsys: Captured, tmp_path: Path) -> None:
    newsroom.mishap = RuntimeError("cannot reach postgresql://ada:secret-word@db/x")
    assert run(["ask", "who said", "what's new"]) == 1
    apology = capsys.readouterr().err
    log = tmp_path / "state" / "verbatim" / "verbatim.log"
    found = re.fullmatch(rf"Sorry, .* look for ([0-9a-f]{{8}}) in {re.escape(str(log))}\.\n", apology)
    assert found, apology
    written = log.read_text()
    assert f"mistake {found[1]} while doing: verbatim ask 'who said'" in written
    assert "RuntimeError: cannot reach postgresql://ada:***@db/x" in written
    assert "Traceback" in written
    assert "secret-word" not in written


def test_a_log_file_that_cannot_be_written_is_named(
    newsroom: FakeNewsroom, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("VERBATIM_LOG_FILE", str(tmp_path / "file" / "verbatim.log"))
    assert run(["status"]) == 2
    assert "verbatim.log cannot be written. Set VERBATIM_LOG_FILE to one that can." in capsys.readouterr().err
    monkeypatch.delenv("VERBATIM_LOG_FILE")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert run(["status"]) == 0
    assert [call[0] for call in newsroom.asked] == ["status"]


def test_a_wrong_setting_is_told_before_anything_else(newsroom: FakeNewsroom, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_TIME_ZONE", "Mars")
    assert run(["status"]) == 2
    assert capsys.readouterr().err.startswith("VERBATIM_TIME_ZONE is 'Mars', and has to be the IANA name of a time zone.")
    assert newsroom.asked == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["aks"], "No such command 'aks'. Did you mean 'ask'?"),
        (["people", "marge", "A", "B"], "Did you mean 'merge'?"),
        (["ask", "x", "--outlte", "y"], "--outlet"),
        (["ask"], "There is no question. Ask for example: verbatim ask"),
        (["ask", "--more", "12", "ferries"], "--more goes on with an answer as it was asked."),
        (["ask", "--more", "12", "--direct"], "--more goes on with an answer as it was asked."),
        (["ask", "--more", "12", "--export", "out.csv"], "'verbatim export' writes it"),
        (["ask", "x", "--export", "out.xls"], "out.xls has no ending that says what to write. Name it with .csv, .json or .jsonl."),
        (["export", "12", "out"], "out has no ending that says what to write."),
        (["ask", "x", "--limit", "0"], "--limit"),
        (["fix", "seven", "--not-a-quote"], "'seven' is no number."),
        (["fix", "7"], "--speaker NAME or --not-a-quote"),
        (["fix", "7", "--speaker", "A", "--not-a-quote"], "--speaker NAME or --not-a-quote"),
        (["people", "split", "Moor"], "--article"),
        (["digest", "send"], "Missing argument"),
        (["digest", "preview", "3", "--about", "ferries"], "Leave out --since, --until and --about, or the number."),
    ],
)
def test_a_typing_error_in_a_command_is_answered_with_what_was_meant(
    arguments: list[str], said: str, newsroom: FakeNewsroom, capsys: Captured
) -> None:
    assert run(arguments) == 2
    assert said in capsys.readouterr().err
    assert newsroom.asked == []


def test_a_stop_from_the_keyboard_is_exit_code_130(newsroom: FakeNewsroom, capsys: Captured) -> None:
    newsroom.mishap = KeyboardInterrupt()
    assert run(["ask", "x"]) == 130
    newsroom.mishap = KeyboardInterrupt()
    assert run(["ingest", "x"]) == 130
    assert capsys.readouterr().out == ""


def test_the_version_is_printed(capsys: Captured) -> None:
    assert run(["--version"]) == 0
    assert re.fullmatch(r"verbatim \d+\.\d+\.\d+\n", capsys.readouterr().out)


# --- removing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "code", "held"), [("y\n", 0, None), ("\n", 1, ARTICLE)])
def test_removing_asks_first(
    typed: str, code: int, held: ArticleView | None, newsroom: FakeNewsroom, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    assert run(["remove", "1"]) == code
    assert newsroom.article is held
    assert "Remove article 1, Ferry late, with its 2 quotes?" in capsys.readouterr().err


def test_removing_without_anyone_to_ask_wants_a_yes(newsroom: FakeNewsroom, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert run(["remove", "1"]) == 2
    assert capsys.readouterr().err.endswith("Add --yes.\n")
    assert newsroom.article is ARTICLE


def test_removing_unasked_takes_no_words_of_a_headline(newsroom: FakeNewsroom, capsys: Captured) -> None:
    assert run(["remove", "ferry", "late", "--yes"]) == 2
    assert "With --yes give the article's number or link" in capsys.readouterr().err
    assert newsroom.article is ARTICLE


# --- chat --------------------------------------------------------------------------------------


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device here that is full")
@pytest.mark.parametrize("arguments", [["status"], ["status", "--json"], ["feeds", "export"], ["--help"]])
@pytest.mark.usefixtures("newsroom")
def test_a_full_disk_under_what_is_printed_is_said_in_a_sentence(
    arguments: list[str], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert run(arguments) == 2
    assert capsys.readouterr().err == (
        "What it prints cannot be written: No space left on device. Make room, or print it elsewhere, and run it again.\n"
    )


def test_a_chat_answers_line_by_line_and_an_error_does_not_end_it(
    newsroom: FakeNewsroom, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("who said what\n\nnonsense\nstatus\nquit\nnever asked\n"))
    assert run(["chat"]) == 0
    assert newsroom.asked == [("handle", "who said what", AUTHOR), ("handle", "status", AUTHOR)]
    printed = capsys.readouterr()
    assert printed.err == "That is nonsense. Ask who said what.\n\nTry:\n  who said what about ferries\n"
    assert printed.out.count("We will not wait") == 2
    assert newsroom.opened == 0


def test_a_mistake_of_ours_does_not_end_a_chat(newsroom: FakeNewsroom, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("first\nsecond\n"))
    newsroom.mishap = RuntimeError("oh")
    assert run(["chat"]) == 0
    printed = capsys.readouterr()
    assert printed.err.startswith("Sorry, this is a mistake in Verbatim itself")
    assert printed.out.count("We will not wait") == 1
    assert newsroom.asked[-1] == ("handle", "second", AUTHOR)


def test_a_chat_at_a_terminal_remembers_what_was_typed(
    newsroom: FakeNewsroom, capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("status\n"))
    assert run(["chat"]) == 0
    assert "verbatim> " in capsys.readouterr().out
    assert newsroom.asked == [("handle", "status", AUTHOR)]
    assert (tmp_path / "state" / "verbatim" / "history").exists()


# --- the database's schema ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("current", "code", "said"),
    [
        (None, 0, "The database is empty"),
        ("b2", 0, "which is the newest"),
        ("a1", 2, "this version of Verbatim needs b2. See: verbatim db upgrade"),
    ],
)
def test_the_schema_is_told_and_the_exit_code_says_whether_it_will_do(
    current: str | None, code: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    async def schema(_: Settings) -> tuple[str | None, str]:
        return current, "b2"

    monkeypatch.setattr(composition, "schema", schema)
    assert run(["db", "status"]) == code
    assert said in capsys.readouterr().out


# --- the process -------------------------------------------------------------------------------


def test_the_module_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "adapters.terminal", "--help"], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: verbatim ")


def loaded_by(arguments: list[str], modules: list[str]) -> str:
    """Which of `modules` a command has loaded when it is done, and what it complained of."""
    program = (
        f"import sys; from adapters.terminal.app import run; run({arguments}); sys.exit(str([m for m in {modules} if m in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    return done.stderr.strip()


def test_help_does_not_wait_for_what_only_commands_need() -> None:
    heavy = ["sqlalchemy", "trafilatura", "dateparser", "pydantic", "aiohttp", "alembic", "rich", *OF_THE_NETWORK]
    assert loaded_by(["--help"], heavy) == "[]"


@pytest.mark.parametrize("arguments", [["status"], ["ask", "quotes by Ann Bell"], ["people"]])
def test_what_neither_reads_an_article_nor_asks_about_something_does_not_wait_for_the_networks(arguments: list[str]) -> None:
    assert loaded_by(arguments, OF_THE_NETWORK) == "[]"


def test_what_reads_an_article_loads_the_network(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“The boat was late again,” said Ann Bell.")
    assert loaded_by(["quotes", "a.txt", "--json"], OF_THE_NETWORK) == str(OF_THE_NETWORK)


def test_a_reader_that_has_enough_ends_the_command_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "adapters.terminal", "--help"], stdout=closed, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    assert done.stderr == ""


def test_a_terminal_that_knows_no_curly_quotes_gets_something_else_in_their_place() -> None:
    program = "from adapters.terminal import app, session; app._print_whatever_comes(); session.print_plain('“Wait”')"
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False, env=environment)  # noqa: S603
    assert (done.stdout, done.returncode) == ("?Wait?\n", 0)

"""The command over a real newsroom and a real database: the sample articles in, quotes out."""

import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from adapters.terminal import demo
from adapters.terminal.app import run

Captured = pytest.CaptureFixture[str]
SAMPLES = Path(__file__).parents[2] / "samples"
AWKWARD = ("don't", "no-deal", "who said:", '"x', "AND", "NEAR(", "*", "col:", "🦆", "a " * 5000, "", " ", "\x00", "'; DROP TABLE quotes")


@pytest.fixture
def _read(capsys: Captured, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The sample articles are in the database of the working folder. The first test reads them, and the others get a copy."""
    database, kept = Path("verbatim.db"), tmp_path_factory.getbasetemp() / "samples.db"
    if kept.exists():
        shutil.copy(kept, database)
        return
    assert run(["ingest", str(SAMPLES)]) == 0
    capsys.readouterr()
    shutil.copy(database, kept)


def _json(capsys: Captured, *arguments: str) -> dict[str, object]:
    assert run([*arguments, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert isinstance(answer, dict)
    return answer


def _cards(answer: object) -> list[dict[str, object]]:
    assert isinstance(answer, dict)
    return [quote for section in answer["sections"] for quote in section["quotes"]]


@pytest.mark.usefixtures("_read")
def test_every_quote_of_an_answer_stands_in_its_article(capsys: Captured) -> None:
    cards = _cards(_json(capsys, "ask", "who said what about interference"))
    assert cards
    for card in cards:
        place, words = card["place"], card["words"]
        assert isinstance(place, dict)
        assert isinstance(words, list)
        article = _json(capsys, "show", str(place["article_id"]))
        text, quotes = article["text"], article["quotes"]
        assert isinstance(text, str)
        assert isinstance(quotes, list)
        marked = next(quote for quote in quotes if quote["quote_id"] == card["quote_id"])
        assert [text[start:end] for start, end in marked["content"]] == words


@pytest.mark.usefixtures("_read")
def test_reading_again_changes_nothing_and_the_exit_code_is_0(capsys: Captured) -> None:
    assert run(["ingest", str(SAMPLES)]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("14 unchanged;")


@pytest.mark.usefixtures("_read")
def test_a_correction_holds_until_it_is_undone(capsys: Captured) -> None:
    first = _cards(_json(capsys, "ask", "who said what about interference"))[0]
    number, speaker = str(first["quote_id"]), first["speaker"]

    def now() -> object:
        cards = _cards(_json(capsys, "ask", "who said what about interference"))
        return next(card["speaker"] for card in cards if str(card["quote_id"]) == number)

    assert run(["fix", number, "--speaker", "Nobody Inparticular"]) == 0
    capsys.readouterr()
    assert now() == "Nobody Inparticular"
    assert run(["undo"]) == 0
    capsys.readouterr()
    assert now() == speaker


@pytest.mark.usefixtures("_read")
def test_a_removed_article_is_gone_until_it_is_restored(capsys: Captured) -> None:
    sample = str(next(SAMPLES.glob("*.md")))
    assert run(["ingest", sample]) == 0
    number = capsys.readouterr().out.split()[1]
    assert run(["remove", number, "--yes"]) == 0
    assert run(["show", number]) == 2
    capsys.readouterr()
    assert run(["ingest", sample]) == 0
    assert "--restore" in capsys.readouterr().out
    assert run(["ingest", sample, "--restore"]) == 0
    assert "1 added" in capsys.readouterr().out


@pytest.mark.usefixtures("_read")
def test_an_awkward_question_gets_an_answer_or_a_sentence(capsys: Captured) -> None:
    for question in AWKWARD:
        code = run(["ask", question])
        printed = capsys.readouterr()
        assert code in (0, 2), question
        assert "mistake in Verbatim" not in printed.err, question
        assert printed.out or printed.err, question


def test_the_quotes_of_a_file_are_found_without_a_database(capsys: Captured, tmp_path: Path) -> None:
    for sample in sorted(SAMPLES.iterdir()):
        assert run(["quotes", str(sample), "--json"]) == 0
        for line in capsys.readouterr().out.splitlines():
            found = json.loads(line)
            for quote in found["quotes"]:
                spans = [tuple(span) for span in quote["content"]]
                assert spans == sorted(spans)
                assert all(found["text"][start:end].strip() for start, end in spans)
    assert not (tmp_path / "verbatim.db").exists()


def test_what_is_no_article_is_refused_and_the_rest_is_read(capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20)
    good = min(SAMPLES.glob("*.txt"))
    assert run(["ingest", "empty.txt", "picture.jpg", "none.txt", str(good)]) == 2
    printed = capsys.readouterr()
    assert [line.split(":")[0] for line in printed.err.splitlines()] == ["empty.txt", "picture.jpg", "none.txt"]
    assert printed.out.splitlines()[-1].startswith("1 added, 3 refused;")


@pytest.mark.usefixtures("_read")
def test_a_chat_takes_the_same_requests(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("who said what about interference\nfix\nstatus\nhelp\nquit\n"))
    assert run(["chat"]) == 0
    printed = capsys.readouterr()
    assert "Helena Marsh" in printed.out
    assert "14 articles" in printed.out
    assert len(printed.err.splitlines()) == 1


def test_an_empty_database_is_told_made_and_told_again(capsys: Captured) -> None:
    assert run(["db", "status"]) == 0
    assert run(["db", "upgrade"]) == 0
    assert run(["db", "upgrade"]) == 0
    assert run(["db", "status"]) == 0
    empty, now, already, newest = capsys.readouterr().out.splitlines()
    assert empty.startswith("The database is empty")
    assert now.startswith("The database now has schema")
    assert already.startswith("The database already had schema")
    assert newest.endswith("which is the newest.")


def test_a_database_that_cannot_be_had_is_a_sentence_without_its_password(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_DATABASE_URL", "postgresql://ada:secret-word@127.0.0.1:1/x?connect_timeout=2")
    for command in (["status"], ["db", "status"], ["db", "upgrade"], ["chat"]):
        assert run(command) == 2
        printed = capsys.readouterr()
        assert len(printed.err.splitlines()) == 1
        assert "secret-word" not in printed.err
        assert printed.out == ""


def test_the_demo_shows_each_command_and_its_answer(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_DATABASE_URL", "put back by pytest, whatever the demo makes of it")
    assert demo.main() == 0
    printed = capsys.readouterr().out
    assert printed.startswith("$ verbatim ingest samples\n")
    assert printed.count("$ verbatim ask ") == 3
    assert "“I did not interfere" in printed
    assert "Digest of quotes about bridge, read since" in printed
    assert "Quotes by speaker" in printed

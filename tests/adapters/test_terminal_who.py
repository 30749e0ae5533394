"""Who somebody is, as the terminal tells it: lines, a chart, JSON, and what is wrong with a name."""

import asyncio
import json
import shutil
from pathlib import Path

import pytest

from adapters.terminal.app import run
from adapters.terminal.rendering import as_command
from bot.errors import Ambiguous
from bot.replies import Chart, Reply, Unit
from storage.database import Database
from tests.fakes.newsroom import FakeNewsroom
from tests.newsrooms import Room, article

Captured = pytest.CaptureFixture[str]
CHART = Chart("Quotes of Ada Moor by week", (("2 Nov", 3), ("9 Nov", 0)), "2 November 3 and 9 November 0.", Unit.WEEK)


def test_weeks_are_bars_with_their_numbers(newsroom: FakeNewsroom, capsys: Captured) -> None:
    newsroom.reply = Reply("Who Ada Moor is.", chart=CHART)
    assert run(["who", "Ada", "Moor"]) == 0
    assert capsys.readouterr().out.splitlines()[2:] == ["Quotes of Ada Moor by week", f"  2 Nov {'█' * 40} 3", "  9 Nov 0"]


def test_the_chart_is_written_as_a_picture(newsroom: FakeNewsroom, tmp_path: Path) -> None:
    newsroom.reply = Reply("Who Ada Moor is.", chart=CHART)
    assert run(["who", "Ada Moor", "--chart", str(tmp_path / "ada.png")]) == 0
    assert (tmp_path / "ada.png").read_bytes() == b"Quotes of Ada Moor by week"


@pytest.mark.parametrize("name", ["ada.pdf", "ada", "ada.png.txt", ".png"])
def test_a_picture_is_written_under_no_other_ending(newsroom: FakeNewsroom, tmp_path: Path, capsys: Captured, name: str) -> None:
    newsroom.reply = Reply("Who Ada Moor is.", chart=CHART)
    file = tmp_path / name
    assert run(["who", "Ada Moor", "--chart", str(file)]) == 2
    assert capsys.readouterr() == ("", f"{file} has no ending for a PNG picture, which a chart is. Name it with .png.\n")
    assert not file.exists()
    assert newsroom.asked == []


def test_of_whom_nothing_is_quoted_nothing_is_drawn(newsroom: FakeNewsroom, tmp_path: Path, capsys: Captured) -> None:
    assert run(["who", "Ada Moor", "--chart", str(tmp_path / "ada.png")]) == 0
    assert capsys.readouterr().err.startswith("There is nothing to draw")
    assert newsroom.asked == [("who", "Ada Moor")]


def test_a_card_as_json_has_the_unit_of_its_chart(newsroom: FakeNewsroom, capsys: Captured) -> None:
    newsroom.reply = Reply("Who Ada Moor is.", chart=CHART)
    assert run(["who", "Ada Moor", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["chart"]["unit"] == "week"


def test_two_of_one_name_are_a_sentence_and_exit_code_2(newsroom: FakeNewsroom, tmp_path: Path, capsys: Captured) -> None:
    which = ("speaker #1", "speaker #2")
    newsroom.mishap = Ambiguous("2 speakers go by Moor.", "Give a number: #1 Ada Moor; #2 Eve Moor.", suggestions=which)
    assert run(["who", "Moor", "--chart", str(tmp_path / "moor.png")]) == 2
    assert capsys.readouterr() == (
        "",
        '2 speakers go by Moor. Give a number: #1 Ada Moor; #2 Eve Moor.\nTry:\n  verbatim who "#1"\n  verbatim who "#2"\n',
    )
    assert not (tmp_path / "moor.png").exists()


def test_what_is_suggested_is_typed_as_it_works_there() -> None:
    assert as_command("speaker #12") == 'verbatim who "#12"'
    assert as_command("speaker Ada Moor") == 'verbatim who "Ada Moor"'


async def test_a_card_from_the_store_to_the_terminal(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'verbatim.db')}"
    database = Database(url)
    await database.open()
    words = 'Ann Bell said: "On we row."'
    await Room.over(database).read(article(words, headline="\x1b[31mRed\u202e", published=None, outlet="The [bold]Oar[/bold]"))
    await database.close()
    monkeypatch.setenv("VERBATIM_DATABASE_URL", url)
    assert await _in_a_thread("who", "Ann Bell", "--chart", str(tmp_path / "ann.png")) == 0
    printed = capsys.readouterr()
    assert "Ann Bell  #1, person" in printed.out
    assert "“On we row.”" in printed.out
    assert "The [bold]Oar[/bold]" in printed.out
    assert "\x1b[31m" not in printed.out
    assert "\u202e" not in printed.out
    assert (tmp_path / "ann.png").read_bytes().startswith(b"\x89PNG")
    assert await _in_a_thread("who", "Zzyzx") == 2
    assert capsys.readouterr() == ("", "Nobody called Zzyzx is known. 'people' lists who is quoted.\n")


async def _in_a_thread(*arguments: str) -> int:
    return await asyncio.to_thread(run, [*arguments])

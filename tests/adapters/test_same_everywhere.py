"""The same request gives the same quotes on the terminal, in Slack and in Discord, read back from what people see there."""

import re
import shutil
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from adapters.settings import Settings
from adapters.terminal.prompt import answer
from bot.replies import QuoteKind
from storage.database import Database
from tests.adapters.discord import scenes as discord_scenes
from tests.adapters.slack import scenes as slack_scenes
from tests.fakes import discord_reading, discord_records, slack_reading, slack_records
from tests.fakes.discord_server import discord_server
from tests.fakes.slack_server import slack_server
from tests.newsrooms import Room, article

QUOTES = {
    "who said what about the ferry": 3,
    "quotes by Ann Bell": 2,
    "quotes by Tom Cook": 2,
    "quotes by Tom Cook without attitudes": 1,
    "what did Tom Coko say": 2,
    "latest from Ann Bell": 2,
    "Tom Cook vs Ann Bell": 4,
    "who said what about the ferry since Monday in The Mill": 1,
    "digest about the ferry": 3,
    "show 1": 2,
    "show 3": 1,
}
"""Requests, and how many quotes they find."""
COMMANDS: dict[str, tuple[str, dict[str, Any]]] = {
    "who said what about the ferry": ("who", {"about": "the ferry"}),
    "quotes by Ann Bell": ("quotes", {"speaker": "Ann Bell"}),
    "quotes by Ann Bell in The Tide": ("quotes", {"speaker": "Ann Bell", "outlet": "The Tide"}),
    "digest about the ferry": ("digest", {"about": "the ferry"}),
}
"""Requests, and the commands of Discord with their options that mean the same."""
TOLD = ("people", "outlets", "status", "help who", "hlep", "quotes by Nobody At All", "who agrees with Ann Bell", "show 99999")
SUGGESTING = ("hlep", "help", "quotes by Ann Bull", "who agrees with Ann Bell")
MANY = 23
_NUMBER = re.compile(r"(?:^\s*| · )#(\d+)\b")
_QUOTED = re.compile(r"“([^”]*)”")


@dataclass(frozen=True)
class Shown:
    """A quote as somebody sees it: its number, who said it, and the words."""

    number: int
    speaker: str
    words: str


@dataclass(frozen=True)
class Everywhere:
    """One newsroom that is asked on the terminal, in Slack and in Discord."""

    room: Room
    slack: slack_scenes.Scene
    discord: discord_scenes.Scene
    capture: pytest.CaptureFixture[str]

    async def on_the_terminal(self, request: str) -> list[str]:
        """The lines of an answer at the prompt, or of what is wrong with the request."""
        await answer(self.room.newsroom, Settings.model_validate({"time_zone": "Europe/London"}), request)
        printed = self.capture.readouterr()
        return [line for line in f"{printed.err}\n{printed.out}".splitlines() if line]

    async def in_slack(self, request: str) -> list[str]:
        """The lines of all pages of an answer, without what can be pressed."""
        page = await self.slack.asked(request)
        lines = _slack_lines(page)
        while more := _more(slack_reading.labels(page)):
            await self.slack.press(page, more)
            page = self.slack.last()
            lines += _slack_lines(page)
        return lines

    async def in_discord(self, request: str) -> list[str]:
        """The same in Discord."""
        page = await self.discord.asked(request)
        lines = _discord_lines(page)
        while more := _more(discord_reading.labels(page)):
            self.discord.people.click(page, more)
            await self.discord.settled()
            page = self.discord.discord.ephemerals(discord_records.ADA)[-1]
            lines += _discord_lines(page)
        return lines

    async def typed_in_slack(self, request: str) -> list[str]:
        """The lines of the answer to a command in Slack, of its first page alone."""
        return _slack_lines(await self.slack.asked(request))

    async def typed_in_discord(self, request: str) -> list[str]:
        """The same in Discord."""
        return _discord_lines(await self.discord.asked(request))

    async def stored(self, lines: Iterable[str]) -> list[Shown]:
        """The quotes that are shown in these lines, as they stand in the store; AssertionError where another speaker or word is shown."""
        found = []
        for number, speaker, words in _quotes(lines, await self._speakers()):
            quote = await self.room.quote(number)
            stored = " ".join(quote.words)
            assert speaker == quote.speaker_name
            assert words == stored or (quote.kind is not QuoteKind.DIRECT and stored in words), f"#{number}: {words!r}"
            found.append(Shown(number, speaker, stored))
        return found

    async def _speakers(self) -> list[str]:
        rows = (await self.room.rows())["speakers"]
        return sorted({value for row in rows for value in row if isinstance(value, str)}, key=len, reverse=True)


def _more(labels: list[str]) -> str | None:
    return next((label for label in labels if label.startswith("More")), None)


def _slack_lines(page: slack_records.Message) -> list[str]:
    blocks = [{key: value for key, value in block.items() if key != "accessory"} for block in page.blocks if block["type"] != "actions"]
    return slack_reading.visible_text(replace(page, blocks=blocks)).splitlines()


def _discord_lines(page: discord_records.Message) -> list[str]:
    return discord_reading.visible_text(replace(page, components=[])).splitlines()


def _quotes(lines: Iterable[str], speakers: list[str]) -> Iterator[tuple[int, str, str]]:
    """The number, the speaker and the words of each quote: the words end with their number, and stand under or beside a name."""
    speaker, block = "", ""
    for line in lines:
        if number := _NUMBER.search(line):
            yield int(number[1]), speaker, " ".join(_QUOTED.findall(block)) or block
            block = ""
            continue
        if named := next((name for name in speakers if re.match(rf"{re.escape(name)}(?::| · |  |$)", line.strip())), ""):
            speaker, block = named, ""  # what stood above, such as a headline in quotation marks, is none of the words
        block += f" {line.strip()}"


@pytest.fixture
async def everywhere(sqlite_template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> AsyncIterator[Everywhere]:
    database = Database(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'verbatim.db')}")
    await database.open()
    async with AsyncExitStack() as opened:
        opened.push_async_callback(database.close)
        room = await discord_scenes.furnished(database)
        await room.read(article('Ann Bell said: "The ferry * is `late` <again> & _again_."', number=3, outlet="The Tide"))
        slack = await opened.enter_async_context(slack_server())
        discord = await opened.enter_async_context(discord_server())
        slack_scene = await opened.enter_async_context(slack_scenes.playing(slack, database, "http", room=room))
        discord_scene = await opened.enter_async_context(discord_scenes.playing(discord, database, room=room))
        yield Everywhere(room, slack_scene, discord_scene, capsys)
        assert (slack.refused, discord.refused) == ([], [])


async def test_the_same_quotes_are_shown_with_the_same_words_speakers_and_numbers(everywhere: Everywhere) -> None:
    for request, number in QUOTES.items():
        on_the_terminal = await everywhere.stored(await everywhere.on_the_terminal(request))
        assert len(on_the_terminal) == number
        assert await everywhere.stored(await everywhere.in_slack(request)) == on_the_terminal
        assert await everywhere.stored(await everywhere.in_discord(request)) == on_the_terminal


async def test_a_command_with_options_finds_the_same_quotes_as_the_request_that_is_typed(everywhere: Everywhere) -> None:
    for request, (command, options) in COMMANDS.items():
        on_the_terminal = await everywhere.stored(await everywhere.on_the_terminal(request))
        used = everywhere.discord.people.command(command, **options)
        await everywhere.discord.settled()
        assert used.message
        assert await everywhere.stored(_discord_lines(used.message)) == on_the_terminal != []


async def test_the_pages_of_a_long_answer_have_the_same_quotes_of_which_the_terminal_shows_the_first(everywhere: Everywhere) -> None:
    await discord_scenes.many_quotes(everywhere.room, MANY, about="mill")
    request = "who said what about the mill"
    on_the_terminal = await everywhere.stored(await everywhere.on_the_terminal(request))
    in_slack = await everywhere.stored(await everywhere.in_slack(request))
    assert len(in_slack) == MANY
    assert await everywhere.stored(await everywhere.in_discord(request)) == in_slack
    assert on_the_terminal == in_slack[: len(on_the_terminal)]
    assert on_the_terminal


async def test_what_is_no_quote_is_told_in_the_same_words(everywhere: Everywhere) -> None:
    for request in TOLD:
        on_the_terminal = _told(await everywhere.on_the_terminal(request))
        assert on_the_terminal
        assert _told(await everywhere.in_slack(request)) == on_the_terminal
        assert _told(await everywhere.in_discord(request)) == on_the_terminal


async def test_help_names_everywhere_what_the_terminal_takes_and_in_chats_what_only_they_take(everywhere: Everywhere) -> None:
    on_the_terminal = _lines(await everywhere.on_the_terminal("help"))
    assert on_the_terminal
    for told in (await everywhere.in_slack("help"), await everywhere.in_discord("help")):
        # Whoever has the command line may take articles down; in chats it is kept for others.
        assert [line for line in on_the_terminal if line not in _lines(told)] == ["remove 12 (take an article down; also by its link)"]


async def test_the_same_requests_are_suggested(everywhere: Everywhere) -> None:
    for request in SUGGESTING:
        lines = await everywhere.on_the_terminal(request)
        suggested = [line.strip() for line in lines[lines.index("Try:") + 1 :]]
        assert suggested
        in_slack = slack_reading.labels(await everywhere.slack.asked(request))
        in_discord = discord_reading.labels(await everywhere.discord.asked(request))
        assert [label for label in in_slack if label in suggested] == suggested
        assert [label for label in in_discord if label in suggested] == suggested


def _told(lines: list[str]) -> list[str]:
    """The words, without the marks and the blanks that set them out, and without what is suggested."""
    return re.findall(r"\w+", " ".join(_lines(lines)))


def _lines(lines: list[str]) -> list[str]:
    """The lines without what sets them out, up to what is suggested."""
    end = lines.index("Try:") if "Try:" in lines else len(lines)
    return [line.strip("• ") for line in lines[:end]]


async def test_more_is_typed_until_the_same_answer_ends_and_all_of_it_is_the_same_file(
    everywhere: Everywhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    await discord_scenes.many_quotes(everywhere.room, MANY, about="mill")
    shown: list[list[Shown]] = []
    for lines_of in (everywhere.on_the_terminal, everywhere.typed_in_slack, everywhere.typed_in_discord):
        lines = await lines_of("who said what about the mill")
        while "That was all of it." not in " ".join(more := await lines_of("more")):
            lines += more
        shown.append(await everywhere.stored(lines))
    assert len(shown[0]) == MANY
    assert shown[1] == shown[2] == shown[0]
    for kind in ("csv", "json", "jsonl"):
        for lines_of in (everywhere.on_the_terminal, everywhere.typed_in_slack, everywhere.typed_in_discord):
            await lines_of(f"export {kind}")
        name = f"quotes-about-mill-by-anyone.{kind}"
        written = (tmp_path / name).read_bytes()
        (in_slack,) = (file.content for file in everywhere.slack.slack.files.values() if file.name == name)
        (in_discord,) = (one.files[name] for one in everywhere.discord.discord.ephemerals(discord_records.ADA) if name in one.files)
        assert in_slack == in_discord == written


async def test_who_gave_no_comment_is_gone_on_with_to_its_end_and_is_the_same_file(
    everywhere: Everywhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sentences = [f"Firm {number} declined to comment on the tender." for number in range(1, MANY + 1)]
    await everywhere.room.read(*(article(one, number=number, outlet="The Wire") for number, one in enumerate(sentences)))
    request = "who declined to comment on the tender"
    for lines_of in (everywhere.on_the_terminal, everywhere.typed_in_slack, everywhere.typed_in_discord):
        await lines_of("quotes by Ann Bell")
        lines = await lines_of(request)
        assert any(re.search(rf"Sentences 1 to \d+ of {MANY}", line) for line in lines)
        while "That was all of it." not in " ".join(more := await lines_of("more")):
            lines += more
        shown = [one for line in lines for one in sentences if one in line]
        assert sorted(shown) == sorted(sentences)
        assert not any("“" in line or '"' in line for line in lines)
        for kind in ("csv", "json"):
            await lines_of(f"export {kind}")
    assert [line for line in await everywhere.in_slack(request) if line in sentences] == shown
    assert sum(one in line for line in await everywhere.in_discord(request) for one in sentences) == MANY
    for kind in ("csv", "json"):
        name = f"who-gave-no-comment-about-tender.{kind}"
        written = (tmp_path / name).read_bytes()
        (in_slack,) = (file.content for file in everywhere.slack.slack.files.values() if file.name == name)
        (in_discord,) = (one.files[name] for one in everywhere.discord.discord.ephemerals(discord_records.ADA) if name in one.files)
        assert in_slack == in_discord == written
        assert written.count(b",no comment," if kind == "csv" else b'"no comment"') == MANY

"""Sentences of articles that are no quotes, on every platform: as they stand, with their places and a link, without quotation marks."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rich.console import Console

from adapters.discord import rendering as discord_rendering
from adapters.slack import rendering as slack_rendering
from adapters.terminal.jsons import answer_json
from adapters.terminal.lines import print_lines
from adapters.terminal.rendering import reply_lines
from bot.replies import Cited, Place, Reply, Section
from tests.adapters.discord.limits import problems
from tests.adapters.discord.markdown_model import shown
from tests.adapters.slack.seen import lines, links, pings
from tests.fakes.slack_blocks import check_blocks

ZONE = ZoneInfo("Europe/London")
LINK = "https://mill.example.org/1#:~:text=Ann%20Bell"
MILL = Place(1, "The Mill", "Ferry row", datetime(2024, 10, 14, 9, 30, tzinfo=UTC), LINK)
OAR = Place(2, "The Oar", "Row", datetime(2024, 10, 15, 9, 30, tzinfo=UTC), None)
BELL = Cited("Ann Bell declined to comment.", begins=True, ends=True, place=MILL, also=(OAR,))
COUNCIL = Cited("the council refused to comment <!channel> on", begins=False, ends=False, place=OAR)
REPLY = Reply("Who gave no comment.", (Section("Ann Bell", "2 sentences", cited=(BELL, COUNCIL)), Section("The firm", cited=(BELL,))))
CUT = "… the council refused to comment <!channel> on …"
MARKS = ("“", "”", '"')


def test_the_terminal_shows_them_with_their_places_and_addresses() -> None:
    console = Console(file=io.StringIO(), width=200, color_system=None, _environ={})
    print_lines(console, reply_lines(REPLY, zone=ZONE, hyperlinks=False))
    assert isinstance(console.file, io.StringIO)
    printed = console.file.getvalue()
    assert [line.rstrip() for line in printed.splitlines()] == [
        "Who gave no comment.",
        "",
        "Ann Bell  2 sentences",
        "  Ann Bell declined to comment.",
        "    The Mill · 14 October 2024 · Ferry row",
        f"    {LINK}",
        "    also in The Oar, 15 October 2024",
        f"  {CUT}",
        "    The Oar · 15 October 2024 · Row",
        "",
        "The firm",
        "  Ann Bell declined to comment.",
        "    The Mill · 14 October 2024 · Ferry row",
        f"    {LINK}",
        "    also in The Oar, 15 October 2024",
    ]
    assert not any(mark in printed for mark in MARKS)


def test_slack_shows_them_with_links_and_nothing_to_press() -> None:
    (message,) = slack_rendering.messages(REPLY, zone=ZONE, private=False)
    assert check_blocks(message.blocks) == []
    seen = [line for line in lines(message.blocks) if line]
    assert seen[:7] == [
        "# Who gave no comment.",
        "Ann Bell  2 sentences",
        "Ann Bell declined to comment.",
        "The Mill · 14 October 2024 · Ferry row",
        "(also in The Oar, 15 October 2024)",
        CUT,
        "The Oar · 15 October 2024 · Row",
    ]
    assert links(message.blocks) == {"Ferry row": LINK}
    assert pings(message.blocks) == []
    assert not any(block["type"] in ("actions", "section") for block in message.blocks)
    assert not any(mark in line for line in seen for mark in MARKS)


def test_discord_shows_them_with_links_and_nothing_to_press() -> None:
    (message,) = discord_rendering.messages(REPLY, zone=ZONE, private=False)
    assert problems(message) == []
    first, second, third = message.embeds
    assert [embed.title for embed in message.embeds] == ["Ann Bell", "Ann Bell", "The firm"]
    assert (first.author.name, first.author.url, first.footer.text) == ("The Mill", LINK, "also in The Oar, 15 October 2024")
    assert shown(first.description or "").splitlines() == ["Ann Bell declined to comment.", "14 October 2024 · Ferry row"]
    assert shown(second.description or "").splitlines() == [CUT, "15 October 2024 · Row"]
    assert not message.rows
    assert not any(mark in (embed.description or "") for embed in (first, second, third) for mark in MARKS)


def test_many_of_them_are_not_cut_silently() -> None:
    many = replace(REPLY, sections=tuple(Section(f"Firm {number}", cited=(BELL,) * 3) for number in range(40)))
    posted = slack_rendering.messages(many, zone=ZONE, private=False)
    assert sum(line == BELL.words for message in posted for line in lines(message.blocks)) == 120
    sent = discord_rendering.messages(many, zone=ZONE, private=False)
    assert sum(len(message.embeds) for message in sent) == 120


def test_json_tells_them_apart_from_quotes() -> None:
    section = json.loads(answer_json(REPLY))["sections"][0]
    assert section["quotes"] == []
    assert section["cited"][0]["words"] == BELL.words
    assert section["cited"][0]["place"]["link"] == LINK
    assert section["cited"][0]["also"][0]["outlet"] == "The Oar"

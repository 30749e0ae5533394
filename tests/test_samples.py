"""The sample articles keep the variety for which they were written."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import frontmatter
import pytest

SAMPLES = Path(__file__).parent.parent / "samples"
OUTLETS = {"The Harbour Post", "The Northern Ledger", "Island Courier", "The Evening Beacon"}


def texts() -> list[str]:
    """The text of every sample article, a JSON Lines file counting once for each of its lines."""
    files = sorted(SAMPLES.iterdir())
    whole = [path.read_text(encoding="utf-8") for path in files if path.suffix != ".jsonl"]
    lines = [line for path in files if path.suffix == ".jsonl" for line in path.read_text(encoding="utf-8").splitlines()]
    return whole + [json.loads(line)["text"] for line in lines]


def test_there_are_at_least_twelve_articles_in_four_formats() -> None:
    assert len(texts()) >= 12
    assert {path.suffix for path in SAMPLES.iterdir()} == {".md", ".html", ".txt", ".jsonl"}


def test_every_address_in_them_is_an_invented_one() -> None:
    for path in SAMPLES.iterdir():
        for url in re.findall(r"https?://[^\s\"')<>]+", path.read_text(encoding="utf-8")):
            host = urlsplit(url).hostname or ""
            assert host.endswith(".example.org") or url == "https://schema.org", f"{path.name} has {url}"


def test_articles_with_front_matter_say_where_they_are_from() -> None:
    for path in SAMPLES.glob("*.md"):
        fields = frontmatter.load(str(path)).metadata
        assert fields.keys() >= {"headline", "outlet", "url", "published", "byline"}
        assert fields["outlet"] in OUTLETS


def test_bulk_articles_are_one_json_object_a_line() -> None:
    for path in SAMPLES.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            assert article.keys() == {"headline", "outlet", "url", "published", "byline", "text"}
            assert article["outlet"] in OUTLETS


@pytest.mark.parametrize("word", ["interfere", "interfering|interfered|interferes", "interference"])
def test_interference_is_spoken_of_in_its_inflections(word: str) -> None:
    assert any(re.search(rf"\b(?:{word})\b", text) for text in texts())


def test_one_statement_is_worded_differently_by_three_outlets() -> None:
    wordings = {found[0] for text in texts() for found in re.finditer(r"I did not interfere[^,.]*", text)}
    assert len(wordings) == 3


def test_a_wire_copy_stands_in_two_outlets() -> None:
    assert sum("The man who answered the telephone has gone" in text for text in texts()) == 2

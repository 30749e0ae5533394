"""The four real articles that lie beside the project: no boilerplate in their text, and no line of them lost."""

import re
from pathlib import Path

import pytest

from bot.reading.cleaning import PARAGRAPH_BREAK
from bot.reading.documents import parse

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
# By file: the lines, counted from one, that are no part of the article.
BOILERPLATE = {"000_": {11, 12, 13, 14, 15}, "001_": {6, 13, 14, 15, 26}, "002_": {4, 10, 11, 12, 13, 14, 15, 16, 17}, "003_": set[int]()}
TELL_TALE = re.compile(
    r"^(?:comments: our|read more|more from|donate:|share:|subscribe:|partner:|disclaimer:|politics latest)|report this comment",
    re.IGNORECASE,
)


@pytest.mark.parametrize("prefix", BOILERPLATE)
def test_the_text_of_a_real_article_is_all_of_its_lines_but_the_boilerplate(prefix: str) -> None:
    path = next(SEEDS.glob(f"{prefix}*.txt"), None)
    if path is None:
        pytest.skip("The real articles do not lie beside the project.")
    data = path.read_bytes()
    lines = data.decode("utf-8").splitlines()
    expected = [line.strip() for number, line in enumerate(lines, start=1) if line.strip() and number not in BOILERPLATE[prefix]]

    (article,) = parse(data, name=path.name)

    assert article.text.split(PARAGRAPH_BREAK) == expected
    assert article.headline is None
    assert not any(TELL_TALE.search(paragraph) for paragraph in expected)

"""Questions about articles of PolNeAR's train part, with every quote that answers them: to learn from and to fit by."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.asking.question import parse
from bot.errors import VerbatimError

LEARNED: Final = (3, 4, 5, 7, 8)
FITTED: Final = (0, 1, 2)
"""The sets to learn from, and those by which ranking is weighed; 6 is in neither."""
NEGATIVE: Final = "negative"
DIRECT: Final = 2
_GRADES: Final = {"direct": DIRECT, "related": 1}
_FOLDER = Path(__file__).parent / "questions"
_SOME_DAY = datetime(2016, 11, 1, tzinfo=UTC)  # none of the questions has a date

Quote = tuple[str, int]
"""The key of an article, and the number of a quote in it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with the grades of all quotes that answer it: 2 directly about it, 1 related. A negative one has none."""

    qid: str
    kind: str
    text: str
    grades: Mapping[Quote, int]

    @property
    def about(self) -> str:
        """What the product looks for when it is asked this."""
        try:
            asked = parse(self.text, now=_SOME_DAY, zone=ZoneInfo("UTC"))
        except VerbatimError:
            return self.text.rstrip("?")
        asked = asked.otherwise or asked
        return asked.about or " ".join(asked.topic)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions about the same articles, given by their keys."""

    articles: frozenset[str]
    questions: Sequence[Judged]


def key_of(name: str) -> str:
    """What stands for an article here; its name holds words of its headline."""
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def read(number: int) -> QuestionSet:
    """One of the sets 0 to 8."""
    first, *rows = [json.loads(line) for line in (_FOLDER / f"set{number}.jsonl").read_text(encoding="utf-8").splitlines()]
    return QuestionSet(frozenset(first["articles"]), [_judged(row) for row in rows])


def _judged(row: Mapping[str, Any]) -> Judged:
    grades = {
        (article, number): _GRADES[degree]
        for article, by_degree in row["relevant"].items()
        for degree, numbers in by_degree.items()
        for number in numbers
    }
    return Judged(row["qid"], row["kind"], row["question"], grades)

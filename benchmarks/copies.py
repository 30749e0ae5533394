"""`python -m benchmarks.copies [--pairs N]`: how much of an article an outlet can change until it is no longer found to be a copy.

Measured on the annotated news, where it lies beside the repository, else on the samples and made articles; and which pairs of those
articles are held to be copies as they stand. Nothing is stored: it is `bot/reading/shingles.py` that is measured.
"""

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.corpus import articles
from bot.errors import NotAnArticle
from bot.reading.documents import parse
from bot.reading.shingles import is_copy, kept, shingles

NEWS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "polnear" / "train" / "text"
MADE = 300
SHORTEST = 150
"""Words: of a shorter text a part is too short to be told from a quoted passage."""
STANDING = " ".join(["Read more in the paper on Friday, write to the editor, and give the boat's crew what you can spare."] * 4)
_WIDTH = 120

Edit = Callable[[list[str], list[str], random.Random], list[str]]
"""Takes an article's paragraphs, another's, and chance; gives the paragraphs of the copy."""


@dataclass(frozen=True, slots=True)
class Text:
    """An article with its shingles, all and those by which it is found."""

    name: str
    paragraphs: list[str]
    all: frozenset[int]
    found_by: frozenset[int]

    @classmethod
    def of(cls, name: str, paragraphs: Sequence[str]) -> "Text":
        """The text of these paragraphs."""
        of_text = shingles("\n\n".join(paragraphs))
        return cls(name, list(paragraphs), frozenset(of_text), kept(of_text))

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)


def cut(share: float) -> Edit:
    """The beginning, so much of the words, the last sentence cut anywhere."""
    return lambda own, _other, _chance: [" ".join((words := " ".join(own).split())[: round(share * len(words))])]


def words_changed(share: float) -> Edit:
    """So many words, here and there, are others."""
    return lambda own, _other, chance: [
        " ".join("ferries" if chance.random() < share else word for word in paragraph.split()) for paragraph in own
    ]


def paragraphs_changed(share: float) -> Edit:
    """So many paragraphs, anywhere, are another article's."""

    def edit(own: list[str], other: list[str], chance: random.Random) -> list[str]:
        places = set(chance.sample(range(len(own)), round(share * len(own))))
        return [other[place % len(other)] if place in places else paragraph for place, paragraph in enumerate(own)]

    return edit


def introduced(share: float) -> Edit:
    """Another article's beginning stands before it, so long as a share of its own words."""

    def edit(own: list[str], other: list[str], _chance: random.Random) -> list[str]:
        most = round(share * sum(len(paragraph.split()) for paragraph in own))
        return [" ".join(" ".join(other * 9).split()[:most]), *own]

    return edit


EDITS: dict[str, Edit] = {
    "cut to 70 %": cut(0.7),
    "cut to 50 %": cut(0.5),
    "cut to 30 %": cut(0.3),
    "1 word in 50 changed": words_changed(0.02),
    "1 word in 20 changed": words_changed(0.05),
    "1 word in 12 changed": words_changed(0.08),
    "1 word in 8 changed": words_changed(0.125),
    "20 % of paragraphs changed": paragraphs_changed(0.2),
    "30 % of paragraphs changed": paragraphs_changed(0.3),
    "40 % of paragraphs changed": paragraphs_changed(0.4),
    "50 % of paragraphs changed": paragraphs_changed(0.5),
    "new headline and introduction": lambda own, other, _chance: ["A headline of our own", other[0], *own],
    "own text of half its length before it": introduced(0.5),
    "own text of its length before it": introduced(1.0),
    "own text of its length, and cut to 50 %": lambda own, other, chance: introduced(2.0)(cut(0.5)(own, other, chance), other, chance),
    "a standing notice below it": lambda own, _other, _chance: [*own, STANDING],
    "cut to 70 %, 1 word in 50 changed": lambda own, other, chance: words_changed(0.02)(cut(0.7)(own, other, chance), other, chance),
}
NO_COPIES: dict[str, Edit] = {
    "another's, with 10 % of this one's paragraphs": lambda own, other, _chance: [*other, *own[: max(1, round(0.1 * len(own)))]],
    "another's, with the same standing notice": lambda _own, other, _chance: [*other, STANDING],
}


def news() -> Iterator[Text]:
    """The articles to measure with."""
    if not NEWS.is_dir():
        yield from (Text.of(one.headline, one.text.split("\n\n")) for one in articles(MADE))
        return
    for file in sorted(NEWS.glob("*.txt")):
        try:
            (article,) = parse(file.read_bytes(), name=file.name)
        except NotAnArticle:
            continue
        yield Text.of(file.stem, article.text.split("\n\n"))


def pairs(texts: Sequence[Text], by: Callable[[Text], Iterable[int]]) -> list[tuple[Text, Text]]:
    """The pairs that are held to be copies, of those that share one of these shingles: those kept, as in the store, or any."""
    holding: dict[int, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for shingle in by(text):
            holding[shingle].append(number)
    likely = {pair for numbers in holding.values() if len(numbers) <= _MOST_HOLDING for pair in combinations(numbers, 2)}
    return [(texts[one], texts[other]) for one, other in sorted(likely) if is_copy(texts[one].all, texts[other].all)]


_MOST_HOLDING = 100


def share(one: Text, other: Text) -> float:
    """How much of the shorter one they share."""
    return len(one.all & other.all) / max(1, min(len(one.all), len(other.all)))


def edited(texts: Sequence[Text], edits: dict[str, Edit]) -> Iterator[tuple[str, int, int, int]]:
    """For each edit how many copies are looked at, how many are found, and how many would be if all shingles were kept."""
    for name, edit in edits.items():
        chance = random.Random(7)
        counts: Counter[str] = Counter()
        for place, text in enumerate(texts):
            other = texts[(place + len(texts) // 2) % len(texts)]
            source = Text.of(text.name, [*text.paragraphs, STANDING]) if "same standing" in name else text
            copy = Text.of(text.name, edit(text.paragraphs, other.paragraphs, chance))
            alike = is_copy(source.all, copy.all)
            counts["alike"] += alike
            counts["found"] += alike and bool(source.found_by & copy.found_by)
        yield name, len(texts), counts["found"], counts["alike"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print the figures and, with `--pairs`, the pairs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.copies", description="Measures how copies of articles are found.")
    parser.add_argument("--pairs", type=int, default=0, metavar="N", help="print the beginnings of N of the pairs found, to be read")
    given = parser.parse_args(arguments)
    console = Console(width=None if sys.stdout.isatty() else _WIDTH)
    texts = list(news())
    long = [text for text in texts if text.words >= SHORTEST and len(text.paragraphs) > 3]
    console.print(f"{len(texts):,} articles, {len(long):,} of at least {SHORTEST} words; {'news' if NEWS.is_dir() else 'made ones'}.\n")
    for title, edits in (("Copies", EDITS), ("No copies", NO_COPIES)):
        table = Table("Edit", "articles", "found", "of 100", "with all shingles kept", title=title)
        for name, number, found, alike in edited(long, edits):
            table.add_row(name, f"{number:,}", f"{found:,}", f"{100 * found / number:.1f}", f"{100 * alike / number:.1f}")
        console.print(table)
    by_kept, by_all = pairs(texts, lambda text: text.found_by), pairs(texts, lambda text: text.all)
    console.print(f"\nAs they stand {len(by_kept):,} pairs are held to be copies; with all shingles kept, {len(by_all):,}.")
    chance = random.Random(7)
    for one, other in chance.sample(by_kept, min(given.pairs, len(by_kept))):
        console.print(f"\n{share(one, other):.2f} {one.name} ({one.words} words)\n     {other.name} ({other.words} words)", markup=False)
        console.print(f"  {one.paragraphs[0][:200]}\n  {other.paragraphs[0][:200]}", markup=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Annotated articles: PolNeAR's stand-off files to texts with attributions as character spans."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from storage.records import Span

_SPAN = re.compile(r"(T\d+)\t\S+ ([\d ;]+)\t")
_EVENT = re.compile(r"E\d+\t")
_ROLES = {"Content": "content", "Content2": "content", "Source": "source", "Cue": "cue"}


@dataclass(frozen=True, slots=True)
class Annotation:
    """One attribution as a person marked it. `content` is never empty."""

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article; `readings` holds what each of its annotators marked, the one whose id sorts first leading."""

    name: str
    text: str
    readings: tuple[tuple[Annotation, ...], ...]


def load(folder: Path) -> list[Annotated]:
    """All articles of one split, by name."""
    files: dict[str, list[Path]] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        files.setdefault(path.stem.rsplit("_", 1)[0], []).append(path)
    found = []
    for name, paths in sorted(files.items()):
        with (folder / "text" / f"{name}.txt").open(encoding="utf-8", newline="") as file:
            found.append(Annotated(name, file.read(), tuple(_annotations(path) for path in paths)))
    return found


def _annotations(path: Path) -> tuple[Annotation, ...]:
    lines = path.read_text(encoding="utf-8").split("\n")
    spans: dict[str, list[Span]] = {}
    for match in filter(None, map(_SPAN.match, lines)):
        ends = [part.split() for part in match[2].split(";")]
        spans[match[1]] = [(int(start), int(end)) for start, end in ends]
    found: list[Annotation] = []
    for line in lines:
        if _EVENT.match(line):
            roles: dict[str, list[Span]] = {"content": [], "source": [], "cue": []}
            for part in line.split("\t")[1].split():
                role, reference = part.split(":")
                if role in _ROLES:
                    roles[_ROLES[role]] += spans[reference]
            if roles["content"]:
                found.append(Annotation(*(tuple(sorted(roles[r])) for r in ("content", "source", "cue"))))
    return tuple(sorted(found, key=lambda a: a.content))


def held_out(articles: Sequence[Annotated], share: float = 0.08, seed: int = 1) -> tuple[list[Annotated], list[Annotated]]:
    """(to train on, to set thresholds on), always the same."""
    order = list(articles)
    random.Random(seed).shuffle(order)
    cut = round(len(order) * share)
    return order[cut:], order[:cut]

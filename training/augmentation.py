"""Other surfaces of the same article, so that what is learned from one country's papers holds in another's.

A change moves characters about and keeps track of where each came from; spans follow their characters.
"""

import random
import re
from collections.abc import Sequence

from storage.records import Span
from training.corpus import Annotation


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_TITLE_DOT = re.compile(r"\b(Mr|Mrs|Ms|Dr|Sen|Gov|Rep|St)\.(?= )")
_COMMA_INSIDE = re.compile(r"[,.][”\"](?=\s)")
_BREAK = re.compile(r"\n+")
_PRONOUNS = _words("he she they it we i you who that")
_GIVEN = _words(
    "Aoife Niamh Saoirse Declan Eoin Fergal Priya Anjali Rahul Vikram Sunita Arjun Meera Kiran Callum Hamish Isla Rhys Carys Gareth "
    "Nigel Imogen Clive Tamsin Bronwyn Lachlan Kylie Jasper Matilda Kwame Ngozi Tunde Fatima Yusuf Mei Haruto Ana Luca Freya Oskar "
    "Margaret Peter Susan Colin Janet Derek Ellen Graham Ruth Simon"
)
_SURNAMES = _words(
    "O’Dowd Byrne Gallagher Kehoe Nolan Sharma Iyer Banerjee Chaudhry Menon Pillai Reddy Kapoor MacAulay Drummond Llewellyn Pritchard "
    "Ashworth Birtwhistle Cholmondeley Tunstall Hargreaves Ollerenshaw Kendrick Whitlam Okafor Adeyemi Mensah Rahman Siddiqui Chen "
    "Tanaka Silva Moretti Lindqvist Novak Marsh Fielding Barlow Tate Quigley Thorne Weir Garside Pell Rusk Amory Vance Cole"
)
_CAMPAIGN_GIVEN = _words(
    "Donald Hillary Barack Bernie Ted Marco Jeb Mike Tim Mitt Michelle Melania Ivanka Bill Joe Paul John Ben Chris Carly Rand Gary Jill "
    "Elizabeth Kellyanne Newt Rudy George Ronald Nancy Mitch Harry Robby Jennifer Brian"
)
_CAMPAIGN_SURNAMES = _words(
    "Trump Clinton Obama Sanders Cruz Rubio Bush Pence Kaine Romney Biden Ryan Kasich Carson Christie Fiorina Paul Johnson Stein Warren "
    "Conway Gingrich Giuliani Reagan Pelosi McConnell Reid Mook Palmieri Fallon McCain Walker Lewandowski Manafort Priebus"
)


class _Surface:
    """A text under change: its characters, and for each the offset it had (-1 for one that is new)."""

    def __init__(self, text: str) -> None:
        self.original = text
        self.characters = list(text)
        self.origins = list(range(len(text)))

    @property
    def text(self) -> str:
        return "".join(self.characters)

    def replace(self, changes: Sequence[tuple[int, int, str]]) -> None:
        """Put other words in place of [start, end) for each of `changes`, which are in order and apart."""
        characters: list[str] = []
        origins: list[int] = []
        position = 0
        for start, end, words in changes:
            characters += [*self.characters[position:start], *words]
            kept = self.origins[start:end][: len(words)]
            origins += [*self.origins[position:start], *kept, *[kept[-1] if kept else -1] * (len(words) - len(kept))]
            position = end
        self.characters = characters + self.characters[position:]
        self.origins = origins + self.origins[position:]

    def swap(self, first: Span, second: Span) -> None:
        """Let the two stretches, `first` before `second`, change places."""
        (a, b), (c, d) = first, second
        for name in ("characters", "origins"):
            rows = getattr(self, name)
            setattr(self, name, rows[:a] + rows[c:d] + rows[b:c] + rows[a:b] + rows[d:])

    def moved(self, annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        for position, origin in enumerate(self.origins):
            first.setdefault(origin, position)
            last[origin] = position
        text = self.text

        def span(old: Span) -> Span | None:
            there = [i for i in range(*old) if i in first]
            if not there:
                return None
            start, end = min(first[i] for i in there), max(last[i] for i in there) + 1
            while start < end and text[start].isspace():
                start += 1
            while end > start and (text[end - 1].isspace() or (text[end - 1] in ",." and text[end - 2] in '”"’')):
                end -= 1
            return (start, end) if end > start else None

        def spans(old: Sequence[Span]) -> tuple[Span, ...]:
            return tuple(sorted(s for s in map(span, old) if s is not None))

        moved = (Annotation(spans(a.content), spans(a.source), spans(a.cue)) for a in annotations)
        return tuple(a for a in moved if a.content)


def other_surface(text: str, annotations: Sequence[Annotation], draw: random.Random) -> tuple[str, tuple[Annotation, ...]]:
    """The article as another paper might have printed it."""
    surface = _Surface(text)
    if draw.random() < 0.5:
        _invert(surface, annotations, draw)
    if draw.random() < 0.5:
        _rename(surface, draw)
    if draw.random() < 0.4:
        surface.replace([(m.end() - 1, m.end(), "") for m in _TITLE_DOT.finditer(surface.text)])
    if draw.random() < 0.4:
        for m in _COMMA_INSIDE.finditer(surface.text):
            if draw.random() < 0.7:
                surface.swap((m.start(), m.start() + 1), (m.start() + 1, m.end()))
    if draw.random() < 0.25:
        share = draw.choice([0.3, 1.0])
        surface.replace([(m.start(), m.end(), " ") for m in _BREAK.finditer(surface.text) if draw.random() < share])
    return surface.text, surface.moved(annotations)


def _invert(surface: _Surface, annotations: Sequence[Annotation], draw: random.Random) -> None:
    """`Name said` to `said Name` and back, behind what is said. Runs first, while offsets are still the article's own."""
    text = surface.original
    pairs: list[tuple[Span, Span]] = []
    for a in annotations:
        if len(a.source) != 1 or len(a.cue) != 1 or draw.random() < 0.4:
            continue
        first, second = sorted([a.source[0], a.cue[0]])
        cue, source = text[slice(*a.cue[0])], text[slice(*a.source[0])]
        behind = any(0 <= first[0] - end <= 2 and text[end - 1 : first[0]].strip() for _, end in a.content)
        if not behind or text[first[1] : second[0]] != " " or cue not in {"said", "says", "added", "wrote", "asked", "explained"}:
            continue
        if source.lower() in _PRONOUNS or len(source) > 40 or not source[0].isupper():
            continue
        pairs.append((first, second))
    taken = -1
    for first, second in sorted(pairs):
        if first[0] > taken:
            surface.swap(first, second)
            taken = second[1]


def _rename(surface: _Surface, draw: random.Random) -> None:
    names = {
        **dict(zip(_CAMPAIGN_GIVEN, draw.choices(_GIVEN, k=len(_CAMPAIGN_GIVEN)), strict=True)),
        **dict(zip(_CAMPAIGN_SURNAMES, draw.choices(_SURNAMES, k=len(_CAMPAIGN_SURNAMES)), strict=True)),
    }
    found = re.finditer(rf"\b(?:{'|'.join(names)})\b", surface.text)
    surface.replace([(m.start(), m.end(), names[m[0]]) for m in found])

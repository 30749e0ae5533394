"""A text as the network reads it: word pieces with their offsets and with what upper case, quotation marks and line breaks tell."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from bot.quoting.marks import Quotation

Ints = npt.NDArray[np.int64]

CASES: Final = 4  # no letters, lower, Capitalised, CAPITALS
STATES: Final = 4  # outside quotation marks, inside, an opening mark, a closing mark
PLACES: Final = 3  # inside a line, its first piece, its last piece
_LINE_BREAKS = re.compile(r"[\r\n\u2028\u2029\x0b\x0c\x1c-\x1e\x85]+")
_CHUNK = 20_000  # characters given to the tokenizer at once, which bounds its memory
_ONE_KIND = str.maketrans({"'": "’", "–": "—", "―": "—", "\u00ad": "\u200b"})
_SWAPPED = str.maketrans({"“": "‘", "”": "’", '"': "’"})


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces of one text, one row each: vocabulary ids, offsets into the text, and the three features."""

    ids: Ints
    starts: Ints
    ends: Ints
    case: Ints
    state: Ints
    place: Ints

    def __len__(self) -> int:
        return len(self.ids)


def pieces(text: str, quotations: Sequence[Quotation], tokenizer: Tokenizer) -> Pieces:
    """Cut `text` into pieces. Linear in its length."""
    shown = one_style(text, quotations)
    ids: list[int] = []
    offsets: list[tuple[int, int]] = []
    for start, end in _chunks(text):
        encoding = tokenizer.encode(shown[start:end], add_special_tokens=False)
        ids.extend(encoding.ids)
        offsets.extend((s + start, e + start) for s, e in encoding.offsets)
    places = np.array(offsets, dtype=np.int64).reshape(-1, 2)
    starts, ends = places[:, 0], places[:, 1]
    return Pieces(
        ids=np.array(ids, dtype=np.int64),
        starts=starts,
        ends=ends,
        case=_case(text, starts, ends),
        state=_state(text, quotations)[starts].astype(np.int64),
        place=_place(text, starts),
    )


def one_style(text: str, quotations: Sequence[Quotation]) -> str:
    """`text` with every quotation in curly double marks, letter for letter as long: papers differ in style, not in meaning."""
    shown = text.translate(_ONE_KIND)
    parts: list[str] = []
    position = 0
    for q in quotations:
        inner = shown[slice(*q.inner)]
        parts += [shown[position : q.outer[0]], _as_long("“", q.inner[0] - q.outer[0])]
        parts += [inner.translate(_SWAPPED) if q.single else inner, _as_long("”", q.outer[1] - q.inner[1])]
        position = q.outer[1]
    return "".join([*parts, shown[position:]])


def _as_long(mark: str, length: int) -> str:
    return (mark + "\u200b" * (length - 1))[:length]


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = min(len(text), start + _CHUNK)
        if end < len(text):
            cut = max(text.rfind("\n", start + 1, end), text.rfind(" ", max(start + 1, end - 200), end))
            end = cut if cut > start else end
        yield start, end
        start = end


def _case(text: str, starts: Ints, ends: Ints) -> Ints:
    """The case of the word in which a piece stands."""
    found = np.zeros(len(starts), dtype=np.int64)
    before, code = -1, 0
    for k, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        piece = text[start:end]
        if start != before or not (piece[:1].isalnum() and text[start - 1].isalnum()):
            code = 0 if not piece[:1].isalpha() else 1 if not piece[0].isupper() else 3 if piece.isupper() and len(piece) > 1 else 2
        elif code == 3 and not piece.isupper():
            code = 2
        found[k] = code
        before = end
    return found


def _state(text: str, quotations: Sequence[Quotation]) -> npt.NDArray[np.int8]:
    """For every character, and one behind the last, whether it is in quotation marks or one of them."""
    states = np.zeros(len(text) + 1, dtype=np.int8)
    for q in quotations:
        states[q.outer[0] : q.inner[0]] = 2
        states[q.inner[0] : q.inner[1]] = 1
        states[q.inner[1] : q.outer[1]] = 3
    return states


def _place(text: str, starts: Ints) -> Ints:
    """1 for the first piece of a line, 2 for its last."""
    found = np.zeros(len(starts), dtype=np.int64)
    if len(starts):
        line = np.searchsorted(np.array([m.start() for m in _LINE_BREAKS.finditer(text)], dtype=np.int64), starts)
        first = np.concatenate([[True], line[1:] != line[:-1]])
        found[np.concatenate([first[1:], [True]])] = 2
        found[first] = 1
    return found

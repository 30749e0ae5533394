"""The baseline of quoting: what a paragraph has between quotation marks, said by the nearest name, "he" or "she". No grammar, no memory."""

import re
from dataclasses import dataclass
from itertools import groupby

_QUOTED = re.compile(r"“([^“”\n]+)[”\n]|\"([^\"\n]+)[\"\n]")
_NO_NAMES = (
    "A|An|The|This|That|These|Those|It|Its|We|I|You|They|Their|There|Here|But|And|Or|So|If|In|On|At|By|For|From|To|Of|With|As|When|While|"
    "After|Before|Since|Not|No|Yes|Now|Then|What|Who|How|Why|Where|Which|One|Some|Many|Most|All|My|Our|Your|He|She|His|Her|Still|Also|Even|"
    "Because|Although|Though|However|Meanwhile|Asked|Last|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
)
_NAME = re.compile(rf"(?<![\w’'.-])(?!(?:{_NO_NAMES})\b)[A-Z][\w’-]+(?: (?:[A-Z]\. )?[A-Z][\w’-]+)*|\b[Ss]?[Hh]e\b")

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A quote as the baseline finds it: (start, end) of its pieces, and of the name (None: the text has none)."""

    content: tuple[_Span, ...]
    source: _Span | None


def quotes_of(text: str) -> list[Found]:
    """The quotes of a text, in order: one for each paragraph that has something between quotation marks."""
    contents = [match.span(1) if match.group(1) is not None else match.span(2) for match in _QUOTED.finditer(text)]
    outside = _QUOTED.sub(lambda match: " " * len(match.group()), text)
    names = [match.span() for match in _NAME.finditer(outside)]
    paragraphs = groupby(contents, key=lambda content: text.count("\n", 0, content[0]))
    return [_found(tuple(together), names) for _, together in paragraphs]


def _found(content: tuple[_Span, ...], names: list[_Span]) -> Found:
    near = [(max(start - name[1], name[0] - end), name) for start, end in content for name in names]
    return Found(content, min(near)[1] if near else None)

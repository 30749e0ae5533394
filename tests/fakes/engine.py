"""A quoting engine that reads sentences such as `Ann Bell said: "…"` and `Ann Bell wants: "…"`, and can be told to read them otherwise."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.quoting.engine import Extraction
from storage.records import AliasKind, NewAlias, NewQuote, NewSpeaker, QuoteKind, Reports, SpeakerKind

_SAID = re.compile(r'(?P<name>[A-Z]\w+(?: [A-Z]\w+)*) (?P<cue>said|wants): "(?P<words>[^"]+)"')


@dataclass(frozen=True)
class FakeEngine:
    """Finds what is said and what is wanted. A person by one name is known to the article alone, by two or more to all.

    `misread` gives names that it takes for others, `blind` words that make it pass over what is said, and `cut` how many
    characters it leaves out at the end of each quote. `mishap` is what it raises instead.
    """

    name: str = "fake-1"
    misread: Mapping[str, str] = field(default_factory=dict)
    blind: str = "\0"
    cut: int = 0
    mishap: Exception | None = None

    def extract(self, text: str) -> Extraction:
        """The quotes of `text` and who says them."""
        if self.mishap is not None:
            raise self.mishap
        found = [one for one in _SAID.finditer(text) if self.blind not in one["words"]]
        names = list(dict.fromkeys(self.misread.get(one["name"], one["name"]) for one in found))
        quotes = tuple(
            NewQuote(
                content=((one.start("words"), one.end("words") - self.cut),),
                source=(one.span("name"),),
                cue=(one.span("cue"),),
                kind=QuoteKind.DIRECT if one["cue"] == "said" else QuoteKind.INDIRECT,
                reports=Reports.SPEECH if one["cue"] == "said" else Reports.ATTITUDE,
                confidence=0.95,
                speaker=names.index(self.misread.get(one["name"], one["name"])),
                context=one.span(),
            )
            for one in found
        )
        return Extraction(quotes, tuple(_speaker(name) for name in names))


def _speaker(name: str) -> NewSpeaker:
    key = name.casefold() if " " in name else None
    return NewSpeaker(name, SpeakerKind.PERSON, key, (NewAlias(name, AliasKind.NAME),))

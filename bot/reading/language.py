"""The language that a text is written in, told by the text itself: what pages declare is often missing or wrong. Pure, CPU only.

English shows in its own small words, and of such a text nothing else is asked. Of others the letters decide (Lui and Baldwin 2012,
"langid.py: An Off-the-shelf Language Identification Tool"), in a model that takes half a second and 80 MB once it is needed.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from bot.language_names import primary

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_REACH: Final = 20_000
_WORD: Final = re.compile(r"[^\W\d_]+")
_SMALL_WORDS: Final = "the and that with from said this which they their would have has been were are who but his about after it of to"
_ENGLISH_WORDS: Final = frozenset(_SMALL_WORDS.split())
"""No other language has many of these."""
_ENGLISH_SHARE: Final = 0.1
"""Of English news 7 to 30 words in a hundred are among them; of text in other languages at most 4 in a hundred were."""
_FEWEST_WORDS: Final = 20
_LOOKED_AT: Final = 3_000
_FEWEST_BYTES: Final = 100
_NEIGHBOURS: Final = 3
_SURE: Final = 0.9
"""So likely three languages have to be together: Croatian, Bosnian and Serbian are near enough to each other to be mistaken."""
_NOT_ENGLISH: Final = 0.01
_LIKELY: Final = 0.1
_TELLS_NOTHING: Final = frozenset({"pcm", "zxx"})
"""Nigerian Pidgin, which headlines of English news are taken for, and what has no words."""


def language_of(text: str, declared: str | None) -> str | None:
    """The BCP 47 tag of a text's language; `declared` is what its document says, and stands where the text is too short to tell.

    It also stands where the text bears it out: "en-GB" of English, and of two neighbours, as Danish and Norwegian, the declared one.
    """
    words = _WORD.findall(text[:_REACH].lower())
    if len(words) >= _FEWEST_WORDS and sum(word in _ENGLISH_WORDS for word in words) >= _ENGLISH_SHARE * len(words):
        return declared if declared and primary(declared) == "en" else "en"
    if len(text[:_LOOKED_AT].encode(errors="replace")) < _FEWEST_BYTES:
        return declared
    ranked = _identifier().rank(text[:_LOOKED_AT])
    likely = dict(ranked)
    nearest = [name for name, _ in ranked[:_NEIGHBOURS]]
    if sum(likely[name] for name in nearest) < _SURE or (nearest[0] != "en" and likely["en"] > _NOT_ENGLISH):
        return declared
    agrees = declared is not None and likely.get(primary(declared), 0.0) >= _LIKELY
    return declared if agrees or nearest[0] in _TELLS_NOTHING else nearest[0]


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # here alone: whoever only asks loads no model

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

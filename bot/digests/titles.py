"""Headlines as Verbatim tells them in a line of its own, and what an article goes by that has none. Pure."""

import unicodedata

MOST_CHARACTERS = 70
BEGINNING = 400
"""So many characters of a text are enough to make a title of."""
UNTITLED = "Without a headline"
_CUT = " …"
_QUOTATION_MARKS = str.maketrans("", "", '"“”„‟«»＂〝〞「」『』')


def title_of(headline: str | None) -> str:
    """The heading of an article."""
    return plain(headline or "") or UNTITLED


def named(headline: str | None) -> str:
    """A headline in a sentence: in quotation marks, of which it has none itself, and cut visibly where it is long."""
    return f"“{cut(plain(headline or '').translate(_QUOTATION_MARKS)) or UNTITLED}”"


def beginning(text: str) -> str:
    """What an article without a headline goes by: its first words, with the cut to be seen and without quotation marks."""
    words = plain(text[:BEGINNING]).translate(_QUOTATION_MARKS).strip()
    return cut(words) if len(words) > MOST_CHARACTERS else words


def plain(text: str) -> str:
    """The text on one line, without characters that are not to be seen: a headline is what anybody wrote."""
    seen = (" " if character.isspace() else character for character in text if character.isspace() or _is_seen(character))
    return " ".join("".join(seen).split())


def cut(text: str, most: int = MOST_CHARACTERS) -> str:
    """At most so many characters of a text, cut between words where it has some."""
    if len(text) <= most:
        return text
    kept = text[: most - len(_CUT) + 1]
    return (kept.rpartition(" ")[0] or kept[:-1]).rstrip(" ,;:–—-") + _CUT


def _is_seen(character: str) -> bool:
    return not unicodedata.category(character).startswith("C")

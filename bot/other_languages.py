"""What is said of articles in other languages, from which no quotes are taken."""

from collections.abc import Mapping, Sequence

from bot.cards import counted, listed
from bot.language_names import language_name
from storage.languages import is_quoted
from storage.records import UnquotedArticle

MOST_HOLDING = 50
_SHOWN = 3


def other_language(tag: str | None) -> str | None:
    """What English calls a language that no quotes are taken from; None for one that they are taken from."""
    return None if tag is None or is_quoted(tag) else language_name(tag)


def in_short(tag: str | None) -> str:
    """What the line on an article says of its language: "in French: stored and searchable, …"; "" where quotes are taken from it."""
    name = other_language(tag)
    return f"in {name}: stored and searchable, quotes are taken from English only" if name else ""


def note(tag: str | None) -> tuple[str, ...]:
    """The same as a sentence of its own."""
    said = in_short(tag)
    return (f"{said[0].upper()}{said[1:]}.",) if said else ()


def holding(found: Sequence[UnquotedArticle], *, words: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The note on articles in other languages that hold the `words` that were asked about, so many, and the requests that show them."""
    if not found:
        return (), ()
    many = f"{MOST_HOLDING} articles or more" if len(found) >= MOST_HOLDING else counted(len(found), "article")
    names = listed(sorted({language_name(one.language) for one in found}))
    held = "this word" if words == 1 else "these words"
    verb = "holds" if len(found) == 1 else "hold"
    shown = tuple(f"show {one.article_id}" for one in found[:_SHOWN])
    return (f"{many} in {names} {verb} {held}; quotes are taken from English articles only.",), shown


def stored(by_language: Mapping[str, int]) -> str:
    """How many articles are in other languages: "12 of them in other languages: 10 in French, 2 in German"; "" for none."""
    counts: dict[str, int] = {}
    for tag, count in by_language.items():
        counts[language_name(tag)] = counts.get(language_name(tag), 0) + count
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    most = ", ".join(f"{count:,} in {name}" for name, count in ranked[:_SHOWN])
    rest = sum(count for _, count in ranked[_SHOWN:])
    more = f", {rest:,} in others" if rest else ""
    return f"{sum(counts.values()):,} of them in other languages, searchable and not quoted: {most}{more}" if counts else ""

"""Which entries of a feed are wanted: words to keep or to block, as people type them ("keep headline: ferry, bridge"). Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from textwrap import shorten
from urllib.parse import unquote

from bot.errors import NotUnderstood
from bot.feeds.feed import Entry
from bot.grammar.typos import righted
from storage.terms import terms

EXAMPLES = "Filters look like: keep headline: ferry, prime minister; block section: sport; block url: /live/."
MOST_WORDS = 50
LONGEST_WORD = 200  # characters
_LONGEST_SHOWN = 80
_TYPED = re.compile(r"(?P<verdict>[^\W\d_]+) (?:the )?(?P<field>[^\W\d_]+) ?[:=] ?(?P<words>.*)|(?P<other>.*)")
_SEPARATOR = re.compile(r"[;\n\r]+")


class Verdict(StrEnum):
    """What becomes of an entry that has one of the words."""

    KEEP = "keep"
    BLOCK = "block"


class Field(StrEnum):
    """Where in an entry the words are looked for."""

    HEADLINE = "headline"
    AUTHOR = "author"
    SECTION = "section"
    URL = "url"


_VERDICTS = {"keep": Verdict.KEEP, "only": Verdict.KEEP, "allow": Verdict.KEEP} | dict.fromkeys(
    ("block", "drop", "exclude", "ignore", "skip", "without", "no"), Verdict.BLOCK
)
_FIELDS = {
    **dict.fromkeys(("headline", "headlines", "title", "titles"), Field.HEADLINE),
    **dict.fromkeys(("author", "authors", "byline", "bylines", "by"), Field.AUTHOR),
    **dict.fromkeys(("section", "sections", "category", "categories", "tag", "tags"), Field.SECTION),
    **dict.fromkeys(("url", "urls", "link", "links", "address", "addresses"), Field.URL),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """Words or phrases of which each entry, or none, must have one in a field. `str` gives it as `parse` reads it.

    In a URL it is any part, in the other fields whole words, whatever their case and accents. Raises NotUnderstood for words that are
    nothing to look for.
    """

    verdict: Verdict
    field: Field
    words: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.words:
            raise NotUnderstood(f"It is not said which words to {self.verdict}.", EXAMPLES)
        if len(self.words) > MOST_WORDS:
            raise NotUnderstood(f"A filter has at most {MOST_WORDS} words, and this has {len(self.words):,}.", "Make several of it.")
        for word in self.words:
            if len(word) > LONGEST_WORD:
                raise NotUnderstood(f"“{_shown(word)}” is longer than {LONGEST_WORD} characters.", "Give a shorter word or phrase.")
            if not word or word != _tidied(word) or re.search("[,;]", word):
                raise NotUnderstood(f"“{_shown(word)}” is no word or phrase.", "Put commas between them.")
            if self.field is not Field.URL and not terms(word):
                raise NotUnderstood(f"“{_shown(word)}” has no letter or digit to look for.", EXAMPLES)

    def __str__(self) -> str:
        return f"{self.verdict} {self.field}: {', '.join(self.words)}"

    def fits(self, entry: Entry) -> bool:
        """Whether an entry has one of the words; never where it has nothing in that field."""
        if self.field is Field.URL:
            url = (entry.url or "").casefold()
            return any(word.casefold() in url or word.casefold() in unquote(url).casefold() for word in self.words)
        texts = [f" {' '.join(terms(text))} " for text in _texts(entry, self.field)]
        return any(f" {' '.join(terms(word))} " in text for word in self.words for text in texts)


def allows(filters: Sequence[Filter], entry: Entry) -> bool:
    """Whether an entry is wanted: it fits nothing that is blocked and, where anything is to be kept, one of that."""
    kept = [one for one in filters if one.verdict is Verdict.KEEP]
    if any(one.fits(entry) for one in filters if one.verdict is Verdict.BLOCK):
        return False
    return not kept or any(one.fits(entry) for one in kept)


def parse(text: str) -> Filter:
    """Read one filter as people type it: keep or block, a field, a colon, and words or phrases with commas between them.

    Raises NotUnderstood, with what is wrong.
    """
    line = " ".join(text.split())
    found = _TYPED.fullmatch(line)
    if found is None or found["other"] is not None:
        raise NotUnderstood(f"“{_shown(line)}” is no filter." if line else "That filter is empty.", EXAMPLES)
    verdict = _VERDICTS.get(righted(found["verdict"].lower(), _VERDICTS))
    if verdict is None:
        raise NotUnderstood(f"A filter does not “{_shown(found['verdict'])}”: it begins with keep or block.", EXAMPLES)
    field = _FIELDS.get(righted(found["field"].lower(), _FIELDS))
    if field is None:
        raise NotUnderstood(
            f"A filter looks at the headline, the author, the section or the url, not at “{_shown(found['field'])}”.", EXAMPLES
        )
    return Filter(verdict, field, tuple(dict.fromkeys(word for one in found["words"].split(",") if (word := one.strip(' "“”')))))


def parse_all(text: str) -> tuple[Filter, ...]:
    """Read filters on lines of their own, or with semicolons between them; each once. Raises NotUnderstood."""
    return tuple(dict.fromkeys(parse(one) for one in _SEPARATOR.split(text) if one.strip()))


def describe(filters: Iterable[Filter]) -> str:
    """Filters in one line that `parse_all` reads; "" where there are none."""
    return "; ".join(map(str, filters))


def _texts(entry: Entry, field: Field) -> tuple[str, ...]:
    if field is Field.SECTION:
        return entry.sections
    text = entry.headline if field is Field.HEADLINE else entry.author
    return (text,) if text else ()


def _tidied(word: str) -> str:
    """A word or phrase without what stands around it."""
    return " ".join(word.split()).strip(' "“”')


def _shown(text: str) -> str:
    return shorten(text, _LONGEST_SHOWN, placeholder=" …") if " " in text else text[:_LONGEST_SHOWN]

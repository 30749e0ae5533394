"""JSON and JSON Lines: articles as records. Pure.

Fields of a record (first name wins): `text` (a string or a list of paragraphs; also `body`, `content`,
`articleBody`) or `html`; `url` (`link`); `outlet` (`publisher`, `publication`, `source`); `headline`
(`title`); `byline` (`author`, `authors`); `published` (`date`, `published_at`, `publishedAt`,
`datePublished`); `language` (`lang`). Other fields are ignored.
HTML in a text is read as such, and names of characters such as "&amp;" are in any field but `url` and `language`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.errors import NotAnArticle
from bot.reading.references import written_out

Record = Mapping[str, object]
_NAMES = {
    "text": ("text", "body", "content", "articleBody"),
    "html": ("html",),
    "url": ("url", "link"),
    "outlet": ("outlet", "publisher", "publication", "source"),
    "headline": ("headline", "title"),
    "byline": ("byline", "author", "authors"),
    "published": ("published", "date", "published_at", "publishedAt", "datePublished"),
    "language": ("language", "lang"),
}
_LISTS = ("articles", "items", "results")


@dataclass(frozen=True, slots=True)
class NumberedRecord:
    """One record of a file: its place ("line 3", "article 3") and its own JSON."""

    place: str
    json: str


def records(text: str) -> list[NumberedRecord]:
    """The records of a JSON document: the entries of an array, or of the list in an object; else the object itself.

    Raises NotAnArticle where the text is no JSON.
    """
    data = parsed(text)
    if isinstance(data, dict):
        entries = next((entries for name in _LISTS if isinstance(entries := data.get(name), list)), None)
        if entries is None or field(data, "text") or field(data, "html"):
            return [NumberedRecord("", text)]
    elif isinstance(data, list):
        entries = data
    else:
        raise NotAnArticle("It is JSON, but neither an object nor an array.", "Give objects with a field 'text' or 'html'.")
    return [NumberedRecord(f"article {number}", json.dumps(entry)) for number, entry in enumerate(entries, start=1)]


def lines(text: str) -> Iterator[NumberedRecord]:
    """The records of JSON Lines by line number; blank lines are skipped."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield NumberedRecord(f"line {number}", line)


def parsed(text: str) -> object:
    """The value of a JSON text. Raises NotAnArticle where it is none."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise NotAnArticle(
            f"It is not valid JSON: {error.msg} at character {error.pos + 1}.", "Correct it, or give the article as plain text."
        ) from error
    except (RecursionError, ValueError) as error:
        raise NotAnArticle(
            "It is JSON nested or written in a way that cannot be read.", "Give objects with a field 'text' or 'html'."
        ) from error


def is_object(text: str) -> bool:
    """Whether a text is one JSON object."""
    try:
        return isinstance(parsed(text), dict)
    except NotAnArticle:
        return False


def record(text: str) -> Record:
    """The object of one record. Raises NotAnArticle where it is none, or has neither text nor HTML."""
    data = parsed(text)
    if not isinstance(data, dict):
        raise NotAnArticle("It is JSON, but no object.", "Give objects with a field 'text' or 'html'.")
    if not paragraphs_field(data) and not isinstance(field(data, "html"), str):
        raise NotAnArticle("It has neither 'text' nor 'html'.", "Give the article in a field of one of these names.")
    return data


def field(data: Record, name: str) -> object:
    """The value of a field under any of its names; None where there is none."""
    return next((value for alias in _NAMES[name] if (value := data.get(alias)) not in (None, "", [], {})), None)


def text_field(data: Record, name: str) -> str | None:
    """A field as a string: a list is joined with commas, an object stands for its `name`."""
    return _string(field(data, name))


def words_field(data: Record, name: str) -> str | None:
    """The same, with the characters that HTML's names stand for."""
    words = text_field(data, name)
    return None if words is None else written_out(words)


def paragraphs_field(data: Record) -> str | None:
    """The record's text; paragraphs given as a list are separated by blank lines."""
    value = field(data, "text")
    if isinstance(value, list):
        return "\n\n".join(entry for entry in value if isinstance(entry, str)) or None
    return value if isinstance(value, str) else None


def _string(value: object) -> str | None:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, dict):
        return _string(value.get("name")) if isinstance(value.get("name"), str) else None
    if isinstance(value, list):
        return ", ".join(text for entry in value if not isinstance(entry, list) and (text := _string(entry))) or None
    return None

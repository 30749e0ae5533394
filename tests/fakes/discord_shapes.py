"""What a part of a Discord message must look like, said as data: which keys it has, and what each may hold.

Reasons to refuse are pairs of a place, such as ("embeds", "0", "title"), and Discord's own code and words for it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.fakes.discord_records import Json, Refused

Place = tuple[str, ...]
Reason = tuple[Place, str, str]
Check = Callable[[Any, Place], Iterator[Reason]]
"""Takes a value and where it stands, and gives each reason to refuse it."""


def refuse(reasons: Iterable[Reason]) -> None:
    """Refused with 50035 and the reasons by their places, where there are any."""
    errors: Json = {}
    for place, code, message in reasons:
        inner = errors
        for key in place:
            inner = inner.setdefault(key, {})
        inner.setdefault("_errors", []).append({"code": code, "message": message})
    if errors:
        raise Refused(400, 50035, "Invalid Form Body", errors)


@dataclass(frozen=True)
class Shape:
    """An object with the keys that it must have and those that it may have; Discord takes no notice of any other key."""

    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)

    def __call__(self, value: object, at: Place) -> Iterator[Reason]:
        """Each reason to refuse the value."""
        if not isinstance(value, dict):
            yield at, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType"
            return
        for key in self.required:
            if value.get(key) is None:
                yield (*at, key), "BASE_TYPE_REQUIRED", "This field is required"
        for key, check in {**self.required, **self.optional}.items():
            if value.get(key) is not None:
                yield from check(value[key], (*at, key))


def length(text: str) -> int:
    """How long a text is, in UTF-16: Discord does not say what it counts, and this is the strictest."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def string(most: int, least: int = 0) -> Check:
    """A string of that many characters."""

    def check(value: object, at: Place) -> Iterator[Reason]:
        if not isinstance(value, str):
            yield at, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.'
        elif least and not value.strip():
            yield at, "BASE_TYPE_REQUIRED", "This field is required"
        elif least <= 1 and length(value) > most:
            yield at, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length."
        elif not least <= length(value) <= most:
            yield at, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length."

    return check


def whole(least: int, most: int) -> Check:
    """A whole number between the two."""

    def check(value: object, at: Place) -> Iterator[Reason]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield at, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.'
        elif value > most:
            yield at, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {most}."
        elif value < least:
            yield at, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {least}."

    return check


def one_of(*values: object) -> Check:
    """One of these values."""

    def check(value: object, at: Place) -> Iterator[Reason]:
        if value not in values:
            yield at, "BASE_TYPE_CHOICES", f"Value must be one of {{{', '.join(map(str, values))}}}."

    return check


def flags(*bits: int) -> Check:
    """A number of which only these bits may be set."""

    def check(value: object, at: Place) -> Iterator[Reason]:
        if not isinstance(value, int) or value & ~sum(bits):
            yield at, "MESSAGE_FLAGS_INVALID", f"Flags {value} may not be set here."

    return check


def flag(value: object, at: Place) -> Iterator[Reason]:
    """True or false."""
    if not isinstance(value, bool):
        yield at, "BOOLEAN_TYPE_CONVERT", "Must be either true or false."


def number(value: object, at: Place) -> Iterator[Reason]:
    """An id."""
    if not str(value).isdecimal():
        yield at, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.'


def timestamp(value: object, at: Place) -> Iterator[Reason]:
    """A moment as ISO 8601 writes it."""
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        yield at, "DATE_TIME_TYPE_PARSE", f'Could not parse "{value}". Should be ISO8601.'


def url(*schemes: str, most: int = 2048) -> Check:
    """An address with one of these schemes."""

    def check(value: object, at: Place) -> Iterator[Reason]:
        scheme, _, rest = str(value).partition("://")
        if scheme.lower() not in schemes and rest:
            yield at, "URL_TYPE_INVALID_SCHEME", f'Scheme "{scheme}" must be one of {schemes}.'
        elif not rest or any(sign.isspace() for sign in str(value)):
            yield at, "URL_TYPE_INVALID_URL", "Not a well formed URL."
        yield from string(most)(value, at)

    return check


def many(item: Check, most: int, least: int = 0) -> Check:
    """A list of such items."""

    def check(value: object, at: Place) -> Iterator[Reason]:
        if not isinstance(value, list):
            yield at, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"
            return
        if not least <= len(value) <= most:
            at_most = f"Must be {most} or fewer in length."
            between = f"Must be between {least} and {most} in length."
            yield (at, "BASE_TYPE_BAD_LENGTH", between) if least else (at, "BASE_TYPE_MAX_LENGTH", at_most)
        for place, inner in enumerate(value):
            yield from item(inner, (*at, str(place)))

    return check


def by_type(shapes: Mapping[int, Check]) -> Check:
    """An object whose `type` says which of the shapes it has to have."""

    def check(value: object, at: Place) -> Iterator[Reason]:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, int) or kind not in shapes:
            yield (*at, "type"), "BASE_TYPE_CHOICES", f"Value must be one of {{{', '.join(map(str, shapes))}}}."
        else:
            yield from shapes[kind](value, at)

    return check

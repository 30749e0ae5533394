"""What a part of a Slack message must look like, said as data: which keys it has, and what each may hold."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Check = Callable[[Any, str], Iterator[str]]
"""Takes a value and where it stands (a JSON pointer), and gives each reason to refuse it."""


def refusal(what: str, at: str) -> str:
    """A reason as Slack words it, with the place."""
    return f"[ERROR] {what} [json-pointer:{at}]"


@dataclass(frozen=True)
class Shape:
    """An object with the keys that it must have and those that it may have; any other key is refused, as Slack does."""

    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)

    def __call__(self, value: object, at: str) -> Iterator[str]:
        """Each reason to refuse the value."""
        if not isinstance(value, dict):
            yield refusal("must provide an object", at)
            return
        for key in self.required:
            if value.get(key) is None:
                yield refusal(f"missing required field: {key}", at)
        for key, inner in value.items():
            check = self.required.get(key) or self.optional.get(key)
            if check is None:
                yield refusal(f"invalid additional property: {key}", at)
            elif inner is not None:
                yield from check(inner, f"{at}/{key}")


def string(most: int, least: int = 1) -> Check:
    """A string of that many characters."""

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield refusal("must provide a string", at)
        elif len(value) > most:
            yield refusal(f"must be less than {most + 1} characters", at)
        elif len(value) < least:
            yield refusal(f"must be more than {least - 1} characters", at)

    return check


def whole(least: int, most: int) -> Check:
    """A whole number between the two."""

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            yield refusal(f"must be a whole number from {least} to {most}", at)

    return check


def flag(value: object, at: str) -> Iterator[str]:
    """True or false."""
    if not isinstance(value, bool):
        yield refusal("must provide a boolean", at)


def anything(_value: object, _at: str) -> Iterator[str]:
    """Whatever there is: for keys whose values Slack checks in ways that we do not need."""
    yield from ()


def one_of(*values: str) -> Check:
    """One of these words."""

    def check(value: object, at: str) -> Iterator[str]:
        if value not in values:
            yield refusal(f"must be a valid enum value: {', '.join(values)}", at)

    return check


def url(value: object, at: str) -> Iterator[str]:
    """An address that a person can follow."""
    yield from string(3000)(value, at)
    if not str(value).lower().startswith(("http://", "https://", "mailto:", "tel:")) or any(sign.isspace() for sign in str(value)):
        yield refusal("must be a valid URL", at)


def many(item: Check, most: int, least: int = 1) -> Check:
    """A list of such items."""

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield refusal("must provide an array", at)
            return
        if len(value) > most:
            yield refusal(f"no more than {most} items allowed", at)
        if len(value) < least:
            yield refusal(f"no fewer than {least} items allowed", at)
        for number, inner in enumerate(value):
            yield from item(inner, f"{at}/{number}")

    return check


def by_type(shapes: Mapping[str, Check]) -> Check:
    """An object whose `type` says which of the shapes it has to have."""

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield refusal("must provide an object", at)
        elif str(value.get("type")) not in shapes:
            yield refusal(f"unsupported type: {value.get('type')}", f"{at}/type")
        else:
            yield from shapes[str(value["type"])](value, at)

    return check


def plain(most: int) -> Check:
    """A text object that is shown as it is written."""
    return Shape({"type": one_of("plain_text"), "text": string(most)}, {"emoji": flag})


def text(most: int) -> Check:
    """A text object, plain or with Slack's marks."""
    marked = Shape({"type": one_of("mrkdwn"), "text": string(most)}, {"verbatim": flag})
    return by_type({"plain_text": plain(most), "mrkdwn": marked})

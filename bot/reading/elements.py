"""The part of an HTML parser's elements that reading uses, for the type checker: lxml comes without types."""

from collections.abc import Iterator
from typing import Protocol


class Element(Protocol):
    """An element of a parsed page: its own text, its children, and the text after it (`tail`)."""

    tag: str
    text: str | None
    tail: str | None

    def __iter__(self) -> Iterator["Element"]: ...

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> "Element": ...

    def get(self, key: str, default: str = "", /) -> str:
        """An attribute's value."""
        ...

    def iter(self, *tags: str) -> Iterator["Element"]:
        """This element and all below it that have one of the tags."""
        ...

    def iterfind(self, path: str, /) -> Iterator["Element"]:
        """The elements below that the path leads to."""
        ...

    def findtext(self, path: str, /) -> str | None:
        """The text of the first element that the path leads to."""
        ...

    def text_content(self) -> str:
        """All text in the element."""
        ...

    def drop_tag(self) -> None:
        """Remove the element and leave its content where it stood."""
        ...

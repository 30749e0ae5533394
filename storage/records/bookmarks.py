"""Bookmarks: how far a long file or folder has been read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bookmark:
    """So many of the articles of a file or folder are `done`, and what the last of them is called.

    `path` names it; with another `content` it is another one, or is to be read in another way.
    """

    path: str
    content: str
    done: int
    last: str

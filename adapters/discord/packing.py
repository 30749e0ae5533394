"""What one message holds, and what goes into which."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import discord

from adapters.cutting import size
from adapters.discord import components
from adapters.discord.components import MOST_ROWS, Row
from adapters.discord.embeds import PICTURE_NAME, PICTURE_URL, embed_size
from adapters.pages import Page
from bot.replies import QuoteCard

LONGEST_CONTENT = 2000
MOST_EMBEDS = 10
MOST_WORDS = 6000  # over all embeds of a message


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in PNG, and `alt`, which says in words all that it shows."""

    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: markdown, embeds under it, and rows of what can be pressed. One of the embeds shows the picture, if there is one."""

    content: str
    embeds: list[discord.Embed] = field(default_factory=list)
    rows: tuple[Row, ...] = ()
    picture: Picture | None = None

    def view(self) -> discord.ui.View:
        """The rows for discord.py; a view without any takes away those that a message had."""
        return components.view(self.rows)

    def files(self) -> list[discord.File]:
        """The picture for discord.py, to be sent once."""
        picture = self.picture
        return [discord.File(io.BytesIO(picture.png), PICTURE_NAME, description=picture.alt)] if picture else []

    def without_picture(self) -> "Message":
        """The message for where no file can be attached."""
        return replace(self, embeds=[embed for embed in self.embeds if embed.image.url != PICTURE_URL], picture=None)


@dataclass(frozen=True, slots=True)
class Part:
    """What stays together in a message.

    The message gets one menu for all the quotes that its `cards` are. `alone` is said where a message would hold rows only.
    """

    content: str = ""
    embeds: tuple[discord.Embed, ...] = ()
    rows: tuple[Row, ...] = ()
    cards: tuple[QuoteCard, ...] = ()
    alone: str = ""
    picture: Picture | None = None


def packed(parts: Iterable[Part], *, page: Page | None, closing: Sequence[Part] = ()) -> list[Message]:
    """The parts, in order, in as few messages as hold them, each of which ends with `closing`.

    `page` is where their quotes stand in a kept answer.
    """
    parts = tuple(parts)
    several = len({card.quote_id for part in parts for card in part.cards}) > 1

    def message(group: Sequence[Part]) -> Message:
        return _message([*group, *closing], page, several=several)

    groups: list[list[Part]] = []
    for part in parts:
        if not groups or not _holds(message([*groups[-1], part])):
            groups.append([])
        groups[-1].append(part)
    return [found for found in map(message, groups) if found.content or found.embeds]


def _message(parts: Sequence[Part], page: Page | None, *, several: bool) -> Message:
    content = "\n".join(part.content for part in parts if part.content)
    embeds = [embed for part in parts for embed in part.embeds]
    quotes = components.quote_rows([card for part in parts for card in part.cards], page, among_others=several)
    rows = (*quotes, *(row for part in parts for row in part.rows))
    if not content and not embeds:
        content = next((part.alone for part in parts if part.alone), "")
    return Message(content, embeds, rows, next((part.picture for part in parts if part.picture), None))


def _holds(message: Message) -> bool:
    return (
        size(message.content) <= LONGEST_CONTENT
        and len(message.embeds) <= MOST_EMBEDS
        and sum(map(embed_size, message.embeds)) <= MOST_WORDS
        and len(message.rows) <= MOST_ROWS
    )

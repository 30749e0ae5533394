"""The words of a message that are looked up by "Find these words": those that people see in it, and the quotes of one of ours."""

import re
from collections.abc import Iterator
from datetime import tzinfo

import discord

from adapters.discord.embeds import CUT, words_quoted
from adapters.discord.incoming import typed
from adapters.wording import BETWEEN_PIECES

_NOBODY = 0  # the message is looked at, whomever it was addressed to
_LINK = re.compile(r'(?<!\\)\[([^\[\]\n]+)\]\(<?https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*)*(?: "[^"\n]*")?\)')
_MARKS = str.maketrans("", "", "“”")


def words_of(message: discord.Message, *, is_ours: bool, zone: tzinfo) -> str:
    """What a message says, with what was forwarded in it and what another app shows in it; of our own, what it quotes."""
    if is_ours:
        return "\n".join(_quotes(message))
    said = [message.clean_content, *(forwarded.content for forwarded in message.message_snapshots)]
    if message.author.bot:  # what a person's message has embedded is what stands behind its links
        said += [text for embed in message.embeds for text in (embed.title, embed.description) if text]
    return typed(_LINK.sub(r"\1", "\n".join(said)), bot=_NOBODY, names={}, zone=zone)


def _quotes(message: discord.Message) -> Iterator[str]:
    for embed in message.embeds:
        for words in words_quoted(embed):
            for piece in words.split(BETWEEN_PIECES):
                yield f"“{piece.translate(_MARKS).removesuffix(CUT)}”"

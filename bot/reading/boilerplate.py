"""What of a page's paragraphs is not the article: one pass that sorts them into text and boilerplate. Pure.

To lose somebody's words is worse than to keep a line too much. So a paragraph that opens with a quotation
mark, or in which somebody says something, only goes where it is a caption or stands in a list of headlines.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.reading.comment_sections import OF_COMMENTS, OPENS_COMMENTS
from bot.reading.furniture import FURNITURE
from bot.reading.notices import is_notice
from bot.reading.teasers import LABELLED, LIST_HEADING, TEASER

_LONGEST = 1200
_HEADING_WORDS = 9
_LISTED_WORDS = 25
_LISTED_AT_MOST = 15
_LABELLED_WORDS = 70
_SENTENCE_END = re.compile(r"""[.:;,…]["'”’»)\]]*$""")
_PLAIN_END = re.compile(r"""[.]["'”’»)\]]*$""")
_BULLETS = re.compile(r"^[^\w\s\"'“‘«„@]+\s*")
_OPENING = re.compile(r"""["'“‘«„]""")
_QUOTED = re.compile(r"""["“”„«]|(?<!\w)['‘]""")
# Reporting verbs in the forms of the press. "Says" and the like also stand in headlines, which have no full stop.
_SAYING = re.compile(
    r"\b(?:said|says|told|tells|added|adds|wrote|writes|tweeted|posted|replied|insisted|insists|argued|argues|claimed|claims|warned|warns"
    r"|urged|urges|explained|explains|announced|asked|asks|called|recalled|stated|stressed|noted|notes|remarked|declared|admitted|joked"
    r"|continued|concluded|responded|according to)\b",
    re.IGNORECASE,
)


class Reason(StrEnum):
    """Why a paragraph is not text of the article."""

    BOILERPLATE = "boilerplate"
    TEASER = "teaser"
    LIST_HEADING = "heading of a list of articles"
    LISTED = "listed article"
    COMMENTS = "comment section"


@dataclass(frozen=True, slots=True)
class Removed:
    """A paragraph left out, its place among all paragraphs, and why."""

    position: int
    paragraph: str
    reason: Reason


class _Block(StrEnum):
    """What kind of block the paragraphs are going through."""

    ARTICLE = "article"
    LIST = "list of articles"
    COMMENTS = "comments"


_OPENED: dict[Reason | None, _Block] = {Reason.LIST_HEADING: _Block.LIST, Reason.COMMENTS: _Block.COMMENTS}


def sort_out(paragraphs: Sequence[str]) -> tuple[list[str], list[Removed]]:
    """The paragraphs of the article, and those that are boilerplate, both in order.

    Sorting what was kept removes nothing more.
    """
    kept = list(enumerate(paragraphs))
    removed: list[Removed] = []
    while True:
        still_kept, found = _one_pass(kept)
        if not found:
            return [paragraph for _, paragraph in kept], sorted(removed, key=lambda each: each.position)
        removed += found
        kept = still_kept


def _one_pass(numbered: Sequence[tuple[int, str]]) -> tuple[list[tuple[int, str]], list[Removed]]:
    kept: list[tuple[int, str]] = []
    removed: list[Removed] = []
    block, listed = _Block.ARTICLE, 0
    for position, paragraph in numbered:
        reason = _within(block, paragraph, listed)
        listed = listed + 1 if reason is Reason.LISTED else 0
        if reason is None:
            reason = _judged(paragraph, at_top=not kept)
            block = _OPENED.get(reason, _Block.ARTICLE)
        if reason is None:
            kept.append((position, paragraph))
        else:
            removed.append(Removed(position, paragraph, reason))
    return kept, removed


def _within(block: _Block, paragraph: str, listed: int) -> Reason | None:
    """Whether the paragraph goes on with the block before it."""
    if block is _Block.LIST and listed < _LISTED_AT_MOST and _is_headline(paragraph):
        return Reason.LISTED
    if block is _Block.COMMENTS and OF_COMMENTS.search(paragraph) and not _is_spoken(paragraph):
        return Reason.COMMENTS
    return None


def _judged(paragraph: str, *, at_top: bool) -> Reason | None:
    """Why a paragraph by itself is no text; None where it is. The article's first lines are judged more kindly."""
    if len(paragraph) > _LONGEST:
        return None
    if LIST_HEADING.match(paragraph) and len(paragraph.split()) <= _HEADING_WORDS and not at_top:
        return Reason.LIST_HEADING
    if FURNITURE.match(paragraph):
        return Reason.BOILERPLATE
    if _OPENING.match(paragraph):
        return None
    if OPENS_COMMENTS.match(paragraph) and not _is_spoken(paragraph):
        return Reason.COMMENTS
    if at_top or _is_spoken(paragraph):
        return None
    bare = _BULLETS.sub("", paragraph)
    if TEASER.match(bare) and not _PLAIN_END.search(paragraph) and len(paragraph.split()) <= _LISTED_WORDS:
        return Reason.TEASER
    if LABELLED.match(bare) and len(paragraph.split()) <= _LABELLED_WORDS:
        return Reason.BOILERPLATE
    return Reason.BOILERPLATE if is_notice(paragraph) else None


def _is_headline(paragraph: str) -> bool:
    """Whether a paragraph reads like one headline in a list of them: short, and no sentence end."""
    return len(paragraph.split()) <= _LISTED_WORDS and not _SENTENCE_END.search(paragraph)


def _is_spoken(paragraph: str) -> bool:
    """Whether somebody says something in a paragraph: a reporting verb in a full sentence."""
    return (
        bool(_SAYING.search(paragraph))
        and bool(_PLAIN_END.search(paragraph) or _QUOTED.search(paragraph))
        and not _is_label_in_capitals(paragraph)
    )


def _is_label_in_capitals(paragraph: str) -> bool:
    """Whether it opens with a label like those of "READ MORE: …" and "DONATE: …", which speaks for the page, whatever verbs follow."""
    label, colon, _ = paragraph.partition(":")
    return bool(colon) and len(label) >= 4 and label.isupper() and len(label.split()) <= 4

"""What people fill in in the forms of every chat: who said a quote after all, a digest, and how a feed is to be read."""

import re
from dataclasses import dataclass

from bot.feeds.requests import FeedWishes
from bot.requests import Fix, Reject

_NOTHING = frozenset({"none", "no filters"})
_BETWEEN_FILTERS = re.compile(r"[;\n\r]+")


@dataclass(frozen=True, slots=True)
class SpeakerChosen:
    """Who said it after all: somebody of the article, somebody else by name, or nobody, as it is no quote."""

    speaker_id: int | None = None
    name: str = ""
    nobody: bool = False

    def correction(self, quote_id: int) -> Fix | Reject:
        """What it corrects. A name that was written counts more than a choice: whoever writes one has looked at the list."""
        if self.name:
            return Fix(quote_id, self.name)
        return Reject(quote_id) if self.nobody or self.speaker_id is None else Fix(quote_id, f"#{self.speaker_id}")


@dataclass(frozen=True, slots=True)
class DigestWished:
    """The digest that somebody wants, or the alert, which has no schedule; "" for what was left empty."""

    about: str = ""
    schedule: str = ""
    channel: str = ""
    zone: str = ""
    wishes: str = ""


@dataclass(frozen=True, slots=True)
class FeedWished:
    """How a feed is to be read; "" for what was left empty, "none" for what is not to hold any more.

    `filters` stand on lines of their own, or have semicolons between them. `feed_text`: what the feed gives is read, not the pages.
    """

    outlet: str = ""
    language: str = ""
    zone: str = ""
    filters: str = ""
    feed_text: bool | None = None

    @property
    def wishes(self) -> FeedWishes:
        """The same as the newsroom takes it."""
        filters = self.filters.strip()
        typed = () if filters.casefold() in _NOTHING else tuple(one.strip() for one in _BETWEEN_FILTERS.split(filters) if one.strip())
        return FeedWishes(
            _wished(self.outlet),
            _wished(self.language),
            _wished(self.zone),
            None if self.feed_text is None else not self.feed_text,
            typed if filters else None,
        )


def _wished(typed: str) -> str | None:
    value = typed.strip()
    return "" if value.casefold() in _NOTHING else value or None

"""Who gave no comment: sentences of articles that say so, as a digest tells them. Never Verbatim's own words."""

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from bot.cards import listed
from bot.digests.times import day_in_words
from bot.digests.titles import cut, plain
from bot.digests.voices import some_of
from bot.replies import Section
from bot.wordings import wording
from storage.records import StoredRefusal

TITLE = "No comment"


def refusals(found: Iterable[StoredRefusal]) -> list[list[StoredRefusal]]:
    """The sentences, copies of one together: what most outlets carry first, then the newest."""
    groups: dict[str, list[StoredRefusal]] = {}
    for one in found:
        groups.setdefault(wording([one.words]), []).append(one)
    return sorted(groups.values(), key=lambda copies: (len(_outlets(copies)), copies[0].dated), reverse=True)


def declined(copies: Sequence[Sequence[StoredRefusal]], most: int, zone: ZoneInfo) -> list[Section]:
    """A section of the first `most`, each as the article has it; none where there are none."""
    return [Section(TITLE, lines=tuple(_line(one, zone) for one in copies[:most]))] if copies and most else []


def _line(copies: Sequence[StoredRefusal], zone: ZoneInfo) -> str:
    first = copies[0]
    words = f"{'' if first.begins else '… '}{' '.join(first.words.split())}{'' if first.ends else ' …'}"
    outlets = [outlet for outlet in _outlets(copies) if outlet]
    outlet = listed(some_of(outlets, 1)) or "an article"
    headline = cut(plain(first.headline or ""))
    about = f": {headline}" if headline else ""
    return f"{words} ({outlet}, {day_in_words(first.dated, zone)}{about})"


def _outlets(copies: Iterable[StoredRefusal]) -> dict[str | None, None]:
    return dict.fromkeys(one.outlet for one in copies)

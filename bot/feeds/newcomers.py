"""Which entries of a feed are new, which are known, and which are known and were edited. Pure.

An entry is known again by its page's canonical URL, then by what the feed calls it (its GUID), then, where it has no page, by what it
says. No feed can be trusted with any one of them, so one that several entries share tells nothing of these.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Generic, Protocol, TypeVar
from urllib.parse import urlsplit

from bot.feeds.feed import Entry
from bot.reading.identity import canonical_url, url_identity
from bot.reading.references import written_out
from bot.wordings import wording
from storage.terms import digest

TAKEN_AT_FIRST = 20
_TAG = re.compile(r"<[^<>]*>")
_NO_DATE = datetime(1970, 1, 2, tzinfo=UTC)  # what is not later comes of a clock that was never set


class Known(Protocol):
    """What an entry is known by; each key is a SHA-256 in hexadecimal, or None for what it has not."""

    @property
    def url_key(self) -> str | None:
        """Of its page's URL, the same for http and https and without tracking parameters; a site's front page is no entry's."""
        ...

    @property
    def guid_key(self) -> str | None:
        """Of what its feed calls it; the same for http and https where that is an address."""
        ...

    @property
    def content_key(self) -> str | None:
        """Of the words of its headline and text."""
        ...

    @property
    def headline_key(self) -> str | None:
        """Of the words of its headline."""
        ...


@dataclass(frozen=True, slots=True)
class Keys:
    """What an entry is known by (see `Known`)."""

    url_key: str | None
    guid_key: str | None
    content_key: str | None
    headline_key: str | None


class News(StrEnum):
    """What an entry is to whoever knows the earlier ones."""

    NEW = "new"
    EDITED = "edited"
    KNOWN = "known"
    PASSED_OVER = "passed over"


K = TypeVar("K", bound=Known)


@dataclass(frozen=True, slots=True)
class Judged(Generic[K]):
    """An entry, the keys to know it by from now on, and what it is: of the earlier one `of`, if it is edited or known.

    One that is known and of none stands in the feed twice, or is empty. One that is passed over is to be known, and not to be read.
    """

    entry: Entry
    keys: Keys
    news: News
    of: K | None = None

    @property
    def has_other_keys(self) -> bool:
        """Whether the earlier one was known by other keys."""
        return self.of is not None and _each(self.of) != _each(self.keys)


def keys_of(entry: Entry) -> Keys:
    """The keys of an entry for itself, by which its earlier ones are looked up."""
    headline = wording([entry.headline or ""])
    said = wording([written_out(_TAG.sub(" ", entry.content or entry.summary or ""))])
    return Keys(
        url_key=_digest(_page_identity(entry.url)),
        guid_key=_digest(_guid_identity(entry.guid or _place_on_page(entry.url))),
        content_key=_digest(f"{headline}\n{said}".strip()),
        headline_key=_digest(headline),
    )


def judged(entries: Sequence[Entry], known: Iterable[K]) -> tuple[Judged[K], ...]:
    """What each entry of a feed is, in their order; `known` are the earlier ones with any of their keys (see `keys_of`), oldest first.

    An edit is one of the words of the headline or of the text that the feed gives, not of markup. Those that say what they said are told
    first, so that a GUID that went over to another entry does not take them away.
    """
    keys = _telling([keys_of(entry) for entry in entries])
    before = _Before(list(known))
    found: dict[int, Judged[K]] = {}
    as_they_were = [place for place, own in enumerate(keys) if before.says_the_same(own)]
    for place in dict.fromkeys([*as_they_were, *range(len(entries))]):
        found[place] = before.judge(entries[place], keys[place])
    return tuple(found[place] for place in range(len(entries)))


def first_taken(found: Sequence[Judged[K]], now: datetime, most: int = TAKEN_AT_FIRST) -> tuple[Judged[K], ...]:
    """The entries of a feed that is read for the first time: the last `most` of the new ones are taken, the others passed over.

    Those are the last by date where all have one, else those that the feed gives first.
    """
    places = [place for place, one in enumerate(found) if one.news is News.NEW]
    if all(_date_of(found[place].entry) for place in places):
        places.sort(key=lambda place: dated(found[place].entry, now), reverse=True)
    over = set(places[most:])
    return tuple(replace(one, news=News.PASSED_OVER) if place in over else one for place, one in enumerate(found))


def dated(entry: Entry, first_seen: datetime) -> datetime:
    """When an entry was published (aware of its zone): when it was first seen if it says nothing, nonsense, or a time after that."""
    said = _date_of(entry)
    return first_seen if said is None else min(said, first_seen)


class _Before(Generic[K]):
    """The earlier entries, found by their keys, and those of this reading as they are judged. Each is one entry of this reading."""

    def __init__(self, known: Sequence[K]) -> None:
        self._rows: list[Known] = []
        self._stored: dict[int, K] = dict(enumerate(known))
        self._met: set[int] = set()
        self._by_url, self._by_guid, self._by_content = (defaultdict[str | None, list[int]](list) for _ in range(3))
        for one in known:
            self._add(one)

    def says_the_same(self, keys: Keys) -> bool:
        return any(self._rows[row].content_key == keys.content_key for row in self._candidates(keys))

    def judge(self, entry: Entry, keys: Keys) -> Judged[K]:
        if not any(_each(keys)):
            return Judged(entry, keys, News.KNOWN)
        candidates = self._candidates(keys)
        free = [row for row in candidates if row not in self._met]
        if not free:
            if any(self._doubles(keys, self._rows[row]) for row in candidates):
                return Judged(entry, keys, News.KNOWN)
            self._met.add(self._add(keys))
            return Judged(entry, keys, News.NEW)
        row = max(free, key=lambda one: _agreement(keys, self._rows[one]))
        self._met.add(row)
        of = self._stored[row]
        edited = keys.content_key not in (None, of.content_key)
        return Judged(entry, _kept(keys, of), News.EDITED if edited else News.KNOWN, of)

    def _add(self, one: Known) -> int:
        self._rows.append(one)
        row = len(self._rows) - 1
        self._by_url[one.url_key].append(row)
        self._by_guid[one.guid_key].append(row)
        self._by_content[one.content_key].append(row)
        return row

    def _candidates(self, keys: Keys) -> list[int]:
        """The rows that may be the same entry: first those of its page, then of its GUID, then those that say the same."""
        pages = self._by_url.get(keys.url_key, []) if keys.url_key else []
        guids = self._by_guid.get(keys.guid_key, []) if keys.guid_key else []
        # Two pages can have the same headline and say no more in their feed. Without a page what is said is all that there is.
        saying_so = self._by_content.get(keys.content_key, []) if keys.content_key else []
        contents = [row for row in saying_so if not keys.url_key or not (self._rows[row].url_key or self._rows[row].guid_key)]
        return list(dict.fromkeys([*pages, *(row for row in guids if not _is_another(keys, self._rows[row])), *contents]))

    def _doubles(self, keys: Keys, met: Known) -> bool:
        """Whether an entry is one that this reading has met already, and not another that got its GUID."""
        return keys.headline_key == met.headline_key or (keys.url_key is not None and keys.url_key == met.url_key)


def _telling(keys: Sequence[Keys]) -> list[Keys]:
    """The keys of one reading, without the URLs and GUIDs that entries with different headlines share, which tell nothing.

    One URL is shared only by entries that also have different GUIDs, or none; one GUID only where they have not the same URL.
    """
    urls = _shared(keys, lambda one: one.url_key, lambda one: one.guid_key)
    alone = [replace(one, url_key=None) if one.url_key in urls else one for one in keys]
    guids = _shared(alone, lambda one: one.guid_key, lambda one: one.url_key or one.headline_key)
    return [replace(one, guid_key=None) if one.guid_key in guids else one for one in alone]


def _shared(keys: Sequence[Keys], key: Callable[[Keys], str | None], other: Callable[[Keys], str | None]) -> set[str]:
    """The keys that several entries have whose headlines differ, and whose `other` keys do, or are none."""
    together: dict[str, list[Keys]] = defaultdict(list)
    for one in keys:
        if (value := key(one)) is not None:
            together[value].append(one)
    return {
        value
        for value, those in together.items()
        if _differ(one.headline_key for one in those) and (_differ(map(other, those)) or not any(map(other, those)))
    }


def _differ(values: Iterable[str | None]) -> bool:
    return len({value for value in values if value is not None}) > 1


def _is_another(keys: Keys, met: Known) -> bool:
    """Whether entries with one GUID are two: they have different pages and different headlines."""
    return _differ([keys.url_key, met.url_key]) and _differ([keys.headline_key, met.headline_key])


def _agreement(keys: Keys, other: Known) -> int:
    return sum(own is not None and own == theirs for own, theirs in zip(_each(keys), _each(other), strict=True))


def _kept(keys: Keys, of: Known) -> Keys:
    """The keys of an entry, with those of the earlier one that it has not itself."""
    return Keys(*(own or theirs for own, theirs in zip(_each(keys), _each(of), strict=True)))


def _each(one: Known) -> tuple[str | None, str | None, str | None, str | None]:
    return one.url_key, one.guid_key, one.content_key, one.headline_key


def _page_identity(url: str | None) -> str | None:
    canonical = canonical_url(url) if url else None
    if canonical is None:
        return None
    is_front_page = urlsplit(canonical)[2:] == ("/", "", "")
    return None if is_front_page else url_identity(canonical)


def _place_on_page(url: str | None) -> str | None:
    """An address that names a place on its page: what the entries of one page are told apart by where they have no GUID."""
    return url if url and url.partition("#")[2] else None


def _guid_identity(guid: str | None) -> str:
    """A GUID as it is compared. The fragment of one that is an address stays: it often is what tells the entries of one page apart."""
    written = " ".join((guid or "").split())
    canonical = canonical_url(written)
    if canonical is None:
        return written
    return f"{url_identity(canonical).partition('#')[0]}#{written.partition('#')[2]}"


def _date_of(entry: Entry) -> datetime | None:
    return next((said for said in (entry.published, entry.updated) if said is not None and said > _NO_DATE), None)


def _digest(text: str | None) -> str | None:
    return digest(text) if text else None

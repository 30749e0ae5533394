"""Time zones as people name them: an IANA name, its city, or a large city that has no zone of its own."""

import re
import unicodedata
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from bot.errors import NotUnderstood
from bot.grammar.typos import mistyped

ZONE_EXAMPLES = "Zones look like: London, New York, Europe/Berlin, UTC."
NEAR = 0.84  # Jaro-Winkler
LONGEST_SHOWN = 40  # characters
_AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
# A zone of one part counts when it is a country ("Japan"); "EST" and "CET" are an hour, not a place.
_NAMED = re.compile(rf"(?:{'|'.join(_AREAS)}|US|Canada|Mexico|Brazil|Chile)/\S+|UTC|GMT|Etc/UTC|(?!Factory)[A-Z][a-z]+")
_OTHER_CITIES = {
    "America/Chicago": ("Dallas", "Houston"),
    "America/Los_Angeles": ("San Francisco", "Seattle"),
    "America/New_York": ("Atlanta", "Boston", "Miami", "Philadelphia", "Washington", "Washington DC"),
    "America/Sao_Paulo": ("Brasilia", "Rio", "Rio de Janeiro"),
    "America/Toronto": ("Ottawa",),
    "Africa/Johannesburg": ("Cape Town", "Pretoria"),
    "Africa/Lagos": ("Abuja",),
    "Asia/Dubai": ("Abu Dhabi",),
    "Asia/Jerusalem": ("Tel Aviv",),
    "Asia/Karachi": ("Islamabad",),
    "Asia/Kolkata": ("Bangalore", "Chennai", "Delhi", "Mumbai", "New Delhi"),
    "Asia/Shanghai": ("Beijing",),
    "Asia/Tokyo": ("Osaka",),
    "Australia/Sydney": ("Canberra",),
    "Europe/Berlin": ("Frankfurt", "Hamburg", "Munich"),
    "Europe/London": ("Birmingham", "Cardiff", "Edinburgh", "Glasgow", "Leeds", "Liverpool", "Manchester"),
    "Europe/Madrid": ("Barcelona",),
    "Europe/Rome": ("Milan",),
    "Europe/Zurich": ("Bern", "Geneva"),
    "Pacific/Auckland": ("Wellington",),
}
# What stands for an hour that several places share, or that one place has for half of the year.
_SHARED = {
    "acst acdt": "Adelaide or Darwin",
    "aest aedt": "Sydney or Brisbane",
    "awst": "Perth",
    "bst": "London or Dhaka",
    "cet cest met mest": "Paris, Berlin or Madrid",
    "cst cdt ct central": "Chicago, Havana or Shanghai",
    "eet eest": "Athens, Helsinki or Kyiv",
    "est edt et eastern": "New York, Jamaica or Panama",
    "hst hdt": "Honolulu",
    "ist": "Kolkata, Dublin or Jerusalem",
    "jst": "Tokyo",
    "kst": "Seoul",
    "msk": "Moscow",
    "mst mdt mt mountain": "Denver or Phoenix",
    "nzst nzdt": "Auckland",
    "pst pdt pt pacific": "Los Angeles or Manila",
    "sast": "Johannesburg",
    "sgt": "Singapore",
    "wet west": "Lisbon or London",
}
_ABBREVIATIONS = {abbreviation: places for abbreviations, places in _SHARED.items() for abbreviation in abbreviations.split()}
_OFFSET = re.compile(r"(?:utc|gmt)?\s*[+−-]\s*[0-9]{1,2}(?::?[0-9]{2})?", re.IGNORECASE)


def zone_called(name: str) -> ZoneInfo | None:
    """The zone of that name ("Europe/London", "london", "New York", "new_york", "UTC"), or None.

    Raises NotUnderstood for an abbreviation or an offset, which is an hour of several places or of half a year ("EST", "UTC+2").
    """
    if key := _zones().get(_plain(name)):
        return ZoneInfo(key)
    if places := _ABBREVIATIONS.get(name.lower()):
        raise NotUnderstood(f"{name} is not the time of one place all year round.", f"Name a place instead: {places}.")
    if _OFFSET.fullmatch(name):
        raise NotUnderstood(f"{name} does not follow the clocks of any place.", ZONE_EXAMPLES)
    return None


def unknown_zone(name: str) -> NotUnderstood:
    """What to say of a name that is no zone: those nearest to it."""
    shown = [key if near in _plain(key) else f"{near.title()} ({key})" for key, near in _nearest(name)]
    named = name if len(name) <= LONGEST_SHOWN else f"{name[: LONGEST_SHOWN - 1]}…"
    return NotUnderstood(f"“{named}” is no time zone.", f"Did you mean {' or '.join(shown)}?" if shown else ZONE_EXAMPLES)


def zones_near(name: str) -> tuple[str, ...]:
    """The zones, at most three, whose names or cities come nearest to a name that is none; none where none is near."""
    return tuple(key for key, _ in _nearest(name))


def _nearest(name: str) -> list[tuple[str, str]]:
    found = process.extract(_plain(name), list(_zones()), scorer=JaroWinkler.normalized_similarity, score_cutoff=NEAR, limit=6)
    nearest = {_zones()[near]: near for near, _, _ in reversed(found)}
    return list(reversed(nearest.items()))[:3]


def zones_beginning(typed: str) -> tuple[str, ...]:
    """The zones of which a word begins so, by their name or that of a city in them; those that are called so from the beginning first.

    Of an empty text, those with several large cities.
    """
    wanted = _plain(typed).replace("/", " ")
    if not wanted:
        return (*_OTHER_CITIES, "UTC")
    called: dict[str, int] = {}
    for name, key in _zones().items():
        place = f" {name.replace('/', ' ')}".find(f" {wanted}")
        if place >= 0 and (key.startswith(_AREAS) or key == "UTC"):
            called[key] = min(place, called.get(key, place))
    return tuple(sorted(called, key=lambda key: (called[key] > 0, key)))


def is_mistyped_zone(name: str) -> bool:
    """Whether the name is that of a zone with one typing error."""
    return any(mistyped(_plain(name), known) for known in _zones())


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """The IANA key of each name, in the form of `_plain`; whole names win over cities."""
    keys = sorted(key for key in available_timezones() if _NAMED.fullmatch(key))
    cities = {_plain(key.rpartition("/")[2]): key for key in keys if key.startswith(_AREAS)}
    others = {_plain(city): key for key, names in _OTHER_CITIES.items() for city in names}
    return cities | others | {_plain(key): key for key in keys}


def _plain(name: str) -> str:
    letters = (char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return " ".join("".join(letters).casefold().replace("_", " ").replace("-", " ").replace(".", " ").split())

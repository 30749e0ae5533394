"""How a feed is to be read, as it is typed behind its address or number: "outlet: Harbour Post; keep headline: ferry". Pure."""

import re
from dataclasses import dataclass, replace

from bot.asking.dates import shortened
from bot.digests.zones import unknown_zone, zone_called, zones_near
from bot.errors import NotUnderstood
from bot.feeds import filters
from bot.feeds.requests import AS_USUAL, FeedWishes
from bot.grammar.typos import righted

WISHES = (
    "Wishes look like: outlet: Harbour Post; language: en; zone: London; feed text; full text; keep headline: ferry; block section: sport; "
    "no filters."
)
_OUTLET, _LANGUAGE, _ZONE = "outlet", "language", "time_zone"
_NAMES = {"outlet": _OUTLET, "language": _LANGUAGE, "lang": _LANGUAGE, "zone": _ZONE, "timezone": _ZONE, "time zone": _ZONE}
_TEXTS = {"full text": True, "fulltext": True, "whole text": True, "feed text": False, "feed text only": False}
_NAMED = re.compile(r"(?:the )?(?P<name>time[ -]zone|[^\W\d_]+)(?: ?[:=] ?| (?:is|to|as) | |$)(?P<value>.*)", re.IGNORECASE)
_NONE_OF = re.compile(r"(?:no|without|any) (?P<name>time[ -]zone|[^\W\d_]+)", re.IGNORECASE)
_NONE = ("none", "nothing")
_FILTERS = ("filter", "filters")
_TIME = re.compile(r" time$", re.IGNORECASE)
_NO_COLON = re.compile(r"(?P<verdict>[^\W\d_]+) (?P<field>(?:the )?[^\W\d_]+) (?P<words>[^:]+)")


@dataclass(frozen=True, slots=True)
class _Typed:
    """Wishes, and the request that they stand behind: for what was meant instead."""

    lead: str
    wishes: tuple[str, ...]

    def instead_of(self, wish: str, meant: str) -> str:
        """The whole request with another wish in the place of one."""
        return f"{self.lead}; {'; '.join(meant if one == wish else one for one in self.wishes)}"


def read_wishes(text: str, lead: str) -> FeedWishes:
    """Wishes with semicolons between them; `lead` is the request that they stand behind, such as "feeds set 3".

    Raises NotUnderstood for what can be no wish or is said twice.
    """
    typed = _Typed(lead, tuple(one for part in text.split(";") if (one := part.strip(" ,"))))
    wished = AS_USUAL
    for one in typed.wishes:
        wished = _with(wished, one, typed)
    return wished


def _with(wished: FeedWishes, one: str, typed: _Typed) -> FeedWishes:
    if (full_text := _TEXTS.get(_words(one))) is not None:
        _see_that_it_is_new(wished.full_text, one)
        return replace(wished, full_text=full_text)
    if _names_filters(one):
        return replace(wished, filters=wished.filters or ())
    if none := _NONE_OF.fullmatch(one):
        if name := _name(none["name"]):
            _see_that_it_is_new(getattr(wished, name), one)
            return _named_so(wished, name, "")
    elif (found := _NAMED.fullmatch(one)) and (name := _name(found["name"])):
        _see_that_it_is_new(getattr(wished, name), one)
        return _named_so(wished, name, _value(name, found["value"], one, typed))
    return replace(wished, filters=(*(wished.filters or ()), _filter(one, typed)))


def _named_so(wished: FeedWishes, name: str, value: str) -> FeedWishes:
    if name == _OUTLET:
        return replace(wished, outlet=value)
    return replace(wished, language=value) if name == _LANGUAGE else replace(wished, time_zone=value)


def _value(name: str, value: str, one: str, typed: _Typed) -> str:
    if not value:
        raise NotUnderstood(f"“{shortened(one)}” does not say which.", WISHES, suggestions=("help feeds",))
    if value.lower() in _NONE:
        return ""
    if name != _ZONE:
        return value
    called = _TIME.sub("", value)
    if (zone := zone_called(called)) is None:
        wrong = unknown_zone(called)
        meant = tuple(typed.instead_of(one, f"zone: {near}") for near in zones_near(called))
        raise NotUnderstood(wrong.what, wrong.remedy, suggestions=meant)
    return zone.key


def _filter(one: str, typed: _Typed) -> str:
    if ":" not in one and "=" not in one:
        if meant := _with_colon(one):
            line = typed.instead_of(one, meant)
            raise NotUnderstood(f"“{shortened(one)}” lacks its colon.", f"Did you mean: {meant}?", suggestions=(line,))
        raise NotUnderstood(f"“{shortened(one)}” is nothing that a feed can be set to.", WISHES, suggestions=("help feeds",))
    try:
        return str(filters.parse(one))
    except NotUnderstood as error:
        raise NotUnderstood(error.what, WISHES, suggestions=("help feeds",)) from error


def _with_colon(one: str) -> str:
    """A filter whose colon was left out, as it was meant; "" for what is no filter."""
    found = _NO_COLON.fullmatch(one)
    try:
        return str(filters.parse(f"{found['verdict']} {found['field']}: {found['words']}")) if found else ""
    except NotUnderstood:
        return ""


def _names_filters(one: str) -> bool:
    """Whether it says that there shall be no filters: "no filters", "filters: none"."""
    if none := _NONE_OF.fullmatch(one):
        return none["name"].lower() in _FILTERS
    named = _NAMED.fullmatch(one)
    return named is not None and named["name"].lower() in _FILTERS and named["value"].lower() in _NONE


def _words(one: str) -> str:
    return righted(one.lower().replace("-", " "), ("full", "feed", "text", "only", "whole"))


def _name(typed: str) -> str:
    """Which wish it names; "" for none."""
    return _NAMES.get(righted(typed.lower().replace("-", " "), _NAMES), "")


def _see_that_it_is_new(before: object, one: str) -> None:
    if before is not None:
        raise NotUnderstood(f"“{shortened(one)}” comes after something else was said of it.", "Say it once.")

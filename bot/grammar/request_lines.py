"""The options of a command as a line of chat, which is read back before it is given: nothing else is asked than was meant. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from bot.asking.dates import shortened, the_date
from bot.asking.outlets import outlet_named, unmarked
from bot.asking.phrases import take_phrase
from bot.asking.question import Question
from bot.asking.words import WORD, plain, topic_words
from bot.errors import NotUnderstood
from bot.grammar import commands
from bot.grammar.digest_shapes import Asked
from bot.options import Keyword, Options, misplaced, names_a_speaker, not_together
from bot.periods import Period
from bot.requests import Ask, Digest
from storage.records import QuoteKind

_BY = re.compile(r"\bby\s+(?P<name>[^,;:]+)$", re.IGNORECASE)


def possible_names(given: Options) -> tuple[str, ...]:
    """What among the options may be somebody's name: `request_line` needs to know which of these are one."""
    return tuple(name for name in (unmarked(given.speaker), _named_in(given.about)) if WORD.search(name))


def request_line(keyword: Keyword, given: Options, asked: Asked, names: Collection[str] = ()) -> str:
    """The line of chat that says the same, such as "who said what about ferries since Monday".

    `names` are those of `possible_names` by which somebody is known. Raises NotUnderstood where nothing was given, for a date
    that is none or an outlet of which nothing was read, and for what no line would say.
    """
    given = _plain(given, asked)
    if keyword != "digest" and not any(text for _, text in given.texts):
        raise NotUnderstood("There is nothing to look for.", "Give a speaker, a topic, an outlet or a date.")
    if _named_in(given.about) in names:
        raise names_a_speaker(keyword, given.about)
    if given.speaker not in names and (error := misplaced(keyword, Options(speaker=given.speaker), asked)):
        raise error
    lines = list(_wordings(keyword, given, names))
    refusals: list[NotUnderstood] = []
    meant = [(some, _meant(some, asked)) for some in _one_date_each(given)]
    for line in lines:
        try:
            if all(_says(_with_dates(line, some), keyword, question, asked) for some, question in meant):
                return _with_dates(line, given)
        except NotUnderstood as error:
            refusals.append(error)
    raise refusals[0] if len(refusals) == len(lines) else misplaced(keyword, given, asked) or not_together(given)


def _named_in(about: str) -> str:
    """Whom a topic seems to name behind its last "by", "" for nobody."""
    by = _BY.search(take_phrase(plain(about))[1].strip())
    return by["name"].strip() if by else ""


def _plain(given: Options, asked: Asked) -> Options:
    """The options on one line each, and the outlet by its own name. Raises NotUnderstood for one without words."""
    speaker, outlet = unmarked(given.speaker), given.outlet
    about, since, until = (plain(text) for text in (given.about, given.since, given.until))
    plainly = Options(speaker, about, outlet, since, until, given.direct)
    for called, text in plainly.texts:
        if plain(text) and not WORD.search(text):
            raise NotUnderstood(f"There are no words in the {called}.", "Give some, or leave it out.")
    if not plain(outlet):
        return replace(plainly, outlet="")
    outlet = outlet_named(outlet, asked.outlets)
    if outlet not in asked.outlets:
        raise NotUnderstood(f"No article of {shortened(outlet)} has been read.", "Choose one of those that are suggested, or leave it out.")
    return replace(plainly, outlet=outlet)


def _meant(given: Options, asked: Asked) -> Question:
    """What the options ask for. Raises NotUnderstood for a date that is none."""
    phrase, about = take_phrase(given.about)
    since, until = (the_date(date, now=asked.now, zone=asked.zone) if date else Period() for date in (given.since, given.until))
    return Question(
        topic=topic_words(about) if WORD.search(about) else (),
        phrase=phrase,
        speaker=given.speaker,
        outlet=given.outlet,
        since=since.since,
        until=until.until,
        kinds=(QuoteKind.DIRECT,) if given.direct else None,
    )


def _one_date_each(given: Options) -> tuple[Options, ...]:
    """The options with one of two dates each: together they may be no time at all, which is told when they are asked."""
    if given.since and given.until:
        return replace(given, until=""), replace(given, since="")
    return (given,)


def _wordings(keyword: Keyword, given: Options, names: Collection[str]) -> Iterator[str]:
    """Lines that may say the same but for the dates, the plainest first: what is a word of one can be a name in another."""
    # What was said in exact words, and no more, is behind no "about", which would be taken for the end of the name before it.
    exactly = bool(given.speaker) and not WORD.search(take_phrase(given.about)[1])
    about = f" {'' if exactly else 'about '}{given.about}" if given.about else ""
    direct = "direct " if given.direct else ""
    for where in (f" in {given.outlet}", f" in “{unmarked(given.outlet)}”") if given.outlet else ("",):
        if keyword == "digest":
            by = f" by {given.speaker}" if given.speaker else ""
            yield f"digest{about}{by}{where}"
        elif given.speaker:
            if not given.direct:
                yield f"what did {given.speaker} say{about}{where}"
            yield f"{direct}quotes by {given.speaker}{about}{where}"
            yield f"{given.speaker}'s {'direct quotes only' if given.direct else 'quotes'}{about}{where}"
            if given.speaker in names:
                yield f"{direct}quotes by “{given.speaker}”{about}{where}"
        elif given.direct:
            yield f"direct quotes{about}{where}"
            yield f"who said what{about}{where} only direct quotes"
        else:
            yield f"{'who said what' if keyword == 'who' else 'quotes'}{about}{where}"
            yield f"who said what{about}{where}"


def _with_dates(line: str, given: Options) -> str:
    dates = (f" {word} {date}" for word, date in (("since", given.since), ("until", given.until)) if date)
    return f"{line}{''.join(dates)}"


def _says(line: str, keyword: Keyword, meant: Question, asked: Asked) -> bool:
    command = commands.parse(line, now=asked.now, zone=asked.zone, outlets=asked.outlets)
    if not isinstance(command, Digest if keyword == "digest" else Ask):
        return False
    read = command.asked if isinstance(command, Digest) else command.question
    # A name is looked up by its words, and a time is said back in other ones.
    return replace(read, speaker="", when="", exactly=False) == replace(meant, speaker="") and read.speaker_words == meant.speaker_words

"""The options of a command as a line of chat, which is read back before it is given: nothing else is asked than was meant. Pure."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Literal

from bot import commands
from bot.asking.dates import shortened, the_date
from bot.asking.outlets import outlet_named
from bot.asking.question import Question, take_phrase
from bot.asking.words import WORD, plain, topic_words
from bot.digest_shapes import Asked
from bot.errors import NotUnderstood
from bot.periods import Period
from bot.requests import Ask, Digest
from storage.records import QuoteKind

Keyword = Literal["who", "quotes", "digest"]
_QUOTATION_MARKS = str.maketrans(dict.fromkeys('"“”„«»', " "))
_IN_A_SENTENCE = "Or ask in a sentence: what did Ann Bell say about ferries since Monday."


@dataclass(frozen=True, slots=True)
class Options:
    """What can be given with a command, as typed; "" for what was not."""

    speaker: str = ""
    about: str = ""
    outlet: str = ""
    since: str = ""
    until: str = ""
    direct: bool = False

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """What each option that is a text is called, and what was typed."""
        return (
            ("speaker", self.speaker),
            ("topic", self.about),
            ("outlet", self.outlet),
            ("beginning", self.since),
            ("end", self.until),
        )


def request_line(keyword: Keyword, given: Options, asked: Asked) -> str:
    """The line of chat that says the same, such as "who said what about ferries since Monday".

    Raises NotUnderstood where nothing was given, for a date that is none or an outlet of which nothing was read, and for what
    no line would say.
    """
    given = _plain(given, asked)
    if keyword != "digest" and not any(text for _, text in given.texts):
        raise NotUnderstood("There is nothing to look for.", "Give a speaker, a topic, an outlet or a date.")
    lines = list(_wordings(keyword, given))
    refusals: list[NotUnderstood] = []
    meant = [(some, _meant(some, asked)) for some in _one_date_each(given)]
    for line in lines:
        try:
            if all(_says(_with_dates(line, some), keyword, question, asked) for some, question in meant):
                return _with_dates(line, given)
        except NotUnderstood as error:
            refusals.append(error)
    raise refusals[0] if len(refusals) == len(lines) else _not_one_request(keyword, given, asked)


def _plain(given: Options, asked: Asked) -> Options:
    """The options on one line each, and the outlet by its own name. Raises NotUnderstood for one without words."""
    # Quotation marks are for exact words; around or within a name they say nothing.
    speaker = plain(given.speaker.translate(_QUOTATION_MARKS))
    about, outlet, since, until = (plain(text) for text in (given.about, given.outlet, given.since, given.until))
    plainly = Options(speaker, about, outlet, since, until, given.direct)
    for called, text in plainly.texts:
        if text and not WORD.search(text):
            raise NotUnderstood(f"There are no words in the {called}.", "Give some, or leave it out.")
    if not outlet:
        return plainly
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


def _wordings(keyword: Keyword, given: Options) -> Iterator[str]:
    """Lines that may say the same but for the dates, the plainest first: what is a word of one can be a name in another."""
    # What was said in exact words, and no more, is behind no "about", which would be taken for the end of the name before it.
    exactly = bool(given.speaker) and not WORD.search(take_phrase(given.about)[1])
    about = f" {'' if exactly else 'about '}{given.about}" if given.about else ""
    where = f" in {given.outlet}" if given.outlet else ""
    if keyword == "digest":
        by = f" by {given.speaker}" if given.speaker else ""
        yield f"digest{about}{by}{where}"
    elif given.speaker:
        if not given.direct:
            yield f"what did {given.speaker} say{about}{where}"
        yield f"{'direct ' if given.direct else ''}quotes by {given.speaker}{about}{where}"
        yield f"{given.speaker}'s {'direct quotes only' if given.direct else 'quotes'}{about}{where}"
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
    return replace(read, speaker="", when="") == replace(meant, speaker="") and read.speaker_words == meant.speaker_words


def _not_one_request(keyword: Keyword, given: Options, asked: Asked) -> NotUnderstood:
    """What to say where no line says the same: which option cannot be asked for even by itself, if it is one."""
    if given.about and not _can_be_said(keyword, Options(about=given.about), asked):
        what = f"“{shortened(given.about)}” cannot be looked for as a topic, as it says more than one."
        return NotUnderstood(what, f"Give its words alone, as names, outlets and dates have options of their own. {_IN_A_SENTENCE}")
    if given.speaker and not _can_be_said(keyword, Options(speaker=given.speaker), asked):
        return NotUnderstood(f"“{shortened(given.speaker)}” cannot be read as a name.", f"Give a part of it. {_IN_A_SENTENCE}")
    return NotUnderstood("That cannot be asked together.", f"Give less at once. {_IN_A_SENTENCE}")


def _can_be_said(keyword: Keyword, alone: Options, asked: Asked) -> bool:
    meant = _meant(alone, asked)
    for line in _wordings(keyword, alone):
        with suppress(NotUnderstood):
            if _says(line, keyword, meant, asked):
                return True
    return False

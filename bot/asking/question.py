"""Questions in plain English, read into what a search needs. Pure: the asker's now and zone, and the known outlets, come in."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.asking.agreeing import refuse_to_judge
from bot.asking.asked import COURTESIES, Question
from bot.asking.clauses import take_period
from bot.asking.forms import SAID, THOUGHT, THOUGHT_AND_SAID, readings
from bot.asking.newest import take_newest
from bot.asking.outlets import outlet_called, take_marked_outlet, take_outlet
from bot.asking.phrases import take_marked_name, take_phrase
from bot.asking.politeness import without_lead, without_politeness
from bot.asking.refusing_forms import refusal_asked
from bot.asking.several import MOST, names_in, take_side_by_side
from bot.asking.speakers import by_name
from bot.asking.spelling import spelt
from bot.asking.wanted import take_kinds, take_reports, take_strictly
from bot.asking.words import STOP_WORDS, WORD, plain, topic_words
from bot.errors import NotAQuestion, NotUnderstood
from bot.periods import Calendar
from storage.records import RefusalKind, StoredSpeaker

__all__ = ["EXAMPLES", "LONGEST_QUESTION", "Question", "parse", "restricted", "settled", "understood"]

EXAMPLES = "Ask for example: who said what about interference; what did Ann Bell say about volunteers; quotes by Patel since Monday."
LONGEST_QUESTION = 1000
_WANTED = {SAID: "quotes", THOUGHT: "attitudes", THOUGHT_AND_SAID: "attitudes and quotes"}
_REFUSED = {
    RefusalKind.DECLINED: "gave no comment",
    RefusalKind.NO_RESPONSE: "did not respond",
    RefusalKind.NOT_REACHED: "could not be reached",
}
_UNFINISHED = re.compile(
    r"(?:the|an?|who|whom|what|why|how|when|where|which|sa(?:id|ys?)|is|are|was|did|does|do|has|have|had)(?:['’]s)?"
    r"(?:\s+(?:is|are|was|were|did|does|do|has|have|had|the))*"
    r"|(?:(?:all|any|the)\s+)*(?:quotes?|comments?|statements?|remarks?|attitudes)\s+(?:by|from|of)",
    re.IGNORECASE,
)
_SET_OFF = re.compile(r",\s+(?=(?:[js]n?r|i{2,3}|iv)\b)", re.IGNORECASE)  # Ann Bell, Jr.
_BY_ANYONE = re.compile(r"\s+by\s+any(?:one|body)\s*$", re.IGNORECASE)
_ALSO = re.compile(r"\s*\(also: [^()]*\)", re.IGNORECASE)  # a person may type what `understood` says back


def parse(text: str, *, now: datetime, zone: ZoneInfo, outlets: Collection[str] = ()) -> Question:
    """Read a question. `now` is timezone-aware; `outlets` are the names of the outlets in the store.

    Raises NotUnderstood, and nothing else, for a text without words, one longer than 1,000 characters, and an unknown date.
    """
    if len(text) > LONGEST_QUESTION:
        raise NotAQuestion(f"The question has {len(text):,} characters, and Verbatim reads at most {LONGEST_QUESTION:,}.", EXAMPLES)
    text = without_politeness(_SET_OFF.sub(" ", _ALSO.sub(" ", plain(text))))
    if not WORD.search(text):
        raise NotAQuestion("There are no words in that question.", EXAMPLES)
    text = without_lead(spelt(text))
    speaker, text = take_marked_name(text)
    outlet, text = take_marked_outlet(text, outlets)
    phrase, text = take_phrase(text)
    newest, text = take_newest(text)
    kinds, text = take_kinds(text)
    strictly, text = take_strictly(text)
    reports, text = take_reports(text)
    if not outlet:
        outlet, text = take_outlet(text, outlets)
    period, text = take_period(text, Calendar(now, zone))
    together, text = take_side_by_side(text)
    asked = Question(
        phrase=phrase,
        speaker=speaker,
        outlet=outlet,
        since=period.since,
        until=period.until,
        when=period.in_words(zone),
        kinds=kinds,
        reports=reports,
        exactly=bool(speaker),
        newest=newest,
        strictly=strictly,
    )
    text = without_lead(text.strip(" ?!.,:;"))
    if _UNFINISHED.fullmatch(text) and not (text.isupper() and len(text) > 1) and asked == Question(reports=asked.reports):
        raise NotAQuestion("That question is not finished.", EXAMPLES)
    if (refusal := refusal_asked(text)) is not None:
        speaker = asked.speaker or _name(refusal.speaker)
        topic = () if STOP_WORDS.issuperset(word.lower() for word in topic_words(refusal.topic)) else topic_words(refusal.topic)
        return replace(asked, topic=topic, speaker=speaker, declined=True, refusals=refusal.kinds)
    refuse_to_judge(text, asked)
    return _who_and_what(text, asked, outlets_known=bool(outlets), together=together)


def settled(question: Question, found: Iterable[StoredSpeaker]) -> Question:
    """The question with its guess decided: it keeps its speaker if one of those found by the words goes by that name."""
    if question.otherwise is None:
        return question
    return replace(question, otherwise=None) if by_name(question.speaker_words, found) else question.otherwise


def understood(question: Question, speakers: Sequence[str] = (), also: Sequence[str] = ()) -> str:
    """One line that says how the question was read, with the names of the speakers found where there are any.

    `also` are related words that were found too.
    """
    if question.declined:
        return _refusals(question, speakers)
    newest = "newest" if question.newest else ""
    kinds = " and ".join(kind.value for kind in question.kinds or ())
    strictly = "without attitudes" if question.strictly else ""
    wanted = f"{newest} {kinds} {_WANTED[question.reports]} {strictly}"
    line = " ".join(f"{wanted} {restricted(question, speakers or (question.speaker or 'anyone', *question.others), also)}".split())
    line = f"{line[0].upper()}{line[1:]}"
    return f"{line}, {question.when}." if question.when else f"{line}."


def _refusals(question: Question, speakers: Sequence[str]) -> str:
    who = " or ".join(dict.fromkeys(speakers)) or question.speaker
    how = " or ".join(_REFUSED[kind] for kind in question.refusals or (RefusalKind.DECLINED,))
    line = " ".join(f"{f'Whether {who}' if who else 'Who'} {how} {restricted(replace(question, speaker='', others=()))}".split())
    return f"{line}, {question.when}." if question.when else f"{line}."


def restricted(question: Question, speakers: Sequence[str] = (), also: Sequence[str] = ()) -> str:
    """What a question is about, by whom and where, as a phrase: "about ferries by Ann Bell in The Mill", or ""."""
    if question.others:
        by = " and by ".join(speakers or (question.speaker, *question.others))
    else:
        by = " or ".join(dict.fromkeys(speakers)) or question.speaker
    parts = (
        ("about", " ".join([*question.topic, *([f"(also: {', '.join(also)})"] if also else [])])),
        ("with the words", f"“{question.phrase}”" if question.phrase else ""),
        ("by", by),
        ("in", question.outlet),
    )
    phrase = " ".join(f"{word} {what}" for word, what in parts if what)
    return f"{phrase}, side by side" if question.others else phrase


# --- who, and about what -----------------------------------------------------------------------

_WITHIN_NAMES = frozenset({"of", "and", "for", "the"})
_ARTICLES = frozenset({"the", "a", "an"})
_ANYONE = frozenset({"anyone", "anybody", "someone", "somebody", "everyone", "everybody", "people", "they", "we", "you", "it", "there"})
_PRONOUNS = frozenset({"he", "she", "him", "her", "i", "me"})


def _who_and_what(text: str, asked: Question, *, outlets_known: bool, together: bool) -> Question:
    whole = replace(asked, topic=topic_words(text), about=_BY_ANYONE.sub("", text))
    for reading in readings(text):
        if asked.speaker and reading.speaker:
            continue
        speaker, *others = _speakers(reading.speaker, reading.others, together=together)
        guess = reading.guess and not (together and others)
        if guess and not all(_may_be_a_name(name) for one in (speaker, *others) for name in names_in(one) or ("",)):
            continue
        if speaker.lower() in _ARTICLES:
            continue
        topic = topic_words(reading.topic)
        if reading.reports != SAID and STOP_WORDS.issuperset(word.lower() for word in topic):
            topic = ()  # "what does Ann Bell want to do": nothing is named, whereas "to be or not to be" may have been said
        reports = asked.reports if asked.reports != SAID else reading.reports
        if reading.anything and not outlets_known and (outlet := outlet_called(speaker)):
            return replace(asked, topic=topic, about=_BY_ANYONE.sub("", reading.topic), outlet=outlet)
        return replace(
            asked,
            topic=topic,
            about=_BY_ANYONE.sub("", reading.topic),
            speaker=asked.speaker or speaker,
            others=tuple(others),
            reports=reports,
            otherwise=whole if guess else None,
        )
    return whole


def _speakers(named: str, others: str, *, together: bool) -> list[str]:
    """The speakers of a question: one, or several where they are to be set side by side. Raises NotUnderstood for too many."""
    if not others and not together:
        return [_name(named)]
    first = names_in(named) if together else (named,)
    names = [name for one in (*first, *names_in(others)) if (name := _name(one))]
    if len(names) > MOST:
        raise NotUnderstood(f"{len(names)} speakers are too many to be set side by side.", f"Name at most {MOST}.")
    return list({name.casefold(): name for name in names}.values()) or [""]


def _may_be_a_name(text: str) -> bool:
    words = WORD.findall(text)
    inner = {word for word in words[1:-1] if word in _WITHIN_NAMES}
    telling = [word for word in words if word not in inner]
    return bool(words) and not any((word in STOP_WORDS and word not in COURTESIES) or word.isdigit() for word in telling)


def _name(text: str) -> str:
    words = WORD.findall(text)
    if not words or text.lower() in _ANYONE:
        return ""
    if text.lower() in _PRONOUNS:
        raise NotAQuestion(f"Verbatim does not know whom {text} means, and needs a name.", EXAMPLES)
    return text.strip(" ,.;:'’\"“”")

"""Questions in plain English, read into what a search needs. Pure: the asker's now and zone, and the known outlets, come in."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.asking.clauses import take_period
from bot.asking.forms import SAID, THOUGHT, THOUGHT_AND_SAID, readings
from bot.asking.outlets import outlet_called, take_marked_outlet, take_outlet
from bot.asking.politeness import without_politeness
from bot.asking.speakers import by_name
from bot.asking.words import STOP_WORDS, WORD, plain, topic_words
from bot.errors import NotAQuestion
from bot.periods import Calendar, Period
from storage.records import QuoteKind, Reports, StoredSpeaker

EXAMPLES = "Ask for example: who said what about interference; what did Ann Bell say about volunteers; quotes by Patel since Monday."
LONGEST_QUESTION = 1000
_WANTED = {SAID: "quotes", THOUGHT: "attitudes", THOUGHT_AND_SAID: "attitudes and quotes"}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. Empty fields do not restrict; `since` and `until` are half-open and UTC.

    `topic` holds plain words of the asker in their order, `phrase` exact words that the quote must hold, `speaker` and
    `outlet` names as typed ("" for anyone, anywhere; an outlet that is known has its full name). `when` says the time back.
    `reports` is what is wanted, speech unless attitudes are asked for, in the order in which it is shown.
    `others` are further speakers, to be set side by side with `speaker`; `declined` asks who gave no comment instead of for
    quotes; `newest` wants the newest first in the place of the best.
    Where `otherwise` is set, nothing but its place says that `speaker` is a name ("Trump on NATO", "interference"):
    `settled` decides with the speakers that the store finds.
    """

    topic: tuple[str, ...] = ()
    phrase: str = ""
    speaker: str = ""
    outlet: str = ""
    since: datetime | None = None
    until: datetime | None = None
    when: str = ""
    kinds: tuple[QuoteKind, ...] | None = None
    reports: tuple[Reports, ...] = SAID
    others: tuple[str, ...] = ()
    declined: bool = False
    newest: bool = False
    otherwise: "Question | None" = None

    @property
    def speaker_words(self) -> tuple[str, ...]:
        """The words of the speaker's name to look up: without articles and titles, unless there is nothing else."""
        words = tuple(word.removesuffix("'s").removesuffix("’s") for word in WORD.findall(self.speaker))
        return tuple(word for word in words if word.lower() not in _TITLES) or words

    def only(
        self,
        *,
        kinds: tuple[QuoteKind, ...] | None = None,
        reports: tuple[Reports, ...] | None = None,
        outlet: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        zone: ZoneInfo | None = None,
    ) -> "Question":
        """The question with these restrictions in the place of its own; `zone` is that in which a new time is said back.

        Raises NotUnderstood for a time that ends before it begins.
        """
        period = Period(since or self.since).meeting(Period(None, until or self.until))
        return replace(
            self,
            kinds=kinds or self.kinds,
            reports=reports or self.reports,
            outlet=outlet or self.outlet,
            since=period.since,
            until=period.until,
            when=period.in_words(zone) if zone else self.when,
            otherwise=self.otherwise
            and self.otherwise.only(kinds=kinds, reports=reports, outlet=outlet, since=since, until=until, zone=zone),
        )


def parse(text: str, *, now: datetime, zone: ZoneInfo, outlets: Collection[str] = ()) -> Question:
    """Read a question. `now` is timezone-aware; `outlets` are the names of the outlets in the store.

    Raises NotUnderstood, and nothing else, for a text without words, one longer than 1,000 characters, and an unknown date.
    """
    if len(text) > LONGEST_QUESTION:
        raise NotAQuestion(f"The question has {len(text):,} characters, and Verbatim reads at most {LONGEST_QUESTION:,}.", EXAMPLES)
    text = without_politeness(plain(text))
    if not WORD.search(text):
        raise NotAQuestion("There are no words in that question.", EXAMPLES)
    speaker, text = _take_marked_name(text)
    outlet, text = take_marked_outlet(text, outlets)
    phrase, text = take_phrase(text)
    kinds, text = _take_kinds(text)
    reports, text = _take_reports(text)
    if not outlet:
        outlet, text = take_outlet(text, outlets)
    period, text = take_period(text, Calendar(now, zone))
    asked = Question(
        phrase=phrase,
        speaker=speaker,
        outlet=outlet,
        since=period.since,
        until=period.until,
        when=period.in_words(zone),
        kinds=kinds,
        reports=reports,
    )
    return _who_and_what(_LEAD.sub("", text.strip(" ?!.,:;")), asked, outlets_known=bool(outlets))


def settled(question: Question, found: Iterable[StoredSpeaker]) -> Question:
    """The question with its guess decided: it keeps its speaker if one of those found by the words goes by that name."""
    if question.otherwise is None:
        return question
    return replace(question, otherwise=None) if by_name(question.speaker_words, found) else question.otherwise


def understood(question: Question, speakers: Sequence[str] = ()) -> str:
    """One line that says how the question was read, with the names of the speakers found where there are any."""
    kinds = " and ".join(kind.value for kind in question.kinds or ())
    wanted = f"{kinds} {_WANTED[question.reports]}".strip().capitalize()
    line = f"{wanted} {restricted(question, speakers or (question.speaker or 'anyone',))}"
    return f"{line}, {question.when}." if question.when else f"{line}."


def restricted(question: Question, speakers: Sequence[str] = ()) -> str:
    """What a question is about, by whom and where, as a phrase: "about ferries by Ann Bell in The Mill", or ""."""
    by = " or ".join(dict.fromkeys(speakers)) or question.speaker
    parts = (
        ("about", " ".join(question.topic)),
        ("with the words", f"“{question.phrase}”" if question.phrase else ""),
        ("by", by),
        ("in", question.outlet),
    )
    return " ".join(f"{word} {what}" for word, what in parts if what)


# --- what is taken out first -------------------------------------------------------------------

_PHRASES = re.compile(
    r"[“„](?P<curly>[^“”„]+)[”“]|\"(?P<straight>[^\"]+)\"|«(?P<pointed>[^«»]+)»"
    r"|(?<![^\W_])‘(?P<single>[^‘]+)’(?![^\W_])|(?<!\S)'(?P<typed>[^']+(?:'[^\W_][^']*)*)'(?![^\W_])"
)
_KIND = r"(?P<kind>direct|indirect|mixed)\s+(?:quotes?|quotations?|speech)"
_KINDS = (
    re.compile(rf"\b(?:only|just)\s+(?:the\s+)?{_KIND}\b", re.IGNORECASE),
    re.compile(rf"\b{_KIND}\s+only\b", re.IGNORECASE),
    re.compile(rf"^(?:any|all|every|the|show\s+me)?\s*{_KIND}\b", re.IGNORECASE),
)


def take_phrase(text: str) -> tuple[str, str]:
    """The words of a text that stand in quotation marks ("" for none), and the text without them."""
    for found in _PHRASES.finditer(text):
        phrase = next(words for words in found.groups() if words)
        if WORD.search(phrase):
            return phrase.strip(" ,.;:"), f"{text[: found.start()]} {text[found.end() :]}"
    return "", text


_MARKED_NAME = re.compile(r"\b(?P<lead>quotes?|attitudes)\s+by\s+(?:“(?P<curly>[^“”]+)”|\"(?P<straight>[^\"]+)\")", re.IGNORECASE)


def _take_marked_name(text: str) -> tuple[str, str]:
    """The name in quotation marks behind "quotes by" ("" for none), whatever words are in it, and the text without it."""
    found = _MARKED_NAME.search(text)
    if found is None or not WORD.search(name := found["curly"] or found["straight"]):
        return "", text
    return " ".join(name.split()), f"{text[: found.end('lead')]} {text[found.end() :]}"


def _take_kinds(text: str) -> tuple[tuple[QuoteKind, ...] | None, str]:
    for pattern in _KINDS:
        if found := pattern.search(text):
            return (QuoteKind(found["kind"].lower()),), f"{text[: found.start()]} quotes {text[found.end() :]}".strip()
    return None, text


# A person may type what `understood` says back.
_ATTITUDES_TOO = re.compile(r"\b(?:quotes\s+and\s+attitudes|attitudes\s+and\s+quotes)\b|\b(?:with|including)\s+attitudes\b", re.IGNORECASE)


def _take_reports(text: str) -> tuple[tuple[Reports, ...], str]:
    found = _ATTITUDES_TOO.search(text)
    if found is None:
        return SAID, text
    instead = "quotes" if "quotes" in found[0].lower() else ""
    return THOUGHT_AND_SAID, " ".join(f"{text[: found.start()]} {instead} {text[found.end() :]}".split())


# --- who, and about what -----------------------------------------------------------------------

_LEAD = re.compile(
    r"^(?:(?:show(?:\s+(?:me|us))?|tell\s+(?:me|us)|give\s+(?:me|us)|find(?:\s+me)?|search(?:\s+for)?|look\s+(?:for|up)),?\s+)+",
    re.IGNORECASE,
)
_TITLES = frozenset({"the", "a", "an", "mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lord", "lady", "prof", "professor", "rev"})
_ARTICLES = frozenset({"the", "a", "an"})
_ANYONE = frozenset({"anyone", "anybody", "someone", "somebody", "everyone", "everybody", "people", "they", "we", "you", "it", "there"})
_PRONOUNS = frozenset({"he", "she", "him", "her", "i", "me"})


def _who_and_what(text: str, asked: Question, *, outlets_known: bool) -> Question:
    whole = replace(asked, topic=topic_words(text))
    for reading in readings(text):
        if asked.speaker and reading.speaker:
            continue
        speaker = _name(reading.speaker)
        if (reading.guess and not _may_be_a_name(speaker)) or speaker.lower() in _ARTICLES:
            continue
        topic = topic_words(reading.topic)
        if reading.reports != SAID and STOP_WORDS.issuperset(word.lower() for word in topic):
            topic = ()  # "what does Ann Bell want to do": nothing is named, whereas "to be or not to be" may have been said
        reports = asked.reports if asked.reports != SAID else reading.reports
        if reading.anything and not outlets_known and (outlet := outlet_called(speaker)):
            return replace(asked, topic=topic, outlet=outlet)
        speaker = asked.speaker or speaker
        return replace(asked, topic=topic, speaker=speaker, reports=reports, otherwise=whole if reading.guess else None)
    return whole


def _may_be_a_name(text: str) -> bool:
    words = WORD.findall(text)
    return bool(words) and not any((word in STOP_WORDS and word not in _TITLES) or word.isdigit() for word in words)


def _name(text: str) -> str:
    words = WORD.findall(text)
    if not words or text.lower() in _ANYONE:
        return ""
    if text.lower() in _PRONOUNS:
        raise NotAQuestion(f"Verbatim does not know whom {text} means, and needs a name.", EXAMPLES)
    return text.strip(" ,.;:'’\"“”")

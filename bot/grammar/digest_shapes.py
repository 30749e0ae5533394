"""The shapes of digests and of what changes those on a schedule: what follows a keyword, to a command; None where it is a question."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.asking import question
from bot.asking.dates import shortened
from bot.asking.forms import SAID
from bot.asking.question import Question
from bot.digests.schedule import EXAMPLES
from bot.digests.schedule_words import take_schedule
from bot.errors import NotUnderstood
from bot.grammar.digest_wishes import said, take_wishes, together
from bot.grammar.typos import mistyped
from bot.grammar.usage import misused
from bot.requests import Change, Command, Deliveries, Digest, Mute, Preview, Subscribe, Wishes

RESTRICTED = r"(?:about|on|by|from|since|for|in|between|before|after|until|today|yesterday|last|this|the\s+(?:last|past))\b"
SUBSCRIPTION = r"(?:the\s+|my\s+)?(?:digest\s+|alert\s+|subscription\s+)?#?(?P<number>[0-9]{1,18})"
FREQUENCY = r"(?:daily|weekly|monthly|hourly|every|each|weekdays?|weekends?)\b"
_CHANGE = re.compile(rf"{SUBSCRIPTION}(?:\s*[:,]?\s+(?P<what>.*))?", re.IGNORECASE)
_TO = re.compile(r"(?:to|into)\s+", re.IGNORECASE)
_A_DIGEST = re.compile(r"(?:of )?(?:a |the )?digest(?: |$)", re.IGNORECASE)
_ONCE = re.compile(
    r"(?:tomorrow|tonight|today|now|once|next (?:week|month|[a-z]+day))(?: morning| evening)?(?: (?P<rest>at .+))?$", re.IGNORECASE
)
_OUTLET = re.compile(r"(?:quotes )?in (?P<outlet>[^,;“”\"]+)", re.IGNORECASE)
_LONGEST_TOPIC = 6  # words
EVERYTHING = re.compile(r"(?:(?:about\s+)?(?:everything|anything|all))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is read against: the asker's now (timezone-aware) and zone, and the names of the outlets in the store."""

    now: datetime
    zone: ZoneInfo
    outlets: Collection[str]

    def question(self, text: str) -> Question:
        """The question that a text is. Raises NotUnderstood."""
        return question.parse(text, now=self.now, zone=self.zone, outlets=self.outlets)


def read_digest(rest: str, asked: Asked, behind: str = "digest") -> Command | None:
    """Nothing, a restriction, or a schedule with or without one, and then with wishes. Raises NotUnderstood for anything else."""
    wishes, wanted = take_wishes(rest, behind=behind)
    if taken := take_schedule(wanted, outlets=asked.outlets, behind=behind):
        more, restriction = _only_wishes(taken.rest)
        asking = _lasting(restriction, asked, _misplaced(behind, rest, restriction))
        return Subscribe(taken.schedule, taken.zone, asking or Question(), together(wishes, more))
    if not re.match(rf"$|{RESTRICTED}", rest, re.IGNORECASE):
        raise _no_digest(rest)
    if wishes != Wishes():
        now, scheduled = f"digest {wanted}", f"digest daily at 8 {wanted}, {said(wishes)}"
        raise NotUnderstood(
            "How a digest is to be can be wished of one on a schedule.",
            f"Did you mean: {scheduled}? For one now: {now}.",
            suggestions=(scheduled, now),
        )
    return Digest(asked.question(f"quotes {rest}"))


def read_change(rest: str, asked: Asked) -> Command | None:
    """A number with a schedule, a restriction, wishes or several of these. Raises NotUnderstood for a number with anything else."""
    found = _CHANGE.fullmatch(rest)
    if found is None:
        if not rest:
            raise misused("change")
        return None
    number, what = int(found["number"]), (found["what"] or "").strip()
    if to := _TO.match(what):
        what = what[to.end() :]
    wrong = misused("change", rest)
    wishes, what = take_wishes(what, alone=True, behind=f"change {number} to")
    if not what and wishes != Wishes():
        return Change(number, None, None, None, wishes)
    if not what:
        raise wrong
    taken = take_schedule(what, outlets=asked.outlets, behind=f"change {number} to")
    if taken is None:
        return Change(number, None, None, _lasting(what, asked, wrong) or Question(), wishes)
    more, restriction = _only_wishes(taken.rest)
    asking = _lasting(restriction, asked, wrong)
    everything = bool(restriction) and asking is None
    return Change(number, taken.schedule, taken.zone, Question() if everything else asking, together(wishes, more))


def read_preview(rest: str, asked: Asked) -> Command | None:
    """Nothing, a number, or a digest that is not set up yet. Raises NotUnderstood."""
    if not rest:
        return Preview()
    if found := re.fullmatch(SUBSCRIPTION, rest, re.IGNORECASE):
        return Preview(int(found["number"]))
    named = _A_DIGEST.match(rest)
    if not named and not re.match(rf"(?:{FREQUENCY}|at [0-9]|(?:about|by) )", rest, re.IGNORECASE):
        return None
    command = read_digest(rest[named.end() :] if named else rest, asked, "preview digest" if named else "preview")
    return Preview(wanted=command) if isinstance(command, Subscribe) else command


def read_mute(rest: str) -> Command | None:
    """A number, and perhaps that it is for a day. Raises NotUnderstood for another time."""
    if found := re.fullmatch(rf"{SUBSCRIPTION}(?P<time> (?:for|until|till) .+)", rest, re.IGNORECASE):
        if not re.fullmatch(r" for (?:a|one|1|the) day| (?:until|till) tomorrow", found["time"], re.IGNORECASE):
            number = found["number"]
            raise NotUnderstood("What is muted is muted for a day.", f"Type: mute {number}. To let it rest for longer: pause {number}.")
        return Mute(int(found["number"]))
    return numbered("mute", Mute)(rest)


def numbered(keyword: str, command: Callable[[int], Command], behind: str = "") -> Callable[[str], Command | None]:
    """A reader of the number of a digest or an alert, and of what may stand `behind` it. It raises NotUnderstood for nothing."""

    def read(rest: str) -> Command | None:
        if not rest:
            raise misused(keyword)
        found = re.fullmatch(f"{SUBSCRIPTION}{behind}", rest, re.IGNORECASE)
        return command(int(found["number"])) if found else None

    return read


def read_log(rest: str) -> Command | None:
    """Nothing, or the number of a digest or an alert."""
    found = re.fullmatch(rf"(?:(?:of |for )?{SUBSCRIPTION})?", rest, re.IGNORECASE)
    return Deliveries(int(found["number"]) if found["number"] else None) if found else None


def refuse_unread_outlet(restriction: str, found: Question) -> None:
    """Raise for nothing but an outlet of which nothing was read: its name would be taken for a topic."""
    named = _OUTLET.fullmatch(restriction)
    if named and found.topic and not (found.outlet or found.speaker or found.when):
        raise NotUnderstood(
            f"No article of {shortened(named['outlet'])} has been read.", f"For these words as a topic, say about: about {named['outlet']}."
        )


def _no_digest(rest: str) -> NotUnderstood:
    """The error for what stands behind "digest" and is none: most often a schedule that cannot be kept."""
    question = f"who said what about {shortened(f'digest {rest}')}"
    if found := _ONCE.match(rest):
        daily = f"digest daily {found['rest'] or 'at 8'}"
        remedy = f"Did you mean: {daily}? To have one at once: digest."
        return NotUnderstood("A digest on a schedule comes again and again.", remedy, suggestions=(daily, "digest", question))
    remedy = f"{EXAMPLES} To look for quotes: {question}."
    return NotUnderstood("That is no schedule of a digest, and nothing that it could be about.", remedy, suggestions=(question,))


def _misplaced(behind: str, rest: str, restriction: str) -> NotUnderstood:
    """The error for what stands beside a schedule and is no restriction, with the one that it seems to be meant as."""
    wrong = misused("digest", rest)
    first, _, topic = restriction.strip(" ,;:").partition(" ")
    right = f"about {topic}" if topic and mistyped(first.lower(), "about") else f"about {first} {topic}".strip()
    if not first or len(restriction.split()) > _LONGEST_TOPIC or restriction not in rest:
        return wrong
    wanted = " ".join(rest.replace(restriction, "").split()).strip(" ,;:")
    begun, _, wishes = wanted.partition(",")
    meant = f"{behind} {begun.strip()} {right}{f',{wishes}' if wishes else ''}"
    return NotUnderstood(wrong.what, f"Did you mean: {meant}?", suggestions=(meant, *wrong.suggestions))


def _only_wishes(rest: str) -> tuple[Wishes, str]:
    """What stands beside a schedule without a comma, as wishes if it is nothing else ("daily at 8 short"), or as it is."""
    wishes, left = take_wishes(rest, alone=True)
    return (Wishes(), rest) if left else (wishes, "")


def _lasting(restriction: str, asked: Asked, wrong: NotUnderstood) -> Question | None:
    """What a digest is restricted to from now on; None where that is nothing. Raises `wrong` for what is no restriction."""
    restriction = restriction.strip(" ,;:")
    if EVERYTHING.fullmatch(restriction):
        return None
    if not re.match(RESTRICTED, restriction, re.IGNORECASE):
        raise wrong
    found = asked.question(f"quotes {restriction}")
    refuse_unread_outlet(restriction, found)
    if found.when:
        raise NotUnderstood(
            "A digest on a schedule covers the time since the one before it.", "Leave the date out: digest daily at 8 about ferries."
        )
    if found.kinds or found.reports != SAID:
        raise NotUnderstood(
            "A digest on a schedule holds all that was said, direct and indirect quotes alike.",
            "Leave the kind out: digest daily at 8 about ferries.",
        )
    return replace(found, otherwise=None)  # "by" says that it is a name

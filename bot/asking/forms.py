"""The ways in which people ask: which words name the speaker, which the topic, and whether speech or attitudes are wanted. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from storage.records import Reports

LONGEST_NAME = 5  # words
SAID = (Reports.SPEECH,)
THOUGHT = (Reports.ATTITUDE,)
THOUGHT_AND_SAID = (Reports.ATTITUDE, Reports.SPEECH)


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read a question; `guess` says that nothing but its place makes `speaker` a name.

    `reports` is what is wanted, in the order in which it is shown; `anything` that no more than "anything" was said to be wanted.
    """

    speaker: str
    topic: str
    reports: tuple[Reports, ...] = SAID
    guess: bool = False
    anything: bool = False


def readings(text: str) -> Iterator[Reading]:
    """The ways to read `text`, the likeliest first. It is on one line, without dates, outlets and quoted words."""
    for form in _FORMS:
        if found := form.pattern.fullmatch(text):
            parts = {name: words or "" for name, words in found.groupdict().items()}
            lead = parts.get("lead", "").lower()
            yield Reading(
                speaker=parts.get("speaker", ""),
                topic=parts.get("topic", ""),
                reports=THOUGHT if lead == "attitudes" else THOUGHT_AND_SAID if parts.get("attitude") else SAID,
                guess=form.guess,
                anything=lead.endswith("thing"),
            )


# --- what stands in the forms ------------------------------------------------------------------

_ABOUT = r"(?:about|on|regarding|concerning|over|of|towards?)"
_TOPIC = rf"(?:\s+{_ABOUT})?(?:\s+(?P<topic>.+))?"
_SAID = r"(?:say|says|said|saying|tell|tells|told|write|writes|wrote|written|claim|claims|claimed|spoken|commented|talked)"
_THINKS = r"(?P<attitude>think|thinks|believe|believes|want|wants)"
_THINKS_OR_FEELS = (
    r"(?P<attitude>(?:think|believe|want|support|oppose|favou?r|prefer|back|hope|fear|expect|doubt|wish|feel)(?:s|es)?"
    r"|(?:believ|want|support|oppos|favou?r|preferr|back|hop|fear|expect|doubt|wish)(?:ed|ing)|thinking|thought|felt|feeling|(?:dis)?likes"
    r"|against|in\s+favou?r\s+of|opposed\s+to|worried|afraid)"
)
_ADVERBS = r"(?:(?:ever|really|actually|exactly|just|also|still|been|got\s+to|have|had|has|to)\s+)*"
_THINGS = r"(?:what|anything|something|everything|things|more|much)"
_QUOTES = (
    r"(?:(?:all|any|the|more|some|new|newest|latest|recent)\s+)*"
    r"(?P<lead>quotes?|quotations?|statements?|comments?|remarks?|anything|everything|something|(?P<attitude>attitudes|views|opinions))"
)
_NAME = rf"(?P<speaker>\S+(?:\s+\S+){{0,{LONGEST_NAME - 1}}}?)"
_WHAT_DOES = r"what(?:['’]s|\s+(?:did|does|do|has|have|had|is|was|were|are|would|exactly))*\s+(?P<speaker>.+?)"
_DOES = r"(?:did|does|do|has|have|had|is|are|was|were|would)\s+(?P<speaker>.+?)"


@dataclass(frozen=True, slots=True)
class _Form:
    pattern: re.Pattern[str]
    guess: bool = False


def _form(pattern: str, *, guess: bool = False) -> _Form:
    return _Form(re.compile(pattern, re.IGNORECASE | re.DOTALL), guess)


_FORMS = (
    _form(
        rf"who(?:['’]s|\s+(?:has|have|had|is|are|was|were|would|else))*\s+{_ADVERBS}"
        rf"(?:{_SAID}|spoke|talking|mention(?:s|ed)?|{_THINKS_OR_FEELS})(?:\s+{_THINGS})?{_TOPIC}"
    ),
    _form(rf"what(?:['’]s|\s+(?:was|is|has|have|had))(?:\s+been)?\s+{_SAID}{_TOPIC}"),
    # What is a name too (Bob Hope, a support group) is a verb only where no other is.
    _form(rf"{_WHAT_DOES}\s+{_ADVERBS}(?:{_SAID}|{_THINKS})\b{_TOPIC}"),
    _form(rf"{_WHAT_DOES}\s+{_ADVERBS}{_THINKS_OR_FEELS}\b{_TOPIC}"),
    _form(rf"{_DOES}\s+{_ADVERBS}(?:{_SAID}|{_THINKS})\b(?:\s+{_THINGS})?{_TOPIC}"),
    _form(rf"{_DOES}\s+{_ADVERBS}{_THINKS_OR_FEELS}\b(?:\s+{_THINGS})?{_TOPIC}"),
    _form(rf"(?:how|where)\s+{_DOES}\s+(?P<attitude>feel|stand){_TOPIC}"),
    _form(rf"{_QUOTES}\s+(?:by|from|of)\s+(?P<speaker>.+?)(?:\s+{_ABOUT}\s+(?P<topic>.+))?"),
    _form(rf"{_QUOTES}\s+{_ABOUT}\s+(?P<topic>.+?)\s+by\s+(?P<speaker>.+)", guess=True),
    _form(rf"{_QUOTES}{_TOPIC}"),
    _form(
        r"(?:what(?:['’]s|\s+(?:is|was|are|were))\s+)?(?P<speaker>.+?)['’]s?"
        r"\s+(?:(?P<attitude>views?|opinions?|position|stance|attitudes?|thoughts)|quotes?|comments?|remarks?|statements?|words|response|reaction)"
        r"(?:\s+(?:on|about|to|of|towards?)\s+(?P<topic>.+))?"
    ),
    _form(rf"{_NAME}\s+(?:said|says|{_THINKS})(?:\s+{_THINGS})?\s+about\s+(?P<topic>.+)"),
    _form(rf"{_NAME}\s+(?:on|about)\s+(?P<topic>.+)", guess=True),
    _form(_NAME, guess=True),
)

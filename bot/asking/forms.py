"""The ways in which people ask: which words name the speaker, which the topic, and whether speech or attitudes are wanted. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.asking.verbs import SAID_VERB, SPEAKING_VERB
from storage.records import Reports

LONGEST_NAME = 5  # words
SAID = (Reports.SPEECH,)
THOUGHT = (Reports.ATTITUDE,)
SAID_AND_THOUGHT = (Reports.SPEECH, Reports.ATTITUDE)
THOUGHT_AND_SAID = (Reports.ATTITUDE, Reports.SPEECH)


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read a question; `guess` says that nothing but its place makes `speaker` a name.

    `others` names further speakers, to be set side by side with it. `reports` is what is wanted, in the order in which it is
    shown; `anything` that no more than "anything" was said to be wanted.
    """

    speaker: str
    topic: str
    others: str = ""
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
                others=parts.get("others", ""),
                reports=THOUGHT if lead == "attitudes" else THOUGHT_AND_SAID if parts.get("attitude") else SAID,
                guess=form.guess,
                anything=lead.endswith("thing"),
            )


# --- what stands in the forms ------------------------------------------------------------------

_ON = r"(?:about|on|re|regarding|concerning|over|towards?)"
_ABOUT = rf"(?:{_ON}|of)"
_TOPIC = rf"(?:\s+{_ABOUT})?(?:\s+(?P<topic>.+))?"
_ON_TOPIC = rf"(?:\s+{_ON}\s+(?P<topic>.+))?"
_THINKS = r"(?P<attitude>think|thinks|believe|believes|want|wants)"
_THINKS_OR_FEELS = (
    r"(?P<attitude>(?:think|believe|want|support|oppose|favou?r|prefer|back|hope|fear|expect|doubt|wish|feel)(?:s|es)?"
    r"|(?:believ|want|support|oppos|favou?r|preferr|back|hop|fear|expect|doubt|wish)(?:ed|ing)|thinking|thought|felt|feeling|(?:dis)?likes"
    r"|against|in\s+favou?r\s+of|opposed\s+to|worried|afraid)"
)
_ADVERBS = r"(?:(?:ever|really|actually|exactly|just|also|still|been|got\s+to|have|had|has|to|already|publicly)\s+)*"
_THINGS = r"(?:what|anything|something|everything|things|the\s+most|more|most|much)"
_WORDS = r"(?:quotes?|quotations?|statements?|comments?|remarks?)"
_QUOTES = (
    r"(?:(?:all|any|the|more|some|new)\s+)*"
    r"(?P<lead>quotes?|quotations?|statements?|comments?|remarks?|anything|everything|something|information|info|stuff"
    r"|(?P<attitude>attitudes|views|opinions))"
)
_NAME = rf"(?P<speaker>\S+(?:\s+\S+){{0,{LONGEST_NAME - 1}}}?)"
_WHAT_DOES = r"what(?:['’]?[sd]|\s+(?:did|does|do|has|have|had|is|was|were|are|would|exactly))*\s+(?P<speaker>.+?)"
_DOES = r"(?:did|does|do|has|have|had|would|(?P<be>is|are|was|were))\s+(?P<speaker>.+?)"
_ACTIVE = r"(?(be)(?:(?=\w+ing\b|asked\b|quoted\b|against\b|in\s|opposed\b|worried\b|afraid\b)|(?<=\bthere\s)))"  # "was blamed" is none
_WHO = (
    r"(?:(?:who|which\s+(?:people|persons?|speakers?))(?:['’]?(?:s|ve))?(?:\s+(?:all|else|has|have|had|is|are|was|were|would))*"
    r"(?:\s+it\s+(?:that|who))?|(?:people|persons?|anyone|anybody|everyone|everybody|those|someone|somebody)\s+(?:who|that)(?:['’]?(?:s|ve))?)"
)
_SAID_THINGS = r"(?:what(?:['’]?s|\s+(?:was|is|has|have|had|things\s+were))|quotes|everything|anything|things|something|all)(?:\s+been)?"
_VERSUS = r"(?:vs\.?|versus|v\.?|compared\s+(?:to|with))"
_STATEMENT = (
    r"(?:mak(?:e|es|ing)|made|give|gives|gave|given|issued?|release[ds]?)\s+(?:(?:any|an?|the)\s+)?"
    r"(?:statements?|comments?|remarks?|speech|response)"
)


@dataclass(frozen=True, slots=True)
class _Form:
    pattern: re.Pattern[str]
    guess: bool = False


def _form(pattern: str, *, guess: bool = False) -> _Form:
    return _Form(re.compile(pattern, re.IGNORECASE | re.DOTALL), guess)


_FORMS = (
    _form(rf"{_WHO}\s+{_ADVERBS}(?:{SAID_VERB}|{SPEAKING_VERB}|{_THINKS_OR_FEELS})\b(?:\s+{_THINGS})?{_TOPIC}"),
    _form(
        r"(?:compare|contrast)\s+(?:what\s+|(?:the\s+)?(?:quotes?|statements|comments|remarks|(?P<attitude>views|opinions|attitudes))"
        rf"\s+(?:by|from|of)\s+)?(?P<speaker>.+?)\s*(?:,|\s(?:and|with|to|against|{_VERSUS})\s)\s*(?P<others>.+?)"
        rf"(?:\s+(?:have\s+|has\s+)?(?:said|say|says))?{_ON_TOPIC}"
    ),
    _form(r"(?:what(?:['’]?s|\s+(?:is|are))\s+)?(?:the\s+)?differences?\s+between\s+(?P<speaker>.+?)\s+and\s+(?P<others>.+?)" + _ON_TOPIC),
    _form(rf"(?P<speaker>.+?)\s+{_VERSUS}\s+(?P<others>.+?){_ON_TOPIC}", guess=True),
    _form(rf"{_SAID_THINGS}\s+{SAID_VERB}\s+by\s+(?P<speaker>.+?){_ON_TOPIC}"),
    _form(rf"{_SAID_THINGS}\s+{SAID_VERB}\s+{_ABOUT}\s+(?P<topic>.+?)\s+by\s+(?P<speaker>.+)", guess=True),
    _form(rf"{_SAID_THINGS}\s+{SAID_VERB}{_TOPIC}"),
    # What is a name too (Bob Hope, a support group, peace talks) is a verb only where no other is.
    _form(rf"{_WHAT_DOES}\s+{_ADVERBS}(?:{SAID_VERB}|{_THINKS})\b{_TOPIC}"),
    _form(rf"{_WHAT_DOES}\s+{_ADVERBS}{_THINKS_OR_FEELS}\b{_TOPIC}"),
    _form(rf"{_WHAT_DOES}\s+{_ADVERBS}{SPEAKING_VERB}\b{_TOPIC}"),
    _form(rf"(?:(?:when|where|why|how)\s+)?{_DOES}\s+{_ADVERBS}{_ACTIVE}(?:{SAID_VERB}|{_THINKS})\b(?:\s+{_THINGS})?{_TOPIC}"),
    _form(rf"{_DOES}\s+{_ADVERBS}{_ACTIVE}{_THINKS_OR_FEELS}\b(?:\s+{_THINGS})?{_TOPIC}"),
    _form(
        rf"(?:(?:when|where|why|how)\s+)?{_DOES}\s+{_ADVERBS}{_ACTIVE}(?:{SPEAKING_VERB}|quoted|{_STATEMENT})\b(?:\s+{_THINGS})?{_TOPIC}"
    ),
    _form(rf"(?:how|where)\s+{_DOES}\s+(?P<attitude>feel|stand){_TOPIC}"),
    _form(rf"{_QUOTES}\s+(?:by|from|of)\s+(?P<speaker>.+?){_ON_TOPIC}"),
    _form(rf"{_QUOTES}\s+{_ABOUT}\s+(?P<topic>.+?)\s+(?:by|from)\s+(?P<speaker>.+)", guess=True),
    _form(r"(?:(?:all|any|the)\s+)*(?:mentions?\s+of|references?\s+to)\s+(?P<topic>.+)"),
    _form(rf"(?:everything|anything|something|things|whatever)\s+(?:that\s+)?(?P<speaker>.+?)\s+{_ADVERBS}{SAID_VERB}\b{_TOPIC}"),
    _form(rf"{_QUOTES}{_TOPIC}"),
    _form(rf"according\s+to\s+(?P<speaker>.+?){_ON_TOPIC}"),
    _form(
        r"(?:what(?:['’]?s|\s+(?:is|was|are|were))\s+)?(?P<speaker>.+?)['’]s?"
        r"\s+(?:(?P<attitude>views?|opinions?|position|stance|attitudes?|thoughts|take)"
        r"|quotes?|quotations?|comments?|remarks?|statements?|words|response|reaction|reply|answer|message)"
        r"(?:\s+(?:on|about|to|of|re|regarding|towards?)\s+(?P<topic>.+))?"
    ),
    _form(rf"(?P<speaker>.+?)['’]s?\s+(?P<topic>\S+(?:\s+\S+){{0,3}})\s+{_WORDS}", guess=True),
    _form(rf"{_NAME}\s+{_WORDS}{_ON_TOPIC}", guess=True),
    _form(rf"{_NAME}\s+(?:said|says|{_THINKS})(?:\s+{_THINGS})?\s+about\s+(?P<topic>.+)"),
    _form(
        rf"{_NAME}\s+(?:said|says|saying|talk(?:s|ed|ing)|sp(?:oke|eaks|eaking)|comment(?:ed|ing)|mention(?:s|ed|ing))\b{_TOPIC}",
        guess=True,
    ),
    _form(rf"{_NAME}\s+{_ON}\s+(?P<topic>.+)", guess=True),
    _form(_NAME, guess=True),
)

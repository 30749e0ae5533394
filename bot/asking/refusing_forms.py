"""The ways in which people ask who gave no comment: "who declined to comment on X", "did Y respond", "who could not be reached". Pure."""

import re
from dataclasses import dataclass

from storage.records import RefusalKind

LONGEST_NAME = 8  # words


@dataclass(frozen=True, slots=True)
class RefusalAsked:
    """Who is asked about ("" for anyone), on which topic, and what kinds of refusals are wanted (None: all)."""

    speaker: str
    topic: str
    kinds: tuple[RefusalKind, ...] | None


def refusal_asked(text: str) -> RefusalAsked | None:
    """How `text` asks for refusals; None if it does not. It is on one line, without dates, outlets and quoted words."""
    for form in _FORMS:
        if found := form.fullmatch(text):
            parts = {name: words or "" for name, words in found.groupdict().items()}
            return RefusalAsked(parts.get("speaker", ""), parts.get("topic", ""), _kinds(parts))
    return None


def _kinds(parts: dict[str, str]) -> tuple[RefusalKind, ...] | None:
    if parts.get("silent"):
        return (RefusalKind.NO_RESPONSE,)
    return (RefusalKind.NOT_REACHED,) if parts.get("away") else None


_SPACE = r"\s+"
_OFTEN = r"(?:(?:any|a|an|all|our|the|to|repeated|multiple|several|many|further|press|media|immediate|official|public)\s+)*"
_COMMENT = (
    r"(?:comments?|be\s+(?:interviewed|quoted|drawn)|(?:give\s+)?interviews?|respond|reply|answer(?:\s+questions)?|elaborate|talk|speak"
    r"|say\s+(?:anything|more)|requests?)"
)
_FOR_COMMENT = r"(?:\s+(?:for|seeking|to)\s+(?:(?:a|an|any|further)\s+)?(?:comments?|interviews?|response))?"
_NOT = r"(?:\s+not|n['’]?t|\s+never)"
_HOW = r"(?:\s+(?:yet|even|publicly|immediately|ever|directly|so\s+far|further|to))*"
_ASKED_FOR = r"(?:\s+(?:to|our|any|the|an?|calls?|messages?|e-?mails?|requests?|questions?|inquir(?:y|ies)|enquir(?:y|ies)|when|asked))*"
_DECLINED = rf"(?:declin|refus)(?:e|es|ed|ing){_HOW}\s+{_OFTEN}{_COMMENT}"
_NONE_GIVEN = rf"(?:gave|give|gives|given|giving|has|have|had|made|make|offered?|issued?)\s+no\s+{_OFTEN}comments?"
_UNSAID = rf"(?:did|does|do|has|have|had|would|will|wo|is|are|was|were){_NOT}{_HOW}\s+(?:comment(?:ed|ing)?|be\s+(?:drawn|interviewed))"
_SILENT_VERB = (
    r"(?:respond(?:ed|ing)?|repl(?:y|ied|ying)|answer(?:ed|ing)?"
    r"|return(?:ed|ing)?\s+(?:our\s+|the\s+|any\s+)*(?:calls?|messages?|e-?mails?|requests?))"
)
_UNANSWERED = (
    rf"(?:(?:did|does|do|has|have|had|would|is|are|was|were){_NOT}{_HOW}\s+{_SILENT_VERB}|(?:fail(?:ed|s)?\s+to|never|yet\s+to){_HOW}\s+{_SILENT_VERB}"
    rf"|ignor(?:e|es|ed|ing)\s+{_OFTEN}(?:requests?|calls?|questions?|messages?)|(?:gave|give|given|sent)\s+no\s+(?:response|reply|answer)){_ASKED_FOR}"
)
_NOWHERE = (
    rf"(?:(?:could|can){_NOT}{_HOW}\s+be\s+(?:reached|contacted|found)|can(?:no|['’])t\s+be\s+(?:reached|contacted)"
    rf"|(?:was|were|is|are){_NOT}{_HOW}\s+(?:reached|reachable|available\s+for)|(?:was|were|is|are)\s+(?:unavailable|unreachable))"
)
_REFUSED = rf"(?:{_DECLINED}|{_NONE_GIVEN}|{_UNSAID}|(?P<silent>{_UNANSWERED})|(?P<away>{_NOWHERE}))"
_ABOUT = r"(?:when\s+)?(?:asked\s+|questioned\s+)?(?:about|on|regarding|concerning|over|of|to|whether|if|why|how)"
_TOPIC = rf"{_FOR_COMMENT}(?:\s+{_ABOUT}(?:\s+(?P<topic>.+))?)?"  # exact words, which are taken out, may be all there is of a topic
_NAME = rf"(?!(?:who|what|when|why|how|quotes?|attitudes?|digests?|alerts?)\b)(?P<speaker>\S+(?:\s+\S+){{0,{LONGEST_NAME - 1}}}?)"
_WHO = (
    r"(?:(?:whether|if)\s+)?(?:(?:list|names?)\s+of\s+)?"
    r"(?:who(?:ever)?|(?:everyone|everybody|anyone|anybody|someone|somebody|people|those|all)(?:\s+(?:who|that))?)"
    r"(?:['’]s|\s+(?:all|else|has|have|had|is|are|was|were|did|ever|also|just|reportedly|simply))*"
)
_DID = r"(?:did|does|do|has|have|had|was|were|is|are|could|would|will)"
# Behind "did X" the verb stands as in "X did".
_BEHIND_DID = (
    rf"(?:{_DECLINED}|{_NONE_GIVEN}|not{_HOW}\s+comment(?:ed)?|(?P<silent>(?:not{_HOW}\s+{_SILENT_VERB}|(?:fail(?:ed)?\s+to|never|ignored?|give\s+no)"
    rf"{_HOW}\s+(?:{_SILENT_VERB}|response|reply|answer|requests?|calls?|questions?)){_ASKED_FOR})"
    r"|(?P<away>not\s+(?:be\s+)?(?:reached|reachable|available)|unavailable|unreachable))"
)

_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        rf"{_WHO}\s+{_REFUSED}{_TOPIC}",
        rf"{_WHO}\s+(?:declined|refused)",
        rf"{_DID}(?:n['’]?t)?\s+(?P<speaker>.+?)\s+(?:ever\s+)?{_BEHIND_DID}{_TOPIC}",
        rf"(?:refusals?\s+to\s+comment|no\s+comments?)(?:\s+(?:by|from|of)\s+(?P<speaker>.+?))?(?:\s+{_ABOUT}\s+(?P<topic>.+))?",
        rf"(?:(?:which|what|whether|if)\s+)?{_NAME}\s+(?:has\s+|have\s+|had\s+|who\s+)*{_REFUSED}{_TOPIC}",
    )
)

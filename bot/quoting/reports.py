"""What a quote reports: that somebody said or wrote something, or what somebody thinks, wants or feels."""

import re
from enum import StrEnum

from bot.quoting import lexicon

_WORD = re.compile(r"[^\W\d_]+")
_INWARD = lexicon.words("believe wondered agreed welcomed reflected")
_SAYING = (lexicon.SPEECH | lexicon.ACTS) - _INWARD
_MORE = lexicon.words(
    "according statement ask write call accuse deny announce declare add explain reply admit argues reads testimony tweet post letter "
    "email respond claim claims comments remarks"
)
_SILENT = lexicon.words("declined declines declining refused refuses refusing nothing")


class Reports(StrEnum):
    """Speech includes writing; attitude is everything that need not have been uttered."""

    SPEECH = "speech"
    ATTITUDE = "attitude"


def reports(cue: str, *, in_quotation_marks: bool) -> Reports:
    """By the words of the cue. What stands in quotation marks was uttered, and so was what only a mark (`Bell: …`) introduces."""
    words = [word.lower() for word in _WORD.findall(cue)]
    if any(word in _SILENT for word in words):
        return Reports.ATTITUDE
    if in_quotation_marks or not words or any(word in _SAYING or word in _MORE for word in words):
        return Reports.SPEECH
    return Reports.ATTITUDE

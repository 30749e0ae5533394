"""How sure the extraction is of a quote, in words: the one place that holds the thresholds."""

from bot.replies import Sureness

SURE_FROM = 0.92
LIKELY_FROM = 0.5


def sureness(confidence: float) -> Sureness:
    """The word for a confidence in 0..1: sure from 0.92, likely from 0.5, unsure below."""
    if confidence >= SURE_FROM:
        return Sureness.SURE
    if confidence >= LIKELY_FROM:
        return Sureness.LIKELY
    return Sureness.UNSURE

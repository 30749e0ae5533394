"""Whether a quote reports speech, writing included, or what somebody thinks, wants or supports: by the words of its cue."""

import re

from bot.quoting import lexicon
from storage.records import Reports

_WORD = re.compile(r"[^\W\d_]+(?:['’]t)?")
# The lexicon has them, since the rules take them for the words that go with them; by themselves they say what is thought.
_INWARD = lexicon.words("believe wondered agreed welcomed reflected")
_VERBS = lexicon.words(
    "accuse add admit affirm allege allude announce answer apologise apologize appeal applaud argue ask assail assert assure attack "
    "blame blast boast brag call caution challenge chant chide cite claim comment compare complain concede conclude concur condemn "
    "confess confide confirm congratulate contend cry declare decry defend demand denounce deny depict deride describe detail disclose "
    "discuss dismiss dispute echo elaborate email emphasise emphasize estimate explain flag guarantee hail hint imply indicate inform "
    "insist instruct invoke joke label lambast lament laud liken list maintain mention mock note observe outline plead pledge point "
    "portray praise predict proclaim promise propose protest question quip quote rail rebuff rebut recall recite recommend recount "
    "refer reference reiterate remark remind repeat reject reply report respond retort retweet reveal ridicule say scoff shout slam "
    "snipe speak speculate state stipulate stress submit suggest talk tease tell testify thank threaten tout tweet underline underscore "
    "urge vent vow warn whisper write yell"
)
_MORE = lexicon.words(
    "swore sworn spoke spoken wrote written read reads reading ordered orders according reportedly allegedly statement statements "
    "testimony letter post accusation accusations allegation allegations assertion assertions complaint complaints criticism "
    "declaration suggestion suggestions"
)
_PHRASES = re.compile(
    r"\bma[dk]\w+ (?:it )?(?:\w+ )?clear\b|\bputs? it\b|\b(?:shot|fired|hit|lashed) (?:back|out)\b|\bwent on\b", re.IGNORECASE
)
# Before a word of saying: it was not said, or not yet.
_UNSAID = lexicon.words(
    "yet not never no cannot nothing nobody decline declined declines declining refuse refused refuses refusing fail failed fails avoid "
    "avoided avoids want wanted wants hope hoped hopes hoping plan planned plans planning intend intended intends expected unable "
    "unwilling"
)


def _forms(verb: str) -> frozenset[str]:
    """A regular verb with its endings, and some forms that no verb has."""
    stem, doubled, y = verb.removesuffix("e"), verb + verb[-1], verb.removesuffix("y")
    return frozenset({verb, f"{verb}s", f"{verb}es", f"{stem}ed", f"{stem}ing", f"{doubled}ed", f"{doubled}ing", f"{y}ies", f"{y}ied"})


_SAYING = (lexicon.SPEECH | lexicon.ACTS | _MORE).union(*map(_forms, _VERBS)) - _INWARD


def reports(cue: str, *, in_quotation_marks: bool) -> Reports:
    """By the words of the cue. What stands in quotation marks was uttered, and so was what only a mark (`Bell: …`) introduces."""
    words = [word.lower() for word in _WORD.findall(cue)]
    if in_quotation_marks or not words or _PHRASES.search(cue):
        return Reports.SPEECH
    said = next((place for place, word in enumerate(words) if word in _SAYING), None)
    if said is None or any(word in _UNSAID or word.endswith(("n't", "n’t")) for word in words[:said]) or "nothing" in words:
        return Reports.ATTITUDE
    return Reports.SPEECH

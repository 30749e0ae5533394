"""Titles and the roles that go with them: whom `the senator` may mean where the text says `Sen. Bell`."""

import re
from collections.abc import Iterable, Mapping

from bot.quoting import lexicon

_LAWMAKER = ("lawmaker", "legislator", "politician")
# The nouns by which somebody with a title may be meant later.
NOUNS_OF_TITLE: Mapping[str, tuple[str, ...]] = {
    "sen": ("senator", *_LAWMAKER),
    "senator": ("senator", *_LAWMAKER),
    "rep": ("representative", "congressman", "congresswoman", *_LAWMAKER),
    "representative": ("representative", "congressman", "congresswoman", *_LAWMAKER),
    "congressman": ("congressman", "representative", *_LAWMAKER),
    "congresswoman": ("congresswoman", "representative", *_LAWMAKER),
    "mp": ("mp", *_LAWMAKER),
    "td": ("td", *_LAWMAKER),
    "cllr": ("councillor", "politician"),
    "cr": ("councillor", "politician"),
    "clr": ("councillor", "politician"),
    "coun": ("councillor", "politician"),
    "councillor": ("councillor", "politician"),
    "gov": ("governor", "politician"),
    "governor": ("governor", "politician"),
    "president": ("president", "leader"),
    "premier": ("premier", "leader"),
    "taoiseach": ("taoiseach", "leader"),
    "mayor": ("mayor",),
    "chancellor": ("chancellor",),
    "minister": ("minister",),
    "secretary": ("secretary",),
    "judge": ("judge", "jurist"),
    "justice": ("justice", "judge", "jurist"),
    "gen": ("general", "commander"),
    "general": ("general", "commander"),
    "sheriff": ("sheriff",),
    "prof": ("professor", "academic", "scholar"),
    "professor": ("professor", "academic", "scholar"),
    "pope": ("pope", "pontiff"),
    "archbishop": ("archbishop", "prelate"),
    "bishop": ("bishop", "prelate"),
    "cardinal": ("cardinal", "prelate"),
    "detective": ("detective", "officer"),
    "inspector": ("inspector", "officer"),
    "superintendent": ("superintendent", "officer"),
    "constable": ("constable", "officer"),
    "sgt": ("sergeant", "officer"),
    "lt": ("lieutenant", "officer"),
    "capt": ("captain", "officer"),
}
# Who leads whose government: `the prime minister` where the text speaks of `Bell's government`.
HEADS: Mapping[str, tuple[str, ...]] = {
    "government": ("prime minister", "premier"),
    "cabinet": ("prime minister",),
    "administration": ("president",),
}
# Who does this is nobody's candidate.
PROFESSIONS = lexicon.words(
    "captain engineer doctor nurse teacher spokesman spokeswoman spokesperson lawyer attorney strategist manager director chairman "
    "chairwoman chair pollster professor analyst economist reporter journalist editor columnist anchor host moderator correspondent "
    "consultant adviser advisor aide operative"
)
_OFFICES = {noun for nouns in NOUNS_OF_TITLE.values() for noun in nouns} | PROFESSIONS | {"ambassador", "commissioner"}
# What anybody may be besides an office: a writer's other words for whoever is in mind.
OPEN_ROLES = lexicon.words(
    "nominee candidate front-runner frontrunner contender hopeful billionaire mogul businessman businesswoman magnate tycoon "
    "developer star celebrity veteran incumbent challenger politician populist independent conservative socialist republican democrat "
    "liberal libertarian tory impostor rival native democrat author icon firebrand newcomer outsider victor winner loser "
    "standard-bearer octogenarian septuagenarian mother father widow grandmother grandfather suspect accused defendant plaintiff"
)
CAMPAIGNERS = lexicon.words(
    "nominee candidate front-runner frontrunner contender hopeful incumbent challenger politician standard-bearer victor winner loser"
)
# Offices of which the reader of the news knows who holds them: an article may use them for somebody it gives no office.
PUBLIC_OFFICES = lexicon.words(
    "senator representative congressman congresswoman lawmaker legislator mp td councillor governor president premier taoiseach mayor "
    "chancellor minister secretary"
)
# Trades for which people are known: an article about one of them may use the word without a word of introduction.
EPITHETS = lexicon.words(
    "striker goalkeeper midfielder defender winger forward batsman bowler jockey footballer cricketer boxer golfer athlete swimmer runner "
    "singer actor actress novelist poet painter musician rapper comedian sculptor composer playwright pensioner"
)
PAPERS = lexicon.words("paper newspaper tabloid daily publication broadsheet")
NEWSPAPERS = lexicon.words(
    "times post journal tribune herald telegraph guardian mirror observer chronicle gazette courier dispatch star record express "
    "globe sun independent news mail examiner inquirer sentinel bee daily"
)


_PARTIES = {
    **dict.fromkeys(("republican", "gop", "r"), "republican"),
    **dict.fromkeys(("democratic", "democrat", "d"), "democratic"),
    **dict.fromkeys(("labour",), "labour"),
    **dict.fromkeys(("conservative", "tory"), "conservative"),
}


def offices_of(told: Iterable[str]) -> set[str]:
    """The offices that somebody is said to hold."""
    words = (word.rstrip(".") for text in told for word in text.lower().split())
    return {noun for word in words for noun in NOUNS_OF_TITLE.get(word, (word,))} & _OFFICES


def party_of(told: Iterable[str]) -> str | None:
    """The party that somebody is said to be of, if it is one."""
    found = {_PARTIES[word] for text in told for word in re.split(r"[\s-]+", text.lower()) if word in _PARTIES}
    return found.pop() if len(found) == 1 else None

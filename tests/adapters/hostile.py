"""Replies as an article, a name or a person that means harm could make them, for properties of everything that is rendered."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from adapters.plain import chat_link
from bot.callers import Channel
from bot.replies import (
    Chart,
    Cited,
    DeliveryState,
    DeliveryView,
    Kept,
    Passage,
    Place,
    QuoteCard,
    QuoteKind,
    Reply,
    Reports,
    Section,
    SubscriptionKind,
    SubscriptionView,
    Sureness,
    Unit,
)

NASTY = (
    "@everyone",
    "@channel",
    "<!channel>",
    "<!here|here>",
    "<@U1>",
    "<#C1>",
    "<https://evil.example.org|text>",
    "https://evil.example.org",
    "*bold* _italic_ ~struck~ `code` ```block```",
    "> quoted",
    ":smile:",
    "&lt;!channel&gt; &amp;",
    "\u202egnp.exe\u2066",
    "zero\u200bwidth\ufeff",
    "\ud800",
    "\x00\x07\x1b[31m",
    "line\nbreak\r\u2028and\tmore",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "Z\u0300\u0301\u0302\u0303",
    "“Nested”",
    "الكلمات العربية",
    "words and more words ",
    "@everyone @here <@1> <@!2> <@&3> <#4>",
    "# heading",
    "\n## heading\n### heading\n-# small",
    "- item\n* item\n+ item\n1. first\n  22. second\n3) third",
    ">>> all of it",
    "**bold** __under__ ~~struck~~ ||spoiler|| ***all***",
    "`code` ``co`de`` ```py\nblock```",
    "[words](https://evil.example.org)",
    "x](https://evil.example.org)",
    "[[x](https://evil.example.org",
    "](<https://evil.example.org>)",
    "<https://evil.example.org> http://evil.example.org steam://run/1",
    "<t:1700000000:R> <:emoji:1> <a:emoji:1> <id:customize> </command:1>",
    "::wave:: :+1:",
    "\\*escaped\\* \\\\ \\",
    "¯\\_(ツ)_/¯",
    "12-year-old, 3.5 per cent at 08:00",
    "",
    " ",
)
# Short texts in which the marks of every chat stand close together.
WORDS = st.builds(
    "".join,
    st.lists(
        st.one_of(st.sampled_from(NASTY), st.text(st.characters(), max_size=8), st.sampled_from("\\*_~|`<>@#-+.:[]()/ \n1a")), max_size=8
    ),
)
_SNIPPETS = st.one_of(st.sampled_from(NASTY), st.text(st.characters(), max_size=20))
TEXTS = st.builds(
    lambda snippets, times: "".join(snippets) * times,
    st.lists(_SNIPPETS, max_size=4),
    st.sampled_from((1, 1, 1, 1, 2, 7, 60, 400)),
)
_KNOWN_MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001 - given a zone at once
_MOMENTS = st.none() | _KNOWN_MOMENTS
_LINKS = st.one_of(st.none(), TEXTS.filter(lambda text: chat_link(text) is None), TEXTS.map(lambda text: f"https://example.org/{text}"))
_PLACES = st.builds(Place, st.integers(1, 10**9), st.none() | TEXTS, st.none() | TEXTS, _MOMENTS, _LINKS)
CARDS = st.builds(
    QuoteCard,
    quote_id=st.integers(1, 10**18),
    speaker=st.none() | TEXTS,
    words=st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
    kind=st.sampled_from(QuoteKind),
    reports=st.sampled_from(Reports),
    place=_PLACES,
    confidence=st.floats(0, 1),
    sureness=st.sampled_from(Sureness),
    cue=TEXTS,
    corrected=st.booleans(),
    also=st.lists(_PLACES, max_size=2).map(tuple) | _PLACES.map(lambda place: (place,) * 40),
)
_LINES = st.lists(TEXTS, max_size=3).map(tuple)
SUBSCRIPTIONS = st.builds(
    SubscriptionView,
    number=st.integers(1, 10**18),
    what=TEXTS,
    schedule=TEXTS,
    time_zone=st.sampled_from(("Europe/London", "Asia/Kathmandu")),
    channel=st.sampled_from((Channel("slack", "T1", "C1"), Channel("slack", "T1", "D1"))),
    owner=st.just("U1"),
    paused=st.none() | TEXTS,
    following=st.lists(_KNOWN_MOMENTS, max_size=3).map(tuple),
    kind=st.sampled_from(SubscriptionKind),
    wishes=TEXTS,
    muted_until=_MOMENTS,
)
_DELIVERIES = st.builds(
    DeliveryView,
    number=st.integers(1, 10**18),
    subscription=st.integers(1, 10**18),
    what=TEXTS,
    channel=st.just(Channel("slack", "T1", "C1")),
    due_at=_KNOWN_MOMENTS,
    state=st.sampled_from(DeliveryState),
    sent_at=_MOMENTS,
    reason=TEXTS,
)
_BARS = st.lists(st.tuples(TEXTS, st.integers(0, 10**6)), max_size=3).map(tuple)
CHARTS = st.builds(Chart, TEXTS, _BARS, TEXTS, st.none() | st.sampled_from(Unit))
_QUOTES = st.lists(CARDS, max_size=4).map(tuple) | CARDS.map(lambda card: (card,) * 12)
_CITED = st.builds(
    Cited, TEXTS, st.booleans(), st.booleans(), _PLACES, st.lists(_PLACES, max_size=2).map(tuple) | _PLACES.map(lambda place: (place,) * 40)
)
_SECTIONS = st.builds(Section, TEXTS, TEXTS, _QUOTES, _LINES) | st.builds(
    Section, TEXTS, TEXTS, lines=_LINES, cited=st.lists(_CITED, min_size=1, max_size=4).map(tuple)
)
_KEPT = st.builds(
    Kept,
    answer_id=st.integers(1, 10**18),
    before=st.integers(0, 500),
    after=st.integers(0, 500),
    last=st.integers(1, 10**18),
    can_narrow=st.booleans(),
    since=st.none() | st.integers(1, 10**18),
)
REPLIES = st.builds(
    Reply,
    understood=TEXTS,
    sections=st.lists(_SECTIONS, max_size=2).map(tuple),
    notes=_LINES,
    suggestions=_LINES,
    kept=st.none() | _KEPT,
    undo=st.none() | st.integers(1, 10**18),
    subscriptions=st.lists(SUBSCRIPTIONS, max_size=2).map(tuple) | SUBSCRIPTIONS.map(lambda view: (view,) * 30),
    again=st.none() | TEXTS,
    chart=st.none() | CHARTS,
    deliveries=st.lists(_DELIVERIES, max_size=2).map(tuple) | _DELIVERIES.map(lambda view: (view,) * 12),
)


@st.composite
def _passages(draw: st.DrawFn) -> Passage:
    text = draw(TEXTS.filter(bool))
    places = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=4)))
    spans = tuple(zip(places[::2], places[1::2], strict=False))
    return Passage(draw(CARDS), text, spans, draw(st.booleans()), draw(st.booleans()))


PASSAGES = _passages()

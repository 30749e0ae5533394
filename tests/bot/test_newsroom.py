import io
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.callers import Caller, Channel
from bot.errors import Ambiguous, NotFound, NotUnderstood, VerbatimError
from bot.grammar.usage import KEYWORDS
from bot.replies import Reply, Section
from tests.fakes.engine import FakeEngine
from tests.newsrooms import ED, Room, article, cards_of, lines_of, page, words_of

MILL = article(
    'Ann Bell said: "They interfered with the ferry contract."',
    'Tom Cook said: "I never interfere, and I never will."',
    headline="Ferry row grows",
    published="2026-11-05T12:00:00Z",
)
OAR = article(
    'Tom Cook said: "The bridge is none of my business."',
    headline="Bridge to stay shut",
    outlet="The Oar",
    published="2026-11-02T12:00:00Z",
)
OLD = article('Ann Bell said: "We want a ferry on Sundays."', headline="A Sunday boat", number=3, published="2024-10-15T12:00:00Z")
# Asked at 12:00 on Friday 6 November 2026 (see FakeClock).


@pytest.fixture
async def asked(room: Room) -> Room:
    """A newsroom that has read three articles of two outlets."""
    await room.has_read(MILL, OAR, OLD)
    return room


INTERFERED, NEVER, BRIDGE, SUNDAYS = (
    "They interfered with the ferry contract.",
    "I never interfere, and I never will.",
    "The bridge is none of my business.",
    "We want a ferry on Sundays.",
)


async def test_a_question_in_plain_words_is_answered(asked: Room) -> None:
    for question, answer in [
        ("who said what about interference", {INTERFERED, NEVER}),
        ("who said what about interfering", {INTERFERED, NEVER}),
        ("who talked about the bridge?", {BRIDGE}),
        ("bridges", {BRIDGE}),
        ("what did Tom Cook say", {NEVER, BRIDGE}),
        ("what did Cook say about the bridge", {BRIDGE}),
        ("quotes by Ann Bell", {INTERFERED, SUNDAYS}),
        ("Ann Bell on Sundays", {SUNDAYS}),
        ("Cook", {NEVER, BRIDGE}),
        ("who said what in The Oar", {BRIDGE}),
        ("who said what about ferries since Monday", {INTERFERED, NEVER}),
        ("what did Ann Bell say in October 2024", {SUNDAYS}),
        ("what did Ann Bell say yesterday", {INTERFERED}),
        ("who said what before Tuesday", {BRIDGE, SUNDAYS}),
        ('who said "none of my business"', {BRIDGE}),
    ]:
        reply = await asked.newsroom.ask(question)
        assert set(words_of(reply)) == answer, question
        assert set(words_of(await asked.newsroom.handle(question, Caller(ED)))) == answer, question


async def test_options_restrict_a_question(asked: Room) -> None:
    for options, answer in [
        ({"outlet": "the oar"}, {BRIDGE}),
        ({"outlet": "Oar"}, {BRIDGE}),
        ({"since": "Monday"}, {NEVER, BRIDGE}),
        ({"since": "3 November"}, {NEVER}),
        ({"until": "Monday"}, {BRIDGE}),
        ({"since": "2026-11-01", "until": "3 days ago"}, {BRIDGE}),
        ({"direct_only": True}, {NEVER, BRIDGE}),
        ({"limit": 1}, {NEVER}),
    ]:
        assert set(words_of(await asked.newsroom.ask("what did Tom Cook say", **options))) == answer, options  # type: ignore[arg-type]


async def test_an_answer_says_how_it_was_read_and_where_the_words_stand(asked: Room) -> None:
    reply = await asked.newsroom.ask("what did Cook say about the bridge", outlet="The Oar", since="Monday")
    with pytest.raises(NotUnderstood, match=r"^No outlet is called The Ore\. Did you mean The Oar"):
        await asked.newsroom.ask("the bridge", outlet="The Ore")
    with pytest.raises(NotUnderstood, match=r"^No outlet is called Nowhere\. Known are "):
        await asked.newsroom.ask("the bridge", outlet="Nowhere")
    assert reply.understood == "Quotes about bridge by Tom Cook in The Oar, since 2 November 2026."
    (card,) = cards_of(reply)
    assert (card.place.outlet, card.place.headline) == ("The Oar", "Bridge to stay shut")
    assert card.place.link == "https://oar.example.org/1#:~:text=The%20bridge%20is%20none%20of%20my%20business."


async def test_more_quotes_than_are_shown_are_said_to_be_there(asked: Room) -> None:
    assert (await asked.newsroom.ask("what did Tom Cook say", limit=1)).notes == (
        "There are more than the 1 best: name a speaker, an outlet or a date to see fewer.",
    )
    assert (await asked.newsroom.ask("what did Tom Cook say", limit=2)).notes == ()


async def test_where_nothing_is_found_what_is_suggested_finds_something(asked: Room) -> None:
    for question in [
        "who said what about bridgge",
        "what did Anne Belle say",
        "what did Tom Cook say about the weather",
        "what did Ann Bell say about the bridge in The Oar",
        "who said what about the bridge in 2019",
    ]:
        reply = await asked.newsroom.ask(question)
        assert not reply.sections, question
        assert reply.notes[0].startswith("Nothing was found"), question
        assert reply.suggestions, question
        for suggestion in reply.suggestions:
            assert cards_of(await asked.newsroom.handle(suggestion, Caller(ED))), suggestion


async def test_what_nobody_was_quoted_on_is_not_suggested(asked: Room) -> None:
    await asked.read(article("Nobody said anything when the zeppelin landed.", headline="Zeppelin lands", number=7))
    assert (await asked.newsroom.ask("who said what about zeppelins")).suggestions == ()


async def test_an_empty_store_says_that_nothing_was_read(room: Room) -> None:
    reply = await room.newsroom.ask("who said what about interference")
    assert reply.notes == ("Nothing was found: no article with quotes has been read yet.",)
    assert (await room.newsroom.people(None)).notes == ("Nobody is quoted yet.",)
    assert (await room.newsroom.digest()) == Reply("Nothing was read since Thursday 12:00.")
    assert lines_of(await room.newsroom.status())[:2] == ["0 articles of 0 outlets", "0 quotes by 0 speakers"]


# --- show, people, digest, status --------------------------------------------------------------


async def test_an_article_is_shown_with_its_quotes_marked(asked: Room) -> None:
    for reference in ["1", "#1", "https://mill.example.org/1", "Ferry row grows", "ferry ROW"]:
        view = await asked.newsroom.show(reference)
        assert (view.article_id, view.version, view.versions, view.outlet, view.headline) == (1, 1, 1, "The Mill", "Ferry row grows"), (
            reference
        )
        assert [view.text[start:end] for quote in view.quotes for start, end in quote.content] == [INTERFERED, NEVER], reference
        assert [quote.speaker for quote in view.quotes] == ["Ann Bell", "Tom Cook"], reference


async def test_an_older_version_is_shown_as_its_text_and_says_where_the_quotes_are(asked: Room) -> None:
    sentence = 'Ann Bell said: "Not one of us was asked about the quay."'
    await asked.read({**MILL, "text": f"{MILL['text']}\n\n{sentence}"})
    await asked.read({**MILL, "text": MILL["text"].replace("They", "You")})
    gone = [quote for quote in await asked.quotes(include_gone=True) if quote.gone]
    newest, older, oldest = [await asked.newsroom.show("1", version=version) for version in (None, 2, 1)]
    assert gone, "the second version has a quote that the third does not have"
    assert (newest.version, newest.versions, len(newest.quotes), newest.notes) == (3, 3, 2, ())
    assert (await asked.newsroom.show("1", version=3)) == newest
    for version, view in ((2, older), (1, oldest)):
        assert (view.version, view.versions, view.quotes) == (version, 3, ())
        assert view.notes == ("Quotes are marked in the newest version only: show 1 without a version.",)
    assert sentence in older.text
    assert "They interfered" in oldest.text
    with pytest.raises(NotFound, match=r"^Article 1 has no version 4\. Its versions are 1 to 3\.$"):
        await asked.newsroom.show("1", version=4)


async def test_an_article_that_is_not_known_or_not_the_only_one_is_refused_with_what_to_give(asked: Room) -> None:
    with pytest.raises(
        NotFound, match=r"^There is no article 99\. Give its link or words of its headline; 'show' then tells its number\.$"
    ):
        await asked.newsroom.show("99")
    await asked.read({**OLD, "url": "https://mill.example.org/4"})
    with pytest.raises(Ambiguous, match=r"^2 articles fit a sunday boat\. Give a number: 4: A Sunday boat; 3: A Sunday boat\.$"):
        await asked.newsroom.show("a sunday boat")


async def test_an_article_that_is_not_given_is_asked_for(asked: Room) -> None:
    for attempt in (asked.newsroom.show(" "), asked.newsroom.remove("", author=ED)):
        with pytest.raises(NotFound, match=r"^The article is missing\. Give its number, its link, or words of its headline\.$"):
            await attempt


async def test_people_are_listed_with_what_they_are_called(asked: Room) -> None:
    assert (await asked.newsroom.people(None)).sections == (
        Section("Ann Bell", "#1, person, 2 quotes"),
        Section("Tom Cook", "#2, person, 2 quotes"),
    )
    assert [section.title for section in (await asked.newsroom.people("cook")).sections] == ["Tom Cook"]
    nobody = await asked.newsroom.people("nobody at all")
    assert (nobody.notes, nobody.suggestions) == (("There are none.",), ())


async def test_a_name_with_a_typing_error_is_answered_with_the_names_nearest_to_it(asked: Room) -> None:
    reply = await asked.newsroom.handle("people Ann Bel", Caller(ED))
    assert (reply.understood, reply.notes, reply.suggestions) == ("Speakers called Ann Bel.", ("There are none.",), ("people Ann Bell",))


async def test_who_is_not_listed_is_counted(asked: Room) -> None:
    surnames = [f"B{one}{other}s" for one in "aeiou" for other in "bdfghjk"]
    await asked.read(article(*(f'Kit {surname} said: "The tide is in."' for surname in surnames), number=8))
    everyone = await asked.newsroom.people(None)
    assert (len(everyone.sections), everyone.notes) == (30, ("And 7 more: people NAME finds one.",))
    of_one_name = await asked.newsroom.people("Kit")
    assert (len(of_one_name.sections), of_one_name.notes) == (30, ("And 5 more: a fuller name finds fewer.",))


async def test_the_number_of_a_quote_given_for_an_articles_leads_to_its_article(asked: Room) -> None:
    with pytest.raises(NotFound) as error:
        await asked.newsroom.handle("show #4", Caller(ED))
    assert str(error.value) == "There is no article 4; quote 4 is one of article 3. To see that: show 3."
    reply = await asked.newsroom.explained(error.value)
    assert reply.suggestions == ("show 3",)


async def test_a_digest_tells_what_was_read_in_the_last_day(asked: Room) -> None:
    assert set(words_of(await asked.newsroom.digest())) == {INTERFERED, NEVER, BRIDGE, SUNDAYS}
    asked.clock.forward(hours=23)
    await asked.read(article('Eve Dale said: "The boat was mended twice."', number=5))
    asked.clock.forward(hours=2)
    reply = await asked.newsroom.digest()
    assert reply.understood == "Digest of quotes read since Friday 13:00: 1 quote in “Headline 5”."
    assert set(words_of(reply)) == {"The boat was mended twice."}


async def test_a_digest_can_be_about_something(asked: Room) -> None:
    for about, understood, words in [
        ("bridges", "Digest of quotes about bridges, read since Thursday 12:00: 1 quote in “Bridge to stay shut”.", {BRIDGE}),
        (
            "ferries by Ann Bell",
            "Digest of quotes about ferries by Ann Bell, read since Thursday 12:00: 2 stories, 2 quotes, first “Ferry row grows”.",
            {INTERFERED, SUNDAYS},
        ),
        ("ferries by the river", "Nothing about ferries river was read since Thursday 12:00.", set()),
        (
            "business in The Oar",
            "Digest of quotes about business in The Oar, read since Thursday 12:00: 1 quote in “Bridge to stay shut”.",
            {BRIDGE},
        ),
    ]:
        reply = await asked.newsroom.digest(about=about)
        assert reply.understood == understood, about
        assert set(words_of(reply)) == words, about
        line = f"digest about {about}"
        assert await asked.newsroom.handle(line, Caller(ED)) == replace(reply, again=line), about


async def test_status_counts_what_is_stored_and_says_what_waits_for_another_engine(asked: Room) -> None:
    reply = await asked.newsroom.status(to_operator=True)
    assert lines_of(reply)[:3] == [
        "3 articles of 2 outlets",
        "4 quotes by 2 speakers",
        "Last read: A Sunday boat, 6 November 2026, 12:00",
    ]
    assert "Quotes found by: fake-1" in lines_of(reply)
    assert reply.notes == ()
    newer = asked.read_by(FakeEngine("fake-2"))
    assert (await newer.newsroom.status(to_operator=True)).notes == (
        "3 articles read by an older engine; 'verbatim reread' reads them again.",
    )


# --- chat --------------------------------------------------------------------------------------

IN_CHANNEL = Caller(ED, person="U1", channel=Channel("slack", "T1", "C1"))
BOAT = "https://mill.example.org/boat"
LINES: dict[str, tuple[str, Callable[[Reply], bool]]] = {
    "help": ("help", lambda reply: reply.understood == "What you can type."),
    "more": ("more", lambda reply: words_of(reply) == [BRIDGE]),
    "export": ("export json", lambda reply: reply.file is not None and reply.file.name == "quotes-by-tom-cook.json"),
    "show": ("show 2", lambda reply: words_of(reply) == [BRIDGE]),
    "quotes": ("quotes by Tom Cook since Monday", lambda reply: set(words_of(reply)) == {NEVER, BRIDGE}),
    "attitudes": ("attitudes by Tom Cook", lambda reply: reply.suggestions == ("what has Tom Cook said",)),
    "speaker": ("speaker Cook", lambda reply: lines_of(reply)[0].startswith("2 quotes: ")),
    "people": ("people Cook", lambda reply: [section.title for section in reply.sections] == ["Tom Cook"]),
    "merge": ("merge Cook into Ann Bell", lambda reply: reply.understood == "Tom Cook now counts as Ann Bell, with 3 quotes in all."),
    "split": ("split Cook articles 2 as Kit Cook", lambda reply: reply.understood.startswith("Tom Cook in article 2 is now Kit Cook (#")),
    "fix": ("fix 1 speaker Tom Cook", lambda reply: reply.understood == "Quote 1 is now by Tom Cook; it was by Ann Bell."),
    "undo": ("undo", lambda reply: reply.understood == "Undone: quote 4 is a quote again."),
    "corrections": ("corrections", lambda reply: lines_of(reply)[0].startswith("1: quote 4 is not a quote; corrected by Ed on")),
    "remove": ("remove 1", lambda reply: reply.understood == "Article 1, Ferry row grows, is taken down with 2 quotes."),
    "digest": ("digest about bridges", lambda reply: words_of(reply) == [BRIDGE]),
    "subscriptions": ("subscriptions", lambda reply: [one.what for one in reply.subscriptions] == ["about bridges"]),
    "change": ("change 1 to hourly", lambda reply: reply.understood.startswith("Changed: digest 1 is one about bridges hourly")),
    "watch": ("watch Tom Cook", lambda reply: reply.understood == "Set up: an alert of quotes by Tom Cook."),
    "preview": ("preview 1", lambda reply: words_of(reply) == [BRIDGE]),
    "send": ("send 1", lambda reply: reply.understood == "Digest 1 is on its way."),
    "mute": ("mute 1", lambda reply: reply.understood == "Digest 1 is muted for a day."),
    "unmute": ("unmute 1", lambda reply: reply.understood == "Digest 1 is not muted."),
    "log": ("log", lambda reply: reply.notes == ("Nothing yet.",)),
    "pause": ("pause 1", lambda reply: reply.understood == "Digest 1 is paused."),
    "resume": ("resume 1", lambda reply: reply.understood == "Digest 1 is not paused."),
    "unsubscribe": ("unsubscribe 1", lambda reply: reply.understood.startswith("Ended: the digest about bridges daily at 08:00")),
    "add": (f"add {BOAT}", lambda reply: reply.understood == "Added as article 4: The boat is back, with 1 quote."),
    "feeds": ("feeds", lambda reply: reply.notes[0] == "None is read yet."),
    "status": ("status", lambda reply: lines_of(reply)[0] == "3 articles of 2 outlets"),
    "time zone": ("time zone", lambda reply: "Europe/London" in reply.understood),
}


def test_every_keyword_of_the_chat_is_tried_here() -> None:
    assert LINES.keys() == set(KEYWORDS)


@pytest.mark.parametrize("keyword", LINES)
async def test_every_command_works_by_text(asked: Room, keyword: str) -> None:
    asked.fetcher.pages[BOAT] = page("The boat is back", 'Ann Bell said: "The boat was mended twice."')
    await asked.newsroom.handle("fix 4 not a quote", IN_CHANNEL)
    await asked.newsroom.handle("digest daily at 8 about bridges", IN_CHANNEL)
    await asked.newsroom.handle("quotes by Tom Cook", IN_CHANNEL, page=1)
    line, is_right = LINES[keyword]
    reply = await asked.newsroom.handle(line, IN_CHANNEL)
    assert is_right(reply), reply


@pytest.mark.parametrize(
    ("line", "again"),
    [
        ("digest", True),
        ("people", True),
        ("status", True),
        ("help", False),
        ("corrections", False),
        ("subscriptions", False),
        ("thanks", False),
    ],
)
async def test_what_can_be_asked_again_without_changing_anything_says_how(asked: Room, line: str, again: bool) -> None:
    assert (await asked.newsroom.handle(line, IN_CHANNEL)).again == (line if again else None)


async def test_whoever_types_a_correction_is_its_author(asked: Room) -> None:
    await asked.newsroom.handle("fix 1 speaker Tom Cook", Caller("Ada Quill"))
    assert "corrected by Ada Quill on" in lines_of(await asked.newsroom.corrections())[0]


# --- whatever is typed -------------------------------------------------------------------------

AWKWARD = (
    *(
        "don't",
        "don’t",
        "no-deal",
        "who said:",
        '"x',
        'x"',
        "AND",
        "NEAR(",
        "NEAR(a b)",
        "*",
        "a*",
        "col:",
        "words:ferry",
        "^a",
        "🦆",
        "",
        " ",
    ),
    *("a " * 5000, "a" * 10_000, "\x00", "\ud800", "'; DROP TABLE quotes; --", "%", "_", "\\", "{a b}", "a & !b", "a <-> b", "()"),
)


async def test_whatever_is_asked_is_answered_or_refused_with_a_sentence(asked: Room) -> None:
    for text in AWKWARD:
        for question in (text, f"who said what about {text}", f"what did {text} say", f'who said "{text}"'):
            await answered(asked.newsroom.ask, question)
        for line in (text, f"show {text}", f"people {text}"):
            await answered(lambda typed: asked.newsroom.handle(typed, Caller(ED)), line)
        await answered(lambda given: asked.newsroom.ask("who said what", outlet=given), text)
        await answered(lambda given: asked.newsroom.ask("who said what", since=given), text)
        await answered(lambda given: asked.newsroom.digest(about=given), text)
        await answered(asked.newsroom.people, text)
        await answered(lambda given: asked.newsroom.fix(1, given, author=ED), text)
        await answered(lambda given: asked.newsroom.merge(given, "Ann Bell", author=ED), text)
        await answered(lambda given: asked.newsroom.split("Tom Cook", [2], given, author=ED), text)
        await answered(lambda given: asked.newsroom.remove(given, author=ED), text)


async def answered(ask: Callable[[str], Awaitable[Reply]], text: str) -> None:
    """See that there is a reply, or an error with a sentence that is not endless."""
    try:
        assert isinstance(await ask(text), Reply), text
    except VerbatimError as error:
        assert 0 < len(error.what) < 300, text  # noqa: PT017 - either is right


async def test_apostrophes_of_either_kind_find_the_words(room: Room) -> None:
    await room.read(article('Ann Bell said: "We don’t want a no-deal ferry."'))
    for question in ("don't", "who said what about no-deal", "who said what about don’t want"):
        assert len(words_of(await room.newsroom.ask(question))) == 1


async def test_a_question_of_ten_thousand_characters_is_refused_with_what_works(asked: Room) -> None:
    with pytest.raises(NotUnderstood, match="The question has 10,000 characters"):
        await asked.newsroom.ask("who said what about interference ".ljust(10_000, "x"))


PIECES = (
    *KEYWORDS,
    *(
        "who",
        "said",
        "what",
        "about",
        "Cook",
        "Ann",
        "since",
        "Monday",
        "in",
        "The",
        "Oar",
        "by",
        "speaker",
        "not",
        "a",
        "quote",
        "articles",
    ),
    *("daily", "at", "8", "every", "everything", "to", "Tokyo", "https://mill.example.org/boat"),
    *("1", "99", "#2", "as", "into", "2024", "between", "and", "last", "week", '"', "“", "’s", ",", "http://x", "\u202e"),
)
typed = st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(typed, min_size=1, max_size=6))
async def test_no_line_of_chat_and_no_question_ends_in_anything_but_a_reply_or_a_sentence(asked: Room, lines: list[str]) -> None:
    for line in lines:
        await answered(lambda text: asked.newsroom.handle(text, IN_CHANNEL, page=2), line)
        await answered(asked.newsroom.ask, line)


async def test_standard_input_that_is_not_there_is_said_to_be_missing(room: Room) -> None:
    (found,) = await room.ingest("-")
    assert found.reason is not None
    assert found.reason.startswith("There is no standard input here.")
    assert (await room.ingest("-", stdin=io.BytesIO(b"")))[0].reason is not None

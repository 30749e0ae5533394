"""Each storage function with the database locked by another: it waits, says so, changes nothing, and works afterwards."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import asdict, replace

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from storage import (
    aliases,
    answers,
    articles,
    bookmarks,
    completing,
    corrections,
    deliveries,
    embeddings,
    events,
    feed_entries,
    feeds,
    full_text,
    homes,
    hosts,
    names_near,
    passages,
    profiles,
    quotes,
    refusal_index,
    refusals,
    removals,
    search,
    speakers,
    statements,
    stories,
    subscriptions,
    texts,
    ticks,
    unquoted,
    voices,
    watched,
)
from storage.database import Database
from storage.errors import DatabaseBusy, DatabaseReadOnly
from storage.full_text import Entry
from storage.hosts import Quiet
from storage.records import (
    AliasKind,
    CorrectionKind,
    DeliveryState,
    Effective,
    EntryKeys,
    EntryState,
    KeptAnswer,
    Look,
    NewAlias,
    NewArticle,
    NewRefusal,
    Outcome,
    QuoteFilter,
    RefusalFilter,
    RefusalKind,
    Reports,
    SpeakerKind,
    StoredDelivery,
    Stretch,
)
from storage.records.bookmarks import Bookmark
from storage.records.embeddings import QuoteVector, TextVectors
from storage.refusal_index import RefusalEntry
from storage.schema import Base, FeedEntry
from tests.databases import BUSY_SECONDS
from tests.storage.sample import DAY, NOON, Stored, person, said, store
from tests.storage.test_deliveries import due
from tests.storage.test_feed_entries import KEPT_STORM, STORM
from tests.storage.test_feeds import KEPT_TIDES, TIDES
from tests.storage.test_subscriptions import FERRIES

TEXT = "We row on, said Ada Quill. All of us. And on."
ADA = person("Ada Quill")
URL = "https://ferry.example.org/1"

FRENCH = NewArticle("file:french", "Le pont est fermé.", language="fr")
TOLD_TOO, TOLD_LATER = 3, 4  # the numbers of articles in a filled store
RUNNING, PAUSED = 1, 2  # the numbers of the subscriptions in a filled store
POSTED = 2
ROWING = KeptAnswer(1, "rowing", NOON, "UTC", False, ())
BEING_SENT = StoredDelivery(
    **asdict(due(RUNNING)),
    id=POSTED,
    state=DeliveryState.CLAIMED,
    claimed_by="one",
    lease_until=NOON + DAY,
    try_at=NOON,
    begun_at=None,
    tries=1,
    sent_at=None,
    message_ref=None,
    reason=None,
    blind_since=None,
    mark=None,
    closed_at=None,
)

DUE_FEED, PAUSED_FEED, CLAIMED_FEED = 1, 2, 3
WAITING_ENTRY, CLAIMED_ENTRY, LOST_ENTRY = 1, 2, 3
LOOKED_AT = replace(KEPT_TIDES, id=CLAIMED_FEED, claimed_by="one", lease_until=NOON + DAY)
BEING_READ = replace(KEPT_STORM, id=CLAIMED_ENTRY, claimed_by="one", lease_until=NOON + DAY)

LEFT_ALONE = Quiet("quiet.example.org", NOON + DAY, for_all=True)

REFUSED = NewRefusal((0, 10), (0, 2), begins=True, ends=True, kind=RefusalKind.DECLINED, context=(0, len(TEXT)))
READ = Bookmark("file:archive", "as it is", 7, "line 7")
HALF_READ = replace(READ, done=9)
NOWHERE = TextVectors(bytes(4), (QuoteVector(0, 0, bytes(4)),))
FULL_TEXT = {"quote_index": ["rowid", "words", "context", "headline"], "refusal_index": ["rowid", "who", "around"]}
TABLES = (
    {name: list(table.columns.keys()) for name, table in Base.metadata.tables.items()} | FULL_TEXT | {"article_index": ["rowid", "words"]}
)
ALL_OF_A_REFUSAL = RefusalFilter(words=("row",), called=("we",), speaker_ids=(1,), outlets=("The Mill",), up_to_version=9)

Call = Callable[[AsyncSession, Stored], Awaitable[object]]

WRITING: dict[str, Call] = {
    "articles.save": lambda session, _: articles.save(session, NewArticle("file:new", "New."), at=NOON),
    "articles.set_engine": lambda session, stored: articles.set_engine(session, stored.version_id, "rules 2"),
    "removals.remove": lambda session, stored: removals.remove(session, stored.article_id, author="ed", at=NOON),
    "removals.allow_again": lambda session, _: removals.allow_again(session, "file:removed"),
    "quotes.replace": lambda session, stored: quotes.replace(session, stored.version_id, [said(TEXT, "And on")], stored.speakers, {}),
    "quotes.add": lambda session, stored: quotes.add(session, stored.version_id, [said(TEXT, "And on")], stored.speakers),
    "quotes.let_go": lambda session, stored: quotes.let_go(session, stored.quotes),
    "quotes.set_effective": lambda session, stored: quotes.set_effective(session, [Effective(stored.quotes[0], None, True, True)]),
    "refusals.replace": lambda session, stored: refusals.replace(session, stored.version_id, [REFUSED]),
    "refusals.wait_no_longer": lambda session, stored: refusals.wait_no_longer(session, [stored.version_id]),
    "refusals.drop": lambda session, stored: refusals.drop(session, stored.article_id),
    "refusal_index.index": lambda session, _: refusal_index.index(session, [RefusalEntry(2, "other", "words")]),
    "refusal_index.unindex": lambda session, _: refusal_index.unindex(session, [1]),
    "aliases.save": lambda session, stored: speakers.save(session, person("Bo Lund"), article_id=stored.article_id),
    "aliases.save_all": lambda session, stored: speakers.save_all(
        session, [person("Bo Lund")], article_id=stored.article_id, version_id=stored.version_id
    ),
    "aliases.create": lambda session, _: speakers.create(session, "Bo Lund", SpeakerKind.PERSON),
    "aliases.record_aliases": lambda session, stored: speakers.record_aliases(
        session, stored.speakers[0], stored.version_id, [NewAlias("Quill", AliasKind.NAME)]
    ),
    "speakers.set_merged": lambda session, stored: speakers.set_merged(session, {stored.speakers[0]: stored.speakers[0] + 1}),
    "speakers.delete_orphans": lambda session, _: speakers.delete_orphans(session),
    "aliases.refresh_words": lambda session, stored: speakers.refresh_words(session, stored.speakers),
    "statements.assign": lambda session, stored: statements.assign(session, [(stored.quotes[0], stored.quotes[1])]),
    "statements.drop_single": lambda session, _: statements.drop_single(session, [99]),
    "stories.keep": lambda session, stored: stories.keep(session, stored.article_id, [7]),
    "stories.tell": lambda session, stored: stories.tell(session, [stored.article_id, TOLD_TOO]),
    "unquoted.keep": lambda session, stored: unquoted.keep(session, stored.article_id, FRENCH),
    "unquoted.drop": lambda session, _: unquoted.drop(session, TOLD_LATER),
    "stories.leave": lambda session, _: stories.leave(session, TOLD_LATER),
    "corrections.add": lambda session, stored: corrections.add(
        session, CorrectionKind.NOT_A_QUOTE, author="ed", at=NOON, quote_id=stored.quotes[0]
    ),
    "corrections.undo": lambda session, _: corrections.undo(session, 1, "ed", NOON),
    "answers.add": lambda session, stored: answers.add(
        session, request="rowing", asked_at=NOON, time_zone="UTC", direct_only=False, found=stored.quotes
    ),
    "answers.extend": lambda session, stored: answers.extend(session, ROWING, stored.quotes, shown=1, more=False),
    "answers.reach": lambda session, stored: answers.reach(session, 1, stored.quotes[0]),
    "bookmarks.keep": lambda session, _: bookmarks.keep(session, HALF_READ),
    "bookmarks.forget": lambda session, _: bookmarks.forget(session, READ.path),
    "deliveries.begin": lambda session, _: deliveries.begin(session, [POSTED], now=NOON, lease_until=NOON),
    "deliveries.claim": lambda session, _: deliveries.claim(session, [FERRIES.platform], "two", now=NOON, lease_until=NOON, limit=9),
    "deliveries.close_unserved": lambda session, _: deliveries.close_unserved(session, NOON + 9 * DAY, NOON, "Nobody was there."),
    "deliveries.forget": lambda session, _: deliveries.forget(session, NOON + DAY),
    "deliveries.hold": lambda session, _: deliveries.hold(session, (FERRIES.platform, FERRIES.workspace, FERRIES.channel), NOON + DAY),
    "deliveries.open_all": lambda session, _: deliveries.open_all(session, [due(RUNNING, NOON + DAY)], NOON),
    "deliveries.put_forward": lambda session, _: deliveries.put_forward(session, {RUNNING: NOON}),
    "deliveries.record": lambda session, _: deliveries.record(session, [Outcome(replace(BEING_SENT, state=DeliveryState.FAILED))]),
    "deliveries.release": lambda session, _: deliveries.release(session, "one", NOON, but=()),
    "embeddings.save": lambda session, stored: embeddings.save(session, stored.version_id, stored.quotes[1:2], NOWHERE, model="other"),
    "events.first_time": lambda session, _: events.first_time(session, "slack:Ev1", NOON),
    "events.remember_answer": lambda session, _: events.remember_answer(session, "slack:Ev0", "C1 17"),
    "homes.set_time_zone": lambda session, _: homes.set_time_zone(session, "slack", "T1", time_zone="Asia/Tokyo"),
    "ticks.forget": lambda session, _: ticks.forget(session, NOON + DAY),
    "ticks.note": lambda session, _: ticks.note(session, "one", NOON + DAY),
    "subscriptions.add": lambda session, _: subscriptions.add(session, FERRIES, NOON),
    "subscriptions.change": lambda session, _: subscriptions.change(session, RUNNING, replace(FERRIES, topic="tides")),
    "subscriptions.delete": lambda session, _: subscriptions.delete(session, RUNNING),
    "subscriptions.pause": lambda session, _: subscriptions.pause(session, RUNNING, NOON, "on leave"),
    "subscriptions.pause_all": lambda session, _: subscriptions.pause_all(
        session, FERRIES.platform, FERRIES.workspace, channel=None, at=NOON, reason="removed"
    ),
    "subscriptions.resume": lambda session, _: subscriptions.resume(session, PAUSED),
    "subscriptions.mute": lambda session, _: subscriptions.mute(session, RUNNING, NOON),
    "watched.pass_over": lambda session, _: watched.pass_over(session, [RUNNING], 2, NOON),
    "feeds.add": lambda session, _: feeds.add(session, replace(TIDES, address="https://new.example.org/feed"), NOON),
    "feeds.add_all": lambda session, _: feeds.add_all(session, [replace(TIDES, address="https://new.example.org/feed")], NOON),
    "feeds.check_at": lambda session, _: feeds.check_at(session, DUE_FEED, NOON + DAY),
    "feeds.change": lambda session, _: feeds.change(session, DUE_FEED, replace(TIDES, outlet="The Mill")),
    "feeds.checked": lambda session, _: feeds.checked(session, LOOKED_AT, Look(NOON, NOON + DAY)),
    "feeds.claim": lambda session, _: feeds.claim(session, "two", now=NOON, lease_until=NOON + DAY, limit=9),
    "feeds.delete": lambda session, _: feeds.delete(session, DUE_FEED),
    "feeds.move": lambda session, _: feeds.move(session, DUE_FEED, "https://moved.example.org/feed"),
    "feeds.pause": lambda session, _: feeds.pause(session, DUE_FEED, NOON, "on leave"),
    "feeds.resume": lambda session, _: feeds.resume(session, PAUSED_FEED, next_check=NOON),
    "feed_entries.claim_entries": lambda session, _: feed_entries.claim_entries(session, "two", now=NOON, lease_until=NOON + DAY, limit=9),
    "feed_entries.entry_failed": lambda session, _: feed_entries.entry_failed(session, BEING_READ, "HTTP 500", NOON + DAY),
    "feed_entries.entry_passed_over": lambda session, _: feed_entries.entry_passed_over(session, BEING_READ, "no article"),
    "feed_entries.entry_read": lambda session, stored: feed_entries.entry_read(session, BEING_READ, stored.article_id),
    "feeds.give_back": lambda session, _: feeds.give_back(session, [replace(LOOKED_AT, begun=1)]),
    "hosts.forget": lambda session, _: hosts.forget(session, NOON + DAY),
    "hosts.keep": lambda session, _: hosts.keep(session, [Quiet("mill.example.org", NOON + DAY, for_all=False), LEFT_ALONE], "two"),
    "hosts.visit": lambda session, _: hosts.visit(session, "free.example.org", "two", now=NOON, until=NOON + DAY),
    "feed_entries.give_back": lambda session, _: feed_entries.give_back(session, [BEING_READ]),
    "feed_entries.forget": lambda session, _: feed_entries.forget(session, NOON, 9),
    "feed_entries.see": lambda session, _: feed_entries.see(
        session, DUE_FEED, new=[STORM], known=[LOST_ENTRY], changed={WAITING_ENTRY: STORM}, at=NOON
    ),
    "full_text.add": lambda session, stored: full_text.add(session, [Entry(stored.quotes[2], "other", "words", "here")]),
    "full_text.drop": lambda session, stored: full_text.drop(session, stored.quotes),
}

READING: dict[str, Call] = {
    "articles.all_ids": lambda session, _: articles.all_ids(session),
    "articles.counts": lambda session, _: articles.counts(session),
    "articles.find": lambda session, _: articles.find(session, "ferry"),
    "articles.get": lambda session, stored: articles.get(session, stored.article_id),
    "articles.headlines": lambda session, _: articles.headlines(session, 5),
    "articles.is_known": lambda session, _: articles.is_known(session, NewArticle(URL, TEXT)),
    "articles.newest": lambda session, _: articles.newest(session, 5),
    "articles.outlets_most_read": lambda session, _: articles.outlets_most_read(session),
    "articles.outlets": lambda session, _: articles.outlets(session),
    "articles.read_by_other_engine": lambda session, _: articles.read_by_other_engine(session, "rules 2"),
    "removals.removal": lambda session, _: removals.removal(session, "file:removed"),
    "quotes.base": lambda session, stored: quotes.base(session, quote_ids=stored.quotes),
    "quotes.newest_before": lambda session, _: quotes.newest_before(session, NOON),
    "quotes.newest_words": lambda session, _: quotes.newest_words(session, 5),
    "quotes.get": lambda session, stored: quotes.get(session, stored.quotes[0]),
    "quotes.of_article": lambda session, stored: quotes.of_article(session, stored.article_id),
    "quotes.of_versions": lambda session, stored: quotes.of_versions(session, [stored.version_id]),
    "aliases.of_version": lambda session, stored: aliases.of_version(session, stored.version_id, [SpeakerKind.PERSON]),
    "refusals.articles_with_any": lambda session, stored: refusals.articles_with_any(session, [stored.article_id]),
    "refusals.count_waiting": lambda session, _: refusals.count_waiting(session),
    "refusals.find": lambda session, _: refusals.find(session, ALL_OF_A_REFUSAL),
    "refusals.many": lambda session, stored: refusals.many(session, [stored.article_id, 99]),
    "refusals.newest": lambda session, _: refusals.newest(session),
    "refusals.waiting": lambda session, _: refusals.waiting(session, 9),
    "refusals.waiting_of": lambda session, stored: refusals.waiting_of(session, [stored.article_id]),
    "speakers.by_keys": lambda session, _: speakers.by_keys(session, ["ada quill"]),
    "speakers.descriptions": lambda session, _: speakers.descriptions(session, ["ada quill"]),
    "speakers.find": lambda session, _: speakers.find(session, ["quill"]),
    "speakers.get": lambda session, stored: speakers.get(session, stored.speakers[0]),
    "speakers.many": lambda session, stored: speakers.many(session, stored.speakers),
    "speakers.most_quoted": lambda session, _: speakers.most_quoted(session, 5),
    "completing.speakers_beginning": lambda session, _: completing.speakers_beginning(session, "qu", 5),
    "speakers.names": lambda session, _: speakers.names(session, 5),
    "speakers.of_article": lambda session, stored: speakers.of_article(session, stored.article_id),
    "speakers.quoted": lambda session, _: speakers.quoted(session),
    "speakers.speakers_of": lambda session, stored: speakers.speakers_of(session, stored.article_id),
    "statements.neighbours": lambda session, stored: statements.neighbours(session, stored.speakers, NOON - DAY, NOON + DAY),
    "statements.quotes_of": lambda session, _: statements.quotes_of(session, [1]),
    "statements.reach": lambda session, stored: statements.reach(session, stored.quotes),
    "statements.together": lambda session, stored: statements.together(session, stored.quotes),
    "stories.first_outlets": lambda session, stored: stories.first_outlets(session, [stored.article_id]),
    "stories.count_waiting": lambda session, _: stories.count_waiting(session),
    "stories.sharing": lambda session, stored: stories.sharing(session, stored.article_id, [5]),
    "stories.tellings": lambda session, stored: stories.tellings(session, [stored.article_id]),
    "stories.waiting": lambda session, _: stories.waiting(session, 9),
    "corrections.active": lambda session, _: corrections.active(session),
    "corrections.get": lambda session, _: corrections.get(session, 1),
    "corrections.newest": lambda session, _: corrections.newest(session, 5),
    "answers.get": lambda session, _: answers.get(session, 1),
    "answers.newest_of": lambda session, _: answers.newest_of(session, "somebody"),
    "deliveries.due": lambda session, _: deliveries.due(session, [FERRIES.platform], NOON, 9),
    "deliveries.get": lambda session, _: deliveries.get(session, POSTED),
    "deliveries.is_busy": lambda session, _: deliveries.is_busy(session, RUNNING),
    "deliveries.newest": lambda session, _: deliveries.newest(session, subscription_id=RUNNING, channel=None, limit=9),
    "deliveries.last_ended": lambda session, _: deliveries.last_ended(session, RUNNING, 3),
    "deliveries.newest_quote": lambda session, _: deliveries.newest_quote(session),
    "deliveries.still_claimed": lambda session, _: deliveries.still_claimed(session, [BEING_SENT]),
    "ticks.latest": lambda session, _: ticks.latest(session),
    "ticks.figures": lambda session, _: ticks.figures(session, NOON),
    "embeddings.candidates": lambda session, stored: embeddings.candidates(session, stored.quotes),
    "embeddings.candidates_in": lambda session, stored: embeddings.candidates_in(session, [stored.version_id], QuoteFilter(kinds=())),
    "embeddings.near": lambda session, _: embeddings.near(session, [QuoteFilter(words=("row",), reports=Reports.SPEECH)], (0, 1), 9),
    "embeddings.count_waiting": lambda session, _: embeddings.count_waiting(session, model="other"),
    "embeddings.paragraphs": lambda session, stored: embeddings.paragraphs(session, [stored.version_id]),
    "embeddings.waiting": lambda session, _: embeddings.waiting(session, model="other", before=99, limit=9),
    "events.known": lambda session, _: events.known(session, ["slack:Ev0"]),
    "events.answer_to": lambda session, _: events.answer_to(session, "slack:Ev0"),
    "feeds.due": lambda session, _: feeds.due(session, NOON, 9),
    "feeds.every": lambda session, _: feeds.every(session, after=DUE_FEED),
    "feeds.every_failing": lambda session, _: feeds.every_failing(session, after=DUE_FEED),
    "feeds.every_paused": lambda session, _: feeds.every_paused(session, after=DUE_FEED),
    "feeds.failed_and_paused": lambda session, _: feeds.failed_and_paused(session, since=NOON, limit=9),
    "feeds.known": lambda session, _: feeds.known(session, [TIDES.address]),
    "feeds.failing": lambda session, _: feeds.failing(session, 9),
    "feeds.figures": lambda session, _: feeds.figures(session, NOON),
    "feeds.find": lambda session, _: feeds.find(session, TIDES.address),
    "feeds.get": lambda session, _: feeds.get(session, DUE_FEED),
    "feeds.newest": lambda session, _: feeds.newest(session, 9),
    "feed_entries.known_entries": lambda session, _: feed_entries.known_entries(
        session, DUE_FEED, EntryKeys(*(frozenset({letter * 64, "0" * 64}) for letter in "abc"))
    ),
    "feed_entries.failed": lambda session, _: feed_entries.failed(session, DUE_FEED, 9),
    "feed_entries.tally": lambda session, _: feed_entries.tally(session, DUE_FEED),
    "feed_entries.moments": lambda session, _: feed_entries.moments(session, DUE_FEED, 9),
    "feed_entries.waiting": lambda session, _: feed_entries.waiting(session, NOON, 9),
    "bookmarks.done": lambda session, _: bookmarks.done(session, READ.path, READ.content),
    "bookmarks.is_last": lambda session, _: bookmarks.is_last(session, READ.path, READ.last),
    "homes.time_zone": lambda session, _: homes.time_zone(session, "slack", "T1"),
    "hosts.quiet": lambda session, _: hosts.quiet(session, LEFT_ALONE.host, "two", NOON),
    "hosts.oldest_of_each": lambda session, _: hosts.oldest_of_each(
        session, FeedEntry, FeedEntry.next_try, "two", NOON, indexed=FeedEntry.next_try.is_not(None), wanted=FeedEntry.tries == 0, busy=()
    ),
    "names_near.is_written": lambda session, _: names_near.is_written(session, "row"),
    "names_near.words_like": lambda session, _: names_near.words_like(session, "qulil", longer_or_shorter=1),
    "passages.around": lambda session, stored: passages.around(session, stored.quotes[0]),
    "profiles.called": lambda session, stored: profiles.called(session, stored.speakers[0], 5),
    "profiles.carried": lambda session, stored: profiles.carried(session, stored.speakers[0]),
    "profiles.counted_in": lambda session, stored: profiles.counted_in(session, stored.speakers[0], [Stretch(NOON - DAY, NOON + DAY)]),
    "profiles.first_and_last": lambda session, stored: profiles.first_and_last(session, stored.speakers[0]),
    "profiles.newest_said": lambda session, stored: profiles.newest_said(session, stored.speakers[0], 5),
    "profiles.undated": lambda session, stored: profiles.undated(session, stored.speakers[0]),
    "quotes.many": lambda session, stored: quotes.many(session, stored.quotes),
    "subscriptions.every": lambda session, _: subscriptions.every(session),
    "subscriptions.get": lambda session, _: subscriptions.get(session, RUNNING),
    "subscriptions.in_channel": lambda session, _: subscriptions.in_channel(session, FERRIES.platform, FERRIES.workspace, FERRIES.channel),
    "subscriptions.of_owner": lambda session, _: subscriptions.of_owner(session, FERRIES.platform, FERRIES.workspace, FERRIES.owner),
    "subscriptions.places": lambda session, _: subscriptions.places(session, FERRIES.platform),
    "search.newest_numbers": lambda session, _: search.newest_numbers(session, QuoteFilter(any_of=("row", "and"), near=True)),
    "search.numbers": lambda session, _: search.numbers(session, QuoteFilter(words=("row",))),
    "search.quotes": lambda session, _: search.quotes(session, QuoteFilter(words=("row",))),
    "texts.beginnings": lambda session, stored: texts.beginnings(session, [stored.version_id], 9),
    "texts.newest_with": lambda session, stored: texts.newest_with(session, stored.quotes[0]),
    "unquoted.by_language": lambda session, _: unquoted.by_language(session),
    "unquoted.holding": lambda session, _: unquoted.holding(session, ["pont"], outlet="The Mill", since=NOON, limit=9),
    "voices.newcomers": lambda session, stored: voices.newcomers(session, stored.speakers, QuoteFilter(up_to_id=9)),
    "watched.alerts_opened": lambda session, _: watched.alerts_opened(session, [RUNNING], NOON),
    "watched.speakers_heard": lambda session, stored: watched.speakers_heard(session, 0, stored.quotes[0]),
    "watched.waiting": lambda session, _: watched.waiting(session, [FERRIES.platform], NOON, 9),
}


async def filled(database: Database) -> Stored:
    """A store in which each of the writing functions has something to change."""
    async with database.writing() as session:
        stored = await store(session, TEXT, "We row on", "All of us", "And on", speaker=ADA, url=URL, headline="Ferry")
        await bookmarks.keep(session, READ)
        removed = await articles.save(session, NewArticle("file:removed", "Removed."), at=NOON)
        await removals.remove(session, removed.article_id or 0, author="ed", at=NOON)
        again = [
            await articles.save(session, NewArticle(f"file:{number}", f"{number}. {TEXT}"), at=NOON) for number in (TOLD_TOO, TOLD_LATER)
        ]
        assert [one.article_id for one in again] == [TOLD_TOO, TOLD_LATER]
        await stories.tell(session, [TOLD_TOO, TOLD_LATER])
        await unquoted.keep(session, TOLD_LATER, FRENCH)
        await stories.keep(session, TOLD_TOO, [5, 6])
        await session.execute(text("INSERT INTO shingles_waiting (article_id) VALUES (:id)"), {"id": TOLD_LATER})
        await embeddings.save(session, stored.version_id, stored.quotes[:1], NOWHERE, model="one")
        await statements.assign(session, [(stored.quotes[1], stored.quotes[2])])
        await refusals.replace(session, stored.version_id, [replace(REFUSED, shown=(0, end)) for end in (9, 8)])
        await refusal_index.unindex(session, [2])
        await session.execute(text("INSERT INTO refusals_waiting SELECT id FROM versions"))
        await full_text.drop(session, stored.quotes[2:])
        await speakers.create(session, "Alone", SpeakerKind.PERSON)
        await corrections.add(session, CorrectionKind.NOT_A_QUOTE, author="ed", at=NOON, quote_id=stored.quotes[1])
        await answers.add(session, request="rowing", asked_at=NOON, time_zone="UTC", direct_only=False, found=stored.quotes)
        await events.first_time(session, "slack:Ev0", NOON)
        assert [await subscriptions.add(session, FERRIES, NOON) for _ in range(2)] == [RUNNING, PAUSED]
        await subscriptions.pause(session, PAUSED, NOON, "on leave")
        await deliveries.open_all(session, [due(RUNNING, NOON - DAY)], NOON)
        await deliveries.open_all(session, [due(RUNNING)], NOON)
        assert len(await deliveries.claim(session, [FERRIES.platform], "one", now=NOON, lease_until=NOON + DAY, limit=9)) == 1
        await deliveries.open_all(session, [due(PAUSED)], NOON)
        await ticks.note(session, "one", NOON)
        await fill_feeds(session)
        await session.execute(text("INSERT INTO statements (id) VALUES (99)"))
        await session.execute(text("INSERT INTO speaker_words (word, speaker_id) VALUES ('stale', :id)"), {"id": stored.speakers[0]})
    return stored


async def fill_feeds(session: AsyncSession) -> None:
    """A feed that is due with entries that wait, are being read, and left it long ago; one that is paused, and one being looked at."""
    for number, host in enumerate(("tides", "paused", "claimed"), 1):
        assert await feeds.add(session, replace(TIDES, address=f"https://{host}.example.org/feed"), NOON) == number
    await feeds.pause(session, PAUSED_FEED, NOON, "on leave")
    await feeds.claim(session, "one", now=NOON, lease_until=NOON + DAY, limit=9, busy_hosts=["tides.example.org"])
    await hosts.keep(session, [LEFT_ALONE], "one")
    given = STORM, replace(STORM, page="https://claimed-page.example.org/1"), replace(STORM, state=EntryState.PASSED_OVER)
    await feed_entries.see(session, DUE_FEED, new=given, at=NOON - 9 * DAY)
    await feed_entries.see(session, DUE_FEED, at=NOON)
    await feed_entries.claim_entries(session, "one", now=NOON, lease_until=NOON + DAY, limit=9, busy_hosts=["storms.example.org"])


async def everything(database: Database) -> list[str]:
    """All rows of all tables."""
    async with database.reading() as session:
        return await rows(session)


async def rows(session: AsyncSession) -> list[str]:
    """All rows of all tables, as a transaction sees them."""
    return sorted(await session.scalars(text(" UNION ALL ".join(map(_row_by_row(session), TABLES)))))


def _row_by_row(session: AsyncSession) -> Callable[[str], str]:
    """How to ask for the rows of a table, each as a text with the table's name before it."""
    if session.get_bind().dialect.name == "postgresql":
        return lambda name: f"SELECT '{name} ' || CAST({name} AS text) FROM {name}"  # noqa: S608
    quoted = {name: " || ' ' || ".join(f"quote({column})" for column in columns) for name, columns in TABLES.items()}
    return lambda name: f"SELECT '{name} ' || {quoted[name]} FROM {name}"  # noqa: S608


def test_no_function_of_the_store_is_forgotten_here() -> None:
    modules = (
        aliases,
        answers,
        articles,
        bookmarks,
        completing,
        corrections,
        deliveries,
        embeddings,
        events,
        feed_entries,
        feeds,
        full_text,
        homes,
        hosts,
        names_near,
        passages,
        profiles,
        quotes,
        refusal_index,
        refusals,
        removals,
        search,
        speakers,
        statements,
        stories,
        subscriptions,
        texts,
        ticks,
        unquoted,
        voices,
        watched,
    )
    public = {
        f"{module.__name__.removeprefix('storage.')}.{name}"
        for module in modules
        for name, function in vars(module).items()
        if inspect.iscoroutinefunction(function) and not name.startswith("_") and function.__module__ == module.__name__
    }
    assert public == WRITING.keys() | READING.keys()


async def test_a_writing_function_says_that_another_writes(database: Database, database_url: str) -> None:
    stored = await filled(database)
    before = await everything(database)
    hasty = Database(database_url, busy_seconds=0.002)
    async with database.writing():
        for name, write in WRITING.items():
            try:
                async with hasty.writing() as session:
                    await write(session, stored)
            except DatabaseBusy:
                continue
            pytest.fail(f"{name} does not say so.")
        assert await everything(database) == before
    await hasty.close()
    assert await everything(database) == before


async def test_a_writing_function_works_when_another_has_finished(database: Database, database_url: str) -> None:
    """Each is taken back, so that the next one finds the store as filled. No constraint waits for the end of a transaction."""
    stored = await filled(database)
    before = await everything(database)
    hasty = Database(database_url, busy_seconds=BUSY_SECONDS)
    for name, write in WRITING.items():
        async with hasty.writing() as session:
            await write(session, stored)
            await session.flush()
            assert await rows(session) != before, name
            await session.rollback()
    await hasty.close()
    assert await everything(database) == before


async def test_a_writing_function_is_refused_by_a_reading_transaction(database: Database) -> None:
    stored = await filled(database)
    before = await everything(database)
    for name, write in WRITING.items():

        async def attempt(write: Call = write) -> None:
            async with database.reading() as session:
                await write(session, stored)

        with pytest.raises(DatabaseReadOnly):
            await attempt()
        assert await everything(database) == before, name


async def test_a_reading_function_does_not_wait_for_a_writer_and_changes_nothing(database: Database, database_url: str) -> None:
    stored = await filled(database)
    before = await everything(database)
    hasty = Database(database_url, busy_seconds=0.02)
    async with database.writing() as writer:
        await articles.save(writer, NewArticle("file:uncommitted", "Uncommitted."), at=NOON)
        for name, read in READING.items():
            async with hasty.reading() as session:
                try:
                    await read(session, stored)
                except DatabaseBusy:
                    pytest.fail(f"{name} waits.")
        await writer.rollback()
    await hasty.close()
    assert await everything(database) == before

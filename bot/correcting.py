"""What people put right: the speaker of a quote, what is none, who is one person and who is two; each can be undone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import standing
from bot.authors import shown_names
from bot.cards import UNKNOWN_SPEAKER, card, counted, spoken
from bot.errors import NotFound, NotUnderstood
from bot.naming import Given, one_article, one_quote, one_speaker, speaker_to_give
from bot.replies import Reply, Section
from bot.requests import Correction, Corrections, Fix, Merge, Reject, Remove, Split, Undo
from storage import articles, corrections, quotes, speakers, statements
from storage.database import Database, Session
from storage.records import CorrectionKind, SpeakerKind, StoredCorrection, StoredQuote, StoredSpeaker

NOBODY = "nobody known"
_MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Correcting:
    """Records corrections with who and when, and replays them."""

    database: Database
    clock: Callable[[], datetime]
    zone: ZoneInfo

    async def do(self, command: Correction, author: str) -> Reply:
        """Do what a command of the chat grammar says. Raises what the corrections raise."""
        match command:
            case Fix(quote_id, speaker):
                return await self.fix(quote_id, speaker, author=author)
            case Reject(quote_id):
                return await self.reject(quote_id, author=author)
            case Merge(name, into):
                return await self.merge(name, into, author=author)
            case Split(name, numbers, new_name):
                return await self.split(name, numbers, new_name or None, author=author)
            case Undo(correction_id):
                return await self.undo(correction_id, author=author)
            case Remove(reference):
                return await self.take_down(reference, author=author)
            case Corrections():
                return await self.listed()

    async def fix(self, quote_id: int, speaker: str, *, author: str) -> Reply:
        """Give a quote to another speaker. Raises NotFound or Ambiguous."""
        async with self.database.writing() as session:
            before = await one_quote(session, quote_id)
            given = await speaker_to_give(session, speaker, SpeakerKind.PERSON, article_ids=[before.article_id])
            number = await self._add(session, CorrectionKind.SPEAKER, author, quote_id=quote_id, speaker_id=given.speaker_id)
            await standing.apply(session, quote_ids=[quote_id])
            after = await one_quote(session, quote_id)
        if after.speaker_id == before.speaker_id:
            said = f"Quote {quote_id} is by {after.speaker_name}: confirmed."
        else:
            said = f"Quote {quote_id} is now by {after.speaker_name}; it was by {before.speaker_name or NOBODY}."
        return Reply(said, _shown(after), _if_new(given, quote_id), undo=number)

    async def reject(self, quote_id: int, *, author: str) -> Reply:
        """Say that a quote is none. Raises NotFound."""
        async with self.database.writing() as session:
            quote = await one_quote(session, quote_id)
            if quote.rejected:
                return Reply(f"Quote {quote_id} is already marked as not a quote.")
            number = await self._add(session, CorrectionKind.NOT_A_QUOTE, author, quote_id=quote_id)
            await standing.apply(session, quote_ids=[quote_id])
        return Reply(f"Quote {quote_id} is no longer shown: it is not a quote.", undo=number)

    async def merge(self, name: str, into: str, *, author: str) -> Reply:
        """Make one speaker count as another. Raises NotFound or Ambiguous."""
        async with self.database.writing() as session:
            gone, kept = await one_speaker(session, name), await one_speaker(session, into)
            if gone.id == kept.id:
                return Reply(f"{name} and {into} are one speaker already: {kept.name}.")
            number = await self._add(session, CorrectionKind.MERGE, author, speaker_id=kept.id, other_speaker_id=gone.id)
            await standing.apply(session, speaker_ids=[kept.id, gone.id])
            total = await speakers.get(session, kept.id)
        heard = counted(total.quotes if total else 0, "quote")
        return Reply(f"{gone.name} now counts as {kept.name}, with {heard} in all.", undo=number)

    async def split(self, name: str, article_ids: Sequence[int], new_name: str | None, *, author: str) -> Reply:
        """Give what some articles quote of a speaker to another one of its own. Raises NotFound, Ambiguous or NotUnderstood."""
        async with self.database.writing() as session:
            speaker = await one_speaker(session, name)
            moved = [quote for quote in await quotes.base(session, speaker_ids=[speaker.id]) if quote.speaker_id == speaker.id]
            quoting = {quote.article_id for quote in moved}
            for article_id in article_ids:
                if await articles.get(session, article_id) is None:
                    raise NotFound(f"There is no article {article_id}.", f"These quote {speaker.name}: {_numbers(quoting)}.")
                if article_id not in quoting:
                    raise NotFound(f"Article {article_id} quotes nothing of {speaker.name}.", f"These do: {_numbers(quoting)}.")
            if quoting == set(article_ids):
                raise NotUnderstood(f"That would leave {speaker.name} without a quote.", "Name only the articles that mean somebody else.")
            new_id = await self._split_off(session, speaker, new_name or "", article_ids)
            before = await speakers.get(session, new_id)
            number = await self._add(
                session, CorrectionKind.SPLIT, author, speaker_id=speaker.id, other_speaker_id=new_id, article_ids=tuple(article_ids)
            )
            await standing.apply(session, speaker_ids=[speaker.id, new_id])
            after = await speakers.get(session, new_id)
        heard = counted(after.quotes - before.quotes if after and before else 0, "quote")
        now = f"{after.name if after else new_name} (#{new_id})"
        return Reply(f"{speaker.name} in {_articles(article_ids)} is now {now}: {heard}.", undo=number)

    async def _split_off(self, session: Session, speaker: StoredSpeaker, new_name: str, article_ids: Sequence[int]) -> int:
        """Whose the quotes are now: who goes by the new name already, else somebody new, as one of the same name always is."""
        if new_name.strip() and " ".join(new_name.split()).casefold() != speaker.name.casefold():
            given = await speaker_to_give(session, new_name, speaker.kind, article_ids=article_ids)
            if given.speaker_id != speaker.id:
                return given.speaker_id
        return await speakers.create(session, " ".join((new_name or speaker.name).split()), speaker.kind)

    async def undo(self, correction_id: int | None, *, author: str) -> Reply:
        """Take a correction back: the one with that number, or the author's newest that stands; says what holds now. Raises NotFound."""
        async with self.database.writing() as session:
            if correction_id is None:
                correction_id = next((one.id for one in reversed(await corrections.active(session)) if one.author == author), None)
                if correction_id is None:
                    raise NotFound("There is no correction of yours to undo.", "'corrections' lists all: give the number of one.")
            undone = await corrections.undo(session, correction_id, author, self.clock())
            if undone is None:
                raise NotFound(f"There is no correction {correction_id} that stands.", "'corrections' lists those that were made.")
            if undone.quote_id is not None:
                return await self._quote_again(session, undone.quote_id)
            return await self._speakers_again(session, undone)

    async def _quote_again(self, session: Session, quote_id: int) -> Reply:
        """Let what still stands hold of a quote of which a correction was undone, and say what that is."""
        before = await one_quote(session, quote_id)
        await standing.apply(session, quote_ids=[quote_id])
        after = await one_quote(session, quote_id)
        if after.rejected:
            return Reply(f"Undone: quote {quote_id} is {'still' if before.rejected else 'again'} marked as not a quote.")
        name = after.speaker_name or NOBODY
        if before.rejected:
            said = f"quote {quote_id} is a quote again"
        elif before.speaker_id == after.speaker_id:
            said = f"quote {quote_id} is still by {name}"
        else:
            said = f"quote {quote_id} is by {name} again"
        return Reply(f"Undone: {said}.", _shown(after))

    async def _speakers_again(self, session: Session, undone: StoredCorrection) -> Reply:
        """Let what still stands hold of two speakers whose merge or split was undone, and say what that is."""
        await standing.apply(session, speaker_ids=[one for one in (undone.speaker_id, undone.other_speaker_id) if one is not None])
        name, other = await self._name(session, undone.speaker_id), await self._name(session, undone.other_speaker_id)
        if undone.kind is CorrectionKind.SPLIT:
            return Reply(f"Undone: {other} (#{undone.other_speaker_id}) in {_articles(undone.article_ids)} is {name} again.")
        gone = await speakers.get(session, undone.other_speaker_id or 0)
        if gone is not None and gone.merged_into is not None:
            return Reply(f"Undone: {other} still counts as {await self._name(session, gone.merged_into)}.")
        return Reply(f"Undone: {other} is a speaker of its own again.")

    async def take_down(self, reference: str, *, author: str) -> Reply:
        """Take an article down with all that came from it. Raises NotFound or Ambiguous."""
        async with self.database.writing() as session:
            article = await one_article(session, reference)
            found = await quotes.of_article(session, article.id)
            taken = spoken(quote for quote in found if not quote.rejected)
            told = await statements.together(session, [quote.id for quote in found])
            await articles.remove(session, article.id, author=author, at=self.clock())
            await standing.apply(session, quote_ids=told)
        return Reply(
            f"Article {article.id}, {article.headline or article.identity}, is taken down with {counted(taken, 'quote')}.",
            notes=("It does not come back by itself; whoever runs Verbatim can have it read again with 'ingest --restore'.",),
        )

    async def listed(self) -> Reply:
        """The corrections made last, newest first."""
        async with self.database.reading() as session:
            made = await corrections.newest(session, _MOST_SHOWN)
            called = shown_names({name for one in made for name in (one.author, one.undone_by) if name})
            lines = tuple([await self._line(session, one, called) for one in made])
        if not lines:
            return Reply("Corrections.", notes=("None has been made.",))
        return Reply("Corrections, newest first.", (Section("Corrections", counted(len(lines), "correction"), lines=lines),))

    async def _add(
        self,
        session: Session,
        kind: CorrectionKind,
        author: str,
        *,
        quote_id: int | None = None,
        speaker_id: int | None = None,
        other_speaker_id: int | None = None,
        article_ids: tuple[int, ...] = (),
    ) -> int:
        return await corrections.add(
            session,
            kind,
            author=author,
            at=self.clock(),
            quote_id=quote_id,
            speaker_id=speaker_id,
            other_speaker_id=other_speaker_id,
            article_ids=article_ids,
        )

    async def _line(self, session: Session, one: StoredCorrection, called: Mapping[str, str]) -> str:
        name = await self._name(session, one.speaker_id)
        other = await self._name(session, one.other_speaker_id)
        what = {
            CorrectionKind.SPEAKER: f"quote {one.quote_id} is by {name}",
            CorrectionKind.NOT_A_QUOTE: f"quote {one.quote_id} is not a quote",
            CorrectionKind.MERGE: f"{other} counts as {name}",
            CorrectionKind.SPLIT: f"{name} in {_articles(one.article_ids)} is {other} (#{one.other_speaker_id})",
        }[one.kind]
        made = f"{one.id}: {what}; corrected by {called[one.author]} on {self._day(one.at)}"
        if one.undone_by is None or one.undone_at is None:
            return f"{made}."
        return f"{made}; undone by {called[one.undone_by]} on {self._day(one.undone_at)}."

    async def _name(self, session: Session, speaker_id: int | None) -> str:
        speaker = await speakers.get(session, speaker_id) if speaker_id is not None else None
        return speaker.name if speaker is not None else "nobody"

    def _day(self, moment: datetime) -> str:
        local = moment.astimezone(self.zone)
        return f"{local.day} {local:%B %Y, %H:%M}"


def _shown(quote: StoredQuote) -> tuple[Section, ...]:
    return (Section(quote.speaker_name or UNKNOWN_SPEAKER, quotes=(card(quote),)),)


def _if_new(given: Given, quote_id: int) -> tuple[str, ...]:
    """A new speaker may be a typing error: said, with what would put it right."""
    if given.new_name is None:
        return ()
    instead = f" Did you mean {given.near}? fix {quote_id} speaker {given.near}" if given.near else ""
    return (f"{given.new_name} is a new speaker.{instead}",)


def _numbers(articles_quoting: set[int]) -> str:
    return ", ".join(str(number) for number in sorted(articles_quoting)[:_MOST_SHOWN])


def _articles(article_ids: Sequence[int]) -> str:
    return f"article{'s' if len(article_ids) > 1 else ''} {', '.join(map(str, article_ids))}"

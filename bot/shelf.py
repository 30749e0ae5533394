"""What is stored, looked at by itself: an article, people, and how much there is."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.callers import Home
from bot.errors import NotFound
from bot.feeds.listing import figures_section
from bot.homes import Homes
from bot.listings import delivered, held, most_quoted, people_listed
from bot.naming import names_near, one_article, people_called
from bot.quoting.engine import Engine
from bot.replies import ArticleView, Counts, Figures, Reply
from bot.stories import told_by
from bot.views import stored_view
from storage import articles, feeds, quotes, speakers, stories, unquoted
from storage.database import Database

_PEOPLE = 30
_FAILING = 3


@dataclass(frozen=True, slots=True)
class Shelf:
    """Shows what is stored; `engine` finds quotes now."""

    database: Database
    homes: Homes
    zone: ZoneInfo
    engine: Engine

    async def article(self, reference: str, *, version: int | None) -> ArticleView:
        """A stored article with its quotes marked. Raises NotFound and Ambiguous."""
        async with self.database.reading() as session:
            newest = await one_article(session, reference)
            article = newest if version is None else await articles.get(session, newest.id, version)
            if article is None:
                raise NotFound(f"Article {newest.id} has no version {version}.", f"Its versions are 1 to {newest.version}.")
            found = await quotes.of_article(session, article.id)
            told = await stories.tellings(session, [article.id])
        view = stored_view(article, found, versions=newest.version)
        return replace(view, notes=(*told_by(article.id, told), *view.notes))

    async def people(self, name: str) -> Reply:
        """The speakers most quoted (""), or those who go by a name."""
        async with self.database.reading() as session:
            if not name:
                return most_quoted(await speakers.most_quoted(session, _PEOPLE), await speakers.quoted(session))
            found = await people_called(session, name)
            near = () if found else await names_near(session, name)
        return people_listed(name, found[:_PEOPLE], len(found), near)

    async def counts(self) -> Counts:
        """How much is stored."""
        async with self.database.reading() as session:
            return await articles.counts(session)

    async def status(self, *, to_operator: bool, home: Home | None, figures: Figures | None, now: datetime) -> Reply:
        """How much is stored, by its `figures` posted, and read by itself, with the time zone of a home.

        `to_operator` says also where it is stored, and what waits for another reading.
        """
        async with self.database.reading() as session:
            counts = await articles.counts(session)
            newest = await articles.newest(session, 1)
            languages = await unquoted.by_language(session)
            fed = await feeds.figures(session, now)
            failing = await feeds.failing(session, _FAILING) if fed.failing or fed.paused else []
            behind = len(await articles.read_by_other_engine(session, self.engine.name)) if to_operator else 0
        machinery = (f"Database: {self.database.name}", f"Quotes found by: {self.engine.name}") if to_operator else ()
        zone = await self.homes.zone_of(home) if home else None
        here = (f"Time zone here: {zone.key}",) if zone else ()
        stored = held(counts, newest, behind, (*here, *machinery), zone=zone or self.zone, unquoted=languages)
        posted, hint = delivered(figures, now) if figures else (None, ())
        further = filter(None, (posted, figures_section(fed, failing, now)))
        return replace(stored, sections=(*stored.sections, *further), notes=(*stored.notes, *hint))

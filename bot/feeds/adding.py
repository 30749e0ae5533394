"""From an address that a person gives to the feed that is meant: what is there itself, or what the page there names as its feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bot.bounded import Workers
from bot.errors import Ambiguous, NotAFeed, NotFound, ReadingError
from bot.feeds.discovery import Offer, feeds_of, guesses
from bot.feeds.feed import Feed
from bot.feeds.pacing import Pacer
from bot.feeds.parsing import parse
from bot.reading.identity import canonical_url
from bot.reading.pages import Answer, FeedFetcher, Refused, Validators
from storage.hosts import host_of

_MOST_NAMED = 5
_ANYTHING = Validators()


@dataclass(frozen=True, slots=True)
class Offered:
    """A feed as it is now, and the address at which it is to be looked at."""

    address: str
    feed: Feed


@dataclass(frozen=True, slots=True)
class Adding:
    """Finds the feed that an address means; nothing is stored."""

    fetcher: FeedFetcher
    workers: Workers
    pacer: Pacer

    async def offered(self, url: str) -> Offered:
        """The feed at an address, or of the page at it: the one that the page names, else one where sites commonly keep theirs.

        Raises ReadingError where nothing can be had from the address, Ambiguous where the page names several feeds, and NotFound
        where there is none.
        """
        answer = await self._fetched(url)
        try:
            return await self._read(url, answer)
        except NotAFeed:
            offers = await self._named(answer)
        if len(offers) > 1:
            raise _several(offers)
        if offers:
            return await self._read(offers[0].url, await self._fetched(offers[0].url))
        return await self._guessed(answer.url)

    async def _guessed(self, url: str) -> Offered:
        for place in guesses(url):
            try:
                return await self._read(place, await self._fetched(place))
            except ReadingError:
                continue
        raise NotFound("No feed was found there: the page names none.", "Look on the site for one, often called RSS, and give its address.")

    async def _named(self, answer: Answer) -> Sequence[Offer]:
        """The feeds that a page names; of several those that are not of its comments come first."""
        return await self.workers.run(partial(feeds_of, answer.data, media_type=answer.media_type, address=answer.url))

    async def _read(self, url: str, answer: Answer) -> Offered:
        feed = await self.workers.run(partial(parse, answer.data, media_type=answer.media_type, address=answer.url))
        return Offered(canonical_url(answer.url if answer.moved else url, keep_tracking=True) or url, feed)

    async def _fetched(self, url: str) -> Answer:
        async with self.pacer.turn(host_of(url)) as held:
            if held is not None:
                raise NotAFeed("The site asks to be left alone for a while.", "Try again later.")
            answer = await self.fetcher.fetch_feed(url, validators=_ANYTHING)
        if isinstance(answer, Refused):
            raise answer.error
        if not isinstance(answer, Answer):
            raise NotAFeed("The site says only that nothing has changed.", "Try again later.")
        return answer


def _several(offers: Sequence[Offer]) -> Ambiguous:
    named = "; ".join(f"{offer.title or 'no title'}: {offer.url}" for offer in offers[:_MOST_NAMED])
    return Ambiguous(
        f"The page has {len(offers)} feeds.", f"Give one of them: {named}.", suggestions=tuple(one.url for one in offers[:_MOST_NAMED])
    )

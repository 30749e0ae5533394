"""From an address that a person gives to the feed that is meant: what is there itself, or what the page there names as its feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from bot.bounded import Workers
from bot.errors import Ambiguous, CannotFetch, NotAFeed, NotFound, ReadingError
from bot.feeds.asking import Held, ask
from bot.feeds.discovery import Offer, feeds_of, guesses, is_of_comments
from bot.feeds.feed import Feed
from bot.feeds.pacing import HELD, Pacer
from bot.feeds.parsing import parse
from bot.reading.identity import canonical_url
from bot.reading.pages import Answer, FeedFetcher, Refused, Validators

LONGEST_ADDRESS: Final = 2048
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

        Raises ReadingError where it is none (see `see_that_it_is_an_address`) or nothing can be had from it, Ambiguous where the page
        names several feeds besides that of its comments, and NotFound where there is none.
        """
        answer = await self.fetched(url)
        try:
            return await self._read(url, answer)
        except NotAFeed:
            offers = await self._named(answer)
        meant = [offer for offer in offers if not is_of_comments(offer)] or offers
        if len(meant) > 1:
            raise _several(offers)
        if meant:
            return await self._read(meant[0].url, await self.fetched(meant[0].url))
        return await self._guessed(answer.url)

    async def _guessed(self, url: str) -> Offered:
        for place in guesses(url):
            try:
                return await self._read(place, await self.fetched(place))
            except ReadingError:
                continue
        raise NotFound("No feed was found there: the page names none.", "Look on the site for one, often called RSS, and give its address.")

    async def _named(self, answer: Answer) -> Sequence[Offer]:
        """The feeds that a page names; of several those that are not of its comments come first."""
        return await self.workers.run(partial(feeds_of, answer.data, media_type=answer.media_type, address=answer.url))

    async def _read(self, url: str, answer: Answer) -> Offered:
        feed = await self.workers.run(partial(parse, answer.data, media_type=answer.media_type, address=answer.url))
        address = canonical_url(answer.url if answer.moved else url, keep_tracking=True) or url
        see_that_it_is_an_address(address)
        return Offered(address, feed)

    async def fetched(self, url: str) -> Answer:
        """What is at an address, in its host's turn. Raises ReadingError where it is none, or nothing can be had from it."""
        see_that_it_is_an_address(url)
        answer = await ask(self.pacer, url, partial(self.fetcher.fetch_feed, validators=_ANYTHING))
        if isinstance(answer, Held):
            raise CannotFetch(HELD, "Try again later.")
        if isinstance(answer, Refused):
            raise answer.error
        if not isinstance(answer, Answer):
            raise NotAFeed("The site says only that nothing has changed.", "Try again later.")
        return answer


def see_that_it_is_an_address(url: str) -> None:
    """Raise CannotFetch, in a sentence that does not repeat it, for what is no feed's address on the web."""
    if len(url) > LONGEST_ADDRESS:
        raise CannotFetch(f"The address is longer than {LONGEST_ADDRESS:,} characters.", "Give a shorter one.")
    address = canonical_url(url, keep_tracking=True)
    if address is None:
        raise CannotFetch("It is no address of the web.", "Give one that begins with https://.")
    if "@" in urlsplit(url).netloc:
        raise CannotFetch("The address has a user name or a password in it.", "Give it without them.")
    if len(address) > LONGEST_ADDRESS:
        raise CannotFetch(f"The address is longer than {LONGEST_ADDRESS:,} characters when it is written out.", "Give a shorter one.")


def _several(offers: Sequence[Offer]) -> Ambiguous:
    named = "; ".join(f"{offer.title or 'no title'}: {offer.url}" for offer in offers[:_MOST_NAMED])
    return Ambiguous(
        f"The page has {len(offers)} feeds.", f"Give one of them: {named}.", suggestions=tuple(one.url for one in offers[:_MOST_NAMED])
    )

"""Articles made up for measuring: always the same ones, with quotes in all the shapes that news has, and words as uneven as news.

Nothing in them is anybody's: people, places, papers and every sentence are made from `benchmarks/vocabulary.py`.
"""

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random

from benchmarks.vocabulary import ADJECTIVES, DAYS, GIVEN_NAMES, MONTHS, VERBS, Zipf, nouns, places, surnames

FIRST_DAY = datetime(2023, 1, 2, 6, 0, tzinfo=UTC)
OUTLETS = tuple(f"The {place} {kind}" for place, kind in zip(places().words, ("Post", "Ledger", "Courier", "Beacon") * 3, strict=False))
PEOPLE = 900
COPIED = 20
"""One article in so many is the one before it as another outlet prints it, as wire copy is."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is quoted. `pronoun` is "he" or "she"."""

    given: str
    surname: str
    pronoun: str
    role: str

    @property
    def name(self) -> str:
        """Given name and surname."""
        return f"{self.given} {self.surname}"

    @property
    def titled(self) -> str:
        """As a second mention has it: "Mr Tobin"."""
        return f"{'Mr' if self.pronoun == 'he' else 'Ms'} {self.surname}"


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """An article before any outlet has printed it."""

    number: int
    outlet: str
    headline: str
    byline: str
    published: datetime
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraphs, with an empty line between them."""
        return "\n\n".join(self.paragraphs)

    @property
    def url(self) -> str:
        """Its address at its outlet."""
        return f"https://{self.outlet.removeprefix('The ').replace(' ', '-').lower()}.example.org/news/{self.number}"

    @property
    def is_copy(self) -> bool:
        """Whether it is the article before it as another outlet prints it."""
        return self.number % COPIED == 0

    def record(self) -> str:
        """The article as a line of JSON Lines."""
        fields = {"url": self.url, "outlet": self.outlet, "headline": self.headline, "byline": self.byline}
        return json.dumps({**fields, "published": self.published.isoformat(), "text": self.text}, ensure_ascii=False)

    def page(self) -> str:
        """The article as a web page, with what stands around one."""
        say = html.escape
        body = "\n".join(f"  <p>{say(paragraph, quote=False)}</p>" for paragraph in self.paragraphs)
        return _PAGE.format(
            headline=say(self.headline),
            outlet=say(self.outlet),
            url=self.url,
            byline=say(self.byline),
            published=self.published.isoformat(),
            body=body,
        )


def people(count: int = PEOPLE) -> list[Person]:
    """All who can be quoted, the most quoted first. Some share a surname."""
    random = Random(4)
    roles = [f"the {noun} minister" for noun in nouns().words[:30] if noun != "minister"]
    roles += [f"the head of the {place} {noun} board" for place, noun in zip(places().words, nouns().words[:60], strict=False)]
    found: dict[str, Person] = {}
    while len(found) < count:
        pronoun = random.choice(("he", "she"))
        person = Person(random.choice(GIVEN_NAMES[pronoun]), surnames().draw(random), pronoun, random.choice(roles))
        found.setdefault(person.name, person)
    return list(found.values())


def articles(count: int, *, seed: int = 7, known: int = PEOPLE) -> Iterator[SampleArticle]:
    """The first `count` articles of the one endless row that `seed` gives, in which `known` people can be quoted."""
    return islice(_row(seed, known), count)


def _row(seed: int, known: int) -> Iterator[SampleArticle]:
    random = Random(seed)
    pool = people(known)
    drawn = Zipf([person.name for person in pool])
    by_name = {person.name: person for person in pool}
    number = 0
    while True:
        number += 1
        article = _Writer(random, [by_name[drawn.draw(random)] for _ in range(4)]).article(number)
        yield article
        if (number + 1) % COPIED == 0:
            number += 1
            outlet = OUTLETS[(OUTLETS.index(article.outlet) + 1) % len(OUTLETS)]
            yield SampleArticle(
                number, outlet, article.headline, article.byline, article.published + timedelta(minutes=30), article.paragraphs
            )


class _Writer:
    """Writes one article about a few people and things."""

    def __init__(self, random: Random, cast: list[Person]) -> None:
        self._random = random
        self._cast = cast
        self._about = [nouns().draw(random) for _ in range(5)]
        self._shapes = (
            self._cue_after,
            self._cue_before,
            self._split_by_its_cue,
            self._indirect,
            self._mixed,
            self._over_paragraphs,
            self._nested,
            self._unnamed,
            self._document,
            self._scare_quotes,
            self._refusal,
        )

    def article(self, number: int) -> SampleArticle:
        random = self._random
        paragraphs = [self._opening(), self._sentences(2)]
        for _ in range(random.randint(6, 12)):
            paragraphs += random.choice(self._shapes)(random.choice(self._cast))
            if random.random() < 0.6:
                paragraphs.append(self._sentences(random.randint(1, 4)))
        headline = f"{self._adjective().capitalize()} {self._noun()} {random.choice(VERBS)} in {self._place()} {self._noun()} row"
        return SampleArticle(
            number=number,
            outlet=random.choice(OUTLETS),
            headline=headline,
            byline=f"{random.choice(GIVEN_NAMES['she'])} {surnames().draw(random)}",
            published=FIRST_DAY + timedelta(minutes=random.randrange(2 * 365 * 24 * 60)),
            paragraphs=tuple(paragraphs),
        )

    # --- shapes of quotes -------------------------------------------------------------------------

    def _cue_after(self, person: Person) -> list[str]:
        return [f"“{self._saying()},” {self._said()} {person.name}, {person.role}. {self._sentence()}"]

    def _cue_before(self, person: Person) -> list[str]:
        return [f'{person.titled} {self._said()}: "{self._saying()}. {self._saying()}."']

    def _split_by_its_cue(self, person: Person) -> list[str]:
        return [f"{person.name} was in {self._place()} on {self._day()}. “{self._saying()},” {person.pronoun} said. “{self._saying()}.”"]

    def _indirect(self, person: Person) -> list[str]:
        return [f"{person.name} said that {self._clause()}. According to {person.surname}, {self._clause()}."]

    def _mixed(self, person: Person) -> list[str]:
        return [
            f"{person.titled} called the {self._noun()} “{self._adjective()} and {self._adjective()}” and warned that {self._clause()}.",
        ]

    def _over_paragraphs(self, person: Person) -> list[str]:
        return [f"“{self._saying()},” {person.surname} said. “{self._saying()}.", f"“{self._saying()}.", f"“{self._saying()}.”"]

    def _nested(self, person: Person) -> list[str]:
        return [f"“When I heard ‘{self._saying().lower()}’, I laughed,” added {person.titled}. “{self._saying()}.”"]

    def _unnamed(self, _: Person) -> list[str]:
        return [f"A spokeswoman for the {self._place()} {self._noun()} said: ‘{self._saying()}.’ She added that {self._clause()}."]

    def _document(self, _: Person) -> list[str]:
        return [f"The report says {self._clause()}. “{self._saying()},” it adds."]

    def _scare_quotes(self, _: Person) -> list[str]:
        return [f"The so-called “{self._adjective()} {self._noun()}” was {self._random.choice(VERBS)} on {self._day()}. {self._sentence()}"]

    def _refusal(self, person: Person) -> list[str]:
        return [f"{person.name} declined to comment on the {self._noun()}. {self._sentence()}"]

    # --- sentences --------------------------------------------------------------------------------

    def _opening(self) -> str:
        first, *others = self._cast
        present = " and ".join(f"{person.name}, {person.role}," for person in others)
        what = f"{self._random.choice(VERBS)} the {self._noun()} in {self._place()} on {self._day()}"
        return f"{first.name}, {first.role}, {what}. {present} were there."

    def _sentences(self, count: int) -> str:
        return " ".join(self._sentence() for _ in range(count))

    def _sentence(self) -> str:
        clause = self._clause()
        ending = self._random.choice(
            (f"in {self._place()}", f"on {self._day()}", f"for the {self._noun()}", f"after {self._random.randint(2, 90)} days")
        )
        return f"{clause[0].upper()}{clause[1:]} {ending}."

    def _clause(self) -> str:
        random = self._random
        return random.choice(
            (
                f"the {self._adjective()} {self._noun()} {random.choice(VERBS)} the {self._noun()}",
                f"the {self._noun()} of the {self._noun()} was {random.choice(VERBS)} and the {self._noun()} was not",
                f"a {self._noun()} for {self._place()} would be {random.choice(VERBS)} by {random.choice(MONTHS)}",
                f"it was the {self._noun()}, not the {self._noun()}, that {random.choice(VERBS)} the {self._adjective()} {self._noun()}",
            )
        )

    def _saying(self) -> str:
        random = self._random
        return random.choice(
            (
                f"We {random.choice(VERBS)} the {self._noun()} because nobody else would",
                f"I have never seen a {self._noun()} that {random.choice(VERBS)} its own {self._noun()}",
                f"They don’t want the {self._noun()}, they want the {self._adjective()} {self._noun()} back",
                f"You can ask about the {self._noun()} in {self._place()} and you will hear about the {self._noun()}",
                f"It is not a {self._adjective()} {self._noun()} if {self._place()} has {random.choice(VERBS)} it",
            )
        )

    def _said(self) -> str:
        return self._random.choice(("said", "said", "said", "said", "added", "told reporters", "insisted", "argued", "warned", "wrote"))

    def _noun(self) -> str:
        return self._random.choice(self._about) if self._random.random() < 0.3 else nouns().draw(self._random)

    def _adjective(self) -> str:
        return self._random.choice(ADJECTIVES)

    def _place(self) -> str:
        return places().draw(self._random)

    def _day(self) -> str:
        return self._random.choice(DAYS)


_PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{headline} | {outlet}</title>
<link rel="canonical" href="{url}">
<meta name="author" content="{byline}">
<meta property="og:type" content="article">
<meta property="og:site_name" content="{outlet}">
<meta property="og:title" content="{headline}">
<meta property="og:url" content="{url}">
<meta property="article:published_time" content="{published}">
<style>main {{ max-width: 40rem }} p {{ line-height: 1.5 }}</style>
<script>window.sections = ["news", "sport", "weather"];</script>
</head>
<body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<main>
<article>
  <h1>{headline}</h1>
  <p class="byline">By <a rel="author" href="/staff">{byline}</a></p>
  <time datetime="{published}">{published}</time>
{body}
  <p>Sign up for our newsletter to get the day’s news before breakfast.</p>
</article>
<section class="related"><h2>More on this story</h2>
<ul><li><a href="/news/a">What we know so far</a></li><li><a href="/news/b">In pictures</a></li></ul></section>
<section class="comments"><h2>Join the conversation</h2><p>Read our community rules before you post.</p></section>
</main>
<footer><p>© {outlet}. All rights reserved.</p></footer>
</body>
</html>
"""

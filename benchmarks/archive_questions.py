"""Questions about the made-up archive, of every kind that people ask, about words that few or very many quotes hold."""

import re
from collections.abc import Callable, Sequence
from random import Random

from benchmarks.archive import ArchiveArticle, ArchiveQuote, ArchiveSpeaker, outlets, topics, words
from benchmarks.bulk import archive_of, speakers_of
from benchmarks.questions import SampleQuestion
from bot.asking.words import STOP_WORDS
from storage.records import Reports, SpeakerKind

_SEEN = 2_000
"""Articles, from the first on, from which what is asked about is taken: it is there."""
_MOST_COMMON = 60
_MIDDLING = (1_000, 5_000)
_RARE_FROM = 15_000
_TELLING_FROM = 150
_LARGE = 8
_PERIODS = ("this week", "last week", "since Monday", "this month", "yesterday")
_WORD = re.compile(r"[^\W\d_]+")


def questions(quotes: int, each: int, *, seed: int = 31) -> list[SampleQuestion]:
    """`each` questions of every kind about the archive of about so many quotes, in mixed order and always the same."""
    random = Random(seed)
    asker = _Asker(random, list(archive_of(quotes, most=_SEEN)), speakers_of(quotes))
    asked = [make(kind) for kind, make in asker.kinds().items() for _ in range(each)]
    random.shuffle(asked)
    return asked


class _Asker:
    """Makes questions about articles."""

    def __init__(self, random: Random, articles: Sequence[ArchiveArticle], known: Sequence[ArchiveSpeaker]) -> None:
        self._random = random
        self._articles = articles
        self._refused = [article for article in articles if article.refusal is not None] or articles
        self._known = known
        self._rank = {word: rank for rank, word in enumerate(words())}
        frequent = [word for word in words()[: 3 * _MOST_COMMON] if len(word) > 3 and word not in STOP_WORDS]
        self._common = ["said", "people", known[0].called.lower(), *frequent[:_MOST_COMMON]]

    def kinds(self) -> dict[str, Callable[[str], SampleQuestion]]:
        """What makes a question of each kind, by its name."""
        return {
            "a rare word": self._rare,
            "a middling word": self._middling,
            "a common word": self._frequent,
            "several words": self._several,
            "exact words": self._exact,
            "a person on a word": self._person_on,
            "a person by surname": self._surname,
            "a person by role": self._role,
            "the latest from": self._latest,
            "an outlet in a period": self._outlet,
            "side by side": self._side_by_side,
            "who declined": self._declined,
            "a name typed wrong": self._misspelt,
            "nothing to find": self._nothing,
        }

    def _rare(self, kind: str) -> SampleQuestion:
        word = self._word_of(lambda rank: rank >= _RARE_FROM)
        return SampleQuestion(kind, f"who said what about {word}?", (word,))

    def _middling(self, kind: str) -> SampleQuestion:
        low, high = _MIDDLING
        word = self._word_of(lambda rank: low <= rank < high)
        return SampleQuestion(kind, f"who said what about {word}?", (word,))

    def _frequent(self, kind: str) -> SampleQuestion:
        word = self._random.choice(self._common)
        return SampleQuestion(kind, f"who said what about {word}?", (word,))

    def _several(self, kind: str) -> SampleQuestion:
        about = topics()[self._random.choice(self._articles).topic]
        first, second, third = self._random.sample(about[:10], 3)
        return SampleQuestion(kind, f"who said what about {first} {second} and {third}", (first, second, third))

    def _exact(self, kind: str) -> SampleQuestion:
        article, quote = self._said()
        said = tuple(_WORD.findall(article.text[slice(*quote.content)].lower())[:4])
        return SampleQuestion(kind, f"who said “{' '.join(said)}”", said)

    def _person_on(self, kind: str) -> SampleQuestion:
        article, quote, one = self._quoted()
        word = self._random.choice(self._telling(article.text[slice(*quote.content)]))
        return SampleQuestion(kind, f"what did {one.name} say about {word}?", (*_named(one.called), word))

    def _surname(self, kind: str) -> SampleQuestion:
        _, _, one = self._quoted()
        return SampleQuestion(kind, f"what has {one.called} said", _named(one.called))

    def _role(self, kind: str) -> SampleQuestion:
        _, _, one = self._quoted()
        return SampleQuestion(kind, f"what has {one.role} said?", tuple(word for word in _named(one.role) if word not in {"the", "of"}))

    def _latest(self, kind: str) -> SampleQuestion:
        _, _, one = self._quoted()
        return SampleQuestion(kind, f"latest from {one.name}", _named(one.name))

    def _outlet(self, kind: str) -> SampleQuestion:
        word = self._random.choice(self._common)
        outlet = self._random.choice(outlets()[:_LARGE])
        return SampleQuestion(kind, f"who said what about {word} in {outlet} {self._random.choice(_PERIODS)}", (word,))

    def _side_by_side(self, kind: str) -> SampleQuestion:
        (_, _, one), (article, _, other) = self._quoted(), self._quoted()
        word = self._random.choice(topics()[article.topic][:5])
        return SampleQuestion(kind, f"{one.name} vs {other.name} on {word}", (word,))

    def _declined(self, kind: str) -> SampleQuestion:
        article = self._random.choice(self._refused)
        sentence = article.text[slice(*article.refusal.shown)] if article.refusal else ""
        word = self._random.choice(self._telling(sentence))
        return SampleQuestion(kind, f"who declined to comment on {word}?", (word,))

    def _misspelt(self, kind: str) -> SampleQuestion:
        _, _, one = self._quoted()
        at = self._random.randrange(1, len(one.called) - 1)
        wrong = one.called[:at] + one.called[at + 1] + one.called[at] + one.called[at + 2 :]
        return SampleQuestion(kind, f"what has {wrong} said", _named(wrong))

    def _nothing(self, kind: str) -> SampleQuestion:
        word = "x" + self._word_of(lambda rank: rank >= _RARE_FROM)
        return SampleQuestion(kind, f"who said what about {word}?", (word,))

    def _telling(self, text: str) -> list[str]:
        """Words of a text that carry a topic; "people" where it has none."""
        return [word for word in _named(text) if self._rank.get(word, 0) >= _TELLING_FROM] or ["people"]

    def _word_of(self, fits: Callable[[int], bool]) -> str:
        """A word of a quote, by its rank."""
        while True:
            article, quote = self._said()
            held = [word for word in article.text[slice(*quote.content)].lower().split() if word in self._rank and fits(self._rank[word])]
            if held:
                return self._random.choice(held)

    def _said(self) -> tuple[ArchiveArticle, ArchiveQuote]:
        """A quote that reports speech, in its article."""
        while True:
            article = self._random.choice(self._articles)
            quote = self._random.choice(article.quotes)
            if quote.reports is Reports.SPEECH:
                return article, quote

    def _quoted(self) -> tuple[ArchiveArticle, ArchiveQuote, ArchiveSpeaker]:
        """A quote of somebody who has a name and a surname, in its article."""
        while True:
            article, quote = self._said()
            place = article.speakers[quote.speaker]
            if place >= 0 and self._known[place].kind is SpeakerKind.PERSON:
                return article, quote, self._known[place]


def _named(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(name.lower()))

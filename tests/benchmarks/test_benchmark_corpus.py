"""The articles and questions of the benchmarks are always the same, and like news."""

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from itertools import pairwise

from benchmarks.corpus import COPIED, articles
from benchmarks.questions import questions
from benchmarks.vocabulary import nouns
from bot.reading import documents
from storage.records import QuoteKind, SpeakerKind
from tests.newsrooms import REAL_ENGINE

SOME = list(articles(60))
_HASHED = "import hashlib; from benchmarks.corpus import articles; print(hashlib.sha256(repr(list(articles(30))).encode()).hexdigest())"


def test_every_process_makes_the_same_articles() -> None:
    expected = hashlib.sha256(repr(SOME[:30]).encode()).hexdigest()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        made = subprocess.run([sys.executable, "-c", _HASHED], capture_output=True, text=True, check=True, env=environment)  # noqa: S603
        assert made.stdout.strip() == expected


def test_fewer_articles_are_the_first_of_more() -> None:
    assert list(articles(7)) == SOME[:7]


def test_another_seed_makes_other_articles() -> None:
    assert list(articles(1, seed=8)) != SOME[:1]


def test_each_article_has_an_address_of_its_own() -> None:
    assert len({article.url for article in articles(500)}) == 500


def test_a_wire_copy_is_the_article_before_it_in_another_outlet() -> None:
    copies = [(before, copy) for before, copy in pairwise(SOME) if copy.text == before.text]
    assert len(copies) == len(SOME) // COPIED
    assert all(before.outlet != copy.outlet and before.published < copy.published for before, copy in copies)


def test_words_are_as_uneven_as_zipf_says() -> None:
    drawn = set(nouns().words)
    counts = Counter(word for article in articles(300) for word in article.text.split() if word in drawn)
    by_rank = [counts[word] for word in nouns().words]
    # Twice as far back, a word is about half as frequent; and most words are rare.
    assert 1.4 < sum(by_rank[10:20]) / sum(by_rank[20:40]) * 2 < 2.6
    assert sum(count <= 3 for count in by_rank) > len(by_rank) / 3


def test_a_page_and_a_record_hold_the_very_text_and_nothing_else_of_the_page() -> None:
    for article in SOME[:10]:
        (page,) = documents.parse(article.page().encode(), name="page.html")
        (record,) = documents.parse(article.record().encode(), name="line 1", media_type="application/json")
        assert page.text == record.text == article.text
        assert page.headline == record.headline == article.headline
        assert (page.url, page.outlet, page.published) == (record.url, record.outlet, record.published)


def test_the_articles_have_quotes_of_every_kind_by_speakers_of_most_kinds() -> None:
    found = [REAL_ENGINE.extract(article.text) for article in SOME[:8]]
    quotes = [quote for extraction in found for quote in extraction.quotes]
    assert len(quotes) > 8 * len(found)
    assert {quote.kind for quote in quotes} == set(QuoteKind)
    assert {speaker.kind for extraction in found for speaker in extraction.speakers} >= {SpeakerKind.PERSON, SpeakerKind.UNNAMED}


def test_a_quote_over_paragraphs_closes_only_at_its_end() -> None:
    unclosed = [paragraph for article in SOME for paragraph in article.paragraphs if paragraph.count("“") > paragraph.count("”")]
    assert unclosed


def test_the_same_questions_are_asked_each_time() -> None:
    assert questions(SOME, 5) == questions(SOME, 5)


def test_as_many_questions_of_each_shape_are_asked_in_mixed_order() -> None:
    asked = questions(SOME, 5)
    assert set(Counter(question.shape for question in asked).values()) == {5}
    assert [question.shape for question in asked] != sorted(question.shape for question in asked)


def test_what_is_asked_about_stands_in_the_articles_unless_nothing_is_to_be_found() -> None:
    text = " ".join(article.text for article in SOME).lower()
    held = {shape: set[bool]() for shape in ("a rare word", "a speaker", "exact words", "nothing to find")}
    for question in questions(SOME, 20):
        if question.shape in held:
            held[question.shape].add(all(word in text for word in question.words))
    assert held == {"a rare word": {True}, "a speaker": {True}, "exact words": {True}, "nothing to find": {False}}


def test_a_record_is_one_line_of_json() -> None:
    line = SOME[0].record()
    assert "\n" not in line
    assert json.loads(line)["text"] == SOME[0].text

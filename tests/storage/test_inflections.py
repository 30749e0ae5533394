import sqlite3

import pytest

from storage.inflections import forms

INTERFERENCE = ("interfere", "interferes", "interfered", "interfering", "interference")


@pytest.mark.parametrize("asked", INTERFERENCE)
def test_every_inflection_of_interfere_finds_every_other_with_a_porter_stemmer(asked: str) -> None:
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE words USING fts5(word, tokenize = 'porter unicode61')")
    index.executemany("INSERT INTO words VALUES (?)", [(word,) for word in INTERFERENCE])
    query = " OR ".join(f'"{form}"' for form in forms(asked))
    found = {word for (word,) in index.execute("SELECT word FROM words WHERE words MATCH ?", (query,))}
    index.close()
    assert found == set(INTERFERENCE)


@pytest.mark.parametrize("term", ["ferry", "refer", "seed", "ence", "4interference", "starmer", ""])
def test_other_words_are_asked_for_as_they_are(term: str) -> None:
    assert forms(term) == (term,)

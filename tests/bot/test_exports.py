import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import card, place
from bot.exports import COLUMNS, export_of
from bot.replies import Cited, Export, ExportFormat, QuoteCard, QuoteKind, Reply, Reports, Section
from tests.stored_quotes import stored_quote


def answer(*cards: QuoteCard, understood: str = "Quotes about ferries by anyone.") -> Reply:
    return Reply(understood, (Section("Helena Marsh", quotes=cards),))


ASKED_AT = datetime(2026, 11, 6, 12, tzinfo=UTC)


def csv_of(reply: Reply) -> Export:
    return export_of(reply, ExportFormat.CSV, ASKED_AT)


def json_of(reply: Reply) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(export_of(reply, ExportFormat.JSON, ASKED_AT).content)
    return found


def rows_of(export: Export) -> list[dict[str, str]]:
    table = csv.DictReader(io.StringIO(export.content.decode("utf-8-sig"), newline=""))
    rows = list(table)
    assert tuple(table.fieldnames or ()) == COLUMNS
    return rows


def row_of(**given: object) -> dict[str, str]:
    (row,) = rows_of(csv_of(answer(card(stored_quote("We sail.", **given)))))
    return row


def test_a_quote_is_a_line_with_all_that_is_known_of_it() -> None:
    quote = stored_quote(
        "We will sail on Sunday.",
        id=12,
        article_id=3,
        outlet="The Harbour Post",
        url="https://harbour-post.example.org/3",
        headline="Ferry row grows",
        published=datetime(2026, 11, 5, 12, tzinfo=UTC),
        corrected=True,
    )
    assert rows_of(csv_of(answer(card(quote)))) == [
        {
            "quote": "12",
            "speaker": "Helena Marsh",
            "words": "“We will sail on Sunday.”",
            "cue": "",
            "kind": "direct",
            "reports": "speech",
            "confidence": "0.90",
            "sureness": "likely",
            "corrected": "yes",
            "outlet": "The Harbour Post",
            "headline": "Ferry row grows",
            "published": "2026-11-05T12:00:00+00:00",
            "link": "https://harbour-post.example.org/3#:~:text=We%20will%20sail%20on%20Sunday.",
            "article": "3",
        }
    ]


def test_what_is_not_known_is_left_empty() -> None:
    row = row_of(speaker_id=None, speaker_name=None, outlet=None, url=None, headline=None, published=None, reports=Reports.ATTITUDE)
    unknown = ("speaker", "outlet", "headline", "published", "link", "corrected")
    assert [row[column] for column in unknown] == [""] * len(unknown)
    assert row["reports"] == "attitude"


def test_a_quote_of_two_pieces_shows_where_the_article_says_something_else() -> None:
    (row,) = rows_of(csv_of(answer(card(stored_quote("We sail,", "and we sail soon.")))))
    assert row["words"] == "“We sail,” … “and we sail soon.”"


@pytest.mark.parametrize("kind", [QuoteKind.MIXED, QuoteKind.INDIRECT])
def test_only_the_words_of_direct_quotes_stand_in_quotation_marks(kind: QuoteKind) -> None:
    assert row_of(kind=kind)["words"] == "We sail."
    assert row_of(kind=QuoteKind.DIRECT)["words"] == "“We sail.”"


def test_copies_in_other_outlets_are_lines_of_the_same_number() -> None:
    quote, copy = stored_quote("We sail.", id=12), stored_quote("We sail.", id=13, outlet="The Wire", headline="Sailing")
    rows = rows_of(csv_of(answer(card(quote, [copy]), card(stored_quote("We stay.", id=14)))))
    assert [(row["quote"], row["words"], row["outlet"], row["headline"]) for row in rows] == [
        ("12", "“We sail.”", "The Harbour Post", quote.headline),
        ("12", "“We sail.”", "The Wire", "Sailing"),
        ("14", "“We stay.”", "The Harbour Post", rows[2]["headline"]),
    ]


def test_an_answer_without_quotes_is_a_table_without_lines() -> None:
    assert rows_of(csv_of(Reply("Quotes about ferries by anyone."))) == []


def test_spreadsheets_are_told_that_it_is_utf_8() -> None:
    assert csv_of(answer(card(stored_quote("“Žádné trajekty” 🦆")))).content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("column", ["words", "speaker", "outlet", "headline"])
@pytest.mark.parametrize("hostile", ["=1+1", "+1", "-1+cmd", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "=HYPERLINK(A1)", "＝1+1"])
def test_a_cell_that_a_spreadsheet_would_reckon_with_is_text(column: str, hostile: str) -> None:
    words, given = (hostile, {}) if column == "words" else ("We sail.", {column.replace("speaker", "speaker_name"): hostile})
    (row,) = rows_of(csv_of(answer(card(stored_quote(words, kind=QuoteKind.INDIRECT, **given)))))
    assert row[column] == f"'{hostile}"


words = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1)


@given(st.lists(words, min_size=1, max_size=5), st.sampled_from(QuoteKind))
def test_the_words_are_read_back_exactly(said: list[str], kind: QuoteKind) -> None:
    rows = rows_of(csv_of(answer(*(card(stored_quote(one, kind=kind)) for one in said))))
    shown = [f"“{one}”" if kind is QuoteKind.DIRECT else one for one in said]
    assert [row["words"].removeprefix("'") for row in rows] == [one.removeprefix("'") for one in shown]
    assert not any(row["words"].startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for row in rows)


@pytest.mark.parametrize(
    ("understood", "name"),
    [
        ("Quotes about ferries by anyone.", "quotes-about-ferries-by-anyone.csv"),
        ("Quotes about ../../etc/passwd by anyone.", "quotes-about-etc-passwd-by-anyone.csv"),
        ('Quotes about "\r\n<x>|*?: by anyone.', "quotes-about-x-by-anyone.csv"),
        ("Quotes about Žádné trajekty.", "quotes-about-žádné-trajekty.csv"),
        ("🦆", "quotes.csv"),
        ("", "quotes.csv"),
        ("x" * 500, "x" * 60 + ".csv"),
        ("a." * 500, "a-" * 29 + "a.csv"),
    ],
)
def test_the_file_is_named_by_the_question(understood: str, name: str) -> None:
    export = csv_of(Reply(understood))
    assert (export.name, export.title) == (name, understood)


@given(st.text())
def test_the_name_of_the_file_is_one_that_every_system_takes(understood: str) -> None:
    name = csv_of(Reply(understood)).name
    assert re.fullmatch(r"\w(?:[\w-]*\w)?\.csv", name)
    assert len(name.encode()) < 255


# --- JSON --------------------------------------------------------------------------------------


def test_a_document_says_what_was_asked_and_all_that_is_known_of_each_quote() -> None:
    quote = stored_quote(
        "We will sail",
        "on Sunday.",
        id=12,
        article_id=3,
        outlet="The Harbour Post",
        headline="Ferry row grows",
        published=ASKED_AT,
        confidence=0.951,
    )
    copy = stored_quote("We will sail on Sunday.", id=13, article_id=4, outlet="The Wire", headline=None, published=None)
    found = json_of(replace(answer(card(quote, [copy])), notes=("2 speakers go by Marsh.",)))
    assert {key: found[key] for key in ("understood", "asked_at", "notes")} == {
        "understood": "Quotes about ferries by anyone.",
        "asked_at": "2026-11-06T12:00:00+00:00",
        "notes": ["2 speakers go by Marsh."],
    }
    (one,) = found["quotes"]
    places = one.pop("places")
    assert one == {
        "quote": 12,
        "speaker": "Helena Marsh",
        "words": ["We will sail", "on Sunday."],
        "cue": quote.cue_words,
        "kind": "direct",
        "reports": "speech",
        "confidence": 0.95,
        "sureness": "sure",
        "corrected": False,
    }
    assert [(place["article"], place["outlet"], place["headline"], place["published"]) for place in places] == [
        (3, "The Harbour Post", "Ferry row grows", "2026-11-06T12:00:00+00:00"),
        (4, "The Wire", None, None),
    ]
    assert [place["content"] for place in places] == [[list(span) for span in one.content] for one in (quote, copy)]
    assert all(place.keys() == {"article", "outlet", "headline", "published", "link", "content"} for place in places)


def test_a_table_and_a_document_name_the_same_fields() -> None:
    (one,) = json_of(answer(card(stored_quote("We sail."))))["quotes"]
    assert {*one, *one["places"][0]} - {"places", "content"} == set(COLUMNS)


def test_a_sentence_that_is_no_quote_is_none_in_a_file_either() -> None:
    places = [place(stored_quote("We sail.", article_id=number, outlet=f"The Oar {number}")) for number in (3, 4)]
    cited = Cited("Ada Moor declined to comment.", True, True, places[0], (places[1],))
    reply = Reply("Who declined to comment.", (Section("Ada Moor", cited=(cited,)),))
    rows = rows_of(csv_of(reply))
    assert [(row["quote"], row["speaker"], row["words"], row["kind"], row["outlet"]) for row in rows] == [
        ("", "Ada Moor", cited.words, "no comment", "The Oar 3"),
        ("", "Ada Moor", cited.words, "no comment", "The Oar 4"),
    ]
    (one,) = json_of(reply)["quotes"]
    assert (one["quote"], one["kind"], one["words"], one["confidence"]) == (None, "no comment", [cited.words], None)
    assert [found["article"] for found in one["places"]] == [3, 4]
    assert one.keys() == json_of(answer(card(stored_quote("We sail."))))["quotes"][0].keys()


def test_lines_are_the_quotes_of_the_document() -> None:
    reply = answer(card(stored_quote("We sail.", id=12)), card(stored_quote("We\nstay.", id=14)))
    lines = export_of(reply, ExportFormat.JSONL, ASKED_AT)
    assert lines.name == "quotes-about-ferries-by-anyone.jsonl"
    assert [json.loads(line) for line in lines.content.splitlines()] == json_of(reply)["quotes"]


def test_an_answer_without_quotes_is_a_document_without_quotes_and_no_line() -> None:
    nothing = Reply("Quotes about ferries by anyone.", notes=("Nothing was found.",))
    assert (json_of(nothing)["quotes"], json_of(nothing)["notes"]) == ([], ["Nothing was found."])
    assert export_of(nothing, ExportFormat.JSONL, ASKED_AT).content == b""


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5), st.text())
def test_whatever_is_said_is_read_back_exactly_from_json(said: list[str], understood: str) -> None:
    reply = answer(*(card(stored_quote(one, speaker_name=one, headline=one)) for one in said), understood=understood)
    found = json_of(reply)
    assert found["understood"] == understood
    assert [one["words"] for one in found["quotes"]] == [[one] for one in said]
    assert [one["speaker"] for one in found["quotes"]] == said
    assert len(export_of(reply, ExportFormat.JSONL, ASKED_AT).content.split(b"\n")) == len(said) + 1


@pytest.mark.parametrize("hostile", ["=1+1", "+1", "@SUM(A1)", "\t=1+1"])
def test_what_a_spreadsheet_would_reckon_with_stands_in_json_as_it_was_said(hostile: str) -> None:
    assert json_of(answer(card(stored_quote(hostile))))["quotes"][0]["words"] == [hostile]


def test_how_much_a_file_holds_is_told() -> None:
    quote, attitude = card(stored_quote()), card(stored_quote(reports=Reports.ATTITUDE))
    cited = Cited("Ann Bell declined to comment.", begins=True, ends=True, place=quote.place)
    held = {
        "": Reply("Quotes."),
        "2 quotes and 1 attitude": Reply("Quotes.", (Section("A", quotes=(quote, attitude)), Section("B", quotes=(quote,)))),
        "2 sentences": Reply("Who gave no comment.", (Section("A", cited=(cited, cited)),)),
    }
    assert [export_of(reply, ExportFormat.CSV, ASKED_AT).held for reply in held.values()] == list(held)

"""Words to keep or to block: read as people type them, given back as they are read, looked for where they say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NotUnderstood
from bot.feeds.feed import Entry
from bot.feeds.filters import LONGEST_WORD, MOST_WORDS, Field, Filter, Verdict, allows, describe, parse, parse_all

KEEP, BLOCK = Verdict.KEEP, Verdict.BLOCK
ENTRY = Entry(
    "1",
    "https://example.org/Live/caf%C3%A9-opens?a=1,2",
    "Prime Minister opens the Café’s ferry-bridge",
    "Ann Bell and Ada Moor",
    sections=("Scottish Politics", "Football"),
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("keep headline: ferry, bridge", Filter(KEEP, Field.HEADLINE, ("ferry", "bridge"))),
        ("block section: sport", Filter(BLOCK, Field.SECTION, ("sport",))),
        ("block url: /live/", Filter(BLOCK, Field.URL, ("/live/",))),
        ("block url: https://example.org/live", Filter(BLOCK, Field.URL, ("https://example.org/live",))),
        ("  KEEP the  Headline :Ferry,, “prime  minister” ,", Filter(KEEP, Field.HEADLINE, ("Ferry", "prime minister"))),
        ("only title = ferry", Filter(KEEP, Field.HEADLINE, ("ferry",))),
        ("exclude by: Ann Bell", Filter(BLOCK, Field.AUTHOR, ("Ann Bell",))),
        ("drop tags: sport, sport", Filter(BLOCK, Field.SECTION, ("sport",))),
        ("keep headlien: ferry", Filter(KEEP, Field.HEADLINE, ("ferry",))),
        ("blcok link: live", Filter(BLOCK, Field.URL, ("live",))),
    ],
)
def test_a_filter_is_read_as_people_type_it(typed: str, expected: Filter) -> None:
    assert parse(typed) == expected


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("", "That filter is empty."),
        ("ferry", "“ferry” is no filter."),
        ("keep ferry", "“keep ferry” is no filter."),
        ("keep headline", "“keep headline” is no filter."),
        ("keep headline:", "It is not said which words to keep."),
        ("block section: , ,", "It is not said which words to block."),
        ("love headline: ferry", "A filter does not “love”: it begins with keep or block."),
        ("keep colour: red", "A filter looks at the headline, the author, the section or the url, not at “colour”."),
        ("keep headline: !?", "“!?” has no letter or digit to look for."),
        ("keep headline: " + "x" * (LONGEST_WORD + 1), f"“{'x' * 80}” is longer than {LONGEST_WORD} characters."),
        ("keep headline: " + ",".join(map(str, range(MOST_WORDS + 1))), "A filter has at most 50 words, and this has 51."),
        ("keep headline: a;b", "“a;b” is no word or phrase."),
    ],
)
def test_what_is_no_filter_is_said_so_in_a_sentence_with_what_to_do(typed: str, what: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse(typed)
    assert refused.value.what == what
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("keep headline: ferry", True),
        ("keep headline: FERRY BRIDGE", True),
        ("keep headline: cafe", True),
        ("keep headline: prime minister", True),
        ("keep headline: minister prime", False),
        ("keep headline: fer", False),
        ("keep headline: sport, opens", True),
        ("keep author: ada moor", True),
        ("keep author: bell ada", False),
        ("keep author: Moore", False),
        ("keep section: politics", True),
        ("keep section: politics football", False),
        ("keep url: /live/", True),
        ("keep url: café", True),
        ("keep url: caf%c3%a9", True),
        ("keep url: /sport/", False),
    ],
)
def test_whole_words_are_looked_for_in_text_and_any_part_in_a_url(typed: str, fits: bool) -> None:
    assert parse(typed).fits(ENTRY) is fits
    assert allows([parse(typed)], ENTRY) is fits
    assert allows([parse(typed.replace("keep", "block"))], ENTRY) is not fits


def test_what_an_entry_does_not_have_fits_nothing() -> None:
    for field in Field:
        filter_of_field = Filter(BLOCK, field, ("none",))
        assert not filter_of_field.fits(Entry(None, None))
        assert allows([filter_of_field], Entry(None, None))
        assert not allows([Filter(KEEP, field, ("none",))], Entry(None, None))


def test_words_that_would_not_be_read_again_as_they_are_make_no_filter() -> None:
    for word in ("", " ferry", "“ferry”", "ferry, bridge", "prime\nminister"):
        with pytest.raises(NotUnderstood):
            Filter(KEEP, Field.URL, (word,))


def test_an_entry_is_wanted_that_has_one_thing_to_keep_and_nothing_that_is_blocked() -> None:
    assert allows([], ENTRY)
    assert allows(parse_all("keep headline: volcano; keep section: football"), ENTRY)
    assert not allows(parse_all("keep headline: volcano; keep section: rugby"), ENTRY)
    assert not allows(parse_all("keep headline: ferry\nblock section: football"), ENTRY)


def test_several_filters_are_read_from_lines_or_with_semicolons_each_once() -> None:
    assert describe(parse_all("keep title: ferry\n\nblock url: /live/; keep headline: ferry;")) == "keep headline: ferry; block url: /live/"
    assert parse_all(" ") == ()


words = st.text('aZ9é/:.ﬁß-’ "“', min_size=1, max_size=12).map(lambda text: " ".join(text.split()).strip(' "“”'))
filters = st.builds(
    Filter,
    st.sampled_from(Verdict),
    st.sampled_from(Field),
    st.lists(words.filter(lambda word: any(map(str.isalnum, word))), min_size=1, max_size=4, unique=True).map(tuple),
)


@settings(max_examples=30)
@given(st.lists(filters, max_size=3, unique=True).map(tuple))
def test_what_a_filter_says_of_itself_is_read_as_the_same(several: tuple[Filter, ...]) -> None:
    assert parse_all(describe(several)) == several
    assert tuple(parse(str(one)) for one in several) == several


@settings(max_examples=30)
@given(st.text(max_size=40) | st.builds("{} {}: {}".format, st.sampled_from(Verdict), st.sampled_from(Field), st.text(max_size=20)))
def test_whatever_is_typed_is_a_filter_or_a_sentence(typed: str) -> None:
    try:
        found = parse(typed)
    except NotUnderstood:
        return
    assert parse(str(found)) == found
    assert allows([found], ENTRY) in (True, False)

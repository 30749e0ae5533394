"""What people type, out of the form in which Slack passes it on."""

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.incoming import typed

ANYTHING = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("add <https://mill.example.org/1>", "add https://mill.example.org/1"),
        ("add <https://mill.example.org/1|the ferry story>", "add https://mill.example.org/1"),
        ("add <https://mill.example.org/?a=1&amp;b=2>", "add https://mill.example.org/?a=1&b=2"),
        ("add <https://mill.example.org/ferry_(boat)|mill.example.org>.", "add https://mill.example.org/ferry_(boat)."),
        ("<mailto:ann@example.org|ann@example.org> said", "ann@example.org said"),
        ("<mailto:ann@example.org> said", "ann@example.org said"),
        ("<tel:+441632960000|01632 960000>", "+441632960000"),
    ],
)
def test_a_link_is_its_address(sent: str, meant: str) -> None:
    assert typed(sent) == meant


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("what did <@U1> say", "what did @U1 say"),
        ("what did <@U1|ada.moor> say", "what did @ada.moor say"),
        ("digest daily at 8 in <#C1|news>", "digest daily at 8 in #news"),
        ("digest daily at 8 in <#C1|>", "digest daily at 8 in #C1"),
        ("digest daily at 8 in <#C1>", "digest daily at 8 in #C1"),
    ],
)
def test_a_person_or_a_channel_has_the_name_that_slack_gives_with_it(sent: str, meant: str) -> None:
    assert typed(sent) == meant


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("<!here> who said what", "@here who said what"),
        ("<!channel|channel> who said what", "@channel who said what"),
        ("<!everyone|@everyone> who said what", "@everyone who said what"),
        ("<!subteam^S1|@desk> who said what", "@desk who said what"),
        ("<!subteam^S1> who said what", "@subteam who said what"),
        ("who said what since <!date^1792022400^{date_short}|15 Oct 2026>", "who said what since 15 Oct 2026"),
    ],
)
def test_a_special_mention_is_its_words(sent: str, meant: str) -> None:
    assert typed(sent) == meant


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("Marsh &amp; Sons &lt;3 &gt; all", "Marsh & Sons <3 > all"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("&amp;copy; is how it is written", "&copy; is how it is written"),
        ("cash&copy", "cash&copy"),  # Slack makes no such entity, so somebody wrote it
    ],
)
def test_the_three_entities_are_read_once_and_no_others(sent: str, meant: str) -> None:
    assert typed(sent) == meant


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("&lt;<@U1|ada>&gt;", "<@ada>"),
        ("&lt;&lt;<https://mill.example.org/1>&gt;&gt;", "<<https://mill.example.org/1>>"),
        ("&lt;https://mill.example.org/1|forged&gt;", "<https://mill.example.org/1|forged>"),
        ("<https://mill.example.org/1|a &lt;b&gt; c>", "https://mill.example.org/1"),
        ("<", "<"),
        ("<>", ""),
        ("a < b", "a < b"),
    ],
)
def test_angle_brackets_that_people_type_are_theirs(sent: str, meant: str) -> None:
    assert typed(sent) == meant


@pytest.mark.parametrize("mention", ["<@U0BOT>", "<@U0BOT|verbatim>", "<@U0BOT>:", "<@U0BOT> , "])
def test_the_mention_of_the_bot_is_no_part_of_the_question(mention: str) -> None:
    assert typed(f"{mention} who said what", bot_user="U0BOT") == "who said what"


def test_the_mention_of_another_bot_stays() -> None:
    assert typed("<@U0BOT2> said what", bot_user="U0BOT") == "@U0BOT2 said what"


@given(ANYTHING)
def test_what_is_typed_comes_back_through_the_escaping_of_slack(words: str) -> None:
    assert typed(html.escape(words, quote=False), bot_user="U0BOT") == words.strip()


@settings(max_examples=100)
@given(ANYTHING)
def test_whatever_slack_sends_is_read_without_an_error(sent: str) -> None:
    assert typed(sent, bot_user="U0BOT") == typed(sent, bot_user="U0BOT").strip()

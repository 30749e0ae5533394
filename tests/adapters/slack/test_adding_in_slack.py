"""Adding articles of the web from Slack, over HTTP and over a socket."""

import pytest

from storage.database import Database
from tests.adapters.slack.scenes import Scene, playing, socket_alone
from tests.fakes.slack_reading import labels, visible_text
from tests.fakes.slack_server import SlackServer
from tests.fakes.slack_transports import Transport

transport = socket_alone

ADDRESS = "https://mill.example.org/news/rowing?page=1&part=2"
ROWING = "Rowing is the only way across"
BODY = f'<p>Ann Bell said: "{ROWING}." {"The island has been without a ferry for three days, and nobody knows why. " * 8}</p>'
PAGE = f"<html><head><title>Islanders to row</title></head><body><article>{BODY}</article></body></html>"
REFUSAL = "You may not {}. Whoever runs Verbatim here keeps that for others"
MAY_NOT_ADD, MAY_NOT_REMOVE = REFUSAL.format("add articles"), REFUSAL.format("take articles down")


@pytest.fixture
def page(scene: Scene) -> str:
    """The address of a page that is there."""
    scene.room.fetcher.pages[ADDRESS] = PAGE
    return ADDRESS


async def articles(scene: Scene) -> str:
    """How many articles are stored, as they are told to a person."""
    return visible_text(await scene.asked("status"))


async def test_an_article_is_added_by_its_address_and_its_quotes_are_found(scene: Scene, page: str) -> None:
    added = await scene.asked(f"add {page}")
    assert "Added as article 3: Islanders to row, with 1 quote." in visible_text(added)
    assert ROWING in visible_text(await scene.asked("who said what about rowing"))
    assert scene.slack.posts("C1") == []


async def test_what_was_added_is_shown_by_a_button(scene: Scene, page: str) -> None:
    await scene.press(await scene.asked(f"add {page}"), "show 3")
    assert ROWING in scene.whispered()


async def test_an_article_that_is_known_is_said_to_be(scene: Scene, page: str) -> None:
    await scene.asked(f"add {page}")
    assert "Article 3 is known already" in visible_text(await scene.asked(f"add {page}"))


async def test_a_mention_adds_the_link_that_slack_makes_of_an_address(scene: Scene, page: str) -> None:
    assert "Added as article 3" in visible_text(await scene.asked_in_a_thread(f"add {page}"))


@pytest.mark.parametrize("link", ["<{}|mill.example.org/news>", "<{}|Islanders to row>", "<{}>"])
async def test_a_link_under_other_words_is_added_by_its_address(scene: Scene, page: str, link: str) -> None:
    message = scene.workspace.say("add Islanders to row")
    told = scene.workspace.payloads.message(message, "app_mention")
    await scene.workspace.event(told | {"text": f"<@U0BOT> add {link.format(page.replace('&', '&amp;'))}"})
    await scene.settled()
    assert "Added as article 3" in scene.posted()


async def test_an_address_that_answers_nothing_is_told_to_the_person_alone(scene: Scene) -> None:
    await scene.workspace.mention("add https://mill.example.org/gone")
    await scene.settled()
    assert "https://mill.example.org/gone answers 404. Check the address." in scene.whispered()
    assert scene.slack.posts("C1") == []


async def test_a_page_without_an_article_is_told_to_the_person_alone(scene: Scene) -> None:
    scene.room.fetcher.pages[ADDRESS] = "<html><body><nav>Home</nav></body></html>"
    await scene.workspace.mention(f"add {ADDRESS}")
    await scene.settled()
    assert "The page holds no article." in scene.whispered()
    assert scene.slack.posts("C1") == []
    assert "2 articles" in await articles(scene)


@pytest.mark.parametrize("reference", ["/etc/passwd", "file:///etc/passwd", "-", ".", "ftp://mill.example.org/news", "javascript:alert(1)"])
async def test_what_is_no_address_of_the_web_is_not_read(scene: Scene, reference: str) -> None:
    told = visible_text(await scene.asked(f"add {reference}"))
    assert told.startswith(("Quotes about", "That is not how add works."))
    assert "2 articles" in await articles(scene)


async def test_only_those_who_are_named_or_in_a_group_add_articles(slack: SlackServer, store: Database, transport: Transport) -> None:
    for user, name in (("U33", "Cleo Hart"), ("U44", "Dan Reed")):
        slack.add_person(user, name)
    slack.add_group("S77", "desk", "U44")
    async with playing(slack, store, transport, slack_may_add="U33, S77") as scene:
        scene.room.fetcher.pages[ADDRESS] = PAGE
        for user, told in (("U1", MAY_NOT_ADD), ("U33", "Added as article 3"), ("U44", "Article 3 is known already")):
            await scene.workspace.command(f"add {ADDRESS}", user=user)
            await scene.settled()
            assert told in scene.whispered(user)
    assert slack.refused == []


async def test_who_may_not_add_hears_of_it_alone_and_nothing_is_fetched(slack: SlackServer, store: Database, transport: Transport) -> None:
    async with playing(slack, store, transport, slack_may_add="U33") as scene:
        for request, refusal in ((f"add {ADDRESS}", MAY_NOT_ADD), ("remove 1", MAY_NOT_REMOVE)):
            await scene.workspace.mention(request)
            await scene.settled()
            assert refusal in scene.whispered()
        assert slack.posts("C1") == []
        assert "2 articles" in await articles(scene)


async def test_only_those_who_are_named_take_articles_down(slack: SlackServer, store: Database, transport: Transport) -> None:
    slack.add_person("U33", "Cleo Hart")
    async with playing(slack, store, transport, slack_may_remove="U33") as scene:
        assert MAY_NOT_REMOVE in visible_text(await scene.asked("remove 1"))
        await scene.workspace.command("remove 1", user="U33")
        await scene.settled()
        assert MAY_NOT_REMOVE not in scene.whispered("U33")
        assert "1 article" in await articles(scene)


async def test_where_slack_does_not_say_who_is_in_a_group_nobody_in_it_may_and_questions_are_answered(
    slack: SlackServer, store: Database, transport: Transport
) -> None:
    slack.teams["T1"].scopes -= {"usergroups:read", "users:read"}
    slack.add_group("S77", "desk", "U1")
    async with playing(slack, store, transport, slack_may_add="S77") as scene:
        assert MAY_NOT_ADD in visible_text(await scene.asked(f"add {ADDRESS}"))
        answer = await scene.asked("who said what about the ferry")
        assert "Export CSV" in labels(answer)


async def test_a_headline_that_means_harm_pings_nobody_and_forges_no_link(scene: Scene) -> None:
    headline = "<!channel> @everyone <https://evil.example.org|Ferry> *bold*"
    escaped = headline.replace("<", "&lt;").replace(">", "&gt;")
    scene.room.fetcher.pages[ADDRESS] = PAGE.replace("Islanders to row", escaped)
    assert f"Added as article 3: {headline}, with 1 quote." in visible_text(await scene.asked_in_a_thread(f"add {ADDRESS}"))

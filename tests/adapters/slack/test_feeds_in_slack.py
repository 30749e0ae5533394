"""Feeds from Slack, over HTTP and over a socket: added by a form of the App Home, listed from there, exported as a file."""

import pytest

from storage import feeds
from storage.database import Database
from storage.records import StoredFeed
from tests.adapters.slack.scenes import Scene, playing, socket_alone
from tests.adapters.slack.test_app_home import opened
from tests.fakes.slack_reading import visible_text
from tests.fakes.slack_server import SlackServer
from tests.fakes.slack_transports import Transport
from tests.newsrooms import LONDON

transport = socket_alone

TIDES = "https://tides.example.org/feed.xml"


def feed(title: str) -> str:
    item = "<item><title>Boats</title><link>https://tides.example.org/1</link></item>"
    return f"<rss version='2.0'><channel><title>{title}</title>{item}</channel></rss>"


NAMED = "".join(f'<link rel="alternate" type="application/rss+xml" title="{one}" href="/{one}.xml">' for one in ("feed", "sport"))
PAGE = f"<!doctype html><html><head><title>Tides</title>{NAMED}</head><body><p>Boats are late.</p></body></html>"


async def form(scene: Scene, user: str = "U1") -> None:
    scene.room.fetcher.pages |= {TIDES: feed("Tides <!channel>"), "https://tides.example.org/": PAGE}
    await scene.press(await opened(scene, user), "Add a feed", user=user)


async def submitted(scene: Scene, **typed: object) -> str:
    """What the modal shows when the form is filled in so."""
    await scene.workspace.submit({name.replace("_", " "): value for name, value in typed.items()})
    await scene.settled()
    return visible_text(scene.modal())


async def stored(scene: Scene) -> list[StoredFeed]:
    async with scene.room.database.reading() as session:
        return await feeds.every(session)


async def test_the_form_adds_a_feed_as_it_is_filled_in_and_nobody_else_sees_it(scene: Scene) -> None:
    await form(scene)
    filters = "keep headline: ferry, bridge\nblock url: /live/"
    wished = {"Outlet": "Tide Times", "Language": "en", "Time_zone": "London", "Filters": filters, "Text": ["feed-text"]}
    assert "Added as feed 1: Tide Times" in await submitted(scene, Address=TIDES, **wished)
    (one,) = await stored(scene)
    assert (one.outlet, one.language, one.time_zone, one.full_text) == ("Tide Times", "en", LONDON.key, False)
    assert one.filters == ("keep headline: ferry, bridge", "block url: /live/")
    assert (one.platform, one.workspace, one.owner) == ("slack", "T1", "U1")
    assert scene.slack.posts("C1") == []


async def test_of_an_empty_field_each_article_tells_itself(scene: Scene) -> None:
    await form(scene)
    assert "Added as feed 1: Tides" in await submitted(scene, Address=TIDES)
    (one,) = await stored(scene)
    assert (one.outlet, one.language, one.time_zone, one.full_text, one.filters) == (None, None, None, True, ())


@pytest.mark.parametrize(
    ("field", "typed", "block", "told"),
    [
        ("Address", "../../etc/passwd", "address", "It is no address of the web."),
        ("Language", "Klingonese!", "language", "is no language"),
        ("Time_zone", "Atlantis", "zone", "Atlantis"),
        ("Filters", "hold headline: boats", "filters", "A filter does not “hold”"),
    ],
)
async def test_what_is_wrong_in_the_form_is_told_at_its_field_and_the_form_stays(
    scene: Scene, field: str, typed: str, block: str, told: str
) -> None:
    await form(scene)
    await submitted(scene, **({"Address": TIDES} | {field: typed}))
    assert list(scene.modal().errors) == [block]
    assert told in scene.modal().errors[block]
    assert await stored(scene) == []


async def test_where_no_feed_is_the_form_says_so_and_keeps_what_was_typed(scene: Scene) -> None:
    await form(scene)
    shown = await submitted(scene, Address="https://nowhere.example.org/feed", Filters="keep headline: boats\nblock section: sport")
    assert "https://nowhere.example.org/feed answers 404." in shown
    assert "Added as feed 1" in await submitted(scene, Address=TIDES)
    assert (await stored(scene))[0].filters == ("keep headline: boats", "block section: sport")


async def test_of_several_feeds_of_a_page_one_is_chosen_with_what_was_wished(scene: Scene) -> None:
    await form(scene)
    shown = await submitted(scene, Address="https://tides.example.org/", Outlet="Tide Times")
    assert f"The page has 2 feeds. Give one of them: feed: {TIDES}; sport: https://tides.example.org/sport.xml." in shown
    await scene.press(scene.modal(), f"feeds add {TIDES}; outlet: Tide Times")
    assert "Added as feed 1: Tide Times" in visible_text(scene.modal())


async def test_the_app_home_shows_how_the_feeds_do_and_lists_them_in_a_modal(scene: Scene) -> None:
    await form(scene)
    await submitted(scene, Address=TIDES)
    home = scene.slack.home("U1")
    assert home is not None
    await scene.press(home, "Feeds")
    shown = visible_text(scene.modal())
    assert "1 is read." in shown
    assert f"1: Tides <!channel>  {TIDES}" in shown


async def test_a_list_is_exported_as_a_file_to_whoever_asks(scene: Scene) -> None:
    await form(scene)
    await submitted(scene, Address=TIDES)
    await scene.workspace.message("feeds export", user="U1")
    await scene.settled()
    (file,) = scene.slack.files.values()
    assert (file.name, file.shared) == ("verbatim-feeds.opml", [("D1", None)])
    assert TIDES.encode() in (file.content or b"")


async def test_who_may_not_add_feeds_is_told_so_before_filling_in_anything(
    slack: SlackServer, store: Database, transport: Transport
) -> None:
    async with playing(slack, store, transport, slack_may_add="U33") as scene:
        await form(scene)
        assert "You may not add feeds." in visible_text(scene.modal())

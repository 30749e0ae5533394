"""Feeds by the command /feeds: each part does the same as what is typed, and only whoever uses it sees what comes of it."""

from collections.abc import Mapping

import pytest

from adapters.discord.listeners import feed_commands
from bot.feeds.requests import FeedWishes
from storage import feeds
from storage.records import StoredFeed
from tests.adapters.discord.scenes import Scene
from tests.adapters.discord.test_suggesting import suggested
from tests.adapters.discord.using import answer, told, used
from tests.fakes.discord_records import ADA, BEN, GUILD, NEWS

TIDES, MILL = "https://tides.example.org/feed.xml", "https://mill.example.org/feed.xml"
LIST = f"""<?xml version="1.0"?><opml version="2.0"><head/><body><outline type="rss" text="The Mill" xmlUrl="{MILL}"/></body></opml>"""


def feed(title: str, *headlines: str) -> str:
    items = "".join(f"<item><title>{one}</title><link>https://tides.example.org/{one}</link></item>" for one in headlines)
    return f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>"


def named(*feeds_of_page: str) -> str:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" title="{one}" href="{one}">' for one in feeds_of_page)
    return f"<!doctype html><html><head><title>Tides</title>{links}</head><body><p>Boats are late.</p></body></html>"


@pytest.fixture(autouse=True)
def _web(scene: Scene) -> None:
    scene.room.fetcher.pages |= {TIDES: feed("Tides @everyone", "Boats", "Nets"), MILL: feed("The Mill", "Flour")}


async def stored(scene: Scene) -> list[StoredFeed]:
    async with scene.room.database.reading() as session:
        return await feeds.every(session)


async def did(scene: Scene, part: str, entered: Mapping[str, object] | None = None, *, user: int = ADA) -> str:
    return told(await used(scene, f"feeds {part}", entered, user=user))


async def test_a_feed_is_tried_added_changed_left_alone_and_removed_by_its_number_or_name(scene: Scene) -> None:
    assert "Boats" in await did(scene, "preview", {"url": TIDES})
    assert await stored(scene) == []
    wished = {"outlet": "Tide Times", "zone": "Europe/Paris", "filters": "keep headline: boats; block url: /live/", "feed_text": True}
    assert "Added as feed 1: Tide Times" in await did(scene, "add", {"url": TIDES, **wished})
    (one,) = await stored(scene)
    assert (one.outlet, one.time_zone, one.full_text) == ("Tide Times", "Europe/Paris", False)
    assert one.filters == ("keep headline: boats", "block url: /live/")
    assert (one.platform, one.workspace, one.owner) == ("discord", str(GUILD), str(ADA))
    assert "Feed 1, Tides" in await did(scene, "set", {"feed": "tide times", "outlet": "none", "filters": "None", "feed_text": False})
    (one,) = await stored(scene)
    assert (one.outlet, one.time_zone, one.full_text, one.filters) == (None, "Europe/Paris", True, ())
    assert "is paused" in await did(scene, "pause", {"feed": "1"})
    assert "Paused since" in await did(scene, "show", {"feed": "#1"})
    assert "1: Tides" in await did(scene, "list", {"which": "Those that are paused"})
    assert "goes on" in await did(scene, "resume", {"feed": "1"})
    assert "is looked at next" in await did(scene, "check", {"feed": "1"})
    assert "has not said that it moved" in await did(scene, "move", {"feed": "1"})
    assert "is read no more" in await did(scene, "remove", {"feed": "tides"})
    assert await stored(scene) == []


async def test_what_comes_of_feeds_is_shown_to_whoever_asks_alone(scene: Scene) -> None:
    done = await used(scene, "feeds add", url=TIDES)
    assert scene.discord.ephemerals(ADA) == [answer(done)]
    assert scene.discord.posts(NEWS) == []


async def test_of_several_feeds_of_a_page_those_are_named_to_choose_from(scene: Scene) -> None:
    scene.room.fetcher.pages["https://tides.example.org/"] = named("/feed.xml", "/sport.xml")
    shown = await did(scene, "add", {"url": "https://tides.example.org/"})
    assert "The page has 2 feeds" in shown
    assert TIDES in shown


@pytest.mark.parametrize(
    ("part", "entered", "why"),
    [
        ("show", {"feed": "9"}, "There is no feed 9."),
        ("show", {"feed": "99999999999999999999999"}, "There is no feed 9999"),
        ("show", {"feed": "harbour"}, "No feed goes by “harbour”."),
        ("show", {"feed": " "}, "No feed goes by"),
        ("pause", {"feed": "example"}, "Several feeds go by that. Give the number of one of them"),
        ("set", {"feed": "1"}, "It is not said what to change."),
        ("set", {"feed": "1", "filters": "hold headline: boats"}, "A filter does not “hold”"),
        ("set", {"feed": "1", "zone": "Atlantis"}, "Atlantis"),
        ("add", {"url": "../../etc/passwd"}, "It is no address of the web."),
        ("import", {}, "There is neither a file nor an address."),
        ("import", {"address": "https://nowhere.example.org/"}, "answers 404"),
    ],
)
async def test_what_cannot_be_done_is_told_with_what_to_do_instead(scene: Scene, part: str, entered: dict[str, object], why: str) -> None:
    for url in (TIDES, MILL):
        await did(scene, "add", {"url": url})
    assert why in await did(scene, part, entered)


async def test_a_feed_is_suggested_by_number_outlet_title_or_address_and_what_is_sent_is_its_number(scene: Scene) -> None:
    await did(scene, "add", {"url": TIDES})
    await did(scene, "add", {"url": MILL, "outlet": "Flour Weekly"})
    assert await suggested(scene, "feeds show", "feed", "") == ["2", "1"]
    for typed, offered in (
        ("1", ["1"]),
        ("flo wee", ["2"]),
        ("the mill", ["2"]),
        ("tides.ex", ["1"]),
        ("zzz", []),
        ("!", []),
        ("x" * 3000, []),
    ):
        assert await suggested(scene, "feeds pause", "feed", typed) == offered, typed
    shown = scene.people.suggest("feeds set", "feed", "tides")
    await scene.settled()
    assert [choice["name"] for choice in shown.choices] == ["1: Tides @everyone"]
    assert await suggested(scene, "feeds add", "zone", "lond") == ["Europe/London"]


async def test_a_list_of_feeds_comes_as_a_file_or_from_an_address_and_goes_as_a_file(scene: Scene) -> None:
    file = scene.people.upload("feeds.opml", LIST.encode())
    assert "1 feed added." in await did(scene, "import", {"file": file})
    scene.room.fetcher.pages["https://lists.example.org/all.opml"] = LIST
    assert "1 feed was there already." in await did(scene, "import", {"address": "https://lists.example.org/all.opml"})
    done = await used(scene, "feeds export")
    ((name, content),) = answer(done).files.items()
    assert name == "verbatim-feeds.opml"
    assert MILL.encode() in content
    assert scene.discord.ephemerals(ADA)[-1] == answer(done)


async def test_a_file_that_is_no_list_or_is_too_large_or_gone_is_refused_with_the_reason(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "It is no list of feeds" in await did(scene, "import", {"file": scene.people.upload("a.opml", b"\x89PNG")})
    monkeypatch.setattr(feed_commands, "LARGEST_LIST", 1_000_000)
    at_the_limit, over = (scene.people.upload("b.opml", LIST.encode().ljust(size)) for size in (1_000_000, 1_000_001))
    assert "1 feed added." in await did(scene, "import", {"file": at_the_limit})
    assert "The file has 1.0 MB, and a list of feeds may have 1." in await did(scene, "import", {"file": over})
    gone = scene.people.upload("c.opml", LIST.encode())
    done = scene.people.command("feeds import", {"file": gone})
    del scene.discord.uploaded[gone]
    await scene.settled()
    assert "Discord did not give the file" in told(done)


async def test_whoever_may_not_add_articles_changes_no_feeds_and_may_look_at_them(scene: Scene) -> None:
    await did(scene, "add", {"url": TIDES})
    await scene.room.newsroom.feeds.add(MILL, None, FeedWishes())
    assert "You may not change feed 2" in await did(scene, "pause", {"feed": "2"}, user=BEN)
    assert "2: The Mill" in await did(scene, "list", user=BEN)


async def test_help_tells_of_each_part(scene: Scene) -> None:
    shown = told(await used(scene, "help", keyword="feeds"))
    for part in ("list", "show", "add", "preview", "set", "pause", "resume", "check", "move", "remove", "import", "export"):
        assert f"/feeds {part}: " in shown

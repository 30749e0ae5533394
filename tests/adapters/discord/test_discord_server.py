import asyncio
import io
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import discord
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.fakes.discord_failures import Limit
from tests.fakes.discord_people import People
from tests.fakes.discord_reading import labels, links, unmarked, visible_text
from tests.fakes.discord_records import ADA, APP, BEN, DESK, GUILD, NEWS, QUESTIONS, SPORT, WEATHER, Json
from tests.fakes.discord_running import connected
from tests.fakes.discord_server import DiscordServer, discord_server
from tests.fakes.discord_toy import Toy

CREATE = "POST /channels/{channel}/messages"


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with discord_server() as server:
        yield server


@pytest.fixture
async def toy(server: DiscordServer) -> AsyncIterator[Toy]:
    toy = Toy()
    async with connected(server, toy):
        yield toy


@pytest.fixture
async def people(server: DiscordServer, toy: Toy) -> People:
    """People of a Discord in which the toy is at work."""
    assert toy.is_ready()
    return People(server)


def place(toy: Toy, channel: int = NEWS) -> discord.PartialMessageable:
    return toy.get_partial_messageable(channel)


def shown(server: DiscordServer, channel: int = NEWS) -> list[str]:
    return [message.content for message in server.posts(channel)]


async def refusal(doing: Any) -> discord.HTTPException:  # noqa: ANN401 (discord.py's coroutines are of many types)
    with pytest.raises(discord.HTTPException) as caught:
        await doing
    return caught.value


# ways in


async def test_a_mention_is_answered_and_nobody_is_pinged(server: DiscordServer, people: People) -> None:
    asked = people.mention("who said what")
    await server.settled()
    assert shown(server) == ["You said: who said what"]
    assert server.posts(NEWS)[0].reply_to == asked.id
    assert labels(server.posts(NEWS)[0]) == ["More", "Fix", "Ann Bell"]
    assert server.refused == []
    assert server.pings == []


async def test_what_is_told_again_is_answered_again_by_an_app_that_does_not_look(server: DiscordServer, people: People) -> None:
    people.again(people.mention("A"))
    await server.settled()
    assert shown(server) == ["You said: A", "You said: A"]


async def test_the_app_hears_of_messages_that_are_changed_or_gone(server: DiscordServer, people: People, toy: Toy) -> None:
    message = people.mention("A")
    await server.settled()
    changed, gone = (asyncio.create_task(toy.wait_for(event)) for event in ("raw_message_edit", "raw_message_delete"))
    await asyncio.sleep(0)
    people.edit(message, f"<@{APP}> B")
    people.delete(message)
    assert (await changed).message.content == f"<@{APP}> B"
    assert (await gone).message_id == message.id


async def test_a_direct_message_is_answered(server: DiscordServer, people: People) -> None:
    people.message("who said what")
    await server.settled()
    assert shown(server, ADA) == ["You said: who said what"]


async def test_what_the_app_may_not_see_it_does_not_hear_of(server: DiscordServer, people: People) -> None:
    people.mention("who said what", channel=SPORT)
    people.message("not for the app", channel=NEWS)
    await server.settled()
    assert server.posts(SPORT) == server.posts(NEWS) == []
    assert server.refused == []


async def test_words_that_do_not_mention_the_app_are_told_only_to_one_that_may_read_messages(server: DiscordServer) -> None:
    read = {}
    for more in ((), ("message_content",)):
        server.privileged = set(more)
        toy = Toy(intents=["guilds", "guild_messages", *more])
        async with connected(server, toy):
            words = asyncio.create_task(toy.wait_for("message"))
            await asyncio.sleep(0)
            message = People(server).message("Ferry late", channel=NEWS)
            fetched = await place(toy).fetch_message(message.id)
            read[more] = (await words).content, fetched.content
    assert read == {(): ("", ""), ("message_content",): ("Ferry late", "Ferry late")}


async def test_a_thread_and_a_post_in_a_forum_are_places_to_ask(server: DiscordServer, people: People) -> None:
    thread = people.thread("Ferries")
    people.mention("one", channel=thread.id)
    post = people.forum_post("Ferries", f"<@{APP}> two", channel=QUESTIONS)
    await server.settled()
    assert shown(server, thread.id) == ["You said: one"]
    assert shown(server, post.channel) == ["You said: two"]


async def test_a_command_is_deferred_and_then_answered_with_a_file(server: DiscordServer, people: People) -> None:
    asked = people.command("ask", question="who said what", who=BEN)
    await server.settled()
    assert asked.acknowledged == 5
    assert asked.followups == []
    assert [visible_text(message) for message in server.posts(NEWS)] == ["Asked: who said what of ben.okoro\nquestion.txt"]
    assert server.posts(NEWS)[0].files == {"question.txt": b"who said what"}
    async with aiohttp.ClientSession() as session, session.get(server.posts(NEWS)[0].attachments[0]["url"]) as response:
        assert await response.read() == b"who said what"


async def test_commands_are_registered_and_offered_as_they_say(server: DiscordServer, people: People) -> None:
    assert [command["name"] for command in server.commands[None]] == ["ask", "whisper", "digest", "Find these words"]
    people.command("digest new", about="ferries", channel=None)
    await server.settled()
    assert shown(server, ADA) == ["Digest about ferries"]


@pytest.mark.parametrize(
    ("name", "entered"),
    [
        ("nothing", {}),
        ("ask", {}),
        ("ask", {"question": 1}),
        ("ask", {"question": "A", "more": "B"}),
        ("digest", {"about": "A"}),
        ("whisper", {"channel": None}),
        ("whisper", {"user": BEN}),
    ],
)
async def test_a_command_that_discord_would_not_let_a_person_send_is_a_fault_of_the_test(people: People, name: str, entered: Json) -> None:
    with pytest.raises(AssertionError):
        people.command(name, **entered)


async def test_the_ids_of_commands_stay_when_they_are_registered_again(server: DiscordServer, toy: Toy) -> None:
    before = [command["id"] for command in server.commands[None]]
    synced = await toy.tree.sync()
    assert [str(command.id) for command in synced] == before
    assert len(server.calls_of("PUT /applications/{app}/commands")) == 2


async def test_an_option_suggests_what_the_app_says(server: DiscordServer, people: People) -> None:
    typed = people.suggest("ask", "question", "the")
    await server.settled()
    assert typed.choices == [{"name": "the ferry", "value": "the-ferry"}, {"name": "the mill", "value": "the-mill"}]


async def test_a_command_of_a_message_is_told_its_words(server: DiscordServer, people: People) -> None:
    message = people.message("Ferry late", user=BEN, channel=NEWS)
    people.message_command("Find these words", message)
    await server.settled()
    assert visible_text(server.posts(NEWS)[0]) == "Found\nFerry late"


async def test_a_private_answer_is_seen_by_one_person(server: DiscordServer, people: People) -> None:
    people.command("whisper")
    await server.settled()
    assert [message.content for message in server.ephemerals(ADA)] == ["For you"]
    assert server.posts(NEWS) == server.ephemerals(BEN) == []
    with pytest.raises(AssertionError):
        people.click(server.ephemerals(ADA)[0], "More", user=BEN)
    people.click(server.ephemerals(ADA)[0], "More")
    await server.settled()
    assert [message.content for message in server.ephemerals(ADA)] == ["More of it"]


async def test_a_click_changes_the_message_and_a_choice_is_answered_alone(server: DiscordServer, people: People) -> None:
    people.mention("A")
    await server.settled()
    message = server.posts(NEWS)[0]
    clicked = people.click(message, "More", user=BEN)
    chosen = people.choose(message, "Speaker", "Ann Bell")
    await server.settled()
    assert (clicked.acknowledged, chosen.acknowledged) == (7, 6)
    assert shown(server) == ["More of it"]
    assert [message.content for message in server.ephemerals(ADA)] == ["Chosen: 1"]
    assert message.edited
    with pytest.raises(AssertionError, match="More"):
        people.click(message, "Less")


async def test_a_modal_is_filled_in_and_submitted(server: DiscordServer, people: People) -> None:
    people.mention("A")
    await server.settled()
    people.click(server.posts(NEWS)[0], "Fix")
    await server.settled()
    modal = server.modal(ADA)
    assert modal is not None
    assert visible_text(modal).splitlines() == ["Who said it?", "Name", "Reason", "Wrong"]
    for impossible in ({}, {"Name": "longer than ten"}, {"Name": "Ann", "Age": "7"}, {"Name": "Ann", "Reason": "Right"}):
        with pytest.raises(AssertionError):
            people.submit(impossible)
    people.submit({"Name": "Ann Bell", "Reason": "Wrong"})
    await server.settled()
    assert [message.content for message in server.ephemerals(ADA)] == ["Fixed: Ann Bell, ['w']"]
    assert server.modal(ADA) is None
    assert server.refused == []


async def test_old_buttons_work_in_an_app_that_was_started_anew(server: DiscordServer) -> None:
    async with connected(server, Toy()):
        People(server).mention("A")
        await server.settled()
    async with connected(server, Toy()):
        People(server).click(server.posts(NEWS)[0], "More")
        await server.settled()
    assert shown(server) == ["More of it"]
    assert len(server.gateway.identifies) == 2


async def test_the_app_hears_of_servers_and_channels_that_come_and_go(server: DiscordServer, people: People, toy: Toy) -> None:
    people.delete_channel(SPORT)
    people.delete_channel(NEWS)
    people.invite(101, "Tide Gazette")
    people.outage()
    await server.settled()
    assert toy.left == ["news", "not Tide Gazette"]
    people.remove_app()
    await server.settled()
    assert toy.left == ["news", "not Tide Gazette", "Harbour Post"]


# the gateway


async def test_what_happened_while_the_connection_was_lost_is_told_when_it_is_resumed(server: DiscordServer, people: People) -> None:
    people.mention("before")
    await server.settled()
    server.gateway.abort()
    people.mention("meanwhile")
    await server.gateway.ready()
    await server.settled()
    people.mention("after")
    await server.settled()
    assert shown(server) == ["You said: before", "You said: meanwhile", "You said: after"]
    assert (len(server.gateway.identifies), len(server.gateway.resumes)) == (1, 1)


async def test_an_app_that_is_asked_to_reconnect_resumes(server: DiscordServer, people: People) -> None:
    server.gateway.ask_to_reconnect()
    await server.until(lambda: server.gateway.resumes, "a resume")
    people.mention("A")
    await server.settled()
    assert shown(server) == ["You said: A"]
    assert len(server.gateway.identifies) == 1


@pytest.mark.parametrize(("resumable", "identifies", "resumes"), [(True, 1, 1), (False, 2, 0)])
async def test_an_invalid_session_is_resumed_or_begun_anew(
    server: DiscordServer, people: People, *, resumable: bool, identifies: int, resumes: int
) -> None:
    server.gateway.invalidate(resumable=resumable)
    await server.until(lambda: len(server.gateway.identifies) + len(server.gateway.resumes) == 2, "the app again")
    people.mention("A")
    await server.gateway.ready()
    await server.settled()
    assert shown(server) == ["You said: A"]
    assert (len(server.gateway.identifies), len(server.gateway.resumes)) == (identifies, resumes)


async def test_a_session_that_is_no_longer_known_is_begun_anew(server: DiscordServer, people: People) -> None:
    await server.gateway.close(4009, forget=True)
    await server.until(lambda: len(server.gateway.identifies) == 2, "another identify")
    people.mention("A")
    await server.settled()
    assert shown(server) == ["You said: A"]
    assert len(server.gateway.resumes) == 1


async def test_an_app_whose_heartbeats_are_not_acknowledged_comes_again(server: DiscordServer) -> None:
    server.gateway.interval = 0.05
    async with connected(server, Toy(heartbeat_timeout=0.2)):
        server.gateway.acknowledges = False
        await server.until(lambda: server.gateway.resumes, "a resume")
        server.gateway.acknowledges = True
        await server.gateway.ready()
    assert server.gateway.heartbeats > 2
    assert 4000 in server.gateway.closed_with


async def test_an_intent_that_was_not_granted_is_refused(server: DiscordServer) -> None:
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with connected(server, Toy(intents=["guilds", "message_content"])):
            pass
    assert server.gateway.closed_with == [4014]


async def test_a_wrong_token_is_refused_by_both(server: DiscordServer) -> None:
    async with Toy() as toy:
        with pytest.raises(discord.LoginFailure):
            await toy.start("wrong")
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{server.url}/gateway?v=10&encoding=json") as socket:
        assert (await socket.receive_json())["op"] == 10
        await socket.send_json({"op": 2, "d": {"token": "wrong", "intents": 0}})
        await socket.receive()
        assert socket.close_code == 4004


async def test_a_closed_gateway_lets_nobody_in(server: DiscordServer) -> None:
    server.gateway.is_open = False
    async with aiohttp.ClientSession() as session, session.get(f"{server.url}/gateway") as response:
        assert response.status == 503


async def test_members_are_found_by_their_names_through_the_gateway(toy: Toy) -> None:
    guild = toy.get_guild(GUILD)
    assert guild is not None
    assert [member.id for member in await guild.query_members("ada")] == [ADA]
    assert [member.id for member in await guild.query_members(user_ids=[BEN])] == [BEN]


# limits and failures


async def test_requests_over_the_limit_of_a_route_wait(server: DiscordServer, toy: Toy) -> None:
    server.limits.routes[CREATE] = Limit(2, 0.1)
    await asyncio.gather(*(place(toy).send(str(number)) for number in range(5)))
    assert sorted(shown(server)) == ["0", "1", "2", "3", "4"]


async def test_a_429_of_a_route_is_tried_again(server: DiscordServer, people: People) -> None:
    server.fail(CREATE, retry_after=0.01)
    people.mention("A")
    await server.settled()
    assert shown(server) == ["You said: A"]
    assert [call.status for call in server.calls_of(CREATE)] == [429, 200]
    assert server.refused[0].answer["global"] is False


async def test_a_429_over_everything_holds_back_other_routes(server: DiscordServer, people: People, toy: Toy) -> None:
    server.fail(CREATE, retry_after=0.1, everywhere=True)
    people.mention("A")
    while toy.http._global_over.is_set():  # noqa: ASYNC110 (discord.py tells nobody)
        await asyncio.sleep(0)
    fetching = asyncio.create_task(toy.fetch_user(BEN))
    while not toy.http._global_over.is_set():
        assert server.calls_of("GET /users/{user}") == []
        await asyncio.sleep(0.001)
    await fetching
    await server.settled()
    assert shown(server) == ["You said: A"]


async def test_too_many_requests_of_all_kinds_are_refused_for_a_while(server: DiscordServer, toy: Toy) -> None:
    server.limits.everywhere = Limit(2, 0.1)
    for _ in range(3):
        await toy.fetch_user(BEN)
    assert [call.status for call in server.calls_of("GET /users/{user}")] == [200, 200, 429, 200]


async def test_a_request_fails_before_or_after_it_has_taken_effect(server: DiscordServer, toy: Toy) -> None:
    server.fail(CREATE, drop=True)
    with pytest.raises((aiohttp.ClientError, OSError)):
        await place(toy).send("lost", nonce="1")
    assert shown(server) == []
    server.fail(CREATE, drop=True, after=True)
    with pytest.raises((aiohttp.ClientError, OSError)):
        await place(toy).send("there", nonce="2")
    sent = await place(toy).send("there", nonce="2")
    assert shown(server) == ["there"]
    assert sent.id == server.posts(NEWS)[0].id
    server.forward(301)
    await place(toy).send("there", nonce="2")
    assert shown(server) == ["there", "there"]


async def test_a_request_hangs_until_it_is_released(server: DiscordServer, people: People) -> None:
    held = server.hold(CREATE)
    people.mention("A")
    await held.arrived.wait()
    assert shown(server) == []
    held.release()
    await server.settled()
    assert shown(server) == ["You said: A"]


async def test_an_interaction_is_acknowledged_once_and_within_three_seconds(server: DiscordServer, people: People, toy: Toy) -> None:
    came: list[discord.Interaction] = []
    toy.tree.interaction_check = lambda interaction: _kept(came, interaction)  # type: ignore[method-assign]
    first = people.command("ask", question="A")
    second = people.command("ask", question="B")
    await server.settled()
    server.forward(2.9)
    await came[0].response.send_message("A", ephemeral=True)
    assert (await refusal(discord.InteractionResponse(came[0]).send_message("A"))).code == 40060
    server.forward(0.2)
    assert (await refusal(came[1].response.defer())).code == 10062
    assert (await refusal(came[1].followup.send("B"))).code == 10015
    await came[0].followup.send("more")
    server.forward(15 * 60)
    assert (await refusal(came[0].followup.send("too late"))).code == 50027
    assert (first.acknowledged, second.acknowledged) == (4, None)
    assert [message.content for message in first.followups] == ["more"]


async def _kept(came: list[discord.Interaction], interaction: discord.Interaction) -> bool:
    came.append(interaction)
    return False


# what Discord refuses


@pytest.mark.parametrize(
    ("channel", "form", "code"),
    [
        (404, {"content": "A"}, 10003),
        (SPORT, {"content": "A"}, 50001),
        (DESK, {"content": "A"}, 50013),
        (QUESTIONS, {"content": "A"}, 50008),
        (NEWS, {"content": " "}, 50006),
    ],
)
async def test_a_message_that_may_not_be_there_is_refused(server: DiscordServer, toy: Toy, channel: int, form: Json, code: int) -> None:
    assert (await refusal(place(toy, channel).send(**form))).code == code
    assert [call.answer["code"] for call in server.refused] == [code]


EMBED = {"type": "rich", "description": "x" * 4000}
BUTTON = {"type": 2, "style": 1, "label": "A", "custom_id": "a"}


@pytest.mark.parametrize(
    ("form", "at"),
    [
        ({"content": "x" * 2001}, "content"),
        ({"content": "A", "nonce": "x" * 26}, "nonce"),
        ({"content": "A", "flags": 1 << 6}, "flags"),
        ({"embeds": [{"title": "A"}] * 11}, "embeds"),
        ({"embeds": [{"title": "x" * 257}]}, "embeds.0.title"),
        ({"embeds": [{"description": "x" * 4097}]}, "embeds.0.description"),
        ({"embeds": [{"footer": {"text": "x" * 2049}}]}, "embeds.0.footer.text"),
        ({"embeds": [{"author": {"name": "x" * 257}}]}, "embeds.0.author.name"),
        ({"embeds": [{"fields": [{"name": "A", "value": "B"}] * 26}]}, "embeds.0.fields"),
        ({"embeds": [{"fields": [{"name": "x" * 257, "value": "B"}]}]}, "embeds.0.fields.0.name"),
        ({"embeds": [{"fields": [{"name": "A", "value": "x" * 1025}]}]}, "embeds.0.fields.0.value"),
        ({"embeds": [{"fields": [{"name": "A", "value": ""}]}]}, "embeds.0.fields.0.value"),
        ({"embeds": [{"title": "A", "url": "javascript://x"}]}, "embeds.0.url"),
        ({"embeds": [{"title": "A", "url": "example.org"}]}, "embeds.0.url"),
        ({"embeds": [{"title": "A", "color": 1 << 24}]}, "embeds.0.color"),
        ({"embeds": [{"title": "A", "timestamp": "noon"}]}, "embeds.0.timestamp"),
        ({"embeds": [{"image": {"url": "attachment://a.png"}}]}, "embeds.0.image.url"),
        ({"embeds": [EMBED, {"title": "x" * 200, "description": "x" * 1801}]}, "embeds"),
        ({"components": [{"type": 1, "components": [BUTTON]}] * 6}, "components"),
        ({"components": [{"type": 1, "components": [BUTTON] * 6}]}, "components.0.components"),
        ({"components": [{"type": 1, "components": []}]}, "components.0.components"),
        ({"components": [BUTTON]}, "components.0.type"),
        ({"components": [{"type": 1, "components": [BUTTON, BUTTON]}]}, "components.0.components.1.custom_id"),
        ({"components": [{"type": 1, "components": [BUTTON | {"custom_id": "x" * 101}]}]}, "components.0.components.0.custom_id"),
        ({"components": [{"type": 1, "components": [BUTTON | {"label": "x" * 81}]}]}, "components.0.components.0.label"),
        ({"components": [{"type": 1, "components": [BUTTON | {"label": ""}]}]}, "components.0.components.0"),
        ({"components": [{"type": 1, "components": [BUTTON | {"style": 5}]}]}, "components.0.components.0.url"),
        ({"components": [{"type": 1, "components": [{"type": 3, "custom_id": "a", "options": []}]}]}, "components.0.components.0.options"),
        ({"content": "A", "message_reference": {"message_id": "1"}}, "message_reference"),
        ({"content": "A", "attachments": [{"id": 0, "filename": "a.csv"}]}, "attachments"),
    ],
)
async def test_a_form_that_discord_does_not_take_is_refused_with_the_place(server: DiscordServer, toy: Toy, form: Json, at: str) -> None:
    raised = await refusal(toy.http.request(Route("POST", "/channels/{channel_id}/messages", channel_id=NEWS), json=form))
    assert (raised.status, raised.code) == (400, 50035)
    assert f"In {at}: " in raised.text
    assert server.posts(NEWS) == []


async def test_a_form_at_the_limits_is_taken(server: DiscordServer, toy: Toy) -> None:
    rows = [[BUTTON | {"custom_id": f"{row}-{place}".ljust(100, "x"), "label": "x" * 80} for place in range(5)] for row in range(5)]
    form = {
        "content": "x" * 2000,
        "embeds": [EMBED, {"title": "x" * 200, "description": "x" * 1800}],
        "components": [{"type": 1, "components": row} for row in rows],
    }
    await toy.http.request(Route("POST", "/channels/{channel_id}/messages", channel_id=NEWS), json=form)
    assert len(server.posts(NEWS)) == 1
    assert server.refused == []


async def test_a_modal_over_the_limits_is_refused(server: DiscordServer, people: People, toy: Toy) -> None:
    async def too_long(interaction: discord.Interaction) -> bool:
        await interaction.response.send_modal(discord.ui.Modal(title="x" * 46))
        return False

    toy.tree.interaction_check = too_long  # type: ignore[method-assign]
    toy.tree.error(_quiet)
    people.command("ask", question="A")
    await server.settled()
    assert set(server.refused[0].answer["errors"]["data"]) == {"title", "components"}
    assert server.modal(ADA) is None


async def _quiet(_interaction: discord.Interaction, _error: discord.app_commands.AppCommandError) -> None:
    """A failure that is seen elsewhere."""


async def test_a_person_who_takes_no_direct_messages_is_not_written_to(server: DiscordServer, toy: Toy) -> None:
    server.people[BEN].takes_direct_messages = False
    ben = await toy.fetch_user(BEN)
    assert (await refusal(ben.send("A"))).code == 50007
    await (await toy.fetch_user(ADA)).send("A")
    assert shown(server, ADA) == ["A"]


async def test_files_and_embeds_need_their_permissions(server: DiscordServer, toy: Toy) -> None:
    server.deny(NEWS, "embed_links")
    assert (await refusal(place(toy).send(embed=discord.Embed(title="A")))).code == 50013
    server.allow(NEWS, "embed_links", whom=APP)
    await place(toy).send(embed=discord.Embed(title="A"))
    assert len(server.posts(NEWS)) == 1


async def test_the_files_of_a_message_are_kept_and_replaced(server: DiscordServer, toy: Toy) -> None:
    def file(name: str, content: bytes = b"x") -> discord.File:
        return discord.File(io.BytesIO(content), name)

    sent = await place(toy).send(files=[file("a.csv"), file("b.csv")])
    await sent.edit(attachments=[sent.attachments[1], file("c.csv")])
    assert list(server.posts(NEWS)[0].files) == ["b.csv", "c.csv"]
    too_large = file("d.csv", b"x" * (10 * 1024 * 1024 + 1))
    assert (await refusal(place(toy).send(file=too_large))).code == 40005


async def test_the_app_changes_and_deletes_no_message_but_its_own(server: DiscordServer, people: People, toy: Toy) -> None:
    theirs = people.message("theirs", channel=NEWS)
    own = await place(toy).send("A")
    await own.edit(content="B")
    assert shown(server) == ["B"]
    assert (await refusal(place(toy).get_partial_message(theirs.id).edit(content="C"))).code == 50005
    assert (await refusal(place(toy).get_partial_message(theirs.id).delete())).code == 50013
    await own.delete()
    assert (await refusal(own.edit(content="D"))).code == 10008
    assert [message.id async for message in place(toy).history()] == [theirs.id]


async def test_guilds_channels_and_members_are_fetched(toy: Toy) -> None:
    guild = await toy.fetch_guild(GUILD)
    assert [channel.name for channel in await guild.fetch_channels()] == ["news", "sport", "desk", "questions"]
    ada = await guild.fetch_member(ADA)
    assert ada.guild_permissions.manage_guild
    known = toy.get_guild(GUILD)
    assert known is not None
    assert not known.me.guild_permissions.manage_guild
    assert [channel.permissions_for(known.me).send_messages for channel in known.text_channels] == [True, False, False]
    assert (await refusal(guild.fetch_member(1))).code == 10007
    assert (await refusal(toy.fetch_guild(1))).code == 10004


@pytest.mark.parametrize(
    ("allowed", "pinged"),
    [
        (None, ["@everyone", f"<@{BEN}>", "<@&130>"]),
        ({"parse": []}, []),
        ({"parse": ["users"]}, [f"<@{BEN}>"]),
        ({"parse": [], "users": [str(BEN)]}, [f"<@{BEN}>"]),
        ({"parse": [], "roles": ["130"]}, ["<@&130>"]),
    ],
)
async def test_pings_are_those_that_were_allowed(server: DiscordServer, toy: Toy, allowed: Json | None, pinged: list[str]) -> None:
    server.add_role(130, "Sport desk", BEN)
    form = {"content": f"@everyone <@{BEN}> <@&130>"} | ({"allowed_mentions": allowed} if allowed else {})
    await toy.http.request(Route("POST", "/channels/{channel_id}/messages", channel_id=NEWS), json=form)
    assert server.pings == pinged


async def test_a_message_of_another_bot_is_told_as_such(server: DiscordServer, people: People) -> None:
    people.mention("A", user=WEATHER)
    await server.settled()
    assert server.posts(NEWS) == []


def test_marked_text_is_read_as_people_see_it() -> None:
    assert unmarked("> **Ann** \\*said\\* [a \\[ferry\\]](https://example.org/a_b)") == "Ann *said* a [ferry]"


async def test_the_links_of_a_message_are_known(server: DiscordServer, toy: Toy) -> None:
    view = discord.ui.View().add_item(discord.ui.Button(label="Open", url="https://example.org/c"))
    await place(toy).send("[a](<https://example.org/a>)", embed=discord.Embed(title="b", url="https://example.org/b"), view=view)
    assert links(server.posts(NEWS)[0]) == [f"https://example.org/{end}" for end in "abc"]


async def test_discord_py_is_pointed_back_at_discord_afterwards() -> None:
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    async with discord_server() as server:
        assert Route.BASE.startswith(server.url)
    after = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    assert after == before

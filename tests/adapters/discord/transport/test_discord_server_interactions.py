import aiohttp
import discord
import pytest

from tests.adapters.discord.transport.toying import refusal, shown
from tests.fakes.discord_people import People
from tests.fakes.discord_reading import visible_text
from tests.fakes.discord_records import ADA, BEN, NEWS, Json
from tests.fakes.discord_running import connected
from tests.fakes.discord_server import DiscordServer
from tests.fakes.discord_toy import Toy


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

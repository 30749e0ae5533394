import discord
import pytest
from discord.http import Route

from tests.adapters.discord.transport.toying import place, refusal
from tests.fakes.discord_forms import check_choices, check_modal
from tests.fakes.discord_people import People
from tests.fakes.discord_records import ADA, DESK, NEWS, QUESTIONS, SPORT, Json, Refused
from tests.fakes.discord_server import DiscordServer
from tests.fakes.discord_toy import Toy


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
LINK = {"type": 2, "style": 5, "label": "A"}
OPTIONS = [{"label": "A", "value": "a"}]
MENU = {"type": 3, "custom_id": "m", "options": OPTIONS}


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
        (
            {"components": [{"type": 1, "components": [LINK | {"url": "https://example.org/".ljust(513, "x")}]}]},
            "components.0.components.0.url",
        ),
        ({"components": [{"type": 1, "components": [MENU | {"options": OPTIONS * 26}]}]}, "components.0.components.0.options"),
        ({"components": [{"type": 1, "components": [MENU | {"options": OPTIONS * 2}]}]}, "components.0.components.0.options.1.value"),
        ({"components": [{"type": 1, "components": [MENU, BUTTON]}]}, "components.0.components"),
        ({"content": "A", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}, "allowed_mentions.parse"),
        ({"content": "A", "allowed_mentions": {"parse": ["all"]}}, "allowed_mentions.parse.0"),
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


FIELD = {"type": 4, "custom_id": "a", "style": 1}


@pytest.mark.parametrize(
    "component",
    [
        {"type": 18, "label": "x" * 46, "component": FIELD},
        {"type": 18, "label": "A", "description": "x" * 101, "component": FIELD},
        {"type": 18, "label": "A", "component": FIELD | {"placeholder": "x" * 101}},
        {"type": 18, "label": "A", "component": FIELD | {"max_length": 4001}},
        {"type": 18, "label": "A", "component": FIELD | {"value": "x" * 4001}},
        {"type": 18, "label": "A", "component": MENU | {"disabled": True}},
        {"type": 18, "label": "A", "component": MENU | {"min_values": 0}},
        {"type": 18, "label": "A", "component": MENU | {"custom_id": "first"}},
        {"type": 2, "style": 1, "label": "A", "custom_id": "a"},
    ],
)
def test_a_modal_that_discord_does_not_show_is_refused(component: Json) -> None:
    first = {"type": 18, "label": "First", "component": FIELD | {"custom_id": "first"}}
    modal = {"custom_id": "m", "title": "Ask", "components": [first, component]}
    with pytest.raises(Refused):
        check_modal(modal)


@pytest.mark.parametrize(
    "choices",
    [
        [{"name": "A", "value": "a"}] * 26,
        [{"name": "x" * 101, "value": "a"}],
        [{"name": "", "value": "a"}],
        [{"name": "A", "value": "x" * 101}],
    ],
)
def test_suggestions_over_the_limits_are_refused(choices: list[Json]) -> None:
    with pytest.raises(Refused):
        check_choices({"choices": choices})
    check_choices({"choices": [{"name": "x" * 100, "value": "x" * 100}] * 25})


async def test_nothing_is_written_in_a_locked_thread_and_nothing_changed_in_an_archived_one(people: People, toy: Toy) -> None:
    thread = people.thread("Ferries")
    sent = await place(toy, thread.id).send("A")
    people.archive(thread)
    assert (await refusal(sent.edit(content="B"))).code == 50083
    assert (await refusal(toy.http.join_thread(thread.id))).code == 50083
    await place(toy, thread.id).send("B")
    assert not thread.archived
    people.archive(thread, locked=True)
    assert (await refusal(place(toy, thread.id).send("C"))).code == 160005


async def test_what_discord_wrote_itself_is_not_replied_to(people: People, toy: Toy) -> None:
    came = people.message("", channel=NEWS, system=7)
    assert (await refusal(place(toy).get_partial_message(came.id).reply("A"))).code == 50035


async def test_no_more_than_a_hundred_messages_are_fetched_at_once(toy: Toy) -> None:
    assert (await refusal(toy.http.logs_from(NEWS, 101))).code == 50035

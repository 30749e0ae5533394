from typing import Any

import pytest

from tests.adapters.discord.transport.toying import refusal
from tests.fakes.discord_commands import CHARACTERS_TOGETHER
from tests.fakes.discord_records import APP, GUILD, Json
from tests.fakes.discord_server import DiscordServer
from tests.fakes.discord_toy import Toy

ASK = {"type": 1, "name": "ask", "description": "Ask"}
WORDS = {"type": 3, "name": "words", "description": "The words"}
CHOICE = {"name": "A", "value": "a"}


def with_option(**given: object) -> Json:
    return {**ASK, "options": [{**WORDS, **given}]}


@pytest.mark.parametrize(
    ("form", "at"),
    [
        ({**ASK, "name": "Ask"}, "name"),
        ({**ASK, "name": "ask me"}, "name"),
        ({**ASK, "name": "x" * 33}, "name"),
        ({**ASK, "description": ""}, "description"),
        ({**ASK, "description": "x" * 101}, "description"),
        ({**ASK, "default_member_permissions": "all"}, "default_member_permissions"),
        ({**ASK, "contexts": [3]}, "contexts.0"),
        ({**ASK, "contexts": []}, "contexts"),
        ({**ASK, "integration_types": [2]}, "integration_types.0"),
        ({**ASK, "options": [{**WORDS, "name": f"words{place}"} for place in range(26)]}, "options"),
        ({**ASK, "options": [WORDS, WORDS]}, "options"),
        ({**ASK, "options": [WORDS, {**WORDS, "name": "who", "required": True}]}, "options"),
        ({**ASK, "options": [WORDS, {"type": 1, "name": "more", "description": "More"}]}, "options"),
        (with_option(name="The words"), "options.0.name"),
        (with_option(description="x" * 101), "options.0.description"),
        (with_option(type=12), "options.0.type"),
        (with_option(choices=[CHOICE] * 26), "options.0.choices"),
        (with_option(choices=[{**CHOICE, "name": "x" * 101}]), "options.0.choices.0.name"),
        (with_option(choices=[{**CHOICE, "value": "x" * 101}]), "options.0.choices.0.value"),
        (with_option(type=4, choices=[CHOICE]), "options.0.choices.0.value"),
        (with_option(type=5, choices=[CHOICE]), "options.0.choices"),
        (with_option(autocomplete=True, choices=[CHOICE]), "options.0.autocomplete"),
        (with_option(type=6, autocomplete=True), "options.0.autocomplete"),
        (with_option(channel_types=[0]), "options.0.channel_types"),
        (with_option(options=[WORDS]), "options.0.options"),
        ({"type": 3, "name": "Find these words", "description": "Find"}, "description"),
        ({"type": 3, "name": "Find these words", "options": [WORDS]}, "options"),
    ],
)
async def test_a_command_that_discord_does_not_take_is_refused_with_the_place(server: DiscordServer, toy: Toy, form: Json, at: str) -> None:
    before = server.commands[None]
    raised = await refusal(toy.http.bulk_upsert_global_commands(APP, [form]))
    assert (raised.status, raised.code) == (400, 50035)
    assert f"In 0.{at}: " in raised.text
    assert server.commands[None] == before


async def test_commands_may_be_as_large_as_the_limit_and_no_larger(toy: Toy) -> None:
    choices = [{"name": "x" * 100, "value": f"{place}".ljust(56, "x")} for place in range(25)]
    left = CHARACTERS_TOGETHER - len("askAskwords") - 25 * 156
    whole = with_option(choices=choices, description="x" * left)
    await toy.http.bulk_upsert_global_commands(APP, [whole])
    assert (await refusal(toy.http.bulk_upsert_global_commands(APP, [{**whole, "description": "Asks"}]))).code == 50035


async def test_commands_have_names_of_their_own_and_are_not_too_many(toy: Toy) -> None:
    assert (await refusal(toy.http.bulk_upsert_global_commands(APP, [ASK, ASK]))).code == 50035
    await toy.http.bulk_upsert_global_commands(APP, [ASK, {"type": 3, "name": "ask"}])
    many = [{"type": 3, "name": f"Find {place}"} for place in range(6)]
    assert (await refusal(toy.http.bulk_upsert_global_commands(APP, many))).code == 30032


async def test_a_command_is_told_back_with_what_discord_adds_and_without_what_says_nothing(server: DiscordServer, toy: Toy) -> None:
    form = with_option(required=False, options=[], choices=[])
    told: list[Any] = await toy.http.bulk_upsert_global_commands(APP, [{**form, "default_member_permissions": 32, "contexts": [0]}])
    assert told[0]["options"] == [{**WORDS, "name_localizations": None, "description_localizations": None}]
    added = {key: told[0][key] for key in ("default_member_permissions", "dm_permission", "contexts", "integration_types", "nsfw")}
    assert added == {"default_member_permissions": "32", "dm_permission": False, "contexts": [0], "integration_types": [0], "nsfw": False}
    listed: list[Any] = await toy.http.get_global_commands(APP)
    assert listed[0].keys() == {key for key in told[0] if not key.endswith("_localizations")}
    assert listed[0]["options"] == [WORDS]
    assert server.refused == []


async def test_the_commands_of_a_server_are_apart_from_those_of_all(server: DiscordServer, toy: Toy) -> None:
    told: list[Any] = await toy.http.bulk_upsert_guild_commands(APP, GUILD, [ASK])
    assert told[0]["guild_id"] == str(GUILD)
    assert "contexts" not in told[0]
    assert [command["name"] for command in server.commands[None]] == ["ask", "whisper", "digest", "Find these words"]


async def test_the_ids_of_commands_stay_when_they_are_registered_again(server: DiscordServer, toy: Toy) -> None:
    before = [command["id"] for command in server.commands[None]]
    synced = await toy.tree.sync()
    assert [str(command.id) for command in synced] == before
    assert len(server.calls_of("PUT /applications/{app}/commands")) == 2

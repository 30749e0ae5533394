"""The manifest, held against Slack's published schema of manifests (major version 1), of which the limits are here."""

from typing import Any

import pytest

from adapters.settings import Settings
from adapters.slack import names
from adapters.slack.manifest import manifest
from adapters.slack.scopes import bot_scopes

LIMITS = {
    ("display_information", "name"): (1, 35),
    ("display_information", "description"): (1, 140),
    ("display_information", "long_description"): (175, 4000),
    ("features", "bot_user", "display_name"): (1, 80),
    ("features", "shortcuts", "name"): (1, 24),
    ("features", "shortcuts", "callback_id"): (1, 255),
    ("features", "shortcuts", "description"): (1, 150),
    ("features", "slash_commands", "command"): (2, 32),
    ("features", "slash_commands", "description"): (1, 2000),
    ("features", "slash_commands", "usage_hint"): (1, 1000),
}
KNOWN: dict[tuple[str, ...], set[str]] = {
    (): {"_metadata", "display_information", "features", "oauth_config", "settings"},
    ("display_information",): {"name", "description", "long_description", "background_color"},
    ("features",): {"app_home", "bot_user", "shortcuts", "slash_commands"},
    ("features", "app_home"): {"home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled"},
    ("features", "bot_user"): {"display_name", "always_online"},
    ("features", "shortcuts"): {"name", "type", "callback_id", "description"},
    ("features", "slash_commands"): {"command", "url", "description", "usage_hint", "should_escape"},
    ("oauth_config",): {"redirect_urls", "scopes"},
    ("oauth_config", "scopes"): {"bot"},
    ("settings",): {"event_subscriptions", "interactivity", "org_deploy_enabled", "socket_mode_enabled", "token_rotation_enabled"},
    ("settings", "event_subscriptions"): {"request_url", "bot_events"},
    ("settings", "interactivity"): {"is_enabled", "request_url"},
    ("_metadata",): {"major_version", "minor_version"},
}


def _hold_against_the_schema(value: object, path: tuple[str, ...] = ()) -> None:
    if isinstance(value, dict):
        assert value.keys() <= KNOWN[path], path
        for key, inner in value.items():
            _hold_against_the_schema(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            _hold_against_the_schema(inner, path)
    elif path in LIMITS:
        assert isinstance(value, str)
        shortest, longest = LIMITS[path]
        assert shortest <= len(value) <= longest, path


def _settings(**values: object) -> Settings:
    return Settings.model_validate(values)


@pytest.mark.parametrize("public_url", [None, "https://verbatim.example.org"])
def test_it_keeps_to_slacks_schema(public_url: str | None) -> None:
    _hold_against_the_schema(manifest(_settings(), public_url=public_url))


def test_for_socket_mode_it_names_no_address() -> None:
    made = manifest(_settings())
    assert made["settings"]["socket_mode_enabled"] is True  # type: ignore[index]
    assert "http" not in str(made)


def test_over_http_all_comes_to_one_address_and_installing_to_another() -> None:
    made: Any = manifest(_settings(), public_url="https://verbatim.example.org")
    events = "https://verbatim.example.org/slack/events"
    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["event_subscriptions"]["request_url"] == events
    assert made["settings"]["interactivity"]["request_url"] == events
    assert [command["url"] for command in made["features"]["slash_commands"]] == [events]
    assert made["oauth_config"]["redirect_urls"] == ["https://verbatim.example.org/slack/oauth_redirect"]


def test_people_can_write_to_it_and_it_has_every_way_in() -> None:
    made: Any = manifest(_settings())
    assert made["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert [command["command"] for command in made["features"]["slash_commands"]] == [names.SLASH_COMMAND]
    assert {(shortcut["type"], shortcut["callback_id"]) for shortcut in made["features"]["shortcuts"]} == {
        ("message", names.FIND_WORDS),
        ("global", names.ASK),
    }
    assert {"app_mention", "message.im", "app_home_opened", "app_uninstalled", "tokens_revoked"} == set(
        made["settings"]["event_subscriptions"]["bot_events"]
    )


def test_every_event_has_the_scope_that_it_needs() -> None:
    needs = {"app_mention": "app_mentions:read", "message.im": "im:history"}
    need_none = {"app_home_opened", "app_uninstalled", "tokens_revoked"}
    for event in names.EVENTS:
        assert event in need_none or needs[event] in bot_scopes(_settings())


def test_user_groups_are_looked_at_only_where_the_settings_name_one() -> None:
    assert "usergroups:read" not in bot_scopes(_settings(slack_may_add="U012AB3CD"))
    with_a_group = _settings(slack_may_subscribe="U012AB3CD, S0614TZR7")
    assert "usergroups:read" in bot_scopes(with_a_group)
    assert "usergroups:read" in str(manifest(with_a_group))


def test_every_scope_has_its_reason() -> None:
    assert all(bot_scopes(_settings()).values())

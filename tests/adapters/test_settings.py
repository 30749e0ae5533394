from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.setting_types import Allowed, AllowedOnDiscord
from adapters.settings import PREFIX, Settings, is_secret, load_settings
from bot.errors import SettingsError


@pytest.fixture(autouse=True)
def _an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    monkeypatch.delenv("VERBATIM_CONFIG", raising=False)


def _refusal() -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings()
    return str(caught.value)


def test_without_any_setting_there_is_a_database_in_the_working_folder() -> None:
    settings = load_settings()
    assert settings.database_url.get_secret_value() == "sqlite:///verbatim.db"
    assert settings.zone == ZoneInfo("UTC")
    assert settings.author
    assert settings.allow_hosts == ()


def test_the_file_is_read_and_the_environment_wins_over_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "verbatim.toml").write_text('time_zone = "Europe/London"\nauthor = "Ada"\nallow_hosts = ["A.example.org"]\n')
    monkeypatch.setenv("VERBATIM_AUTHOR", "Bo")
    settings = load_settings()
    assert (settings.time_zone, settings.author, settings.allow_hosts) == ("Europe/London", "Bo", ("a.example.org",))


def test_another_file_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "other.toml").write_text("fetch_timeout = 5\n")
    monkeypatch.setenv("VERBATIM_CONFIG", str(tmp_path / "other.toml"))
    assert load_settings().fetch_timeout == 5


def test_hosts_in_the_environment_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_ALLOW_HOSTS", "intranet.example.org, 10.0.0.7")
    assert load_settings().allow_hosts == ("intranet.example.org", "10.0.0.7")


@pytest.mark.parametrize("contact", ["https://example.org/verbatim?of=mill", "mailto:desk@example.org", "desk@example.org"])
def test_sites_can_be_told_whom_to_write_to(contact: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_CONTACT", contact)
    assert load_settings().contact == contact


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("VERBATIM_TIME_ZONE", "Mars/Base", "VERBATIM_TIME_ZONE is 'Mars/Base', and has to be the IANA name of a time zone."),
        ("VERBATIM_TIME_ZONE", "../../etc/passwd", "has to be the IANA name of a time zone."),
        ("VERBATIM_FETCH_TIMEOUT", "soon", "VERBATIM_FETCH_TIMEOUT is 'soon', and has to be a number of seconds from 1 to 600."),
        ("VERBATIM_FETCH_MAX_BYTES", "0", "VERBATIM_FETCH_MAX_BYTES is '0', and has to be a number of bytes"),
        ("VERBATIM_ALLOW_HOSTS", "https://example.org/", "VERBATIM_ALLOW_HOSTS"),
        (
            "VERBATIM_CONTACT",
            "Ann (the desk)",
            "has to be the address of a page or of a mailbox, at which sites that Verbatim reads find you.",
        ),
        ("VERBATIM_CONTACT", "n\u00e9ws@example.org", "has to be the address of a page or of a mailbox"),
        ("VERBATIM_LOG_LEVEL", "loud", "VERBATIM_LOG_LEVEL is 'loud', and has to be one of debug, info, warning, error."),
    ],
)
def test_a_wrong_value_is_answered_with_its_variable_the_rule_and_an_example(
    variable: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    message = _refusal()
    assert said in message
    assert "Write it like this: " in message


def test_a_wrong_value_in_the_file_is_named_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "verbatim.toml").write_text("fetch_timeout = 0\n")
    assert _refusal().startswith("fetch_timeout in verbatim.toml is '0', and has to be a number of seconds")


def test_two_wrong_values_are_told_each_with_what_to_write_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_LOG_LEVEL", "loud")
    monkeypatch.setenv("VERBATIM_TIME_ZONE", "Mars")
    zone, level = _refusal().splitlines()
    assert zone.startswith("VERBATIM_TIME_ZONE is 'Mars'")
    assert zone.endswith("Write it like this: Europe/London")
    assert level.startswith("VERBATIM_LOG_LEVEL is 'loud'")
    assert level.endswith("Write it like this: info")


def test_an_unknown_key_in_the_file_is_named_with_what_was_meant(tmp_path: Path) -> None:
    (tmp_path / "verbatim.toml").write_text('timezone = "UTC"\n')
    assert _refusal() == "timezone in verbatim.toml is no setting. Did you mean time_zone?"


def test_a_misspelt_variable_is_named_and_a_foreign_one_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_IMAGE_TAG", "7")
    load_settings()
    monkeypatch.setenv("VERBATIM_DATABSE_URL", "sqlite:///x.db")
    assert _refusal() == "VERBATIM_DATABSE_URL is no setting. Did you mean VERBATIM_DATABASE_URL?"


def test_a_file_that_is_not_toml_is_refused_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "verbatim.toml").write_text("time_zone: UTC\n")
    assert "verbatim.toml are not TOML" in _refusal()
    assert "line 1" in _refusal()


def test_a_named_file_that_is_missing_or_a_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_CONFIG", str(tmp_path / "none.toml"))
    assert "there is no such file" in _refusal()
    monkeypatch.setenv("VERBATIM_CONFIG", str(tmp_path))
    assert "cannot be read" in _refusal()


@pytest.mark.parametrize("url", ["mysql://ada:secret-word@localhost/x", "ada:secret-word@localhost", "postgresql:ada:secret-word"])
def test_a_database_address_is_never_shown(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_DATABASE_URL", url)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "VERBATIM_DATABASE_URL has to be the address of an SQLite or PostgreSQL database." in str(caught.value)
    assert "secret-word" not in str(caught.value)
    assert caught.value.__context__ is None
    monkeypatch.setenv("VERBATIM_DATABASE_URL", "postgresql://ada:secret-word@localhost/x")
    assert "secret-word" not in repr(load_settings())


@pytest.mark.parametrize("name", [name for name, field in Settings.model_fields.items() if is_secret(field)])
@pytest.mark.parametrize("value", ["s3cr", "s3cr\twith\tblanks"])
def test_a_wrong_secret_is_never_shown(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PREFIX + name.upper(), value)
    message = _refusal()
    assert message.startswith(f"{PREFIX}{name.upper()} has to be ")
    assert "s3cr" not in message


def test_every_token_and_secret_is_of_a_secret_type() -> None:
    named = {name for name in Settings.model_fields if name.endswith(("_token", "_secret", "database_url"))}
    assert named == {name for name, field in Settings.model_fields.items() if is_secret(field)}


def test_secrets_may_have_blanks_around_them_and_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_SLACK_BOT_TOKEN", " xoxb-s3cr-et\n")
    settings = load_settings()
    assert settings.slack_bot_token
    assert settings.slack_bot_token.get_secret_value() == "xoxb-s3cr-et"
    assert "s3cr" not in repr(settings)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("VERBATIM_SLACK_BOT_TOKEN", "xapp-1", "which begins with xoxb-"),
        ("VERBATIM_SLACK_APP_TOKEN", "xoxb-1", "which begins with xapp-"),
        ("VERBATIM_SLACK_SIGNING_SECRET", "short", "of 8 characters or more"),
        ("VERBATIM_SLACK_CLIENT_ID", "A0123", "the client id of your Slack app"),
        (
            "VERBATIM_SLACK_MAY_ADD",
            "ada, ben",
            "VERBATIM_SLACK_MAY_ADD is 'ada, ben', and has to be everyone, nobody, or the ids of people",
        ),
        ("VERBATIM_SLACK_MAY_CORRECT", "everyone,U012AB3CD", "and has to be everyone, nobody, or the ids"),
        ("VERBATIM_SLACK_MAY_SUBSCRIBE", ",", "and has to be everyone, nobody, or the ids"),
        ("VERBATIM_SLACK_API_URL", "http://slack.example.org/api/", "which begins with https://"),
        ("VERBATIM_SLACK_API_URL", "https://ada@slack.example.org/", "which begins with https://"),
        ("VERBATIM_PUBLIC_URL", "http://verbatim.example.org", "the https:// address"),
        ("VERBATIM_PUBLIC_URL", "https://verbatim.example.org/?a=b", "the https:// address"),
        ("VERBATIM_PUBLIC_URL", "https://", "the https:// address"),
        ("VERBATIM_HTTP_HOST", "a b", "a name or address of this machine"),
        ("VERBATIM_HTTP_PORT", "70000", "the number of a port"),
    ],
)
def test_a_wrong_setting_of_slack_is_told_with_what_it_has_to_be(
    variable: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    assert variable in _refusal()
    assert said in _refusal()


@pytest.mark.parametrize(
    ("value", "allowed"),
    [
        ("everyone", Allowed()),
        ("Everyone", Allowed()),
        ("U012AB3CD", Allowed(everyone=False, people=frozenset({"U012AB3CD"}))),
        ("W012AB3CD , S0614TZR7", Allowed(everyone=False, people=frozenset({"W012AB3CD"}), groups=frozenset({"S0614TZR7"}))),
    ],
)
def test_who_may_is_everyone_or_people_and_user_groups(value: str, allowed: Allowed, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().slack_may_add == Allowed()
    monkeypatch.setenv("VERBATIM_SLACK_MAY_ADD", value)
    assert load_settings().slack_may_add == allowed


def test_who_may_can_be_a_list_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "verbatim.toml").write_text('slack_may_add = ["U012AB3CD", "S0614TZR7"]\n')
    assert load_settings().slack_may_add.groups == {"S0614TZR7"}


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("VERBATIM_DISCORD_TOKEN", "190362148907712512", "three parts with dots between them"),
        ("VERBATIM_DISCORD_TOKEN", "Bot your.bot.token", "three parts with dots between them"),
        ("VERBATIM_DISCORD_MAY_ADD", "ada, ben", "is 'ada, ben', and has to be everyone, nobody, or any of manage-server and the ids"),
        ("VERBATIM_DISCORD_MAY_REMOVE", "everyone,190362148907712512", "and has to be everyone, nobody, or any of"),
        ("VERBATIM_DISCORD_MAY_CORRECT", "<@190362148907712512>", "and has to be everyone, nobody, or any of"),
        ("VERBATIM_DISCORD_MAY_SUBSCRIBE", "manage-server,", "and has to be everyone, nobody, or any of"),
    ],
)
def test_a_wrong_setting_of_discord_is_told_with_what_it_has_to_be(
    variable: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    assert _refusal().startswith(variable)
    assert said in _refusal()


@pytest.mark.parametrize(
    ("value", "allowed"),
    [
        ("everyone", AllowedOnDiscord(everyone=True)),
        ("Nobody", AllowedOnDiscord()),
        ("manage-server", AllowedOnDiscord(manage_server=True)),
        ("190362148907712512 , 614208935721041920", AllowedOnDiscord(ids=frozenset({190362148907712512, 614208935721041920}))),
        ("190362148907712512,Manage-Server", AllowedOnDiscord(manage_server=True, ids=frozenset({190362148907712512}))),
    ],
)
def test_who_may_on_discord_is_everyone_nobody_a_permission_or_ids(
    value: str, allowed: AllowedOnDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERBATIM_DISCORD_MAY_ADD", value)
    assert load_settings().discord_may_add == allowed


def test_on_discord_everyone_may_add_and_correct_managers_may_subscribe_and_nobody_may_remove() -> None:
    settings = load_settings()
    assert settings.discord_may_add == settings.discord_may_correct == AllowedOnDiscord(everyone=True)
    assert settings.discord_may_subscribe == AllowedOnDiscord(manage_server=True)
    assert settings.discord_may_remove == AllowedOnDiscord()


def test_ids_of_discord_may_be_numbers_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "verbatim.toml").write_text(
        'discord_may_add = 190362148907712512\ndiscord_may_remove = [190362148907712512, "614208935721041920", "manage-server"]\n'
    )
    settings = load_settings()
    assert settings.discord_may_add == AllowedOnDiscord(ids=frozenset({190362148907712512}))
    assert settings.discord_may_remove == AllowedOnDiscord(manage_server=True, ids=frozenset({190362148907712512, 614208935721041920}))


@pytest.mark.parametrize("value", ["true", "1.5", "[]", "[[190362148907712512]]", "-190362148907712512"])
def test_what_is_no_id_of_discord_in_the_file_is_refused(value: str, tmp_path: Path) -> None:
    (tmp_path / "verbatim.toml").write_text(f"discord_may_add = {value}\n")
    assert _refusal().startswith("discord_may_add in verbatim.toml is ")


@pytest.mark.parametrize("variable", ["VERBATIM_DISCORD_MAY_ADD", "VERBATIM_SLACK_CLIENT_ID", "VERBATIM_TIME_ZONE"])
@pytest.mark.parametrize(
    "bot", ["MTkwMzYyMTQ4OTA3NzEyNTE", "MTkwMzYyMTQ4OTA3NzEyNTEy", "MTkwMzYyMTQ4OTA3NzEyNTEyMA", "OTkwMzYyMTQ4OTA3NzEyNTEyMDA"]
)
def test_a_token_of_discord_is_not_shown_wherever_it_stands(variable: str, bot: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, f"{bot}.GaBcDe.a-secret-that-is-long-enough")
    assert _refusal().startswith(f"{variable} has to be ")
    assert "secret" not in _refusal()


def test_what_only_has_dots_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_TIME_ZONE", "verbatim_article_of_the_ferry.page.and_its_many_more_words")
    assert "verbatim_article_of_the_ferry" in _refusal()


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("https://slack-gov.com/api", "https://slack-gov.com/api/"),
        ("http://127.0.0.1:8080/api/", "http://127.0.0.1:8080/api/"),
        ("http://localhost/api/", "http://localhost/api/"),
        ("http://[::1]:8080/api/", "http://[::1]:8080/api/"),
    ],
)
def test_slacks_address_is_https_or_on_this_machine(value: str, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_SLACK_API_URL", value)
    assert load_settings().slack_api_url == address


def test_every_example_is_a_value_that_works(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, field in Settings.model_fields.items():
        for example in field.examples or ():
            monkeypatch.setenv(PREFIX + name.upper(), example)
            load_settings()
        assert field.description
        assert field.examples

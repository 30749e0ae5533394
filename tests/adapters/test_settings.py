from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.settings import PREFIX, Settings, load_settings
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


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("VERBATIM_TIME_ZONE", "Mars/Base", "VERBATIM_TIME_ZONE is 'Mars/Base', and has to be the IANA name of a time zone."),
        ("VERBATIM_TIME_ZONE", "../../etc/passwd", "has to be the IANA name of a time zone."),
        ("VERBATIM_FETCH_TIMEOUT", "soon", "VERBATIM_FETCH_TIMEOUT is 'soon', and has to be a number of seconds from 1 to 600."),
        ("VERBATIM_FETCH_MAX_BYTES", "0", "VERBATIM_FETCH_MAX_BYTES is '0', and has to be a number of bytes"),
        ("VERBATIM_ALLOW_HOSTS", "https://example.org/", "VERBATIM_ALLOW_HOSTS"),
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


def test_two_wrong_values_are_both_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_LOG_LEVEL", "loud")
    monkeypatch.setenv("VERBATIM_TIME_ZONE", "Mars")
    message = _refusal()
    assert "VERBATIM_LOG_LEVEL" in message
    assert "VERBATIM_TIME_ZONE" in message


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


def test_every_example_is_a_value_that_works(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, field in Settings.model_fields.items():
        for example in field.examples or ():
            monkeypatch.setenv(PREFIX + name.upper(), example)
            load_settings()
        assert field.description
        assert field.examples

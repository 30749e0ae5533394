"""The README and the command line name the same commands, options and settings."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup

from adapters.settings import CONFIG_VARIABLE, PREFIX, Settings
from adapters.terminal.app import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_END_OF_COMMAND = frozenset({"|", "||", "&&", ";", ">", ">>", "<", "&"})


def _commands() -> dict[str, TyperCommand | TyperGroup]:
    """Every command that does something, by what is typed for it: {"people merge": …}."""
    found: dict[str, TyperCommand | TyperGroup] = {}

    def walk(command: object, words: tuple[str, ...]) -> None:
        assert isinstance(command, TyperCommand | TyperGroup)
        subcommands = command.commands if isinstance(command, TyperGroup) else {}
        for name, subcommand in subcommands.items():
            walk(subcommand, (*words, name))
        if words and (not subcommands or (isinstance(command, TyperGroup) and command.invoke_without_command)):
            found[" ".join(words)] = command

    walk(typer.main.get_command(app), ())
    return found


COMMANDS = _commands()


def _uses(text: str) -> Iterator[list[str]]:
    """The words after `verbatim` in every command line of the text's code, a container's included; what is typed in Slack is none."""
    code = [line for _, block in _FENCE.findall(text) for line in block.replace("\\\n", " ").splitlines()]
    code += _SPAN.findall(_FENCE.sub("", text))
    for line in code:
        for part in re.split(r"\s(?:&&|\|\|?|;)\s", line.removeprefix("$ ").strip()):
            start = re.search(r"(?:^|^.*[/ ])(?:verbatim|verbatim-postgres) (?!up\b|=)", part)
            if start and not part.startswith(("docker build", "docker volume", "#", "/verbatim ")):
                yield _words(part[start.end() :])


def _words(line: str) -> list[str]:
    words = shlex.split(line, comments=True)
    end = next((place for place, word in enumerate(words) if word in _END_OF_COMMAND), len(words))
    return words[:end]


def _used(words: list[str]) -> tuple[str, list[str]] | None:
    """The command that the words begin with, and its options among the rest; None if there is no such command."""
    for length in (2, 1):
        name = " ".join(words[:length])
        if name in COMMANDS:
            return name, [word.partition("=")[0] for word in words[length:] if re.match(r"-{1,2}[a-z]", word)]
    return None


USES = [words for words in _uses(README) if words]


@pytest.mark.parametrize("words", USES, ids=" ".join)
def test_every_command_in_the_readme_exists_with_its_options(words: list[str]) -> None:
    if words[0].startswith("-"):
        assert words[0] in {"--version", "--help", "-h"}
        return
    used = _used(words)
    assert used, f"there is no command 'verbatim {' '.join(words)}'"
    name, options = used
    known = {option for parameter in COMMANDS[name].params for option in parameter.opts}
    assert set(options) <= known | {"--help", "-h"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert name in {used[0] for words in USES if (used := _used(words))}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_each_of_its_options_says_what_it_is_for(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    for parameter in command.params:
        assert parameter.name == "help" or getattr(parameter, "help", None), parameter.name


def test_every_setting_stands_in_the_readme_and_no_other() -> None:
    settings = {PREFIX + name.upper() for name in Settings.model_fields} | {CONFIG_VARIABLE}
    assert set(re.findall(rf"\b{PREFIX}[A-Z_]+[A-Z]\b", README)) == settings


def test_every_make_target_stands_in_the_readme_and_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {target for code in _code(README) for target in re.findall(r"(?:^|&& |\$ )make ([a-z]+)", code, re.MULTILINE)}
    assert named == targets - {"help"}


def _code(text: str) -> list[str]:
    return [block for _, block in _FENCE.findall(text)] + _SPAN.findall(_FENCE.sub("", text))


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ('```sh\n$ verbatim ask "a b" --json | jq .\n```', [["ask", "a b", "--json"]]),
        ("Say `verbatim people merge A B` or `verbatim --version`.", [["people", "merge", "A", "B"], ["--version"]]),
        ("```\nverbatim ingest x && .venv/bin/verbatim status # now\n```", [["ingest", "x"], ["status"]]),
        ("Type `/verbatim help` in Slack.", []),
        ("```\ndocker compose run --rm verbatim ask x\ndocker build -t verbatim .\n```", [["ask", "x"]]),
        ("```\nverbatim ingest a \\\n  --outlet Post\n```", [["ingest", "a", "--outlet", "Post"]]),
    ],
)
def test_commands_are_found_where_a_readme_has_them(text: str, used: list[list[str]]) -> None:
    assert list(_uses(text)) == used

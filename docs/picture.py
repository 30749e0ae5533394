"""Draws docs/terminal.svg from a real run: the sample articles read, one question asked. Run by `make picture`."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
QUESTION = "what did Helena Marsh say about interfering"
COLUMNS = 104


def main() -> None:
    """Write the picture beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        plain = {**os.environ, "VERBATIM_DATABASE_URL": f"sqlite:///{folder}/picture.db", "VERBATIM_LOG_FILE": f"{folder}/log"}
        _verbatim(["ingest", "samples"], plain)
        answer = _verbatim(["ask", QUESTION], {**plain, "FORCE_COLOR": "1", "COLUMNS": str(COLUMNS)})
    console = Console(record=True, width=COLUMNS, file=open(os.devnull, "w"), force_terminal=True)  # noqa: SIM115, PTH123 - rich keeps it
    console.print(Text(f'$ verbatim ask "{QUESTION}"', style="bold"))
    console.print(Text.from_ansi(answer))
    drawing = console.export_svg(title="verbatim")
    # A picture in a repository asks no other host for its font.
    drawing = re.sub(r"@font-face \{.*?\}\s*", "", drawing, flags=re.DOTALL).replace(
        "Fira Code, monospace", "ui-monospace, Menlo, Consolas, monospace"
    )
    (ROOT / "docs" / "terminal.svg").write_text(drawing, encoding="utf-8")


def _verbatim(arguments: list[str], environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "adapters.terminal", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own command


if __name__ == "__main__":
    main()

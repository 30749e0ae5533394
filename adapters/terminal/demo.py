"""What `make demo` shows: the sample articles read into a database of its own, three questions, a digest."""

import os
import shlex
import sys
import tempfile
from pathlib import Path

from rich.text import Text

from adapters.terminal.app import run
from adapters.terminal.lines import open_console

SAMPLES = "samples"
STEPS = (
    ("ingest", SAMPLES),
    ("ask", "who said what about interference", "--limit", "8"),
    ("ask", "what did Margaret Thorne say about the bolts"),
    ("ask", "who said what about the letter", "--direct"),
    ("digest", "preview", "--about", "bridge"),
)


def main() -> int:
    """Run the steps, each after the command that a person would type; stops with the exit code of one that fails."""
    os.chdir(Path(__file__).resolve().parents[2])
    with tempfile.TemporaryDirectory(prefix="verbatim-demo-") as folder:
        os.environ["VERBATIM_DATABASE_URL"] = f"sqlite:///{folder}/demo.db"
        for step in STEPS:
            if code := _step(step):
                return code
    open_console().print(Text("That was a database of its own. Make yours: .venv/bin/verbatim ingest FOLDER", style="dim"))
    return 0


def _step(arguments: tuple[str, ...]) -> int:
    open_console().print(Text(f"$ verbatim {shlex.join(arguments)}", style="bold"))
    code = run(list(arguments))
    sys.stdout.write("\n")
    sys.stdout.flush()
    return code


if __name__ == "__main__":
    sys.exit(main())

"""What the pictures of the chats share: a newsroom that has read the samples, and a browser that takes a picture of a page.

Needs Chromium, or another browser with its command line, whose name CHROMIUM gives.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.newsroom import Newsroom
from bot.quoting.engine import QuotingEngine
from bot.reading.documents import Hints
from storage.database import Database
from tests.fakes.clock import FakeClock
from tests.fakes.fetcher import FakeFetcher

ROOT = Path(__file__).resolve().parents[1]
ZONE = ZoneInfo("Europe/London")
HALF_PAST_SEVEN = datetime(2026, 11, 9, 7, 30, tzinfo=ZONE).astimezone(UTC)
"""On a Monday, soon after the newest of the samples."""
_BROWSERS = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "chrome")
_OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1.5")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of HTML, and how wide the window is in which it is seen."""

    html: str
    width: int


@asynccontextmanager
async def newsroom(clock: FakeClock) -> AsyncIterator[Newsroom]:
    """A newsroom that has just read the samples."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/pictures.db")
        await database.open()
        made = Newsroom(database, engine=QuotingEngine(), fetcher=FakeFetcher(), zone=ZONE, clock=clock)
        try:
            async for _ in made.ingest([str(ROOT / "samples")], hints=Hints()):
                pass
            yield made
        finally:
            await database.close()


def data_url(png: bytes) -> str:
    """The address of a picture that is its own content."""
    return f"data:image/png;base64,{b64encode(png).decode('ascii')}"


def photograph(pages: Mapping[str, Page]) -> None:
    """Write a picture of each page beside this file, under its name."""
    browser = next((found for name in _BROWSERS if name and (found := shutil.which(name))), None)
    if browser is None:
        sys.exit("The pictures of Slack and Discord need Chromium: install it, or name a browser like it with CHROMIUM=…")
    with tempfile.TemporaryDirectory() as folder:
        for name, page in pages.items():
            _photograph(browser, page, Path(folder), ROOT / "docs" / f"{name}.png")


def _photograph(browser: str, page: Page, folder: Path, picture: Path) -> None:
    """The page as tall as it is: first measured, then taken."""
    shown, measuring = folder / "shown.html", folder / "measuring.html"
    shown.write_text(page.html, encoding="utf-8")
    script = "<script>document.title = Math.ceil(document.body.getBoundingClientRect().height)</script>"
    measuring.write_text(page.html + script, encoding="utf-8")
    command = [browser, *_OPTIONS]
    dumped = subprocess.run(  # noqa: S603 - our own page
        [*command, f"--window-size={page.width},600", "--dump-dom", measuring.as_uri()], check=True, capture_output=True, text=True
    )
    height = int(dumped.stdout.partition("<title>")[2].partition("</title>")[0])
    subprocess.run(  # noqa: S603
        [*command, f"--window-size={page.width},{height}", f"--screenshot={picture}", shown.as_uri()], check=True, capture_output=True
    )

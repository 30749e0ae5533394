"""Draws docs/slack-*.png: an answer, the App Home and a modal, from the real app on a Slack of our own. Run by `make picture`.

Needs Chromium, or another browser with its command line, whose name CHROMIUM gives.
"""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from adapters.settings import Settings
from adapters.slack.app import build
from adapters.slack.client import web_client
from bot.newsroom import Newsroom
from bot.quoting.engine import QuotingEngine
from bot.reading.documents import Hints
from docs import block_kit
from storage.database import Database
from tests.fakes.fetcher import FakeFetcher
from tests.fakes.slack_deliveries import SIGNING_SECRET
from tests.fakes.slack_server import SlackServer, slack_server
from tests.fakes.slack_transports import connected

ROOT = Path(__file__).resolve().parents[1]
QUESTION = "what did Helena Marsh say about interfering"
_BROWSERS = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "chrome")


async def drawn() -> dict[str, str]:
    """The pictures as HTML, by their names."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/pictures.db")
        await database.open()
        newsroom = Newsroom(
            database, engine=QuotingEngine(), fetcher=FakeFetcher(), zone=ZoneInfo("Europe/London"), clock=lambda: datetime.now(UTC)
        )
        async for _ in newsroom.ingest([str(ROOT / "samples")], hints=Hints()):
            pass
        try:
            async with slack_server() as slack:
                return await _seen(slack, newsroom)
        finally:
            await database.close()


async def _seen(slack: SlackServer, newsroom: Newsroom) -> dict[str, str]:
    token = slack.teams["T1"].token
    settings = Settings.model_validate(
        {
            "slack_api_url": f"{slack.url}/api/",
            "slack_bot_token": token,
            "slack_signing_secret": SIGNING_SECRET,
            "time_zone": "Europe/London",
        }
    )
    app = build(newsroom, settings=settings, client=web_client(settings, settings.slack_bot_token))
    async with connected(slack, app, "http") as workspace:
        await workspace.command(QUESTION)
        await slack.settled()
        answer = slack.ephemerals("U1")[0]
        await workspace.click(answer, "Wrong speaker?")
        await slack.settled()
        modal = slack.modal("U1")
        await workspace.command("digest weekdays at 8 about the bridge")
        await slack.settled()
        await workspace.open_home()
        await slack.settled()
        home = slack.home("U1")
        if modal is None or home is None:
            raise RuntimeError("Slack was shown no modal or no App Home.")
        return {
            "slack-answer": block_kit.message(answer.blocks, time="8:02 AM", only_you=True),
            "slack-modal": block_kit.modal(modal.content),
            # Slack shows a channel by its name.
            "slack-home": block_kit.home(home.content).replace(">#C1<", f">#{slack.channels['C1'].name}<"),
        }


def main() -> None:
    """Write the pictures beside this file."""
    browser = next((found for name in _BROWSERS if name and (found := shutil.which(name))), None)
    if browser is None:
        sys.exit("The pictures of Slack need Chromium: install it, or name a browser like it with CHROMIUM=…")
    with tempfile.TemporaryDirectory() as folder:
        for name, content in asyncio.run(drawn()).items():
            page = Path(folder) / f"{name}.html"
            page.write_text(block_kit.page(content), encoding="utf-8")
            _photograph(browser, page, ROOT / "docs" / f"{name}.png")


def _photograph(browser: str, page: Path, picture: Path) -> None:
    """The page as tall as it is: first measured, then taken."""
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1.5"]
    measuring = page.with_suffix(".measured.html")
    measuring.write_text(
        page.read_text(encoding="utf-8") + "<script>document.title = document.documentElement.scrollHeight</script>", encoding="utf-8"
    )
    dumped = subprocess.run([*command, "--dump-dom", measuring.as_uri()], check=True, capture_output=True, text=True)  # noqa: S603 - our own page
    height = int(dumped.stdout.partition("<title>")[2].partition("</title>")[0])
    subprocess.run(  # noqa: S603
        [*command, f"--window-size=760,{height}", f"--screenshot={picture}", page.as_uri()], check=True, capture_output=True
    )


if __name__ == "__main__":
    main()

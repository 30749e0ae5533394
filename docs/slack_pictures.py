"""Draws docs/slack-*.png: an answer, the App Home, a modal and a digest, from the real app on a Slack of our own. Run by `make picture`."""

import asyncio
from collections.abc import Iterable, Iterator

from adapters.settings import Settings
from adapters.slack.app import build
from adapters.slack.client import web_client
from adapters.slack.delivering import SlackPoster
from bot.newsroom import Newsroom
from docs import block_kit
from docs.block_kit import Json
from docs.photographs import HALF_PAST_SEVEN, ZONE, Page, data_url, newsroom, photograph
from tests.fakes.clock import FakeClock
from tests.fakes.slack_deliveries import SIGNING_SECRET
from tests.fakes.slack_server import SlackServer, slack_server
from tests.fakes.slack_transports import connected

_QUESTION = "what did Helena Marsh say about interfering"
_WIDTH = 760


async def drawn() -> dict[str, Page]:
    """The pictures as pages, by their names."""
    clock = FakeClock(HALF_PAST_SEVEN)
    async with newsroom(clock) as asked, slack_server() as slack:
        return {name: Page(block_kit.page(content), _WIDTH) for name, content in (await _seen(slack, asked, clock)).items()}


async def _seen(slack: SlackServer, asked: Newsroom, clock: FakeClock) -> dict[str, str]:
    token = slack.teams["T1"].token
    settings = Settings.model_validate(
        {
            "slack_api_url": f"{slack.url}/api/",
            "slack_bot_token": token,
            "slack_signing_secret": SIGNING_SECRET,
            "time_zone": ZONE.key,
        }
    )
    app = build(asked, settings=settings, client=web_client(settings, settings.slack_bot_token))
    async with connected(slack, app, "http") as workspace:
        await workspace.command(_QUESTION)
        await slack.settled()
        answer = slack.ephemerals("U1")[0]
        await workspace.click(answer, "Wrong speaker?")
        await slack.settled()
        modal = slack.modal("U1")
        await workspace.command("digest weekdays at 8, short")
        await slack.settled()
        await workspace.open_home()
        await slack.settled()
        home = slack.home("U1")
        if modal is None or home is None:
            raise RuntimeError("Slack was shown no modal or no App Home.")
        clock.forward(minutes=30)
        poster = SlackPoster(app, settings, asked.scheduled.picture)
        poster.is_ready = True
        await asked.scheduled.deliver({"slack": poster}, "pictures")
        digest = slack.posts("C1")[-1]
        return {
            "slack-answer": block_kit.message(answer.blocks, time="8:02 AM", only_you=True),
            "slack-digest": block_kit.message(_with_files(slack, digest.blocks), time="8:00 AM", only_you=False),
            "slack-modal": block_kit.modal(modal.content),
            # Slack shows a channel by its name.
            "slack-home": block_kit.home(home.content).replace(">#C1<", f">#{slack.channels['C1'].name}<"),
        }


def _with_files(slack: SlackServer, blocks: Iterable[Json]) -> Iterator[Json]:
    """The blocks with the pictures that Slack has of its own."""
    for block in blocks:
        if "slack_file" in block:
            yield {**block, "image_url": data_url(slack.files[block["slack_file"]["id"]].content or b"")}
        else:
            yield block


if __name__ == "__main__":
    photograph(asyncio.run(drawn()))

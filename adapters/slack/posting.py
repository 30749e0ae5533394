"""Messages as they are posted: nothing in them pings, unfurls or links by itself, and a chart is a picture where Slack takes it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.apologies import noted
from adapters.cutting import cut
from adapters.slack.client import FAILED, error_code
from adapters.slack.escaping import size
from adapters.slack.faults import named
from adapters.slack.rendering import Message, with_picture
from bot.replies import Chart

# Nothing that stands in an article is turned into a preview, a mention or a link of Slack's own making.
QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}
# Slack takes an image block only once it is done with the file, which is about a second after the upload
# (github.com/slackapi/python-slack-sdk/issues/1521).
UNTIL_PROCESSED = (1.0, 2.0)
UPLOAD_SECONDS = 10
_LONGEST_TITLE = 200
_LONGEST_DESCRIPTION = 1000
_LOGGER = logging.getLogger("verbatim.slack")

Draw = Callable[[Chart], Awaitable[bytes]]
Sleep = Callable[[float], Awaitable[None]]


async def posted(
    client: AsyncWebClient, message: Message, *, draw: Draw | None = None, sleep: Sleep = asyncio.sleep, **where: object
) -> AsyncSlackResponse:
    """Post a message. Its chart is drawn if it can be (`draw`), and told in words where Slack does not take the picture in time.

    Raises what slack_sdk raises.
    """
    picture = await _uploaded(client, message.chart, draw) if message.chart and draw else ""
    waits = iter(UNTIL_PROCESSED)
    while True:
        shown = with_picture(message, picture) if picture else message
        said: dict[str, Any] = {"text": shown.text, "blocks": shown.blocks, "link_names": False, **QUIET, **where}
        try:
            return await client.chat_postMessage(**said)
        except SlackApiError as error:
            if not picture or not _names_the_picture(error):
                raise
            wait = next(waits, None)
            if wait is None:
                _LOGGER.warning("a chart is told in words: Slack does not show its picture (%s)", named(error))
                picture = ""
            else:
                await sleep(wait)


async def _uploaded(client: AsyncWebClient, chart: Chart, draw: Draw) -> str:
    """The number of a file with the chart, which stands in no channel; "" where there is none."""
    title, described = cut(chart.title, _LONGEST_TITLE, size), cut(chart.alt, _LONGEST_DESCRIPTION, size)
    try:
        content = await draw(chart)
        async with asyncio.timeout(UPLOAD_SECONDS):
            answer = await client.files_upload_v2(filename="chart.png", content=content, title=title, alt_txt=described)
        return str(answer["file"]["id"])
    except FAILED as error:
        _LOGGER.warning("a chart is told in words: Slack did not take its picture (%s)", named(error))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a chart, what it stands under is posted
        noted(error, "drawing a chart")
    return ""


def _names_the_picture(error: SlackApiError) -> bool:
    """Whether Slack refused the blocks for the file in them."""
    return error_code(error) == "invalid_blocks" and "slack_file" in str(getattr(error.response, "data", ""))

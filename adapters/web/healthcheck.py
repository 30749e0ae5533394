"""`python -m adapters.web.healthcheck`: whether the `verbatim serve` of this machine is well, for a container's health check."""

import sys
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from adapters.settings import Settings, load_settings
from adapters.web.monitoring import HEALTH_PATH

_SECONDS = 15.0
_ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - where it listens, as an address to ask


def main() -> int:
    """Ask, and return the exit code: 0 if it is well, or was told not to answer; else 1, with why on standard error."""
    settings = load_settings()
    if not settings.monitoring_port:
        return 0
    try:
        with urlopen(_address(settings), timeout=_SECONDS):  # noqa: S310 - http, and this machine
            return 0
    except HTTPError as error:
        told = error.read().decode()
    except (URLError, TimeoutError) as error:
        told = str(error)
    sys.stderr.write(f"{told}\n")
    return 1


def _address(settings: Settings) -> str:
    host = _ANY_ADDRESS.get(settings.http_host, settings.http_host)
    return f"http://{host}:{settings.monitoring_port}{HEALTH_PATH}"


if __name__ == "__main__":
    sys.exit(main())

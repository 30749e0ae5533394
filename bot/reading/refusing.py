"""Why something could not be fetched, in sentences. They do not repeat its address, which may hold secrets."""

import socket
from collections.abc import Sequence

import aiohttp

from bot.errors import CannotFetch
from bot.reading.pages import Refused, Trouble
from bot.reading.resolving import ForbiddenHost
from bot.reading.wanted import Wanted


class RefusedError(Exception):
    """Carries a refusal out of the middle of fetching."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.trouble)
        self.refused = refused


def no_web_address(wanted: Wanted) -> Refused:
    """For what is not fetched by its address."""
    return _refused(Trouble.ADDRESS, "It is no web address that can be read.", f"Only http and https addresses of {wanted.name}s can be.")


def with_password() -> Refused:
    """For an address with a user's name in it."""
    return _refused(Trouble.ADDRESS, "The address has a user name or a password in it.", "Give the address without them.")


def private() -> Refused:
    """For an address that is not public."""
    remedy = "If it is to be read, whoever runs Verbatim can allow its host: VERBATIM_ALLOW_HOSTS."
    return _refused(Trouble.PRIVATE, "The address leads to a private network.", remedy)


def too_many_redirects(most: int, wanted: Wanted) -> Refused:
    """For a chain of redirects that goes on."""
    remedy = f"Give the address at which the {wanted.name} ends up in a browser."
    return _refused(Trouble.REDIRECTS, f"The address redirects more than {most} times.", remedy)


def too_slow(seconds: float, wanted: Wanted) -> Refused:
    """For what did not come in time."""
    return _refused(Trouble.TIMEOUT, f"The {wanted.name} took longer than {seconds:g} seconds.", f"Try again later, or {wanted.instead}.")


def too_long(most: int, wanted: Wanted) -> Refused:
    """For more bytes than are read."""
    error = wanted.unfit(f"The {wanted.name} is longer than {most / 1e6:,.3g} MB.", f"{_capital(wanted.instead)}.")
    return Refused(Trouble.TOO_LONG, error)


def wrong_type(essence: str, wanted: Wanted) -> Refused:
    """For a media type that is not read."""
    return Refused(Trouble.TYPE, wanted.unfit(f"It is no {wanted.kind} but {essence}.", wanted.where))


def wrong_coding(coding: str, wanted: Wanted) -> Refused:
    """For a compression that is not read."""
    what = f"The {wanted.name} is compressed in a way that was not asked for ({coding[:20]})."
    return _refused(Trouble.BROKEN, what, f"{_capital(wanted.instead)}.")


def broken(wanted: Wanted) -> Refused:
    """For compressed bytes that make no sense, or end too soon."""
    return _refused(Trouble.BROKEN, f"The {wanted.name} is compressed, and broken.", f"Try again later, or {wanted.instead}.")


def by_status(status: int, retry_after: str | None, wanted: Wanted) -> Refused:
    """For any status of HTTP but the one that was hoped for."""
    trouble, what, remedy = _of_status(status, wanted)
    return Refused(trouble, CannotFetch(what, remedy), status, retry_after)


def by_failure(error: aiohttp.ClientError, wanted: Wanted) -> Refused:
    """For what the HTTP client gave up with."""
    causes: Sequence[BaseException | None] = (error, error.__cause__, error.__context__, getattr(error, "os_error", None))
    if any(isinstance(cause, ForbiddenHost) for cause in causes):
        return private()
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        if any(isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_AGAIN for cause in causes):
            return _refused(Trouble.UNREACHABLE, f"The name {error.host} cannot be looked up.", "Check the network, or try again later.")
        return _refused(Trouble.NO_HOST, f"There is no host by the name {error.host}.", "Check the address and the network.")
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return _refused(Trouble.UNTRUSTED, "The certificate of the site cannot be trusted.", f"{_capital(wanted.instead)}.")
    if isinstance(error, aiohttp.ClientSSLError):
        return _refused(Trouble.UNTRUSTED, "No secure connection to the site can be made.", f"Try again later, or {wanted.instead}.")
    if isinstance(error, aiohttp.ClientPayloadError):
        return _refused(Trouble.BROKEN, f"The {wanted.name} breaks off before its end.", f"Try again later, or {wanted.instead}.")
    if isinstance(error, aiohttp.ClientResponseError):
        return _refused(Trouble.BROKEN, "The site's answer makes no sense as HTTP.", f"Try again later, or {wanted.instead}.")
    return _refused(Trouble.UNREACHABLE, "The site cannot be reached.", "Check the address and the network, or try again later.")


def _of_status(status: int, wanted: Wanted) -> tuple[Trouble, str, str]:
    if status in (404, 410):
        return Trouble.GONE if status == 410 else Trouble.MISSING, f"There is no {wanted.name} at this address.", "Check the address."
    if status in (401, 402, 403, 407, 451):
        return Trouble.FORBIDDEN, f"The site does not let this {wanted.name} be read ({status}).", f"{_capital(wanted.instead)}."
    if status == 429:
        return Trouble.LIMITED, "The site asks to be left alone for a while (429).", "Try again later."
    if status >= 500:
        return Trouble.FAILING, f"The site is failing ({status}).", "Try again later."
    return Trouble.STATUS, f"The site answered with status {status}.", "Check the address."


def _refused(trouble: Trouble, what: str, remedy: str) -> Refused:
    return Refused(trouble, CannotFetch(what, remedy))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

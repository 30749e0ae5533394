"""What somebody may do on Discord, and who may where somebody may not. Pure."""

from dataclasses import dataclass

from adapters.setting_types import AllowedOnDiscord
from bot.callers import Right

_OF_ONE_PLACE = frozenset({Right.SUBSCRIBE, Right.CONFIGURE})
"""What holds where it is done and nowhere else: the other rights are to articles and corrections, which all servers share."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Who somebody is where they ask: their id and those of their roles, and whether they manage the server; None where there is none."""

    ids: frozenset[int]
    manages: bool | None

    def may(self, right: Right, allowed: AllowedOnDiscord) -> bool:
        """Whether they may do what is allowed to these. Their own direct messages are theirs to manage, and nothing beyond them."""
        manages = right in _OF_ONE_PLACE if self.manages is None else self.manages
        return allowed.everyone or (allowed.manage_server and manages) or bool(allowed.ids & self.ids)

    def who_may(self, allowed: AllowedOnDiscord) -> str:
        """Who may where they may not, in a sentence."""
        if not allowed.manage_server and not allowed.ids:
            return "Nobody may on Discord: ask whoever runs Verbatim."
        if self.manages is None:
            return "What you may do in a server does not count in direct messages: ask in the server."
        if not allowed.manage_server:
            return "Whoever runs Verbatim keeps that for certain people and roles: ask one of them."
        named = ", or whoever runs Verbatim has to name you or a role of yours" if allowed.ids else ""
        return f"For that you need the permission Manage Server here{named}."

"""A mistake of ours in the log, with a mark by which a person's apology finds it."""

from bot.mistakes import noted

__all__ = ["noted"]

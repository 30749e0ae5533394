"""How the weights in `bot/embedding/` were made."""

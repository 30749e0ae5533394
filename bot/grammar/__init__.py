"""The chat grammar of all platforms: a line to a command, and a command to a line."""

"""Floor 2: the platform-neutral core. Its one face is `bot.newsroom.Newsroom`."""

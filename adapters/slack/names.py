"""The names under which Slack and Verbatim know each other's parts: what the manifest declares is what is listened to."""

SLASH_COMMAND = "/verbatim"
BOT_USER = "verbatim"
FIND_WORDS = "find_words"
ASK = "ask"
EVENTS = ("app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked")

EVENTS_PATH = "/slack/events"
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"

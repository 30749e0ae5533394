"""What an article could hold to be more than its words in Discord, beside what all chats have in common."""

from hypothesis import strategies as st

from tests.adapters.slack.hostile import NASTY as NASTY_ANYWHERE

NASTY = (
    *NASTY_ANYWHERE,
    "@everyone @here <@1> <@!2> <@&3> <#4>",
    "# heading",
    "\n## heading\n### heading\n-# small",
    "- item\n* item\n+ item\n1. first\n  22. second\n3) third",
    "> quoted\n>>> all of it",
    "**bold** __under__ ~~struck~~ ||spoiler|| ***all***",
    "`code` ``co`de`` ```py\nblock```",
    "[words](https://evil.example.org)",
    "x](https://evil.example.org)",
    "[[x](https://evil.example.org",
    "](<https://evil.example.org>)",
    "<https://evil.example.org> http://evil.example.org steam://run/1",
    "<t:1700000000:R> <:emoji:1> <a:emoji:1> <id:customize> </command:1>",
    ":smile: ::wave:: :+1:",
    "\\*escaped\\* \\\\ \\",
    "¯\\_(ツ)_/¯",
    "12-year-old, 3.5 per cent at 08:00",
)
WORDS = st.builds(
    "".join,
    st.lists(
        st.one_of(st.sampled_from(NASTY), st.text(st.characters(), max_size=8), st.sampled_from("\\*_~|`<>@#-+.:[]()/ \n1a")), max_size=8
    ),
)

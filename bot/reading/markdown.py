"""Markdown with YAML front matter: its paragraphs without markup, and the fields of the front matter. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from bot.errors import NotAnArticle
from bot.reading.teasers import LABELLED

if TYPE_CHECKING:
    from markdown_it.token import Token

_BREAK = "\n"
_SENTENCE_END = re.compile(r"""[.:;,…]["'”’»)\]]*$""")


def read_markdown(text: str) -> tuple[list[str], str | None, dict[str, object]]:
    """The paragraphs, the first heading of the first level if it comes first, and the front matter."""
    # Loaded where they are needed, since they take long and most commands read no Markdown.
    import frontmatter
    from markdown_it import MarkdownIt

    try:
        fields, body = frontmatter.parse(text)
    except Exception as error:
        raise NotAnArticle("Its front matter is no valid YAML.", "Correct the lines between the two '---' at its top.") from error
    # An indented paragraph and one inside HTML tags are prose here, not code.
    tokens = MarkdownIt("commonmark", {"maxNesting": 40}).disable(["code", "html_block"]).parse(body)
    headline = None
    blocks = list(_blocks(tokens))
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1" and blocks:
        headline = blocks.pop(0).replace(_BREAK, " ")
    return blocks, headline, {str(key).strip().lower(): value for key, value in fields.items()}


def _blocks(tokens: "Sequence[Token]") -> Iterator[str]:
    """The text of each paragraph, heading and list item.

    Code and raw HTML are no prose, nor is a list of links that goes on with a link to another article.
    """
    after_link, in_list = False, 0
    for place, token in enumerate(tokens):
        if token.type == "bullet_list_open":
            if after_link and not in_list and _lists_headlines(tokens[place:]):
                in_list = token.level + 1
        elif token.type == "bullet_list_close" and token.level + 1 == in_list:
            after_link, in_list = False, 0
        elif token.type == "inline" and not in_list and (text := _text(token)):
            after_link = bool(LABELLED.match(text)) and _holds_link(token)
            yield text


def _lists_headlines(tokens: "Sequence[Token]") -> bool:
    """Whether each item of the list that the tokens begin with is one headline: a link, and no sentence end."""
    depth = tokens[0].level
    within = takewhile(lambda token: token.type != "bullet_list_close" or token.level != depth, tokens)
    items = [token for token in within if token.type == "inline"]
    return all(_is_link(item) and not _SENTENCE_END.search(_text(item)) for item in items)


def _holds_link(token: "Token") -> bool:
    return any(child.type == "link_open" for child in token.children or ())


def _is_link(token: "Token") -> bool:
    """Whether a paragraph is one link and nothing else."""
    kinds = [child.type for child in token.children or ()]
    return kinds[:1] == ["link_open"] and kinds.index("link_close") == len(kinds) - 1


def _text(token: "Token") -> str:
    return "".join(_inline(token.children or ())).strip()


def _inline(children: "Sequence[Token]") -> Iterator[str]:
    for child in children:
        if child.type in ("text", "code_inline", "text_special"):
            yield child.content
        elif child.type == "softbreak":
            yield " "
        elif child.type == "hardbreak":
            yield _BREAK

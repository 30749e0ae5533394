"""Markdown with YAML front matter: its paragraphs without markup, and the fields of the front matter. Pure."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.errors import NotAnArticle

if TYPE_CHECKING:
    from markdown_it.token import Token

_BREAK = "\n"


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
    """The text of each paragraph, heading and list item. Code and raw HTML are no prose."""
    for token in tokens:
        if token.type == "inline" and (text := "".join(_inline(token.children or ())).strip()):
            yield text


def _inline(children: "Sequence[Token]") -> Iterator[str]:
    for child in children:
        if child.type in ("text", "code_inline", "text_special"):
            yield child.content
        elif child.type == "softbreak":
            yield " "
        elif child.type == "hardbreak":
            yield _BREAK

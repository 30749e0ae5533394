"""Commands on one stored article: `show`, `remove`."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.terminal import session
from adapters.terminal.options import Article, AsJson

if TYPE_CHECKING:
    from adapters.settings import Settings
    from bot.newsroom import Newsroom
    from bot.replies import ArticleView, Reply


def show(
    article: Article,
    version: Annotated[int | None, typer.Option(help="An earlier version of it.", min=1, metavar="NUMBER")] = None,
    as_json: AsJson = False,
) -> None:
    """Print a stored article with its quotes marked."""

    async def work(newsroom: "Newsroom", settings: "Settings") -> "tuple[ArticleView, Settings]":
        return await newsroom.show(" ".join(article), version=version), settings

    view, settings = session.run(work)
    if as_json:
        from adapters.terminal.jsons import answer_json

        session.print_plain(answer_json(view))
    else:
        session.print_article(view, settings)


def remove(
    article: Article,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take an article down, with every quote and correction that came from it."""

    async def work(newsroom: "Newsroom", settings: "Settings") -> "Reply":
        reference = " ".join(article)
        if yes:
            _see_that_it_is_exact(reference)
        else:
            view = await newsroom.show(reference)
            _confirm(view)
            reference = str(view.article_id)
        return await newsroom.remove(reference, author=settings.author)

    session.answer(work, as_json=as_json)


def _confirm(view: "ArticleView") -> None:
    """Go on only if the person at the terminal says yes. Raises NotUnderstood where nobody can be asked."""
    from adapters.plain import safe_line
    from bot.errors import NotUnderstood

    if not sys.stdin.isatty():
        raise NotUnderstood("Removing an article has to be confirmed, and there is no terminal to ask on.", "Add --yes.")
    name = safe_line(view.headline or view.url or "the article")
    typer.confirm(f"Remove article {view.article_id}, {name}, with its {len(view.quotes)} quotes?", abort=True, err=True)


def _see_that_it_is_exact(reference: str) -> None:
    """Raise NotUnderstood for words of a headline: nobody is asked whether they mean the article that they find."""
    from bot.errors import NotUnderstood
    from bot.grammar.shapes import is_exact

    if reference.strip() and not is_exact(reference.strip()):
        raise NotUnderstood(
            "Words of a headline may fit another article than the one that is meant.",
            "With --yes give the article's number or link, as answers show them.",
        )

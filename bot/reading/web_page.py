"""A web page: the paragraphs of its article, word for word, and what the page says about it. Pure, CPU only."""

import logging
import re
from collections.abc import Iterator
from configparser import ConfigParser
from copy import deepcopy

from bot.errors import NotAnArticle
from bot.reading.elements import Element
from bot.reading.page_metadata import PageMetadata, read_page_metadata
from bot.reading.whitespace import tidied

_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_SENTENCE_END = re.compile(r"""[.!?…]["'”’)\]]*$""")
_SENTENCE_WITHIN = re.compile(r"""\w{2}[.!?…]["'”’)\]]*(?:\s|$)|["“”]""")
_SHORT = 2_000
_BREAK = "\n"
MAX_PAGE_CHARACTERS = 10_000_000

# What the parsers complain of reaches the reader as a reason; it must not reach the terminal besides.
for _library in ("trafilatura", "htmldate"):
    logging.getLogger(_library).addHandler(logging.NullHandler())


def declared_encoding(data: bytes) -> str | None:
    """The encoding that an HTML or XML document names near its beginning."""
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    return found[1].decode("ascii") if found else None


def read_web_page(page: str, *, address: str | None = None) -> tuple[list[str], PageMetadata]:
    """The paragraphs of a page's article and its metadata. `address` is where the page was found.

    Raises NotAnArticle where the page has no article.
    """
    if len(page) > MAX_PAGE_CHARACTERS:
        raise NotAnArticle(f"The page is longer than {MAX_PAGE_CHARACTERS:,} characters.", "Save the article's text alone and read that.")
    # Loaded where it is needed, since it takes long and most commands read no page.
    import trafilatura

    tree = _parsed(page)
    metadata = read_page_metadata(tree)
    _write_out_what_browsers_draw(tree)
    try:
        untouched = deepcopy(tree)
        paragraphs = _extracted(tree, address, trafilatura.settings.DEFAULT_CONFIG)
        if sum(map(len, paragraphs)) < _SHORT:
            config = deepcopy(trafilatura.settings.DEFAULT_CONFIG)
            config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
            paragraphs = _better_parted(paragraphs, _extracted(untouched, address, config))
    except Exception as error:
        raise NotAnArticle("The page cannot be taken apart.", "Save the article's text alone and read that.") from error
    if not paragraphs:
        raise NotAnArticle("The page holds no article.", "Save the article's text alone and read that.")
    return paragraphs, metadata


def _extracted(tree: Element, address: str | None, config: ConfigParser) -> list[str]:
    """The paragraphs that the extractor finds, tidied. It may change the tree."""
    import trafilatura

    document = trafilatura.bare_extraction(tree, url=address, include_comments=False, include_tables=True, config=config)
    body = getattr(document, "body", None)
    if body is None:
        return []
    return [paragraph for block in _blocks(body) for line in block.split(_BREAK) if (paragraph := tidied(line))]


def _better_parted(whole: list[str], parted: list[str]) -> list[str]:
    """The paragraphs of a short page.

    Of a page that it thinks too short, the extractor gives all the text in one paragraph, its headline and byline
    included; asked to think none too short, it keeps the paragraphs, but may miss some. So its second answer is
    only taken where it lacks no sentence of the first.
    """
    rest = "\n".join(whole)
    for paragraph in sorted(parted, key=len, reverse=True):
        if paragraph not in rest:
            return whole
        rest = rest.replace(paragraph, " ", 1)
    return whole if _SENTENCE_WITHIN.search(rest) else parted


def _parsed(page: str) -> Element:
    # An encoding named in the page is of no use to characters, and lxml refuses the declaration of XML in them.
    import trafilatura

    characters = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", page).replace("\x00", "")
    try:
        tree: Element | None = trafilatura.load_html(characters)
    except Exception as error:
        raise NotAnArticle("The page cannot be taken apart.", "Save the article's text alone and read that.") from error
    if tree is None:
        raise NotAnArticle("It is no web page.", "Give the address or the file of an article.")
    return tree


def _write_out_what_browsers_draw(tree: Element) -> None:
    """Put into the text what a browser draws: marks around `<q>`, a new line before the source of a block quotation."""
    for quotation in tree.iter("blockquote"):
        for source in quotation:
            if source.tag in ("cite", "footer"):
                source.text = " " + (source.text or "")
    for element in list(tree.iter("q")):
        element.text = "“" + (element.text or "")
        if len(element):
            element[-1].tail = (element[-1].tail or "") + "”"
        else:
            element.text += "”"
        element.drop_tag()


def _blocks(body: Element) -> Iterator[str]:
    """The text of each block of the extracted article, in order."""
    for element in body:
        if element.tag in ("table", "row"):
            yield from (text for text in _blocks(element) if _SENTENCE_END.search(text.rstrip()))
        elif _holds_blocks(element):
            if (element.text or "").strip():
                yield element.text or ""
            yield from _blocks(element)
        else:
            yield _inline(element)
        if element.tail and element.tail.strip():
            yield element.tail


def _holds_blocks(element: Element) -> bool:
    return any(child.tag in ("p", "head", "list", "item", "table", "row", "cell") for child in element)


def _inline(element: Element) -> str:
    """The text of a block with its line breaks; elements inside it leave no trace."""
    if element.tag in ("lb", "graphic"):
        return _BREAK
    pieces = [_one_line(element.text)]
    for child in element:
        pieces += [_inline(child), _one_line(child.tail)]
    return "".join(pieces)


def _one_line(text: str | None) -> str:
    return (text or "").replace("\n", " ")

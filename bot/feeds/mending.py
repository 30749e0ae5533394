"""A feed's XML as its publisher meant it: what would stop a parser is written as the text that it stands for. Pure.

What is mended has no CDATA sections, comments, instructions or document types, and refers to no entity but XML's own five, so
there is nothing in it to expand, and each `<` begins a tag.
"""

import re
from html import escape, unescape
from html.entities import html5

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SECTION = re.compile(r"<!\[CDATA\[|<!--|<\?")
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}
_LOOSE = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)(?:#[0-9]{1,9};|#[xX][0-9a-fA-F]{1,8};|[A-Za-z][A-Za-z0-9]{0,31};)?|<(?!/?[A-Za-z_])|\]\]>"
)
# Without "<" in a value, so that each tag is looked at once, as each name in it is.
_TAG = re.compile(r"""<(?P<name>[A-Za-z_][^\s/<>"'=]*)(?P<given>\s(?:[^"'<>]|"[^"<]*+"|'[^'<]*+')*+)>""")
_ATTRIBUTE = re.compile(r"""(?<![\w.:-])(?P<name>[A-Za-z_][\w.:-]*+)\s*+=\s*+(?P<value>"[^"]*"|'[^']*'|[^\s"'<>]+)""")
_FIELDS_OF_TEXT = ("title", "description", "content:encoded", "content", "summary")


def mended(text: str) -> str:
    """The text of an XML document with its loose ends tied. Takes time in proportion to its length, whatever it holds."""
    legal = _ILLEGAL.sub("", text)
    pieces = []
    at = 0
    while section := _SECTION.search(legal, at):
        pieces.append(_LOOSE.sub(_tied, legal[at : section.start()]))
        end = legal.find(_ENDS[section[0]], section.end())
        if section[0] == "<![CDATA[":
            pieces.append(escape(legal[section.end() : None if end < 0 else end], quote=False))
        if end < 0:
            return "".join(pieces)
        at = end + len(_ENDS[section[0]])
    pieces.append(_LOOSE.sub(_tied, legal[at:]))
    return "".join(pieces)


def with_markup_as_text(entry: str) -> str:
    """An entry of mended text, with the tags inside its fields of text written as text: HTML that nobody escaped."""
    for name in _FIELDS_OF_TEXT:
        opening = re.compile(rf"<{name}(?:\s[^<>]*)?(?<!/)>")
        closing = f"</{name}"
        pieces = []
        at = 0
        while (found := opening.search(entry, at)) and (end := entry.find(closing, found.end())) >= 0:
            inner = entry[found.end() : end]
            pieces += [entry[at : found.end()], escape(inner, quote=False) if "<" in inner else inner]
            at = end
        entry = "".join([*pieces, entry[at:]])
    return entry


def with_attributes_apart(text: str) -> str:
    """Mended text whose tags give each attribute once, with a space before it and quotes around its value; one without a value is gone."""
    return _TAG.sub(_apart, text)


def _apart(tag: re.Match[str]) -> str:
    end = "/" if tag["given"].endswith("/") else ""
    attributes: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(tag["given"].removesuffix("/")):
        attributes.setdefault(found["name"], found["value"] if found["value"][0] in "\"'" else f'"{found["value"]}"')
    return f"<{tag['name']}{''.join(f' {name}={value}' for name, value in attributes.items())}{end}>"


def _tied(loose: re.Match[str]) -> str:
    """What a loose `&` or `<`, or a reference that XML does not know, stands for."""
    found = loose[0]
    if found == "<":
        return "&lt;"
    if found == "]]>":
        return "]]&gt;"
    # Numbers as HTML reads them: 128 to 159 are Windows-1252's, and what is no character is U+FFFD or nothing.
    character = unescape(found) if found.startswith("&#") else html5.get(found[1:])
    return escape(_ILLEGAL.sub("", character)) if character is not None else "&amp;" + found[1:]

"""What the links in an element are relative to (XML Base, W3C 2009). Pure."""

from urllib.parse import urljoin

from bot.feeds.markup import XmlElement
from bot.feeds.namespaces import XML


def base_of(element: XmlElement, outermost: str) -> str:
    """The base of an element: each `xml:base` around it, from the outside in, upon `outermost`."""
    base = outermost
    around = [element, *element.iterancestors()]
    for given in filter(None, (holder.get(f"{XML}base") for holder in reversed(around))):
        try:
            base = urljoin(base, given.strip())
        except ValueError:
            continue
    return base

"""The names of a feed's elements without their namespaces, which feeds write, misspell and forget in many ways. Pure."""

XML = "{http://www.w3.org/XML/1998/namespace}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
# Prefixes by namespace, as `_namespace` writes it; the core of a format has none.
_PREFIXES = {
    "": "",
    "purl.org/rss/1.0": "",
    "my.netscape.com/rdf/simple/0.9": "",
    "channel.netscape.com/rdf/simple/0.9": "",
    "my.netscape.com/publish/formats/rss-0.91.dtd": "",
    "backend.userland.com/rss": "",
    "backend.userland.com/rss2": "",
    "blogs.law.harvard.edu/tech/rss": "",
    "www.w3.org/2005/atom": "atom",
    "purl.org/atom/ns": "atom",
    "www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "purl.org/dc/elements/1.0": "dc",
    "purl.org/dc/elements/1.1": "dc",
    "purl.org/dc/terms": "dcterms",
    "purl.org/rss/1.0/modules/content": "content",
    "purl.org/rss/1.0/modules/syndication": "sy",
    "www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "search.yahoo.com/mrss": "media",
    "rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "www.google.com/schemas/sitemap-news/0.9": "news",
    "www.w3.org/1999/xhtml": "xhtml",
}
# What a feed that forgets to declare its prefixes means by them.
DECLARED = {
    "atom": "http://www.w3.org/2005/Atom",
    "rdf": RDF[1:-1],
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


def own_namespace(root_tag: str) -> str:
    """The namespace of a feed's format, by its root element. An RDF document is of two, and RSS's is known by its names."""
    namespace = _namespace(root_tag)
    return "" if _PREFIXES.get(namespace) == "rdf" else namespace


def plain_name(tag: str, own: str) -> str | None:
    """An element's name in lower case: bare in the format's `own` namespace, "dc:creator" in a module's; None in an unknown one."""
    namespace = _namespace(tag)
    if not namespace and ":" in tag:  # a prefix that is declared nowhere
        return None
    if namespace == own:
        return local_name(tag)
    prefix = _PREFIXES.get(namespace)
    if prefix is None:
        return None
    return f"{prefix}:{local_name(tag)}" if prefix else local_name(tag)


def local_name(tag: str) -> str:
    """An element's name without namespace or prefix."""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def _namespace(tag: str) -> str:
    """An element's namespace as feeds differ in writing it: without its scheme and its last `/` or `#`, in lower case."""
    if not tag.startswith("{"):
        return ""
    return tag[1 : tag.index("}")].strip().lower().removeprefix("http://").removeprefix("https://").rstrip("/#")

"""Operations on trees of pandoc's HTML that every writer of HTML needs.

They work on trees with and without the XHTML namespace, change a tree in place, and never
change a word.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from faircopy.passes.addresses import SCHEMES, scheme

Element: TypeAlias = etree._Element

UNIT = "unit"
_MAY_CARRY = frozenset(
    {"p", "li", "td", "th", "dt", "dd", "caption", "figcaption", "div", "span"}
    | {"h1", "h2", "h3", "h4", "h5", "h6"}
)
"""Elements that can take a unit's id and classes."""


def parse(html: str) -> Element:
    """Read a fragment of pandoc's HTML, which is well-formed XML, into one ``body``.

    Raises:
        lxml.etree.XMLSyntaxError: the fragment is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(f"<body>{html}</body>", parser)


def data_uri(media_type: str, data: bytes) -> str:
    """Return a file's bytes as an address that holds them (RFC 2397)."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


def local(element: Element) -> str:
    """Return an element's name without its namespace; "" for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def classes(element: Element) -> list[str]:
    """Return the classes of an element."""
    return element.get("class", "").split()


def has_class(element: Element, name: str) -> bool:
    """Whether ``name`` is one of the element's classes."""
    return name in classes(element)


def add_class(element: Element, *names: str) -> None:
    """Give an element classes that it may have already."""
    element.set("class", " ".join(dict.fromkeys([*classes(element), *names])))


def find(root: Element, *names: str) -> Iterator[Element]:
    """Yield the elements of these names below ``root``, in order; safe to change them."""
    yield from [item for item in root.iter() if local(item) in names]


def with_class(root: Element, name: str) -> Iterator[Element]:
    """Yield the elements of a class below ``root``, in order; safe to change them."""
    yield from [item for item in root.iter() if isinstance(item.tag, str) and has_class(item, name)]


def words(element: Element) -> str:
    """Return the text below an element in one line, with single spaces."""
    return " ".join(str(element.xpath("string()")).split())


def hoist_units(root: Element) -> None:
    """Move id and classes of every ``span.unit`` that is all its parent holds to the parent.

    ``<p><span id="x" class="unit answer">…</span></p>`` becomes
    ``<p id="x" class="unit answer">…</p>``. A parent with an id of its own keeps it, and the
    span.
    """
    for span in with_class(root, UNIT):
        parent = span.getparent()
        if local(span) == "span" and parent is not None and _is_all(span, parent):
            _hoist(span, parent)


def _is_all(span: Element, parent: Element) -> bool:
    if local(parent) not in _MAY_CARRY or len(parent) != 1:
        return False
    around = (parent.text or "") + (span.tail or "")
    return not around.strip() and not ("id" in span.attrib and "id" in parent.attrib)


def _hoist(span: Element, parent: Element) -> None:
    add_class(parent, *classes(span))
    for name, value in span.attrib.items():
        if name != "class":
            parent.set(name, value)
    parent.text = span.text
    span.tail = None
    parent[:] = list(span)


def unwrap(element: Element) -> None:
    """Put an element's content in its place."""
    parent = element.getparent()
    if parent is None:
        raise ValueError("the root cannot be unwrapped")
    index = parent.index(element)
    _append_text(parent, index, element.text)
    children = list(element)
    tail = element.tail
    parent[index : index + 1] = children
    _append_text(parent, index + len(children), tail)


def drop(element: Element) -> None:
    """Take an element out and leave the text after it."""
    parent = element.getparent()
    if parent is None:
        raise ValueError("the root cannot be dropped")
    index = parent.index(element)
    tail, element.tail = element.tail, None
    parent.remove(element)
    _append_text(parent, index, tail)


def _append_text(parent: Element, index: int, text: str | None) -> None:
    """Add text before the child at ``index``."""
    if not text:
        return
    if index == 0:
        parent.text = (parent.text or "") + text
    else:
        before = parent[index - 1]
        before.tail = (before.tail or "") + text


def safe_links(root: Element) -> tuple[str, ...]:
    """Unwrap links that lead neither to a place within nor where a link may lead.

    Returns the targets that were taken out.
    """
    taken: list[str] = []
    for link in find(root, "a"):
        target = link.get("href", "")
        if target and not target.startswith("#") and scheme(target) not in SCHEMES:
            taken.append(target)
            unwrap(link)
    return tuple(taken)
